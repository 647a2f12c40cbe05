"""Channels: whether one may be used to reach an official, how old what is known of it is, and how a row shows it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from pydantic import Field

from iga.graph.domain.values import first_day, last_day
from iga.graph.text import folded
from iga.queries.core.answer import Shape
from iga.queries.core.clauses import worded
from iga.queries.core.columns import column
from iga.queries.core.days import latest, passed

ChannelState = Literal["to check", "bounced", "do not use"]

FRESH_DAYS = 365
"""A channel checked within a year is fresh: posts rotate every summer."""

# The word of a purpose, of a name or of an address that tells it. Ours, from the purposes that our sources print and
# from how ministries and embassies call such mailboxes; a stated purpose goes before the look of an address.
_BY_WORD: Mapping[str, str] = {
    **dict.fromkeys(("hotline", "helpline", "tip line", "tipline", "toll free"), "hotline"),
    **dict.fromkeys(("visa", "visas"), "visas"),
    **dict.fromkeys(("acs", "citizen", "citizens"), "citizen services"),
    **dict.fromkeys(("consular", "consul", "consulate", "cons", "passport", "passports"), "consular services"),
    **dict.fromkeys(("press", "media", "presse", "prensa", "spokesperson"), "press"),
    **dict.fromkeys(("webmaster", "webadmin", "webcontact"), "the website"),
    "public affairs": "public affairs",
}
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def not_for_officials(channel: Mapping[str, Any]) -> str | None:
    """Return what a channel with these properties is for, in a word or two, if that is no way to an official.

    A hotline never is one. Of others the stated purpose tells; where none is stated, the part of an e-mail address
    before its sign.
    """
    kind, purpose = channel.get("channel_kind"), folded(str(channel.get("purpose") or ""))
    if kind == "hotline":
        return "hotline"
    if purpose:
        return next((meant for word, meant in _BY_WORD.items() if f" {word} " in f" {purpose} "), None)
    if kind != "email":
        return None
    local = str(channel.get("channel_value") or "").partition("@")[0]
    parts = {part.casefold() for part in _PARTS.findall(local)}
    return next((meant for word, meant in _BY_WORD.items() if word in parts), None)


@dataclass(frozen=True)
class ChannelCheck:
    """What checks and sources say of a channel on a day; days are possibly partial.

    Attributes:
        verified_on, verified_by, verified_how: When, by whom and how it was last found working; None if never.
        channel_seen_on: Latest day on which a source shows it.
        bounced_on: Day it bounced; None if it worked since.
        do_not_use: Why it must not be used.
    """

    verified_on: str | None = None
    verified_by: str | None = None
    verified_how: str | None = None
    channel_seen_on: str | None = None
    bounced_on: str | None = None
    do_not_use: str | None = None

    @property
    def values(self) -> dict[str, str | None]:
        """What a sentence on it is made from, and what a row says of it."""
        return asdict(self)

    @property
    def state(self) -> ChannelState:
        """Whether it is to be checked like any other, bounced, or must not be used."""
        return "do not use" if self.do_not_use else "bounced" if self.bounced_on else "to check"

    @property
    def freshness(self) -> str:
        """When it was last checked or seen, in words."""
        return worded(__package__, "channels", "freshness", self.values)

    @property
    def unusable_because(self) -> str | None:
        """Why it must not be used, in words; None if it may."""
        return worded(__package__, "channels", "unusable", self.values) if self.state != "to check" else None

    def fresh_place(self, day: str) -> int:
        """Return its place in the order of freshness: verified within a year, seen so, verified, seen, never."""
        for place, on in enumerate((self.verified_on, None if self.verified_on else self.channel_seen_on)):
            if on:
                return place if days_since(on, day) <= FRESH_DAYS else place + 2
        return 4


def check_of(channel: Mapping[str, Any], day: str) -> ChannelCheck:
    """Return what is known of a channel with these properties on a day; what came later is left out."""
    verified, bounced = channel.get("verified_on"), channel.get("bounced_on")
    works = verified and bounced and first_day(bounced) < first_day(verified) <= day
    is_verified = verified and passed(verified, on=day) != "no"
    by, how, left = channel.get("verified_by"), channel.get("verified_how"), channel.get("holder_left_on")
    is_left = left and first_day(left) <= day
    return ChannelCheck(
        *((verified, by, how) if is_verified else (None, None, None)),
        channel_seen_on=latest(channel.get("seen_on"), on=day),
        bounced_on=bounced if bounced and first_day(bounced) <= day and not works else None,
        do_not_use=channel.get("do_not_use")
        or (worded(__package__, "channels", "left", {"on": left}) if is_left else None),
    )


def unusable_because(channel: Mapping[str, Any], check: ChannelCheck) -> str | None:
    """Return why a channel is no way to an official, in words: not to be used, bounced, or not for that; else None."""
    return (
        check.unusable_because
        or worded(__package__, "channels", "unfit", {"serves": not_for_officials(channel)})
        or None
    )


def days_since(day: str, until: str) -> int:
    """Return the days from a day, possibly partial, until another."""
    return (date.fromisoformat(until) - date.fromisoformat(last_day(day))).days


Whose = Literal["person", "post", "body"]

HALF_LIVES: Mapping[Whose, Mapping[str, int]] = {
    "person": {"email": 365, "phone": 365, "mobile": 365, "messenger": 365, "address": 730, "website": 730},
    "post": {"email": 540, "phone": 540, "messenger": 365, "address": 1095, "website": 730},
    "body": {"email": 1095, "phone": 1095, "messenger": 540, "address": 1825, "website": 730, "hotline": 365},
}
"""Days after which half of the channels of a kind are taken to have gone dead, if nobody looked since.

