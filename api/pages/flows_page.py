"""/flows: where the money of a party or an award comes from and goes to, as bands, each measure by itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from iga.api.deps import AsOf, KnownOnParams, Now, in_session
from iga.api.pages.frame import address, numbered_together, page, sources_of
from iga.api.pages.graph_page import PictureForm, picture_file
from iga.exports.pictures.branches import in_box
from iga.exports.pictures.flows import MoneyPicture, money_pictures
from iga.exports.row_words import text_in
from iga.graph.errors import NotFound
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, EvidenceNote
from iga.queries.core.session import Session
from iga.queries.funding.hop import HopRow

router = APIRouter(include_in_schema=False)

_ASKED = ("funding-of", "funding-trace")
"""Where money comes from, and where it goes: the pictures show their rows."""


class FlowParams(KnownOnParams):
    """Whose money is drawn."""

    party: str = Field(default="", max_length=300, description="A funder, programme, award, project or recipient.")
    as_of: AsOf | None = Field(default=None, description="Only what had begun by this day.")


class FlowFileParams(FlowParams):
    """Which of the pictures is a file."""

    measure: str = Field(max_length=40, description="What its amounts measure.")
    currency: str = Field(max_length=3, description="Its currency, ISO 4217.")


@router.get("/flows")
@in_session
def show_flows(request: Request, session: Now, asked: Annotated[FlowParams, Query()]) -> Response:
    """Return the flows of each measure with the table of their amounts, and what no flow counts; or the form alone."""
    if not asked.party.strip():
        return page(request, "flows", asked=asked, answers=())
    answers = _answers(session, asked)
    notes: dict[int, EvidenceNote] = {}
    up, down = (_rows(answer, notes) for answer in answers)
    again = {"party": answers[0].subjects[0].id, "as_of": asked.as_of, "known_on": asked.known_on}
    return page(
        request,
        "flows",
        asked=asked,
        answers=answers,
        pictures=money_pictures(up, down),
        again=again,
        questions={it.question: address(f"/questions/{it.question}", **again) for it in answers},
        notes=sources_of(notes),
        **_WORDS,
    )


@router.get("/flows.{form}")
@in_session
def flows_as_file(
    request: Request, session: Now, form: PictureForm, asked: Annotated[FlowFileParams, Query()]
) -> Response:
    """Return the flows of one measure alone, as a file for a paper."""
    up, down = (_rows(answer, {}) for answer in _answers(session, asked))
    money = next((it for it in money_pictures(up, down) if (it.measure, it.currency) == _kind(asked)), None)
    if money is None:
        raise NotFound(f"{asked.party}: nothing on record is measured as {asked.measure} in {asked.currency}")
    return picture_file(request, session, "flows_svg", name="flows", form=form, money=money, **_WORDS)


def _kind(asked: FlowFileParams) -> tuple[str, str]:
    return asked.measure, asked.currency


def _answers(session: Session, asked: FlowParams) -> list[Answer]:
    given = {"party": asked.party} | ({"as_of": asked.as_of} if asked.as_of else {})
    return [ask(session, name, given) for name in _ASKED]


def _rows(answer: Answer, notes: dict[int, EvidenceNote]) -> list[HopRow]:
    """Return the rows of an answer with the numbers that their notes have among those of both answers."""
    numbers = numbered_together(answer.evidence.values(), notes)
    return [
        row.model_copy(update={"evidence": tuple(numbers[answer.evidence[it]] for it in row.evidence)})
        for row in answer.rows
        if isinstance(row, HopRow)
    ]


def _money(row: HopRow) -> str:
    return text_in("amount", row.model_dump())


def _amount(money: MoneyPicture, amount: object) -> str:
    return text_in("amount", {"amount": amount, "currency": money.currency})


_WORDS: dict[str, Any] = {"money_of": _money, "amount_of": _amount, "in_box": in_box}
