"""The paper for who takes over from an officer: what is owed, what comes, whom to check; work only, nothing private."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.portfolio import (
    ahead,
    ask_vacancies,
    last_touches,
    next_in_short,
    promised,
    promised_in_short,
    relationships,
    relationships_in_short,
    unverified,
    unverified_in_short,
)
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from queries.core.answer import Answer
from queries.core.question import Params
from queries.core.wording import long_day

_BLANKS = (
    "first calls to make",
    "what is agreed but written nowhere",
    "files and shared mailboxes, and where they are",
)


class HandoverPaperParams(Params):
    """What the paper on a handover is asked with."""

    party: str = Field(description="An officer of ours, or a post.", examples=["Uma Mockup"])


def handover(gathering: Gathering, given: HandoverPaperParams) -> Written:
    """Write the paper for who takes over from an officer or in a post."""
    held = gathering.ask("handover", word="Handover", party=given.party)
    who = held.subjects[0]
    return Written(
        title=f"Handover: {who.name}",
        subtitle=f"For who takes over: facts as of {long_day(gathering.day)}",
        subject=f"Handover: {who.name}",
        bottom_line=tuple(_bottom_line(held)),
        sections=tuple(_sections(gathering, held)),
        again={"party": who.id},
        floor=Marking.INTERNAL,
    )


def _bottom_line(held: Answer) -> Iterator[Claim | Unknown]:
    yield promised_in_short(held)
    yield unverified_in_short(held)
    if first := next_in_short(held):
        yield first
    yield relationships_in_short(held)


def _sections(gathering: Gathering, held: Answer) -> Iterator[Section]:
    yield for_the_drafter(_BLANKS)
    yield unverified(held)
    yield relationships(held)
    yield promised(held)
    yield ahead(held)
    yield last_touches(held)
    yield ask_vacancies(gathering, held)


HANDOVER = MemoKind(
    name="handover",
    title="For who takes over: channels to check, relationships, promises both ways, 90 days, last touches, vacancies.",
    params=HandoverPaperParams,
    function=handover,
    example={"party": "Uma Mockup"},
)
