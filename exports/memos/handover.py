"""The paper for who takes over from an officer: what is owed, what comes, whom to check; work only, nothing private."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pydantic import Field

from exports.memos.evidence import row_words, supported
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.printing import claim, claim_or, for_the_drafter, form, more
from exports.paper.blocks import TableRow
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from graph.domain.topics import in_words
from queries.contacts.handover import HandoverRow
from queries.contacts.vacancies import VacancyRow
from queries.core.answer import Answer
from queries.core.question import Params
from queries.core.wording import long_day

# Vacancies are asked for with each party; of more parties, and of more posts, there is a command.
_PARTIES = 12


class HandoverPaperParams(Params):
    """What the paper on a handover is asked with."""

    party: str = Field(description="An officer of ours, or a post.", examples=["Uma Mockup"])


def handover(gathering: Gathering, params: HandoverPaperParams) -> Written:
    """Write the paper for who takes over from an officer or in a post."""
    answer = gathering.ask("handover", word="Handover", party=params.party)
    who = answer.subjects[0]
    return Written(
        title=f"Handover: {who.name}",
        subtitle=f"For who takes over: facts as of {long_day(gathering.day)}",
        subject=f"Handover: {who.name}",
        bottom_line=tuple(_bottom_line(answer)),
        sections=tuple(_sections(gathering, answer)),
        again={"party": who.id},
        floor=Marking.INTERNAL,
    )


def _bottom_line(answer: Answer) -> Iterator[Claim | Unknown]:
    short = partial(claim_or, floor=Marking.INTERNAL)
    promised, channels = _part(answer, "promise"), _part(answer, "channel to check")
    ours, late = sum(row.direction == "we owe them" for row in promised), sum(row.is_overdue for row in promised)
    yield short(
        "No open one is in the data.",
        answer,
        promised,
        "handover/promises",
        ours=ours,
        theirs=len(promised) - ours,
        late=late,
        lead="Open promises:" if promised else "Promises:",
    )
    yield short("None is in the data.", answer, channels, "handover/to-check", lead="To check:", number=len(channels))
    if (ahead := _ahead(answer)) and ahead[0].when:
        yield claim(answer, ahead[:1], "handover/next", lead="Next:", floor=Marking.INTERNAL)
    owned = _part(answer, "relationship")
    alone = [row.party_name or "" for row in owned if row.backup is None]
    yield short(
        "None that is owned is in the data.",
        answer,
        owned,
        "handover/relationships",
        lead="Relationships:",
        number=len(owned),
        alone=alone,
    )


def _sections(gathering: Gathering, answer: Answer) -> Iterator[Section]:
    yield for_the_drafter(
        "first calls to make", "what is agreed but written nowhere", "files and shared mailboxes, and where they are"
    )
    yield form("channels-to-check").section(answer, _part(answer, "channel to check"))
    yield form("relationships").section(
        answer, _part(answer, "relationship"), of_row=lambda row: {"topics": list(map(in_words, row.scope))}
    )
    # Ours first, overdue ones first in each.
    promised = sorted(_part(answer, "promise"), key=lambda row: (row.direction != "we owe them", not row.is_overdue))
    yield form("promises-both-ways").section(answer, promised)
    yield form("next-90-days").section(answer, _ahead(answer))
    touched = _part(answer, "last touch")
    yield form("touches").section(answer, touched, of_row=lambda row: {"told": row_words(answer, row, "row-told")})
    yield _vacancies(gathering, answer)


def _part(answer: Answer, name: str) -> list[HandoverRow]:
    """Return the rows of one part of a handover, in the order of the answer."""
    return [row for row in supported(answer, HandoverRow) if row.part == name]


def _ahead(answer: Answer) -> list[HandoverRow]:
    """Return engagements and duties of the next 90 days by day."""
    rows = (*_part(answer, "engagement"), *_part(answer, "duty"))
    return sorted(rows, key=lambda row: (row.when or "9999", row.what or ""))


def _vacancies(gathering: Gathering, answer: Answer) -> Section:
    """Ask for the vacancies of the parties that the relationships are with; return those to watch, each post once."""
    whom = {row.party: row.party_name for row in _part(answer, "relationship") if row.party}
    lines: dict[str, TableRow] = {}
    table = form("vacancies")
    for party, name in list(whom.items())[:_PARTIES]:
        vacancies = gathering.ask("vacancies", word=f"Vacancies, {name}", party=party)
        for row in supported(vacancies, VacancyRow):
            # Of a post whose holder is not known nothing is to be watched; it is a gap of the data.
            if row.state != "holder not known":
                lines.setdefault(row.post, table.line(vacancies, row))
    left = more(answer, len(lines), table.most)
    shown = list(lines.values())[: table.most]
    return Section(table.title, (table.of_lines(shown, left and replace(left, command="iga ask vacancies")),))


HANDOVER = MemoKind(
    name="handover",
    title="For who takes over: channels to check, relationships, promises both ways, 90 days, last touches, vacancies.",
    params=HandoverPaperParams,
    function=handover,
    example={"party": "Uma Mockup"},
)
