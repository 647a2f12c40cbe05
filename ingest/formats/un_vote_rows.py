"""From one row of a record of votes, the vote of one State, to what it says of the text and of the State."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from graph.statements import Confidence, Content, EdgeStatement, NodeStatement
from graph.text import folded
from ingest.dates import day_reader
from ingest.formats.plain_table import Cells, table_layout
from ingest.name_tables import governments, un_table
from ingest.record_builder import as_line, edge, named_id, node
from ingest.rejections import CELL, KEY, MISSING, UNFIT, Refusal
from ingest.source_reader import Remarks, StatedRow
from ingest.symbols import body_of_symbol, is_draft, resolution_id
from ingest.value_readers import known_topics

# In the Security Council file such rows hold Y or X for every member, though nobody voted.
_WITHOUT_VOTE = re.compile(r"without\s+(?:a\s+)?vote|acclamation|consensus", re.IGNORECASE)
_NON_RECORDED = re.compile(r"non-?recorded", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
# The Library ends titles so: "… : resolution / adopted by the General Assembly".
_ENDING = re.compile(r"\s*:?P?\s*(?:resolution|decision)\s*/\s*adopted by .*$", re.IGNORECASE | re.DOTALL)
_SUBJECTS = re.compile(r"\||--|;")
_COUNTS = {"yes": "yes_count", "no": "no_count", "abstain": "abstain_count"}
_CONFIDENCE: dict[str, Confidence] = {"high": "high", "medium": "medium", "low": "low", "derived": "derived"}

_day = day_reader(None)


class VoteRows:
    """Reads the rows of one file; the first row of each text says all of the text, the others its symbol."""

    def __init__(self) -> None:
        self.voters = Voters()
        self.counts = VoteCounts()
        self._told: set[str] = set()

    def read(self, cells: Cells) -> StatedRow:
        """Return key and content of a row.

        Raises:
            Refusal: It is not taken; the refusal says why and what to do.
        """
        symbol = cells.get("resolution") or cells.get("draft") or ""
        resolution = resolution_id(symbol)
        if not resolution:
            raise Refusal("no symbol is given", fix="write the symbol of the text", code=KEY, column="resolution")
        code, name = _state(cells)
        if not (code or name):
            raise Refusal(
                "no State is named", fix="write the ISO code or the UN name of the State", code=MISSING, column="state"
            )
        vote = _vote(cells.get("vote", ""))
        values = _text_values(cells, symbol)
        modality = " ".join((cells.get("modality", ""), cells.get("note", "")))
        was_voted = not _WITHOUT_VOTE.search(modality)
        values |= _outcome(cells, symbol, was_voted)
        statements: list[NodeStatement | EdgeStatement] = [
            node(resolution, values if resolution not in self._told else {"symbol": values["symbol"]})
        ]
        if was_voted and not (vote == "not voting" and _NON_RECORDED.search(modality)):
            voter, voter_named = self.voters.voter(code, name)
            statements += [voter_named] if voter_named else []
            statements.append(edge("VOTED", voter, resolution, {"vote": vote}))
            self.counts.add(symbol, vote, values, cells.get("members", ""))
        elif not was_voted:
            self.counts.unvoted.add(symbol)
        self._told.add(resolution)
        return json.dumps([resolution, code or name], ensure_ascii=False), _content(cells, tuple(statements))

    def notes(self, file: str) -> list[str]:
        """Return sentences on what was found in the file."""
        return [*self.voters.remarks.notes(file), *self.counts.notes(file)]


def _state(cells: Cells) -> tuple[str, str]:
    """Return code and name of the State; a column that may hold either is a code when it has three letters."""
    code, name, either = cells.get("code", ""), cells.get("name", ""), cells.get("state", "")
    if len(either) in (2, 3) and either.isalpha():
        return code or either.upper(), name
    return code, name or either


def _vote(text: str) -> str:
    vote = table_layout("un-votes").meanings["vote"].get(folded(text))
    if vote is None:
        raise Refusal(
            f"{text!r} is not a vote",
            fix="write Y, N or A; X or a blank cell for a State that did not vote",
            code=CELL,
            column="vote",
            value=text,
        )
    return vote


def _text_values(cells: Cells, symbol: str) -> dict[str, Any]:
    date = cells.get("date", "")
    return {
        "name": as_line(_ENDING.sub("", cells.get("title", ""))),
        "symbol": as_line(symbol),
        "body": body_of_symbol(symbol),
        "session": as_line(cells.get("session", "")),
        "agenda_topic": as_line(cells.get("agenda", "")),
        "adopted_on": _day(date[:10]) if date and not is_draft(symbol) else "",
        "draft_symbol": as_line(cells.get("draft", "") if cells.get("draft") != symbol else ""),
        "topics": known_topics(_SUBJECTS.split(cells.get("subjects", ""))),
        "identifiers": [f"UNDL:{cells['undl_id']}"] if cells.get("undl_id") else [],
        "website": as_line(cells.get("link", "") if cells.get("undl_id") else ""),
    }


def _outcome(cells: Cells, symbol: str, was_voted: bool) -> dict[str, Any]:
    """Return how the text was adopted; without a vote there are no counts, whatever the file's cells hold."""
    if not was_voted:
        return {"adopted_by": "consensus"}
    counts = {field: _count(cells, name) for name, field in _COUNTS.items()}
    return {"adopted_by": "" if is_draft(symbol) else "vote", **counts}


