"""Everything ever said of a person, each version with its source, who loaded it and when: for a request under law.

Nothing is folded: what was replaced and what was withdrawn stands beside what counts today.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exports.files.tabular import Record
from graph.domain.catalog import declared
from graph.domain.marking import Marking
from graph.fold.history import RowHistory
from graph.fold.live import Lens, live_version, seen_statements
from graph.fold.recipes import recipe
from graph.statements import (
    PERSON_JUDGE,
    Content,
    EdgeStatement,
    LoadHeader,
    NodeStatement,
    RowVersion,
    Statement,
    Verdict,
)
from queries.core.printed_names import printed_names
from queries.core.session import Session
from queries.core.sourced_values import in_words

FIELDS = (
    "about", "subject", "subject_name", "other", "other_name", "field", "value", "state", "replaced_or_withdrawn_by",
    "stated_on", "source", "title", "publisher", "licence", "url", "locator", "row_key", "confidence", "note", "load",
    "loaded_at", "loaded_by", "because", "files", "marking", "raw",
)  # fmt: skip
"""One value as one version of one row states it."""

JUDGEMENT_FIELDS = ("first", "second", "word", "by", "by_person", "because", "state", "load", "judged_at", "marking")

NOT_RECORDED = (
    ("Who saw it", "not recorded: this program keeps no log of who read what"),
    ("Legal holds", "not recorded: this program keeps no register of legal holds; ask the records officer"),
    ("Channels", "those of posts that the person held are among these, whoever else held the post"),
    ("Free text", "not searched: a text that mentions the name without naming the person by id is not among these"),
)
"""What such a request asks for and this program cannot tell, or not alone."""


@dataclass
class PersonFile:
    """What is held on a person.

    Attributes:
        statements: By subject, source, row, load and field.
        judgements: Verdicts on the person's ids.
        marking: Highest of all.
        sources: Names of the sources.
        counts: Statements by state.
    """

    statements: list[Record] = field(default_factory=list)
    judgements: list[Record] = field(default_factory=list)
    marking: Marking = Marking.PUBLIC
    sources: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """Return how many statements there are, by state, and judgements."""
        states = {state: sum(row["state"] == state for row in self.statements) for state in
                  ("live", "superseded", "withdrawn")}  # fmt: skip
        return {"statements": len(self.statements), **states, "judgements": len(self.judgements)}


def person_file(session: Session, ids: Collection[str]) -> PersonFile:
    """Return everything ever said of a person: of the person, of terms, channels, participations, whatever names it.

    What lies above the ceiling of the view is not among it.

    Args:
        session: The graph and the ledger.
        ids: Every id that stands for the person.
    """
    reading = _Reading(session, frozenset(ids))
    found = PersonFile()
    for row in reading.histories():
        for record, marking in reading.said(row):
            found.statements.append(record)
            found.marking = max(found.marking, marking)
            found.sources.add(record["source"])
    found.statements.sort(key=_order)
    found.judgements = reading.judgements()
    _name(session, found)
    return found


def _order(row: Record) -> tuple[Any, ...]:
    return (row["about"], row["subject"], row["other"] or "", row["source"], row["row_key"], row["load"], row["field"])


class _Reading:
    """Reads the rows that ever named somebody."""

    def __init__(self, session: Session, ids: frozenset[str]) -> None:
        self._ledger, self._ids = session.ledger, ids
        self._lens: Lens = session.lens
        self._cards = session.cards
        self._loads: Mapping[int, LoadHeader] = {header.no: header for header in session.ledger.headers()}
        self._channels: frozenset[str] = frozenset()

    def histories(self) -> Iterator[RowHistory]:
        """Give each row once: those that name the person, then those of the person's channels."""
        seen: dict[tuple[str, str], RowHistory] = {}
        for row in (*self._ledger.rows_naming(self._ids), *self._ledger.rows_touching(self._ids)):
            seen[row[0].source, row[0].row_key] = row
        posts = _targets(seen.values(), "HOLDS", self._ids)
        beside = list(self._ledger.rows_touching(posts)) if posts else []
        self._channels = _targets((*seen.values(), *beside), "REACHED_AT", self._ids | posts)
        for row in (*beside, *(self._ledger.rows_naming(self._channels) if self._channels else ())):
            seen.setdefault((row[0].source, row[0].row_key), row)
        yield from seen.values()

    def said(self, row: RowHistory) -> Iterator[tuple[Record, Marking]]:
        """Give what all versions of a row say of the person, each value by itself."""
        live = live_version(row, self._lens)
        known = [version for version in row if version.load <= self._lens.upto]
        for at, version in enumerate(known):
            after = known[at + 1 :]
            for _, statement, marking in seen_statements(row, version, self._lens):
                if isinstance(statement, Verdict) or not self._is_meant(statement):
                    continue
                state, by = ("live", None) if version is live else _state(statement, after)
                word = statement.cls if isinstance(statement, NodeStatement) else statement.type
                values, strictest = recipe(word).visible(statement.values, self._lens.ceiling)
                highest = Marking(max(marking, strictest))
                for name, value in (values or {"": ""}).items():
                    yield self._record(version, statement, name, value, state, by, highest), highest

    def judgements(self) -> list[Record]:
        """Return the verdicts on the person's ids, those taken back among them."""
        found = []
        for row in self._ledger.rows_judging(self._ids):
            live = live_version(row, self._lens)
            for version in (version for version in row if version.load <= self._lens.upto):
                for _, statement, marking in seen_statements(row, version, self._lens):
                    if isinstance(statement, Verdict) and self._ids & {statement.first, statement.second}:
                        found.append(
                            {
                                "first": statement.first,
                                "second": statement.second,
                                "word": statement.word,
                                "by": statement.by or self._loads[version.load].by or None,
                                "by_person": version.source == PERSON_JUDGE,
                                "because": statement.because or None,
                                "state": "live" if version is live else "superseded or withdrawn",
                                "load": version.load,
                                "judged_at": self._loads[version.load].at,
                                "marking": Marking(marking).word,
                            }
                        )
        return sorted(found, key=lambda each: (each["first"], each["second"], each["load"]))

    def _is_meant(self, statement: NodeStatement | EdgeStatement) -> bool:
        if isinstance(statement, NodeStatement):
            return statement.id in self._ids or statement.id in self._channels or self._refers(statement)
        ends = {statement.source, statement.target}
        return bool(ends & self._ids) or bool(ends & self._channels) or self._refers(statement)

    def _refers(self, statement: NodeStatement | EdgeStatement) -> bool:
        word = statement.cls if isinstance(statement, NodeStatement) else statement.type
        return any(rule.refers_to and statement.values.get(name) in self._ids
                   for name, rule in declared(word).rules().items())  # fmt: skip

    def _record(
        self, version: RowVersion, statement: NodeStatement | EdgeStatement, name: str, value: Any, state: str,
        by: int | None, marking: Marking,
    ) -> Record:  # fmt: skip
        card, load = self._cards[version.source], self._loads[version.load]
        is_node = isinstance(statement, NodeStatement)
        return {
            "about": statement.cls if isinstance(statement, NodeStatement) else statement.type,
            "subject": statement.id if isinstance(statement, NodeStatement) else statement.source,
            "subject_name": None,
            "other": None if is_node else statement.target,  # type: ignore[union-attr]  # an edge has one
            "other_name": None,
            "field": name,
            "value": in_words(value) if name else "that it is so",
            "state": state,
            "replaced_or_withdrawn_by": _told(self._loads[by]) if by else None,
            "stated_on": self._lens.stated_on(version, statement) or None,
            "source": version.source,
            "title": card.title,
            "publisher": card.publisher or None,
            "licence": card.licence or None,
            "url": version.content.url or card.url or None,
            "locator": version.locator,
            "row_key": version.row_key,
            "confidence": version.content.confidence,
            "note": version.content.note or None,
            "load": version.load,
            "loaded_at": load.at,
            "loaded_by": load.by or None,
            "because": load.because or None,
            "files": [f"{name} sha256:{digest}" for name, digest in load.files],
            "marking": marking.word,
            "raw": value,
        }


