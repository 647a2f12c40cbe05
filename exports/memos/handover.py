"""The paper for who takes over from an officer: what is owed, what comes, whom to check; work only, nothing private."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pydantic import Field

from exports.memos.evidence import row_words, supported
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.printing import Cells, TableForm, claim, claim_or, for_the_drafter, internal, more, nothing_found
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
# Twenty of each are a week's work; an officer with more has a command.
_form = partial(TableForm[HandoverRow], most=20, floor=internal)
_WITH = Cells("With", 22, "party_name")
_KNOWN = "What is known"

_TO_CHECK = _form(
    "Channels to check first",
    (Cells("Channel", 30, "what_name"), Cells("With", 30, "reached_name"), Cells(_KNOWN, 40, "row-known")),
    "No channel to check is in the data.",
)
_RELATIONSHIPS = _form(
    "Relationships, by scope",
    (
        Cells("With", 36, "party_name"),
        Cells("Scope", 24, "handover/scope"),
        Cells("Second owner", 26, "handover/backup"),
        Cells("As", 14, "row-standing"),
    ),
    "No relationship that is owned is in the data.",
)
_PROMISED = _form(
    "Open promises, both ways",
    (
        Cells("Who owes it", 15, "handover/who-owes"),
        Cells("Promise", 45, "handover/promise"),
        _WITH,
        Cells("Due", 18, "row-due"),
    ),
    "No open promise is in the data; there may be some.",
)
_AHEAD = _form(
    "The next 90 days",
    (Cells("Day", 18, "row-due"), Cells("What", 36, "what_name"), _WITH, Cells(_KNOWN, 24, "row-told")),
    "Nothing of the next 90 days is in the data.",
)
_TOUCHES = _form(
    "Last touches",
    (
        Cells("With", 26, "party_name"),
        Cells("Day", 16, "handover/touched-on"),
        Cells("What, who was there and what came of it", 58, "handover/touch"),
    ),
    "No touch of ours is in the data.",
)
_VACANCIES = TableForm[VacancyRow](
    title="Vacancies to watch",
    columns=(
        Cells("Post", 44, "handover/post"),
        Cells("State", 18, "state"),
        Cells(_KNOWN, 38, "row-told", is_capital=True),
    ),
    nothing="No vacancy among their posts is in the data.",
    most=12,
    floor=internal,
)


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
    to_check = "handover/to-check"
    yield short("None is in the data.", answer, channels, to_check, lead="To check:", number=len(channels))
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
        "first calls to make",
        "what is agreed but written nowhere",
        "files and shared mailboxes, and where they are",
    )
    yield _TO_CHECK.section(answer, _part(answer, "channel to check"))
    yield _RELATIONSHIPS.section(
        answer, _part(answer, "relationship"), of_row=lambda row: {"topics": list(map(in_words, row.scope))}
    )
    # Ours first, overdue ones first in each.
    promised = sorted(_part(answer, "promise"), key=lambda row: (row.direction != "we owe them", not row.is_overdue))
    yield _PROMISED.section(answer, promised)
    yield _AHEAD.section(answer, _ahead(answer))
    touched = _part(answer, "last touch")
    yield _TOUCHES.section(answer, touched, of_row=lambda row: {"told": row_words(answer, row, "row-told")})
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
    for party, name in list(whom.items())[:_PARTIES]:
        vacancies = gathering.ask("vacancies", word=f"Vacancies, {name}", party=party)
        for row in supported(vacancies, VacancyRow):
            # Of a post whose holder is not known nothing is to be watched; it is a gap of the data.
            if row.state != "holder not known":
                lines.setdefault(row.post, _VACANCIES.line(vacancies, row))
    if not lines:
        return Section(_VACANCIES.title, (nothing_found(_VACANCIES.nothing),))
    left = more(answer, len(lines), _VACANCIES.most)
    left = left and replace(left, command="iga ask vacancies")
    return Section(_VACANCIES.title, (_VACANCIES.of_lines(list(lines.values())[: _VACANCIES.most], left),))


HANDOVER = MemoKind(
    name="handover",
    title="For who takes over: channels to check, relationships, promises both ways, 90 days, last touches, vacancies.",
    params=HandoverPaperParams,
    function=handover,
    example={"party": "Uma Mockup"},
)
