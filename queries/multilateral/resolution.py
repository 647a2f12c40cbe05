"""One resolution: how it was adopted, who sponsored it and its other editions, who voted how, what it mandates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.days import passed, stretch
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, PARTS_OF
from queries.core.wording import counted, listed
from queries.multilateral.adopted import adoption, is_whole, sponsors_known, votes_short
from queries.multilateral.editions import (
    US,
    Edition,
    SponsorList,
    by_year,
    clearances,
    edition_at,
    edition_of,
    sponsor_lists,
)
from queries.multilateral.reads import MANDATED_BY, TEXTS_AFTER, TEXTS_BEFORE

Aspect = Literal["text", "sponsor", "vote", "earlier text", "later text", "mandate", "amendment", "clearance"]
ROLES: Mapping[str | None, str] = {
    "main": "main sponsor",
    "co": "co-sponsor",
    "added later": "co-sponsor added later",
    None: "sponsor",
}
_VOTES = ("yes", "no", "abstain", "not voting")


class ResolutionParams(Params):
    """What `resolution` is asked with."""

    resolution: str = Field(description="The resolution, by symbol or title.", examples=["A/RES/74/176"])
    party: str | None = Field(
        default=None,
        description="Only the sponsorship and the vote of this party; the record told is ours if left out.",
        examples=["United States"],
    )


class ResolutionFact(AnswerRow):
    """One thing known of the resolution: the text itself, a sponsor, a vote, another edition, a mandate."""

    resolution: str = Field(description="Id of the resolution.")
    resolution_name: str = Field(description="Title of the resolution.")
    aspect: Aspect = Field(description="What the row tells of it.")
    other: str | None = Field(default=None, description="Id of the party, text, post or body it tells of.")
    other_name: str | None = Field(default=None, description="Its name.")
    other_class: str | None = Field(default=None, description="Its class.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    what: str = Field(description="How it was adopted, in what role, which vote, until when.")
    on: str | None = Field(default=None, description="Day of it, possibly partial.")
    sponsors: tuple[str, ...] = Field(
        default=(), description="Sponsors held of this text or edition, main sponsors first."
    )
    sponsor_list: SponsorList | None = Field(
        default=None, description="Whether the list of sponsors of this text or edition is whole, partial or not held."
    )
    record: str | None = Field(
        default=None, description="What the party, or else the United States, did on this text or edition."
    )


def resolution(request: Request[ResolutionParams]) -> Result:
    """List what is known of one resolution: the text, sponsors by role, votes, editions, mandates, amendments."""
    text, party = request.one("resolution"), request.maybe("party")
    of = OfIds(ids=(text.id,))
    card = request.session.read(ENTITIES_BY_ID, of)[0]
    if passed(card.values.get("adopted_on"), on=request.day) == "no":
        sentence = f"{text.name} had not been adopted by that day ({card.values['adopted_on']})"
        return Result(sentence=sentence, refs=refs(card.values))
    watched = party or US
    mandates, amendments = request.session.read(MANDATED_BY, of), _amendments(request, of)
    own = edition_of(request.session, card)
    earlier, later = _editions(request, text, TEXTS_BEFORE), _editions(request, text, TEXTS_AFTER)
    cleared = clearances(request.session, [card.subject, *(each.entity.subject for each in (*earlier, *later))])
    sourced_rows = (
        _text(text, own, watched),
        *(_sponsor(text, edge) for edge in _by(ROLES, "role", _of(own.sponsors, party))),
        *(_vote(text, edge) for edge in _by(_VOTES, "vote", _of(own.votes, party))),
        *(_edition(text, "earlier text", each, watched) for each in earlier),
        *(_edition(text, "later text", each, watched) for each in later),
        *(_mandate(text, edge) for edge in by_name(mandates)),
        *(_edition(text, "amendment", each, watched) for each in amendments),
        *(_clearance(text, edge) for edge in cleared),
    )
    sentence = _sentence(own, earlier, later, mandates)
    sentence += f"; {watched.name}: {record(card.values, watched, own.sponsors, own.votes)}{_cleared(cleared)}"
    return Result(sentence=sentence, rows=sourced_rows, caveats=_caveats(own, [*earlier, *later], cleared))


def record(text: Mapping[str, Any], party: Subject, sponsors: Sequence[EdgeRow], votes: Sequence[EdgeRow]) -> str:
    """Return what a party is known to have done for or against a text, in words; unknown is said."""
    said = [ROLES[edge.properties.get("role")] for edge in sponsors if edge.id == party.id]
    said += [voted(edge.properties.get("vote")) for edge in votes if edge.id == party.id]
    if said:
        return " and ".join(said)
    if is_whole(text, len(sponsors)):
        return "not among its sponsors"
    return "not among the sponsors held; whether it sponsored is not known"


def voted(vote: str | None) -> str:
    """Return a vote as a verb: ``voted yes``, ``abstained``."""
    return {"abstain": "abstained", "not voting": "did not vote"}.get(vote or "", f"voted {vote or 'unknown'}")


def _text(text: Subject, own: Edition, watched: Subject) -> SourcedRow:
    """Return the row of the text itself: how it was adopted, with what its source adds to that."""
    said = own.entity.values
    what = ". ".join(filter(None, (adoption(said), said.get("summary"))))
    row = _fact(text, "text", what, on=said.get("adopted_on"), edition=own, watched=watched)
    return SourcedRow(row, refs(said))


def _editions(request: Request[ResolutionParams], text: Subject, read: Any) -> list[Edition]:
    """Return the texts before or after in the series, nearest first, of those adopted by the day."""
    found: dict[str, FullEdgeRow] = {}
    outermost: tuple[str, ...] = (text.id,)
    while outermost:
        edges: list[FullEdgeRow] = request.session.read(read, OfIds(ids=outermost))
        new = {edge.id: edge for edge in edges if edge.id not in found and edge.id != text.id}
        found |= {
            key: edge for key, edge in new.items() if passed(edge.values.get("adopted_on"), on=request.day) != "no"
        }
        outermost = tuple(sorted(new))
    return [edition_at(request.session, edge) for edge in found.values()]


def _amendments(request: Request[ResolutionParams], of: OfIds) -> list[Edition]:
    edges = [edge for edge in request.session.read(PARTS_OF, of) if edge.cls == "Resolution"]
    return [edition_at(request.session, edge) for edge in by_name(edges)]


def _of(edges: Iterable[EdgeRow], party: Subject | None) -> list[EdgeRow]:
    return [edge for edge in edges if party is None or edge.id == party.id]


def _by(order: Iterable[str | None], field: str, edges: Iterable[EdgeRow]) -> list[EdgeRow]:
    words = list(order)
    return sorted(
        by_name(edges),
        key=lambda edge: words.index(edge.properties.get(field)) if edge.properties.get(field) else len(words),
    )


def _fact(
    text: Subject,
    aspect: Aspect,
    what: str,
    *,
    edge: EdgeRow | None = None,
    on: str | None = None,
    edition: Edition | None = None,
    watched: Subject | None = None,
) -> ResolutionFact:
    other = edge.other if edge else None
    sponsors, votes = (edition.sponsors, edition.votes) if edition else ((), ())
    return ResolutionFact(
        resolution=text.id,
        resolution_name=text.name,
        aspect=aspect,
        other=other.id if other else None,
        other_name=other.name if other else None,
        other_class=other.cls if other else None,
        iso3=other.iso3 if other else None,
        what=what,
        on=on,
        conflicts=conflicts(edge.properties) if edge else (),
        sponsors=tuple(each.name for each in _by(ROLES, "role", sponsors)),
        sponsor_list=edition.sponsor_list if edition else None,
        record=record(edition.entity.values, watched, sponsors, votes) if edition and watched else None,
    )


def _sponsor(text: Subject, edge: EdgeRow) -> SourcedRow:
    return SourcedRow(_fact(text, "sponsor", ROLES[edge.properties.get("role")], edge=edge), refs(edge.properties))


def _vote(text: Subject, edge: EdgeRow) -> SourcedRow:
    intended = edge.properties.get("intended")
    what = voted(edge.properties.get("vote")) + (f", meant to vote {intended}" if intended else "")
    return SourcedRow(_fact(text, "vote", what, edge=edge), refs(edge.properties))


def _edition(text: Subject, aspect: Aspect, edition: Edition, watched: Subject) -> SourcedRow:
    said, edge = edition.entity.values, edition.edge
    known = sponsors_known(said, len(edition.sponsors))
    what = f"{adoption(said)}; {known}; {watched.name}: {record(said, watched, edition.sponsors, edition.votes)}"
    own = refs(*(each.properties for each in (*edition.sponsors, *edition.votes) if each.id == watched.id))
    row = _fact(text, aspect, what, edge=edge, on=said.get("adopted_on"), edition=edition, watched=watched)
    return SourcedRow(row, (*refs(edge.properties if edge else {}, said), *own))


def _mandate(text: Subject, edge: FullEdgeRow) -> SourcedRow:
    said = stretch(edge.properties) or "no period is held"
    return SourcedRow(
        _fact(text, "mandate", said, edge=edge, on=edge.properties.get("period_end") or None), refs(edge.properties)
    )


def _clearance(text: Subject, edge: EdgeRow) -> SourcedRow:
    said = edge.properties
    what = f"{said.get('part') or 'cleared'} {said.get('paper') or 'a paper on it'}"
    return SourcedRow(_fact(text, "clearance", what, edge=edge, on=said.get("cleared_on")), refs(said))


def _sentence(
    own: Edition, earlier: Sequence[Edition], later: Sequence[Edition], mandates: Sequence[FullEdgeRow]
) -> str:
    card, said, sponsors = own.entity, own.entity.values, own.sponsors
    sentence = f"{card.name} was {adoption(said)}; {sponsors_known(said, len(sponsors))}"
    if mains := [edge.name for edge in by_name(sponsors) if edge.properties.get("role") == "main"]:
        sentence += f", main {'sponsor' if len(mains) == 1 else 'sponsors'} {listed(mains)}"
    sentence += f"; {counted(len(own.votes), 'vote')} held by government" if own.votes else ""
    if earlier:
        sentence += f"; it continues {counted(len(earlier), 'earlier text')}"
    if later:
        sentence += f"; {counted(len(later), 'later text')} {'continues' if len(later) == 1 else 'continue'} it"
    if len(earlier) + len(later):
        sentence += f"; {sponsor_lists([own, *earlier, *later])}"
    told = listed(list(dict.fromkeys(edge.name for edge in by_name(mandates))), most=3) or said.get("mandates")
    return sentence + (f"; it mandates: {told}" if told else "")


def _cleared(edges: Sequence[EdgeRow]) -> str:
    """Return who cleared last time, if that is known, as an addition to a sentence."""
    if not edges:
        return ""
    last = edges[0].properties.get("cleared_on")
    said = [edge.name for edge in edges if edge.properties.get("part") == "approved"]
    by = f", approved by {listed(said, most=2)}" if said else ""
    who = counted(len(edges), "post or office", "posts and offices")
    return f"; last time {who} cleared it{f' ({last})' if last else ''}{by}"


def _caveats(own: Edition, others: Sequence[Edition], cleared: Sequence[EdgeRow]) -> tuple[Caveat, ...]:
    card, doubts = own.entity, list(votes_short(own.entity.name, own.entity.values, len(own.votes)))
    if own.sponsor_list != "whole":
        known = sponsors_known(card.values, len(own.sponsors))
        doubts.insert(0, Caveat(kind="partial", text=f"{known[0].upper()}{known[1:]}."))
    if any(each.sponsor_list != "whole" for each in others):
        doubts.append(Caveat(kind="partial", text=f"Sponsor lists by year: {by_year([own, *others])}."))
    if not cleared:
        text = "Who cleared our position on this text or its other editions is not held."
        doubts.append(Caveat(kind="unknown", text=text))
    return tuple(doubts)


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
