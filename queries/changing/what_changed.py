"""What changed between two days or loads: facts new, changed, withdrawn, in sentences by owner, with both sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from graph.fold.between import Differing, between
from graph.ledger.evidence import EvidenceRow, evidence
from graph.text import folded
from queries.changing.began import began_or_ended
from queries.changing.facts import DATED, Fact, What, facts_of
from queries.changing.period import USUAL_DAYS, Period, period_of
from queries.changing.telling import Teller, named_in, thing_of
from queries.core.answer import AnswerRow, Caveat, Ref, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, option
from queries.core.owners import NOBODY, owners_of
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, refs
from queries.core.reads import ENTITIES_BY_ID, OurEdgeRow
from queries.core.scope import circle_of
from queries.core.session import Session
from queries.core.wording import counted

# More is not read one by one: a first load of everything is no list of changes.
_MOST_SUBJECTS = 20_000
_SHOWN = 100
_LINES = 5
_FIRST: tuple[What, ...] = ("withdrawn", "merged", "changed", "ended", "began", "new")

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


class ChangeRow(AnswerRow):
    """One fact that is not as it was."""

    owner_name: str = column("Who of ours owns the relationship; nobody on record.", NOBODY)
    owner: str | None = column("Id of the owner.")
    what: What = Field(description="New, changed, withdrawn, merged; began or ended by a date held before.")
    nature: Nature = Field(
        description="Whether it happened in the period, or is older or undated and we learned of it."
    )
    says: str = Field(description="The change as a sentence.")
    happened_on: str | None = column("Day in the period that dates it; null if none does.")
    subject: str = Field(description="Id of what it is said of.")
    subject_name: str = Field(description="Its name.")
    subject_class: str = Field(description="Its class.")
    subject_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    other: str | None = column("Id of the other end, for a relationship.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    type: str | None = column("Type of the relationship; null for a fact of a thing.")
    field: str | None = column("Field that changed; null for all of it.")
    before: str | None = column("Its value before, in words.")
    after: str | None = column("Its value after, in words.")
    sources_before: tuple[str, ...] = column("What said the value before: title, place, load.", ())
    sources_after: tuple[str, ...] = column("What says the value after: title, place, load.", ())
    key: str | None = column("Key of the relationship, for iga why.")


def what_changed(request: Request[ChangesParams]) -> Result[ChangeRow]:
    """List what changed in a period, by owner: what happened before what we learned, withdrawn before new."""
    session, given = request.session, request.params
    period = period_of(session, given.since, given.until, day=request.day)
    circle = circle_of(session, request.maybe("party"))
    found = between(
        session.ledger,
        ceiling=session.status.view.ceiling,
        since=period.since,
        until=period.until,
        limit=_MOST_SUBJECTS,
        about=None if circle is None else _written_ids(session, circle),
    )
    if found is None:
        return _too_much(request, period)
    facts = [fact for fact in facts_of(found) if _asked(request, fact, circle)]
    known = {(fact.edge.key if fact.edge else fact.nodes[0]) for fact in facts}
    dated = [
        fact
        for fact in began_or_ended(session, period, circle)
        if (fact.edge.key if fact.edge else fact.nodes[0]) not in known and _asked(request, fact, circle)
    ]
    return _answer(request, period, [*facts, *dated], found)


def _written_ids(session: Session, ids: frozenset[str]) -> frozenset[str]:
    """Return every id that stands for one of these things, as sources write them."""
    entities = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids))))
    return ids | {written for entity in entities for written in entity.values.get("members") or ()}


def _asked(request: Request[ChangesParams], fact: Fact, circle: frozenset[str] | None) -> bool:
    if circle is not None and circle.isdisjoint(fact.nodes):
        return False
    kind = folded(request.params.kind or "")
    words = (fact.edge.type, fact.edge.type.replace("_", " ")) if fact.edge else (fact.node.cls if fact.node else "",)
    return not kind or kind in [folded(word) for word in words]


def _answer(
    request: Request[ChangesParams], period: Period, facts: Sequence[Fact], found: Differing
) -> Result[ChangeRow]:
    things = _things(request, facts, found)
    teller = Teller(things, printed_names(request.session, named_in(facts)), request.day, period)
    owners = owners_of(request.session, (node for fact in facts for node in fact.nodes), day=request.day)
    told = [_told(teller, fact, owners.first(fact.nodes)) for fact in facts]
    if wanted := request.maybe("owner"):
        told = [each for each in told if each.row.owner == wanted.id]
    told.sort(key=lambda each: each.order)
    shown = told[: request.params.limit]
    past = _evidence(request, (each.fact.refs_before for each in shown), period.since.load)
    # What began by a date that is held may have been loaded later: its rows are those of today.
    today = request.session.evidence(ref for each in shown if each.fact.what in DATED for ref in each.fact.refs)
    then = _evidence(request, (each.fact.refs for each in shown if each.fact.what not in DATED), period.until.load)
    now = {**today, **then}
    return Result(
        clauses=tuple(_clauses(request, period, told)),
        rows=tuple(_row(each, past, now) for each in shown),
        caveats=_caveats(period, told, request.params.limit),
        total=Total(value=len(told)),
        past={_at(ref, row.load): row for book in (past, now) for ref, row in book.items()},
    )


@dataclass(frozen=True)
class _Told:
    """A fact with its row, before its evidence, and the rows by which somebody owns it."""

    fact: Fact
    row: ChangeRow
    owned_by: tuple[Ref, ...]

    @property
    def order(self) -> tuple[bool, str, str, bool, int, str, str, str]:
        row = self.row
        unowned, learned = row.owner is None, row.nature == "learned"
        return (unowned, folded(row.owner_name), row.owner or "", learned, _FIRST.index(row.what),
                folded(row.subject_name), row.says, row.key or row.subject)  # fmt: skip


def _told(teller: Teller, fact: Fact, owned: OurEdgeRow | None) -> _Told:
    subject = teller.subject(fact.nodes[0])
    other = teller.subject(fact.nodes[1]) if fact.edge else None
    happened_on = teller.happened_on(fact)
    row = ChangeRow(
        owner_name=owned.name if owned else NOBODY,
        owner=owned.id if owned else None,
        what=fact.what,
        nature="happened" if happened_on else "learned",
        says=teller.sentence(fact),
        happened_on=happened_on,
        subject=subject.id,
        subject_name=subject.name,
        subject_class=subject.cls,
        subject_iso3=subject.iso3,
        other=other.id if other else None,
        other_name=other.name if other else None,
        other_class=other.cls if other else None,
        type=fact.edge.type if fact.edge else None,
        field=fact.field or None,
        before=teller.value(fact.before),
        after=teller.value(fact.after),
        key=fact.edge.key if fact.edge else None,
    )
    return _Told(fact, row, refs(owned.properties) if owned else ())


def _row(told: _Told, past: Mapping[Ref, EvidenceRow], now: Mapping[Ref, EvidenceRow]) -> SourcedRow[ChangeRow]:
    """Return a row with the rows that said it before, as they were, and those that say it after."""
    before = {ref: past[ref] for ref in told.fact.refs_before if ref in past}
    after = {ref: now[ref] for ref in told.fact.refs if ref in now}
    if told.fact.what == "changed":
        before, after = _unlike(before, after), _unlike(after, before)
    row = told.row.model_copy(
        update={
            "sources_before": tuple(_place(each) for each in before.values()),
            "sources_after": tuple(_place(each) for each in after.values()),
        }
    )
    cited_after = tuple(_at(ref, each.load) for ref, each in after.items())
    cited_before = tuple(_at(ref, each.load) for ref, each in before.items())
    return SourcedRow(row, cited_after or cited_before, dated_by=(*cited_before, *told.owned_by))


def _unlike(rows: Mapping[Ref, EvidenceRow], others: Mapping[Ref, EvidenceRow]) -> dict[Ref, EvidenceRow]:
    """Return the rows that did not say the same on the other side; all of them if all did, as trust alone changed."""
    found = {ref: row for ref, row in rows.items() if ref not in others or others[ref].load != row.load}
    return found or dict(rows)


def _at(ref: Ref, load: int) -> Ref:
    """Return the reference of a row as a load said it: another than that of the row as it stands today."""
    return ref[0], f"{ref[1]} as of load {load}"


def _place(row: EvidenceRow) -> str:
    stated = f", stated {row.stated_on}" if row.stated_on else ""
    return f"{row.card.title}, {row.locator}, load {row.load}{stated}"


def _evidence(request: Request[ChangesParams], cited: Iterable[Sequence[Ref]], load: int) -> dict[Ref, EvidenceRow]:
    wanted = list(dict.fromkeys(ref for refs_ in cited for ref in refs_))
    return evidence(request.session.ledger, wanted, upto=load) if wanted else {}


def _things(request: Request[ChangesParams], facts: Sequence[Fact], found: Differing) -> dict[str, Entity]:
    """Return everything named in facts: as the graph has it, else as it was after or before."""
    ids = {node for fact in facts for node in fact.nodes}
    ids |= {end for fact in facts for edge in fact.with_it for end in (edge.source, edge.target)}
    things = {node: thing_of(seen) for node, (was, now) in found.nodes.items() if node in ids and (seen := now or was)}
    read = request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids)))) if ids else []
    return things | {each.id: each for each in read}


def _clauses(request: Request[ChangesParams], period: Period, told: Sequence[_Told]) -> Iterator[SourcedClause]:
    party, owner = request.maybe("party"), request.maybe("owner")
    whose = {"party": party.name if party else None, "owner": owner.name if owner else None}
    values: dict[str, Any] = {**whose, "first": period.first, "last": period.last}
    if not told:
        yield clause("nothing", **values)
        return
    happened = sum(each.row.nature == "happened" for each in told)
    yield clause("headline", **values, happened=happened, learned=len(told) - happened)
    lines = [each.row.says for each in sorted(told, key=lambda each: each.order[3:])[:_LINES]]
    yield clause("first", changes=lines)


def _caveats(period: Period, told: Sequence[_Told], limit: int) -> tuple[Caveat, ...]:
    texts = []
    if unowned := sum(each.row.owner is None for each in told):
        have = "has" if unowned == 1 else "have"
        texts.append(f"{counted(unowned, 'change')} of {len(told)} {have} no owner on our side.")
    if len(told) > limit:
        texts.append(f"Only the first {limit} of {len(told)} changes are shown: say --limit, --party or --owner.")
    if period.until.load == period.since.load:
        texts.append("Nothing was loaded in this time: what changed in the world meanwhile may not be known here.")
    return tuple(Caveat(kind="partial", text=text) for text in texts)


def _too_much(request: Request[ChangesParams], period: Period) -> Result[ChangeRow]:
    """Answer by source where nearly everything is new."""
    headers = [each for each in request.session.ledger.headers() if period.since.load < each.no <= period.until.load]
    titles = list(dict.fromkeys(each.card.title for each in headers if each.card.marking <= _ceiling(request)))
    rows = request.session.ledger.row_count_between(period.since.load, period.until.load)
    values = {"loads": len(headers), "rows": rows, "titles": titles, "first": period.first, "last": period.last}
    return Result(
        clauses=(clause("too-much", **values), clause("shorter", since=f"load:{max(period.until.load - 1, 0)}")),
        caveats=(Caveat(kind="partial", text=f"More than {_MOST_SUBJECTS:,} things and relationships were touched."),),
    )


def _ceiling(request: Request[ChangesParams]) -> int:
    return int(request.session.status.view.ceiling)


WHAT_CHANGED = Question(
    name="what-changed",
    title="What changed since then, and what did we only learn?",
    params=ChangesParams,
    row=ChangeRow,
    function=what_changed,
    names={"party": ("Party", "Post"), "owner": ("Post", "PublicBody")},
    example={"party": "OSCE", "since": "2025-12", "until": "2026-01"},
    columns=("owner_name", "what", "nature", "says", "happened_on", "confidence", "evidence"),
    maturity="trial",
)
