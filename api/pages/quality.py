"""/quality: what is stale, disputed, vacant or contradicts itself, and how old each source is."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from iga.api.deps import NoParameters, Now, in_session
from iga.api.pages.frame import page
from iga.queries.ask import ask
from iga.queries.core.accounting import answered_once
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from iga.queries.whole.sources import sources

router = APIRouter(include_in_schema=False)

_ASKED = ("stale-contacts", "conflicts", "contradictions", "vacancies", "undisclosed")


@router.get("/quality")
@in_session
def show_quality(request: Request, session: Now, _: Annotated[NoParameters, Query()]) -> Response:
    """Return the reply to each question on what is not as it should be, and the sources, the oldest first."""
    replies = [(QUESTIONS[name], *reply) for name, reply in answered_once(session, _replies).items()]
    cards = sorted(sources(session), key=lambda card: (card.as_of or "", card.source))
    return page(request, "quality", replies=replies, sources=cards, today=session.today)


def _replies(session: Session) -> dict[str, tuple[str, int]]:
    """Return the sentence that replies to each question, and how many rows there are."""
    answers = {name: ask(session, name, {}) for name in _ASKED}
    return {name: (answer.reply, answer.total.value) for name, answer in answers.items()}
