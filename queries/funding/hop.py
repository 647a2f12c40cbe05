"""One hop of money: from whom to whom, by which document, how much of what, and when; a row for each measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import Field

from queries.core.answer import AnswerRow, Ref, Subject
from queries.core.days import stretch
from queries.core.question import SourcedRow
from queries.core.reading import Entity, refs
from queries.funding.amounts import LAYERS, Amount, Layer
from queries.funding.totals import counts, plain, refs_of, span_of, total_of


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
    first_day: str | None = Field(default=None, description="First of these days, possibly partial.")
    last_day: str | None = Field(default=None, description="Last of these days, possibly partial.")
    fiscal_years: str | None = Field(default=None, description="US fiscal years of the amounts.")
    share: str | None = Field(default=None, description="Share of the whole in this country, as stated, in per cent.")
    status: str | None = Field(default=None, description="Status of an award: active, ended, terminated.")
    counted: bool = Field(default=False, description="Whether the total of its layer and measure counts the amount.")
    left_out: str | None = Field(default=None, description="Why no total counts it.")
    is_undisclosed: bool = Field(default=False, description="Whether the recipient's name is withheld.")
    note: str | None = Field(
        default=None, description="What is odd: goes in a circle, already counted above, amount not on record."
    )
    lacks_amount: bool = Field(default=False, description="Whether there should be an amount, and none is on record.")


COLUMNS = (
    "path", "relation", "document", "layer", "measure", "amount", "currency", "dated", "fiscal_years", "share",
    "status", "counted", "left_out", "note", "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class Hop:
    """One hop of a path.

    Attributes:
        row: What is said of it, whatever its amounts; its path is told last.
        trail: Names from the start to here.
        refs: Source rows of the edge.
        amounts: Amounts that go this way.
        is_circle: Whether it leads back to where the money came by already.
    """

    row: HopRow
    trail: tuple[str, ...]
    refs: tuple[Ref, ...]
    amounts: tuple[Amount, ...]
    is_circle: bool


def hop(
    source: Subject,
    how: str,
    target: Subject,
    trail: tuple[str, ...],
    edge: Iterable[Ref] = (),
    amounts: Iterable[Amount] = (),
    *,
    period: Mapping[str, Any] = MappingProxyType({}),
    is_sure: bool = True,
    is_circle: bool = False,
    note: str = "",
    lacks_amount: bool = False,
    **said: Any,
) -> Hop:
    """Return a hop: who does what to whom, read along the money, and what a row says besides, blank where unsaid.

    The period is that in which it came about, where no amount is dated. It lacks an amount if there should be one.
    """
    is_lacking = lacks_amount and not note
    row = HopRow(
        held="yes" if is_sure else "unknown",
        path="",
        hop=len(trail) - 1,
        source=source.id,
        source_name=source.name,
        source_class=source.cls,
        relation=how,
        target=target.id,
        target_name=target.name,
        target_class=target.cls,
        target_iso3=target.iso3,
        dated=stretch(period) or None,
        first_day=period.get("period_start") or None,
        last_day=period.get("period_end") or None,
        note=note or ("amount not on record" if is_lacking else None),
        lacks_amount=is_lacking,
        **{name: value for name, value in said.items() if value},
    )
    return Hop(row, trail, tuple(edge), tuple(amounts), is_circle)


def hop_by(
    thing: Entity,
    source: Subject,
    how: str,
    target: Subject,
    trail: tuple[str, ...],
    edge: Iterable[Ref] = (),
    amounts: Iterable[Amount] = (),
    **said: Any,
) -> Hop:
    """Return a hop that stands on an award, project, programme or line: its number, days and status.

    Args:
        thing: What it stands on.
        source: As in `hop`, like the next three.
        how: See there.
        target: See there.
        trail: See there.
        edge: Source rows of the edge.
        amounts: Amounts that go this way.
        said: What else is to be said, and what differs from what the thing says.
    """
    values = thing.values
    own = {"document": document_of(thing), "period": values, "status": values.get("status")}
    return hop(source, how, target, trail, (*edge, *refs(values)), amounts, **{**own, **said})


def document_of(thing: Entity) -> str:
    """Return what a thing stands on: its number, or its account and fiscal year; blank if neither is held."""
    said = thing.values
    if said.get("award_number"):
        return str(said["award_number"])
    year = f"US fiscal year {said['fiscal_year']}" if said.get("fiscal_year") else ""
    return ", ".join(part for part in (said.get("account") or "", year) if part)


def rows_of(known: Hop, *, arrow: str) -> Iterable[SourcedRow[HopRow]]:
    """Yield the rows of a hop: one for each layer, measure, currency and reason, or one without an amount."""
    groups: dict[tuple[object, ...], list[Amount]] = {}
    for each in known.amounts:
        said = (LAYERS.index(each.layer), each.measure, each.currency, not counts(each), each.left_out, each.is_single)
        groups.setdefault(said, []).append(each)
    row = known.row.model_copy(update={"path": arrow.join(known.trail)})
    if not groups:
        yield SourcedRow(row, known.refs)
    for key in sorted(groups, key=lambda key: tuple(map(str, key))):
        amounts = sorted(groups[key], key=lambda each: (each.day, each.name, each.refs))
        yield SourcedRow(row.model_copy(update=_money(amounts)), tuple(dict.fromkeys((*refs_of(amounts), *known.refs))))


def _money(amounts: Sequence[Amount]) -> Mapping[str, object]:
    first = amounts[0]
    days = sorted({each.day for each in amounts if each.day})
    years = sorted({each.fiscal_year for each in amounts if each.fiscal_year})
    said: dict[str, object] = {
        "layer": first.layer,
        "measure": first.measure,
        "amount": plain(total_of(amounts)),
        "currency": first.currency,
        "amount_count": len(amounts),
        "fiscal_years": span_of([str(year) for year in years]),
        "counted": counts(first),
        "left_out": first.left_out or ("stated as a whole: shown, never added up" if first.is_single else None),
    }
    return said | ({"dated": span_of(days), "first_day": days[0], "last_day": days[-1]} if days else {})
