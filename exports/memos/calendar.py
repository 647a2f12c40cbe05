"""The paper on what lies ahead: engagements, duties, promises, mandates and terms that end, month by month."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.agenda import (
    counts_in_short,
    late_in_short,
    months,
    next_in_short,
    overdue,
    without_day,
)
from exports.memos.sections.blocks import for_the_drafter
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from queries.core.answer import Answer, Subject
from queries.core.question import Params
from queries.core.wording import long_day

_BLANKS = ("what must not slip", "decisions needed")


class CalendarPaperParams(Params):
    """What the paper on what lies ahead is asked with."""

    party: str | None = Field(default=None, description="Only what concerns this party.", examples=["OSCE"])
    other: str | None = Field(default=None, description="Only what concerns this party, too.", examples=["Ghana"])
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["child trafficking"])
    owner: str | None = Field(
        default=None, description="Only relationships that this post, officer or office of ours owns.", examples=["IGA"]
    )
    kind: str | None = Field(
        default=None, description="Only of this sort: engagement, bilat, statutory date, promise due …",
        examples=["statutory date"],
    )  # fmt: skip
    since: str | None = Field(default=None, description="First day; the day of the paper if left out.")
    until: str | None = Field(default=None, description="Last day; 90 days after the first if left out.")


def calendar(gathering: Gathering, given: CalendarPaperParams) -> Written:
    """Write the paper on what lies ahead, for a party, an owner or all."""
    named = given.model_dump(exclude={"as_of"}, exclude_none=True)
    ahead = gathering.ask("calendar", word="Calendar", **named)
    whom = {parameter: _subject(ahead, parameter) for parameter in ("party", "other", "owner")}
    party = whom["party"]
    # What is overdue is not told by owner, sort or period: it is told of a party, or of all.
    is_told = not (given.owner or given.other or given.kind or given.since)
    late = None
    if is_told and party:
        # Promises of its parts and posts count as its own here.
        late = gathering.ask("commitments", word="Overdue", party=party.id, status="overdue", topic=given.topic)
    elif is_told:
        late = gathering.ask("due", word="Overdue", topic=given.topic)
    return Written(
        title=_title(whom),
        subtitle=f"Calendar from {_first(gathering, given)}: facts as of {long_day(gathering.day)}",
        subject=f"Calendar: {_title(whom)}",
        bottom_line=tuple(_bottom_line(ahead, late)),
        sections=tuple(_sections(ahead, late)),
        again={name: subject.iso3 or subject.id for name, subject in whom.items() if subject},
    )


def _subject(answer: Answer, parameter: str) -> Subject | None:
    """Return whom a parameter was understood to name."""
    wanted = answer.parameters.get(parameter)
    return next((each for each in answer.subjects if wanted and wanted in (each.id, each.iso3)), None)


def _title(whom: dict[str, Subject | None]) -> str:
    party, other, owner = whom["party"], whom["other"], whom["owner"]
    names = [each.name for each in (party, other) if each]
    names += [f"relationships of {owner.name}"] if owner else []
    return f"Calendar: {' and '.join(names) if names else 'all that lies ahead'}"


def _first(gathering: Gathering, given: CalendarPaperParams) -> str:
    since = long_day(given.since or gathering.day)
    return f"{since} to {long_day(given.until)}" if given.until else f"{since}, 90 days"


def _bottom_line(ahead: Answer, late: Answer | None) -> Iterator[Claim | Unknown]:
    yield counts_in_short(ahead)
    if first := next_in_short(ahead):
        yield first
    if late is not None:
        yield late_in_short(late)


def _sections(ahead: Answer, late: Answer | None) -> Iterator[Section]:
    yield for_the_drafter(_BLANKS)
    if late is not None:
        yield overdue(late)
    yield from months(ahead)
    yield without_day(ahead)


CALENDAR = MemoKind(
    name="calendar",
    title="What lies ahead for a party, an owner or all: engagements, duties, promises, mandates and terms that end.",
    params=CalendarPaperParams,
    function=calendar,
    example={"party": "OSCE"},
)
