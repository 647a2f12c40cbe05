"""UN votes: the bulk files of the UN Digital Library and the office's short lists, one row for each State's vote."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iga.graph.errors import FileRefused, UsageError
from iga.graph.statements import Card
from iga.graph.text import folded
from iga.ingest.corrections import without_correction
from iga.ingest.dates import day_reader
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file, head_of, worded
from iga.ingest.formats.plain_table import Cells, plain_table, table_layout
from iga.ingest.mapping import MappingCard
from iga.ingest.name_tables import governments, un_table
from iga.ingest.readers.file_table import Progress
from iga.ingest.record_builder import LONGEST_NOTE, LONGEST_URL, RecordBuilder, as_line, named_id
from iga.ingest.rejections import CELL, KEY, MISSING, UNFIT, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, StatedRow, noted
from iga.ingest.subjects import body_of_symbol, is_draft, resolution_id
from iga.ingest.value_readers import confidence_of, known_topics

# In the Security Council file such rows hold Y or X for every member, though nobody voted.
_WITHOUT_VOTE = re.compile(r"without\s+(?:a\s+)?vote|acclamation|consensus", re.IGNORECASE)
_NON_RECORDED = re.compile(r"non-?recorded", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
# The Library ends titles so: "… : resolution / adopted by the General Assembly".
_ENDING = re.compile(r"\s*:?P?\s*(?:resolution|decision)\s*/\s*adopted by .*$", re.IGNORECASE | re.DOTALL)
_SUBJECTS = re.compile(r"\||--|;")
_COUNTS = {"yes": "yes_count", "no": "no_count", "abstain": "abstain_count"}
_SHOWN = 5
# A file of a million symbols is none of the United Nations; its totals are not compared.
_MOST_TEXTS = 50_000

_REMARKS = {
    "unknown": (
        "votes of States that the tables do not know; each stands under its own name, and `iga judge` can link it:"
        " {listed}"
    ),
    "by code": "these names are not in the tables and were read by their code: {listed}",
}

_day = day_reader(None)


class _VoteRows:
    """Reads the rows of one file; the first row of each text says all of the text, the others its symbol."""

    def __init__(self) -> None:
        self._remarks = Remarks(_REMARKS)
        self._stated: set[str] = set()
        self._unvoted: set[str] = set()
        self._open: dict[str, Counter[str]] = {}
        self._differing: list[str] = []

    def read(self, cells: Cells) -> StatedRow:
        """Return key and content of a row."""
        symbol = cells.get("resolution") or cells.get("draft") or ""
        resolution = resolution_id(symbol)
        if not resolution:
            raise Refusal("no symbol is given", fix="write the symbol of the text", code=KEY, column="resolution")
        code, name = _state(cells)
        vote = table_layout("un-votes").meanings["vote"].get(folded(cells.get("vote", "")))
        if vote is None:
            fix = "write Y, N or A; X or a blank cell for a State that did not vote"
            raise Refusal(f"{cells['vote']!r} is not a vote", fix=fix, code=CELL, column="vote", value=cells["vote"])
        note = cells.get("note", "")
        modality = f"{cells.get('modality', '')} {note}"
        was_voted = not _WITHOUT_VOTE.search(modality)
        values = _text_values(cells, symbol) | _outcome(cells, symbol, was_voted)
        record = RecordBuilder(notes=[note[:LONGEST_NOTE]])
        record.node(resolution, {"symbol": values["symbol"]} if resolution in self._stated else values)
        if was_voted and not (vote == "not voting" and _NON_RECORDED.search(modality)):
            record.edge("VOTED", self._voter(record, code, name), resolution, {"vote": vote})
            self._count(symbol, vote, values, cells.get("members", ""))
        elif not was_voted:
            self._unvoted.add(symbol)
        self._stated.add(resolution)
        key = json.dumps([resolution, code or name], ensure_ascii=False)
        url, trust = cells.get("link", "")[:LONGEST_URL], cells.get("confidence", "")
        return key, record.content(url=url, confidence=confidence_of(trust, column="confidence") if trust else "high")

    def notes(self, file: str) -> Iterator[str]:
        """Give sentences on States that are not known, texts without a vote and totals that differ."""
        yield from self._remarks.notes(file)
        if self._unvoted:
            yield (
                f"{file}: {len(self._unvoted)} texts were adopted without a vote: nobody voted, whatever the file"
                f" holds for each member: {_some_of(sorted(self._unvoted))}"
            )
        if self._differing:
            yield f"{file}: the stated totals are kept, but differ from the votes: {_some_of(self._differing)}"

    def _voter(self, record: RecordBuilder, code: str, name: str) -> str:
        """Return the id of a voter; one that no table knows is stated by its name alone.

        The code is the source's own word on who is meant; the name is that of the day of the vote.
        """
        coded = governments().resolve(code) if code else None
        called = (un_table().resolve(name) or governments().resolve(name)) if name else None
        if coded and called and coded != called:
            reason, fix = f"the code {code!r} is {coded} and the name {name!r} is {called}", "correct one of the two"
            raise Refusal(reason, fix=fix, code=CELL, column="state", value=f"{code} {name}")
        if coded and name and not called:
            self._remarks["by code"][f"{name} ({code})"] += 1
        if known := coded or called:
            return known
        self._remarks["unknown"][name or code] += 1
        return record.node(named_id("gov", name or code), {"name": name or code})

    def _count(self, symbol: str, vote: str, stated: Mapping[str, Any], members: str) -> None:
        """Count one vote; once the votes of all members are there, they are compared with the stated totals."""
        whole = members.partition(".")[0]
        if not whole.isdecimal() or (len(self._open) >= _MOST_TEXTS and symbol not in self._open):
            return
        counted = self._open.setdefault(symbol, Counter())
        counted[vote] += 1
        if counted.total() < int(whole[:6]):
            return
        del self._open[symbol]
        if any(stated[field] is not None and stated[field] != counted[vote] for vote, field in _COUNTS.items()):
            totals = "-".join(str(stated[field]) for field in _COUNTS.values())
            self._differing.append(f"{symbol} (stated {totals}, listed {'-'.join(str(counted[v]) for v in _COUNTS)})")


def _some_of(texts: list[str]) -> str:
    shown = ", ".join(texts[:_SHOWN])
    return f"{shown}, and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else shown


def _state(cells: Cells) -> tuple[str, str]:
    """Return code and name of the State; a column that may hold either is a code when it has three letters."""
    code, name, either = cells.get("code", ""), cells.get("name", ""), cells.get("state", "")
    if len(either) in (2, 3) and either.isalpha():
        code = code or either.upper()
    else:
        name = name or either
    if not (code or name):
        fix = "write the ISO code or the UN name of the State"
        raise Refusal("no State is named", fix=fix, code=MISSING, column="state")
    return code, name


def _text_values(cells: Cells, symbol: str) -> dict[str, Any]:
    date, draft, number = cells.get("date", ""), cells.get("draft", ""), cells.get("undl_id", "")
    return {
        "name": as_line(_ENDING.sub("", cells.get("title", ""))),
        "symbol": as_line(symbol),
        "body": body_of_symbol(symbol),
        "session": as_line(cells.get("session", "")),
        "agenda_topic": as_line(cells.get("agenda", "")),
        "adopted_on": _day(date[:10]) if date and not is_draft(symbol) else "",
        "draft_symbol": as_line(draft if draft != symbol else ""),
        "topics": known_topics(_SUBJECTS.split(cells.get("subjects", ""))),
        "identifiers": [f"UNDL:{number}"] if number else [],
        "website": as_line(cells.get("link", "") if number else ""),
    }


def _outcome(cells: Cells, symbol: str, was_voted: bool) -> dict[str, Any]:
    """Return how the text was adopted; without a vote there are no counts, whatever the file's cells hold."""
    if not was_voted:
        return {"adopted_by": "consensus"}
    counts = {field: _number(cells.get(name, ""), name) for name, field in _COUNTS.items()}
    return {"adopted_by": "" if is_draft(symbol) else "vote", **counts}


