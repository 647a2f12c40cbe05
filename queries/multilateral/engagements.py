"""Which meetings, dialogues and démarches a party took part in, a series consists of, or there are of a kind."""

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from graph.domain.work import EngagementStatus
from graph.errors import UsageError
from graph.text import folded
from queries.answer import Total
from queries.days import first_of, the_day
from queries.endnotes import CAP
from queries.multilateral.engagement_reach import Taken, every_engagement, taken_by
from queries.multilateral.engagement_row import Around, EngagementRow, row_of
from queries.multilateral.engagement_words import doubts_of, sentence_of
from queries.question import Asked, Found, Posed, Question


class EngagementsAsked(Asked):
    """What `engagements` is asked with."""

    party: str | None = Field(
        default=None,
        description="A party, or a series of engagements; all there are if left out.",
        examples=["Bali Process Ministerial"],
    )
    other: str | None = Field(default=None, description="Only engagements of both parties.", examples=["Bali Process"])
    kind: str | None = Field(
        default=None, description="Only of this sort: bilat, démarche, conference …", examples=["conference"]
    )
    place: str | None = Field(default=None, description="Only held or planned here.", examples=["Vienna"])
    topic: str | None = Field(default=None, description="Only engagements on this topic.", examples=["THB"])
    role: str | None = Field(
        default=None, description="Only in this role or capacity, such as host.", examples=["host"]
    )
    status: EngagementStatus | None = Field(
        default=None, description="Only engagements that stand so.", examples=["held"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2020"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2025"])


def engagements(posed: Posed[EngagementsAsked]) -> Found:
    """List engagements, latest first, undated ones last; where the party is known not to have come, none.

    A body's engagements are also those of its organs and of the series that it or they organize; a government's also
    those of its public bodies and posts, and of who came on its behalf. ``held`` is *yes* where a source says that it
    took place with the party, *unknown* where the party only registered or the engagement had not happened by the day.

    Raises:
        UsageError: Nothing says which engagements are asked for, or another party is named without the first.
    """
    found = [each for each in _found(posed) if _asked(posed, each)]
    found.sort(key=lambda each: (folded(each.tie.name), each.tie.id, each.tie.key))
    found.sort(key=lambda each: each.tie.values.get("period_start") or "", reverse=True)
    party, around = posed.maybe("party"), Around.of(posed.asking, found, most=CAP)
    drafts = tuple(row_of(each, party or each.by, around, day=posed.day) for each in found[:CAP])
    ties = list({each.tie.id: each.tie for each in found}.values())
    return Found(
        sentence=sentence_of(party, posed.maybe("other"), ties, around, day=posed.day),
        drafts=drafts,
        caveats=doubts_of(ties, around, day=posed.day),
        total=Total(value=len(found)),
    )


def _found(posed: Posed[EngagementsAsked]) -> list[Taken]:
    given, party, other = posed.given, posed.maybe("party"), posed.maybe("other")
    if party is None:
        if other:
            raise UsageError("engagements takes other beside party: whose engagements with it are asked for?")
        if not any((given.kind, given.place, given.topic, given.status, given.since, given.until)):
            raise UsageError("engagements needs party, kind, place, topic, status or a period: which are asked for?")
        return every_engagement(posed.asking)
    found = taken_by(posed.asking, party, day=posed.day)
    if other is None:
        return found
    theirs = {each.tie.id for each in taken_by(posed.asking, other, day=posed.day)}
    return [each for each in found if each.tie.id in theirs]


def _asked(posed: Posed[EngagementsAsked], each: Taken) -> bool:
    given, said = posed.given, each.tie.values
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    in_period = (said.get("end_max") or LAST_DAY) >= since and (said.get("start_min") or FIRST_DAY) <= until
    on_topic = posed.topic is None or posed.topic in (said.get("topics") or ())
    words = ((given.role, each.role), (given.kind, said.get("engagement_kind")), (given.place, said.get("place")))
    as_named = all(folded(word or "") in folded(stated or "") for word, stated in words)
    return in_period and on_topic and as_named and given.status in (None, said.get("status"))


ENGAGEMENTS = Question(
    name="engagements",
    title="Which engagements did this party take part in, does this series consist of, or are there of this kind?",
    params=EngagementsAsked,
    row=EngagementRow,
    function=engagements,
    names={"party": ("Party", "Post", "Engagement"), "other": ("Party", "Post")},
    example={"party": "OSCE", "since": "2020"},
    columns=(
        "start",
        "engagement_name",
        "place",
        "status",
        "part",
        "hosts",
        "outcome",
        "work_plan",
        "delivered_to",
        "response",
        "documents",
        "evidence",
    ),
)
