"""What lies ahead, month by month; what is planned is internal until it is held, and unsure days are said."""

from collections.abc import Sequence
from itertools import groupby

from exports.memos.evidence import cited, claim_of, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More, Table, TableRow
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import counted, days, sentence
from graph.domain.marking import Marking
from queries.core.answer import Answer
from queries.core.wording import listed, long_day
from queries.instruments.due import DueRow
from queries.multilateral.calendar import CalendarRow
from queries.multilateral.commitments import CommitmentRow

# A quarter of a busy office; beyond it a calendar is better read as one.
_CAP, _WITHOUT_DAY, _LATE, _NAMED = 60, 10, 10, 2


def months(answer: Answer) -> list[Section]:
    """Return a section for each month with its dated things; months that are not known in one of their own."""
    rows = [row for row in supported(answer, CalendarRow) if row.on]
    if not rows:
        text = "Nothing with a day in this time is in the data, which does not say that nothing is planned."
        return [Section("Calendar", (nothing_found(text),))]
    shown, sections = rows[:_CAP], []
    shown = sorted(shown, key=lambda row: row.day_known == "year only")
    for month, of in groupby(shown, key=_month):
        lines = tuple(TableRow(_cells(row), cited(answer, row), floor=floor(row)) for row in of)
        is_last = lines[-1].cells == _cells(shown[-1])
        more = More(len(rows) - len(shown), ask_again(answer)) if is_last and len(rows) > len(shown) else None
        header = ("Day", "What, and where", "Sort", "With; owner on our side")
        heading = long_day(month) if month else "Month not known"
        sections.append(Section(heading, (Table(f"Calendar, {heading}", header, lines, (21, 37, 15, 27), more),)))
    return sections


def without_day(answer: Answer) -> Section:
    """Return what is expected without a day."""
    heading = "Without a day"
    rows = [row for row in supported(answer, CalendarRow) if not row.on]
    if not rows:
        return Section(heading, (nothing_found("Nothing without a day is in the data."),))
    items = tuple(
        Claim(sentence(f"{row.what_name} ({_sort(row)})"), cited(answer, row), floor=floor(row))
        for row in rows[:_WITHOUT_DAY]
    )
    more = More(len(rows) - _WITHOUT_DAY, ask_again(answer)) if len(rows) > _WITHOUT_DAY else None
    return Section(heading, (Bullets(items, more),))


def overdue(answer: Answer) -> Section:
    """Return what is overdue: its day passed, and nothing in the data says that it was done.

    Args:
        answer: What is due, or promises.
    """
    heading = "Overdue, as far as the data tell"
    rows = _overdue(answer)
    if not rows:
        return Section(heading, (nothing_found("Nothing overdue is in the data."),))
    items = tuple(Claim(_late(row), cited(answer, row), floor=Marking.INTERNAL) for row in rows[:_LATE])
    more = More(len(rows) - _LATE, ask_again(answer)) if len(rows) > _LATE else None
    return Section(heading, (Bullets(items, more),))


def counts_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many things of each sort lie ahead, of how many the day is not sure, and how many have none."""
    rows = supported(answer, CalendarRow)
    known = claim_of(answer, "sorts", "unsure", "without-day", lead="Ahead:", floor=_highest(rows)) if rows else None
    return known or nothing_found("Nothing with a day is in the data.", lead="Ahead:")


def next_in_short(answer: Answer) -> Claim | None:
    """Return the first thing with a full day; None where there is none."""
    row = next((row for row in supported(answer, CalendarRow) if row.day_known == "day"), None)
    if row is None:
        return None
    text = f"{_day(row)}: {row.what_name} ({row.status or row.sort})."
    return Claim(text, cited(answer, row), lead="Next:", floor=floor(row))


def late_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many things are overdue, and the first of them."""
    rows = _overdue(answer)
    if not rows:
        return nothing_found("Nothing is in the data.", lead="Overdue:")
    first = f"{_late_name(rows[0])}, due {long_day(rows[0].due_on or '')}"
    text = f"{counted(len(rows), 'thing')}; first: {first}."
    return Claim(text, cited(answer, *rows), lead="Overdue:", floor=Marking.INTERNAL)


def floor(row: CalendarRow) -> Marking:
    """Return the least marking of a thing: a plan is internal until it is held, a promise is always."""
    return Marking.INTERNAL if row.is_internal or row.sort == "promise due" else Marking.PUBLIC


def _month(row: CalendarRow) -> str:
    return "" if row.day_known == "year only" else (row.on or "")[:7]


def _highest(rows: Sequence[CalendarRow]) -> Marking:
    return max(map(floor, rows))


def _cells(row: CalendarRow) -> tuple[str, ...]:
    place = f", {row.place}" if row.place and row.place not in row.what_name else ""
    whom = listed(row.parties, most=_NAMED)
    # The first owner answers for it; the others are in the answer.
    ours = f"owner {row.owner_names[0]}" if row.owner_names else ""
    told = "; ".join(part for part in (whom, ours) if part) or "not stated"
    return _day(row), f"{row.what_name}{place}", _sort(row), told


def _day(row: CalendarRow) -> str:
    told = days(row.on, row.until)
    unsure = {"month only": ", day not known", "year only": ", month not known"}.get(row.day_known, "")
    hours = ", all day" if row.is_all_day else f", {row.hours}" if row.hours else ""
    return f"{told}{unsure}{hours}"


def _sort(row: CalendarRow) -> str:
    what = row.engagement_kind or row.sort
    return f"{what}, {row.status}" if row.status else what


def _overdue(answer: Answer) -> list[DueRow | CommitmentRow]:
    promised = [row for row in supported(answer, CommitmentRow) if row.stands == "overdue"]
    return [*(row for row in supported(answer, DueRow) if row.is_overdue), *promised]


def _late_name(row: DueRow | CommitmentRow) -> str:
    return row.what_name if isinstance(row, DueRow) else row.commitment_name


def _late(row: DueRow | CommitmentRow) -> str:
    by = row.owner_name if isinstance(row, DueRow) else row.made_by_name
    sort = f" ({row.kind})" if isinstance(row, DueRow) else ""
    day = f"due {long_day(row.due_on)}" if row.due_on else "no fixed day"
    whom = f", to {row.owed_to_name}" if row.owed_to_name else ""
    return sentence(f"{_late_name(row)}{sort}: {day}{f'; by {by}' if by else ''}{whom}")
