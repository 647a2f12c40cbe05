"""How much went to recipients whose names are withheld: each an unknown of its own, and never one partner."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pydantic import Field

from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.wording import counted, listed
from queries.funding.amounts import LAYERS, Amount
from queries.funding.choice import LAYERS_ASKED, layer_asked, measure_asked
from queries.funding.gathering import Pool
from queries.funding.parts import By, Part, parts_of
from queries.funding.pool import PoolParams, pool_of
from queries.funding.row import plain
from queries.funding.summary import SUBJECTS
from queries.funding.tally import counts, printed, years_of
from queries.funding.times import period_of

_HUNDRED = Decimal(100)


class UndisclosedParams(PoolParams):
    """What `undisclosed` is asked with."""

    party: str | None = Field(
        default=None,
        description="Only money of this country, funder, programme, compact or award; all that is held if left out.",
        examples=["Philippines"],
    )
    by: Literal["fiscal year", "calendar year", "country", "award"] = Field(
        default="fiscal year",
        description="What to tell it by: fiscal year, calendar year, country or award.",
        examples=["country"],
    )


class UndisclosedRow(AnswerRow):
    """What went to withheld recipients in one year, country or award, of one layer, measure and currency."""

    group_name: str = Field(description="The year, country or award.")
    group: str | None = Field(default=None, description="Id of it; null for a year.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    layer: str = Field(description="Layer of the money; layers are never added.")
    measure: str = Field(description="What the amounts measure; measures are never added.")
    currency: str = Field(description="ISO 4217 code.")
    amount: str = Field(description="How much went to recipients whose names are withheld, as a decimal number.")
    whole: str = Field(description="How much there is in all of the same year, country or award.")
    percent: str | None = Field(default=None, description="Share of the whole; null where that is not above nothing.")
    amount_count: int = Field(description="How many amounts went to withheld recipients.")
    unknown_count: int = Field(
        description="As how many unknowns they stand here: how many parties they are is not told."
    )
    whole_count: int = Field(description="How many amounts there are in all.")
    years: str | None = Field(default=None, description="US fiscal and calendar years of the amounts.")


def undisclosed(request: Request[UndisclosedParams]) -> Result:
    """Tell money whose recipients are withheld, with its share, by layer, measure and what was asked for.

    Each such row of a source is an unknown of its own: equal words on two rows do not make them one partner.
    """
    subject, given = request.maybe("party"), request.params
    pool = pool_of(request, subject)
    layer, measure = layer_asked(given.layer), measure_asked(given.measure)
    amounts = [
        each
        for each in pool.amounts
        if counts(each) and each.layer in LAYERS_ASKED[:3] and layer in (None, each.layer)
        and measure in (None, each.measure)
    ]  # fmt: skip
    sourced_rows = _sourced_rows(request, amounts, pool)
    return Result(
        sentence=_sentence(request, subject, amounts, pool),
        rows=tuple(sourced_rows),
        caveats=tuple(_doubts(pool, amounts, bool(sourced_rows))),
    )


def _is_hidden(each: Amount, pool: Pool) -> bool:
    receivers = pool.receivers(each)
    return bool(receivers) and set(receivers) <= pool.undisclosed


def _sourced_rows(request: Request[UndisclosedParams], amounts: Sequence[Amount], pool: Pool) -> list[SourcedRow]:
    by = request.params.by
    groups: dict[tuple[int, str, str, str, str, str], list[Part]] = {}
    shared: By = "fiscal year" if by == "award" else by
    for part in parts_of(request.session, amounts, pool, shared):
        group, each = part.group, part.amount
        told = (each.about.name, each.about.id, "") if by == "award" else (group.name, group.id, group.iso3)
        groups.setdefault((LAYERS.index(each.layer), each.measure, each.currency, *told), []).append(part)
    return [
        _draft(key, hidden, groups[key], pool)
        for key in sorted(groups)
        if (hidden := [part for part in groups[key] if _is_hidden(part.amount, pool)])
    ]


def _draft(
    key: tuple[int, str, str, str, str, str], hidden: Sequence[Part], whole: Sequence[Part], pool: Pool
) -> SourcedRow:
    layer, measure, currency, name, id_, iso3 = key
    part, total = (sum((each.value for each in those), Decimal(0)) for those in (hidden, whole))
    amounts = [each.amount for each in hidden]
    row = UndisclosedRow(
        group_name=name,
        group=id_ or None,
        iso3=iso3 or None,
        layer=LAYERS[layer],
        measure=measure,
        currency=currency,
        amount=plain(part),
        whole=plain(total),
        percent=f"{part * _HUNDRED / total:.1f}" if total > 0 and part >= 0 else None,
        amount_count=len(amounts),
        unknown_count=len({receiver for each in amounts for receiver in pool.receivers(each)}),
        whole_count=len(whole),
        years=years_of(amounts) or None,
    )
    return SourcedRow(row, tuple(dict.fromkeys(ref for each in amounts for ref in each.refs)))


def _sentence(
    request: Request[UndisclosedParams], subject: Subject | None, amounts: Sequence[Amount], pool: Pool
) -> str:
    of = f" of {subject.name}" if subject else ""
    hidden = [each for each in amounts if _is_hidden(each, pool)]
    if not hidden:
        return f"no money{of} that went to a recipient whose name is withheld is held{period_of(request.params)}"
    unknowns = {receiver for each in hidden for receiver in pool.receivers(each)}
    things = len({each.about.id for each in hidden})
    of += period_of(request.params)
    told = f"money{of} went to {counted(len(unknowns), 'recipient')} whose names are withheld, each an"
    told += f" unknown of its own, in {counted(things, 'award or project', 'awards and projects')}"
    return f"{told}: {'; '.join(_shares(amounts, pool))}; these are never added to each other"


def _shares(amounts: Sequence[Amount], pool: Pool) -> list[str]:
    groups: dict[tuple[int, str, str], list[Amount]] = {}
    for each in amounts:
        groups.setdefault((LAYERS.index(each.layer), each.measure, each.currency), []).append(each)
    told = []
    for (layer, measure, currency), whole in sorted(groups.items()):
        hidden = [each for each in whole if _is_hidden(each, pool)]
        part, total = (sum((each.amount for each in those), Decimal(0)) for those in (hidden, whole))
        if hidden:
            share = f", {part * _HUNDRED / total:.1f} per cent" if total > 0 and part >= 0 else ""
            words = f"{LAYERS[layer]}, {measure.replace('_', ' ')}"
            told.append(f"{words}: {printed(part)} of {printed(total)} {currency}{share}")
    return told


def _doubts(pool: Pool, amounts: Sequence[Amount], is_found: bool) -> list[Caveat]:
    found = []
    told = {each.about.id for each in amounts}
    silent = sorted(
        pool.holdings[id_].thing.name
        for id_, parties in pool.carriers.items()
        if id_ not in told and parties and all(party.id in pool.undisclosed for party in parties)
    )
    if silent:
        text = f"The recipient of {listed(silent)} is withheld as well, and no amount of it is held."
        found.append(Caveat(kind="undisclosed", text=text))
    if blank := sum(not pool.receivers(each) for each in amounts):
        text = f"Of {counted(blank, 'more amount')} no recipient is held: that is not to say that it is withheld."
        found.append(Caveat(kind="unknown", text=text))
    if not is_found:
        found.append(Caveat(kind="unknown", text="That nothing is held does not say that there was nothing."))
    return found


UNDISCLOSED = Question(
    name="undisclosed",
    title="How much went to recipients whose names are withheld, and what share is that?",
    params=UndisclosedParams,
    row=UndisclosedRow,
    function=undisclosed,
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)"},
    columns=(
        "group_name", "layer", "measure", "amount", "whole", "currency", "percent", "amount_count", "unknown_count",
        "years", "evidence",
    ),
)  # fmt: skip
