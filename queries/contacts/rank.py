"""How ways to reach a party are put in order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

from iga.graph.domain.topics import THESAURUS
from iga.graph.domain.values import CHANNELS
from iga.graph.errors import NotFound
from iga.graph.text import folded
from iga.queries.contacts.embassies import is_elsewhere
from iga.queries.contacts.ways import ContactWay
from iga.queries.core.channels import ChannelCheck, check_of, not_for_officials, unusable_because
from iga.queries.core.holders import Holding
from iga.queries.core.permissions import LEFT_OUT
from iga.queries.core.reading import FullEdgeRow, conflicts
from iga.queries.core.scope import Properties

LanguageMatch = Literal["yes", "not stated", "no"]

# ISO 639-1 codes of the six UN languages and of those that partners of the office often write in, with the names
# typed for them; any other two-letter code is taken as it is.
_NAMES: dict[str, tuple[str, ...]] = {
    "ar": ("Arabic", "العربية"), "bn": ("Bengali", "Bangla"), "de": ("German", "Deutsch"), "el": ("Greek",),
    "en": ("English",), "es": ("Spanish", "español"), "fa": ("Persian", "Farsi", "Dari"), "fr": ("French", "français"),
    "hi": ("Hindi",), "id": ("Indonesian", "Bahasa Indonesia"), "it": ("Italian", "italiano"), "ja": ("Japanese",),
    "ka": ("Georgian",), "km": ("Khmer",), "ko": ("Korean",), "lo": ("Lao",), "mn": ("Mongolian",),
    "ms": ("Malay",), "my": ("Burmese",), "ne": ("Nepali",), "nl": ("Dutch",), "pl": ("Polish",),
    "pt": ("Portuguese", "português"), "ro": ("Romanian",), "ru": ("Russian", "русский"), "sq": ("Albanian",),
    "sr": ("Serbian",), "sw": ("Swahili",), "th": ("Thai",), "tl": ("Tagalog", "Filipino"), "tr": ("Turkish",),
    "uk": ("Ukrainian",), "ur": ("Urdu",), "uz": ("Uzbek",), "vi": ("Vietnamese",), "zh": ("Chinese", "中文"),
}  # fmt: skip  # a table, several languages to a line
_CODES = {folded(name): code for code, names in _NAMES.items() for name in (code, *names)}


def language_name(code: str) -> str:
    """Return the English name of a two-letter code; the code where it has none here."""
    return _NAMES.get(code, (code,))[0]


def language_of(text: str) -> str:
    """Return the two-letter code of a language that is typed by its name or code.

    Raises:
        NotFound: No language is called so.
    """
    typed = folded(text)
    if typed in _CODES:
        return _CODES[typed]
    if len(typed) == 2 and typed.isascii() and typed.isalpha():
        return typed
    near = tuple(names[0] for names in _NAMES.values() if typed[:3] and folded(names[0]).startswith(typed[:3]))
    meant = f"did you mean {' or '.join(near)}?" if near else "write its English name, or its two-letter code"
    raise NotFound(f"language: nothing is called {text!r}; {meant}", suggestions=near)


def spoken(code: str) -> str:
    """Return the English name of a language, or its code where the name is not known here."""
    return _NAMES[code][0] if code in _NAMES else code


def spoken_in(languages: Sequence[str]) -> list[str]:
    """Return the English names of languages that are stated as codes or names."""
    return [spoken(_CODES.get(folded(stated), stated)) for stated in languages]


def language_match(asked: str, languages: Collection[str]) -> LanguageMatch:
    """Say whether a language is among those stated, which are codes or names."""
    if not languages:
        return "not stated"
    codes = {_CODES.get(folded(stated), folded(stated).partition("-")[0]) for stated in languages}
    return "yes" if asked in codes else "no"


TopicMatch = Literal["exact", "broader", "narrower", "none stated", "other"]

CHECKS = frozenset({"verified_on", "verified_by", "verified_how", "bounced_on"})
"""What checks of a channel say: a later check is no disagreement with an earlier one."""

_LANGUAGE: tuple[LanguageMatch, ...] = get_args(LanguageMatch)
_TOPIC: tuple[TopicMatch, ...] = get_args(TopicMatch)
_GROUP = {"post": 0, "office mailbox": 0, "national body": 0, "parent body": 1, "our owner": 2, "nothing": 3}
_HOLDING: Mapping[Holding, int] = {
    "in office": 0,
    "acting": 1,
    **dict.fromkeys(("designate", "no post", "not known to be in office"), 2),
    "holder not held": 3,
    "vacant": 4,
}
# A written question goes by mail first; a hotline is for victims, so it comes last.
_KINDS = ("email", "form", "phone", "mobile", "messenger", "website", "address", "fax", "hotline")
assert set(_KINDS) == set(get_args(CHANNELS)), "every kind of channel has its place"

_SECOND = ("vice", "deputy")

_DIRECT = ("email", "form", "phone", "mobile", "messenger")

# Freshness: verified within a year, seen within a year, verified earlier, seen earlier, never seen, no channel.
_NO_CHANNEL = 5
_BROADER = {entry.code: entry.broader for entry in THESAURUS}


@dataclass(frozen=True)
class WantedWay:
    """What the way is wanted for.

    Attributes:
        topic: Code of the topic, None if none was asked for.
        role: Role of the post as typed; blank if none was asked for.
        language: Two-letter code of the language to be answered in; blank if none was asked for.
        of_government: Whether a government is to be reached: its embassy to ours is then second to its own offices, and
            its embassies elsewhere are last.
    """

    day: str
    topic: str | None = None
    role: str = ""
    language: str = ""
    of_government: bool = False
    home: str = ""


@dataclass(frozen=True)
class RatedChannel:
    """One channel of a way, or that there is none.

    Attributes:
        channel: Properties of the channel; empty if none is on record.
        edge: Properties of what leads to it; empty if none is on record.
        check: What is known of whether it works.
        fresh: Place in the order of freshness, from 0 for verified within a year.
        is_held: Whether it is known to stand on the day.
        languages: Languages answered in, as stated of the channel, else of who holds the post.
    """

    channel: Properties
    edge: Properties
    check: ChannelCheck
    fresh: int
    is_held: bool
    languages: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Kind of channel, blank if none is on record."""
        return str(self.channel.get("channel_kind") or "")

    @property
    def is_usable(self) -> bool:
        """Whether nothing says that it must not be used, and it is a way to an official."""
        return self.check.state == "to check" and not self.not_for_officials

    @property
    def not_for_officials(self) -> str | None:
        """What it is for, where that is no way to an official: hotline, visas, press."""
        return not_for_officials(self.channel)

    @property
    def unusable_because(self) -> str | None:
        """Why it is no way to an official, in words; None if it is one."""
        return unusable_because(self.channel, self.check)


