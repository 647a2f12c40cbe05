"""Which resolutions there are of a body, on a topic, of a sponsor, and what a party did for or against them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from iga.graph.domain.edges import BODIES
from iga.graph.domain.records import Resolution
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.asked import is_asked
from iga.queries.core.clauses import caveat, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import passed
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID, VOTED_BY
from iga.queries.core.session import Session
from iga.queries.multilateral.adopted import adoption, in_words, is_whole
from iga.queries.multilateral.reads import (
    RESOLUTIONS_HELD,
    RESOLUTIONS_KNOWN,
    RESOLUTIONS_OF,
    SPONSOR_COUNTS,
    SPONSORED_BY,
)

# Where nothing is found, what was looked at is noted, as far as anybody reads notes.
_LOOKED_AT = 100


class ResolutionsParams(Params):
    """What `resolutions` is asked with."""

    party: str | None = option("Only those that this party sponsored or voted on.", "United States")
    other: str | None = option("Only those of this body.", "Human Rights Council")
    topic: str | None = option("Only those on this topic.", "THB")
    role: Literal["main", "co", "added later"] | None = option("Only those that it sponsored in this role.", "co")
    since: str | None = option("First day of adoption, possibly partial.", "2015")
    until: str | None = option("Last day of adoption, possibly partial.", "2025")


class ResolutionRow(AnswerRow):
    """One resolution, and what the party did for or against it."""

    resolution: str = needed("Id of the resolution.")
    resolution_name: str = needed("Title of the resolution.")
    symbol: str | None = of(Resolution, "symbol")
    body: str | None = of(Resolution, "body")
    body_name: str | None = column("Name of that body.")
    adopted_on: str | None = of(Resolution, "adopted_on")
    adopted_by: str | None = of(Resolution, "adopted_by")
    adoption: str = needed("How it was adopted, in words; consensus is no vote.")
    yes_count: int | None = of(Resolution, "yes_count")
    no_count: int | None = of(Resolution, "no_count")
    abstain_count: int | None = of(Resolution, "abstain_count")
    sponsor_count: str | None = of(Resolution, "sponsor_count")
    sponsors_held: int = needed("Number of sponsors whose names are on record.")
    part: str | None = column("What the party did: its role as a sponsor, its vote.")
    follows: str | None = of(Resolution, "follows")


def resolutions(request: Request[ResolutionsParams]) -> Result[ResolutionRow]:
    """List resolutions adopted by a day, latest first, those without a day last."""
    party, body, role, session = request.maybe("party"), request.maybe("other"), request.params.role, request.session
    texts = [
        text for text in _texts(session, party, body) if is_asked(request, text.values, "adopted_on", has_come=True)
    ]
    deeds = _deeds(session, party, role) if party else {}
    own = {text.id for text in texts if party and role is None and text.values.get("body") == party.id}
    shown = [text for text in texts if not party or text.id in deeds or text.id in own]
    if party and not body:
        shown = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(text.id for text in shown)))
    shown.sort(key=lambda text: (folded(text.name), text.id))
    shown.sort(key=lambda text: text.values.get("adopted_on") or "", reverse=True)
    # Of every text that states the number of its sponsors, whether or not it is shown, the list may be whole.
    wanted = {text.id for text in shown} | {text.id for text in texts if text.values.get("sponsor_count")}
    counts = session.read(SPONSOR_COUNTS, OfIds(ids=tuple(sorted(wanted))))
    sponsors = {count.id: count.count for count in counts}
    names = printed_names(session, {text.values["body"] for text in shown if text.values.get("body")})
    done = [edge for text in shown for edge in deeds.get(text.id, ())]
    votes = sum("vote" in edge.properties for edge in done)
    deeds_by_sort = {"sponsored": len(done) - votes, "voted": votes, "adopted": len(own)}
    latest = next((text for text in shown if text.values.get("adopted_on")), None)
    told = {"title": latest.name, **adoption(latest.values)} if latest else None
    name = party and party.name
    whole = sum(is_whole(text.values, sponsors.get(text.id, 0)) for text in texts)
    lacking = caveat("partial", "lists-lacking", party=name, whole=whole, texts=len(texts))
    return Result(
        clauses=(
            clause(
                "headline",
                party=name,
                number=len(shown),
                latest=told,
                other=_other(party, deeds) if not shown else None,
            ),
            clause("deeds", party=name, **deeds_by_sort),
        ),
        rows=tuple(
            _row(text, sponsors.get(text.id, 0), deeds.get(text.id, ()), names, day=request.day) for text in shown
        ),
        caveats=() if (own and not done) or whole == len(texts) else (lacking,),
        refs=refs(*(text.values for text in texts))[:_LOOKED_AT] if not shown else (),
    )


def _other(party: Subject | None, deeds: Mapping[str, Sequence[FullEdgeRow]]) -> dict[str, Any] | None:
    """Return the latest text that a party did something for or against, whatever else was asked; None for none."""
    edges = [edge for of in deeds.values() for edge in of[:1]]
    last = max(edges, key=lambda edge: (edge.values.get("adopted_on") or "", edge.id), default=None)
    if party is None or last is None:
        return None
    return {"title": last.name, "role": last.properties.get("role"), "vote": last.properties.get("vote")}


def _texts(session: Session, party: Subject | None, body: Subject | None) -> list[Entity]:
    """Return what may be asked for; where a party decides what is shown, not the whole of it."""
    if body:
        return session.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
    return session.read(RESOLUTIONS_KNOWN if party else RESOLUTIONS_HELD, Everything())


def _deeds(session: Session, party: Subject, role: str | None) -> dict[str, list[FullEdgeRow]]:
    """Return what a party did for or against texts, by the text: its sponsorship first, then its vote."""
    deeds: dict[str, list[FullEdgeRow]] = defaultdict(list)
    for query in (SPONSORED_BY, VOTED_BY):
        for edge in session.read(query, OfIds(ids=(party.id,))):
            deeds[edge.id].append(edge)
    return {
        id_: edges for id_, edges in deeds.items() if role in (None, *(edge.properties.get("role") for edge in edges))
    }


def _row(
    text: Entity, sponsors: int, deeds: Sequence[EdgeRow], names: Mapping[str, str], *, day: str
) -> SourcedRow[ResolutionRow]:
    votes = [edge.properties.get("vote") for edge in deeds if "vote" in edge.properties]
    roles = [edge.properties.get("role") for edge in deeds if "vote" not in edge.properties]
    return sourced(
        ResolutionRow,
        text.values,
        *(edge.properties for edge in deeds),
        held=passed(text.values.get("adopted_on"), on=day),
        resolution=text,
        body_name=names.get(text.values.get("body") or ""),
        adoption=in_words("adoption", **adoption(text.values)),
        sponsors_held=sponsors,
        part=in_words("deeds", roles=roles, votes=votes) or None,
    )


RESOLUTIONS = Question.of(
    resolutions,
    title="Which resolutions are there of this body, on this topic or of this sponsor?",
    names={"party": ("Party",), "other": BODIES},
    example={"other": "Human Rights Council"},
    columns=("adopted_on", "symbol", "resolution_name", "adoption", "sponsors_held", "part", "confidence", "evidence"),
    maturity="trial",
)
