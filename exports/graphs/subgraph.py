"""A part of the graph, or all of it: some things and what joins them, read in one order, as often as needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from iga.graph.domain.catalog import NODES, fits
from iga.graph.domain.edges import Holds
from iga.graph.domain.parties import ContactPoint, Person
from iga.graph.errors import StoreBusy, UsageError
from iga.graph.grouping import batches
from iga.graph.suggestions import did_you_mean
from iga.graph.text import counted
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.days import held_on, the_day
from iga.queries.core.holders import ends_of_terms
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.permissions import NAMED_IN_EXPORT
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import CONSENTS_OF, ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.whole.sources import DAYS_OF_EDGES, EDGES_LEAVING, EVERYTHING_NAMED, NamedEntity

HUB = 200
"""Relationships from which on a thing that was not asked for is shown but not walked through: a government, the UN."""


CHUNK = 500
"""Things read at once: enough to hide the round trip, little enough to stay flat."""

NOT_WRITTEN = frozenset(("digest", "sort_name", "unnamed", "start_min", "start_max", "end_min", "end_max"))
"""Properties that only this program can read; what they say stands in others."""


@dataclass(frozen=True)
class StoredNode:
    """A thing as the store holds it."""

    id: str
    cls: str
    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class StoredEdge:
    """A relationship as the store holds it; ``held`` is yes or unknown on the day, blank when none is asked for.

    ``left`` is the end that a term is known to have though nobody states it: see `ends_of_terms`.
    """

    key: str
    type: str
    source: str
    target: str
    values: Mapping[str, Any]
    held: str = ""
    left: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subgraph:
    """Some things and what joins them.

    Nodes come by id; edges by the ids of their ends, source first, then type and key. Reading is in flat memory but
    for ids and names.

    Attributes:
        names: Printed name of each thing, by id.
        day: Day that relationships must not be known to have been over or not begun on; None takes all.
        notes: Sentences on what the choice left out.
    """

    session: Session
    names: Mapping[str, str]
    classes: Mapping[str, str]
    day: str | None
    notes: tuple[str, ...]
    parameters: Mapping[str, Any]
    what: str

    def nodes(self) -> Iterator[StoredNode]:
        """Give the things, by id."""
        for chunk in batches(sorted(self.names), CHUNK):
            for entity in self.session.without_texts(self.session.store.read(ENTITIES_BY_ID, OfIds(ids=chunk))):
                yield StoredNode(entity.id, entity.cls, entity.name, self._stated(entity.values))

    def edges(self) -> Iterator[StoredEdge]:
        """Give the relationships between the things."""
        for chunk in batches(sorted(self.names), CHUNK):
            leaving = list(self.session.without_texts(self.session.store.read(EDGES_LEAVING, OfIds(ids=chunk))))
            people = (tie.source for tie in leaving if tie.type == Holds.type())
            ends = ends_of_terms(self.session.unnoted, people, day=self.day or self.session.today)
            for tie in sorted(leaving, key=lambda tie: (tie.source, tie.target, tie.type, tie.key)):
                if tie.target in self.names:
                    left = ends.get(tie.key, {})
                    held = held_on({**tie.values, **left}, day=self.day) if self.day else ""
                    if held != "no":
                        values = self._stated(tie.values)
                        yield StoredEdge(tie.key, tie.type, tie.source, tie.target, values, held, left)

    def _stated(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return properties with the source rows that they rest on as these may be shown."""
        evidence = values.get("evidence")
        return {**values, "evidence": self.session.shown_evidence(evidence)} if evidence else values

    def check_unchanged(self) -> None:
        """Refuse to call something whole that was read while the graph changed.

        Raises:
            StoreBusy: A load was projected meanwhile.
        """
        if self.session.status.has_moved(self.session.store):
            raise StoreBusy("the graph changed while it was exported, so nothing was written: run the command again")


