"""Parties side by side: the same columns of each, what is alike and what differs."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal

from pydantic import Field, create_model

from iga.graph.errors import UsageError
from iga.queries.ask import Parameters, validated
from iga.queries.core.answer import Answer, AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import resting_on
from iga.queries.core.columns import column, needed, option
from iga.queries.core.days import the_day
from iga.queries.core.endnotes import answered
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.sets.cell import Cell, Extent
from iga.queries.sets.column import Asked
from iga.queries.sets.known_columns import candidates_of
from iga.queries.sets.saved import with_members
from iga.queries.sets.three_values import Truth, all_of_them, known
from iga.queries.sets.told import cell_text, heading_of
from iga.queries.sets.understanding import FilterReading

_FEWEST = 2


class CompareParams(Params):
    """What `compare` is asked with."""

    party: tuple[str, ...] = Field(description="The parties, two or more.", examples=["Ghana", "Nigeria"])
    select: str | None = option("Columns to compare; the usual ones if left out.", "tier,party_to:palermo")


class CompareRow(AnswerRow):
    """One column of each party; a field for each of these holds what is known."""

    column: str = needed("What is compared.")
    alike: Literal["yes", "no", "unknown"] = needed("Whether it is the same for all; unknown where one is not known.")


@lru_cache(maxsize=256)
def _model_of(parties: tuple[Subject, ...]) -> type[CompareRow]:
    fields: dict[str, Any] = {
        field_of_party(one): (str | None, column(f"What is known of {one.name}.")) for one in parties
    }
    return create_model("CompareRow", __base__=CompareRow, **fields)


def field_of_party(one: Subject) -> str:
    """Return the name of the field that a party has in a row: ``ghana``."""
    return "".join(letter if letter.isalnum() else "_" for letter in one.name.lower())


def compare(request: Request[CompareParams]) -> Result[CompareRow]:
    """List columns of several parties side by side: first what differs, then what is alike, then what is not known."""
    parties = request.subjects["party"]
    candidates = candidates_of(parties)
    reading = FilterReading(request.session, candidates, request.day)
    select = request.params.select
    asked = reading.shown(select) if select else reading.usual(candidates.compared)
    model = _model_of(parties)
    rows = Rows.of((_row(request.session, one, parties, model) for one in asked), lambda row: _ORDER.index(row.alike))
    named = {alike: [_told(row, parties) for row in rows.where(alike=alike)] for alike in _ORDER}
    values = {"parties": [one.name for one in parties], "differ": named["no"], "alike": named["yes"]}
    headline = resting_on([rows.refs], "headline", **values, unknown=named["unknown"])
    return Result.of([headline], rows)


_ORDER = ("no", "yes", "unknown")


def _told(row: CompareRow, parties: Sequence[Subject]) -> dict[str, Any]:
    return {"column": row.column, "values": [getattr(row, field_of_party(one)) for one in parties]}


def _row(session: Session, asked: Asked, parties: Sequence[Subject], model: type[CompareRow]) -> SourcedRow[CompareRow]:
    cells = [asked.cells(session).of(one.id) for one in parties]
    texts = {field_of_party(one): cell_text(cell, asked) for one, cell in zip(parties, cells, strict=True)}
    row = model(
        column=heading_of(asked), alike=_alike(cells), held="yes" if _alike(cells) != "unknown" else "unknown", **texts
    )
    parts = tuple(cell.rests_on for cell in cells if cell.rests_on)
    return SourcedRow(row, tuple(dict.fromkeys(ref for part in parts for ref in part)), parts=parts)


def _alike(cells: Sequence[Cell]) -> Truth:
    """Say whether cells are the same: surely, surely not, or not known."""
    return all_of_them(_same(one, other) for one, other in combinations(cells, 2))


def _same(one: Cell, other: Cell) -> Truth:
    if "unknown" in (one.state, other.state):
        return "unknown"
    extents = [it for cell in (one, other) for it in cell.values if isinstance(it, Extent)]
    if len(extents) == len(one.values) + len(other.values) == 2:
        return extents[0].is_so("is", extents[1]) if extents[1].is_exact else extents[1].is_so("is", extents[0])
    return known((one.state, one.values) == (other.state, other.values))


COMPARE = Question(
    name="compare",
    title="How do these parties stand beside each other?",
    params=CompareParams,
    row=CompareRow,
    function=compare,
    names={"party": ("Party",)},
    example={"party": "Ghana"},
    columns=("column", "alike", "evidence"),
    maturity="trial",
)


@steadily
def ask_compare(session: Session, parameters: Parameters) -> Answer:
    """Return parties side by side.

    Raises:
        UsageError, NotFound, Ambiguous: Fewer than two parties are named, or something is not understood.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    params = validated(COMPARE, parameters, today=session.today)
    assert isinstance(params, CompareParams)
    texts = with_members(session, COMPARE, {"party": params.party})["party"]
    named = [likely_subject_of(session, text, parameter="party", labels=("Party",)) for text in texts]
    parties = tuple({subject.id: subject for subject, _ in named}.values())
    if len(parties) < _FEWEST:
        raise UsageError("name two parties or more: iga compare Ghana Nigeria")
    taken = tuple(name for _, name in named if name)
    day = the_day(params.as_of, today=session.today)
    request = Request(session, params, day, {"party": parties}, None, lambda *_, **__: Result(()), taken)
    asked: dict[str, str | tuple[str, ...]] = {"party": tuple(one.id for one in parties), "as_of": day}
    asked |= {"select": params.select} if params.select else {}
    return answered(COMPARE, request, compare(request), parameters=asked)
