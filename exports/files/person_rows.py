"""Everything ever said of a person, each version with its source, who loaded it and when: for a request under law.

Nothing is folded: what was replaced and what was withdrawn stands beside what counts today.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from iga.exports.files.row_files import JsonRow
from iga.graph.audit_log import Act
from iga.graph.domain.catalog import declared
from iga.graph.domain.marking import Marking
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens, live_version, seen_statements
from iga.graph.fold.recipes import recipe
from iga.graph.ledger.people_register import Hold, holds_on, own_channels
from iga.graph.statements import PERSON_JUDGE, EdgeStatement, LoadHeader, NodeStatement, RowVersion, Verdict
from iga.queries.core.printed_names import printed_names
from iga.queries.core.session import Session
from iga.queries.core.wording import in_words
from iga.queries.whole.why import state_since

FIELDS = (
    *("about", "subject", "subject_name", "other", "other_name", "field", "value", "state", "replaced_or_withdrawn_by"),
    *("stated_on", "source", "title", "publisher", "licence", "url", "locator", "row_key", "confidence", "note"),
    *("load", "loaded_at", "loaded_by", "because", "files", "marking", "raw"),
)
"""One value as one version of one row states it."""

JUDGEMENT_FIELDS = ("first", "second", "word", "by", "by_person", "because", "state", "load", "judged_at", "marking")

DISCLOSURE_FIELDS = (*("no", "at", "who", "door", "act", "purpose", "outcome", "shown", "recipient", "is_disclosure"),)
"""One act of the audit log that showed the person, or was about the person."""

_ORDER = ("about", "subject", "other", "source", "row_key", "load", "field")

NOT_RECORDED = (
    ("Legal holds", "those that the records officer keeps elsewhere are not among these"),
    ("Channels", "those of posts that the person held are among these, whoever else held the post"),
    ("Free text", "not searched: a text that mentions the name without naming the person by id is not among these"),
)
"""What such a request asks for and this program cannot tell, or not alone."""


@dataclass
class PersonFile:
    """What is held on a person.

    Attributes:
        statements: By subject, source, row, load and field.
        disclosures: Acts of the audit log that showed the person or were about the person, oldest first.
        holds: What keeps the person from being erased; empty below the highest ceiling.
    """

    statements: list[JsonRow] = field(default_factory=list)
    judgements: list[JsonRow] = field(default_factory=list)
    disclosures: list[JsonRow] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    marking: Marking = Marking.PUBLIC
    sources: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """Return how many statements there are, by state, and judgements."""
        states = Counter(row["state"] for row in self.statements)
        by_state = {state: states[state] for state in ("live", "superseded", "withdrawn")}
        others = {"judgements": len(self.judgements), "disclosures": len(self.disclosures)}
        return {"statements": len(self.statements), **by_state, **others}

    def with_disclosures(self) -> list[JsonRow]:
        """Return the statements and, in their columns, the disclosures after them: for a file of one table."""
        return [*self.statements, *map(_as_statement, self.disclosures)]


def _as_statement(act: JsonRow) -> JsonRow:
    """Return an act in the columns of statements."""
    noted = ("door", "purpose", "recipient", "shown")
    words = [f"{name} {', '.join(act[name]) if name == 'shown' else act[name]}" for name in noted if act[name]]
    own = {"about": "Disclosure" if act["is_disclosure"] else "Use", "field": act["act"], "value": "; ".join(words)}
    when = {"stated_on": act["at"], "loaded_by": act["who"], "state": act["outcome"], "row_key": str(act["no"])}
    return dict.fromkeys(FIELDS) | own | when | {"marking": Marking.SENSITIVE.word}


def person_file(session: Session, ids: Collection[str], acts: Iterable[Act] = ()) -> PersonFile:
    """Return everything ever said of a person: of the person, of terms, channels, participations, whatever names it.

    What lies above the ceiling of the view is not among it.
    """
    reader = _PersonReader(session, frozenset(ids))
    person = PersonFile()
    for row in reader.histories():
        for record, marking in reader.values_in(row):
            person.statements.append(record)
            person.marking = max(person.marking, marking)
            person.sources.add(record["source"])
    person.statements.sort(key=lambda record: tuple(record[name] or "" for name in _ORDER))
    person.judgements = reader.judgements()
    _name(session, person)
    if session.status.view.ceiling is Marking.SENSITIVE:
        person.holds = holds_on(session.ledger, ids)
    person.disclosures = [_disclosure(act, ids) for act in acts]
    return person


def _disclosure(act: Act, ids: Collection[str]) -> JsonRow:
    """Return an act without what it tells of other people."""
    shown = sorted({name for person in ids for name in act.shown.get(person, ())})
    return {name: shown if name == "shown" else getattr(act, name) for name in DISCLOSURE_FIELDS}


class _PersonReader:
    """Reads the rows that ever named somebody."""

    def __init__(self, session: Session, ids: frozenset[str]) -> None:
        self._ledger, self._ids = session.ledger, ids
        self._lens: Lens = session.lens
        self._cards = session.cards
        self._handed_on = session.used_for(None)
        self._loads: Mapping[int, LoadHeader] = {header.no: header for header in session.ledger.headers()}
        self._channels: frozenset[str] = frozenset()

    def histories(self) -> Iterator[RowHistory]:
        """Give each row once: those that name the person, then those of the person's channels."""
        of_person = (*self._ledger.rows_naming(self._ids), *self._ledger.rows_touching(self._ids))
        seen = {(row[0].source, row[0].row_key): row for row in of_person}
        posts = {tie.target for tie in _ties(seen.values(), "HOLDS") if tie.source in self._ids}
        beside = list(self._ledger.rows_touching(posts)) if posts else []
        holders = {tie.source for tie in _ties(beside, "HOLDS") if tie.target in posts} - self._ids
        own = frozenset(tie.target for tie in _ties(seen.values(), "REACHED_AT") if tie.source in self._ids)
        of_posts = {tie.target for tie in _ties((*seen.values(), *beside), "REACHED_AT") if tie.source in posts}
        self._channels = own | (of_posts - own_channels(self._ledger, holders))  # others have addresses of their own
        for row in (*beside, *(self._ledger.rows_naming(self._channels) if self._channels else ())):
            seen.setdefault((row[0].source, row[0].row_key), row)
        yield from seen.values()

    def values_in(self, row: RowHistory) -> Iterator[tuple[JsonRow, Marking]]:
        """Give what all versions of a row say of the person, each value by itself."""
        live = live_version(row, self._lens)
        known = [version for version in row if version.load <= self._lens.upto]
        for at, version in enumerate(known):
            for _, statement, marking in seen_statements(row, version, self._lens):
                if isinstance(statement, Verdict) or not self._is_meant(statement):
                    continue
                state, by = ("live", None) if version is live else state_since(statement, known[at + 1])
                values, strictest = recipe(_word(statement)).visible(statement.values, self._lens.ceiling)
                highest = Marking(max(marking, strictest))
                shared = self._record(version, statement) | {"state": state, "marking": highest.word}
                shared["replaced_or_withdrawn_by"] = _in_words(self._loads[by]) if by else None
                for name, value in (values or {"": ""}).items():
                    own = {"field": name, "value": in_words(value) if name else "that it is so", "raw": value}
                    yield dict.fromkeys(FIELDS) | shared | own, highest

    def judgements(self) -> list[JsonRow]:
        """Return the verdicts on the person's ids, those taken back among them."""
        records = [record for row in self._ledger.judged_rows(self._ids) for record in self._verdicts_in(row)]
        return sorted(records, key=lambda record: (record["first"], record["second"], record["load"]))

    def _verdicts_in(self, row: RowHistory) -> Iterator[JsonRow]:
        live = live_version(row, self._lens)
        for version in (version for version in row if version.load <= self._lens.upto):
            load = self._loads[version.load]
            for _, statement, marking in seen_statements(row, version, self._lens):
                if isinstance(statement, Verdict) and self._ids & {statement.first, statement.second}:
                    yield {
                        "first": statement.first,
                        "second": statement.second,
                        "word": statement.word,
                        "by": statement.by or load.by or None,
                        "by_person": version.source == PERSON_JUDGE,
                        "because": statement.because or None,
                        "state": "live" if version is live else "superseded or withdrawn",
                        "load": version.load,
                        "judged_at": load.at,
                        "marking": Marking(marking).word,
                    }

    def _is_meant(self, statement: NodeStatement | EdgeStatement) -> bool:
        subjects = {statement.source, statement.target} if isinstance(statement, EdgeStatement) else {statement.id}
        return bool(subjects & (self._ids | self._channels)) or self._refers(statement)

    def _refers(self, statement: NodeStatement | EdgeStatement) -> bool:
        rules = declared(_word(statement)).rules()
        return any(rule.refers_to and statement.values.get(name) in self._ids for name, rule in rules.items())

    def _record(self, version: RowVersion, statement: NodeStatement | EdgeStatement) -> JsonRow:
        """Return what one version of one row says of a subject, without any value of it.

        What its source says that names another protected person is left out, as everywhere: the file is handed on.
        """
        card, load = self._cards[version.source], self._loads[version.load]
        about: JsonRow = {
            "about": _word(statement),
            "subject": statement.id if isinstance(statement, NodeStatement) else statement.source,
            "other": statement.target if isinstance(statement, EdgeStatement) else None,
            "stated_on": self._lens.stated_on(version, statement) or None,
        }
        rests_on: JsonRow = {
            "source": self._handed_on.shown_source(version.source),
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
        }
        return about | self._handed_on.masked(rests_on, *sorted(self._ids))


