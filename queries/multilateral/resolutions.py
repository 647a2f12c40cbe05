"""Which resolutions there are of a body, on a topic, of a sponsor, and what a party did for or against them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from iga.graph.domain.edges import BODIES
from iga.graph.domain.records import Resolution
from iga.graph.text import folded
from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import AnswerRow, PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, caveat, clause, worded
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import passed
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, conflicts, entity_at, grouped, refs
from iga.queries.core.reads import ENGAGEMENTS_ORGANIZED_BY, ENTITIES_BY_ID, ORGANIZERS_OF, VOTED_BY
from iga.queries.core.rows import Rows, is_asked
from iga.queries.core.session import Session
from iga.queries.core.wording import outcome
from iga.queries.multilateral.reads import (
    RESOLUTIONS_HELD,
    RESOLUTIONS_KNOWN,
    RESOLUTIONS_OF,
    SPONSORED_BY,
    SPONSORS_OF,
)

VOTE_COUNTS = ("yes_count", "no_count", "abstain_count")
WITHOUT_VOTE = ("consensus", "presidential statement")
"""Ways of adoption in which nobody votes."""


def adoption(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return how and when a resolution was adopted, as clauses and rows tell it."""
    return {name: text.get(name) for name in ("adopted_on", "adopted_by", *VOTE_COUNTS)}


def sponsorship(text: Mapping[str, Any], on_record: int, off_list: Absence) -> dict[str, Any]:
    """Return how the sponsors on record compare with the number stated, as clauses and rows tell it."""
    return {"sponsors": on_record, "stated": text.get("sponsor_count"), "is_whole": off_list.is_no}


def sponsor_absence(session: Session, text: Entity, sponsors: Sequence[EdgeRow], *, day: str) -> Absence:
    """Return what it is worth that somebody is not on the list of a text's sponsors."""
    stated = str(text.values.get("sponsor_count") or "")
    counts = (len(sponsors), int(stated)) if re.fullmatch(r"\d+", stated) else None
    known = absence(session, text.id, *(edge.properties for edge in sponsors), day=day, counts=counts)
    # That all who are counted are listed is said, and is no list that its card calls whole.
    return replace(known, known=counts[0], counted=counts[1]) if known.why == "unchecked" and counts else known


def record(off_list: Absence, party: Subject, sponsors: Sequence[EdgeRow], votes: Sequence[EdgeRow]) -> dict[str, Any]:
    """Return what a party is known to have done for or against a text, as clauses and rows tell it."""
    return {
        "party": party.name,
        "roles": [edge.properties.get("role") for edge in sponsors if edge.id == party.id],
        "votes": [edge.properties.get("vote") for edge in votes if edge.id == party.id],
        "is_no": off_list.is_no,
    }


def in_words(macro: str, **values: Any) -> str:
    """Return a field of a row in words: ``adoption``, ``record``, ``deeds``, ``vote``, ``role`` of the values above."""
    return worded(__package__, "texts", macro, values)


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
    done_ever = _deeds(session, party) if party else {}
    in_role = {
        id_: [it for it in edges if role in (None, it.properties.get("role"))] for id_, edges in done_ever.items()
    }
    deeds = {id_: edges for id_, edges in in_role.items() if edges}
    own = {text.id for text in texts if party and role is None and text.values.get("body") == party.id}
    shown = [text for text in texts if not party or text.id in deeds or text.id in own]
    if party and not body:
        shown = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(text.id for text in shown)))
    shown.sort(key=lambda text: (folded(text.name), text.id))
    shown.sort(key=lambda text: text.values.get("adopted_on") or "", reverse=True)
    # Of every text, whether or not it is shown, the list may be whole.
    wanted = {text.id: text for text in (*texts, *shown)}
    sponsors = grouped(session.read(SPONSORS_OF, OfIds(ids=tuple(sorted(wanted)))))
    names = printed_names(session, {text.values["body"] for text in shown if text.values.get("body")})
    done = [edge for text in shown for edge in deeds.get(text.id, ())]
    votes = sum("vote" in edge.properties for edge in done)
    outcomes = Counter(outcome(text.values.get("adopted_by")) for text in texts if text.id in own)
    deeds_by_sort = {"sponsored": len(done) - votes, "voted": votes, **outcomes}
    latest = next((text for text in shown if text.values.get("adopted_on")), None)
    told = {"title": latest.name, **adoption(latest.values)} if latest else None
    name = party and party.name
    whole = sum(sponsor_absence(session, text, sponsors.get(text.id, ()), day=request.day).is_no for text in texts)
    lacking = caveat("partial", "lists-lacking", party=name, whole=whole, texts=len(texts))
    return Result(
        clauses=(
            clause(
                "headline",
                party=name,
                number=len(shown),
                latest=told,
                role=role,
                other=_other(done_ever, is_sponsor=role is not None) if not shown else None,
            ),
            clause("deeds", party=name, **deeds_by_sort),
        ),
        rows=tuple(
            _row(text, len(sponsors.get(text.id, ())), done_ever.get(text.id, ()), names, day=request.day)
            for text in shown
        ),
        caveats=() if (own and not done) or whole == len(texts) else (lacking,),
        refs=refs(*(text.values for text in texts))[:_LOOKED_AT] if not shown else (),
    )


