"""/ask: a question in plain words."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Now
from api.tables import JSON
from queries.plain.answering import PlainAnswer, ask_in_words
from queries.plain.typed import LONGEST

router = APIRouter(tags=["questions"])


class InPlainWords(BaseModel):
    """What is asked."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        description="The question in plain words.", min_length=1, max_length=LONGEST, examples=["tier of nepal"]
    )


@router.get("/ask", response_model=PlainAnswer)
def ask_words(session: Now, asked: Annotated[InPlainWords, Query()]) -> Response:
    """Choose the question that a text asks, say what was understood, and answer; 404 or 409 where that is not clear."""
    # Written as it is, as the answers of /questions are.
    return Response(ask_in_words(session, asked.q).model_dump_json(), media_type=JSON)