def _word(statement: NodeStatement | EdgeStatement) -> str:
    return statement.cls if isinstance(statement, NodeStatement) else statement.type


def _ties(rows: Iterable[RowHistory], kind: str) -> Iterator[EdgeStatement]:
    """Give the relationships of a type, in whatever version."""
    statements = (statement for row in rows for version in row for statement in version.content.statements)
    return (it for it in statements if isinstance(it, EdgeStatement) and it.type == kind)


def _in_words(load: LoadHeader) -> str:
    by = f", by {load.by}" if load.by else ""
    return f"load {load.no}, {load.at}{by}{f': {load.because}' if load.because else ''}"


def _name(session: Session, person: PersonFile) -> None:
    """Add the names of ends and of what values point to; below the highest ceiling, what has none is hidden."""
    rows, verdicts = person.statements, person.judgements
    pointed = {row[end] for row in rows for end in ("subject", "other") if row[end]}
    pointed |= {row["raw"] for row in rows if _points(row)}
    pointed |= {verdict[end] for verdict in verdicts for end in ("first", "second")}
    names = printed_names(session, pointed)
    for row in rows:
        row["subject_name"] = names.get(row["subject"])
        row["other_name"] = names.get(row["other"] or "")
        if _points(row):
            row["value"] = names.get(row["raw"], row["raw"])
    if session.status.view.ceiling < Marking.SENSITIVE:
        rows[:] = [row for row in rows if _named_in(row) <= names.keys()]
        verdicts[:] = [verdict for verdict in verdicts if {verdict["first"], verdict["second"]} <= names.keys()]


def _named_in(row: JsonRow) -> set[str]:
    """Return the ids of what a row names: its subject, its other end, and what its value points to."""
    return {row["subject"], row["other"] or row["subject"], row["raw"] if _points(row) else row["subject"]}


def _points(row: JsonRow) -> bool:
    rules = declared(row["about"]).rules()
    return row["field"] in rules and bool(rules[row["field"]].refers_to)