def _other(done: Mapping[str, Sequence[FullEdgeRow]], *, is_sponsor: bool) -> dict[str, Any] | None:
    """Return the latest text that a party did something for or against, whatever else was asked; None for none.

    With it comes the number of those for which it did the same; to sponsor goes before a vote where `is_sponsor`.
    """
    edges = [edge for edges in done.values() for edge in edges[:1]]
    edges = [edge for edge in edges if is_sponsor and "vote" not in edge.properties] or edges
    last = max(edges, key=lambda edge: (edge.values.get("adopted_on") or "", edge.id), default=None)
    if last is None:
        return None
    deed = {name: last.properties.get(name) for name in ("role", "vote")}
    same = [it for it in edges if all(it.properties.get(name) == value for name, value in deed.items())]
    return {"title": last.name, **deed, "number": len(same)}


def _texts(session: Session, party: Subject | None, body: Subject | None) -> list[Entity]:
    """Return what may be asked for; where a party decides what is shown, not the whole of it."""
    if body:
        return session.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
    return session.read(RESOLUTIONS_KNOWN if party else RESOLUTIONS_HELD, Everything())


def _deeds(session: Session, party: Subject) -> dict[str, list[FullEdgeRow]]:
    """Return what a party did for or against texts, by the text: its sponsorship first, then its vote."""
    deeds: dict[str, list[FullEdgeRow]] = defaultdict(list)
    for query in (SPONSORED_BY, VOTED_BY):
        for edge in session.read(query, OfIds(ids=(party.id,))):
            deeds[edge.id].append(edge)
    return deeds


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


class CoSponsorsParams(Params):
    """What `co-sponsors` is asked with."""

    party: str = needed("The party whose companions are asked for.", "United States")
    other: str | None = option("Only this companion.", "Philippines")
    topic: str | None = option("Only texts and events on this topic.", "THB")
    since: str | None = option("First day of the period, possibly partial.", "2015")
    until: str | None = option("Last day of the period, possibly partial.", "2025")


class CoSponsorRow(PartyRow):
    """One party, and what it sponsored or hosted together with the party asked about."""

    together_count: int = needed("Number of texts and events together.")
    text_count: int = needed("Number of texts that both sponsored.")
    event_count: int = needed("Number of events that both sponsored or hosted.")
    main_count: int = needed("Number of these texts of which it was a main sponsor.")
    kinds: tuple[str, ...] = needed("What sorts of things they were, with their numbers: side event (2).")
    years: tuple[int, ...] = needed("Years of the texts and events, rising; undated ones are in none.")
    first_on: str | None = column("Day of the first, possibly partial.")
    last_on: str | None = column("Day of the last, possibly partial.")
    together: tuple[str, ...] = needed("Names of the texts and events, latest first.")


Shared = tuple[FullEdgeRow, EdgeRow]
"""What the party asked about did for a text or event, and what the other did."""


