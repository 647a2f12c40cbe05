"""How much by year, country, programme or implementer: one layer and one measure, and what is left out of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.wording import counted, listed
from queries.funding.choice import Choice, beside, beside_whole, choose
from queries.funding.gathering import Pool
from queries.funding.parts import By, Group, Part, parts_of
from queries.funding.pool import PoolParams, pool_of
from queries.funding.row import plain
from queries.funding.shares import is_place, share_of_place
from queries.funding.tally import (
    NEVER_SUMMED,
    counts,
    kind_of_reason,
    left_out_in_full,
    left_out_in_short,
    printed,
    years_of,
)
from queries.funding.times import period_of
from queries.funding.words import PARTED

SUBJECTS = ("Party", "Programme", "ChildProtectionCompact", "Award", "Project")
"""Whom or what totals may be asked for."""

_THINGS = {"project activity": "project", "budget line": "budget line", "contribution": "contribution"}


class SummaryParams(PoolParams):
    """What `funding-summary` is asked with."""

    party: str = Field(
        description="A country, for what runs there; a funder, for what it pays; a recipient or implementer; a"
        " programme, compact, award or project.",
        examples=["Ghana"],
    )
    by: By = Field(
        default="implementer",
        description="What to add up by: fiscal year, calendar year, country, programme or implementer.",
        examples=["fiscal year"],
    )


class SummaryRow(AnswerRow):
    """The money of one year, country, programme or implementer, or what is left out for one reason."""

    group_name: str = Field(description="The year, country, programme or implementer; for what is left out, all.")
    group: str | None = Field(default=None, description="Id of it; null for a year and for what is no one thing.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    layer: str = Field(description="Layer of the money: one for the whole answer.")
    measure: str = Field(description="What the amounts measure: one for the whole answer.")
    amount: str | None = Field(
        description="Sum as a decimal number, negative amounts included; null where it is the same money told again,"
        " which is never summed."
    )
    currency: str = Field(description="ISO 4217 code; currencies are never added.")
    percent: str | None = Field(default=None, description="Share of the total of its currency, in per cent.")
    amount_count: int = Field(description="How many amounts are added up, or left out.")
    award_count: int = Field(description="How many awards, projects or lines they are of.")
    years: str | None = Field(default=None, description="US fiscal and calendar years of the amounts.")
    undisclosed_amount: str | None = Field(
        default=None, description="How much of it went to recipients whose names are withheld; null is none."
    )
    is_derived: bool = Field(default=False, description="Whether it is worked out by stated shares of countries.")
    counted: bool = Field(default=True, description="Whether the total counts it.")
    left_out: str | None = Field(default=None, description="Why the total does not count it.")


def funding_summary(request: Request[SummaryParams]) -> Result:
    """Add up one measure of one layer by what was asked for, the largest first; then what is left out, by reason.

    Rows that count make up the total, and with those left out all amounts of the layer and measure. Sub-awards are
    money of the prime awards that was passed on, so prime awards are taken unless sub-awards are asked for.
    """
    subject, by = request.one("party"), request.params.by
    pool = pool_of(request, subject)
    place = subject if is_place(subject, pool.holdings) else None
    amounts = share_of_place(pool.amounts, pool.holdings, place) if place else pool.amounts
    choice = choose(request.params, amounts, of=subject.id)
    counting = [each for each in choice.amounts if counts(each)]
    parts = parts_of(request.session, counting, pool, by, place=place)
    sourced_rows = (*_counted(parts, choice, pool, by), *_left_out(choice))
    return Result(
        sentence=_sentence(request, subject, choice, parts, sourced_rows, pool),
        rows=sourced_rows,
        caveats=(
            *withheld_share(parts, choice, pool),
            *doubts(pool, choice, parts, counting),
            *left_out_in_full(choice.amounts),
            *beside_whole(choice),
        ),
    )


def _counted(parts: Sequence[Part], choice: Choice, pool: Pool, by: By) -> list[SourcedRow[SummaryRow]]:
    groups: dict[tuple[str, Group], list[Part]] = {}
    for part in parts:
        groups.setdefault((part.amount.currency, part.group), []).append(part)
    totals = totals_of(parts)
    values = {key: sum((part.value for part in those), Decimal(0)) for key, those in groups.items()}
    is_year = by in ("fiscal year", "calendar year")

    def rank(key: tuple[str, Group]) -> tuple[object, ...]:
        return (key[0], Decimal(0) if is_year else -values[key], folded(key[1].name), key[1].id)

    return [_draft(key[1], groups[key], values[key], choice, pool, totals[key[0]]) for key in sorted(groups, key=rank)]


def totals_of(parts: Sequence[Part]) -> dict[str, Decimal]:
    """Return the sum of parts by currency."""
    found: dict[str, Decimal] = {}
    for part in parts:
        found[part.amount.currency] = found.get(part.amount.currency, Decimal(0)) + part.value
    return dict(sorted(found.items()))


def _draft(
    group: Group, parts: Sequence[Part], value: Decimal, choice: Choice, pool: Pool, total: Decimal
) -> SourcedRow[SummaryRow]:
    amounts = [part.amount for part in parts]
    hidden = [part.value for part in _hidden(parts, pool)]
    row = SummaryRow(
        group_name=group.name,
        group=group.id or None,
        iso3=group.iso3 or None,
        layer=choice.layer,
        measure=choice.measure,
        amount=plain(value),
        currency=amounts[0].currency,
        percent=f"{value * 100 / total:.1f}" if total > 0 and value >= 0 else None,
        amount_count=len({id(each) for each in amounts}),
        award_count=len({each.about.id for each in amounts}),
        years=years_of(amounts) or None,
        undisclosed_amount=plain(sum(hidden, Decimal(0))) if hidden else None,
        is_derived=any(part.is_derived for part in parts),
    )
    return SourcedRow(row, tuple(dict.fromkeys(ref for each in amounts for ref in each.refs)))


def _left_out(choice: Choice) -> list[SourcedRow[SummaryRow]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for number, each in enumerate(choice.amounts):
        if each.left_out:
            groups.setdefault((kind_of_reason(each.left_out), each.currency), []).append(number)
    sourced_rows = []
    for (reason, currency), numbers in sorted(groups.items()):
        amounts = [choice.amounts[number] for number in numbers]
        row = SummaryRow(
            held="yes",
            group_name="left out",
            layer=choice.layer,
            measure=choice.measure,
            amount=None if reason in NEVER_SUMMED else plain(sum((each.amount for each in amounts), Decimal(0))),
            currency=currency,
            amount_count=len(amounts),
            award_count=len({each.about.id for each in amounts}),
            years=years_of(amounts) or None,
            counted=False,
            left_out=reason,
        )
        sourced_rows.append(SourcedRow(row, tuple(dict.fromkeys(ref for each in amounts for ref in each.refs))))
    return sourced_rows


def _sentence(
    request: Request[SummaryParams],
    subject: Subject,
    choice: Choice,
    parts: Sequence[Part],
    sourced_rows: Sequence[SourcedRow],
    pool: Pool,
) -> str:
    period = period_of(request.params)
    if not parts:
        told = f"no amounts of {subject.name} are held that may be added up{period}: {choice.words}"
    else:
        totals = [f"{printed(value)} {currency}" for currency, value in totals_of(parts).items()]
        awards = len({part.amount.about.id for part in parts})
        told = f"money of {subject.name}{period}, {choice.words}: {listed(totals)}"
        told += f" in {counted(awards, _THINGS.get(choice.layer, 'award'))}"
        told += f" ({years})" if (years := years_of(part.amount for part in parts)) else ""
        told += f"; by {request.params.by}: {_largest(sourced_rows)}"
        told += "" if _hidden(parts, pool) else "; no withheld recipient is known"
    return "; ".join([told, *left_out_in_short(choice.amounts), *beside(choice)])


def _hidden(parts: Sequence[Part], pool: Pool) -> list[Part]:
    return [part for part in parts if (them := pool.receivers(part.amount)) and set(them) <= pool.undisclosed]


def withheld_share(parts: Sequence[Part], choice: Choice, pool: Pool) -> list[Caveat]:
    """Return which share of a total went to recipients whose names are withheld, for each currency that has any."""
    hidden, whole = totals_of(_hidden(parts, pool)), totals_of(parts)
    found = []
    for currency, value in hidden.items():
        total = whole[currency]
        share = f", {value * 100 / total:.1f} per cent" if total > 0 and value >= 0 else ""
        text = (
            f"Of {choice.words}: {printed(value)} of {printed(total)} {currency}{share}, went to recipients whose names"
            " are withheld, each an unknown of its own."
        )
        found.append(Caveat(kind="undisclosed", text=text))
    return found


def _largest(sourced_rows: Sequence[SourcedRow]) -> str:
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, SummaryRow) and draft.row.counted]
    return listed([f"{row.group_name} {printed(Decimal(row.amount or 0))} {row.currency}" for row in rows], most=3)


def doubts(pool: Pool, choice: Choice, parts: Sequence[Part], counting: Sequence[object]) -> list[Caveat]:
    """Return what a total does not know."""
    found = []
    if choice.measure == "announced" and parts:
        text = "What was announced is neither obligated nor paid, and may be of another year than either."
        found.append(Caveat(kind="uncertain", text=text))
    if any(part.is_derived for part in parts):
        found.append(Caveat(kind="derived", text=PARTED))
    told = {each.about.id for each in choice.amounts}
    kinds: Mapping[str, str] = {"prime award": "Award", "project activity": "Project"}
    cls = kinds.get(choice.layer)
    silent = [
        each
        for id_, each in pool.holdings.items()
        if each.thing.cls == cls and id_ not in told and not each.is_subaward and not each.is_passed_on_only
    ]
    if silent:
        noun = counted(len(silent), "more award or project", "more awards and projects")
        names = listed(sorted(each.thing.name for each in silent))
        text = f"Of {noun} no amount of this layer, measure and time is held: {names}."
        found.append(Caveat(kind="unknown", text=text))
    if pool.is_without_versions:
        text = "Earlier versions of stated figures were not looked up: there are too many awards; award tells them."
        found.append(Caveat(kind="partial", text=text))
    if not counting:
        found.append(Caveat(kind="unknown", text="That nothing is held does not say that there was nothing."))
    return found


FUNDING_SUMMARY = Question(
    name="funding-summary",
    title="How much, by fiscal year, country, programme or implementer: one measure, one layer?",
    params=SummaryParams,
    row=SummaryRow,
    function=funding_summary,
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)", "by": "fiscal year"},
    columns=(
        "group_name", "layer", "measure", "amount", "currency", "percent", "amount_count", "award_count", "years",
        "undisclosed_amount", "counted", "left_out", "evidence",
    ),
)  # fmt: skip
