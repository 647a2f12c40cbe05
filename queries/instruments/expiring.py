"""What ends in a period: agreements, plans, memberships, seats, terms, mandates, awards; why, and what it asks for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.periods import falls, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.wording import counted, listed
from queries.instruments.endings import Ending, Kind, awards_ending, instruments_ending, withdrawals
from queries.instruments.endings_of_terms import mandates_ending, memberships_ending, seats, terms_ending
from queries.instruments.reads import AWARDS_WITHOUT_END


class ExpiringParams(Params):
    """What `expiring` is asked with."""

    party: str | None = Field(
        default=None, description="Only what is of this party, or ends in it.", examples=["Colombia"]
    )
    kind: Kind | None = Field(
        default=None, description="Only this kind: compact, plan, seat, membership, office, mandate, award …",
        examples=["compact"],
    )  # fmt: skip
    since: str | None = Field(
        default=None, description="First day of the period; the day asked for if left out.", examples=["2026"]
    )
    until: str | None = Field(
        default=None, description="Last day of the period; a year after its first if left out.", examples=["2027"]
    )


class ExpiringRow(AnswerRow):
    """One end in the period."""

    ends_on: str = Field(description="Day of the end, possibly partial.")
    kind: Kind = Field(description="What sort of thing ends.")
    what: str = Field(description="Id of what ends, or of the body or post in which somebody's time ends.")
    what_name: str = Field(description="Its name.")
    what_class: str = Field(description="Its class.")
    whose: str | None = Field(default=None, description="Id of the first whose it is, or whose time ends.")
    whose_name: str | None = Field(default=None, description="Whose it is, or whose time ends; several are joined.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code of a government whose it is.")
    start: str | None = Field(default=None, description="First day, possibly partial.")
    legal_basis: str | None = Field(default=None, description="Law, decision or number that it rests on.")
    reappointable: str | None = Field(default=None, description="Of a seat, whether its holder may be appointed again.")
    reason: str = Field(description="Why it ends then, as far as held.")
    next_step: str = Field(description="What must be done, or what is known to follow.")
    is_derived: bool = Field(default=False, description="Whether the day is worked out from a start and a length.")


def expiring(request: Request[ExpiringParams]) -> Result[ExpiringRow]:
    """List what ends in a period, earliest first; consents are not among it.

    An end that may lie inside or outside the period, that was worked out, or after which an extension is stated is
    *unknown*. What has no end on record is named in a caveat.

    Raises:
        UsageError: The period is no period.
    """
    params, party = request.params, request.maybe("party")
    # Renewals are prepared a year ahead: a mandate by the autumn before, an award by its budget.
    since, until = period(params.since, params.until, today=request.day)
    everything = [
        ending
        for ending in _endings(request, since, until)
        if params.kind in (None, ending.kind) and (party is None or ending.is_of(party))
    ]
    found = [ending for ending in everything if ending.on and falls(ending.on, since=since, until=until) != "no"]
    found.sort(key=_order)
    return Result(
        clauses=tuple(_clauses(found, since, until, party)),
        rows=tuple(_row(ending, since, until) for ending in found),
        caveats=(*_caveats(everything, found), *_not_looked_at(request)),
    )


def _order(each: Ending) -> tuple[str, str, str, str, str]:
    return first_day(each.on or "9999"), each.kind, folded(each.what.name), folded(each.holders), each.what.id


def _endings(request: Request[ExpiringParams], since: str, until: str) -> Iterator[Ending]:
    """Yield every end that may be asked for; what has none on record comes too, if it is one of few."""
    session, day, of = request.session, request.day, request.maybe("party")
    yield from (each for each in instruments_ending(session, of=of) if passed(each.start, on=day) != "no")
    yield from seats(session, day=day)
    yield from memberships_ending(session, since=since, until=until, of=of)
    yield from terms_ending(session, since=since, until=until, of=of)
    yield from mandates_ending(request, since=since, until=until, of=of)
    yield from awards_ending(session, since=since, until=until, of=of)
    yield from withdrawals(session, of=of)


def _row(each: Ending, since: str, until: str) -> SourcedRow[ExpiringRow]:
    first = next(iter(each.whose), None)
    sure = each.is_sure and not each.is_derived and falls(each.on or "", since=since, until=until) == "yes"
    values = {"kind": each.kind, **each.values}
    row = ExpiringRow(
        held="yes" if sure else "unknown",
        conflicts=each.conflicts,
        ends_on=each.on or "",
        kind=each.kind,
        what=each.what.id,
        what_name=each.what.name,
        what_class=each.what.cls,
        whose=first.id if first else None,
        whose_name=each.holders or None,
        iso3=first.iso3 if first else None,
        start=each.start,
        legal_basis=each.basis,
        reappointable=worded(__package__, "expiring", "row-reappointable", values) if each.kind == "seat" else None,
        reason=worded(__package__, "expiring", "row-reason", values),
        next_step=worded(__package__, "expiring", "row-next-step", values),
        is_derived=each.is_derived,
    )
    return SourcedRow(row, each.refs)


_NOUNS: dict[Kind, tuple[str, str]] = {
    "agreement": ("agreement", "agreements"),
    "compact": ("compact", "compacts"),
    "plan": ("plan", "plans"),
    "seat": ("seat in a council", "seats in councils"),
    "membership": ("membership", "memberships"),
    "office": ("office", "offices"),
    "term in a post": ("term in a post", "terms in posts"),
    "mandate": ("mandate", "mandates"),
    "award": ("award", "awards"),
    "withdrawal": ("withdrawal", "withdrawals"),
}
# Here the name of what ends says little without whose it is.
_TOLD_BY_HOLDER = ("seat", "membership", "office", "term in a post", "withdrawal", "plan")


def _clauses(found: Sequence[Ending], since: str, until: str, party: Subject | None) -> Iterator[SourcedClause]:
    """Say how much ends, of which kinds, and what ends first."""
    kinds = Counter(each.kind for each in found)
    by_kind = {counted(number, *_NOUNS[kind]): number for kind, number in sorted(kinds.items())}
    values = {"party": party.name if party else "", "since": since, "until": until}
    yield clause("headline", number=len(found), by_kind=by_kind, **values)
    if found:
        named = dict.fromkeys((_in_words(each, party, is_kind_said=len(kinds) == 1), each.on) for each in found)
        yield clause("first", things=[{"name": name, "on": on} for name, on in named])


def _in_words(each: Ending, party: Subject | None = None, *, is_kind_said: bool = False) -> str:
    if each.kind not in _TOLD_BY_HOLDER or not each.whose:
        return each.what.name
    whose = f"{'' if is_kind_said else f'{each.kind} of '}{each.holders}"
    return whose if party and each.what.id == party.id else f"{whose}: {each.what.name}"


def _caveats(everything: Sequence[Ending], found: Sequence[Ending]) -> Iterator[Caveat]:
    worked_out = {number: each.what.name for number, each in enumerate(found, start=1) if each.is_derived}
    if worked_out:
        names = listed(list(dict.fromkeys(worked_out.values())))
        text = f"The end is worked out from a start and a stated length, not stated: {names}."
        yield Caveat(kind="derived", text=text, rows=tuple(worked_out))
    for kind in _NOUNS:
        lacking = {_in_words(each) for each in everything if each.kind == kind and not each.on}
        if lacking:
            yield _endless(kind, len(lacking), f": {listed(sorted(lacking, key=folded))}")


def _endless(kind: Kind, number: int, names: str = "") -> Caveat:
    text = f"No end is on record for {counted(number, *_NOUNS[kind])}, which may end by then{names}."
    return Caveat(kind="unknown", text=text, clause="headline")


def _not_looked_at(request: Request[ExpiringParams]) -> Iterator[Caveat]:
    is_of_all = request.maybe("party") is None and request.params.kind in (None, "award")
    without_end = request.session.read(AWARDS_WITHOUT_END, Everything()) if is_of_all else []
    if awards := sum(number.count for number in without_end):
        yield _endless("award", awards)
    if request.params.kind in (None, "membership"):
        text = "Memberships without a stated end are taken to go on and are not listed."
        yield Caveat(kind="partial", text=text, clause="headline")


EXPIRING = Question(
    name="expiring",
    title="What ends in this period, why, and what must be done?",
    params=ExpiringParams,
    row=ExpiringRow,
    function=expiring,
    names={"party": ("Party", "Post")},
    example={"since": "2026-11", "until": "2027-12"},
    columns=("ends_on", "kind", "what_name", "whose_name", "reason", "next_step", "held", "evidence"),
)
