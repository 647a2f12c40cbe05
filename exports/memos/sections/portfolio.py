"""What an officer hands over: relationships, channels to check, promises both ways, what comes, last touches."""

from collections.abc import Callable, Sequence

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import Gathering, ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, counted, sentence
from graph.domain.marking import Marking
from graph.domain.topics import in_words
from queries.contacts.handover import HandoverRow
from queries.contacts.vacancies import VacancyRow
from queries.core.answer import Answer
from queries.core.wording import listed, long_day

# Twenty of each are a week's work; an officer with more has a command.
_CAP, _VACANT, _PARTIES = 20, 12, 12


def relationships(answer: Answer) -> Section:
    """Return the relationships by scope with the second owner; that there is none is told."""
    rows = part(answer, "relationship")
    return _table(
        answer, rows, "Relationships, by scope", "No relationship that is owned is in the data.",
        ("With", "Scope", "Second owner", "As"), (36, 24, 26, 14), _relationship,
    )  # fmt: skip


def unverified(answer: Answer) -> Section:
    """Return the channels that bounced, or that nobody checked for a half-life."""
    return _table(
        answer, part(answer, "channel to check"), "Channels to check first", "No channel to check is in the data.",
        ("Channel", "With", "What is known"), (30, 30, 40), _channel,
    )  # fmt: skip


def promised(answer: Answer) -> Section:
    """Return the open promises, ours first, overdue ones first in each."""
    rows = sorted(part(answer, "promise"), key=lambda row: (row.direction != "we owe them", not row.is_overdue))
    return _table(
        answer, rows, "Open promises, both ways", "No open promise is in the data; there may be some.",
        ("Who owes it", "Promise", "With", "Due"), (15, 45, 22, 18), _promise,
    )  # fmt: skip


def ahead(answer: Answer) -> Section:
    """Return engagements and duties of the next 90 days by day."""
    rows = sorted(
        (*part(answer, "engagement"), *part(answer, "duty")), key=lambda row: (row.when or "9999", row.what or "")
    )
    return _table(
        answer, rows, "The next 90 days", "Nothing of the next 90 days is in the data.",
        ("Day", "What", "With", "What is known"), (18, 36, 22, 24), _coming,
    )  # fmt: skip


def last_touches(answer: Answer) -> Section:
    """Return the last touch with each party."""
    return _table(
        answer, part(answer, "last touch"), "Last touches", "No touch of ours is in the data.",
        ("With", "Day", "What, who was there and what came of it"), (26, 16, 58), _touch,
    )  # fmt: skip


def ask_vacancies(gathering: Gathering, answer: Answer) -> Section:
    """Ask for the vacancies of the parties that the relationships are with; return those to watch, each post once."""
    whom = {row.party: row.party_name for row in part(answer, "relationship") if row.party}
    rows: dict[str, TableRow] = {}
    for party, name in list(whom.items())[:_PARTIES]:
        found = gathering.ask("vacancies", word=f"Vacancies, {name}", party=party)
        for row in supported(found, VacancyRow):
            # Of a post whose holder is not known nothing is to be watched; it is a gap of the data.
            if row.state != "holder not known":
                rows.setdefault(row.post, TableRow(_vacancy(found, row), cited(found, row), floor=Marking.INTERNAL))
    heading = "Vacancies to watch"
    if not rows:
        return Section(heading, (nothing_found("No vacancy among their posts is in the data."),))
    more = More(len(rows) - _VACANT, "iga ask vacancies") if len(rows) > _VACANT else None
    lines = tuple(rows.values())[:_VACANT]
    header = ("Post", "State", "What is known")
    return Section(heading, (Table(heading, header, lines, (44, 18, 38), more),))