_NO_CHANNEL_HELD = RatedChannel({}, {}, ChannelCheck(), _NO_CHANNEL, is_held=False)
_NONE_AGREED_TO = replace(_NO_CHANNEL_HELD, check=ChannelCheck(do_not_use="no consent of its holder"))


@dataclass(frozen=True)
class RatedWay:
    """A way with its place in the order.

    Attributes:
        channels: Its channels, best first; never empty, and what must not be used comes last.
        order: Compared from left to right; lower comes first.
        topic: How its portfolio meets the topic asked for; None if none was.
        language: Whether its best channel answers in the language asked for; None if none was.
    """

    way: ContactWay
    channels: tuple[RatedChannel, ...]
    order: tuple[int | str, ...]
    topic: TopicMatch | None
    topics: tuple[str, ...]
    source_rank: int
    language: LanguageMatch | None = None

    @property
    def best(self) -> RatedChannel:
        """The channel to use first."""
        return self.channels[0]

    @property
    def is_post_of_part(self) -> bool:
        """Whether it is a post of a part of a body, to which no channel leads: no reply for the whole."""
        return self.way.place == "post" and self.way.office.depth > 0 and not self.best.channel

    @property
    def is_fresh(self) -> bool:
        """Whether the best channel was verified within a year."""
        return self.best.fresh == 0