def everything(session: Session, *, classes: Sequence[str] = (), day: str | None = None) -> Subgraph:
    """Return the whole graph, or the things of some classes or groups, with all that joins them."""
    named = session.store.read(EVERYTHING_NAMED, Everything())
    chosen = [thing for thing in named if not classes or fits(thing.cls, tuple(classes))]
    what = f"All of {listed(list(classes))}" if classes else "The whole graph"
    return _subgraph(session, chosen, day=day, what=what, parameters={"class": list(classes)} if classes else {})


def around(
    session: Session,
    parties: Sequence[Subject],
    *,
    depth: int,
    limit: int,
    classes: Sequence[str] = (),
    day: str | None = None,
) -> Subgraph:
    """Return what lies within some steps of parties; the nearest first, up to a limit.

    Steps follow relationships in either direction, of the day where one is given. A thing with many relationships
    (`HUB`) that was not asked for itself is shown, but no step leads through it.

    Args:
        session: The graph.
        parties: Where the steps begin.
        depth: Most steps.
        limit: Most things.
        classes: Only things of these classes or groups, and the parties; steps lead through others all the same.
        day: Day that relationships must not be known to have been over or not begun on.

    Raises:
        Denied: One of the parties did not agree to be named in an export.
    """
    session.used_for(NAMED_IN_EXPORT).refuse_unless_agreed(party.id for party in parties)
    walked = _Walk(session, day, limit)
    walked.start(party.id for party in parties)
    for _ in range(depth):
        walked.step()
    started = {party.id for party in parties}
    chosen = [
        thing
        for thing in _named(session, walked.reached)
        if not classes or thing.id in started or fits(thing.cls, tuple(classes))
    ]
    parameters = {"party": [party.id for party in parties], "depth": depth, "limit": limit}
    if classes:
        parameters["class"] = list(classes)
    what = f"What lies within {counted(depth, 'step')} of {listed([party.name for party in parties])}"
    return _subgraph(session, chosen, day=day, what=what, parameters=parameters, notes=walked.notes())


def of_ids(
    session: Session,
    ids: Iterable[str],
    *,
    day: str | None,
    what: str,
    parameters: Mapping[str, object],
    notes: tuple[str, ...] = (),
) -> Subgraph:
    """Return things by their ids, with all that joins them."""
    return _subgraph(session, _named(session, ids), day=day, what=what, parameters=parameters, notes=notes)


class _Walk:
    """Steps from things to their neighbours."""

    def __init__(self, session: Session, day: str | None, limit: int) -> None:
        self._session, self._day, self._limit = session, day, limit
        self._left_out: set[str] = set()
        self._hubs: set[str] = set()
        self._edge: list[str] = []
        self._started: frozenset[str] = frozenset()
        self.reached: dict[str, None] = {}

    def start(self, ids: Iterable[str]) -> None:
        self._edge = list(dict.fromkeys(ids))
        self._started = frozenset(self._edge)
        self.reached = dict.fromkeys(self._edge)

    def step(self) -> None:
        nearest: dict[str, None] = {}
        for chunk in batches(self._edge, CHUNK):
            for it, others in self._neighbours(chunk).items():
                if len(others) > HUB and it not in self._started:
                    self._hubs.add(it)
                else:
                    nearest |= dict.fromkeys(others)
        fresh = [it for it in sorted(nearest) if it not in self.reached]
        room = max(0, self._limit - len(self.reached))
        self._left_out |= set(fresh[room:])
        self._edge = fresh[:room]
        self.reached |= dict.fromkeys(self._edge)

    def notes(self) -> tuple[str, ...]:
        notes = []
        if left := len(self._left_out - self.reached.keys()):
            notes.append(
                f"{counted(left, 'further thing')} as near lie beyond the limit of {self._limit:,}; see --limit"
            )
        if self._hubs:
            names = sorted(hub.name for hub in _named(self._session, self._hubs))
            notes.append(
                f"no step leads through {listed(names)}: each has more than {HUB} neighbours; ask for it itself"
            )
        return tuple(notes)

    def _neighbours(self, ids: tuple[str, ...]) -> dict[str, list[str]]:
        others: dict[str, dict[str, None]] = {}
        ties = self._session.store.read(DAYS_OF_EDGES, OfIds(ids=ids))
        holding = (end for tie in ties if tie.type == Holds.type() for end in (tie.id, tie.other))
        ends = ends_of_terms(self._session.unnoted, holding if self._day else (), day=self._day or "")
        for tie in ties:
            days = {**tie.model_dump(), **ends.get(tie.key, {})}
            if tie.other != tie.id and (self._day is None or held_on(days, day=self._day) != "no"):
                others.setdefault(tie.id, {})[tie.other] = None
        return {it: list(ends) for it, ends in others.items()}


