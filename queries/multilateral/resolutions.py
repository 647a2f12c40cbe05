"""Which resolutions there are of a body, on a topic, of a sponsor, and what a party did for or against them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from graph.domain.edges import BODIES
from graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from graph.text import folded
from queries.answer import AnswerRow, Caveat, Subject
from queries.asking import Asking
from queries.days import first_of, passed, the_day
from queries.multilateral.adopted import adoption, is_whole
from queries.multilateral.reads import (
    RESOLUTIONS_HELD,
    RESOLUTIONS_KNOWN,
    RESOLUTIONS_OF,
    SPONSOR_COUNTS,
    SPONSORED_BY,
)
from queries.multilateral.resolution import ROLES, voted
from queries.named import printed_names
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, OfIds, Tie, conflicts, refs
from queries.reads import ENTITIES_BY_ID, VOTED_BY, Everything
from queries.wording import counted, listed

# Where nothing is found, what was looked at is noted, as far as anybody reads notes.
_LOOKED_AT = 100


class ResolutionsAsked(Asked):
    """What `resolutions` is asked with."""

    party: str | None = Field(
        default=None, description="Only those that this party sponsored or voted on.", examples=["United States"]
    )
    other: str | None = Field(default=None, description="Only those of this body.", examples=["Human Rights Council"])
    topic: str | None = Field(default=None, description="Only those on this topic.", examples=["THB"])
    role: Literal["main", "co", "added later"] | None = Field(
        default=None, description="Only those that the party sponsored in this role.", examples=["co"]
    )
    since: str | None = Field(default=None, description="First day of adoption, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of adoption, possibly partial.", examples=["2025"])


class ResolutionRow(AnswerRow):
    """One resolution, and what the party did for or against it."""

    resolution: str = Field(description="Id of the resolution.")
    resolution_name: str = Field(description="Title of the resolution.")
    symbol: str | None = Field(default=None, description="Symbol; null where it was not seen.")
    body: str | None = Field(default=None, description="Id of the body that adopted it.")
    body_name: str | None = Field(default=None, description="Name of that body.")
    adopted_on: str | None = Field(default=None, description="Day of adoption, possibly partial; null is not held.")
    adoption: str = Field(description="How it was adopted, in words; consensus is no vote.")
    yes_count: int | None = Field(default=None, description="Votes in favour, if it was voted.")
    no_count: int | None = Field(default=None, description="Votes against, if it was voted.")
    abstain_count: int | None = Field(default=None, description="Abstentions, if it was voted.")
    sponsor_count: str | None = Field(default=None, description="Number of sponsors as stated.")
    sponsors_held: int = Field(description="Number of sponsors whose names are held.")
    part: str | None = Field(default=None, description="What the party did: its role as a sponsor, its vote.")
    follows: str | None = Field(default=None, description="Symbol of the earlier text it continues.")


def resolutions(posed: Posed[ResolutionsAsked]) -> Found:
    """List resolutions adopted by a day, latest first, those without a day last."""
    party, body = posed.maybe("party"), posed.maybe("other")
    texts = _asked(posed, _held(posed.asking, party, body))
    if party:
        done = _done_by(posed.asking, party)
        parts = {text.id: done.get(text.id, []) for text in texts}
        role = posed.given.role
        parts = {key: ties for key, ties in parts.items() if role in (None, *(tie.tie.get("role") for tie in ties))}
    else:
        parts = {text.id: [] for text in texts}
    own = {text.id for text in texts if party and text.values.get("body") == party.id and posed.given.role is None}
    shown = [text for text in texts if not party or parts.get(text.id) or text.id in own]
    if party and not body:
        shown = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(text.id for text in shown)))
    sponsors = _sponsors(posed.asking, texts, shown)
    shown.sort(key=lambda text: (folded(text.name), text.id))
    shown.sort(key=lambda text: text.values.get("adopted_on") or "", reverse=True)
    names = printed_names(posed.asking, {text.values["body"] for text in shown if text.values.get("body")})
    drafts = [_draft(text, sponsors.get(text.id, 0), parts.get(text.id, []), names, day=posed.day) for text in shown]
    whole = sum(is_whole(text.values, sponsors.get(text.id, 0)) for text in texts)
    return Found(
        sentence=_sentence(party, shown, parts, len(own)),
        drafts=tuple(drafts),
        caveats=() if own and not any(parts.values()) else _partial(whole, len(texts), party),
        refs=refs(*(text.values for text in texts))[:_LOOKED_AT] if not shown else (),
    )


def _held(asking: Asking, party: Subject | None, body: Subject | None) -> list[Entity]:
    """Return what may be asked for; where a party decides what is shown, not the whole of it."""
    if body:
        return asking.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
    return asking.read(RESOLUTIONS_KNOWN if party else RESOLUTIONS_HELD, Everything())


def _sponsors(asking: Asking, texts: Sequence[Entity], shown: Sequence[Entity]) -> dict[str, int]:
    """Return how many sponsors are held of what is shown, and of every text that states their number."""
    counted_ = {text.id for text in shown} | {text.id for text in texts if text.values.get("sponsor_count")}
    return {row.id: row.count for row in asking.read(SPONSOR_COUNTS, OfIds(ids=tuple(sorted(counted_))))}


def _asked(posed: Posed[ResolutionsAsked], texts: Sequence[Entity]) -> list[Entity]:
    given = posed.given
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    return [
        text
        for text in texts
        if _in_period(text.values.get("adopted_on"), since, until, posed.day)
        and (posed.topic is None or posed.topic in (text.values.get("topics") or ()))
    ]


def _in_period(day: str | None, since: str, until: str, known_on: str) -> bool:
    if passed(day, on=known_on) == "no":
        return False
    return not day or (last_day(day) >= since and first_day(day) <= until)


def _done_by(asking: Asking, party: Subject) -> dict[str, list[Tie]]:
    """Return what a party did for or against texts, by the text: its sponsorship first, then its vote."""
    of = OfIds(ids=(party.id,))
    done: dict[str, list[Tie]] = {}
    for tie in (*asking.read(SPONSORED_BY, of), *asking.read(VOTED_BY, of)):
        done.setdefault(tie.id, []).append(tie)
    return done


def _draft(text: Entity, sponsors: int, part: Sequence[Tie], names: Mapping[str, str], *, day: str) -> Draft:
    said = text.values
    row = ResolutionRow(
        held="yes" if passed(said.get("adopted_on"), on=day) == "yes" else "unknown",
        conflicts=conflicts(said, *(tie.tie for tie in part)),
        resolution=text.id,
        resolution_name=text.name,
        body_name=names.get(said.get("body") or ""),
        adoption=adoption(said),
        sponsors_held=sponsors,
        part=" and ".join(map(_did, part)) or None,
        **{name: said.get(name) for name in _AS_SAID},
    )
    return Draft(row, refs(said, *(tie.tie for tie in part)))


_AS_SAID = ("symbol", "body", "adopted_on", "yes_count", "no_count", "abstain_count", "sponsor_count", "follows")


def _did(tie: Tie) -> str:
    return voted(tie.tie.get("vote")) if "vote" in tie.tie else ROLES[tie.tie.get("role")]


def _sentence(party: Subject | None, shown: Sequence[Entity], parts: Mapping[str, Sequence[Tie]], adopted: int) -> str:
    number = f"{counted(len(shown), 'resolution')} {'is' if len(shown) == 1 else 'are'} held for what was asked"
    if party and shown:
        ties = [tie for text in shown for tie in parts.get(text.id, ())]
        votes = sum("vote" in tie.tie for tie in ties)
        done = [f"sponsored {len(ties) - votes} and voted on {votes}"] if ties else []
        done += [f"adopted {adopted}"] if adopted else []
        number += f": {party.name} is known to have {listed(done)}"
    dated = [text for text in shown if text.values.get("adopted_on")]
    return number + (f"; the latest is {dated[0].name}, {adoption(dated[0].values)}" if dated else "")


def _partial(whole: int, total: int, party: Subject | None) -> tuple[Caveat, ...]:
    if whole >= total:
        return ()
    text = f"Whole lists of sponsors are held for {whole} of {counted(total, 'resolution')} looked at"
    doubt = f"; {party.name} may have sponsored others" if party else ""
    return (Caveat(kind="partial", text=f"{text}{doubt}."),)


RESOLUTIONS = Question(
    name="resolutions",
    title="Which resolutions are there of this body, on this topic or of this sponsor?",
    params=ResolutionsAsked,
    row=ResolutionRow,
    function=resolutions,
    names={"party": ("Party",), "other": BODIES},
    example={"other": "Human Rights Council"},
    columns=("adopted_on", "symbol", "resolution_name", "adoption", "sponsors_held", "part", "confidence", "evidence"),
    maturity="trial",
)
