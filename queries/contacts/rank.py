"""How ways to reach a party are put in order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from graph.domain.topics import THESAURUS
from graph.domain.values import CHANNELS, first_day, last_day
from graph.text import folded
from queries.contacts.languages import LanguageMatch, language_match
from queries.contacts.reach import Candidate
from queries.core.days import latest, passed
from queries.core.holders import Holding
from queries.core.reading import FullEdgeRow, conflicts
from queries.core.scope import Properties

TopicMatch = Literal["exact", "broader", "narrower", "none stated", "other"]

CHECKS = frozenset({"verified_on", "verified_by", "verified_how", "bounced_on"})
"""What checks of a channel say: a later check is no disagreement with an earlier one."""

FRESH_DAYS = 365
"""A channel checked within a year is fresh: posts rotate every summer."""

_LANGUAGE: tuple[LanguageMatch, ...] = get_args(LanguageMatch)
_TOPIC: tuple[TopicMatch, ...] = get_args(TopicMatch)
_GROUP = {"post": 0, "office mailbox": 0, "parent body": 1, "our owner": 2, "nothing": 3}
_HOLDING: Mapping[Holding, int] = {
    "in office": 0, "acting": 1, "designate": 2, "no post": 2, "not known to be in office": 2,
    "holder not held": 3, "vacant": 4,
}  # fmt: skip
# A written question goes by mail first; a hotline is for victims, so it comes last.
_KINDS = ("email", "form", "phone", "messenger", "website", "address", "fax", "hotline")
assert set(_KINDS) == set(get_args(CHANNELS)), "every kind of channel has its place"

# Freshness: verified within a year, seen within a year, verified earlier, seen earlier, never seen, no channel.
_NO_CHANNEL = 5
_BROADER = {entry.code: entry.broader for entry in THESAURUS}


@dataclass(frozen=True)
class Wanted:
    """What the way is wanted for.

    Attributes:
        day: Full day.
        topic: Code of the topic, None if none was asked for.
        role: Role of the post as typed; blank if none was asked for.
        language: Two-letter code of the language to be answered in; blank if none was asked for.
    """

    day: str
    topic: str | None = None
    role: str = ""
    language: str = ""


@dataclass(frozen=True)
class Line:
    """One channel of a way, or that there is none.

    Attributes:
        channel: Properties of the channel; empty if none is held.
        edge: Properties of what leads to it; empty if none is held.
        fresh: Place in the order of freshness, from 0 for verified within a year.
        freshness: When it was last checked or seen, in words.
        unusable: Why it must not be used; None if it may.
        is_held: Whether it is known to stand on the day.
        languages: Languages answered in, as stated of the channel, else of who holds the post.
    """

    channel: Properties
    edge: Properties
    fresh: int
    freshness: str
    unusable: str | None
    is_held: bool
    languages: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Kind of channel, blank if none is held."""
        return str(self.channel.get("channel_kind") or "")


_NO_LINE = Line({}, {}, _NO_CHANNEL, "no channel is held", None, is_held=False)


@dataclass(frozen=True)
class Rated:
    """A candidate with its place in the order.

    Attributes:
        candidate: The way to reach the party.
        lines: Its channels, best first; never empty, and what must not be used comes last.
        order: Compared from left to right; lower comes first.
        topic: How its portfolio meets the topic asked for; None if none was.
        topics: The portfolio, as far as stated.
        source_rank: Rank of the best source it rests on.
        language: Whether its best channel answers in the language asked for; None if none was.
    """

    candidate: Candidate
    lines: tuple[Line, ...]
    order: tuple[int | str, ...]
    topic: TopicMatch | None
    topics: tuple[str, ...]
    source_rank: int
    language: LanguageMatch | None = None

    @property
    def best(self) -> Line:
        """The channel to use first."""
        return self.lines[0]

    @property
    def is_fresh(self) -> bool:
        """Whether the best channel was verified within a year."""
        return self.best.fresh == 0


