"""/resolve: two parties that may be one, side by side with the evidence, to be judged; the last judgement undone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtVisit, NoParameters, noting
from iga.api.forms import fields_of
from iga.api.pages.frame import address, page
from iga.api.sign_ins import refuse_nobody
from iga.entering.pairs import LOOKED_AT, facts, judgeable, judgement, open_pairs, usual_reason
from iga.entering.writing import written
from iga.graph.errors import UsageError
from iga.graph.ledger.judgement_log import undo_last
from iga.graph.ledger.judgements import judgements
from iga.graph.names.comparison import TIERS, Tier
from iga.graph.statements import Word
from iga.ingest.resolution.candidates import book_of
from iga.ingest.resolution.judging import judged_before
from iga.ingest.resolution.last_load import ids_of_last_load
from iga.queries.core.printed_names import printed_names
from iga.queries.core.session import Session

router = APIRouter(include_in_schema=False)

AT = "/resolve"
_WORDS: tuple[Word, ...] = ("same", "different", "unsure")

Form = Annotated[dict[str, str], Depends(fields_of)]
Nothing = Annotated[NoParameters, Query()]


class ReviewParams(BaseModel):
    """Which pair is looked at."""

    model_config = ConfigDict(extra="forbid")

    tier: Tier | None = Field(default=None, description="Only these.")
    passed: int = Field(default=0, ge=0, le=100_000, description="Pairs that were left for another time.")
    done: str = Field(default="", max_length=50, description="What was done just now.")


@router.get(AT)
def show_pair(request: Request, visit: AtVisit, asked: Annotated[ReviewParams, Query()]) -> Response:
    """Return the surest pair of the last load on which nobody has judged, or else of all, and how many wait.

    Raises:
        NotAdmitted: Nobody is signed in.
        NotNoted: Somebody who is protected would be shown, and the audit log cannot be written.
    """
    refuse_nobody(request, "whoever judges names")
    workspace = visit.workspace
    with noting(visit) as sessions:
        with workspace.reading() as reading:
            book, judged = book_of(reading), judgements(reading.ledger)
            latest = ids_of_last_load(reading.ledger)
        pairs = open_pairs(book, judged, asked.tier, latest=latest)  # without the graph, which others need meanwhile
        with workspace.reading() as reading:
            sessions.append(Session.at(workspace, reading))
            pairs = judgeable(sessions[0], pairs)
            pair = pairs[asked.passed] if asked.passed < len(pairs) else None
            parties = (pair.first, pair.second) if pair else ()
            printed_names(sessions[0].on_duty(), [it.id for it in parties])  # the log notes who is shown
    said = [(label, one, other) for (label, one), (_, other) in zip(*map(facts, parties), strict=True)] if pair else []
    return page(
        request,
        "resolve",
        asked=asked,
        pair=pair,
        waiting=len(pairs),
        said=[line for line in said if line[1] or line[2]],
        usual=usual_reason(pair, "same") if pair else "",
        looked_at=LOOKED_AT,
        tiers=[tier for tier in TIERS if tier != "unlike"],
    )


@router.post(AT)
def judge_pair(request: Request, visit: AtVisit, form: Form, _: Nothing) -> Response:
    """Enter a judgement on two ids, and lead to the next pair; ask first where somebody has judged otherwise.

    Raises:
        UsageError: It is none of same, different and unsure, or the ids or the reason cannot be used.
        Contradiction: Ids would be one although they are judged different.
    """
    word = next((word for word in _WORDS if word == form.get("word")), None)
    if word is None:
        raise UsageError(f"a judgement is {', '.join(_WORDS)}, and not {form.get('word', '')[:20]!r}")
    reason = form.get("because", "").strip() or (form.get("usual", "") if word == "same" else LOOKED_AT)
    first, second, is_again = form.get("first", ""), form.get("second", ""), "again" in form
    with noting(visit):
        by = visit.workspace.reader.who
        write = judgement(first, second, word, by=by, because=reason, is_again=is_again)
        with visit.workspace.reading() as reading:
            before = "" if is_again else judged_before(reading.ledger, first, second, word)
        if before:
            return page(request, "resolve_again", status=409, form=form, word=word, reason=reason, before=before)
        written(visit.workspace, write, "a judgement")
    return _led(form, word)


@router.post(f"{AT}/taken-back")
def take_judgement_back(visit: AtVisit, form: Form, _: Nothing) -> Response:
    """Take back what whoever is signed in judged last.

    Raises:
        NotFound: They judged nothing that stands.
    """
    with noting(visit):
        by = visit.workspace.reader.who
        written(visit.workspace, lambda ledger: undo_last(ledger, by=by)[0], "taking back a judgement")
    return _led(form, "taken back")


def _led(form: dict[str, str], done: str) -> Response:
    passed = form.get("passed", "")
    there = address(AT, tier=form.get("tier"), passed=passed if passed.isdigit() and passed != "0" else "", done=done)
    return RedirectResponse(there, 303)
