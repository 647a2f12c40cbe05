"""/v1/ask: a question in plain words."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from iga.api.deps import KnownOnParams, Now, in_session
from iga.graph.keys import VERSION
from iga.queries.plain.answering import PlainAnswer, ask_in_words
from iga.queries.plain.typed import LONGEST

router = APIRouter(prefix=VERSION, tags=["questions"])


class InPlainWords(KnownOnParams):
    """What is asked."""

    q: str = Field(
        description="The question in plain words.", min_length=1, max_length=LONGEST, examples=["tier of nepal"]
    )


@router.get("/ask", name="ask")
@partial(in_session, keeps=True)
def ask_words(session: Now, asked: Annotated[InPlainWords, Query()]) -> PlainAnswer:
    """Choose the question that a text asks, say what was understood, and answer; 404 or 409 where that is not clear."""
    return ask_in_words(session, asked.q)
