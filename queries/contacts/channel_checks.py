"""How stale what is known of a channel has become, and a channel as a row shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from iga.queries.core.answer import Shape
from iga.queries.core.columns import column
from iga.queries.core.days import latest
from iga.queries.core.fitness import ChannelCheck, days_since, not_for_officials, unusable_because

Whose = Literal["person", "post", "body"]

HALF_LIVES: Mapping[Whose, Mapping[str, int]] = {
    "person": {"email": 365, "phone": 365, "messenger": 365, "address": 730, "website": 730},
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
    """Return how stale a channel is on a day.

    Args:
        channel: Its properties.
        whose: Whose channel it is.
        day: Full day.
        is_dead: Whether it bounced since it last worked.
    """
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
