"""How much money, through whom and when: of a party, in a country, under a programme or of one award."""

from collections.abc import Sequence

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.days import first_of, the_day
from queries.funding.amounts import Amount, lines, movements, wholes
from queries.funding.doubles import said_again_later, without_doubles
from queries.funding.exchange import Rates
from queries.funding.reach import (
    HOLDERS,
    Holding,
    holdings_of,
    implementer_counts,
    movements_under,
    undisclosed_among,
)
from queries.funding.row import FundingRow, Group, converted, draft, grouped_amounts
from queries.funding.words import doubts, sentence
from queries.named import printed_names
from queries.question import Asked, Draft, Found, Posed, Question

_CODE = r"^[A-Z]{3}$"


class FundingAsked(Asked):
    """What `funding` is asked with."""

    party: str = Field(
        description="A recipient, implementer or funder; a government, for what runs in its country; a programme or"
        " compact; or one award or project.",
        examples=["Ghana"],
    )
    fiscal_year: int | None = Field(
        default=None, description="Only this US fiscal year, from October to September.", examples=["2018"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2025"])
    convert_to: str | None = Field(
        default=None,
        description="Currency (ISO 4217) to show amounts in as well, at rates that are held.",
        examples=["USD"],
        pattern=_CODE,
    )


def funding(posed: Posed[FundingAsked]) -> Found:
    """List amounts by award or project, layer, measure, currency, source and fiscal year; nothing is added across.

    Totals count neither likely duplicates, nor money that two agencies report, nor versions of one total; rows of
    what is left out stand beside, with the reason.
    """
    asking, subject = posed.asking, posed.one("party")
    holdings = holdings_of(asking, subject)
    under = movements_under(asking, holdings)
    moved = list(movements(subject, holdings, under, implementer_counts(asking, holdings)))
    undisclosed = undisclosed_among(asking, [each.receiver for each in moved if each.receiver])
    single = [*without_doubles(moved, undisclosed=undisclosed), *lines(holdings)]
    amounts = [each for each in single if _asked(posed, each)]
    if not _is_limited(posed):
        amounts += [each for each in wholes(asking, holdings) if _asked(posed, each)]
    groups = grouped_amounts(amounts)
    drafts = _drafts(posed, groups, undisclosed)
    return Found(
        sentence=sentence(subject, groups, drafts, period=_period(posed)),
        drafts=drafts,
        caveats=doubts(
            groups,
            holdings,
            undisclosed=undisclosed,
            again_later=said_again_later(amounts),
            wholes_left_out=_wholes_left_out(posed, list(holdings.values())),
        ),
    )


def _asked(posed: Posed[FundingAsked], each: Amount) -> bool:
    """Say whether an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    given, days = posed.given, each.days
    if given.fiscal_year is not None and each.fiscal_year != given.fiscal_year:
        return False
    if days is None:
        return not _is_limited(posed)
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    by = posed.day if given.as_of else LAST_DAY  # without a day asked for, what is planned belongs to the answer
    return days[1] >= since and days[0] <= min(until, by)


def _is_limited(posed: Posed[FundingAsked]) -> bool:
    given = posed.given
    return bool(given.fiscal_year or given.since or given.until)


def _period(posed: Posed[FundingAsked]) -> str:
    given = posed.given
    told = [f"US fiscal year {given.fiscal_year}"] if given.fiscal_year else []
    told += [f"since {given.since}"] if given.since else []
    told += [f"until {given.until}"] if given.until else []
    return f" ({', '.join(told)})" if told else ""


def _wholes_left_out(posed: Posed[FundingAsked], holdings: Sequence[Holding]) -> int:
    if not _is_limited(posed):
        return 0
    parts = ("total_obligated", "total_outlaid", "stated_total")
    return sum(any(f"{part}_amount" in each.thing.values for part in parts) for each in holdings)


def _drafts(posed: Posed[FundingAsked], groups: Sequence[Group], undisclosed: frozenset[str]) -> tuple[Draft, ...]:
    asking = posed.asking
    parties = {id_ for group in groups for id_ in (group.first.giver, group.first.receiver) if id_}
    names = printed_names(asking, parties)
    titles = {name: card.title for name, card in asking.cards.items()}
    drafts = [draft(group, names, undisclosed, titles) for group in groups]
    if posed.given.convert_to:
        rates = Rates.of(asking, posed.given.convert_to)
        drafts = [converted(each, group, rates) for each, group in zip(drafts, groups, strict=True)]
    return tuple(drafts)


FUNDING = Question(
    name="funding",
    title="How much money is held for this party, country, programme or award, through whom and when?",
    params=FundingAsked,
    row=FundingRow,
    function=funding,
    names={"party": ("Party", "Programme", "ChildProtectionCompact", *HOLDERS[:2])},
    example={"party": "Ghana"},
    columns=(
        "about_name", "layer", "measure", "amount", "currency", "fiscal_year", "calendar_years", "recipient_name",
        "counted", "evidence",
    ),
)  # fmt: skip
