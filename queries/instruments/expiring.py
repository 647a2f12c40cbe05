"""What ends in a period: agreements, plans, memberships, seats, terms, mandates, awards; why, and what it asks for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, get_args

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.text import counted, folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, joined, named, needed, option
from iga.queries.core.compiled import Everything
from iga.queries.core.days import passed
from iga.queries.core.periods import days_after, falls, period
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.instruments.endings import (
    Ending,
    Kind,
    awards_ending,
    instruments_ending,
    memberships_ending,
    seats,
    terms_ending,
    withdrawals,
)
from iga.queries.instruments.reads import AWARDS_WITHOUT_END


class ExpiringParams(Params):
    """What `expiring` is asked with."""

    party: str | None = option("Only what is of this party, or ends in it.", "Colombia")
    kind: Kind | None = option("Only this kind: compact, plan, seat, membership, office, mandate, award …", "compact")
    since: str | None = option("First day of the period; the day asked for if left out.", "2026")
    until: str | None = option("Last day of the period; a year after its first if left out.", "2027")


class ExpiringRow(AnswerRow):
    """One end in the period."""

    ends_on: str = needed("Day of the end, possibly partial.")
    kind: Kind = needed("What sort of thing ends.")
    what: str = needed("Id of what ends, or of the body or post in which somebody's time ends.")
    what_name: str = needed("Its name.")
    what_class: str = needed("Its class.")
    whose: str | None = column("Id of the first whose it is, or whose time ends.")
    whose_name: str | None = column("Whose it is, or whose time ends; several are joined.")
    iso3: str | None = column("ISO 3166 alpha-3 code of a government whose it is.")
    start: str | None = column("First day, possibly partial.")
    legal_basis: str | None = column("Law, decision or number that it rests on.")
    reappointable: str | None = column("Of a seat, whether its holder may be appointed again.")
    reason: str = needed("Why it ends then, as far as held.")
    next_step: str = needed("What must be done, or what is known to follow.")
    is_derived: bool = column("Whether the day is worked out from a start and a length.", False)


def expiring(request: Request[ExpiringParams]) -> Result[ExpiringRow]:
    """List what ends in a period, earliest first; consents are not among it.

    An end that may lie inside or outside the period, that was worked out, or after which an extension is stated is
    *unknown*. What has no end on record is named in a caveat.

    Raises:
        UsageError: The period is no period.
    """
    params = request.params
    # Renewals are prepared a year ahead: a mandate by the autumn before, an award by its budget.
    since, until = period(params.since, params.until, today=request.day)
    everything = _asked(request, since, until)
    ends = _between(everything, since, until)
    nearest = (None, None) if ends else _nearest(request, since, until)
    rows = Rows.of(_row(ending, since, until) for ending in ends)
    caveats = (*_caveats(everything, ends), *_not_looked_at(request))
    return Result.of(_clauses(request, ends, since, until, nearest), rows, caveats)


def _asked(request: Request[ExpiringParams], since: str, until: str) -> list[Ending]:
    """Return what may be asked for of the kind and the party; whatever ends in the period is in it."""
    kind, party = request.params.kind, request.maybe("party")
    endings = _endings(request, since, until)
    return [one for one in endings if kind in (None, one.kind) and (party is None or one.is_of(party))]


def _between(endings: Sequence[Ending], since: str, until: str) -> list[Ending]:
    """Return what ends in a period, earliest first."""
    return sorted((one for one in endings if one.on and falls(one.on, since=since, until=until) != "no"), key=_order)


Nearest = tuple[Ending | None, Ending | None]
"""What ends first after a period, and what ended last before it; None if nothing is on record to."""


def _nearest(request: Request[ExpiringParams], since: str, until: str) -> Nearest:
    """Return what ends nearest to a period in which nothing does; what ended before it only if nothing ends later."""
    next_day, day_before = days_after(until, 1), days_after(since, -1)
    later = next(iter(_between(_asked(request, next_day, LAST_DAY), next_day, LAST_DAY)), None)
    before = [] if later else _between(_asked(request, FIRST_DAY, day_before), FIRST_DAY, day_before)
    return later, max(before, key=lambda one: last_day(one.on or ""), default=None)


def _order(one: Ending) -> tuple[str, str, str, str, str]:
    return first_day(one.on or "9999"), one.kind, folded(one.what.name), folded(one.holders), one.what.id


def _endings(request: Request[ExpiringParams], since: str, until: str) -> Iterator[Ending]:
    """Yield every end that may be asked for; what has none on record comes too, if it is one of few."""
    session, day, of = request.session, request.day, request.maybe("party")
    yield from (one for one in instruments_ending(session, of=of) if passed(one.start, on=day) != "no")
    yield from seats(session, day=day)
    yield from memberships_ending(session, since=since, until=until, of=of)
    yield from terms_ending(session, since=since, until=until, of=of)
    yield from _mandates(request, since=since, until=until, of=of)
    yield from awards_ending(session, since=since, until=until, of=of)
    yield from withdrawals(session, of=of)


def _mandates(request: Request[ExpiringParams], *, since: str, until: str, of: Subject | None) -> Iterator[Ending]:
    """Yield the mandates that end in a period, as the question on mandates finds them; reports due are left out."""
    mandates = request.ask("mandates", since=since, until=until, **({"party": of.id} if of else {}))
    for row, sources in ((sourced.row, sourced.refs) for sourced in mandates.rows):
        if row.mandated_class != "Obligation":
            what = Subject(id=row.mandated, cls=row.mandated_class, name=row.mandated_name)
            basis = row.renewed_by_name or row.created_by_name
            values = {"decided_by": basis, "sponsors": list(row.main_sponsors)}
            yield Ending("mandate", row.last_day, what, (), values, sources, row.conflicts, row.start, basis)


def _row(one: Ending, since: str, until: str) -> SourcedRow[ExpiringRow]:
    first = next(iter(one.whose), None)
    is_sure = one.is_sure and not one.is_derived and falls(one.on or "", since=since, until=until) == "yes"
    in_words = partial(worded, __package__, "expiring", values={"kind": one.kind, **one.values})
    row = ExpiringRow(
        **named("what", one.what),
        held="yes" if is_sure else "unknown",
        conflicts=one.conflicts,
        ends_on=one.on or "",
        kind=one.kind,
        what_class=one.what.cls,
        **joined("whose", one.whose),
        iso3=first.iso3 if first else None,
        start=one.start,
        legal_basis=one.basis,
        reappointable=in_words("row-reappointable") if one.kind == "seat" else None,
        reason=in_words("row-reason"),
        next_step=in_words("row-next-step"),
        is_derived=one.is_derived,
    )
    return SourcedRow(row, one.refs)


_NOUNS: dict[Kind, tuple[str, str]] = {
    **{kind: (kind, f"{kind}s") for kind in get_args(Kind)},
    "seat": ("seat in a council", "seats in councils"),
    "term in a post": ("term in a post", "terms in posts"),
}
# Here the name of what ends says little without whose it is.
_TOLD_BY_HOLDER = ("seat", "membership", "office", "term in a post", "withdrawal", "plan")


def _clauses(
    request: Request[ExpiringParams], ends: Sequence[Ending], since: str, until: str, nearest: Nearest
) -> Iterator[SourcedClause]:
    """Say what ends first, or after the period if nothing ends in it, and how much of which kinds."""
    kinds = Counter(one.kind for one in ends)
    by_kind = {counted(number, *_NOUNS[kind]): number for kind, number in sorted(kinds.items())}
    told = partial(_told, day=request.day)
    later, before = (told(one) if one else None for one in nearest)
    values: dict[str, Any] = {"since": since, "until": until, "later": later, "before": before}
    values |= {"party": request.named("party")["party"] or "", "is_ahead": since == request.day}
    values["kind"] = _NOUNS[request.params.kind][0] if request.params.kind else ""
    yield clause("headline", number=len(ends), things=[*map(told, ends)], **values)
    yield clause("kinds", by_kind=by_kind, number=len(ends))


def _told(one: Ending, *, day: str) -> dict[str, Any]:
    """Return what a sentence says of an ending; what is to begin after the day is announced, as is a seat so listed."""
    role = one.values.get("role") if one.kind == "office" else None
    whose = one.holders if one.kind in _TOLD_BY_HOLDER else ""
    ahead = one.values.get("is_announced") or passed(one.start, on=day) == "no"
    named = {"name": _name(one), "what": one.what.name, "whose": whose, "role": role, "is_announced": ahead}
    return {**named, "on": one.on, "kind": one.kind}


def _name(one: Ending) -> str:
    if one.kind not in _TOLD_BY_HOLDER or not one.whose:
        return one.what.name
    return f"{one.kind} of {one.holders}: {one.what.name}"


def _caveats(everything: Sequence[Ending], ends: Sequence[Ending]) -> Iterator[UnwordedCaveat]:
    names = list(dict.fromkeys(one.what.name for one in ends if one.is_derived))
    yield caveat("derived", "end-worked-out", rows=[one.is_derived for one in ends], names=names)
    for kind in _NOUNS:
        if lacking := {_name(one) for one in everything if one.kind == kind and not one.on}:
            yield _endless(kind, len(lacking), sorted(lacking, key=folded))


def _endless(kind: Kind, number: int, names: Sequence[str] = ()) -> UnwordedCaveat:
    return caveat("unknown", "no-end", clause="headline", number=number, nouns=_NOUNS[kind], names=names)


def _not_looked_at(request: Request[ExpiringParams]) -> Iterator[UnwordedCaveat]:
    is_of_all = request.maybe("party") is None and request.params.kind in (None, "award")
    without_end = request.session.read(AWARDS_WITHOUT_END, Everything()) if is_of_all else []
    if awards := sum(number.count for number in without_end):
        yield _endless("award", awards)
    if request.params.kind in (None, "membership"):
        yield caveat("partial", "memberships-go-on", clause="headline")


EXPIRING = Question.of(
    expiring,
    title="What ends in this period, why, and what must be done?",
    names={"party": ("Party", "Post")},
    example={"since": "2026-11", "until": "2027-12"},
    columns=("ends_on", "kind", "what_name", "whose_name", "reason", "next_step", "held", "evidence"),
)
