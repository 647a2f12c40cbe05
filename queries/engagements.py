"""Which meetings, dialogues and events a party took part in, or a series consists of."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from graph.domain.work import EngagementStatus
from graph.text import folded
from queries.answer import Caveat, Held, PartyRow, Subject
from queries.days import first_of, the_day
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, OfIds, conflicts, refs
from queries.reads import ENGAGEMENTS_ATTENDED_BY, ENGAGEMENTS_ORGANIZED_BY, PARTS_OF
from queries.wording import counted


class EngagementsAsked(Asked):
    """What `engagements` is asked with."""

    party: str = Field(
        description="A party, or a series of engagements.", examples=["OSCE Alliance Conference"]
    )
    topic: str | None = Field(default=None, description="Only engagements on this topic.", examples=["THB"])
    role: str | None = Field(
        default=None, description="Only in this role or capacity, such as host.", examples=["host"]
    )
    status: EngagementStatus | None = Field(
        default=None, description="Only engagements that stand so.", examples=["held"]
    )
    since: str | None = Field(
        default=None, description="First day of the period, possibly partial.", examples=["2020"]
    )
    until: str | None = Field(
        default=None, description="Last day of the period, possibly partial.", examples=["2025"]
    )


class EngagementRow(PartyRow):
    """One engagement, and what the party did in it; for a series the party is the series."""

    engagement: str = Field(description="Id of the engagement.")
    engagement_name: str = Field(description="Name of the engagement.")
    engagement_kind: str | None = Field(
        default=None, description="What sort: conference, session, bilat, dialogue."
    )
    status: EngagementStatus | None = Field(default=None, description="Planned to held.")
    start: str | None = Field(default=None, description="First day, possibly partial.")
    end: str | None = Field(default=None, description="Last day, possibly partial.")
    place: str | None = Field(default=None, description="Where.")
    series: str | None = Field(default=None, description="Name of its series.")
    part: str = Field(description="Part of the party: organized, took part, registered, or in the series.")
    role: str | None = Field(default=None, description="Role or capacity.")
    on_behalf_of: str | None = Field(default=None, description="Id of the delegation.")
    outcome: str | None = Field(default=None, description="Outcome or its document.")


def engagements(posed: Posed[EngagementsAsked]) -> Found:
    """List engagements, latest first, undated ones last; where the party is known not to have come, none.

    ``held`` is *yes* where a source says that the party took part, *unknown* where it only registered or the
    engagement had not happened by the day.
    """
    party = posed.one("party")
    ids = OfIds(ids=(party.id,))
    if party.cls == "Engagement":
        found = [
            (tie, "in the series", None)
            for tie in posed.asking.read(PARTS_OF, ids)
            if tie.cls == "Engagement"
        ]
    else:
        found = [
            (tie, "organized", tie.tie.get("role"))
            for tie in posed.asking.read(ENGAGEMENTS_ORGANIZED_BY, ids)
        ]
        attended = posed.asking.read(ENGAGEMENTS_ATTENDED_BY, ids)
        found += [
            (tie, _part(tie), tie.tie.get("capacity"))
            for tie in attended
            if tie.tie.get("attended") is not False
        ]
    asked = [each for each in found if _asked(posed, each[0], each[2])]
    asked.sort(key=lambda each: (folded(each[0].name), each[0].id, each[0].key))
    asked.sort(key=lambda each: each[0].values.get("period_start") or "", reverse=True)
    drafts = tuple(_draft(tie, part, role, party, posed.day) for tie, part, role in asked)
    return Found(
        sentence=_sentence(party, [tie for tie, _, _ in asked], posed.day),
        drafts=drafts,
        caveats=_undated(asked),
    )


def _part(tie: FullTie) -> str:
    return "registered" if tie.tie.get("registered") and tie.tie.get("attended") is None else "took part"


def _asked(posed: Posed[EngagementsAsked], tie: FullTie, role: str | None) -> bool:
    given, said = posed.given, tie.values
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    in_period = (said.get("end_max") or LAST_DAY) >= since and (said.get("start_min") or FIRST_DAY) <= until
    on_topic = posed.topic is None or posed.topic in (said.get("topics") or ())
    in_role = given.role is None or folded(given.role) in folded(role or "")
    return in_period and on_topic and in_role and given.status in (None, said.get("status"))


def _draft(tie: FullTie, part: str, role: str | None, party: Subject, day: str) -> Draft:
    said = tie.values
    row = EngagementRow(
        held=_held(tie, part, day),
        conflicts=conflicts(said, tie.tie),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        engagement=tie.id,
        engagement_name=tie.name,
        part=part,
        role=role,
        start=said.get("period_start"),
        end=said.get("period_end"),
        on_behalf_of=tie.tie.get("on_behalf_of"),
        **{name: said.get(name) for name in ("engagement_kind", "status", "place", "series", "outcome")},
    )
    return Draft(row, refs(said, tie.tie))


def _held(tie: FullTie, part: str, day: str) -> Held:
    status = tie.values.get("status")
    happened = status == "held" and not _is_coming(tie, day)
    return "yes" if happened and part != "registered" else "unknown"


def _is_coming(tie: FullTie, day: str) -> bool:
    return bool((tie.values.get("start_min") or FIRST_DAY) > day)


def _sentence(party: Subject, ties: Sequence[FullTie], day: str) -> str:
    coming = sum(_is_coming(tie, day) for tie in ties)
    planned = sum(
        tie.values.get("status") in ("planned", "confirmed", "postponed") and not _is_coming(tie, day)
        for tie in ties
    )
    sentence = f"{party.name} has {counted(len(ties), 'engagement')} here"
    if past := [tie for tie in ties if not _is_coming(tie, day) and tie.values.get("period_start")]:
        sentence += f", the latest {past[0].name} ({past[0].values['period_start']})"
    sentence += f"; {coming} still to come" if coming else ""
    return sentence + (f"; {planned} known only as planned" if planned else "")


def _undated(asked: Sequence[tuple[FullTie, str, Any]]) -> tuple[Caveat, ...]:
    undated = sum(not tie.values.get("period_start") for tie, _, _ in asked)
    if not undated:
        return ()
    return (
        Caveat(
            kind="unknown",
            text=f"{counted(undated, 'engagement')} without a day; listed last, whatever the period.",
        ),
    )


ENGAGEMENTS = Question(
    name="engagements",
    title="Which engagements did this party take part in, or does this series consist of?",
    params=EngagementsAsked,
    row=EngagementRow,
    function=engagements,
    names={"party": ("Party", "Engagement")},
    example={"party": "OSCE", "since": "2020"},
)
