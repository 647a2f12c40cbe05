"""The work queue of contacts to check: importance times staleness, each explained."""

from collections.abc import Sequence

from pydantic import Field

from queries.contacts.channel_checks import ChannelState
from queries.contacts.rank import disagreements, topic_match
from queries.contacts.reads import CHANNELS_HELD
from queries.contacts.stale import Due, by_state, queue_of
from queries.core.answer import Caveat, PartyRow, Subject, Total
from queries.core.compiled import Everything
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, refs
from queries.core.reads import CHANNELS_OF, EDGES_OUT, OfType
from queries.core.scope import scope_of
from queries.core.wording import counted, listed

# What an officer can check in a morning; the rest is counted.
_LISTED = 25
# Relationships of one owner: an officer has tens.
_OWNED = 1_000


class StaleContactsParams(Params):
    """What `stale-contacts` is asked with."""

    party: str | None = Field(
        default=None, description="Only channels of this party, its offices, posts and their holders.",
        examples=["OSCE"],
    )  # fmt: skip
    owner: str | None = Field(
        default=None, description="Only channels of parties whose relationship this post or office of ours owns.",
        examples=["Intergovernmental Affairs"],
    )  # fmt: skip
    topic: str | None = Field(default=None, description="Only channels and posts on this topic.", examples=["THB"])
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class StaleRow(PartyRow):
    """One channel to check; the party is the body that it belongs to."""

    score: int = Field(description="Importance times staleness: the queue goes by it.")
    importance: int = Field(description="Points for what depends on the channel.")
    staleness: int = Field(description="In per cent: 0 checked that day, 50 after one half-life, 100 bounced or never.")
    channel: str = Field(description="Id of the channel.")
    channel_kind: str | None = Field(default=None, description="E-mail, phone, website, address …")
    channel_value: str | None = Field(default=None, description="The address itself.")
    reaches: str = Field(description="Id of the post, person or body that it reaches.")
    reaches_name: str = Field(description="Name of that post, person or body.")
    state: ChannelState = Field(description="To check, bounced, or not to be used.")
    freshness: str = Field(description="When it was last checked or seen, or why it must not be used.")
    age_days: int | None = Field(default=None, description="Days since then; null is never.")
    half_life_days: int = Field(description="Days after which half of such channels are taken to have gone dead.")
    because: tuple[str, ...] = Field(default=(), description="What depends on it, in words.")
    owners: tuple[str, ...] = Field(default=(), description="Who of ours owns the relationship.")


def stale_contacts(request: Request[StaleContactsParams]) -> Result:
    """List channels in the order in which to check them; what must not be used comes last and is not to be checked."""
    everything = queue_of(request.session, _channels(request), day=request.day)
    queue = [each for each in everything if _is_asked(request, each)]
    unsaid = sum(not _topics(each) for each in everything) if request.topic else 0
    shown = queue[: request.params.limit]
    shown += [each for each in by_state(queue, "do not use") if each not in shown][: request.params.limit]
    return Result(
        sentence=_sentence(request, queue),
        rows=tuple(_draft(each) for each in shown),
        caveats=_caveats(queue, len(shown), unsaid),
        total=Total(value=len(queue)),
    )


def _channels(request: Request[StaleContactsParams]) -> list[FullEdgeRow]:
    party, owner = request.maybe("party"), request.maybe("owner")
    inside = set(scope_of(request.session, party, day=request.day).ids) if party else None
    if owner:
        owned = {it for one in owned_by(request, owner) for it in scope_of(request.session, one, day=request.day).ids}
        inside = owned if inside is None else inside & owned
    if inside is None:
        return request.session.read(CHANNELS_HELD, Everything())
    return request.session.read(CHANNELS_OF, OfIds(ids=tuple(sorted(inside)))) if inside else []


def owned_by(request: Request[Params], owner: Subject) -> list[Subject]:
    """Return the parties whose relationship a post or office of ours owns on the day, also by posts of that office."""
    scope = scope_of(request.session, owner, day=request.day)
    ids = (owner.id, *(edge.id for edge in scope.posts))
    edges = request.session.read(EDGES_OUT, OfType(ids=ids, type="OWNS_RELATIONSHIP", limit=_OWNED))
    return list({edge.id: edge.other for edge in edges if edge.held(request.day) != "no"}.values())


