"""One hop of money: from whom to whom, by which document, how much of what, and when; a row for each measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from queries.core.answer import AnswerRow, Ref, Subject
from queries.core.question import SourcedRow
from queries.funding.amounts import LAYERS, Amount, Layer
from queries.funding.row import plain
from queries.funding.tally import counts


class HopRow(AnswerRow):
    """One hop of money, of one measure; rows follow each other as the paths go down or up."""

    path: str = Field(description="Names from the start to here, in order; arrows show which way the money went.")
    hop: int = Field(description="How many hops it is from the start.")
    source: str = Field(description="Id of where the money comes from at this hop.")
    source_name: str = Field(description="Its name.")
    source_class: str = Field(description="Its class.")
    relation: str = Field(description="What the source does: provides, has, pays for, is awarded to, passes on to …")
    target: str = Field(description="Id of where it goes.")
    target_name: str = Field(description="Its name.")
    target_class: str = Field(description="Its class.")
    target_iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, where that is a government.")
    document: str | None = Field(
        default=None, description="What the hop stands on: award number, number of the sub-award, account and year."
    )
    layer: Layer | None = Field(default=None, description="Which layer of money; null where no amount is held.")
    measure: str | None = Field(default=None, description="What the amount measures; null where none is held.")
    amount: str | None = Field(default=None, description="Decimal number; null is not held, never nothing.")
    currency: str | None = Field(default=None, description="ISO 4217 code.")
    amount_count: int = Field(default=0, description="How many amounts are added up in it.")
    dated: str | None = Field(default=None, description="Day or days of the amounts, else when the target began.")
    fiscal_years: str | None = Field(default=None, description="US fiscal years of the amounts.")
    share: str | None = Field(default=None, description="Share of the whole in this country, as stated, in per cent.")
    status: str | None = Field(default=None, description="Status of an award: active, ended, terminated.")
    counted: bool = Field(default=False, description="Whether the total of its layer and measure counts the amount.")
    left_out: str | None = Field(default=None, description="Why no total counts it.")
    is_undisclosed: bool = Field(default=False, description="Whether the recipient's name is withheld.")
    note: str | None = Field(default=None, description="What is odd: goes in a circle, shown above, amount not held.")


COLUMNS = (
    "path", "relation", "document", "layer", "measure", "amount", "currency", "dated", "fiscal_years", "share",
    "status", "counted", "left_out", "note", "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class Hop:
    """One hop of a path.

    Attributes:
        source, how, target: Who, does what, to whom, read along the money.
        trail: Names from the start to here.
        refs: Source rows of the edge.
        amounts: Amounts that go this way.
        document: What it stands on; blank if nothing tells.
        dated: When it came about, where no amount is dated.
        status: Status of the award.
        share: Share of the whole, in per cent.
        is_sure: Whether it had surely come about by the day.
        is_undisclosed: Whether the name of the target is withheld.
        note: What is odd.
    """

    source: Subject
    how: str
    target: Subject
    trail: tuple[str, ...]
    refs: tuple[Ref, ...] = ()
    amounts: tuple[Amount, ...] = ()
    document: str = ""
    dated: str = ""
    status: str = ""
    share: str | None = None
    is_sure: bool = True
    is_undisclosed: bool = False
    note: str = ""


def drafts_of(hop: Hop, *, arrow: str) -> Iterable[SourcedRow]:
    """Yield the rows of a hop: one for each layer, measure, currency and reason, or one without an amount."""
    groups: dict[tuple[object, ...], list[Amount]] = {}
    for each in hop.amounts:
        said = (LAYERS.index(each.layer), each.measure, each.currency, not counts(each), each.left_out, each.is_single)
        groups.setdefault(said, []).append(each)
    row = _bare(hop, arrow)
    if not groups:
        yield SourcedRow(row, hop.refs)
    for key in sorted(groups, key=lambda key: tuple(map(str, key))):
        amounts = sorted(groups[key], key=lambda each: (each.day, each.name, each.refs))
        refs = tuple(dict.fromkeys((*(ref for each in amounts for ref in each.refs), *hop.refs)))
        yield SourcedRow(row.model_copy(update=_money(amounts)), refs)


def _bare(hop: Hop, arrow: str) -> HopRow:
    return HopRow(
        held="yes" if hop.is_sure else "unknown",
        path=arrow.join(hop.trail),
        hop=len(hop.trail) - 1,
        source=hop.source.id,
        source_name=hop.source.name,
        source_class=hop.source.cls,
        relation=hop.how,
        target=hop.target.id,
        target_name=hop.target.name,
        target_class=hop.target.cls,
        target_iso3=hop.target.iso3,
        document=hop.document or None,
        dated=hop.dated or None,
        share=hop.share,
        status=hop.status or None,
        is_undisclosed=hop.is_undisclosed,
        note=hop.note or None,
    )


def _money(amounts: Sequence[Amount]) -> Mapping[str, object]:
    first = amounts[0]
    days = sorted({each.day for each in amounts if each.day})
    years = sorted({each.fiscal_year for each in amounts if each.fiscal_year})
    said: dict[str, object] = {
        "layer": first.layer,
        "measure": first.measure,
        "amount": plain(sum((each.amount for each in amounts), Decimal(0))),
        "currency": first.currency,
        "amount_count": len(amounts),
        "fiscal_years": _span([str(year) for year in years]),
        "counted": counts(first),
        "left_out": first.left_out or ("stated as a whole: shown, never added up" if first.is_single else None),
    }
    return said | ({"dated": _span(days)} if days else {})


def _span(words: Sequence[str]) -> str | None:
    if not words:
        return None
    return words[0] if words[0] == words[-1] else f"{words[0]} to {words[-1]}"
