"""One hop of money: from whom to whom, by which document, how much of what, and when; a row for each measure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from iga.queries.core.answer import AnswerRow, Ref, Subject
from iga.queries.core.columns import column, named
from iga.queries.core.days import stretch
from iga.queries.core.question import SourcedRow
from iga.queries.core.reading import Entity
from iga.queries.funding.amounts import LAYERS, Amount, Layer
from iga.queries.funding.totals import counts, plain, refs_of, span_of, total_of


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
    target_iso3: str | None = column("ISO 3166 alpha-3 code, where that is a government.")
    document: str | None = column("What the hop stands on: award number, number of the sub-award, account and year.")
    layer: Layer | None = column("Which layer of money; null where no amount is held.")
    measure: str | None = column("What the amount measures; null where none is held.")
    amount: str | None = column("Decimal number; null is not held, never nothing.")
    currency: str | None = column("ISO 4217 code.")
    amount_count: int = column("How many amounts are added up in it.", 0)
    dated: str | None = column("Day or days of the amounts, else when the target began.")
    first_day: str | None = column("First of these days, possibly partial.")
    last_day: str | None = column("Last of these days, possibly partial.")
    fiscal_years: str | None = column("US fiscal years of the amounts.")
    share: str | None = column("Share of the whole in this country, as stated, in per cent.")
    status: str | None = column("Status of an award: active, ended, terminated.")
    counted: bool = column("Whether the total of its layer and measure counts the amount.", False)
    left_out: str | None = column("Why no total counts it.")
    is_undisclosed: bool = column("Whether the recipient's name is withheld.", False)
    note: str | None = column("What is odd: goes in a circle, already counted above, amount not on record.")
    lacks_amount: bool = column("Whether there should be an amount, and none is on record.", False)


COLUMNS = (
    "path", "relation", "document", "layer", "measure", "amount", "currency", "dated", "fiscal_years", "share",
    "status", "counted", "left_out", "note", "evidence",
)  # fmt: skip  # in the order of the table


@dataclass(frozen=True)
class Hop:
    """One hop of a path, read along the money.

    Attributes:
        source, how, target: Who does what to whom.
        trail: Names from the start to here.
        refs: Source rows of the edge, and of what it stands on.
        amounts: Amounts that go this way.
        document: Number, or account and year, that it stands on; blank if none is held.
        period: Properties that say when it came about, for where no amount is dated.
        status: Of an award.
        share: Share of the whole in a country, as stated.
        is_sure: Whether it had surely come about by the day.
        is_undisclosed: Whether the name of the target is withheld.
        is_circle: Whether it leads back to where the money came by already.
        note: What is odd.
        lacks_amount: Whether there should be an amount; where something is odd, that is said instead.
    """

    source: Subject
    how: str
    target: Subject
    trail: tuple[str, ...]
    refs: tuple[Ref, ...] = ()
    amounts: tuple[Amount, ...] = ()
    document: str = ""
    period: Mapping[str, Any] = field(default_factory=dict)
    status: str | None = None
    share: str | None = None
    is_sure: bool = True
    is_undisclosed: bool = False
    is_circle: bool = False
    note: str = ""
    lacks_amount: bool = False

    @property
    def is_lacking(self) -> bool:
        """Whether an amount should be on record, is not, and nothing odd explains it."""
        return self.lacks_amount and not self.note

    def rows(self, *, arrow: str) -> Iterator[SourcedRow[HopRow]]:
        """Yield its rows: one for each layer, measure, currency and reason, or one without an amount."""
        groups: dict[tuple[object, ...], list[Amount]] = {}
        for one in self.amounts:
            kind = (LAYERS.index(one.layer), one.measure, one.currency, not counts(one), one.left_out, one.is_single)
            groups.setdefault(kind, []).append(one)
        row = self._row(arrow)
        if not groups:
            yield SourcedRow(row, self.refs)
        for of_kind in sorted(groups, key=lambda kind: tuple(map(str, kind))):
            amounts = sorted(groups[of_kind], key=lambda one: (one.day, one.name, one.refs))
            rests_on = tuple(dict.fromkeys((*refs_of(amounts), *self.refs)))
            yield SourcedRow(row.model_copy(update=_money(amounts)), rests_on)

    def _row(self, arrow: str) -> HopRow:
        return HopRow(
            **named("source", self.source),
            **named("target", self.target),
            held="yes" if self.is_sure else "unknown",
            path=arrow.join(self.trail),
            hop=len(self.trail) - 1,
            source_class=self.source.cls,
            relation=self.how,
            target_class=self.target.cls,
            target_iso3=self.target.iso3,
            document=self.document or None,
            dated=stretch(self.period) or None,
            first_day=self.period.get("period_start") or None,
            last_day=self.period.get("period_end") or None,
            share=self.share or None,
            status=self.status or None,
            is_undisclosed=self.is_undisclosed,
            note=self.note or ("amount not on record" if self.is_lacking else None),
            lacks_amount=self.is_lacking,
        )


def standing_on(thing: Entity) -> dict[str, Any]:
    """Return what a hop says that stands on an award, project, programme or line: its number, days and status."""
    return {"document": document_of(thing), "period": thing.values, "status": thing.values.get("status")}


def document_of(thing: Entity) -> str:
    """Return what a thing stands on: its number, or its account and fiscal year; blank if neither is held."""
    stated = thing.values
    year = f"US fiscal year {stated['fiscal_year']}" if stated.get("fiscal_year") else ""
    return str(stated.get("award_number") or ", ".join(filter(None, (stated.get("account"), year))))


def _money(amounts: Sequence[Amount]) -> dict[str, object]:
    first, days = amounts[0], sorted({one.day for one in amounts if one.day})
    columns: dict[str, object] = {
        "layer": first.layer,
        "measure": first.measure,
        "amount": plain(total_of(amounts)),
        "currency": first.currency,
        "amount_count": len(amounts),
        "fiscal_years": span_of([str(year) for year in sorted({one.fiscal_year or 0 for one in amounts} - {0})]),
        "counted": counts(first),
        "left_out": first.left_out or ("stated as a whole: shown, never added up" if first.is_single else None),
    }
    return columns | ({"dated": span_of(days), "first_day": days[0], "last_day": days[-1]} if days else {})
