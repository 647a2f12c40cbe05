"""The templates for officers: tables whose columns a mapping describes, in workbooks that carry their source."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from graph.errors import UsageError
from ingest.feed import Feed
from ingest.formats.format import CardWords, Format
from ingest.formats.mapped_format import mapped_feed_of, mapped_format
from ingest.readers.text_file import is_workbook

TEMPLATES: Final = {
    "contacts": "contact: a post with its holder and how it is reached",
    "engagements": "meeting, conference, call or visit",
    "agreements": "treaty, memorandum, declaration or compact",
    "awards": "award, and for each new amount of it",
    "members": "membership, and for each office in a body",
    "consents": "purpose that a person was asked about",
}
"""The templates, and what one row of each is."""

LISTS = "Lists"
"""The hidden sheet of a template: its stamp in the first row, its drop-downs below."""

STAMP = "IGA Graph template"


def template_format(name: str, *, columns: tuple[str, ...]) -> Format:
    """Return the format of a template; its mapping is ``NAME.yaml`` beside this module.

    Args:
        name: One of `TEMPLATES`.
        columns: Those that tell it from every other format.
    """
    base = mapped_format(
        name,
        f"the template for {name}",
        columns=columns,
        suffixes=(".xlsx",),
        page="templates",
    )

    def feed(files: Sequence[Path], words: CardWords) -> Feed:
        source, told = _source(name, files, words)
        title = words.title or (f"{name.capitalize()} kept in {files[0].name}" if len(files) == 1 else "")
        return mapped_feed_of(name, words, source=source, title=title, notes=told)

    return Format(base.name, base.title, base.suffixes, base.fits, feed, base.page)


def stamped_source(path: Path) -> str:
    """Return the id of the source that a template carries; blank where the stamp is gone.

    Raises:
        FileRefused: It is no workbook that can be opened.
    """
    from ingest.readers.xlsx_table import first_rows

    if not is_workbook(path):
        return ""
    rows = first_rows(path, 1).get(LISTS) or [()]
    return rows[0][2] if rows[0][:1] == (STAMP,) and len(rows[0]) > 2 else ""


def _source(name: str, files: Sequence[Path], words: CardWords) -> tuple[str, tuple[str, ...]]:
    """Return the id of the source that files are of, and what is to be said of it.

    Raises:
        UsageError: They are of several.
    """
    if words.source:
        return words.source, ()
    found = {stamped_source(path) for path in files}
    if len(found) > 1:
        raise UsageError(
            "the workbooks are of several keepers, and each has its own source; load them apart, or name one --source"
            " for all, under which the rows of one with the same No. replace those of another"
        )
    stamped = found.pop()
    if stamped:
        return stamped, (f"its source is {stamped}, which the workbook carries; --source names another",)
    usual = f"office:{name}"
    return usual, (f"it carries no source of its own, so it is loaded as {usual}; --source names another",)


CONTACTS = template_format("contacts", columns=("Skip", "No.", "Title or post", "Seen in office on"))
ENGAGEMENTS = template_format("engagements", columns=("Skip", "No.", "First day", "Organizers", "Participants"))
AGREEMENTS = template_format("agreements", columns=("Skip", "No.", "Title", "Parties", "Binding"))
AWARDS = template_format("awards", columns=("Skip", "No.", "Award number", "Measure", "Amount as of"))
MEMBERS = template_format("members", columns=("Skip", "No.", "Body", "Member", "Still a member"))
CONSENTS = template_format("consents", columns=("Skip", "No.", "Person id", "Purpose", "Contact only via"))