def rated(way: ContactWay, *, wanted: WantedWay, source_rank: int, is_entered: bool = False) -> RatedWay:
    """Return a way with its place in the order.

    Usable ones come first; then post and office before parent body and our own owner, our first owner before the
    second; where a role is asked for, posts that have it, those that are called so in their role before those called
    so in their name; else of posts without a channel those of a body before those of its parts; a government's
    embassies elsewhere than with us after all else of it that a channel leads to; posts that nobody is known to hold
    and no channel leads to after those that answer; what officers entered before what public pages show, unless it is
    for another topic; offices of a government with a mailbox or a number before its embassies and pages; then by topic,
    a channel before none, the language, the narrower portfolio, post before mailbox, freshness of the channel, holder,
    kind of channel, nearness to the party, trust in the best source, heads before their deputies, name and id.

    Args:
        way: How the party is reached.
        wanted: What it is wanted for.
        source_rank: Rank of the best source it rests on; lower is stronger.
        is_entered: Whether officers entered it, and no public page shows anything of the party later than that.
    """
    channels = _channels(way, wanted)
    best = channels[0]
    topics = _topics(way, best)
    match = topic_match(wanted.topic, topics) if wanted.topic else None
    speaks = language_match(wanted.language, best.languages) if wanted.language else None
    holding, is_whole = way.holder.holding, way.place == "post" and not (wanted.of_government or wanted.role)
    order = (
        not best.is_usable,
        _GROUP[way.place],
        way.is_backup,
        role_match(way, wanted.role) if wanted.role else 0,
        _distance(way, best, wanted.home) if wanted.of_government else 0,
        way.office.depth if is_whole and not best.channel else 0,
        not best.channel and holding in ("vacant", "holder not held"),
        not (is_entered and best.channel and match != "other"),
        _directness(way, best) if wanted.of_government else 0,
        _TOPIC.index(match) if match else 0,
        not best.channel,
        _LANGUAGE.index(speaks) if speaks else 0,
        len(topics) if match else 0,
        way.place != "post",
        best.fresh,
        _HOLDING[holding],
        _kind(best.kind),
        way.office.depth,
        source_rank,
        folded(way.post.get("level") or "").startswith(_SECOND),
        folded(way.post.get("name") or way.office.body.name),
        way.post.get("id") or way.office.body.id,
    )
    return RatedWay(way, channels, order, match, topics, source_rank, speaks)


def _distance(way: ContactWay, best: RatedChannel, home: str) -> int:
    """Return 0 for what a channel leads to, 1 where that is an embassy elsewhere than with us, 2 without a channel."""
    return 2 if not best.channel else 1 if is_elsewhere(way.office, home) else 0


def _directness(way: ContactWay, best: RatedChannel) -> int:
    """Return how directly a way leads into a government: 0 to somebody there, 1 by embassy or page, 2 not at all."""
    if not best.channel:
        return 2
    is_embassy = way.place == "office mailbox" and way.office.values.get("body_kind") == "embassy"
    return 1 if is_embassy or best.kind not in _DIRECT else 0


def role_match(way: ContactWay, role: str) -> int:
    """Say how a way meets a role: 0 its role is so, 1 its name says so, 2 it is no such post."""
    if way.place != "post":
        return 2
    wanted, post = _joined(role), way.post
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


def _channels(way: ContactWay, wanted: WantedWay) -> tuple[RatedChannel, ...]:
    """Return the channels: usable ones first, then what fits topic and language, the fresher, mail first."""
    topic = wanted.topic
    if not way.channels:
        is_refused = way.holder.person is not None and way.holder.person.id == LEFT_OUT
        return (_NONE_AGREED_TO if is_refused else _NO_CHANNEL_HELD,)
    own = way.office.values.get("topics") or ()

    def order(rated: RatedChannel) -> tuple[bool, int, int, int, int, str]:
        topics = rated.channel.get("topics") or own
        match = _TOPIC.index(topic_match(topic, topics)) if topic and not way.post else 0
        speaks = _LANGUAGE.index(language_match(wanted.language, rated.languages)) if wanted.language else 0
        return not rated.is_usable, match, speaks, rated.fresh, _kind(rated.kind), str(rated.channel.get("id"))

    return tuple(sorted((_rated_channel(edge, way.person, wanted.day) for edge in way.channels), key=order))


def _rated_channel(edge: FullEdgeRow, person: Properties, day: str) -> RatedChannel:
    check = check_of(edge.values, day)
    languages = tuple(edge.values.get("languages") or person.get("languages") or ())
    held = edge.held(day) == "yes"
    return RatedChannel(edge.values, edge.properties, check, check.fresh_place(day), is_held=held, languages=languages)


def _kind(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _topics(way: ContactWay, best: RatedChannel) -> tuple[str, ...]:
    """Return the portfolio: the post's own, else the channel's, else the body's; of an owner, first what it owns."""
    portfolios = (way.post, best.channel, way.office.values)
    in_order = reversed(portfolios) if way.place == "our owner" else portfolios
    return next((tuple(it["topics"]) for it in in_order if it.get("topics")), ())


def disagreements(*sources: Properties) -> tuple[str, ...]:
    """Return the fields on which sources differ, sorted; that one of them checked a channel later is none."""
    return tuple(name for name in conflicts(*sources) if name not in CHECKS)
