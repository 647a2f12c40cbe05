"""What changed between two days or loads: facts new, changed, withdrawn, in sentences by owner, with both sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from msgspec.structs import replace
from pydantic import Field

from iga.graph.domain.edges import ReachedAt
from iga.graph.domain.parties import ContactPoint
from iga.graph.fold.between import Differing, between
from iga.graph.fold.shapes import FoldedEdge, FoldedNode
from iga.graph.ledger.evidence import EvidenceRow, evidence
from iga.graph.projection.properties import node_properties
from iga.graph.text import folded
from iga.queries.changing.facts import (
    DATED,
    EDGE_STEPS,
    USUAL_DAYS,
    WHOSE,
    Fact,
    Period,
    What,
    began_or_ended,
    facts_of,
    period_of,
    too_large,
)
from iga.queries.changing.telling import Teller, named_in
from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, needed, option
from iga.queries.core.home import NOBODY, owners_of
from iga.queries.core.printed_names import entities, printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, refs
from iga.queries.core.reads import OurEdgeRow
from iga.queries.core.scope import circle_of
from iga.queries.core.session import Session

# More is not read one by one: a first load of everything is no list of changes.
_MOST_SUBJECTS = 20_000
_SHOWN = 100
_LINES = 2
_FIRST: tuple[What, ...] = ("withdrawn", "merged", "changed", "ended", "step", "began", "new")

Nature = Literal["happened", "learned"]


class ChangesParams(Params):
    """What `what-changed` is asked with."""

    party: str | None = option("Only what is about this party, its posts and its parts; all if left out.", "OSCE")
    owner: str | None = option("Only parties whose relationship this post or office of ours owns.", "IGA")
    kind: str | None = option("Only things of this class, or relationships of this type.", "Assessment")
    since: str | None = option(
        f"First day, or load:N for what came after that load; {USUAL_DAYS} days earlier if left out.", "2026-05"
    )
    until: str | None = option("Last day, or load:N; the day asked for if left out.", "2026-06")
    limit: int = Field(default=_SHOWN, ge=1, le=1_000, description="Most rows that are shown.", examples=[100])
    skip: int | None = Field(default=None, ge=0, description="Rows before those that are shown.", examples=[100])


class ChangeRow(AnswerRow):
    """One fact that is not as it was."""

    owner_name: str = column("Who of ours owns the relationship; nobody on record.", NOBODY)
    owner: str | None = column("Id of the owner.")
    what: What = needed("New, changed, withdrawn, merged; a step, began or ended by a date held before.")
    nature: Nature = needed("Whether it happened in the period, or is older or undated and we learned of it.")
    says: str = needed("The change as a sentence.")
    happened_on: str | None = column("Day in the period that dates it; null if none does.")
    subject: str = needed("Id of what it is said of.")
    subject_name: str = needed("Its name.")
    subject_class: str = needed("Its class.")
    subject_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    other: str | None = column("Id of the other end, for a relationship.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    type: str | None = column("Type of the relationship; null for a fact of a thing.")
    field: str | None = column("Field that changed, or that dates a step; null for all of it.")
    before: str | None = column("Its value before, in words.")
    after: str | None = column("Its value after, in words.")
    sources_before: tuple[str, ...] = column("What said the value before: title, place, load.", ())
    sources_after: tuple[str, ...] = column("What says the value after: title, place, load.", ())
    key: str | None = column("Key of the relationship, for iga why.")


def what_changed(request: Request[ChangesParams]) -> Result[ChangeRow]:
    """List what changed in a period, by owner: what happened before what we learned, withdrawn before new."""
    session, params = request.session, request.params
    period = period_of(session, params.since, params.until, day=request.day)
    circle = circle_of(session, request.maybe("party"))
    differing = between(
        session.ledger,
        ceiling=session.status.view.ceiling,
        since=period.since,
        until=period.until,
        limit=_MOST_SUBJECTS,
        about=None if circle is None else _as_written(session, circle),
    )
    is_too_much = differing is None
    # Where nearly everything is new, what began and ended by its dates in that time still answers.
    differing = without_left_out(session, differing or Differing({}, {}, {}))
    facts = [fact for fact in facts_of(differing) if _is_asked(request, fact, circle)]
    known = {fact.key for fact in facts}
    dated = (fact for fact in began_or_ended(session, period, circle) if fact.key not in known)
    facts += [fact for fact in dated if _is_asked(request, fact, circle)]
    changes = _changes(request, period, facts, differing)
    skip = params.skip or 0
    shown = changes[skip : skip + params.limit]
    past = _evidence(session, (change.fact.refs_before for change in shown), period.since.load)
    # What began by a date that is held may have been loaded later: its rows are those of today.
    now = session.evidence(ref for change in shown if change.fact.what in DATED for ref in change.fact.refs)
    loaded = (change.fact.refs for change in shown if change.fact.what not in DATED)
    now = {**now, **_evidence(session, loaded, period.until.load)}
    return Result(
        clauses=(
            *(() if is_too_much and not changes else _clauses(request, period, changes)),
            *(_too_much(request, period) if is_too_much else ()),
        ),
        rows=tuple(_row(change, past, now) for change in shown),
        caveats=(
            *_caveats(period, changes, params),
            *([caveat("partial", "more-touched", most=_MOST_SUBJECTS)] if is_too_much else ()),
            *(_not_looked_for(session) if circle is None else ()),
        ),
        total=Total(value=len(changes)),
        past={_at(ref, row.load): row for book in (past, now) for ref, row in book.items()},
    )


def _as_written(session: Session, ids: frozenset[str]) -> frozenset[str]:
    """Return every id that stands for one of these things, as sources write them."""
    things = entities(session, ids).values()
    return ids | {written for thing in things for written in thing.values.get("members") or ()}


Folded = TypeVar("Folded", FoldedNode, FoldedEdge)


def without_left_out(session: Session, differing: Differing) -> Differing:
    """Return what differs without people who are left out, what is theirs, and the relationships of either.

    Whose a channel is that no source states any more is told by its address and by whom it reached.

    Raises:
        StoreError: The store did not answer.
        LedgerError: The ledger did not answer.
    """
    ends = {key: edge for key, (was, now) in differing.edges.items() if (edge := now or was)}
    nodes = {it: node for it, (was, now) in differing.nodes.items() if (node := now or was)}
    owners = {it: set(_owners(session, node)) for it, node in nodes.items()}
    for edge in ends.values():
        if edge.type == ReachedAt.type() and edge.target in owners:
            owners[edge.target].add(edge.source)
    hidden = session.hidden({*nodes, *(end for edge in ends.values() for end in (edge.source, edge.target))})
    refused = session.hidden(owner for theirs in owners.values() for owner in theirs)
    hidden |= {it for it, theirs in owners.items() if theirs & refused}
    return Differing(
        {it: _masked(session, both, it) for it, both in differing.nodes.items() if it not in hidden},
        {
            key: _masked(session, both, *tied)
            for key, both in differing.edges.items()
            if not hidden.intersection(tied := (ends[key].source, ends[key].target))
            and not session.unsaid_holders(tied, max(it.marking for it in both if it))
        },
        {it: now for it, now in differing.merged.items() if not {it, now} & hidden},
    )


def _masked(
    session: Session, both: tuple[Folded | None, Folded | None], *about: str
) -> tuple[Folded | None, Folded | None]:
    was, now = (replace(it, values=session.masked(it.values, *about)) if it else None for it in both)
    return was, now


def _owners(session: Session, node: FoldedNode) -> Iterator[str]:
    channel = node.values.get("channel") if node.cls == ContactPoint.label() else None
    if isinstance(channel, dict):
        yield from session.owners_by_address(node.id, str(channel.get("value") or ""))


def _is_asked(request: Request[ChangesParams], fact: Fact, circle: frozenset[str] | None) -> bool:
    whose = fact.values.get(WHOSE.get(fact.kind, ""))
    if circle is not None and whose not in circle and circle.isdisjoint(fact.nodes):
        return False
    kind = folded(request.params.kind or "")
    return not kind or kind in (folded(fact.kind), folded(fact.kind.replace("_", " ")))


@dataclass(frozen=True)
class _Change:
    """A fact with its row, before its evidence, and the rows by which somebody owns it."""

    fact: Fact
    row: ChangeRow
    owned_by: tuple[Ref, ...]

    @property
    def place(self) -> tuple[bool, int, str, str, str]:
        """Its place among the changes of an owner."""
        row = self.row
        turn, leaving = _FIRST.index(row.what), EDGE_STEPS["MEMBER_OF"]
        if row.what == "step" and row.field in leaving:  # who left, or gave notice of it, is told before all else
            turn = leaving.index(row.field) - len(leaving)
        return row.nature == "learned", turn, folded(row.subject_name), row.says, row.key or row.subject


def _changes(
    request: Request[ChangesParams], period: Period, facts: Sequence[Fact], differing: Differing
) -> list[_Change]:
    """Return the changes by owner, those that nobody owns last."""
    session = request.session
    ids = {node for fact in facts for node in fact.nodes}
    ids |= {end for fact in facts for edge in fact.with_it for end in (edge.source, edge.target)}
    folded_nodes = {id_: now or was for id_, (was, now) in differing.nodes.items() if id_ in ids}
    # Everything named in facts: as the graph has it, else as it was after or before.
    things = {id_: _thing_of(node) for id_, node in folded_nodes.items() if node} | entities(session, ids)
    teller = Teller(things, printed_names(session, named_in(facts)), request.day, period)
    owners = owners_of(session, (node for fact in facts for node in fact.nodes), day=request.day)
    changes = [_change(teller, fact, owners.first(fact.nodes)) for fact in facts]
    if wanted := request.maybe("owner"):
        changes = [change for change in changes if change.row.owner == wanted.id]
    changes.sort(key=lambda change: change.place)
    changes.sort(key=lambda it: (it.row.owner is None, folded(it.row.owner_name), it.row.owner or ""))
    return changes


def _thing_of(node: FoldedNode) -> Entity:
    properties: dict[str, Any] = node_properties(node)
    return Entity(id=node.id, cls=node.cls, name=str(properties["name"]), values=properties)


def _change(teller: Teller, fact: Fact, owned: OurEdgeRow | None) -> _Change:
    happened_on, values = teller.happened_on(fact), teller.values(fact)
    row = ChangeRow(
        owner_name=owned.name if owned else NOBODY,
        owner=owned.id if owned else None,
        what=fact.what,
        nature="happened" if happened_on else "learned",
        says=worded(__package__, "what_changed", "row-says", values),
        values=values,
        happened_on=happened_on,
        **end_columns("subject", teller.subject(fact.nodes[0])),
        **end_columns("other", teller.subject(fact.nodes[1]) if fact.edge else None, "class"),
        type=fact.edge.type if fact.edge else None,
        field=fact.field or None,
        before=teller.value(fact.before),
        after=teller.value(fact.after),
        key=fact.edge.key if fact.edge else None,
    )
    return _Change(fact, row, refs(owned.properties) if owned else ())


Book: TypeAlias = Mapping[Ref, EvidenceRow]


def _row(change: _Change, past: Book, now: Book) -> SourcedRow[ChangeRow]:
    """Return a row with the rows that said it before, as they were, and those that say it after."""
    before = {ref: past[ref] for ref in change.fact.refs_before if ref in past}
    after = {ref: now[ref] for ref in change.fact.refs if ref in now}
    if change.fact.what == "changed":
        before, after = _unlike(before, after), _unlike(after, before)
    sources = {
        "sources_before": tuple(map(_place, before.values())),
        "sources_after": tuple(map(_place, after.values())),
    }
    cited_after = tuple(_at(ref, row.load) for ref, row in after.items())
    cited_before = tuple(_at(ref, row.load) for ref, row in before.items())
    row = change.row.model_copy(update=sources)
    return SourcedRow(row, cited_after or cited_before, dated_by=(*cited_before, *change.owned_by))


def _unlike(rows: Book, others: Book) -> dict[Ref, EvidenceRow]:
    """Return the rows that did not say the same on the other side; all of them if all did, as trust alone changed."""
    unlike = {ref: row for ref, row in rows.items() if ref not in others or others[ref].load != row.load}
    return unlike or dict(rows)


def _at(ref: Ref, load: int) -> Ref:
    """Return the reference of a row as a load said it: another than that of the row as it stands today."""
    return ref[0], f"{ref[1]} as of load {load}"


def _place(row: EvidenceRow) -> str:
    stated = f", stated {row.stated_on}" if row.stated_on else ""
    return f"{row.card.title}, {row.locator}, load {row.load}{stated}"


def _evidence(session: Session, cited: Iterable[Sequence[Ref]], load: int) -> Book:
    wanted = list(dict.fromkeys(ref for of_one in cited for ref in of_one))
    return session.without_names(evidence(session.ledger, wanted, upto=load)) if wanted else {}


def _clauses(request: Request[ChangesParams], period: Period, changes: Sequence[_Change]) -> Iterator[SourcedClause]:
    values = {**request.named("party", "owner"), "first": period.first, "last": period.last}
    if not changes:
        yield clause("nothing", **values)
        return
    happened = sum(change.row.nature == "happened" for change in changes)
    first, *others = (it.row.says for it in sorted(changes, key=lambda it: it.place))
    natures = {"happened": happened, "learned": len(changes) - happened}
    yield clause("headline", **values, **natures, weightiest=first)
    yield clause("natures", **natures)
    yield clause("then", changes=others[:_LINES])


def _caveats(period: Period, changes: Sequence[_Change], params: ChangesParams) -> Iterator[UnwordedCaveat]:
    if unowned := sum(change.row.owner is None for change in changes):
        yield caveat("partial", "unowned", unowned=unowned, of=len(changes))
    if len(changes) > params.limit:
        yield caveat("partial", "only-first", limit=params.limit, skip=params.skip, of=len(changes))
    if period.until.load == period.since.load:
        yield caveat("partial", "nothing-loaded")


def _not_looked_for(session: Session) -> Iterator[UnwordedCaveat]:
    if too_large(session):
        yield caveat("partial", "not-looked-for", edges=session.status.edge_count)


def _too_much(request: Request[ChangesParams], period: Period) -> Iterator[SourcedClause]:
    """Say how much was loaded where nearly everything is new."""
    session, ledger = request.session, request.session.ledger
    headers = [header for header in session.headers if period.since.load < header.no <= period.until.load]
    titles = list(dict.fromkeys(session.shown_card(header.card).title for header in headers))
    rows = ledger.row_count_between(period.since.load, period.until.load)
    values = {"loads": len(headers), "rows": rows, "titles": titles, "first": period.first, "last": period.last}
    yield clause("too-much", **values)
    yield clause("shorter", since=f"load:{max(period.until.load - 1, 0)}")


WHAT_CHANGED = Question.of(
    what_changed,
    title="What changed since then, and what did we only learn?",
    names={"party": ("Party", "Post"), "owner": ("Post", "PublicBody")},
    example={"party": "OSCE", "since": "2025-12", "until": "2026-01"},
    columns=("owner_name", "what", "nature", "says", "happened_on", "confidence", "evidence"),
    maturity="trial",
)