Ours, not measured (docs/decisions/0030): people rotate every two to three years, so an address of a person goes first;
that of a post outlives the person but not the next change of names of offices; a mailbox or switchboard of a body lasts
longer; websites are rebuilt every few years and their addresses change with that; a hotline is given to people in
danger, so it is looked at every year.
"""

USUAL = 730
"""For kinds that are not in the table: fax, form."""

NEVER = 100
"""Staleness in per cent of what bounced, or was never checked or seen: as stale as can be."""


class KnownChannel(Shape):
    """A channel with what checks and sources say of it."""

    id: str = Field(description="Id of the channel.")
    kind: str | None = column("E-mail, phone, website, address …")
    value: str | None = column("The address itself.")
    freshness: str = Field(description="When it was last checked or seen.")
    unusable_because: str | None = column("Why it must not be used.")
    purpose: str | None = column("What it may be used for.")
    verified_on: str | None = column("Day it was last found working.")
    verified_by: str | None = column("Who found it working.")
    verified_how: str | None = column("How it was checked.")
    channel_seen_on: str | None = column("Latest day on which a source shows it.")
    bounced_on: str | None = column("Day it bounced; null if it worked since.")
    do_not_use: str | None = column("Why it must not be used, as somebody noted.")
    not_for_officials: str | None = column(
        "What it is for, where that is no way to an official: hotline, visas, press."
    )


def known_channel(channel: Mapping[str, Any], check: ChannelCheck) -> KnownChannel:
    """Return a channel with these properties as a row shows it."""
    return KnownChannel(
        id=channel["id"],
        kind=channel.get("channel_kind"),
        value=channel.get("channel_value"),
        freshness=check.freshness,
        unusable_because=unusable_because(channel, check),
        purpose=channel.get("purpose"),
        not_for_officials=not_for_officials(channel),
        **check.values,
    )


@dataclass(frozen=True)
class Age:
    """How old what is known of it is.

    Attributes:
        on: Latest day by which somebody checked or a source showed it, possibly partial; None if never.
        days: Days since then; None if never.
        half_life: Days after which half of such channels are taken to have gone dead.
        staleness: In per cent, from 0 for today to 100 for never; 50 after one half-life.
    """

    on: str | None
    days: int | None
    half_life: int
    staleness: int


def age_of(channel: Mapping[str, Any], *, whose: Whose, day: str, is_dead: bool) -> Age:
    """Return how stale a channel is on a day."""
    half_life = HALF_LIVES[whose].get(str(channel.get("channel_kind")), USUAL)
    verified = channel.get("verified_on")
    on = latest([*(channel.get("seen_on") or ()), *([verified] if verified else [])], on=day)
    if on is None:
        return Age(None, None, half_life, NEVER)
    days = max(days_since(on, day), 0)
    return Age(on, days, half_life, NEVER if is_dead else round(100 * (1 - 0.5 ** (days / half_life))))


def whose_is(channel: Mapping[str, Any], reached_class: str) -> Whose:
    """Return whose channel it is: as stated, else by the class of what it reaches."""
    stated: Whose | None = channel.get("kind_of_owner")
    return stated or ("person" if reached_class == "Person" else "post" if reached_class == "Post" else "body")