def _named(session: Session, ids: Iterable[str]) -> list[NamedEntity]:
    return [
        NamedEntity(id=entity.id, cls=entity.cls, name=entity.name)
        for chunk in batches(sorted(ids), CHUNK)
        for entity in session.store.read(ENTITIES_BY_ID, OfIds(ids=chunk))
    ]


def _subgraph(
    session: Session,
    chosen: Sequence[NamedEntity],
    *,
    day: str | None,
    what: str,
    parameters: Mapping[str, object],
    notes: tuple[str, ...] = (),
) -> Subgraph:
    """Return what was chosen, but for people who did not agree to be named in an export and what is theirs."""
    ids = [thing.id for thing in chosen if thing.cls == ContactPoint.label()]
    channels = (session.store.read(ENTITIES_BY_ID, OfIds(ids=chunk)) for chunk in batches(ids, CHUNK))
    owners = session.owners_of_channels(chain.from_iterable(channels))
    people = {thing.id for thing in chosen if thing.cls == Person.label()}
    use = session.used_for(NAMED_IN_EXPORT)
    permissions = use.permissions(sorted(people.union(*owners.values())))
    refused = {it for it, known in permissions.items() if not known.is_given}
    left_out = refused | {channel for channel, theirs in owners.items() if theirs & refused}
    if naming := use.naming(thing.id for thing in chosen):
        left_out |= naming
        notes = (*notes, f"left out, an id that names somebody without consent: {counted(len(naming), 'thing')}")
    if refused:
        consents = session.store.read(CONSENTS_OF, OfIds(ids=tuple(sorted(refused))))
        left_out |= {consent.id for consent in consents}
        notes = (*notes, f"left out, no consent: {counted(len(refused), 'person', 'people')}")
    chosen = list(use.without_texts(thing for thing in chosen if thing.id not in left_out))
    # What is streamed goes past the session, which is to know for the audit log whom it names.
    session.rows_read.append([thing for thing in chosen if thing.cls == Person.label()])
    return Subgraph(
        session=use,
        names={thing.id: thing.name for thing in chosen},
        classes={thing.id: thing.cls for thing in chosen},
        day=day,
        notes=notes,
        parameters={**parameters, **({"as_of": day} if day else {})},
        what=what,
    )


def part_asked_for(
    session: Session, names: Sequence[str], *, depth: int, limit: int, classes: Sequence[str] = (), as_of: str | None
) -> Subgraph:
    """Return what lies around the things of some names, or all where none is named.

    Raises:
        UsageError: There is no such class, nothing is there, or the day is none.
        NotFound, Ambiguous: As of a name.
    """
    day = the_day(as_of, today=session.today) if as_of else None
    known = sorted({label for node in NODES for label in node.all_labels()})
    for cls in classes:
        if cls not in known:
            raise UsageError(f"class: there is no class or group {cls!r}{did_you_mean(cls, known)}")
    if names:
        parties = {
            party.id: party
            for name in names
            for party in [subject_of(session, name, parameter="party", labels=("Entity",))]
        }
        part = around(session, list(parties.values()), depth=depth, limit=limit, classes=classes, day=day)
    else:
        part = everything(session, classes=classes, day=day)
    if not part.names:
        raise UsageError(f"{part.what}: nothing is held, so there is nothing to write")
    return part
