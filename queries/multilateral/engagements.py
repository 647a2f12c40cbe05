"""Which meetings, dialogues and démarches a party took part in, a series consists of, or there are of a kind."""

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from graph.domain.work import EngagementStatus
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Total
from queries.core.days import first_of, the_day
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result
from queries.multilateral.engagement_reach import Taken, every_engagement, taken_by
from queries.multilateral.engagement_row import Around, EngagementRow, row_of
from queries.multilateral.engagement_words import doubts_of, sentence_of


class EngagementsParams(Params):
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


def engagements(request: Request[EngagementsParams]) -> Result:
    """List engagements, latest first, undated ones last; where the party is known not to have come, none.

    A body's engagements are also those of its organs and of the series that it or they organize; a government's also
    those of its public bodies and posts, and of who came on its behalf. ``held`` is *yes* where a source says that it
    took place with the party, *unknown* where the party only registered or the engagement had not happened by the day.

    Raises:
        UsageError: Nothing says which engagements are asked for, or another party is named without the first.
    """
    found = [each for each in _found(request) if _asked(request, each)]
    found.sort(key=lambda each: (folded(each.edge.name), each.edge.id, each.edge.key))
    found.sort(key=lambda each: each.edge.values.get("period_start") or "", reverse=True)
    party, around = request.maybe("party"), Around.of(request.session, found, most=CAP)
    sourced_rows = tuple(row_of(each, party or each.by, around, day=request.day) for each in found[:CAP])
    edges = list({each.edge.id: each.edge for each in found}.values())
    return Result(
        sentence=sentence_of(party, request.maybe("other"), edges, around, day=request.day),
        rows=sourced_rows,
        caveats=doubts_of(edges, around, day=request.day),
        total=Total(value=len(found)),
    )


def _found(request: Request[EngagementsParams]) -> list[Taken]:
    given, party, other = request.params, request.maybe("party"), request.maybe("other")
    if party is None:
        if other:
            raise UsageError("engagements takes other beside party: whose engagements with it are asked for?")
        if not any((given.kind, given.place, given.topic, given.status, given.since, given.until)):
            raise UsageError("engagements needs party, kind, place, topic, status or a period: which are asked for?")
        return every_engagement(request.session)
    found = taken_by(request.session, party, day=request.day)
    if other is None:
        return found
    theirs = {each.edge.id for each in taken_by(request.session, other, day=request.day)}
    return [each for each in found if each.edge.id in theirs]


def _asked(request: Request[EngagementsParams], each: Taken) -> bool:
    given, said = request.params, each.edge.values
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    in_period = (said.get("end_max") or LAST_DAY) >= since and (said.get("start_min") or FIRST_DAY) <= until
    on_topic = request.topic is None or request.topic in (said.get("topics") or ())
    words = ((given.role, each.role), (given.kind, said.get("engagement_kind")), (given.place, said.get("place")))
    as_named = all(folded(word or "") in folded(stated or "") for word, stated in words)
    return in_period and on_topic and as_named and given.status in (None, said.get("status"))


ENGAGEMENTS = Question(
    name="engagements",
    title="Which engagements did this party take part in, does this series consist of, or are there of this kind?",
    params=EngagementsParams,
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
