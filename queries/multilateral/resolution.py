"""One resolution: how it was adopted, who sponsored it and its other editions, who voted how, what it mandates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from graph.query import Query
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.columns import column, named, option
from queries.core.days import passed, stretch
from queries.core.home import home_government
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, conflicts, entity_at, refs
from queries.core.reads import ENTITIES_BY_ID, PARTS_OF
from queries.core.session import Session
from queries.core.wording import listed
from queries.multilateral.adopted import VOTE_COUNTS, adoption, in_words, is_whole, record, sponsorship
from queries.multilateral.reads import CLEARED_BY, MANDATED_BY, SPONSORS_OF, TEXTS_AFTER, TEXTS_BEFORE, VOTES_ON

Aspect = Literal["text", "sponsor", "vote", "earlier text", "later text", "mandate", "amendment", "clearance"]
SponsorList = Literal["whole", "partial", "not held"]
_ROLES = ("main", "co", "added later")
_VOTES = ("yes", "no", "abstain", "not voting")


class ResolutionParams(Params):
    """What `resolution` is asked with."""

    resolution: str = Field(description="The resolution, by symbol or title.", examples=["A/RES/74/176"])
    party: str | None = option("Only the sponsorship and vote of this party; it is ours if left out.", "United States")


class ResolutionFact(AnswerRow):
    """One thing known of the resolution: the text itself, a sponsor, a vote, another edition, a mandate."""

    resolution: str = Field(description="Id of the resolution.")
    resolution_name: str = Field(description="Title of the resolution.")
    aspect: Aspect = Field(description="What the row is about.")
    other: str | None = column("Id of the party, text, post or body it is about.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    what: str = Field(description="How it was adopted, in what role, which vote, until when.")
    on: str | None = column("Day of it, possibly partial.")
    sponsors: tuple[str, ...] = Field(
        default=(), description="Sponsors on record of this text or edition, main sponsors first."
    )
    sponsor_list: SponsorList | None = Field(
        default=None,
        description="Whether the list of sponsors of this text or edition is whole, partial or not on record.",
    )
    record: str | None = column("What the party, or else the United States, did on this text or edition.")


@dataclass(frozen=True)
class _Edition:
    """One text of a series.

    Attributes:
        entity: The text.
        sponsors: Its sponsors, as far as on record, main sponsors first.
        votes: Votes on it, as far as on record.
        edge: How it is tied to the text asked about; None for that text itself.
    """

    entity: Entity
    sponsors: tuple[EdgeRow, ...]
    votes: tuple[EdgeRow, ...]
    edge: FullEdgeRow | None = None

    @classmethod
    def read(cls, session: Session, text: Entity, edge: FullEdgeRow | None = None) -> "_Edition":
        of = OfIds(ids=(text.id,))
        sponsors = _in_order(_ROLES, "role", session.read(SPONSORS_OF, of))
        return cls(text, tuple(sponsors), tuple(_in_order(_VOTES, "vote", session.read(VOTES_ON, of))), edge)

    @property
    def values(self) -> Mapping[str, Any]:
        return self.entity.values

    @property
    def sponsor_list(self) -> SponsorList:
        if is_whole(self.values, len(self.sponsors)):
            return "whole"
        return "partial" if self.sponsors else "not held"

    def record(self, party: Subject) -> dict[str, Any]:
        return record(self.values, party, self.sponsors, self.votes)


def resolution(request: Request[ResolutionParams]) -> Result[ResolutionFact]:
    """List what is known of one resolution: the text, sponsors by role, votes, editions, mandates, amendments."""
    text, party, session = request.one("resolution"), request.maybe("party"), request.session
    of = OfIds(ids=(text.id,))
    [card] = session.read(ENTITIES_BY_ID, of)
    if passed(card.values.get("adopted_on"), on=request.day) == "no":
        late = clause("not-adopted", card.values, title=text.name, adopted_on=card.values["adopted_on"])
        return Result(clauses=(late,), refs=refs(card.values))
    watched, own = party or home_government(session), _Edition.read(session, card)
    mandates = by_name(session.read(MANDATED_BY, of))
    earlier, later = _editions(request, text, TEXTS_BEFORE), _editions(request, text, TEXTS_AFTER)
    parts = [edge for edge in by_name(session.read(PARTS_OF, of)) if edge.cls == "Resolution"]
    amendments = [_Edition.read(session, entity_at(edge), edge) for edge in parts]
    cleared = _clearances(session, [own, *earlier, *later])
    rows = (
        _text(text, own, watched),
        *(
            _said(text, "sponsor", edge, in_words("role", role=edge.properties.get("role")))
            for edge in _of(own.sponsors, party)
        ),
        *(_said(text, "vote", edge, _vote(edge)) for edge in _of(own.votes, party)),
        *(_edition(text, "earlier text", one, watched) for one in earlier),
        *(_edition(text, "later text", one, watched) for one in later),
        *(
            _said(text, "mandate", edge, stretch(edge.properties) or "no period on record", "period_end")
            for edge in mandates
        ),
        *(_edition(text, "amendment", one, watched) for one in amendments),
        *(_said(text, "clearance", edge, _clearance(edge), "cleared_on") for edge in cleared),
    )
    return Result(
        clauses=tuple(_clauses(own, [earlier, later], mandates, cleared, watched, is_narrowed=bool(party))),
        rows=rows,
        caveats=tuple(_caveats(own, [*earlier, *later], cleared)),
    )


def _editions(request: Request[ResolutionParams], text: Subject, read: Query[OfIds, FullEdgeRow]) -> list[_Edition]:
    """Return the texts before or after in the series, nearest first, of those adopted by the day."""
    found: dict[str, FullEdgeRow] = {}
    outermost: tuple[str, ...] = (text.id,)
    while outermost:
        edges = request.session.read(read, OfIds(ids=outermost))
        new = {edge.id: edge for edge in edges if edge.id not in found and edge.id != text.id}
        known = {
            id_: edge for id_, edge in new.items() if passed(edge.values.get("adopted_on"), on=request.day) != "no"
        }
        found |= known
        outermost = tuple(sorted(new))
    return [_Edition.read(request.session, entity_at(edge), edge) for edge in found.values()]


def _clearances(session: Session, texts: Sequence[_Edition]) -> list[EdgeRow]:
    """Return who drafted, cleared or approved papers on the latest of some texts of which that is known, last first."""
    edges = session.read(CLEARED_BY, OfIds(ids=tuple(text.entity.id for text in texts)))
    edges.sort(key=lambda edge: (edge.properties.get("cleared_on") or "", edge.key), reverse=True)
    return [edge for edge in edges if edge.subject == edges[0].subject]


def _of(edges: Iterable[EdgeRow], party: Subject | None) -> list[EdgeRow]:
    return [edge for edge in edges if party is None or edge.id == party.id]


def _in_order(words: Sequence[str], field: str, edges: Iterable[EdgeRow]) -> list[EdgeRow]:
    place = {word: number for number, word in enumerate(words)}
    return sorted(by_name(edges), key=lambda edge: place.get(edge.properties.get(field) or "", len(words)))


def _fact(
    text: Subject, aspect: Aspect, edge: EdgeRow | None, what: str, on: str | None, **columns: Any
) -> ResolutionFact:
    other = edge.other if edge else None
    return ResolutionFact(
        **named("resolution", text),
        **named("other", other),
        aspect=aspect,
        other_class=other and other.cls,
        iso3=other and other.iso3,
        what=what,
        on=on,
        conflicts=conflicts(edge.properties) if edge else (),
        **columns,
    )


def _said(text: Subject, aspect: Aspect, edge: EdgeRow, what: str, day: str = "") -> SourcedRow[ResolutionFact]:
    row = _fact(text, aspect, edge, what, edge.properties.get(day) or None)
    return SourcedRow(row, refs(edge.properties))


def _vote(edge: EdgeRow) -> str:
    return in_words("vote", vote=edge.properties.get("vote"), intended=edge.properties.get("intended"))


def _clearance(edge: EdgeRow) -> str:
    return f"{edge.properties.get('part') or 'cleared'} {edge.properties.get('paper') or 'a paper on it'}"


def _on_edition(edition: _Edition, watched: Subject) -> dict[str, Any]:
    return {
        "sponsors": tuple(sponsor.name for sponsor in edition.sponsors),
        "sponsor_list": edition.sponsor_list,
        "record": in_words("record", **edition.record(watched)),
    }


def _text(text: Subject, own: _Edition, watched: Subject) -> SourcedRow[ResolutionFact]:
    """Return the row of the text itself: how it was adopted, with what its source adds to that."""
    what = ". ".join(filter(None, (in_words("adoption", **adoption(own.values)), own.values.get("summary"))))
    row = _fact(text, "text", None, what, own.values.get("adopted_on"), **_on_edition(own, watched))
    return SourcedRow(row, refs(own.values))


def _edition(text: Subject, aspect: Aspect, one: _Edition, watched: Subject) -> SourcedRow[ResolutionFact]:
    said, edge = one.values, one.edge
    values = {**adoption(said), **sponsorship(said, len(one.sponsors)), **one.record(watched)}
    what = worded(__package__, "resolution", "row-edition", values)
    own = refs(*(edge.properties for edge in (*one.sponsors, *one.votes) if edge.id == watched.id))
    row = _fact(text, aspect, edge, what, said.get("adopted_on"), **_on_edition(one, watched))
    return SourcedRow(row, (*refs(edge.properties if edge else {}, said), *own))


def _clauses(
    own: _Edition,
    editions: Sequence[Sequence[_Edition]],
    mandates: Sequence[FullEdgeRow],
    cleared: Sequence[EdgeRow],
    watched: Subject,
    *,
    is_narrowed: bool,
) -> Iterator[SourcedClause]:
    """Say what there is to say; of sponsors and votes on the sources of those that are rows."""
    said, (earlier, later) = own.values, editions
    others = [*earlier, *later]
    whose = watched if is_narrowed else None
    of_sponsors, of_votes = ([edge.properties for edge in _of(edges, whose)] for edges in (own.sponsors, own.votes))
    yield clause("headline", said, title=own.entity.name, **adoption(said))
    mains = [edge.name for edge in own.sponsors if edge.properties.get("role") == "main"]
    yield clause("sponsors", said, *of_sponsors, **sponsorship(said, len(own.sponsors)), mains=mains)
    if own.votes:
        yield clause("votes", said, *of_votes, number=len(own.votes))
    if others:
        lists = [edition.sponsor_list for edition in (own, *others)]
        sources = [edition.values for edition in others]
        yield clause("editions", *sources, earlier=len(earlier), later=len(later))
        counts = {"whole": lists.count("whole"), "partial": lists.count("partial")}
        yield clause("sponsor-lists", said, *sources, editions=len(lists), **counts)
    named = list(dict.fromkeys(edge.name for edge in mandates))
    if things := named or ([said["mandates"]] if said.get("mandates") else []):
        yield clause("mandates", said, *(edge.properties for edge in mandates), things=things)
    yield clause("record", said, *of_sponsors, *of_votes, **own.record(watched))
    if cleared:
        approved = [edge.name for edge in cleared if edge.properties.get("part") == "approved"]
        last = cleared[0].properties.get("cleared_on")
        sources = [edge.properties for edge in cleared]
        yield clause("cleared", *sources, number=len(cleared), on=last, approved_by=approved)


def _caveats(own: _Edition, others: Sequence[_Edition], cleared: Sequence[EdgeRow]) -> Iterator[Caveat]:
    if own.sponsor_list != "whole":
        known = in_words("sponsors", **sponsorship(own.values, len(own.sponsors)))
        yield Caveat(kind="partial", text=f"{known[0].upper()}{known[1:]}.", clause="sponsors")
    cast, known_votes = sum(own.values.get(field) or 0 for field in VOTE_COUNTS), len(own.votes)
    if known_votes < cast:
        share = f"{known_votes or 'None'} of the {cast} votes on {own.entity.name}"
        text = f"{share} {'is' if known_votes < 2 else 'are'} on record by government."
        yield Caveat(kind="partial", text=text)
    if any(edition.sponsor_list != "whole" for edition in others):
        dated = sorted((own, *others), key=lambda one: (one.values.get("adopted_on") or "", one.entity.id))
        by_year = listed([f"{_year(edition)}: {_on_record(edition)}" for edition in dated], most=len(dated))
        yield Caveat(kind="partial", text=f"Sponsor lists by year: {by_year}.", clause="sponsor-lists")
    if not cleared:
        text = "Who cleared our position on this text or its other editions is not on record."
        yield Caveat(kind="unknown", text=text)


def _year(edition: _Edition) -> str:
    day = edition.values.get("adopted_on")
    return day[:4] if day else f"{edition.entity.name}, in a year not on record"


def _on_record(edition: _Edition) -> str:
    stated, number = edition.values.get("sponsor_count"), len(edition.sponsors)
    if edition.sponsor_list == "whole":
        return f"all {number}"
    if stated:
        return f"{number or 'none'} of {stated}"
    return f"{number}, perhaps of more" if number else "no list"


RESOLUTION = Question(
    name="resolution",
    title="How was this resolution adopted, who sponsored it, what does it continue and mandate?",
    params=ResolutionParams,
    row=ResolutionFact,
    function=resolution,
    names={"resolution": ("Resolution",), "party": ("Party",)},
    example={"resolution": "A/RES/74/176", "party": "United States"},
    columns=("aspect", "other_name", "what", "on", "confidence", "evidence"),
    maturity="trial",
)
