"""How ways to reach a party are put in order, each step in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from graph.domain.topics import THESAURUS
from graph.domain.values import CHANNELS, first_day, last_day
from graph.text import folded
from queries.contact_reach import Candidate
from queries.days import latest, passed
from queries.holders import Holding

TopicMatch = Literal["exact", "broader", "narrower", "none stated", "other"]

FRESH_DAYS = 365
"""A channel checked within a year is fresh: posts rotate every summer."""

_TOPIC: tuple[TopicMatch, ...] = get_args(TopicMatch)
_GROUP = {"post": 0, "office mailbox": 0, "parent body": 1, "our owner": 2, "nothing": 3}
_HOLDING: Mapping[Holding, int] = {
    "in office": 0, "acting": 1, "designate": 2, "no post": 2, "not known to be in office": 2,
    "holder not held": 3, "vacant": 4,
}  # fmt: skip
# A written question goes by mail first; a hotline is for victims, so it comes last.
_KINDS = ("email", "form", "phone", "messenger", "website", "address", "fax", "hotline")
assert set(_KINDS) == set(get_args(CHANNELS)), "every kind of channel has its place"

_FRESHNESS = (
    "verified within a year",
    "seen within a year",
    "verified earlier",
    "seen earlier",
    "never seen",
    "no channel",
)
_BROADER = {entry.code: entry.broader for entry in THESAURUS}


@dataclass(frozen=True)
class Rated:
    """A candidate with its place in the order.

    Attributes:
        candidate: The way to reach the party.
        order: Compared from left to right; lower comes first.
        topic: How its portfolio meets the topic asked for; None if none was.
        freshness: When the channel was last checked or seen, in a sentence.
        unusable: Why it must not be used; None if it may.
        steps: Each step of the ranking, in words.
    """

    candidate: Candidate
    order: tuple[int | str, ...]
    topic: TopicMatch | None
    freshness: str
    unusable: str | None
    steps: tuple[str, ...]


def rated(candidate: Candidate, *, topic: str | None, day: str, source_rank: int) -> Rated:
    """Return a candidate with its place in the order.

    Usable ones come first; then post and office before parent body and our own owner; posts that nobody is known to
    hold and no channel leads to come after those that answer; then by topic (of equal
    ones the narrower portfolio), post before mailbox, a channel before none, freshness of the channel, holder,
    kind of channel, nearness to the party asked for, trust in the best source; ties are broken by name and id.

    Args:
        candidate: The way to reach the party.
        topic: Code of the topic asked for, None if none was.
        day: Full day.
        source_rank: Rank of the best source it rests on; lower is stronger.
    """
    topics = _topics(candidate)
    match = topic_match(topic, topics) if topic else None
    fresh, freshness = _freshness(candidate, day)
    unusable = _unusable(candidate, day)
    kind = candidate.channel.get("channel_kind")
    steps = [f"topic: {match}{_of(topics)}"] if match else []
    steps += [f"channel: {_FRESHNESS[fresh]}", f"holder: {candidate.holder.holding}"]
    steps += [f"level: {level}"] if (level := candidate.post.get("level")) else []
    steps += [f"source: rank {source_rank}"]
    order = (
        unusable is not None,
        _GROUP[candidate.place],
        not candidate.channel and candidate.holder.holding in ("vacant", "holder not held"),
        _TOPIC.index(match) if match else 0,
        len(topics) if match else 0,
        candidate.place != "post",
        not candidate.channel,
        fresh,
        _HOLDING[candidate.holder.holding],
        _KINDS.index(kind) if kind in _KINDS else len(_KINDS),
        candidate.office.depth,
        source_rank,
        folded(candidate.post.get("name") or candidate.office.body.name),
        candidate.post.get("id") or candidate.office.body.id,
        candidate.channel.get("id") or "",
    )
    return Rated(candidate, order, match, freshness, unusable, tuple(steps))


def topic_match(asked: str, topics: Collection[str]) -> TopicMatch:
    """Say how a portfolio meets a topic: *broader* if it has a wider topic, *narrower* if a part of it."""
    if not topics:
        return "none stated"
    if asked in topics:
        return "exact"
    if any(wider in topics for wider in _wider(asked)):
        return "broader"
    return "narrower" if any(asked in _wider(topic) for topic in topics) else "other"


@cache
def _wider(topic: str) -> tuple[str, ...]:
    broader = _BROADER.get(topic)
    return (broader, *_wider(broader)) if broader else ()


def _topics(candidate: Candidate) -> tuple[str, ...]:
    """Return the portfolio: the post's own, else the channel's, else the body's."""
    stated = (candidate.post, candidate.channel, candidate.office.values)
    return next((tuple(said["topics"]) for said in stated if said.get("topics")), ())


def _of(topics: Collection[str]) -> str:
    return f" ({', '.join(sorted(topics))})" if topics else ""


def _freshness(candidate: Candidate, day: str) -> tuple[int, str]:
    """Return an index into the kinds of freshness, and the sentence."""
    channel = candidate.channel
    if not channel:
        return 5, "no channel is held"
    verified_on, seen_on = channel.get("verified_on"), latest(channel.get("seen_on"), on=day)
    if verified_on and passed(verified_on, on=day) != "no":
        by = f" by {channel['verified_by']}" if channel.get("verified_by") else ""
        how = f" ({channel['verified_how']})" if channel.get("verified_how") else ""
        return (0 if _recent(verified_on, day) else 2), f"verified {verified_on}{by}{how}"
    if seen_on:
        return (1 if _recent(seen_on, day) else 3), f"last seen {seen_on}, not verified since"
    return 4, "never verified, and no day on which it was seen is held"


def _recent(date_: str, day: str) -> bool:
    return (date.fromisoformat(day) - date.fromisoformat(last_day(date_))).days <= FRESH_DAYS


def _unusable(candidate: Candidate, day: str) -> str | None:
    channel = candidate.channel
    if channel.get("do_not_use"):
        return f"do not use: {channel['do_not_use']}"
    bounced_on, verified_on = channel.get("bounced_on"), channel.get("verified_on")
    if not bounced_on or first_day(bounced_on) > day:
        return None
    worked_since = verified_on and first_day(bounced_on) < first_day(verified_on) <= day
    return None if worked_since else f"bounced {bounced_on}"