def _is_asked(request: Request[StaleContactsParams], each: Due) -> bool:
    if request.topic is None:
        return True
    return topic_match(request.topic, _topics(each)) in ("exact", "broader", "narrower")


def _topics(each: Due) -> tuple[str, ...]:
    return tuple(each.channel.values.get("topics") or each.topics)


def _draft(each: Due) -> SourcedRow:
    said, body = each.channel.values, each.body
    row = StaleRow(
        conflicts=disagreements(said),
        id=body.id,
        cls=body.cls,
        name=body.name,
        iso3=body.iso3,
        score=each.score,
        importance=each.weight.points,
        staleness=each.age.staleness,
        channel=each.channel.id,
        channel_kind=said.get("channel_kind"),
        channel_value=said.get("channel_value"),
        reaches=each.reached.id,
        reaches_name=each.reached.name,
        state=each.state,
        freshness=each.why_unusable or each.freshness,
        age_days=each.age.days,
        half_life_days=each.age.half_life,
        because=tuple(each.weight.because) or ("nothing on record depends on it",),
        owners=tuple(each.weight.owners.values()),
    )
    return SourcedRow(row, refs(said, each.channel.properties), dated_by=refs(*each.weight.sources))


def _sentence(request: Request[StaleContactsParams], queue: Sequence[Due]) -> str:
    party, owner = request.maybe("party"), request.maybe("owner")
    of = f" of {party.name} and its offices" if party else ""
    of += f" of parties whose relationship {owner.name} owns" if owner else ""
    if not queue:
        return f"no channel{of} is held here, which does not say that there is none"
    bounced, forbidden = by_state(queue, "bounced"), by_state(queue, "do not use")
    old = [each for each in queue if each.is_past_half_life and each.state == "to check"]
    sentences = [
        f"of {counted(len(queue), 'channel')}{of} held here, {len(old) or 'none'} "
        f"{'was' if len(old) == 1 else 'were'} left unchecked for a half-life or longer"
    ]
    first = [each for each in queue if each.score][: min(3, request.params.limit)]
    if first:
        sentences.append(f"Check first: {'; '.join(_told(each) for each in first)}")
    if others := [_address(each) for each in bounced if each not in first]:
        sentences.append(f"Bounced: {listed(others, most=3)}")
    if forbidden:
        sentences.append(f"Not to be used: {listed([f'{_address(e)} ({e.why_unusable})' for e in forbidden])}")
    return ". ".join(sentences)


def _told(each: Due) -> str:
    return f"{_address(each)} of {each.reached.name} ({each.why_unusable or each.freshness})"


def _address(each: Due) -> str:
    return str(each.channel.values.get("channel_value") or each.channel.name)


def _caveats(queue: Sequence[Due], shown: int, unsaid: int) -> tuple[Caveat, ...]:
    text = "The order is a rule of thumb: half-lives and points are ours and not measured; each row shows its own."
    found = [Caveat(kind="uncertain", text=text)] if queue else []
    if len(queue) > shown:
        more = f"{len(queue) - shown} more channels are not listed; give a party, an owner or a higher limit."
        found.append(Caveat(kind="partial", text=more))
    if unsaid:
        text = f"{counted(unsaid, 'channel')} of no stated topic {'is' if unsaid == 1 else 'are'} left out."
        found.append(Caveat(kind="partial", text=text))
    return tuple(found)


STALE_CONTACTS = Question(
    name="stale-contacts",
    title="Which contacts should be checked next, and why these?",
    params=StaleContactsParams,
    row=StaleRow,
    function=stale_contacts,
    names={"party": ("Party", "Post"), "owner": ("Post", "PublicBody")},
    example={"party": "OSCE"},
    columns=("score", "name", "reaches_name", "channel_value", "state", "freshness", "because", "owners", "evidence"),
    maturity="trial",
)