def co_sponsors(request: Request[CoSponsorsParams]) -> Result[CoSponsorRow]:
    """List who sponsored texts or hosted events together with a party, most often first, then by name."""
    party, other = request.one("party"), request.maybe("other")
    things = _things(request, party)
    ids = OfIds(ids=tuple(sorted(things)))
    companions = [*request.session.read(SPONSORS_OF, ids), *request.session.read(ORGANIZERS_OF, ids)]
    shared: dict[str, dict[str, Shared]] = defaultdict(dict)
    for edge in companions:
        if edge.id != party.id and (other is None or edge.id == other.id):
            shared[edge.id].setdefault(edge.subject, (things[edge.subject], edge))
    every = (_sponsored_row(list(by_thing.values())) for by_thing in shared.values())
    rows = Rows.of(every, lambda row: (-row.together_count, folded(row.name), row.id))
    texts = [edge for edge in things.values() if _is_text(edge)]
    sponsors = grouped(companions)
    whole = sum(
        sponsor_absence(request.session, entity_at(edge), sponsors[edge.id], day=request.day).is_no for edge in texts
    )
    on_record: dict[str, Any] = {"party": party.name, "texts": len(texts)}
    return Result.of(
        (*_companions(party, other, rows), clause("known", **on_record, events=len(things) - len(texts))),
        rows,
        [caveat("partial", "lists-lacking", clause="known", **on_record, whole=whole)],
        refs=() if rows else refs(*(edge.properties for edge in things.values())),
    )


def _things(request: Request[CoSponsorsParams], party: Subject) -> dict[str, FullEdgeRow]:
    """Return the texts and events of the party that had come about by the day, by id.

    A series is told by its meetings; who holds the series together hosts none of them by that.
    """
    of = OfIds(ids=(party.id,))
    edges = [*request.session.read(SPONSORED_BY, of), *request.session.read(ENGAGEMENTS_ORGANIZED_BY, of)]
    asked = (edge for edge in edges if is_asked(request, edge.values, "adopted_on", "period_start", has_come=True))
    return {edge.id: edge for edge in asked if edge.values.get("engagement_kind") != "series"}


def _is_text(edge: FullEdgeRow) -> bool:
    return edge.cls == "Resolution"


def _day(edge: FullEdgeRow) -> str:
    return edge.values.get("adopted_on") or edge.values.get("period_start") or ""


def _sponsored_row(shared: list[Shared]) -> SourcedRow[CoSponsorRow]:
    shared.sort(key=lambda pair: (folded(pair[0].name), pair[0].id))
    shared.sort(key=lambda pair: _day(pair[0]), reverse=True)
    texts = [theirs for ours, theirs in shared if _is_text(ours)]
    sorts = Counter("text" if _is_text(ours) else ours.values.get("engagement_kind") or "event" for ours, _ in shared)
    days = [day for ours, _ in shared if (day := _day(ours))]
    deeds = [side.properties for pair in shared for side in pair]
    return sourced(
        CoSponsorRow,
        *deeds,
        made_of=deeds,
        about=shared[0][1].other,
        conflicts=conflicts(*(theirs.properties for _, theirs in shared)),
        together_count=len(shared),
        text_count=len(texts),
        event_count=len(shared) - len(texts),
        main_count=sum(theirs.properties.get("role") == "main" for theirs in texts),
        kinds=tuple(f"{sort} ({count})" for sort, count in sorted(sorts.items(), key=lambda pair: (-pair[1], pair[0]))),
        years=tuple(sorted({int(day[:4]) for day in days})),
        first_on=days[-1] if days else None,
        last_on=days[0] if days else None,
        together=tuple(ours.name for ours, _ in shared),
    )


def _companions(party: Subject, other: Subject | None, rows: Rows[CoSponsorRow]) -> Iterator[SourcedClause]:
    if not rows:
        yield clause("nobody", party=party.name, other=other and other.name)
        return
    [first] = rows.first()
    most = rows.where(together_count=first.together_count)
    values = {"party": party.name, "most": [row.name for row in most], "times": first.together_count}
    if other:
        yield rows.first().clause("together", **values, years=list(first.years), kinds=list(first.kinds))
    else:
        yield most.clause("headline", **values, number=len(rows))


CO_SPONSORS = Question.of(
    co_sponsors,
    title="Who sponsored texts or hosted events together with this party before?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "United States"},
    columns=("name", "together_count", "kinds", "years", "main_count", "last_on", "confidence", "evidence"),
    yes_or_no=("party", "other"),
    maturity="trial",
)
