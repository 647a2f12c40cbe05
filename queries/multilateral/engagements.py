"""Which meetings, dialogues and events a party took part in, or a series consists of."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from graph.domain.work import EngagementStatus
from graph.text import folded
from queries.answer import Caveat, Held, PartyRow, Subject
from queries.days import first_of, the_day
from queries.multilateral.engagement_reach import PartTaken, Taken, taken_by
from queries.named import printed_names
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, conflicts, refs
from queries.wording import counted


class EngagementsAsked(Asked):
    """What `engagements` is asked with."""

    party: str = Field(description="A party, or a series of engagements.", examples=["Bali Process Ministerial"])
    topic: str | None = Field(default=None, description="Only engagements on this topic.", examples=["THB"])
    role: str | None = Field(
        default=None, description="Only in this role or capacity, such as host.", examples=["host"]
    )
    status: EngagementStatus | None = Field(
        default=None, description="Only engagements that stand so.", examples=["held"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2020"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2025"])


class EngagementRow(PartyRow):
    """One engagement, and what the party did in it; for a series the party is the series."""

    engagement: str = Field(description="Id of the engagement.")
    engagement_name: str = Field(description="Name of the engagement.")
    engagement_kind: str | None = Field(default=None, description="What sort: conference, session, bilat, dialogue.")
    status: EngagementStatus | None = Field(default=None, description="Planned to held.")
    start: str | None = Field(default=None, description="First day, possibly partial.")
    end: str | None = Field(default=None, description="Last day, possibly partial.")
    place: str | None = Field(default=None, description="Where.")
    series: str | None = Field(default=None, description="Name of its series, or of the engagement it is a part of.")
    part: PartTaken = Field(
        description="What it did: organized, took part, registered; or it belongs to its series, or to this series."
    )
    role: str | None = Field(default=None, description="Role or capacity.")
    organ: str | None = Field(
        default=None, description="Id of the organ of the party that did so; null if it did itself."
    )
    organ_name: str | None = Field(default=None, description="Name of that organ.")
    on_behalf_of: str | None = Field(default=None, description="Id of the delegation.")
    on_behalf_of_name: str | None = Field(default=None, description="Name of the delegation.")
    outcome: str | None = Field(default=None, description="Outcome or its document.")


def engagements(posed: Posed[EngagementsAsked]) -> Found:
    """List engagements, latest first, undated ones last; where the party is known not to have come, none.

    A body's engagements are also those of its organs and of the series that it or they organize. ``held`` is *yes*
    where a source says that it took place with the party, *unknown* where the party only registered or the
    engagement had not happened by the day.
    """
    party = posed.one("party")
    asked = [each for each in taken_by(posed.asking, party, day=posed.day) if _asked(posed, each)]
    asked.sort(key=lambda each: (folded(each.tie.name), each.tie.id, each.tie.key))
    asked.sort(key=lambda each: each.tie.values.get("period_start") or "", reverse=True)
    delegations = (each.tie.tie.get("on_behalf_of") for each in asked)
    names = printed_names(posed.asking, [written for written in delegations if written])
    drafts = tuple(_draft(each, party, names, day=posed.day) for each in asked)
    ties = list({each.tie.id: each.tie for each in asked}.values())
    return Found(sentence=_sentence(party, ties, posed.day), drafts=drafts, caveats=_undated(ties))


def _asked(posed: Posed[EngagementsAsked], each: Taken) -> bool:
    given, said = posed.given, each.tie.values
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    in_period = (said.get("end_max") or LAST_DAY) >= since and (said.get("start_min") or FIRST_DAY) <= until
    on_topic = posed.topic is None or posed.topic in (said.get("topics") or ())
    in_role = given.role is None or folded(given.role) in folded(each.role or "")
    return in_period and on_topic and in_role and given.status in (None, said.get("status"))


def _draft(each: Taken, party: Subject, names: Mapping[str, str], *, day: str) -> Draft:
    tie, said = each.tie, each.tie.values
    organ = each.by if each.by.id != party.id else None
    delegation = tie.tie.get("on_behalf_of")
    row = EngagementRow(
        held=_held(each, day),
        conflicts=conflicts(said, tie.tie),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        engagement=tie.id,
        engagement_name=tie.name,
        part=each.part,
        role=each.role,
        organ=organ.id if organ else None,
        organ_name=organ.name if organ else None,
        start=said.get("period_start"),
        end=said.get("period_end"),
        series=said.get("series") or each.whole or None,
        on_behalf_of=delegation,
        on_behalf_of_name=names.get(delegation or ""),
        **{name: said.get(name) for name in ("engagement_kind", "status", "place", "outcome")},
    )
    return Draft(row, refs(said, tie.tie))


def _held(each: Taken, day: str) -> Held:
    happened = each.tie.values.get("status") == "held" and not _is_coming(each.tie, day)
    return "yes" if happened and each.part != "registered" else "unknown"


def _is_coming(tie: FullTie, day: str) -> bool:
    return bool((tie.values.get("start_min") or FIRST_DAY) > day)


def _sentence(party: Subject, ties: Sequence[FullTie], day: str) -> str:
    if not ties:
        return f"no engagement of {party.name} is recorded for what was asked"
    coming = [tie for tie in ties if _is_coming(tie, day)]
    planned = sum(tie.values.get("status") in _ONLY_PLANNED and tie not in coming for tie in ties)
    sentence = f"{counted(len(ties), 'engagement')} of {party.name} {'is' if len(ties) == 1 else 'are'} recorded"
    past = [tie for tie in ties if tie not in coming and tie.values.get("period_start")]
    if latest := [tie for tie in past if tie.values.get("status") == "held"][:1]:
        sentence += f", the latest that took place {latest[0].name} ({latest[0].values['period_start']})"
    sentence += f"; {len(coming)} still to come" if coming else ""
    return sentence + (f"; {planned} known only as planned, though the day has passed" if planned else "")


_ONLY_PLANNED = ("planned", "confirmed", "postponed")


def _undated(ties: Sequence[FullTie]) -> tuple[Caveat, ...]:
    undated = sum(not tie.values.get("period_start") for tie in ties)
    if not undated:
        return ()
    text = f"No day is held for {counted(undated, 'engagement')}; listed last, whatever the period."
    return (Caveat(kind="unknown", text=text),)


ENGAGEMENTS = Question(
    name="engagements",
    title="Which engagements did this party take part in, or does this series consist of?",
    params=EngagementsAsked,
    row=EngagementRow,
    function=engagements,
    names={"party": ("Party", "Engagement")},
    example={"party": "OSCE", "since": "2020"},
    columns=("start", "engagement_name", "place", "status", "part", "role", "evidence"),
)