def relationships_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many relationships there are, and which have no second owner."""
    rows = part(answer, "relationship")
    if not rows:
        return nothing_found("None that is owned is in the data.", lead="Relationships:")
    alone = [row.party_name or "" for row in rows if row.backup is None]
    doubt = f"; no second owner in the data: {listed(alone, most=3)}" if alone else "; each with a second owner"
    return Claim(f"{len(rows):,}{doubt}.", cited(answer, *rows), lead="Relationships:", floor=Marking.INTERNAL)


def promised_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many promises are open on each side, and how many are overdue."""
    rows = part(answer, "promise")
    if not rows:
        return nothing_found("No open one is in the data.", lead="Promises:")
    ours = sum(row.direction == "we owe them" for row in rows)
    late = sum(row.is_overdue for row in rows)
    text = f"{ours:,} by us, {len(rows) - ours:,} to us; {late or 'none'} overdue."
    return Claim(text, cited(answer, *rows), lead="Open promises:", floor=Marking.INTERNAL)


def unverified_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many channels have to be checked."""
    rows = part(answer, "channel to check")
    if not rows:
        return nothing_found("None is in the data.", lead="To check:")
    text = f"{counted(len(rows), 'channel')} that bounced or that nobody checked lately."
    return Claim(text, cited(answer, *rows), lead="To check:", floor=Marking.INTERNAL)


def next_in_short(answer: Answer) -> Claim | None:
    """Return the first engagement or duty that comes; None where none is held."""
    rows = sorted((*part(answer, "engagement"), *part(answer, "duty")), key=lambda row: (row.when or "9999", row.what))
    if not rows or not rows[0].when:
        return None
    text = f"{long_day(rows[0].when)}: {rows[0].what_name}."
    return Claim(text, cited(answer, rows[0]), lead="Next:", floor=Marking.INTERNAL)


def part(answer: Answer, name: str) -> list[HandoverRow]:
    """Return the rows of one part of a handover, in the order of the answer."""
    return [row for row in supported(answer, HandoverRow) if row.part == name]


def _table(
    answer: Answer,
    rows: Sequence[HandoverRow],
    heading: str,
    nothing: str,
    header: tuple[str, ...],
    widths: tuple[int, ...],
    cells: Callable[[Answer, HandoverRow], tuple[str, ...]],
) -> Section:
    if not rows:
        return Section(heading, (nothing_found(nothing),))
    lines = tuple(TableRow(cells(answer, row), cited(answer, row), floor=Marking.INTERNAL) for row in rows[:_CAP])
    more = More(len(rows) - _CAP, ask_again(answer)) if len(rows) > _CAP else None
    return Section(heading, (Table(heading, header, lines, widths, more),))


def _relationship(answer: Answer, row: HandoverRow) -> tuple[str, ...]:
    scope = ", ".join(in_words(topic) for topic in row.scope) or "not stated"
    standing = row_words(answer, row, "row-standing")
    return row.party_name or "", scope, row.backup_name or "none in the data", standing


def _channel(answer: Answer, row: HandoverRow) -> tuple[str, ...]:
    return row.what_name or "", row.reached_name or "", row_words(answer, row, "row-known")


def _promise(answer: Answer, row: HandoverRow) -> tuple[str, ...]:
    side = "we owe" if row.direction == "we owe them" else "they owe us"
    name, words = row.what_name or "", row.words or ""
    promise = f"{name}: “{words}”" if words and words != name else name
    return side, promise, row.party_name or "", row_words(answer, row, "row-due")


def _coming(answer: Answer, row: HandoverRow) -> tuple[str, ...]:
    return (
        row_words(answer, row, "row-due"),
        row.what_name or "",
        row.party_name or "",
        row_words(answer, row, "row-told"),
    )


def _touch(answer: Answer, row: HandoverRow) -> tuple[str, ...]:
    day = long_day(row.when) if row.when else "day not known"
    return row.party_name or "", day, f"{row.what_name}: {sentence(row_words(answer, row, 'row-told'))}"


def _vacancy(answer: Answer, row: VacancyRow) -> tuple[str, ...]:
    where = f", {row.body_name}" if row.body_name and row.body_name not in row.post_name else ""
    return f"{row.post_name}{where}", row.state, capitalized(row_words(answer, row, "row-told"))
