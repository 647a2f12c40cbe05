"""What ends in a period: agreements, plans, memberships, seats, terms, mandates, awards; why, and what it asks for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.periods import falls, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.wording import counted, listed
from queries.instruments.endings import Ending, Kind
from queries.instruments.endings_of_instruments import awards_ending, instruments_ending, withdrawals
from queries.instruments.endings_of_terms import mandates_ending, memberships_ending, seats, terms_ending
from queries.instruments.reads import AWARDS_WITHOUT_END

# Renewals are prepared a year ahead: a mandate by the autumn before, an award by its budget.
_DAYS_AHEAD = 365


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


def expiring(request: Request[ExpiringParams]) -> Result:
    """List what ends in a period, earliest first; consents are not among it.

    An end that may lie inside or outside the period, that was worked out, or after which an extension is stated is
    *unknown*. What has no end that is held is named in a caveat.

    Raises:
        UsageError: The period is no period.
    """
    given = request.params
    since, until = period(given.since, given.until, today=request.day)
    everything = [ending for ending in _endings(request, since, until) if _asked(request, ending)]
    ending = [each for each in everything if each.on and falls(each.on, since=since, until=until) != "no"]
    ending.sort(key=_order)
    return Result(
        sentence=_sentence(ending, since, until, request.maybe("party")),
        rows=tuple(_draft(each, since, until) for each in ending),
        caveats=tuple(_caveats(request, everything, ending)),
    )


def _order(each: Ending) -> tuple[str, str, str, str, str]:
    return first_day(each.on or "9999"), each.kind, folded(each.what.name), folded(_whose(each) or ""), each.what.id


def _endings(request: Request[ExpiringParams], since: str, until: str) -> Iterator[Ending]:
    """Yield every end that may be asked for; what has none that is held comes too, if it is one of few."""
    session, day, of = request.session, request.day, request.maybe("party")
    yield from (each for each in instruments_ending(session, of=of) if passed(each.start, on=day) != "no")
    yield from seats(session, day=day)
    yield from memberships_ending(session, since=since, until=until, of=of)
    yield from terms_ending(session, since=since, until=until, of=of)
    yield from mandates_ending(session, day=day, since=since, until=until, of=of)
    yield from awards_ending(session, since=since, until=until, of=of)
    yield from withdrawals(session, of=of)


def _asked(request: Request[ExpiringParams], ending: Ending) -> bool:
    party = request.maybe("party")
    return (party is None or ending.is_of(party)) and request.params.kind in (None, ending.kind)


def _whose(ending: Ending) -> str | None:
    return "; ".join(one.name for one in ending.whose) or None


def _draft(each: Ending, since: str, until: str) -> SourcedRow:
    first = next(iter(each.whose), None)
    sure = each.is_sure and not each.is_derived and falls(each.on or "", since=since, until=until) == "yes"
    row = ExpiringRow(
        held="yes" if sure else "unknown",
        conflicts=each.conflicts,
        ends_on=each.on or "",
        kind=each.kind,
        what=each.what.id,
        what_name=each.what.name,
        what_class=each.what.cls,
        whose=first.id if first else None,
        whose_name=_whose(each),
        iso3=first.iso3 if first else None,
        start=each.start,
        legal_basis=each.basis,
        reappointable=each.reappointable,
        reason=each.reason,
        next_step=each.next_step,
        is_derived=each.is_derived,
    )
    return SourcedRow(row, each.refs)


def _sentence(ending: Sequence[Ending], since: str, until: str, party: Subject | None) -> str:
    of = f" of {party.name}" if party else ""
    if not ending:
        return f"nothing{of} is held that ends from {since} to {until}"
    kinds = Counter(each.kind for each in ending)
    by_kind = [counted(number, *_NOUNS[kind]) for kind, number in sorted(kinds.items())]
    number = by_kind[0] if len(by_kind) == 1 else counted(len(ending), "thing")
    told = f"{number}{of} {'ends' if len(ending) == 1 else 'end'} from {since} to {until}"
    told += f" ({listed(by_kind, most=10)})" if len(by_kind) > 1 else ""
    named = dict.fromkeys(f"{_in_words(each, party, is_kind_said=len(by_kind) == 1)} ({each.on})" for each in ending)
    first = list(named)[:_NAMED]
    return f"{told}{': ' if len(ending) == len(first) else '; the first are '}{listed(first)}"


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
# As many as can be read aloud; the others are rows.
_NAMED = 3
# Here the name of what ends says little without whose it is.
_TOLD_BY_HOLDER = ("seat", "membership", "office", "term in a post", "withdrawal", "plan")


def _in_words(each: Ending, party: Subject | None = None, *, is_kind_said: bool = False) -> str:
    if each.kind in _TOLD_BY_HOLDER and each.whose:
        whose = f"{'' if is_kind_said else f'{each.kind} of '}{_whose(each)}"
        return whose if party and each.what.id == party.id else f"{whose}: {each.what.name}"
    return each.what.name


def _caveats(
    request: Request[ExpiringParams], everything: Sequence[Ending], ending: Sequence[Ending]
) -> Iterator[Caveat]:
    worked_out = list(dict.fromkeys(each.what.name for each in ending if each.is_derived))
    if worked_out:
        text = f"The end is worked out from a start and a stated length, not stated: {listed(worked_out)}."
        yield Caveat(kind="derived", text=text)
    for kind, (one, many) in _NOUNS.items():
        lacking = sorted({_in_words(each) for each in everything if each.kind == kind and not each.on}, key=folded)
        if lacking:
            number = counted(len(lacking), one, many)
            yield Caveat(kind="unknown", text=f"No end is held for {number}, which may end by then: {listed(lacking)}.")
    is_of_all = request.maybe("party") is None and request.params.kind in (None, "award")
    without_end = request.session.read(AWARDS_WITHOUT_END, Everything()) if is_of_all else []
    if awards := sum(number.count for number in without_end):
        yield Caveat(kind="unknown", text=f"No end is held for {counted(awards, 'award')}, which may end by then.")
    if request.params.kind in (None, "membership"):
        yield Caveat(kind="partial", text="Memberships without a stated end are taken to go on and are not listed.")


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
