"""The list: who surely fulfils all conditions, who possibly does and why, with the columns asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeVar

from pydantic import Field, create_model

from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.ask import Parameters, validated
from iga.queries.core.answer import Answer, AnswerRow, PartyRow, Ref, Shape, SourcedRow, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.columns import column, needed, option
from iga.queries.core.days import the_day
from iga.queries.core.endnotes import answered
from iga.queries.core.printed_names import short_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, refs
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.sets.cell import Cell, CellReason, Extent
from iga.queries.sets.column import Asked, Candidates
from iga.queries.sets.condition import Combined, Fit, Open, SetCondition
from iga.queries.sets.known_columns import candidates_named
from iga.queries.sets.told import cell_text, field_of, predicate, told
from iga.queries.sets.understanding import FilterReading

_NAMED = 6
# Columns whose condition has a noun, by which those are called of whom the others are said.
_NOUNS = ("member_of", "compact", "region", "party_to")


class SetParams(Params):
    """What every list is asked with."""

    filter: str | None = option(
        "Conditions, with commas between: member_of:bali-process,party_to:!c189.", "tier:tier-3"
    )
    select: str | None = option("Columns to show, parted by commas.", "tier,party_to:palermo")
    group_by: str | None = option("Count them by one or two columns.", "region")
    beside: str | None = option("Conditions of a second list: who is on both, and on which alone.", "member_of:oas")
    sort: str | None = option("Column to sort by, with - before it for the greatest first.", "-times_on.tier-3")
    top: int | None = option("Only the first so many.", 10)
    rest: bool = Field(default=False, description="List also those whom nothing on file names and no list rules out.")


class ListParams(SetParams):
    """What `list` is asked with."""

    of: str = needed("What is listed: governments or partners.", "governments")


class CellRow(Shape):
    """One cell of a list: its value, how far it is known, and what says so."""

    text: str = needed("The cell in words.")
    values: tuple[str, ...] = column("The values by themselves.", ())
    state: Literal["yes", "no", "unknown"] = needed("Whether it is so, or has these values, is not, or is not known.")
    reason: str | None = column("Why it is not known.")
    evidence: tuple[int, ...] = column("Numbers of the notes that it rests on.", ())


class ListRow(PartyRow):
    """One party of a list: how it fits, what is open, and a field for each column shown."""

    fit: Fit = needed("Sure; possible: as far as is on file; not ruled out: the lists may lack it.")
    open: tuple[str, ...] = column("Conditions of which it is not known whether it fulfils them.", ())
    reasons: tuple[str, ...] = column("Why that is not known.", ())
    cells: Mapping[str, CellRow] = Field(default={}, description="The columns shown, by field.")

    in_documents_alone = frozenset({"cells"})


class GroupRow(AnswerRow):
    """How many of a list have one value of a column, or of two."""

    group: str = needed("The value in words.")
    sure: int = needed("How many surely fit.")
    possible: int = needed("How many more do as far as is on file.")
    names: tuple[str, ...] = column("Who they are.", ())


@dataclass(frozen=True)
class Listed:
    """Everybody of a list, sorted out."""

    session: Session
    candidates: Candidates
    combined: Combined
    day: str

    @cached_property
    def everybody(self) -> Sequence[Entity]:
        """All candidates by name."""
        return sorted(self.candidates.read(self.session), key=lambda one: (folded(one.name), one.id))

    @cached_property
    def fits(self) -> Mapping[str, Fit]:
        """How everybody fits who surely, possibly or perhaps does, by id."""
        known = {one.id: self.combined.fits(one.id) for one in self.everybody}
        return {id_: fit for id_, fit in known.items() if fit}

    def only(self, *wanted: Fit) -> list[Entity]:
        """Return those who fit so, by name; the surest first."""
        return [one for fit in wanted for one in self.everybody if self.fits.get(one.id) == fit]

    @cached_property
    def base(self) -> SetCondition | None:
        """The condition by whose noun the others are called: the first that picks somebody and is not all there is."""
        groups = self.combined.groups
        likely = (
            [it for it in groups[0] if not it.is_not and it.asked.column.name in _NOUNS] if len(groups) == 1 else []
        )
        return next(
            (it for name in _NOUNS for it in likely if it.asked.column.name == name and len(it.tests) == 1), None
        )

    def on_file(self, condition: SetCondition) -> int:
        """Return how many fulfil one condition as far as is on file."""
        return sum(self.combined.is_on_file(condition, one.id) for one in self.everybody)


def list_(request: Request[ListParams]) -> Result[Any]:
    """List parties that fulfil conditions: the sure ones by name, then the possible ones; or count them by a column.

    Raises:
        UsageError, NotFound, Ambiguous: A filter or column is not understood; the error names it.
    """
    params, session = request.params, request.session
    understood = FilterReading(session, candidates_named(params.of), request.day)
    combined = Combined(understood.groups(params.filter or ""), session)
    listed = Listed(session, understood.candidates, combined, request.day)
    if params.beside:
        return _side_by_side(
            listed, Listed(session, listed.candidates, Combined(understood.groups(params.beside), session), request.day)
        )
    parties = listed.only("sure", "possible", *(("not ruled out",) if params.rest else ()))
    if params.group_by:
        return _grouped(listed, parties, understood.shown(params.group_by))
    order = _Order.of(combined, understood, params.sort)
    first = order.of_all(parties)[: params.top]
    shown = tuple(dict.fromkeys((*order.columns, *understood.shown(params.select or ""))))
    model = _model_of(shown)
    rows = Rows.of(_row(listed, one, shown, model) for one in first)
    clauses = [*_headline(listed, order, first), *_clauses(listed, parties, is_whole=len(first) == len(parties))]
    caveats = [*_open(listed, rows), *order.caveats(parties), *_not_ruled_out(listed, is_told=params.rest)]
    return Result(tuple(clauses), rows.sourced, tuple(caveats), _lists(listed), Total(value=len(parties)))


def _model_of(shown: Iterable[Asked]) -> type[ListRow]:
    """Return the row of a list with a field for each column shown: the same for the same columns."""
    return with_fields(ListRow, tuple((field_of(asked), asked.column.meaning) for asked in shown))


R = TypeVar("R", bound=AnswerRow)


@lru_cache(maxsize=256)
def with_fields(row: type[R], fields: tuple[tuple[str, str], ...]) -> type[R]:
    """Return a row with further fields, each of a name and a meaning: the same for the same fields."""
    made: dict[str, Any] = {name: (str | None, column(meaning)) for name, meaning in fields}
    return create_model(row.__name__, __base__=row, **made)


def _row(listed: Listed, one: Entity, shown: Sequence[Asked], model: type[ListRow]) -> SourcedRow[ListRow]:
    combined, fit, session = listed.combined, listed.fits[one.id], listed.session
    cells = {field_of(asked): (asked, combined.cells(asked).of(one.id)) for asked in shown}
    open_ = combined.open(one.id) if fit != "sure" else ()
    tested = [cell.rests_on for _, cell in combined.tested(one.id) if cell.rests_on]
    row = model(
        **one.subject.model_dump(),
        held="yes" if fit == "sure" else "unknown",
        fit=fit,
        open=tuple(predicate(it.condition, day=listed.day, names=session.once(short_names)) for it in open_),
        reasons=tuple(reason.in_words for it in open_ if (reason := _reason(it))),
        cells={name: _cell_row(asked, cell) for name, (asked, cell) in cells.items()},
        **{name: cell_text(cell, asked) for name, (asked, cell) in cells.items()},
    )
    of_cells = {name: cell.rests_on for name, (_, cell) in cells.items()}
    rests_on = tuple(dict.fromkeys(ref for part in (*tested, *of_cells.values()) for ref in part)) or refs(one.values)
    return SourcedRow(row, rests_on, parts=tuple(tested), cells=of_cells)


def _cell_row(asked: Asked, cell: Cell) -> CellRow:
    reason = cell.reason.in_words if cell.reason else None
    return CellRow(text=cell_text(cell, asked), values=tuple(map(str, cell.values)), state=cell.state, reason=reason)


def _reason(open_: Open) -> CellReason | None:
    return next((cell.reason for cell in open_.cells if cell.reason), None)


@dataclass(frozen=True)
class _Order:
    """The order of a list: by a column, the least or the greatest first; whoever has no value comes last."""

    combined: Combined
    columns: tuple[Asked, ...] = ()
    is_falling: bool = False

    @classmethod
    def of(cls, combined: Combined, understood: FilterReading, text: str | None) -> "_Order":
        asked = understood.shown((text or "").removeprefix("-"))
        if len(asked) > 1:
            raise UsageError(f"sort {text!r}: name one column, of one thing and one year")
        return cls(combined, asked, is_falling=(text or "").startswith("-"))

    def of_all(self, parties: Sequence[Entity]) -> list[Entity]:
        """Return parties in this order, the sure ones first; by name where they have the same value."""
        for asked in self.columns:
            known = [one for one in parties if self.has_value(asked, one)]
            known.sort(key=lambda one: self._place(asked, one), reverse=self.is_falling)
            known.sort(key=lambda one: self.combined.fits(one.id) != "sure")
            return [*known, *(one for one in parties if not self.has_value(asked, one))]
        return list(parties)

    def has_value(self, asked: Asked, one: Entity) -> bool:
        """True if a party has a value by which it is sorted."""
        cell = self.combined.cells(asked).of(one.id)
        return bool(cell.values) and cell.state == "yes"

    def _place(self, asked: Asked, one: Entity) -> Any:
        value = self.combined.cells(asked).of(one.id).values[0]
        return value.least if isinstance(value, Extent) else folded(value)

    def caveats(self, parties: Sequence[Entity]) -> Iterator[UnwordedCaveat]:
        """Say of how many the value is not known, and that others may be as great as it is not known how great."""
        for asked in self.columns:
            lacking = sum(not self.has_value(asked, one) for one in parties)
            yield caveat("unknown", "without-value", number=lacking, column=asked.column.meaning)
            cells = [self.combined.cells(asked).of(one.id) for one in parties]
            wide = sum(any(isinstance(it, Extent) and it.least != it.most for it in cell.values) for cell in cells)
            yield caveat("uncertain", "perhaps-more", number=wide, column=asked.column.meaning)


def _headline(listed: Listed, order: _Order, first: Sequence[Entity]) -> Iterator[SourcedClause]:
    """Say who comes first, where an order is asked for."""
    for asked in order.columns:
        known = [one for one in first if order.has_value(asked, one)][:_NAMED]
        cells = [listed.combined.cells(asked).of(one.id) for one in known]
        firsts = [{"name": one.name, "value": cell_text(cell, asked)} for one, cell in zip(known, cells, strict=True)]
        values = {"meaning": asked.column.meaning, "about": asked.called, "is_falling": order.is_falling}
        yield resting_on([cell.rests_on for cell in cells], "first", **values, firsts=firsts)


def _clauses(listed: Listed, parties: Sequence[Entity], *, is_whole: bool = True) -> Iterator[SourcedClause]:
    """Say how many surely fit, who they are, and how many more possibly do."""
    sure, possible = listed.only("sure"), listed.only("possible")
    base = listed.base
    open_ = {it.condition for one in possible for it in listed.combined.open(one.id)}
    one_open = next(iter(open_)) if len(open_) == 1 and len(listed.combined.groups) == 1 else None
    yield resting_on(
        [cell.rests_on for one in (*sure[:_NAMED], *possible[:_NAMED]) for _, cell in listed.combined.tested(one.id)],
        "headline",
        one=listed.candidates.one,
        base=_told(base, listed.day),
        base_number=listed.on_file(base) if base else len(listed.everybody),
        groups=_groups(listed, base),
        sure=len(sure),
        possible=len(possible),
        names=[one.name for one in sure],
        doubtful=[one.name for one in possible],
        open=_told(one_open, listed.day),
        settled=_groups(listed, base, one_open),
        rest=len(listed.only("not ruled out")),
    )
    yield clause("doubtful", names=[one.name for one in possible], sure=len(sure))
    if not is_whole:
        yield clause("left", number=len(parties))


def _told(condition: SetCondition | None, day: str) -> dict[str, Any] | None:
    return told(condition, day=day) if condition else None


def _groups(listed: Listed, *without: SetCondition | None) -> list[list[dict[str, Any]]]:
    groups = listed.combined.groups
    return [[told(it, day=listed.day) for it in group if it not in without] for group in groups]


def _open(listed: Listed, rows: Rows[ListRow]) -> Iterator[UnwordedCaveat]:
    """Say of each condition that is open for somebody possible of whom, and why: those of one reason together."""
    names = {one.id: one.name for one in listed.everybody}
    alike: dict[tuple[SetCondition, str], tuple[CellReason, list[str]]] = {}
    for id_, fit in listed.fits.items():
        for open_ in listed.combined.open(id_) if fit == "possible" else ():
            if reason := _reason(open_):
                alike.setdefault((open_.condition, reason.in_words), (reason, []))[1].append(id_)
    for (condition, _), (reason, ids) in sorted(alike.items(), key=lambda pair: -len(pair[1][1])):
        values = {"id": reason.id.replace("-", "_"), "values": dict(reason.values)}
        concerned = [row.id in ids for row in rows]
        yield caveat(
            "unknown",
            "open",
            rows=concerned if any(concerned) else None,
            condition=told(condition, day=listed.day),
            names=[names[id_] for id_ in ids],
            reason=values,
        )


def _not_ruled_out(listed: Listed, *, is_told: bool) -> Iterator[UnwordedCaveat]:
    number = len(listed.only("not ruled out"))
    if number and not is_told:
        yield caveat("partial", "not-ruled-out", number=number, one=listed.candidates.one)


def _lists(listed: Listed) -> tuple[Ref, ...]:
    """Return what the lists rest on of which it was asked who is on them."""
    tests = [test for group in listed.combined.groups for condition in group for test in condition.tests]
    parts = (listed.combined.cells(test.asked).otherwise.rests_on for test in tests)
    return tuple(dict.fromkeys(ref for part in parts for ref in part))


def _grouped(listed: Listed, parties: Sequence[Entity], by: Sequence[Asked]) -> Result[Any]:
    """Return how many there are of each value of a column, or of each two, most first."""
    model = with_fields(GroupRow, tuple((field_of(asked), asked.column.meaning) for asked in by))
    groups: dict[tuple[str, ...], list[Entity]] = {}
    for one in parties:
        groups.setdefault(tuple(value_of(listed, asked, one) for asked in by), []).append(one)
    counted = []
    for values, of in groups.items():
        fits = [listed.fits[one.id] for one in of]
        row = model(
            group=", ".join(values),
            sure=fits.count("sure"),
            possible=len(fits) - fits.count("sure"),
            names=tuple(one.name for one in of),
            **{field_of(asked): value for asked, value in zip(by, values, strict=True)},
        )
        parts = (cell.rests_on for one in of for cell in (listed.combined.cells(asked).of(one.id) for asked in by))
        counted.append(SourcedRow(row, tuple(dict.fromkeys(ref for part in parts for ref in part))))
    rows = Rows.of(counted, lambda row: (-row.sure, -row.possible, row.group))
    named = " and ".join(asked.column.name.replace("_", " ") for asked in by)
    told_of = [{"value": row.group, "sure": row.sure, "possible": row.possible} for row in rows]
    clauses = (clause("counts", groups=told_of, by=named), *_clauses(listed, parties))
    return Result.of(clauses, rows, [*_not_ruled_out(listed, is_told=False)], refs=_lists(listed))


def _side_by_side(here: Listed, there: Listed) -> Result[GroupRow]:
    """Return who is on both of two lists, and who on one alone; it is sure of whom both lists are."""
    rows = []
    for group, is_here, is_there in (
        ("both", True, True),
        ("only the first", True, False),
        ("only the second", False, True),
    ):
        sure, possible = [], []
        for one in here.everybody:
            fits = ((here.fits.get(one.id), is_here), (there.fits.get(one.id), is_there))
            if all(fit == ("sure" if wanted else None) for fit, wanted in fits):
                sure.append(one)
            elif all((fit in ("sure", "possible")) is wanted for fit, wanted in fits):
                possible.append(one)
        names = tuple(one.name for one in (*sure, *possible))
        tested = (cell.rests_on for one in sure for it in (here, there) for _, cell in it.combined.tested(one.id))
        row = GroupRow(group=group, sure=len(sure), possible=len(possible), names=names)
        rows.append(SourcedRow(row, tuple(dict.fromkeys(ref for part in tested for ref in part))))
    told_of = [{"value": it.row.group, "sure": it.row.sure, "possible": it.row.possible} for it in rows]
    sets = [{"groups": _groups(it)} for it in (here, there)]
    headline = clause("beside", groups=told_of, sets=sets, one=here.candidates.one)
    return Result((headline,), tuple(rows), refs=(*_lists(here), *_lists(there)))


def value_of(listed: Listed, asked: Asked, one: Entity) -> str:
    """Return the value by which a party is counted in a column; of a day it is the year."""
    cell = listed.combined.cells(asked).of(one.id)
    if cell.state == "unknown":
        return "not known"
    if asked.column.kind == "day" and cell.values:
        return str(cell.values[0])[:4]
    return str(cell.values[0]) if cell.values else cell.state if asked.column.kind == "truth" else "none"


LIST = Question(
    name="list",
    title="Which parties fulfil all of these conditions, and what is known of each?",
    params=ListParams,
    row=ListRow,
    function=list_,
    names={},
    example={
        "of": "governments",
        "filter": "member_of:bali-process,tier@2025:tier-3",
        "select": "tier,party_to:palermo",
    },
    columns=("name", "fit", "open", "evidence"),
    maturity="trial",
)


@steadily
def ask_list(session: Session, parameters: Parameters) -> Answer:
    """Return a list of parties; where a load was projected meanwhile once more, with the caveat that says so.

    Raises:
        UsageError, NotFound, Ambiguous: A filter or column is not understood; the error names it.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    params = validated(LIST, parameters, today=session.today)
    assert isinstance(params, ListParams)
    day = the_day(params.as_of, today=session.today)
    understood = FilterReading(session, candidates_named(params.of), day)
    groups, beside = understood.groups(params.filter or ""), understood.groups(params.beside or "")
    for text in (params.select, params.group_by, (params.sort or "").removeprefix("-")):
        understood.shown(text or "")
    request = Request(session, params, day, {}, None, _asks_nothing, tuple(understood.taken))
    asked = {name: str(value) for name, value in params.model_dump(exclude_defaults=True).items()}
    spelt = {name: _spelt(of) for name, of in (("filter", groups), ("beside", beside)) if of}
    return answered(LIST, request, list_(request), parameters={**asked, **spelt, "as_of": day})


def _spelt(groups: Iterable[Iterable[SetCondition]]) -> str:
    return ";".join(",".join(it.text for it in group) for group in groups)


def screen_fields(rows: Sequence[AnswerRow]) -> list[str]:
    """Return the fields that a screen shows of a list: the columns asked for, and what is open where something is."""
    if not rows:
        return []
    model = type(rows[0])
    common = GroupRow if issubclass(model, GroupRow) else ListRow
    own = [name for name in model.model_fields if name not in common.model_fields]
    if common is GroupRow:
        return [*(own or ["group"]), "sure", "possible", *([] if own else ["names"])]
    return ["name", *own, *(["open"] if len({getattr(row, "open", ()) for row in rows} - {()}) > 1 else [])]


def _asks_nothing(*_: object, **__: object) -> Result[Any]:
    raise NotImplementedError("a list asks no other question")
