"""The workbooks that offices keep and that come back to us: templates, contact lists, editable exports."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from iga.graph.errors import UsageError
from iga.ingest.editing.form import STAMP
from iga.ingest.formats.format_registry import CardWords, Format, Head, worded
from iga.ingest.formats.table_formats import reader_of_mapping
from iga.ingest.mapping import MappingCard
from iga.ingest.readers.text_file import is_workbook
from iga.ingest.source_reader import SourceReader
from iga.ingest.subjects import slug

_CARD = MappingCard(
    source="office:contact-list",
    title="Contact list",
    rank=50,
    marking="internal",
    gaps=("An untidy list: what could not be read was left out and listed when it was loaded.",),
)


def _fits_contact_list(head: Head) -> bool:
    from iga.ingest.contact_list.headings import header_in

    header = header_in(head.rows)
    known = set(header.meanings) if header else set()
    # rows of other files have a name and a telephone, too; who keeps a list adds what a contact is for
    return bool(known & {"person", "last", "title_organization"}) and bool(
        known & {"topics", "day", "owner", "notes", "title_organization", "title"}
    )


def _contact_list_reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    from iga.ingest.contact_list.contact_sheets import as_of_in, opened_contact_list

    if words.marking == "public":
        raise UsageError("--marking public: a contact list names people, so it is internal at the least")
    stems = {slug(path.stem) for path in files}
    if len(files) > 1 and not words.source:
        raise UsageError(
            f"{len(files)} contact lists have as many keepers; load them apart, or name one --source for all, such as"
            f" {_CARD.source}-{min(stems)}"
        )
    usual = f"{_CARD.source}-{stems.pop()}"
    as_of = words.as_of or max((as_of_in(path, words.sheets) for path in files), default="")
    usually = {"source": usual, "title": f"Contact list {', '.join(path.name for path in files)}", "as_of": as_of}
    card = worded(_CARD.model_copy(update=usually), words)
    named = "" if words.source else "; --source names another, under which later loads replace what it said"
    return SourceReader(
        card=card.card(),
        key=("person", "title", "organization"),
        opened=partial(opened_contact_list, sheets=words.sheets, as_of=as_of),
        reloads=False,
        guesses_kinds=True,
        notes=(f"its source is {card.source}{named}",),
    )


CONTACT_LIST = Format(
    name="contact-list",
    title="a contact list",
    suffixes=(".xlsx", ".xlsm", ".csv"),
    fits=_fits_contact_list,
    feed=_contact_list_reader,
)


def _editable_reader(_: Sequence[Path], __: CardWords) -> SourceReader:
    raise UsageError("an editable workbook is compared with the graph first, one at a time: iga load FILE.xlsx")


EDITABLE = Format(
    name="editable",
    title="a workbook of iga export --editable",
    suffixes=(".xlsx",),
    fits=lambda head: any(row[:1] == (STAMP,) for row in head.rows),
    feed=_editable_reader,
)


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

TEMPLATE_STAMP = "IGA Graph template"


def template_format(name: str, *, columns: tuple[str, ...]) -> Format:
    """Return the format of a template, which `columns` tell from all others; its mapping is ``NAME.yaml`` beside."""

    def feed(files: Sequence[Path], words: CardWords) -> SourceReader:
        source, notes = _template_source(name, files, words)
        title = words.title or (f"{name.capitalize()} kept in {files[0].name}" if len(files) == 1 else "")
        return reader_of_mapping(name, words, source=source, title=title, notes=notes)

    title = f"the template for {name}"
    return Format(name, title, (".xlsx",), lambda head: head.has_columns(*columns), feed, "templates")


def stamped_source(path: Path) -> str:
    """Return the id of the source that a template carries; blank where the stamp is gone, or it is no workbook."""
    from iga.ingest.readers.xlsx_table import first_rows

    if not is_workbook(path):
        return ""
    rows = first_rows(path, 1).get(LISTS) or [()]
    return rows[0][2] if rows[0][:1] == (TEMPLATE_STAMP,) and len(rows[0]) > 2 else ""


def _template_source(name: str, files: Sequence[Path], words: CardWords) -> tuple[str, tuple[str, ...]]:
    """Return the id of the source that files are of, and what is to be said of it."""
    if words.source:
        return words.source, ()
    stamps = {stamped_source(path) for path in files}
    if len(stamps) > 1:
        raise UsageError(
            "the workbooks are of several keepers, and each has its own source; load them apart, or name one --source"
            " for all, under which the rows of one with the same No. replace those of another"
        )
    stamped = stamps.pop()
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