def _number(text: str, column: str) -> int | None:
    if not text:
        return None
    if match := _COUNT.fullmatch(text):
        return int(match[1])
    raise Refusal(f"{text!r} is not a number of votes", fix="write digits only", code=UNFIT, column=column, value=text)


_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]*/\S.*")
_BARE_VOTE = re.compile(r"[YNAX]?|NV|yes|no|abstain", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(\d{4})_(\d{1,2})_(\d{1,2})_[gs]a?c?_voting")
_LIBRARY = {"ga": ("General Assembly", 4060887), "sc": ("Security Council", 4055387)}
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
    kind = kinds.pop()
    if kind not in _LIBRARY:
        return card_of_file("votes", "Votes as listed in", files[0], words)
    body, record = _LIBRARY[kind]
    day = _DAY_IN_NAME.search(files[0].name)
    card = MappingCard(
        source=f"undl:{kind}-votes",
        title=f"{body} voting data of the UN Digital Library",
        publisher="UN Dag Hammarskjöld Library",
        url=f"https://digitallibrary.un.org/record/{record}",
        licence=_LICENCE,
        as_of=f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}" if day else "",
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
    return "bare" if head.rows and _is_bare(head.rows[0]) else ""


def _is_bare(row: tuple[str, ...]) -> bool:
    is_row = len(row) == 3 and bool(_SYMBOL.fullmatch(row[0]) and _BARE_VOTE.fullmatch(row[2]))
    return is_row and row[1].replace(" ", "").isalpha()


def _fits(head: Head) -> bool:
    layout = table_layout("un-votes")
    header = next((row for row in head.rows if row), ())
    return _is_bare(without_correction(header)) or (layout.fits(header) and all(layout.named(header)))


@contextmanager
def _opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
    kind = _kind(head_of(path))
    if not kind:
        raise FileRefused(
            f"{path.name}: no record of votes; its first line is a header such as symbol,state,vote, or a vote such as"
            " A/RES/74/176,GHA,Y"
        )
    rows, layout = _VoteRows(), table_layout("un-votes")
    with plain_table(path, layout, rows.read, is_bare=kind == "bare", progress=progress) as file:
        yield noted(file, rows.notes)


UN_VOTES = Format(
    name="un-votes",
    title="UN votes",
    suffixes=(".csv", ".tsv", ".txt", ".xlsx"),
    fits=_fits,
    feed=lambda files, words: SourceReader(
        _card(files, words),
        ("resolution", "state"),
        _opened,
        unknown={"gov": "made"},  # of former States, too
    ),
    example="symbol,state,vote\nA/RES/99/999,GHA,Y\nA/RES/99/999,KEN,A\nA/RES/99/999,PER,\n",
)