def _count(cells: Cells, name: str) -> int | None:
    text = cells.get(name, "")
    if not text:
        return None
    match = _COUNT.fullmatch(text)
    if not match:
        raise Refusal(
            f"{text!r} is not a number of votes", fix="write digits only", code=UNFIT, column=name, value=text
        )
    return int(match[1])


def _content(cells: Cells, statements: tuple[NodeStatement | EdgeStatement, ...]) -> Content:
    about: Mapping[str, Any] = {"url": cells.get("link", "")[:2_000], "note": cells.get("note", "")[:20_000]}
    confidence = cells.get("confidence", "").lower()
    if confidence and confidence not in _CONFIDENCE:
        raise Refusal(
            f"{confidence!r} is not a confidence",
            fix="write high, medium, low or derived",
            code=UNFIT,
            column="confidence",
            value=confidence,
        )
    return Content(statements, confidence=_CONFIDENCE.get(confidence, "high"), **about)


_SHOWN = 5
# A file of a million symbols is none of the United Nations; its totals are not compared.
_MOST_TEXTS = 50_000
_FIELDS = {"yes": "yes_count", "no": "no_count", "abstain": "abstain_count"}


class VoteCounts:
    """The votes of one file by text.

    Attributes:
        unvoted: Symbols of the texts that were adopted without a vote.
    """

    def __init__(self) -> None:
        self.unvoted: set[str] = set()
        self._open: dict[str, Counter[str]] = {}
        self._differing: list[str] = []

    def add(self, symbol: str, vote: str, stated: Mapping[str, Any], members: str) -> None:
        """Count one vote; once the votes of all members are there, they are compared with the stated totals."""
        whole = members.partition(".")[0]
        if not whole.isdecimal() or (len(self._open) >= _MOST_TEXTS and symbol not in self._open):
            return
        counted = self._open.setdefault(symbol, Counter())
        counted[vote] += 1
        if counted.total() < int(whole[:6]):
            return
        del self._open[symbol]
        if any(stated[field] is not None and stated[field] != counted[vote] for vote, field in _FIELDS.items()):
            totals = "-".join(str(stated[field]) for field in _FIELDS.values())
            self._differing.append(f"{symbol} (stated {totals}, listed {'-'.join(str(counted[v]) for v in _FIELDS)})")

    def notes(self, file: str) -> list[str]:
        """Return sentences on texts without a vote and on totals that differ."""
        sentences = []
        if self.unvoted:
            sentences.append(
                f"{file}: {len(self.unvoted)} texts were adopted without a vote: nobody voted, whatever the file"
                f" holds for each member: {_some_of(sorted(self.unvoted))}"
            )
        if self._differing:
            sentences.append(
                f"{file}: the stated totals are kept, but differ from the votes: {_some_of(self._differing)}"
            )
        return sentences


def _some_of(texts: list[str]) -> str:
    shown = ", ".join(texts[:_SHOWN])
    return f"{shown}, and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else shown


_REMARKS = {
    "unknown": (
        "votes of States that the tables do not know; each stands under its own name, and `iga judge` can link it:"
        " {listed}"
    ),
    "by code": "these names are not in the tables and were read by their code: {listed}",
}


class Voters:
    """Finds the voters of one file and counts those that the tables do not know, or know by their code alone."""

    def __init__(self) -> None:
        self.remarks = Remarks(_REMARKS)

    def voter(self, code: str, name: str) -> tuple[str, NodeStatement | None]:
        """Return the id of a voter, and what is to be said of one that is known by its name alone.

        The code is the source's own word on who is meant; the name is that of the day of the vote.

        Raises:
            Refusal: They mean two governments.
        """
        table = governments()
        coded = table.resolve(code) if code else None
        called = (un_table().resolve(name) or table.resolve(name)) if name else None
        if coded and called and coded != called:
            raise Refusal(
                f"the code {code!r} is {coded} and the name {name!r} is {called}",
                fix="correct one of the two",
                code=CELL,
                column="state",
                value=f"{code} {name}",
            )
        if coded and name and not called:
            self.remarks["by code"][f"{name} ({code})"] += 1
        known = coded or called
        return (known, None) if known else self._unknown(name or code)

    def _unknown(self, name: str) -> tuple[str, NodeStatement]:
        self.remarks["unknown"][name] += 1
        voter = named_id("gov", name)
        return voter, node(voter, {"name": name})
