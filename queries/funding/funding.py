"""How much money, through whom and when: of a party, in a country, under a programme or of one award."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from queries.core.printed_names import printed_names
from queries.core.question import Question, Request, Result, SourcedRow
from queries.funding.amounts import Amount, lines, wholes
from queries.funding.doubles import said_again_later
from queries.funding.exchange import Rates
from queries.funding.gathering import Pool, gathered, not_of
from queries.funding.pool import is_made_up
from queries.funding.reach import HOLDERS, Holding
from queries.funding.row import FundingRow, Group, converted, draft, grouped_amounts
from queries.funding.shares import is_place, share_of_place
from queries.funding.tally import MADE_UP
from queries.funding.times import TimeParams, is_asked, is_limited, period_of
from queries.funding.words import doubts, sentence

_CODE = r"^[A-Z]{3}$"


class FundingParams(TimeParams):
    """What `funding` is asked with."""

    party: str = Field(
        description="A recipient, implementer or funder; a government, for what runs in its country; a programme or"
        " compact; or one award or project.",
        examples=["Ghana"],
    )
    convert_to: str | None = Field(
        default=None,
        description="Currency (ISO 4217) to show amounts in as well, at rates that are held.",
        examples=["USD"],
        pattern=_CODE,
    )


def funding(request: Request[FundingParams]) -> Result:
    """List amounts by award or project, layer, measure, currency, source and fiscal year; nothing is added across.

    Totals count neither likely duplicates, nor money that two agencies report, nor versions of one total, nor what a
    party passes on; a country gets the share that is stated of it. Rows of what is left out stand beside, with the
    reason.
    """
    session, subject = request.session, request.one("party")
    pool = gathered(session, subject)
    amounts = [*pool.amounts, *lines(pool.holdings)]
    if not is_limited(request.params):
        amounts += [_whole(each, request, pool) for each in wholes(session, pool.holdings)]
    if is_place(subject, pool.holdings):
        amounts = share_of_place(amounts, pool.holdings, subject)
    amounts = [each for each in amounts if is_asked(request, each)]
    groups = grouped_amounts(amounts)
    sourced_rows = _sourced_rows(request, groups, pool.undisclosed)
    return Result(
        sentence=sentence(subject, groups, sourced_rows, period=period_of(request.params)),
        rows=sourced_rows,
        caveats=doubts(
            groups,
            pool.holdings,
            undisclosed=pool.undisclosed,
            again_later=said_again_later(amounts),
            wholes_left_out=_wholes_left_out(request, list(pool.holdings.values())),
        ),
    )


def _whole(each: Amount, request: Request[FundingParams], pool: Pool) -> Amount:
    """Return a version of a figure of a whole, with the reason why it may be no total of the party's."""
    if each.is_single:
        return each
    reason = MADE_UP if is_made_up(each, pool.amounts) else ""
    return replace(each, left_out=reason or not_of(request.one("party"), pool.holdings[each.about.id], pool))


def _wholes_left_out(request: Request[FundingParams], holdings: Sequence[Holding]) -> int:
    if not is_limited(request.params):
        return 0
    parts = ("total_obligated", "total_outlaid", "stated_total")
    return sum(any(f"{part}_amount" in each.thing.values for part in parts) for each in holdings)


def _sourced_rows(
    request: Request[FundingParams], groups: Sequence[Group], undisclosed: frozenset[str]
) -> tuple[SourcedRow, ...]:
    session = request.session
    parties = {id_ for group in groups for id_ in (group.first.giver, group.first.receiver) if id_}
    names = printed_names(session, parties)
    titles = {name: card.title for name, card in session.cards.items()}
    sourced_rows = [draft(group, names, undisclosed, titles) for group in groups]
    if request.params.convert_to:
        rates = Rates.of(session, request.params.convert_to)
        sourced_rows = [converted(each, group, rates) for each, group in zip(sourced_rows, groups, strict=True)]
    return tuple(sourced_rows)


FUNDING = Question(
    name="funding",
    title="How much money is held for this party, country, programme or award, through whom and when?",
    params=FundingParams,
    row=FundingRow,
    function=funding,
    names={"party": ("Party", "Programme", "ChildProtectionCompact", *HOLDERS[:2])},
    example={"party": "Ghana"},
    columns=(
        "about_name", "layer", "measure", "amount", "currency", "fiscal_year", "calendar_years", "recipient_name",
        "counted", "evidence",
    ),
)  # fmt: skip
