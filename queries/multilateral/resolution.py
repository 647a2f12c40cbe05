"""One resolution: how it was adopted, by whom sponsored, who voted how, what it continues and what it mandates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from queries.answer import AnswerRow, Caveat, Subject
from queries.days import passed, stretch
from queries.multilateral.adopted import adoption, is_whole, sponsors_known, votes_short
from queries.multilateral.reads import MANDATED_BY, SPONSORS_OF, TEXTS_AFTER, TEXTS_BEFORE, VOTES_ON
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, FullTie, OfIds, Tie, by_name, conflicts, refs
from queries.reads import ENTITIES_BY_ID, PARTS_OF
from queries.wording import counted, listed

Aspect = Literal["text", "sponsor", "vote", "earlier text", "later text", "mandate", "amendment"]
ROLES: Mapping[str | None, str] = {
    "main": "main sponsor",
    "co": "co-sponsor",
    "added later": "co-sponsor added later",
    None: "sponsor",
}
_VOTES = ("yes", "no", "abstain", "not voting")


class ResolutionAsked(Asked):
    """What `resolution` is asked with."""

    resolution: str = Field(description="The resolution, by symbol or title.", examples=["A/RES/74/176"])
    party: str | None = Field(
        default=None, description="Only the sponsorship and the vote of this party.", examples=["United States"]
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


def resolution(posed: Posed[ResolutionAsked]) -> Found:
    """List what is known of one resolution: the text, sponsors by role, votes, editions, mandates, amendments."""
    text, party = posed.one("resolution"), posed.maybe("party")
    of = OfIds(ids=(text.id,))
    card = posed.asking.read(ENTITIES_BY_ID, of)[0]
    if passed(card.values.get("adopted_on"), on=posed.day) == "no":
        sentence = f"{text.name} had not been adopted by that day ({card.values['adopted_on']})"
        return Found(sentence=sentence, refs=refs(card.values))
    sponsors, votes = posed.asking.read(SPONSORS_OF, of), posed.asking.read(VOTES_ON, of)
    mandates = posed.asking.read(MANDATED_BY, of)
    earlier, later = _editions(posed, text, TEXTS_BEFORE), _editions(posed, text, TEXTS_AFTER)
    amendments = [tie for tie in posed.asking.read(PARTS_OF, of) if tie.cls == "Resolution"]
    drafts = (
        Draft(_fact(text, "text", _own(card), on=card.values.get("adopted_on")), refs(card.values)),
        *(_sponsor(text, tie) for tie in _by(ROLES, "role", _of(sponsors, party))),
        *(_vote(text, tie) for tie in _by(_VOTES, "vote", _of(votes, party))),
        *(_edition(posed, text, "earlier text", tie, party) for tie in earlier),
        *(_edition(posed, text, "later text", tie, party) for tie in later),
        *(_mandate(text, tie) for tie in by_name(mandates)),
        *(_edition(posed, text, "amendment", tie, party) for tie in by_name(amendments)),
    )
    sentence = _sentence(card, sponsors, votes, earlier, mandates)
    sentence += f"; {party.name}: {record(card.values, party, sponsors, votes)}" if party else ""
    return Found(sentence=sentence, drafts=drafts, caveats=_caveats(card, sponsors, votes))


def record(text: Mapping[str, Any], party: Subject, sponsors: Sequence[Tie], votes: Sequence[Tie]) -> str:
    """Return what a party is known to have done for or against a text, in words; unknown is said."""
    said = [ROLES[tie.tie.get("role")] for tie in sponsors if tie.id == party.id]
    said += [voted(tie.tie.get("vote")) for tie in votes if tie.id == party.id]
    if said:
        return " and ".join(said)
    if is_whole(text, len(sponsors)):
        return "not among its sponsors"
    return "not among the sponsors held; whether it sponsored is not known"


def voted(vote: str | None) -> str:
    """Return a vote as a verb: ``voted yes``, ``abstained``."""
    return {"abstain": "abstained", "not voting": "did not vote"}.get(vote or "", f"voted {vote or 'unknown'}")


def _own(card: Entity) -> str:
    """Return how the text was adopted, with what its source adds to that."""
    return ". ".join(filter(None, (adoption(card.values), card.values.get("summary"))))


def _editions(posed: Posed[ResolutionAsked], text: Subject, read: Any) -> list[FullTie]:
    """Return the texts before or after in the series, nearest first, of those adopted by the day."""
    found: dict[str, FullTie] = {}
    outermost: tuple[str, ...] = (text.id,)
    while outermost:
        ties: list[FullTie] = posed.asking.read(read, OfIds(ids=outermost))
        new = {tie.id: tie for tie in ties if tie.id not in found and tie.id != text.id}
        found |= {key: tie for key, tie in new.items() if passed(tie.values.get("adopted_on"), on=posed.day) != "no"}
        outermost = tuple(sorted(new))
    return list(found.values())


def _of(ties: Iterable[Tie], party: Subject | None) -> list[Tie]:
    return [tie for tie in ties if party is None or tie.id == party.id]


def _by(order: Iterable[str | None], field: str, ties: Iterable[Tie]) -> list[Tie]:
    words = list(order)
    return sorted(by_name(ties), key=lambda tie: words.index(tie.tie.get(field)) if tie.tie.get(field) else len(words))


def _fact(text: Subject, aspect: Aspect, what: str, *, tie: Tie | None = None, on: str | None = None) -> ResolutionFact:
    other = tie.other if tie else None
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
        conflicts=conflicts(tie.tie) if tie else (),
    )


def _sponsor(text: Subject, tie: Tie) -> Draft:
    return Draft(_fact(text, "sponsor", ROLES[tie.tie.get("role")], tie=tie), refs(tie.tie))


def _vote(text: Subject, tie: Tie) -> Draft:
    intended = tie.tie.get("intended")
    what = voted(tie.tie.get("vote")) + (f", meant to vote {intended}" if intended else "")
    return Draft(_fact(text, "vote", what, tie=tie), refs(tie.tie))


def _edition(
    posed: Posed[ResolutionAsked], text: Subject, aspect: Aspect, tie: FullTie, party: Subject | None
) -> Draft:
    of = OfIds(ids=(tie.id,))
    sponsors, votes = posed.asking.read(SPONSORS_OF, of), posed.asking.read(VOTES_ON, of)
    what = f"{adoption(tie.values)}; {sponsors_known(tie.values, len(sponsors))}"
    what += f"; {party.name}: {record(tie.values, party, sponsors, votes)}" if party else ""
    own = refs(*(each.tie for each in (*sponsors, *votes) if party and each.id == party.id))
    row = _fact(text, aspect, what, tie=tie, on=tie.values.get("adopted_on"))
    return Draft(row, (*refs(tie.tie, tie.values), *own))


def _mandate(text: Subject, tie: FullTie) -> Draft:
    said = stretch(tie.tie) or "no period is held"
    return Draft(_fact(text, "mandate", said, tie=tie, on=tie.tie.get("period_end") or None), refs(tie.tie))


def _sentence(
    card: Entity, sponsors: Sequence[Tie], votes: Sequence[Tie], earlier: Sequence[FullTie], mandates: Sequence[FullTie]
) -> str:
    said = card.values
    sentence = f"{card.name} was {adoption(said)}; {sponsors_known(said, len(sponsors))}"
    if mains := [tie.name for tie in by_name(sponsors) if tie.tie.get("role") == "main"]:
        sentence += f", main {'sponsor' if len(mains) == 1 else 'sponsors'} {listed(mains)}"
    sentence += f"; {counted(len(votes), 'vote')} held by government" if votes else ""
    if earlier:
        sentence += f"; it continues {counted(len(earlier), 'earlier text')}, the last {earlier[0].name}"
    told = listed(list(dict.fromkeys(tie.name for tie in by_name(mandates)))) or said.get("mandates")
    return sentence + (f"; it mandates: {told}" if told else "")


def _caveats(card: Entity, sponsors: Sequence[Tie], votes: Sequence[Tie]) -> tuple[Caveat, ...]:
    short = votes_short(card.name, card.values, len(votes))
    if is_whole(card.values, len(sponsors)):
        return short
    known = sponsors_known(card.values, len(sponsors))
    return (Caveat(kind="partial", text=f"{known[0].upper()}{known[1:]}."), *short)


RESOLUTION = Question(
    name="resolution",
    title="How was this resolution adopted, who sponsored it, what does it continue and mandate?",
    params=ResolutionAsked,
    row=ResolutionFact,
    function=resolution,
    names={"resolution": ("Resolution",), "party": ("Party",)},
    example={"resolution": "A/RES/74/176", "party": "United States"},
    columns=("aspect", "other_name", "what", "on", "confidence", "evidence"),
    maturity="trial",
)
