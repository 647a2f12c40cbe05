"""From what differs between two moments to facts that are new, changed, withdrawn or found to be one."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from iga.graph.domain.catalog import EDGE, declared
from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.graph.errors import UsageError
from iga.graph.fold.between import Differing, Moment
from iga.graph.fold.live import sortable
from iga.graph.fold.recipes import ATTESTED
from iga.graph.fold.shapes import FoldedEdge, FoldedNode
from iga.graph.grouping import by_key
from iga.graph.projection.properties import folded_edge, folded_node
from iga.graph.query import Query, ReadParams
from iga.graph.statements import Value
from iga.graph.workspace import load_on
from iga.queries.core.answer import Ref
from iga.queries.core.compiled import all_of
from iga.queries.core.days import first_of, the_day
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import EDGES_OF_ENDS, AroundIds, EdgeAround, OurEdgeRow
from iga.queries.core.relationships import is_put_out, left_on
from iga.queries.core.session import Session

What = Literal["new", "changed", "withdrawn", "merged", "step", "began", "ended"]

DATED: tuple[What, ...] = ("step", "began", "ended")
"""What a date that was held before tells, and no load."""

EDGE_STEPS: Mapping[str, tuple[str, ...]] = {
    "MEMBER_OF": ("withdrawn_on", "withdrawal_notified_on", "withdrawal_announced_on", "status_on"),
    "PARTY_TO": ("withdrawn_on", "withdrawal_notified_on", "action_on", "signed_on", "in_force_on"),
}
"""Days on which standing changes while a relationship goes on, or by which it ends, by type."""
STEPS = ("founded_on", "suspended_on", "signed_on", "adopted_on", "in_force_on", "published_on", "decided_on")
"""Days on which a thing itself came about or changed its standing."""

WHOSE: Mapping[str, str] = {
    "Resolution": "body",
    "Publication": "issuer",
    "Law": "government",
    "NationalActionPlan": "government",
    "Strategy": "owner",
}
"""Field by which a thing is about a party without a relationship, by class."""

# Things that say nothing alone: what they belong to says that it is reached there.
_SAID_WITH_ANOTHER = "ContactPoint"

# A day on which a source saw it again, or an officer found it working: nothing changed by it.
_ONLY_SEEN = frozenset({ATTESTED, "seen_on"})


# The office asks on Friday what happened since the last one.
USUAL_DAYS = 7
_LOAD = re.compile(r"load:\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Period:
    """A stretch of days with the states of the ledger before it and at its end.

    Attributes:
        until: State at the end of the last one.
    """

    first: str
    last: str
    since: Moment
    until: Moment

    def holds(self, date_: str) -> bool:
        """True if a possibly partial date surely lies inside."""
        return self.first <= first_day(date_) and last_day(date_) <= self.last


def period_of(session: Session, since: str | None, until: str | None, *, day: str) -> Period:
    """Return the period between two days, or after one load up to another.

    Args:
        session: The ledger, and how much of it counts here.
        since: First day, possibly partial, or ``load:N``, the last load that is no news; None is a week ago.
        until: Last day, possibly partial, or ``load:N``, the last load that counts; None is `day`.
        day: Full day that stands for the end.

    Raises:
        UsageError: One is neither a day nor a load, or the end lies before the start.
    """
    start, end = since or _days_before(day, USUAL_DAYS), until or day
    before, first = _of_load(session, start) or _before(session, first_of(start, parameter="since"))
    now, last = _of_load(session, end) or _at_end_of(session, the_day(end, today=session.today, parameter="until"))
    now = _bounded(session, now)
    if last < first or now.load < before.load:
        raise UsageError(f"until: {until or day!r} lies before since, {since or first!r}: name an earlier start")
    return Period(first, last, before, now)


def _of_load(session: Session, written: str) -> tuple[Moment, str] | None:
    """Return the moment of a load and its day; None for what is written like a day."""
    if not _LOAD.fullmatch(written):
        return None
    headers = session.ledger.headers()
    number = load_on(headers, written)
    at = next((header.at for header in headers if header.no == number), "0001-01-01T00:00:00Z")
    return Moment(number, at), at[:10]


def _before(session: Session, day: str) -> tuple[Moment, str]:
    return _at_end_of(session, _days_before(day, 1))[0], day


def _at_end_of(session: Session, day: str) -> tuple[Moment, str]:
    return Moment(load_on(session.ledger.headers(), day), f"{day}T23:59:59.999999Z"), day


def _bounded(session: Session, moment: Moment) -> Moment:
    """Return a moment not later than what the view shows: neither its last load nor its instant."""
    status, view = session.status, session.status.view
    at = min(moment.at, view.now, key=sortable) if view.now else moment.at
    return Moment(min([moment.load, *(load for load in (status.through, view.upto) if load is not None)]), at)


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class Fact:
    """One thing that is not as it was.

    Attributes:
        nodes: The ids it is about, the one it is said of first.
        edge: The relationship, as it is or last was; None for a fact of a thing itself.
        node: The thing itself, as it is or last was; None for a relationship.
        field: The field that changed, or that dates a step; blank for all of it.
        before, after: Its values; None is not stated.
        with_it: Relationships that came or went with the thing.
        refs_before, refs: The rows that said it, and that say it.
    """

    what: What
    nodes: tuple[str, ...]
    edge: FoldedEdge | None = None
    node: FoldedNode | None = None
    field: str = ""
    before: Value | None = None
    after: Value | None = None
    with_it: tuple[FoldedEdge, ...] = ()
    refs_before: tuple[Ref, ...] = ()
    refs: tuple[Ref, ...] = ()

    @property
    def kind(self) -> str:
        """Type of the relationship, or class of the thing."""
        return self.edge.type if self.edge else self.node.cls if self.node else ""

    @property
    def key(self) -> str:
        """Key of the relationship, or id of the thing."""
        return self.edge.key if self.edge else self.nodes[0]

    @property
    def values(self) -> Mapping[str, Value]:
        """What is stated of the relationship, or of the thing."""
        of = self.edge or self.node
        return of.values if of else {}


@dataclass
class _Sorted:
    """Differing relationships by what becomes of them; those that go with a thing are taken out."""

    came: dict[str, FoldedEdge] = field(default_factory=dict)
    went: dict[str, FoldedEdge] = field(default_factory=dict)
    stayed: list[tuple[FoldedEdge, FoldedEdge]] = field(default_factory=list)


def facts_of(differing: Differing) -> Iterator[Fact]:
    """Give every fact that differs: things first, then relationships, each by id or key.

    What differs only in its marking, or in the days on which a source saw it, is no fact.
    """
    changed = _sorted(differing)
    reached = {edge.target for edge in (*changed.came.values(), *changed.went.values()) if edge.type == "REACHED_AT"}
    for key, (before, now) in differing.nodes.items():
        either = now or before
        if either and not (before and now) and either.cls == _SAID_WITH_ANOTHER and key in reached:
            continue
        if before and now:
            yield from _changed_node(before, now)
        elif now:
            edges = _taken(changed.came, key, differing, 0)
            refs = tuple(dict.fromkeys([*now.evidence, *(ref for edge in edges for ref in edge.evidence)]))
            yield Fact("new", _nodes(key, edges), node=now, with_it=edges, refs=refs)
        elif before and key in differing.merged:
            yield Fact("merged", (differing.merged[key],), node=before, refs_before=before.evidence)
        elif before:
            edges = _taken(changed.went, key, differing, 1)
            yield Fact("withdrawn", _nodes(key, edges), node=before, with_it=edges, refs_before=before.evidence)
    for was, is_ in changed.stayed:
        fact = Fact("changed", (is_.source, is_.target), edge=is_, refs_before=was.evidence, refs=is_.evidence)
        yield from _by_field(fact, _fields(is_.type, was.values, is_.values))
    for edge in changed.came.values():
        yield Fact("new", (edge.source, edge.target), edge=edge, refs=edge.evidence)
    for edge in changed.went.values():
        if edge.source not in differing.merged and edge.target not in differing.merged:
            yield Fact("withdrawn", (edge.source, edge.target), edge=edge, refs_before=edge.evidence)


def _sorted(differing: Differing) -> _Sorted:
    """Sort relationships; one that went where one of its type came between the same two is that, with other days."""
    edges = _Sorted()
    for key, (before, now) in differing.edges.items():
        if before and now:
            edges.stayed.append((before, now))
        elif now:
            edges.came[key] = now
        elif before:
            edges.went[key] = before
    came, went = _by_triple(edges.came), _by_triple(edges.went)
    for triple in came.keys() & went.keys():
        if len(came[triple]) == len(went[triple]) == 1:
            is_, was = edges.came.pop(came[triple][0]), edges.went.pop(went[triple][0])
            edges.stayed.append((was, is_))
    edges.stayed.sort(key=lambda pair: pair[1].key)
    return edges


def _by_triple(edges: Mapping[str, FoldedEdge]) -> dict[tuple[str, str, str], list[str]]:
    return by_key(edges, lambda key: (edges[key].type, edges[key].source, edges[key].target))


def _taken(edges: dict[str, FoldedEdge], node: str, differing: Differing, side: int) -> tuple[FoldedEdge, ...]:
    """Take out the relationships that came or went with a thing.

    One that joins two such things goes with its source: a placement with its edition, not the other way round.
    """
    taken = []
    for key, edge in list(edges.items()):
        source = differing.nodes.get(edge.source)
        came_with_source = source is not None and source[side] is None
        if node == edge.source or (node == edge.target and not came_with_source):
            taken.append(edges.pop(key))
    return tuple(taken)


def _nodes(node: str, edges: Sequence[FoldedEdge]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([node, *(end for edge in edges for end in (edge.source, edge.target))]))


def _changed_node(before: FoldedNode, now: FoldedNode) -> Iterator[Fact]:
    fact = Fact("changed", (now.id,), node=now, refs_before=before.evidence, refs=now.evidence)
    if before.cls != now.cls:
        yield replace(fact, field="class", before=before.cls, after=now.cls)
    yield from _by_field(fact, _fields(now.cls, before.values, now.values))


# More than is dated in all that is bundled; beyond it the list is cut, first by id and key.
_MOST = 20_000
_OF_EACH = 3_000
# All of them have to be looked through; of more that takes longer than people wait.
_LOOKED_THROUGH = 500_000


class BetweenDays(ReadParams):
    """Two full days, both inside, the earliest partial date that lies inside, and the most that may come back."""

    first: str
    last: str
    partial: str
    limit: int


class OfIdsBetweenDays(OfIds):
    """Which things, two full days, both inside, and the earliest partial date that lies inside."""

    first: str
    last: str
    partial: str


THINGS_DATED_BETWEEN = Query("iga.queries.changing", "things_dated_between", BetweenDays, Entity)
THINGS_DATED_OF = Query("iga.queries.changing", "things_dated_of", OfIdsBetweenDays, Entity)
THINGS_OF = {cls: all_of(cls, f"it.{name} IN $ids", OfIds) for cls, name in WHOSE.items()}
EDGES_DATED_BETWEEN = Query("iga.queries.changing", "edges_dated_between", BetweenDays, OurEdgeRow)


def began_or_ended(session: Session, period: Period, circle: Collection[str] | None) -> Iterator[Fact]:
    """Give what surely began or ended in a period, or took a dated step, by id and key.

    Args:
        session: The graph.
        period: The days.
        circle: Only things that are among these or tied to one, and their relationships; None is all, without the
            relationships of a graph that is `too_large`.
    """
    ends: dict[str, tuple[OurEdgeRow | EdgeAround, str, str]]
    tied: dict[str, str] = {}
    stretch = {"first": period.first, "last": period.last, "partial": re.sub(r"(-01){1,2}$", "", period.first)}
    if circle is None:
        days = BetweenDays(**stretch, limit=_MOST)
        things = session.read(THINGS_DATED_BETWEEN, days)
        edges = [] if too_large(session) else session.read(EDGES_DATED_BETWEEN, days)
        ends = {edge.key: (edge, edge.subject, edge.id) for edge in edges}
    else:
        around = session.read(EDGES_OF_ENDS, AroundIds(ids=tuple(sorted(circle)), most=_OF_EACH))
        ids = OfIds(ids=tuple(sorted(circle)))
        owned = {it.id: it.values[name] for cls, name in WHOSE.items() for it in session.read(THINGS_OF[cls], ids)}
        tied = owned | {edge.id: edge.subject for edge in around if edge.id not in circle}
        near = tuple(sorted({*circle, *tied}))
        things = session.read(THINGS_DATED_OF, OfIdsBetweenDays(ids=near, **stretch))
        by_key = {edge.key: edge for edge in around}
        ends = {
            key: (edge, *((edge.subject, edge.id) if edge.leads_out else (edge.id, edge.subject)))
            for key, edge in sorted(by_key.items())
        }
    for thing in things:
        node, nodes = folded_node(thing.values), (thing.id, *filter(None, [tied.get(thing.id)]))
        for what, name in _turns(thing.values, STEPS, period):
            yield Fact(what, nodes, node=node, field=name, after=thing.values.get(name), refs=node.evidence)
    for row, source, target in ends.values():
        stated = {**row.properties, "withdrawn_on": left_on(row.properties)}
        if row.type in EDGE and (turns := _turns(stated, EDGE_STEPS.get(row.type, ()), period)):
            edge = folded_edge(row.type, source, target, row.properties)
            for what, name in turns:
                yield Fact(what, (source, target), edge=edge, field=name, after=stated.get(name), refs=edge.evidence)


def too_large(session: Session) -> bool:
    """True if a graph has too many relationships to look through all of them."""
    return session.status.edge_count > _LOOKED_THROUGH


def _turns(properties: Mapping[str, Any], steps: Iterable[str], period: Period) -> list[tuple[What, str]]:
    """Return the dated steps that surely lie in a period, by their fields, and whether something began or ended in it.

    What happened on one day is told once, by the first field that tells it.
    """
    told = {on: name for name in reversed(tuple(steps)) if (on := properties.get(name)) and period.holds(on)}
    for part in ("period_start", "period_end"):  # that is how it began or ended
        on, says_how = str(properties.get(part)), part == "period_end" and is_put_out(properties)
        if told.get(on) == "status_on" and not says_how:
            del told[on]
    turns: list[tuple[What, str]] = [("step", name) for name in told.values()]
    start_min, start_max = properties.get("start_min"), properties.get("start_max", LAST_DAY)
    end_min, end_max = properties.get("end_min", start_min), properties.get("end_max", LAST_DAY)
    if start_min and period.first <= start_min and start_max <= period.last and start_min not in told:
        turns.append(("began", ""))
    is_told = "withdrawn_on" in told.values() or (is_put_out(properties) and end_max in told)
    if end_min and period.first <= end_min and end_max <= period.last and not is_told:
        turns.append(("ended", ""))
    return turns


def _by_field(fact: Fact, fields: Iterable[tuple[str, Any, Any]]) -> Iterator[Fact]:
    return (replace(fact, field=name, before=was, after=is_) for name, was, is_ in fields)


def _fields(cls: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in declared(cls).rules():
        if before.get(name) != now.get(name) and name not in _ONLY_SEEN:
            yield name, before.get(name), now.get(name)
