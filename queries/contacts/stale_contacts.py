"""The work queue of contacts to check: importance times staleness, each explained."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from iga.graph.query import Query
from iga.queries.contacts.rank import disagreements, topic_match
from iga.queries.contacts.responsibilities import owned_edges
from iga.queries.contacts.stale import Due, by_state, queue_of
from iga.queries.core.answer import PartyRow, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, option
from iga.queries.core.compiled import Everything
from iga.queries.core.fitness import ChannelState
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import FullEdgeRow, OfIds, refs
from iga.queries.core.reads import CHANNELS_OF
from iga.queries.core.scope import scope_of

CHANNELS_HELD = Query("iga.queries.contacts", "channels_held", Everything, FullEdgeRow)

# What an officer can check in a morning; the rest is counted.
_LISTED = 25
# So many are named in sentences.
_SENTENCE = 3


class StaleContactsParams(Params):
    """What `stale-contacts` is asked with."""

    party: str | None = option("Only channels of this party, its offices, posts and their holders.", "OSCE")
    owner: str | None = option(
        "Only channels of parties whose relationship this post or office of ours owns.", "Intergovernmental Affairs"
    )
    topic: str | None = option("Only channels and posts on this topic.", "THB")
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class StaleRow(PartyRow):
    """One channel to check; the party is the body that it belongs to."""

    score: int = Field(description="Importance times staleness: the queue goes by it.")
    importance: int = Field(description="Points for what depends on the channel.")
    staleness: int = Field(description="In per cent: 0 checked that day, 50 after one half-life, 100 bounced or never.")
    channel: str = Field(description="Id of the channel.")
    channel_kind: str | None = column("E-mail, phone, website, address …")
    channel_value: str | None = column("The address itself.")
    reaches: str = Field(description="Id of the post, person or body that it reaches.")
    reaches_name: str = Field(description="Name of that post, person or body.")
    state: ChannelState = Field(description="To check, bounced, or not to be used.")
    freshness: str = Field(description="When it was last checked or seen, or why it must not be used.")
    age_days: int | None = column("Days since then; null is never.")
    half_life_days: int = Field(description="Days after which half of such channels are taken to have gone dead.")
    because: tuple[str, ...] = column("What depends on it, in words.", ())
    owners: tuple[str, ...] = column("Who of ours owns the relationship.", ())


def stale_contacts(request: Request[StaleContactsParams]) -> Result[StaleRow]:
    """List channels in the order in which to check them; what must not be used comes last and is not to be checked."""
    topic, limit = request.topic, request.params.limit
    queue = everything = queue_of(request.session, _channels(request), day=request.day)
    if topic:
        asked = ("exact", "broader", "narrower")
        queue = [due for due in everything if topic_match(topic, _topics(due)) in asked]
    unsaid = sum(not _topics(due) for due in everything) if topic else 0
    shown = queue[:limit]
    shown += [due for due in by_state(queue, "do not use") if due not in shown][:limit]
    return Result(
        clauses=tuple(_clauses(request, queue)),
        rows=tuple(_row(due) for due in shown),
        caveats=tuple(_caveats(queue, len(shown), unsaid)),
        total=Total(value=len(queue)),
    )


def _channels(request: Request[StaleContactsParams]) -> list[FullEdgeRow]:
    """Return the channels of a party with what belongs to it, and of the parties whose relationship an owner owns."""
    session, day = request.session, request.day
    party, owner = request.maybe("party"), request.maybe("owner")
    inside = set(scope_of(session, party, day=day).ids) if party else None
    if owner:  # also by the posts of that office
        owners = (owner.id, *(post.id for post in scope_of(session, owner, day=day).posts))
        parties = [edge.other for edge in owned_edges(session, owners, day=day)]
        owned = {id_ for it in parties for id_ in scope_of(session, it, day=day).ids}
        inside = owned if inside is None else inside & owned
    if inside is None:
        return session.read(CHANNELS_HELD, Everything())
    return session.read(CHANNELS_OF, OfIds(ids=tuple(sorted(inside)))) if inside else []


def _topics(due: Due) -> tuple[str, ...]:
    return tuple(due.channel.values.get("topics") or due.topics)


def _row(due: Due) -> SourcedRow[StaleRow]:
    channel, body = due.channel.values, due.body
    because = [worded(__package__, "stale_contacts", f"because-{why}", values) for why, values in due.weight.because]
    row = StaleRow(
        **body.model_dump(),
        conflicts=disagreements(channel),
        score=due.score,
        importance=due.weight.points,
        staleness=due.age.staleness,
        channel=due.channel.id,
        channel_kind=channel.get("channel_kind"),
        channel_value=channel.get("channel_value"),
        reaches=due.reached.id,
        reaches_name=due.reached.name,
        state=due.state,
        freshness=due.check.unusable_because or due.check.freshness,
        age_days=due.age.days,
        half_life_days=due.age.half_life,
        because=tuple(because) or ("what depends on it is not on file",),
        owners=tuple(due.weight.owners.values()),
    )
    return SourcedRow(row, refs(channel, due.channel.properties), dated_by=refs(*due.weight.sources))


def _clauses(request: Request[StaleContactsParams], queue: Sequence[Due]) -> Iterator[SourcedClause]:
    """Say what to check first, then what bounced and what must not be used, and how many nobody checked for long."""
    party, owner = request.maybe("party"), request.maybe("owner")
    whose = {"party": party.name if party else "", "owner": owner.name if owner else ""}
    urgent = [due for due in queue if due.score][: min(_SENTENCE, request.params.limit)]
    if urgent:
        yield _of(urgent[:1], "headline", **_said(urgent[0]))
    if more := urgent[1:]:
        yield _of(more, "then", channels=[_said(due) for due in more])
    old = [due for due in queue if due.is_past_half_life and due.state == "to check"]
    yield clause("unchecked", channels=len(queue), old=len(old), **whose)
    if bounced := [due for due in by_state(queue, "bounced") if due not in urgent]:
        yield _of(bounced, "bounced", addresses=[due.address for due in bounced])
    if forbidden := by_state(queue, "do not use"):
        yield _of(forbidden, "forbidden", channels=[_said(due) for due in forbidden])


def _of(queue: Sequence[Due], name: str, **values: Any) -> SourcedClause:
    return resting_on([refs(due.channel.values, due.channel.properties) for due in queue], name, **values)


def _said(due: Due) -> dict[str, Any]:
    return {"address": due.address, "reached": due.reached.name, **due.check.values}


def _caveats(queue: Sequence[Due], shown: int, unsaid: int) -> Iterator[UnwordedCaveat]:
    if queue:
        yield caveat("uncertain", "rule-of-thumb")
    if len(queue) > shown:
        yield caveat("partial", "more-channels", clause="unchecked", more=len(queue) - shown)
    if unsaid:
        yield caveat("partial", "no-topic", clause="unchecked", number=unsaid)


STALE_CONTACTS = Question.of(
    stale_contacts,
    title="Which contacts should be checked next, and why these?",
    names={"party": ("Party", "Post"), "owner": ("Post", "PublicBody")},
    example={"party": "OSCE"},
    columns=("score", "name", "reaches_name", "channel_value", "state", "freshness", "because", "owners", "evidence"),
    maturity="trial",
)
