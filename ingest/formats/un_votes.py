"""UN votes: the bulk files of the UN Digital Library and the office's short lists, one row for each State's vote."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.errors import FileRefused, UsageError
from graph.statements import Card
from ingest.corrections import without_correction
from ingest.formats.format_registry import CardWords, Format, Head, card_of_file, head_of, worded
from ingest.formats.plain_table import plain_table, table_layout
from ingest.formats.un_vote_rows import VoteRows
from ingest.mapping import MappingCard
from ingest.readers.file_table import Progress
from ingest.source_reader import OpenFile, SourceReader, noted

_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]*/\S.*")
_BARE_VOTE = re.compile(r"[YNAX]?|NV|yes|no|abstain", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(\d{4})_(\d{1,2})_(\d{1,2})_[gs]a?c?_voting")
_LICENCE = "Copyright United Nations; non-commercial use with attribution"
_GAPS = (
    "Only adopted texts are in the file: drafts that failed, votes on paragraphs and votes in committees are not.",
    "What a State said later that it had meant is not in the record; the meeting's record has it.",
    "Votes under the name China before 25 October 1971 were cast by the Republic of China.",
)


def _card(files: Sequence[Path], words: CardWords) -> Card:
    kinds = {_kind(head_of(path)) for path in files}
    if len(kinds) > 1:
        raise UsageError("the files are of several bodies or forms; load them apart, each as its own source")
    day = _DAY_IN_NAME.search(files[0].name)
    as_of = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}" if day else ""
    body, record = {"ga": ("General Assembly", 4060887), "sc": ("Security Council", 4055387)}.get(kinds.pop(), ("", 0))
    if not body:
        return card_of_file("votes", "Votes as listed in", files[0], words)
    card = MappingCard(
        source=f"undl:{'ga' if body.startswith('G') else 'sc'}-votes",
        title=f"{body} voting data of the UN Digital Library",
        publisher="UN Dag Hammarskjöld Library",
        url=f"https://digitallibrary.un.org/record/{record}",
        licence=_LICENCE,
        as_of=as_of,
        rank=20,
        gaps=_GAPS,
    )
    return worded(card, words).card()


def _kind(head: Head) -> str:
    """Return ga or sc for a file of the Library, header or bare for a list; blank for none of these."""
    layout = table_layout("un-votes")
    for row in head.rows:
        names = {cell.casefold() for cell in row}
        if layout.fits(row):
            return "header" if "undl_id" not in names else "sc" if "permanent_member" in names else "ga"
    first = head.rows[0] if head.rows else ()
    return "bare" if _is_bare(first) else ""


def _is_bare(row: tuple[str, ...]) -> bool:
    is_row = len(row) == 3 and bool(_SYMBOL.fullmatch(row[0]) and _BARE_VOTE.fullmatch(row[2]))
    return is_row and row[1].replace(" ", "").isalpha()


def _fits(head: Head) -> bool:
    layout = table_layout("un-votes")
    header = next((row for row in head.rows if row), ())
    return _is_bare(without_correction(header)) or (layout.fits(header) and all(layout.named(header)))


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    return SourceReader(_card(files, words), ("resolution", "state"), _opened)


@contextmanager
def _opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
    kind = _kind(head_of(path))
    if not kind:
        raise FileRefused(
            f"{path.name}: no record of votes; its first line is a header such as symbol,state,vote, or a vote such as"
            " A/RES/74/176,GHA,Y"
        )
    rows, layout = VoteRows(), table_layout("un-votes")
    with plain_table(path, layout, rows.read, is_bare=kind == "bare", progress=progress) as file:
        yield noted(file, rows.notes)


UN_VOTES = Format(
    name="un-votes",
    title="UN votes",
    suffixes=(".csv", ".tsv", ".txt", ".xlsx"),
    fits=_fits,
    feed=_reader,
    example="symbol,state,vote\nA/RES/99/999,GHA,Y\nA/RES/99/999,KEN,A\nA/RES/99/999,PER,\n",
)
