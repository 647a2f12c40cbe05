"""The paper for who takes over from an officer: what is owed, what comes, whom to check; work only, nothing private."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import Field

from iga.exports.memos.brief import for_the_drafter, table
from iga.exports.memos.evidence import row_words, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, form, lacking, more
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Statement, Unknown
from iga.graph.domain.marking import Marking
from iga.graph.domain.topics import in_words
from iga.queries.contacts.handover import HandoverRow
from iga.queries.contacts.vacancies import VacancyRow
from iga.queries.core.answer import Answer
from iga.queries.core.question import Params

# Vacancies are asked for with each party; of more parties, and of more posts, there is a command.
_PARTIES = 12
# Rows of each table that two pages hold.
_MOST = 4


class HandoverPaperParams(Params):
    """What the paper on a handover is asked with."""

    party: str = Field(description="An officer of ours, a post, or a section of the office.", examples=["Uma Mockup"])


def handover(gathering: Gathering, params: HandoverPaperParams) -> Written:
    """Write the paper for who takes over from an officer or in a post."""
    answer = gathering.ask("handover", word="Handover", party=params.party)
    who = answer.subjects[0]
    owned = _part(answer, "relationship")
    # Ours first, overdue ones first in each.
    promised = sorted(_part(answer, "promise"), key=lambda row: (row.direction != "we owe them", not row.is_overdue))
    return Written(
        title=f"Handover: {who.name}",
        subject=f"For who takes over from {who.name}",
        bottom_line=tuple(_bottom_line(answer, owned, promised)),
        parts=(
            for_the_drafter({"First calls to make": "to whom, on what", "Written nowhere": "what is agreed"}),
            table("Relationships", "relationships that are owned", _relationships(answer, owned), most=_MOST),
            table("Open promises, ours first", "open promises", _promises(answer, promised), most=_MOST),
            table("The next 90 days", "anything in the next 90 days", _next(answer), most=_MOST),
            table("Channels to check first", "channels to check", _channels(answer), most=_MOST),
        ),
        annex=lambda: _annex(gathering, answer, owned, promised),
        again={"party": who.id},
    )


def _relationships(answer: Answer, owned: Sequence[HandoverRow]) -> Table | Unknown:
    return form("relationships").table(answer, owned, of_row=lambda row: {"topics": list(map(in_words, row.scope))})


def _promises(answer: Answer, promised: Sequence[HandoverRow]) -> Table | Unknown:
    return form("promises-both-ways").table(answer, promised)


def _next(answer: Answer) -> Table | Unknown:
    return form("next-90-days").table(answer, _ahead(answer))


def _channels(answer: Answer) -> Table | Unknown:
    return form("channels-to-check").table(answer, _part(answer, "channel to check"))


def _annex(
    gathering: Gathering, answer: Answer, owned: Sequence[HandoverRow], promised: Sequence[HandoverRow]
) -> Iterator[Section]:
    yield Section("Channels to check first", (_channels(answer),))
    yield Section("Relationships, by scope", (_relationships(answer, owned),))
    yield Section("Open promises, both ways", (_promises(answer, promised),))
    yield Section("The next 90 days", (_next(answer),))
    touched = _part(answer, "last touch")
    yield form("touches").section(answer, touched, of_row=lambda row: {"told": row_words(answer, row, "row-told")})
    yield _vacancies(gathering, answer)


def _bottom_line(
    answer: Answer, owned: Sequence[HandoverRow], promised: Sequence[HandoverRow]
) -> Iterator[Statement | None]:
    if owned:
        names = [row.party_name or "" for row in owned]
        yield claim(answer, owned, "handover/relationships", names=names, floor=Marking.INTERNAL)
    else:
        yield lacking("relationship that is owned")
    yield claim(answer, promised[:1], "handover/first-promise", floor=Marking.INTERNAL) if promised else None
    if (ahead := _ahead(answer)[:1]) and ahead[0].when:
        yield claim(answer, ahead, "handover/next", floor=Marking.INTERNAL)
    alone = [row for row in owned if row.backup is None]
    names = [row.party_name or "" for row in alone]
    yield claim(answer, alone, "handover/alone", names=names, floor=Marking.INTERNAL) if alone else None


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
