"""Whether a membership stood on a day, and how far a party has come with leaving: announced, notified, in effect."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.queries.core.days import Passed, held_on, passed

_CONGRESS = re.compile(r"(?:(\d+)\w\w to )?(\d+)\w\w Congress")

# What says no more of a member than that it is one.
_PLAIN = frozenset({"", "active", "member"})

Step = Literal["in effect", "notified", "announced"]


def left_on(properties: Mapping[str, Any]) -> str | None:
    """Return the day on which a withdrawal takes or took effect; None if there is none, or its day is not known."""
    stated: str | None = properties.get("withdrawn_on")
    if stated is None and properties.get("status") == "withdrawn":
        return properties.get("status_on") or properties.get("period_end")
    return stated


def leaving_on(properties: Mapping[str, Any], *, day: str) -> Step | None:
    """Return how far a withdrawal has come by a day; None if there is none, or none is known yet."""
    reached: tuple[tuple[Step, str | None], ...] = (
        ("in effect", left_on(properties)),
        ("notified", properties.get("withdrawal_notified_on")),
        ("announced", properties.get("withdrawal_announced_on")),
    )
    return next((step for step, on in reached if on and passed(on, on=day) == "yes"), None)


def is_ahead(date: str | None, *, day: str, today: str) -> bool:
    """True if what comes by a day asked for, possibly partial, lies after today: it is to happen, and has not."""
    return passed(date, on=today) == "no" and passed(date, on=day) == "yes"


def membership_on(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Return whether a membership held on a day; who withdrew or is a former member left, on an unknown day perhaps.

    Whoever leaves on a known day, or announced or notified that it does, was a member from its start until then. Who is
    only announced as a member is not known to have taken the seat.
    """
    status, left = properties.get("status") or "", left_on(properties)
    first, last = _days_of_congress(properties.get("basis") or "")
    held = held_on(properties, day=day) if first <= day <= last else "no"
    if held == "no" or (left and last_day(left) < (properties.get("start_min") or "")):
        return held  # the second came back after an earlier withdrawal
    if is_announced(properties):
        return "no" if passed(properties.get("status_on"), on=day) == "no" else "unknown"
    if _was_in_until_then(properties, day):
        return "yes"
    if left is None and not status.startswith(("withdrawn", "former")):
        return held
    gone = passed(left or properties.get("status_on"), on=day)
    if gone == "no":
        return held
    return "no" if gone == "yes" else "unknown"


def _was_in_until_then(properties: Mapping[str, Any], day: str) -> bool:
    """Return True between a start, or a step towards leaving, and the next such step or the day of leaving."""
    steps = (left_on(properties), properties.get("withdrawal_notified_on"), properties.get("withdrawal_announced_on"))
    begun = leaving_on(properties, day=day) or passed(properties.get("period_start"), on=day) == "yes"
    return bool(begun) and any(on and passed(on, on=day) == "no" for on in steps)


def status_then(stated: Mapping[str, Any], *, day: str, listed_on: str | None = None) -> Mapping[str, Any]:
    """Return what is stated of a membership as of a day: without a status that it had, or is known to have, only later.

    A status holds from its own day on. One without a day is known from when it was listed: of an earlier day it is
    ``status_later``, with the day of the list. That somebody is a former member, or only announced as one, is no
    status but whether there is a membership.

    Args:
        stated: Properties of the membership.
        day: Full day.
        listed_on: Day of the list, where the membership states no day on which it was seen.
    """
    status, since = stated.get("status") or "", stated.get("status_on")
    if status in _PLAIN or status.startswith("former") or is_announced(stated):
        return stated
    seen = since or min(stated.get("attested_on") or (), default=listed_on)
    if not seen or first_day(seen) <= day:
        return stated if since else {**stated, "status_listed_on": seen}
    kept = {name: value for name, value in stated.items() if name not in ("status", "status_on")}
    return kept if since else {**kept, "status_later": {"status": status, "on": seen}}


def is_announced(properties: Mapping[str, Any]) -> bool:
    """Return True if somebody is only announced as a member: such a one is listed and never counted."""
    return (properties.get("status") or "").endswith("appointment announced")


@lru_cache(maxsize=1024)
def _days_of_congress(basis: str) -> tuple[str, str]:
    """Return the first and last day of the Congress that elected somebody to a seat or office; any days of none.

    A Congress begins and ends on January 3 of odd years (20th Amendment); what it elects does not outlast it.
    """
    named = _CONGRESS.search(basis)
    if not named:
        return FIRST_DAY, LAST_DAY
    first, last = (int(number) for number in (named[1] or named[2], named[2]))
    return f"{1787 + 2 * first}-01-03", f"{1789 + 2 * last}-01-03"
