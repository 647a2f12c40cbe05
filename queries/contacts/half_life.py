"""How stale a channel is: by its age since it last was checked or seen, and how long its kind of channel lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.domain.values import last_day
from queries.core.days import latest

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


@dataclass(frozen=True)
class Age:
    """How old what is known of a channel is.

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
    days = max((date.fromisoformat(day) - date.fromisoformat(last_day(on))).days, 0)
    return Age(on, days, half_life, NEVER if is_dead else round(100 * (1 - 0.5 ** (days / half_life))))


def whose_is(channel: Mapping[str, Any], reached_class: str) -> Whose:
    """Return whose channel it is: as stated, else by the class of what it reaches."""
    stated: Whose | None = channel.get("kind_of_owner")
    if stated:
        return stated
    return "person" if reached_class == "Person" else "post" if reached_class == "Post" else "body"
