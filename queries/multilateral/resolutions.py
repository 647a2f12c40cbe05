"""Which resolutions there are of a body, on a topic, of a sponsor, and what a party did for or against them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from graph.domain.edges import BODIES
from graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.compiled import Everything
from queries.core.days import first_of, passed, the_day
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, VOTED_BY
from queries.core.session import Session
from queries.core.wording import counted, listed
from queries.multilateral.adopted import adoption, is_whole
from queries.multilateral.reads import (
    RESOLUTIONS_HELD,
    RESOLUTIONS_KNOWN,
    RESOLUTIONS_OF,
    SPONSOR_COUNTS,
    SPONSORED_BY,
)
from queries.multilateral.resolution import ROLES, voted

# Where nothing is found, what was looked at is noted, as far as anybody reads notes.
_LOOKED_AT = 100


class ResolutionsParams(Params):
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


def resolutions(request: Request[ResolutionsParams]) -> Result:
    """List resolutions adopted by a day, latest first, those without a day last."""
    party, body = request.maybe("party"), request.maybe("other")
    texts = _asked(request, _held(request.session, party, body))
    if party:
        done = _done_by(request.session, party)
        parts = {text.id: done.get(text.id, []) for text in texts}
        role = request.params.role
        parts = {
            key: edges
            for key, edges in parts.items()
            if role in (None, *(edge.properties.get("role") for edge in edges))
        }
    else:
        parts = {text.id: [] for text in texts}
    own = {text.id for text in texts if party and text.values.get("body") == party.id and request.params.role is None}
    shown = [text for text in texts if not party or parts.get(text.id) or text.id in own]
    if party and not body:
        shown = request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(text.id for text in shown)))
    sponsors = _sponsors(request.session, texts, shown)
    shown.sort(key=lambda text: (folded(text.name), text.id))
    shown.sort(key=lambda text: text.values.get("adopted_on") or "", reverse=True)
    names = printed_names(request.session, {text.values["body"] for text in shown if text.values.get("body")})
    sourced_rows = [
        _draft(text, sponsors.get(text.id, 0), parts.get(text.id, []), names, day=request.day) for text in shown
    ]
    whole = sum(is_whole(text.values, sponsors.get(text.id, 0)) for text in texts)
    return Result(
        sentence=_sentence(party, shown, parts, len(own)),
        rows=tuple(sourced_rows),
        caveats=() if own and not any(parts.values()) else _partial(whole, len(texts), party),
        refs=refs(*(text.values for text in texts))[:_LOOKED_AT] if not shown else (),
    )


def _held(session: Session, party: Subject | None, body: Subject | None) -> list[Entity]:
    """Return what may be asked for; where a party decides what is shown, not the whole of it."""
    if body:
        return session.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
    return session.read(RESOLUTIONS_KNOWN if party else RESOLUTIONS_HELD, Everything())


def _sponsors(session: Session, texts: Sequence[Entity], shown: Sequence[Entity]) -> dict[str, int]:
    """Return how many sponsors are held of what is shown, and of every text that states their number."""
    counted_ = {text.id for text in shown} | {text.id for text in texts if text.values.get("sponsor_count")}
    return {row.id: row.count for row in session.read(SPONSOR_COUNTS, OfIds(ids=tuple(sorted(counted_))))}


def _asked(request: Request[ResolutionsParams], texts: Sequence[Entity]) -> list[Entity]:
    given = request.params
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    return [
        text
        for text in texts
        if _in_period(text.values.get("adopted_on"), since, until, request.day)
        and (request.topic is None or request.topic in (text.values.get("topics") or ()))
    ]


def _in_period(day: str | None, since: str, until: str, known_on: str) -> bool:
    if passed(day, on=known_on) == "no":
        return False
    return not day or (last_day(day) >= since and first_day(day) <= until)


def _done_by(session: Session, party: Subject) -> dict[str, list[EdgeRow]]:
    """Return what a party did for or against texts, by the text: its sponsorship first, then its vote."""
    of = OfIds(ids=(party.id,))
    done: dict[str, list[EdgeRow]] = {}
    for edge in (*session.read(SPONSORED_BY, of), *session.read(VOTED_BY, of)):
        done.setdefault(edge.id, []).append(edge)
    return done


def _draft(text: Entity, sponsors: int, part: Sequence[EdgeRow], names: Mapping[str, str], *, day: str) -> SourcedRow:
    said = text.values
    row = ResolutionRow(
        held="yes" if passed(said.get("adopted_on"), on=day) == "yes" else "unknown",
        conflicts=conflicts(said, *(edge.properties for edge in part)),
        resolution=text.id,
        resolution_name=text.name,
        body_name=names.get(said.get("body") or ""),
        adoption=adoption(said),
        sponsors_held=sponsors,
        part=" and ".join(map(_did, part)) or None,
        **{name: said.get(name) for name in _AS_SAID},
    )
    return SourcedRow(row, refs(said, *(edge.properties for edge in part)))


_AS_SAID = ("symbol", "body", "adopted_on", "yes_count", "no_count", "abstain_count", "sponsor_count", "follows")


def _did(edge: EdgeRow) -> str:
    return voted(edge.properties.get("vote")) if "vote" in edge.properties else ROLES[edge.properties.get("role")]


def _sentence(
    party: Subject | None, shown: Sequence[Entity], parts: Mapping[str, Sequence[EdgeRow]], adopted: int
) -> str:
    number = f"{counted(len(shown), 'resolution')} {'is' if len(shown) == 1 else 'are'} held for what was asked"
    if party and shown:
        edges = [edge for text in shown for edge in parts.get(text.id, ())]
        votes = sum("vote" in edge.properties for edge in edges)
        done = [f"sponsored {len(edges) - votes} and voted on {votes}"] if edges else []
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
    params=ResolutionsParams,
    row=ResolutionRow,
    function=resolutions,
    names={"party": ("Party",), "other": BODIES},
    example={"other": "Human Rights Council"},
    columns=("adopted_on", "symbol", "resolution_name", "adoption", "sponsors_held", "part", "confidence", "evidence"),
    maturity="trial",
)
