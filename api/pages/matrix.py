"""Rows of an answer as a matrix, and /tiers: the placements of several governments, year by year."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from iga.api.deps import KnownOnParams, Now, in_session
from iga.api.pages.frame import numbered_together, page, sources_of
from iga.exports.wording import slug
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, EvidenceNote

router = APIRouter(include_in_schema=False)

MATRICES = {"coverage": ("name", "agreement_name", "standing", "reason")}
"""Questions whose rows are cells: fields that name the line, the column, what stands in the cell, and why."""

_MOST = 60
"""Governments whose placements stand on one page."""


@dataclass(frozen=True)
class MatrixCell:
    """What stands in a cell, how it is coloured, why, and the numbers of its notes."""

    text: str
    kind: str
    why: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Matrix:
    """Cells by line and column; where nothing is said, none.

    Attributes:
        lines: Id and name of each, with its cells by heading.
    """

    columns: tuple[str, ...]
    lines: dict[tuple[str, str], dict[str, MatrixCell]]


def matrix_of(answer: Answer) -> Matrix | None:
    """Return the rows of an answer as a matrix, in the order of the rows; None where they are no cells."""
    if answer.question not in MATRICES:
        return None
    line, column, cell, why = MATRICES[answer.question]
    lines: dict[tuple[str, str], dict[str, MatrixCell]] = {}
    columns: dict[str, None] = {}
    for row in answer.rows:
        said = row.model_dump(mode="json", by_alias=True)
        text = str(said[cell] or "")
        columns[said[column]] = None
        cells = lines.setdefault((said["id"], said[line]), {})
        cells[said[column]] = MatrixCell(text, slug(text), said[why], row.evidence)
    return Matrix(tuple(columns), lines)


class TiersParams(KnownOnParams):
    """Whose placements are shown."""

    party: list[str] = Field(default=[], max_length=_MOST, description="Governments, one after another.")


@router.get("/tiers")
@in_session
def show_tiers(request: Request, session: Now, asked: Annotated[TiersParams, Query()]) -> Response:
    """Return the placements of several governments in the TIP Report, a line for each and a column for each year."""
    parties = [text for text in asked.party if text.strip()]
    answers = [ask(session, "tier-history", {"party": text}) for text in parties]
    years = sorted({row.year for answer in answers for row in answer.rows})  # type: ignore[attr-defined]
    notes: dict[int, EvidenceNote] = {}
    lines = {}
    for answer in answers:
        numbers = numbered_together(answer.evidence.values(), notes)
        lines[answer.subjects[0].id, answer.subjects[0].name] = {
            str(row.year): MatrixCell(  # type: ignore[attr-defined]
                row.tier or "",  # type: ignore[attr-defined]
                slug(row.tier or ""),  # type: ignore[attr-defined]
                "",
                tuple(numbers[answer.evidence[number]] for number in row.evidence),
            )
            for row in answer.rows
        }
    matrix = Matrix(tuple(map(str, years)), lines)
    replies = [answer.reply for answer in answers]
    return page(request, "tiers", asked=asked, parties=parties, matrix=matrix, replies=replies, notes=sources_of(notes))
