"""The paper on what lies ahead: engagements, duties, promises, mandates and terms that end, month by month."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from iga.exports.memos import brief
from iga.exports.memos.brief import for_the_drafter, table
from iga.exports.memos.evidence import supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import bullets, claim, form, lacking, more
from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Statement, Unknown
from iga.graph.domain.marking import Marking
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, Subject
from iga.queries.core.question import Params
from iga.queries.core.wording import long_day
from iga.queries.instruments.due import DueRow
from iga.queries.multilateral.calendar import CalendarRow
from iga.queries.multilateral.commitments import CommitmentRow

_WITHOUT_DAY, _LATE = 10, 10
# What two pages hold.
_FIRST, _LATE_SHOWN, _SHOWN, _OPEN_SHOWN = 2, 4, 12, 3


class CalendarPaperParams(Params):
    """What the paper on what lies ahead is asked with."""

    party: str | None = Field(default=None, description="Only what concerns this party.", examples=["OSCE"])
    other: str | None = Field(default=None, description="Only what concerns this party, too.", examples=["Ghana"])
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["child trafficking"])
    owner: str | None = Field(
        default=None, description="Only relationships that this post, officer or office of ours owns.", examples=["IGA"]
    )
    kind: str | None = Field(
        default=None,
        description="Only of this sort: engagement, bilat, statutory date, promise due …",
        examples=["statutory date"],
    )
    since: str | None = Field(default=None, description="First day; the day of the paper if left out.")
    until: str | None = Field(default=None, description="Last day; 90 days after the first if left out.")


def _floor(row: CalendarRow) -> Marking:
    """Return the least marking of a thing: a plan is internal until it is held, a promise is always."""
    return Marking.INTERNAL if row.is_internal or row.sort == "promise due" else Marking.PUBLIC


def calendar(gathering: Gathering, params: CalendarPaperParams) -> Written:
    """Write the paper on what lies ahead, for a party, an owner or all."""
    ahead = gathering.ask("calendar", word="Calendar", **params.model_dump(exclude={"as_of"}, exclude_none=True))
    whom = {parameter: _subject(ahead, parameter) for parameter in ("party", "other", "owner")}
    late = _ask_overdue(gathering, params, whom["party"])
    title = _title(whom)
    since = long_day(params.since or gathering.day)
    period = f"{since} to {long_day(params.until)}" if params.until else f"90 days from {since}"
    rows = supported(ahead, CalendarRow)
    dated = [row for row in rows if row.on and row.status != "cancelled"]
    open_days = [claim(ahead, [row], "calendar/without-day", floor=_floor(row)) for row in rows if not row.on]
    overdue = _late_lines(late) if late else []
    return Written(
        title=title,
        subject=f"{title}, {period}",
        bottom_line=tuple(_bottom_line(ahead, late)),
        parts=(
            for_the_drafter({"Objective": "what must not slip", "Decisions needed": "by whom, by when"}),
            *([brief.bullets("Overdue", "anything overdue", overdue, most=_LATE_SHOWN)] if late else []),
            table("What lies ahead, next first", "anything ahead with a day", _table(ahead, dated), most=_SHOWN),
            brief.bullets("Without a day", "anything without a day", open_days, most=_OPEN_SHOWN),
        ),
        annex=lambda: _annex(ahead, late),
        again={name: subject.iso3 or subject.id for name, subject in whom.items() if subject},
    )


def _table(ahead: Answer, rows: Sequence[CalendarRow]) -> Table | Unknown:
    return form("ahead").table(ahead, rows, floor=_floor)


def _annex(ahead: Answer, late: Answer | None) -> Iterator[Section]:
    if late:
        yield _overdue_section(late)
    yield from _months(ahead)
    yield _without_day(ahead)


def _subject(answer: Answer, parameter: str) -> Subject | None:
    """Return whom a parameter was understood to name."""
    wanted = answer.parameters.get(parameter)
    return next((subject for subject in answer.subjects if wanted and wanted in (subject.id, subject.iso3)), None)


def _ask_overdue(gathering: Gathering, params: CalendarPaperParams, party: Subject | None) -> Answer | None:
    """Ask what is overdue for a party, or for all; by owner, sort or period it is not told, and None."""
    if params.owner or params.other or params.kind or params.since:
        return None
    if party is None:
        return gathering.ask("due", word="Overdue", topic=params.topic)
    # Promises of its parts and posts count as its own here.
    return gathering.ask("commitments", word="Overdue", party=party.id, status="overdue", topic=params.topic)


def _title(whom: dict[str, Subject | None]) -> str:
    names = [subject.name for parameter in ("party", "other") if (subject := whom[parameter])]
    names += [f"relationships of {owner.name}"] if (owner := whom["owner"]) else []
    return f"Calendar: {' and '.join(names) if names else 'all that lies ahead'}"


def _bottom_line(ahead: Answer, late: Answer | None) -> Iterator[Statement | None]:
    """Give the next things with a full day, then the first overdue one."""
    known = [row for row in supported(ahead, CalendarRow) if row.day_known == "day"][:_FIRST]
    yield from (claim(ahead, [row], "calendar/next", floor=_floor(row)) for row in known)
    if not known:
        yield lacking("thing with a day ahead")
    if late and (overdue := _overdue(late)[:1]):
        floor = Marking.INTERNAL
        yield claim(late, overdue, "calendar/late-in-short", floor=floor, name=_named(overdue[0])["name"])


def _months(answer: Answer) -> Iterator[Section]:
    """Give a section for each month with its dated things; months that are not known in one of their own."""
    rows = [row for row in supported(answer, CalendarRow) if row.on]
    if not rows:
        yield form("month").section(answer, rows, heading="Calendar")
    shown = sorted(rows[: form("month").most], key=lambda row: row.day_known == "year only")
    for month, of in by_key(shown, lambda row: "" if row.day_known == "year only" else (row.on or "")[:7]).items():
        heading = long_day(month) if month else "Month not known"
        whole = len(of) + (len(rows) - len(shown) if of[-1] is shown[-1] else 0)
        yield form("month", month=heading).section(answer, of, heading=heading, whole=whole, floor=_floor)


def _without_day(answer: Answer) -> Section:
    """Return what is expected without a day."""
    rows = [row for row in supported(answer, CalendarRow) if not row.on]
    none = lacking("thing without a day")
    block = bullets(answer, rows, "calendar/without-day", most=_WITHOUT_DAY, floor=_floor) if rows else none
    return Section("Without a day", (block,))


def _overdue_section(answer: Answer) -> Section:
    """Return what is overdue: its day passed, and nothing in the data says that it was done."""
    lines = _late_lines(answer)
    rest = more(answer, lines, _LATE)
    block = Bullets(tuple(lines[:_LATE]), rest) if lines else lacking("overdue thing")
    return Section("Overdue, as far as the data tell", (block,))


def _late_lines(answer: Answer) -> list[Claim]:
    floor = Marking.INTERNAL
    return [claim(answer, [row], "calendar/late", floor=floor, **_named(row)) for row in _overdue(answer)]


def _overdue(answer: Answer) -> list[DueRow | CommitmentRow]:
    promised = [row for row in supported(answer, CommitmentRow) if row.stands == "overdue"]
    return [*(row for row in supported(answer, DueRow) if row.is_overdue), *promised]


def _named(row: DueRow | CommitmentRow) -> dict[str, Any]:
    """Return what is overdue, of what kind, and by whom, by the names that both rows share."""
    if isinstance(row, DueRow):
        return {"name": row.what_name, "kind": row.kind, "by": row.owner_name}
    return {"name": row.commitment_name, "kind": "", "by": row.made_by_name}


CALENDAR = MemoKind(
    name="calendar",
    title="What lies ahead for a party, an owner or all: engagements, duties, promises, mandates and terms that end.",
    params=CalendarPaperParams,
    function=calendar,
    example={"party": "OSCE"},
)
