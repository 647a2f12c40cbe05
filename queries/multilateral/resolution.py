"""One resolution: how it was adopted, who sponsored it and its other editions, who voted how, what it mandates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.query import Query
from iga.queries.core.absence import Absence
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.days import passed, stretch
from iga.queries.core.home import home_government
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, conflicts, entity_at, refs
from iga.queries.core.reads import ENTITIES_BY_ID, PARTS_OF
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import (
    CLEARED_BY,
    MANDATED_BY,
    SPONSORED_BY,
    SPONSORS_OF,
    TEXTS_AFTER,
    TEXTS_BEFORE,
    VOTES_ON,
)
from iga.queries.multilateral.resolutions import (
    VOTE_COUNTS,
    WITHOUT_VOTE,
    adoption,
    in_words,
    record,
    sponsor_absence,
    sponsorship,
)

Aspect = Literal["text", "sponsor", "vote", "earlier text", "later text", "mandate", "amendment", "clearance"]
SponsorList = Literal["whole", "partial", "not held"]
_ROLES = ("main", "co", "added later")
_VOTES = ("yes", "no", "abstain", "not voting")


class ResolutionParams(Params):
    """What `resolution` is asked with."""

    resolution: str = needed("The resolution, by symbol or title.", "A/RES/74/176")
    party: str | None = option("Only the sponsorship and vote of this party; it is ours if left out.", "United States")


class ResolutionFact(AnswerRow):
    """One thing known of the resolution: the text itself, a sponsor, a vote, another edition, a mandate."""

    resolution: str = needed("Id of the resolution.")
    resolution_name: str = needed("Title of the resolution.")
    aspect: Aspect = needed("What the row is about.")
    other: str | None = column("Id of the party, text, post or body it is about.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    what: str = needed("How it was adopted, in what role, which vote, until when.")
    on: str | None = column("Day of it, possibly partial.")
    sponsors: tuple[str, ...] = column("Sponsors on record of this text or edition, main sponsors first.", ())
    sponsor_list: SponsorList | None = column(
        "Whether the list of sponsors of this text or edition is whole, partial or not on record."
    )
    record: str | None = column("What the party, or else the United States, did on this text or edition.")


@dataclass(frozen=True)
class _Edition:
    """One text of a series.

    Attributes:
        sponsors: Its sponsors, as far as on record, main sponsors first.
        votes: Votes on it, as far as on record.
        off_list: What it is worth not to be among its sponsors on record.
        edge: How it is tied to the text asked about; None for that text itself.
    """

    entity: Entity
    sponsors: list[EdgeRow]
    votes: list[EdgeRow]
    off_list: Absence
    edge: FullEdgeRow | None = None

    @classmethod
    def read(cls, request: Request[ResolutionParams], text: Entity, edge: FullEdgeRow | None = None) -> "_Edition":
        session, of = request.session, OfIds(ids=(text.id,))
        sponsors, votes = session.read(SPONSORS_OF, of), session.read(VOTES_ON, of)
        off_list = sponsor_absence(session, text, sponsors, day=request.day)
        return cls(text, _in_order(_ROLES, "role", sponsors), _in_order(_VOTES, "vote", votes), off_list, edge)

    @property
    def values(self) -> Mapping[str, Any]:
        return self.entity.values

    @property
    def sponsorship(self) -> dict[str, Any]:
        return sponsorship(self.values, len(self.sponsors), self.off_list)

    @property
    def sponsor_list(self) -> SponsorList:
        if self.off_list.is_no:
            return "whole"
        return "partial" if self.sponsors else "not held"

    def record(self, party: Subject) -> dict[str, Any]:
        return record(self.off_list, party, self.sponsors, self.votes)

    def row(self, text: Subject, aspect: Aspect, watched: Subject) -> SourcedRow[ResolutionFact]:
        """Return its row: how it was adopted; of the text asked about with what its source adds to that."""
        columns = {
            "on": self.values.get("adopted_on"),
            "sponsors": tuple(sponsor.name for sponsor in self.sponsors),
            "sponsor_list": self.sponsor_list,
            "record": in_words("record", **self.record(watched)),
        }
        if self.edge is None:
            what = ". ".join(filter(None, (in_words("adoption", **adoption(self.values)), self.values.get("summary"))))
            return _fact(text, aspect, None, what, self.values, conflicts=(), **columns)
        values = {**adoption(self.values), **self.sponsorship, **self.record(watched)}
        what = worded(__package__, "resolution", "row-edition", values)
        own = (edge.properties for edge in (*self.sponsors, *self.votes) if edge.id == watched.id)
        shown = conflicts(self.edge.properties)
        return _fact(text, aspect, self.edge, what, self.edge.properties, self.values, *own, conflicts=shown, **columns)


def resolution(request: Request[ResolutionParams]) -> Result[ResolutionFact]:
    """List what is known of one resolution: the text, sponsors by role, votes, editions, mandates, amendments."""
    text, party, session = request.one("resolution"), request.maybe("party"), request.session
    of = OfIds(ids=(text.id,))
    [card] = session.read(ENTITIES_BY_ID, of)
    if passed(card.values.get("adopted_on"), on=request.day) == "no":
        about = {"title": text.name, "adopted_on": card.values["adopted_on"], "is_asked": party is not None}
        about["adopted_by"] = card.values.get("adopted_by")
        late = clause("not-adopted", card.values, **about)
        return Result(clauses=(late,), refs=refs(card.values))
    watched, own = party or home_government(session), _Edition.read(request, card)
    sponsors, votes = (
        [edge for edge in edges if party is None or edge.id == party.id] for edges in (own.sponsors, own.votes)
    )
    mandates = by_name(session.read(MANDATED_BY, of))
    earlier, later = _editions(request, text, TEXTS_BEFORE), _editions(request, text, TEXTS_AFTER)
    parts = [edge for edge in by_name(session.read(PARTS_OF, of)) if edge.cls == "Resolution"]
    amendments = [_Edition.read(request, entity_at(edge), edge) for edge in parts]
    cleared = _clearances(session, [own, *earlier, *later])
    rows = (
        own.row(text, "text", watched),
        *(_of_edge(text, "sponsor", edge, in_words("role", role=edge.properties.get("role"))) for edge in sponsors),
        *(_of_edge(text, "vote", edge, in_words("vote", **_vote(edge.properties))) for edge in votes),
        *(edition.row(text, "earlier text", watched) for edition in earlier),
        *(edition.row(text, "later text", watched) for edition in later),
        *(
            _of_edge(text, "mandate", edge, stretch(edge.properties) or "period not on file", "period_end")
            for edge in mandates
        ),
        *(edition.row(text, "amendment", watched) for edition in amendments),
        *(_of_edge(text, "clearance", edge, _clearance(edge.properties), "cleared_on") for edge in cleared),
    )
    nearest = _nearest(request, card, watched, [*earlier, *later]) if party and not sponsors else []
    shown = [*(edge.properties for edge in sponsors)], [*(edge.properties for edge in votes)]
    return Result(
        clauses=tuple(
            _clauses(own, (earlier, later), nearest, mandates, cleared, watched, shown, is_asked=bool(party))
        ),
        rows=rows,
        caveats=tuple(_caveats(own, [*earlier, *later], is_cleared=bool(cleared))),
    )


def _editions(request: Request[ResolutionParams], text: Subject, read: Query[OfIds, FullEdgeRow]) -> list[_Edition]:
    """Return the texts before or after in the series, nearest first, of those adopted by the day."""
    known: dict[str, FullEdgeRow] = {}
    outermost: tuple[str, ...] = (text.id,)
    while outermost:
        edges = request.session.read(read, OfIds(ids=outermost))
        new = {edge.id: edge for edge in edges if edge.id not in known and edge.id != text.id}
        adopted = {id_: passed(edge.values.get("adopted_on"), on=request.day) != "no" for id_, edge in new.items()}
        known |= {id_: edge for id_, edge in new.items() if adopted[id_]}
        outermost = tuple(sorted(new))
    return [_Edition.read(request, entity_at(edge), edge) for edge in known.values()]


def _clearances(session: Session, texts: Sequence[_Edition]) -> list[EdgeRow]:
    """Return who drafted, cleared or approved papers on the latest of some texts of which that is known, last first."""
    edges = session.read(CLEARED_BY, OfIds(ids=tuple(text.entity.id for text in texts)))
    edges.sort(key=lambda edge: (edge.properties.get("cleared_on") or "", edge.key), reverse=True)
    return [edge for edge in edges if edge.subject == edges[0].subject]


def _in_order(words: Sequence[str], field: str, edges: Iterable[EdgeRow]) -> list[EdgeRow]:
    place = {word: number for number, word in enumerate(words)}
    return sorted(by_name(edges), key=lambda edge: place.get(edge.properties.get(field) or "", len(words)))


def _fact(
    text: Subject, aspect: Aspect, edge: EdgeRow | None, what: str, *rests_on: Mapping[str, Any], **columns: Any
) -> SourcedRow[ResolutionFact]:
    about: dict[str, Any] = {"other": edge, "other_class": edge.cls, "iso3": edge.iso3} if edge else {}
    return sourced(ResolutionFact, *rests_on, resolution=text, aspect=aspect, what=what, **about, **columns)


def _of_edge(text: Subject, aspect: Aspect, edge: EdgeRow, what: str, day: str = "") -> SourcedRow[ResolutionFact]:
    return _fact(text, aspect, edge, what, edge.properties, on=edge.properties.get(day) or None)


def _vote(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {"vote": edge.get("vote"), "intended": edge.get("intended")}


def _clearance(edge: Mapping[str, Any]) -> str:
    return f"{edge.get('part') or 'cleared'} {edge.get('paper') or 'a paper on it'}"


def _clauses(
    own: _Edition,
    editions: tuple[Sequence[_Edition], Sequence[_Edition]],
    nearest: Sequence[FullEdgeRow],
    mandates: Sequence[FullEdgeRow],
    cleared: Sequence[EdgeRow],
    watched: Subject,
    shown: tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]],
    *,
    is_asked: bool,
) -> Iterator[SourcedClause]:
    """Say what there is to say; of sponsors and votes on the sources of those that are shown.

    Where a party is asked about, whether it sponsored the text comes first.
    """
    values, (earlier, later), (sponsors, votes) = own.values, editions, shown
    if is_asked:
        yield _reply(own, nearest, watched, [*sponsors, *votes], (*earlier, *later))
    yield clause("headline", values, title=own.entity.name, is_named=is_asked, **adoption(values))
    mains = [edge.name for edge in own.sponsors if edge.properties.get("role") == "main"]
    yield clause("sponsors", values, *sponsors, **own.sponsorship, mains=mains)
    yield clause("votes", values, *votes, number=len(own.votes))
    if others := [*earlier, *later]:
        lists = [edition.sponsor_list for edition in (own, *others)]
        sources = [edition.values for edition in others]
        yield clause("editions", *sources, earlier=len(earlier), later=len(later))
        counts = {"whole": lists.count("whole"), "partial": lists.count("partial")}
        yield clause("sponsor-lists", values, *sources, editions=len(lists), **counts)
    things = list(dict.fromkeys(edge.name for edge in mandates)) or [*filter(None, [values.get("mandates")])]
    yield clause("mandates", values, *(edge.properties for edge in mandates), things=things)
    if not is_asked:
        yield clause("record", values, *sponsors, *votes, **own.record(watched))
    if cleared:
        approved = [edge.name for edge in cleared if edge.properties.get("part") == "approved"]
        parts, last = [edge.properties for edge in cleared], cleared[0].properties.get("cleared_on")
        yield clause("cleared", *parts, number=len(cleared), on=last, approved_by=approved)


def _reply(
    own: _Edition,
    nearest: Sequence[FullEdgeRow],
    watched: Subject,
    deeds: Sequence[Mapping[str, Any]],
    others: Sequence[_Edition],
) -> SourcedClause:
    """Return what a party did for or against a text, which texts near it it sponsored, and how it voted on others."""
    told = own.off_list.values(watched.name, "sponsors of", own.entity.name, **own.record(watched))
    told |= {"title": own.entity.name, "joined": [_in_short(edge) for edge in nearest]}
    voted = ((one.values.get("symbol") or one.entity.name, one.record(watched)["votes"]) for one in others)
    told["voted"] = [{"title": title, "vote": votes[0]} for title, votes in voted if votes]
    told |= {"is_without_vote": own.values.get("adopted_by") in WITHOUT_VOTE, "votes_on_file": len(own.votes)}
    cast = (edge.properties for one in others for edge in one.votes if edge.id == watched.id)
    return clause("reply", own.values, *deeds, *(edge.properties for edge in nearest), *cast, **told)


def _nearest(
    request: Request[ResolutionParams], text: Entity, party: Subject, editions: Sequence[_Edition]
) -> list[FullEdgeRow]:
    """Return the texts nearest to one that a party sponsored: other editions, else texts on its topics.

    Those of the same body come first, then those of the nearest years.
    """
    series, topics, body = (
        {it.entity.id for it in editions},
        set(text.values.get("topics") or ()),
        text.values.get("body"),
    )
    sponsored = [
        edge
        for edge in request.session.read(SPONSORED_BY, OfIds(ids=(party.id,)))
        if edge.cls == "Resolution" and passed(edge.values.get("adopted_on"), on=request.day) != "no"
    ]
    near = [edge for edge in sponsored if edge.id in series] or [
        edge for edge in sponsored if topics.intersection(edge.values.get("topics") or ())
    ]
    year = int((text.values.get("adopted_on") or request.day)[:4])
    return sorted(near, key=lambda edge: (edge.values.get("body") != body, abs(_year(edge, year) - year), edge.id))


def _year(edge: FullEdgeRow, otherwise: int) -> int:
    return int((edge.values.get("adopted_on") or str(otherwise))[:4])


def _in_short(text: FullEdgeRow) -> str:
    symbol, year = text.values.get("symbol") or text.name, (text.values.get("adopted_on") or "")[:4]
    return f"{symbol} ({year})" if year else symbol


def _caveats(own: _Edition, others: Sequence[_Edition], *, is_cleared: bool) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "sponsors-lacking", clause="sponsors", **own.sponsorship)
    cast = sum(own.values.get(field) or 0 for field in VOTE_COUNTS)
    yield caveat("partial", "votes-lacking", title=own.entity.name, number=len(own.votes), cast=cast)
    if any(edition.sponsor_list != "whole" for edition in others):
        dated = sorted((own, *others), key=lambda one: (one.values.get("adopted_on") or "", one.entity.id))
        lists = [
            {"title": one.entity.name, "adopted_on": one.values.get("adopted_on"), **one.sponsorship} for one in dated
        ]
        yield caveat("partial", "lists-by-year", clause="sponsor-lists", lists=lists)
    if not is_cleared:
        yield caveat("unknown", "clearance-lacking")


RESOLUTION = Question.of(
    resolution,
    title="How was this resolution adopted, who sponsored it, what does it continue and mandate?",
    names={"resolution": ("Resolution",), "party": ("Party",)},
    example={"resolution": "A/RES/74/176", "party": "United States"},
    columns=("aspect", "other_name", "what", "on", "confidence", "evidence"),
    yes_or_no=("resolution", "party"),
    maturity="trial",
)