def rated(candidate: Candidate, *, wanted: Wanted, source_rank: int) -> Rated:
    """Return a candidate with its place in the order.

    Usable ones come first; then post and office before parent body and our own owner, our first owner before the
    second; where a role is asked for, posts that have it, those that are called so in their role before those called
    so in their name; posts that nobody is known to hold and no channel leads to come after those that answer; then by
    topic, a channel before none, the language, the narrower portfolio, post before mailbox, freshness of the channel,
    holder, kind of channel, nearness to the party asked for, trust in the best source; edges are broken by name and id.

    Args:
        candidate: The way to reach the party.
        wanted: What it is wanted for.
        source_rank: Rank of the best source it rests on; lower is stronger.
    """
    lines = _lines(candidate, wanted)
    best = lines[0]
    topics = _topics(candidate, best)
    match = topic_match(wanted.topic, topics) if wanted.topic else None
    speaks = language_match(wanted.language, best.languages) if wanted.language else None
    holding = candidate.holder.holding
    order = (
        best.unusable is not None,
        _GROUP[candidate.place],
        candidate.is_backup,
        role_match(candidate, wanted.role) if wanted.role else 0,
        not best.channel and holding in ("vacant", "holder not held"),
        _TOPIC.index(match) if match else 0,
        not best.channel,
        _LANGUAGE.index(speaks) if speaks else 0,
        len(topics) if match else 0,
        candidate.place != "post",
        best.fresh,
        _HOLDING[holding],
        _kind(best.kind),
        candidate.office.depth,
        source_rank,
        folded(candidate.post.get("name") or candidate.office.body.name),
        candidate.post.get("id") or candidate.office.body.id,
    )
    return Rated(candidate, lines, order, match, topics, source_rank, speaks)


def role_match(candidate: Candidate, role: str) -> int:
    """Say how a candidate meets a role: 0 its role is so, 1 its name says so, 2 it is no such post."""
    if candidate.place != "post":
        return 2
    wanted, post = _joined(role), candidate.post
    if wanted in _joined(post.get("role") or ""):
        return 0
    return 1 if any(wanted in _joined(name) for name in (post.get("name") or "", *(post.get("titles") or ()))) else 2


def _joined(text: str) -> str:
    """Return a text as roles are compared: a co-ordinator is a coordinator."""
    return folded(text).replace("co-ordinat", "coordinat").replace("co ordinat", "coordinat")


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


def _lines(candidate: Candidate, wanted: Wanted) -> tuple[Line, ...]:
    """Return the channels: usable ones first, then what fits topic and language, the fresher, mail first."""
    topic = wanted.topic
    if not candidate.channels:
        return (_NO_LINE,)
    own = candidate.office.values.get("topics") or ()

    def order(line: Line) -> tuple[bool, int, int, int, int, str]:
        topics = line.channel.get("topics") or own
        match = _TOPIC.index(topic_match(topic, topics)) if topic and not candidate.post else 0
        speaks = _LANGUAGE.index(language_match(wanted.language, line.languages)) if wanted.language else 0
        return line.unusable is not None, match, speaks, line.fresh, _kind(line.kind), str(line.channel.get("id"))

    return tuple(sorted((_line(edge, candidate.person, wanted.day) for edge in candidate.channels), key=order))


def _line(edge: FullEdgeRow, person: Properties, day: str) -> Line:
    fresh, freshness = freshness_of(edge.values, day)
    languages = tuple(edge.values.get("languages") or person.get("languages") or ())
    held = edge.held(day) == "yes"
    return Line(
        edge.values, edge.properties, fresh, freshness, unusable(edge.values, day), is_held=held, languages=languages
    )


def _kind(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _topics(candidate: Candidate, best: Line) -> tuple[str, ...]:
    """Return the portfolio: the post's own, else the channel's, else the body's; of an owner, first what it owns."""
    said = (candidate.post, best.channel, candidate.office.values)
    stated = reversed(said) if candidate.place == "our owner" else said
    return next((tuple(each["topics"]) for each in stated if each.get("topics")), ())


def disagreements(*said: Properties) -> tuple[str, ...]:
    """Return the fields on which sources differ, sorted; that one of them checked a channel later is none."""
    return tuple(name for name in conflicts(*said) if name not in CHECKS)


def freshness_of(channel: Properties, day: str) -> tuple[int, str]:
    """Return the place in the order of freshness, and what it rests on in words."""
    verified_on, seen_on = channel.get("verified_on"), latest(channel.get("seen_on"), on=day)
    if verified_on and passed(verified_on, on=day) != "no":
        by = f" by {channel['verified_by']}" if channel.get("verified_by") else ""
        how = f" ({channel['verified_how']})" if channel.get("verified_how") else ""
        return (0 if _recent(verified_on, day) else 2), f"verified {verified_on}{by}{how}"
    if seen_on:
        return (1 if _recent(seen_on, day) else 3), f"last seen {seen_on}, not verified since"
    return 4, "never verified, last seen on a day not held"


def _recent(date_: str, day: str) -> bool:
    return (date.fromisoformat(day) - date.fromisoformat(last_day(date_))).days <= FRESH_DAYS


def unusable(channel: Properties, day: str) -> str | None:
    """Return why a channel must not be used on a day, None if it may."""
    if channel.get("do_not_use"):
        return f"do not use: {channel['do_not_use']}"
    bounced_on, verified_on = channel.get("bounced_on"), channel.get("verified_on")
    if not bounced_on or first_day(bounced_on) > day:
        return None
    worked_since = verified_on and first_day(bounced_on) < first_day(verified_on) <= day
    return None if worked_since else f"bounced {bounced_on}"
