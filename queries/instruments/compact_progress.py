"""How far a compact is: targets and actuals, contributions pledged and delivered, dialogues and promises."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from graph.errors import UsageError
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import stretch
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import AGREEMENTS_OF, PARTIES_TO
from queries.core.treaty import bond_on
from queries.instruments.compact_results import Promise, Put, Reading, Results, results_of
from queries.instruments.compact_words import in_a_sentence

_OURS = "gov:usa"


class CompactProgressParams(Params):
    """What `compact-progress` is asked with."""

    party: str | None = Field(default=None, description="The partner government.", examples=["Ghana"])
    agreement: str | None = Field(
        default=None, description="Only this compact.", examples=["Child Protection Compact Partnership with Ghana"]
    )


class CompactProgressRow(PartyRow):
    """One reading of an indicator, one contribution, one dialogue or one promise, under the compact with the party."""

    compact: str = Field(description="Id of the compact.")
    compact_name: str = Field(description="Title of the compact.")
    part: Literal["indicator", "contribution", "dialogue", "promise"] = Field(description="What the row is of.")
    what: str = Field(description="Id of the indicator, contribution, dialogue or commitment.")
    what_name: str = Field(description="Its name.")
    by: str | None = Field(default=None, description="Id of who reports, contributes or promises.")
    by_name: str | None = Field(default=None, description="Who reports, contributes or promises.")
    period: str | None = Field(default=None, description="Period or day, in words; of a promise, the day it is due.")
    baseline: str | None = Field(default=None, description="Value at the start; null where none is held.")
    baseline_on: str | None = Field(default=None, description="Day or year of the baseline.")
    target: str | None = Field(default=None, description="Target for the period; null where none is set.")
    overall_target: str | None = Field(default=None, description="Target of the indicator as a whole, as stated.")
    actual: str | None = Field(default=None, description="Value measured; null where nothing was measured.")
    unit: str | None = Field(default=None, description="Unit of baseline, target and actual.")
    disaggregation: str | None = Field(default=None, description="Which part of the whole the reading is of.")
    stage: str | None = Field(default=None, description="Of a contribution, dialogue or promise: how far, as stated.")
    amount: str | None = Field(default=None, description="Decimal number as text; amounts are never added up.")
    currency: str | None = Field(default=None, description="ISO 4217 code.")
    measure: str | None = Field(default=None, description="What the amount measures: pledge, contribution, obligation.")
    in_kind: str | None = Field(default=None, description="What is given if not money.")
    shown_by: str | None = Field(default=None, description="What shows that it was delivered or kept.")
    against: str | None = Field(default=None, description="Id of the pledge that a delivery belongs to.")
    against_name: str | None = Field(default=None, description="Name of that pledge.")
    standing: str = Field(description="How it stands, in words; that no target is set is an answer.")


def compact_progress(request: Request[CompactProgressParams]) -> Result:
    """List how far compacts are: indicators by name and period, contributions, dialogues, then promises.

    Raises:
        UsageError: Neither the partner nor the compact is given.
    """
    bound = _bound(request)
    told = [
        (partner, compact, results_of(request.session, compact.other, day=request.day)) for partner, compact in bound
    ]
    sourced_rows = tuple(
        draft for partner, compact, results in told for draft in _Sheet(request, partner, compact).sourced_rows(results)
    )
    said = [in_a_sentence(compact.other, partner, results, day=request.day) for partner, compact, results in told]
    return Result(
        sentence=". ".join(said) or _nothing(request),
        rows=sourced_rows,
        caveats=tuple(doubt for _, compact, results in told for doubt in _caveats(compact.other, results)),
        refs=refs(*(compact.values for _, compact, _ in told)) if not sourced_rows else (),
    )


def _bound(request: Request[CompactProgressParams]) -> list[tuple[Subject, FullEdgeRow]]:
    """Return each compact asked for with the partner government it is with."""
    party, agreement = request.maybe("party"), request.maybe("agreement")
    if party is None and agreement is None:
        raise UsageError("compact-progress needs party, the partner government, or agreement, the compact")
    partners = [party] if party else _partners(request, agreement) if agreement else []
    edges = [(partner, edge) for partner in partners for edge in _compacts(request, partner)]
    return [(partner, edge) for partner, edge in edges if agreement is None or edge.id == agreement.id]


def _partners(request: Request[CompactProgressParams], agreement: Subject) -> list[Subject]:
    edges = by_name(request.session.read(PARTIES_TO, OfIds(ids=(agreement.id,))))
    return [edge.other for edge in edges if edge.id != _OURS][:1]


def _compacts(request: Request[CompactProgressParams], partner: Subject) -> list[FullEdgeRow]:
    edges = by_name(request.session.read(AGREEMENTS_OF, OfIds(ids=(partner.id,))))
    return [
        edge
        for edge in edges
        if edge.cls == "ChildProtectionCompact" and bond_on(edge.properties, day=request.day).standing != "not party"
    ]


class _Sheet:
    """Makes the rows of one compact."""

    def __init__(self, request: Request[CompactProgressParams], partner: Subject, compact: FullEdgeRow) -> None:
        self._request = request
        self._partner = partner
        self._compact = compact

    def sourced_rows(self, results: Results) -> Iterator[SourcedRow]:
        """Yield the rows in the order of parts."""
        reporters = {reporter for each in results.readings if (reporter := each.said.get("reported_by"))}
        names = printed_names(self._request.session, reporters)
        yield from (self._of_reading(reading, names) for reading in results.readings)
        yield from (self._of_put(put) for put in results.put)
        yield from (self._of_dialogue(edge) for edge in results.dialogues)
        yield from (self._of_promise(promise) for promise in results.promises)

    def _row(
        self, part: str, what: FullEdgeRow, standing: str, *, sure: bool = True, **said: str | None
    ) -> CompactProgressRow:
        partner, compact = self._partner, self._compact
        shared = {"id": partner.id, "cls": partner.cls, "name": partner.name, "iso3": partner.iso3, "part": part}
        shared |= {"compact": compact.id, "compact_name": compact.name, "what": what.id, "what_name": what.name}
        held = {"held": "yes" if sure else "unknown", "conflicts": conflicts(what.values), "standing": standing}
        return CompactProgressRow.model_validate({**shared, **held, **said})

    def _of_reading(self, reading: Reading, names: dict[str, str]) -> SourcedRow:
        indicator, said = reading.indicator, reading.said
        row = self._row(
            "indicator", indicator, _standing_of(reading), sure=reading.reach != "not measured",
            by=said.get("reported_by"), by_name=names.get(said.get("reported_by") or ""),
            period=stretch(said) or said.get("measured_on"), target=said.get("target"), actual=said.get("value"),
            overall_target=indicator.values.get("target"), disaggregation=said.get("disaggregation"),
            **{name: indicator.values.get(name) for name in ("baseline", "baseline_on", "unit")},
        )  # fmt: skip
        return SourcedRow(row, refs(said or indicator.values), dated_by=refs(indicator.values))

    def _of_put(self, put: Put) -> SourcedRow:
        said, by = put.edge.values, put.contributor
        row = self._row(
            "contribution", put.edge, _standing_of_put(put), sure=put.delivery == "with evidence" or not put.is_pledge,
            by=by.id if by else None, by_name=by.name if by else None,
            period=said.get("stated_for") or said.get("money_value_date"), stage=said.get("stage"),
            amount=said.get("money_amount"), currency=said.get("money_currency"), measure=said.get("money_measure"),
            in_kind=said.get("in_kind"), shown_by=said.get("stage_evidence"),
            against=put.against.id if put.against else None, against_name=put.against.name if put.against else None,
        )  # fmt: skip
        return SourcedRow(row, refs(said), dated_by=refs(*(edge.values for edge in put.delivered)))

    def _of_dialogue(self, edge: FullEdgeRow) -> SourcedRow:
        said = edge.values
        standing = ", ".join(filter(None, (said.get("status"), said.get("outcome")))) or "nothing said of it"
        held = said.get("status") == "held"
        row = self._row("dialogue", edge, standing, sure=held, period=stretch(said) or None, stage=said.get("status"))
        return SourcedRow(row, refs(said))

    def _of_promise(self, promise: Promise) -> SourcedRow:
        said, by = promise.edge.values, next(iter(promise.makers), None)
        status = said.get("status")
        standing = "overdue" if promise.is_overdue(self._request.day) else status or "what became of it is not held"
        row = self._row(
            "promise", promise.edge, standing, sure=bool(status),
            by=by.id if by else None, by_name="; ".join(one.name for one in promise.makers) or None,
            period=said.get("due_on"), stage=status, shown_by=said.get("status_evidence"),
        )  # fmt: skip
        return SourcedRow(row, refs(said))


def _standing_of(reading: Reading) -> str:
    overall = reading.indicator.values.get("target")
    if reading.reach == "not measured":
        return f"nothing measured is held; {f'target: {overall}' if overall else 'no target set'}"
    if reading.reach == "no target":
        return f"no target set for the period; as a whole: {overall}" if overall else "no target set"
    words = {"reached": "target reached", "short": "short of the target"}
    return words.get(reading.reach, "target and actual as stated; which way is better is not held")


def _standing_of_put(put: Put) -> str:
    if put.is_pledge and not put.delivered and not put.is_delivery:
        return "pledged; nothing is held on its delivery"
    if put.is_pledge:
        return f"pledged; some of it delivered, {put.delivery}"
    if put.is_delivery:
        return f"delivered, {put.delivery}"
    return put.edge.values.get("stage") or "stage not stated"


def _caveats(compact: Subject, results: Results) -> Iterator[Caveat]:
    lacking = [
        word
        for word, held in (
            ("indicators", results.readings),
            ("contributions", results.put),
            ("dialogues", results.dialogues),
        )
        if not held
    ]
    if lacking:
        yield Caveat(kind="unknown", text=f"{compact.name}: nothing is held on its {' or '.join(lacking)}.")
    without = [reading.indicator.name for reading in results.latest if reading.indicator.values.get("baseline") is None]
    if without:
        yield Caveat(kind="unknown", text=f"{compact.name}: no baseline is held for {', '.join(without)}.")
    claimed = [put.edge.name for put in results.put if put.is_delivery and put.delivery == "without evidence"]
    if claimed:
        text = f"{compact.name}: said to be delivered, with nothing held that shows it: {', '.join(claimed)}."
        yield Caveat(kind="uncertain", text=text)


def _nothing(request: Request[CompactProgressParams]) -> str:
    party, agreement = request.maybe("party"), request.maybe("agreement")
    of = f" with {party.name}" if party else f" called {agreement.name}" if agreement else ""
    return f"no Child Protection Compact{of} is held as signed by that day"


COMPACT_PROGRESS = Question(
    name="compact-progress",
    title="How far is this compact: targets and actuals, contributions pledged and delivered, dialogues?",
    params=CompactProgressParams,
    row=CompactProgressRow,
    function=compact_progress,
    names={"party": ("Government",), "agreement": ("ChildProtectionCompact",)},
    example={"party": "Malawi"},
    columns=("part", "what_name", "by_name", "period", "baseline", "target", "actual", "unit", "amount", "currency",
             "in_kind", "standing", "held", "evidence"),
)  # fmt: skip
