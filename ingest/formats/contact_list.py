"""Contact lists as offices keep them: a workbook or CSV whose columns are recognized by their words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from graph.errors import UsageError
from ingest.feed import Feed
from ingest.formats.format import CardWords, Format, Head
from ingest.formats.mapped_format import worded
from ingest.mapping import SourceCard
from ingest.subjects import slug

NAME = "contact-list"

_CARD = SourceCard(
    source="office:contact-list",
    title="Contact list",
    rank=50,
    marking="internal",
    gaps=("An untidy list: what could not be read was left out and listed when it was loaded.",),
)


def _fits(head: Head) -> bool:
    from ingest.contact_list.headings import header_in

    header = header_in(head.rows)
    known = set(header.meanings) if header else set()
    # rows of other files have a name and a telephone, too; who keeps a list adds what a contact is for
    return bool(known & {"person", "last", "title_organization"}) and bool(
        known & {"topics", "day", "owner", "notes", "title_organization", "title"}
    )


def _feed(files: Sequence[Path], words: CardWords) -> Feed:
    from ingest.contact_list.reading import as_of_in, opened

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
    return Feed(
        card=card.card(),
        key=("person", "title", "organization"),
        opened=partial(opened, sheets=words.sheets, as_of=as_of),
        reloads=False,
        notes=(f"its source is {card.source}{named}",),
    )


CONTACT_LIST = Format(
    name=NAME,
    title="a contact list",
    suffixes=(".xlsx", ".xlsm", ".csv"),
    fits=_fits,
    feed=_feed,
)