def _targets(rows: Iterable[RowHistory], kind: str, sources: Collection[str]) -> frozenset[str]:
    """Return where relationships of a type, in whatever version, lead from some things."""
    return frozenset(
        statement.target
        for row in rows
        for version in row
        for statement in version.content.statements
        if isinstance(statement, EdgeStatement) and statement.type == kind and statement.source in sources
    )


def _state(statement: Statement, after: Iterable[RowVersion]) -> tuple[str, int | None]:
    """Return whether a later version says something else of the same, or nothing more, and the load that does so."""
    later = next(iter(after), None)
    if later is None:
        return "withdrawn", None
    if later.content == Content():
        return "withdrawn", later.load
    same = any(_subject(other) == _subject(statement) for other in later.content.statements)
    return ("superseded" if same else "withdrawn"), later.load


def _told(load: LoadHeader) -> str:
    by = f", by {load.by}" if load.by else ""
    return f"load {load.no}, {load.at}{by}{f': {load.because}' if load.because else ''}"


def _subject(statement: Statement) -> tuple[str, ...]:
    match statement:
        case NodeStatement():
            return (statement.id,)
        case EdgeStatement():
            return (statement.type, statement.source, statement.target)
    return (statement.first, statement.second)


def _name(session: Session, found: PersonFile) -> None:
    """Add the names of ends and of what values point to; below the highest ceiling, what has none is hidden."""
    rows, verdicts = found.statements, found.judgements
    pointed = {row[end] for row in rows for end in ("subject", "other") if row[end]}
    pointed |= {row["raw"] for row in rows if _points(row)}
    pointed |= {each[end] for each in verdicts for end in ("first", "second")}
    names = printed_names(session, pointed)
    for row in rows:
        row["subject_name"] = names.get(row["subject"])
        row["other_name"] = names.get(row["other"] or "")
        if _points(row):
            row["value"] = names.get(row["raw"], row["raw"])
    if session.status.view.ceiling < Marking.SENSITIVE:
        rows[:] = [row for row in rows if {row["subject"], row["other"] or row["subject"]} <= names.keys()
                   and (not _points(row) or row["raw"] in names)]  # fmt: skip
        verdicts[:] = [each for each in verdicts if {each["first"], each["second"]} <= names.keys()]


def _points(row: Record) -> bool:
    rules = declared(row["about"]).rules()
    return row["field"] in rules and bool(rules[row["field"]].refers_to)
