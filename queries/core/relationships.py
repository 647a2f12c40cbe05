"""How a membership, a treaty or any other relationship stood on a day, and how that is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.fold.recipes import ATTESTED, recipe
from iga.queries.core.clauses import worded
from iga.queries.core.days import Passed, held_on, latest, passed
from iga.queries.core.holders import held_term, holding_of, last_seen
from iga.queries.core.moving import begun_on
from iga.queries.core.reading import Entity, FullEdgeRow
from iga.queries.core.wording import kind_in_words, with_article

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


def steps_of(properties: Mapping[str, Any]) -> dict[Step, str]:
    """Return the steps of a withdrawal of which the day is on file, the last first."""
    days: dict[Step, str | None] = {
        "in effect": left_on(properties),
        "notified": properties.get("withdrawal_notified_on"),
        "announced": properties.get("withdrawal_announced_on"),
    }
    return {step: on for step, on in days.items() if on}


def leaving_on(properties: Mapping[str, Any], *, day: str) -> Step | None:
    """Return how far a withdrawal has come by a day; None if there is none, or none is known yet."""
    return next((step for step, on in steps_of(properties).items() if passed(on, on=day) == "yes"), None)


def is_ahead(date: str | None, *, day: str, today: str) -> bool:
    """True if what comes by a day asked for, possibly partial, lies after today: it is to happen, and has not."""
    return passed(date, on=today) == "no" and passed(date, on=day) == "yes"


def membership_on(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Return whether a membership held on a day; who withdrew or is a former member left, on an unknown day perhaps.

    Whoever leaves on a known day, or announced or notified that it does, was a member from its start until then. Who is
    only announced as a member is not known to have taken the seat.
    """
    left = left_on(properties)
    first, last = _days_of_congress(properties.get("basis") or "")
    held = held_on(properties, day=day) if first <= day <= last else "no"
    if held == "no" or (left and last_day(left) < (properties.get("start_min") or "")):
        return held  # the second came back after an earlier withdrawal
    if is_announced(properties):
        return "no" if passed(properties.get("status_on"), on=day) == "no" else "unknown"
    if _was_in_until_then(properties, day):
        return "yes"
    if left is None and not has_left(properties):
        return held
    gone = passed(left or properties.get("status_on"), on=day)
    if gone == "no":
        return held
    return "no" if gone == "yes" else "unknown"


def _was_in_until_then(properties: Mapping[str, Any], day: str) -> bool:
    """Return True between a start, or a step towards leaving, and the next such step or the day of leaving."""
    begun = leaving_on(properties, day=day) or passed(properties.get("period_start"), on=day) == "yes"
    return bool(begun) and any(passed(on, on=day) == "no" for on in steps_of(properties).values())


def membership_begins_after(properties: Mapping[str, Any], *, day: str) -> bool:
    """True if a membership is known to begin only after a day, or is announced only after it."""
    announced_on = properties.get("status_on") if is_announced(properties) else None
    first, _ = _days_of_congress(properties.get("basis") or "")
    return any(on and first_day(on) > day for on in (properties.get("start_min"), announced_on, first))


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


def has_left(properties: Mapping[str, Any]) -> bool:
    """Return True if the status of a membership is that of somebody who left."""
    return (properties.get("status") or "").startswith(("withdrawn", "former"))


def is_put_out(properties: Mapping[str, Any]) -> bool:
    """Return True if a membership has the day on which the member was suspended or excluded."""
    return bool(properties.get("status_on")) and (properties.get("status") or "").startswith(("suspended", "excluded"))


def left_by(properties: Mapping[str, Any]) -> str | None:
    """Return the day by which somebody had left, where a status without a day of leaving says so; None if none does."""
    return left_on(properties) or (properties.get("status_on") if has_left(properties) else None)


def is_former(properties: Mapping[str, Any], *, day: str) -> bool:
    """Return True if somebody is stated to have left by a day, though perhaps not when."""
    return has_left(properties) and membership_on(properties, day=day) == "no"


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


Standing = Literal["party", "signatory", "withdrawn", "not party", "unknown"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True)
class Bond:
    """A standing, and whether it is known to be so on the day or may be so."""

    standing: Standing
    held: Literal["yes", "unknown"]

    def as_known(self, *, is_sure: bool) -> "Bond":
        """Return it as a row shows it: who had not joined when last listed may have by then, unless that is sure."""
        return self if is_sure or self.standing not in ("signatory", "not party") else Bond(self.standing, "unknown")


def bond_on(properties: Mapping[str, Any], *, day: str, adopted_on: str | None = None) -> Bond:
    """Return how a party stands to an agreement on a day.

    Nobody stands to an agreement before it is adopted: *not party*. After that, the first of these that applies,
    from the properties of PARTY_TO:

    1. withdrawn_on has come, and no later action_on: *withdrawn*.
    2. action_on (ratification, accession …) has come, or in_force_on where there is no such day: *party*.
       A party is counted from the day of its action, as depositaries count, not from entry into force.
    3. Its source states "party" or "withdrawn" without such a day, and any signature has come: that, known
       from the first day a source lists it.
    4. signed_on has come, or its source states "signatory" without a day: *signatory*.
    5. It withdraws after the day and joins again later: it was bound at some time before, *unknown* since when.
    6. A dated step lies after the day, or its source states "not party": *not party*.
    7. Otherwise *unknown*.

    A date that the day falls inside (``2021`` on 2021-06-30) makes the standing possible, not known.
    """
    if not_adopted(adopted_on, day=day):
        return Bond("not party", "yes")
    stated, signed_on = properties.get("status"), properties.get("signed_on")
    left_on, acted_on = properties.get("withdrawn_on"), properties.get("action_on") or properties.get("in_force_on")
    listed: Passed = "yes" if latest(properties.get("attested_on"), on=day) else "unknown"
    signed: Passed = passed(signed_on, on=day) if signed_on else listed if stated == "signatory" else "no"
    undated = listed if not (signed_on and signed == "no") else "no"
    steps: tuple[tuple[Standing, Passed], ...] = (
        ("withdrawn", passed(left_on, on=day) if left_on and not _joined_again(left_on, acted_on, day) else "no"),
        ("party", passed(acted_on, on=day) if acted_on else undated if stated == "party" else "no"),
        ("withdrawn", undated if stated == "withdrawn" and not left_on else "no"),
        ("signatory", signed),
    )
    for standing, reached in steps:
        if reached != "no":
            return Bond(standing, reached)
    if left_on and acted_on and first_day(acted_on) > last_day(left_on) and passed(left_on, on=day) == "no":
        return Bond("unknown", "unknown")
    if acted_on or signed_on:
        return Bond("not party", "yes")
    if stated == "not party":
        return Bond("not party", "yes" if listed == "yes" else "unknown")
    return Bond("unknown", "unknown")


def not_adopted(adopted_on: str | None, *, day: str) -> bool:
    """True if an agreement is known not to have been adopted by a day."""
    return bool(adopted_on) and first_day(str(adopted_on)) > day


def joins_later(properties: Mapping[str, Any], *, day: str) -> bool:
    """True if a party is known to join an agreement only after a day, by the day of its own step."""
    acted_on = properties.get("action_on") or properties.get("in_force_on")
    return bool(acted_on) and first_day(str(acted_on)) > day and not properties.get("withdrawn_on")


def _joined_again(left_on: str, acted_on: str | None, day: str) -> bool:
    return bool(acted_on) and last_day(left_on) < first_day(str(acted_on)) <= day


KNOWN_FROM: Mapping[str, str] = {
    "Assessment": "published_on",
    "Publication": "published_on",
    "Determination": "decided_on",
    "Resolution": "adopted_on",
    "Commitment": "said_on",
    "Document": "dated_on",
}
"""By class, the day of what is known from the day on which it was put on record."""

# What happens once: a relationship with it has the days of the event.
_EVENTS = ("Engagement",)
_OWN_DAYS = ("period_start", "period_end", "period_end_kind", ATTESTED)

EDGE_DATES = (
    *(*_OWN_DAYS, "start_min", "start_max", "end_min", "end_max"),
    *("status", "status_on", "signed_on", "withdrawn_on", "action_on", "in_force_on"),
    *("withdrawal_announced_on", "withdrawal_notified_on", "basis"),
)
"""Properties of a relationship that tell whether it stood on a day."""

NODE_DATES = (*dict.fromkeys(KNOWN_FROM.values()), "status", "start_min", "start_max")
"""Properties of what has a day of its own that tell whether a relationship with it stood."""


def stands(kind: str, edge: FullEdgeRow, *, day: str) -> Passed:
    """Say whether a relationship stood on a day, or had happened by it.

    A bond to an agreement and a membership go by their own dates, and end with a withdrawal. Another relationship
    without days of its own takes those of the event or the record at its other end; one that nothing dates is
    *unknown*, but for types that are never dated. Nothing stands before what is at its other end is known to begin.
    """
    return stood(kind, edge.properties, edge.cls, edge.values, day=day)


def stood(kind: str, edge: Mapping[str, Any], cls: str, values: Mapping[str, Any], *, day: str) -> Passed:
    """Say the same of a relationship by its properties, the class of its other end and the properties of that."""
    if kind == "PARTY_TO":
        bond = bond_on(edge, day=day)
        return "no" if bond == Bond("withdrawn", "yes") or bond.standing == "not party" else bond.held
    if kind == "MEMBER_OF":
        return membership_on(edge, day=day)
    is_dated_itself = any(edge.get(name) for name in _OWN_DAYS)
    if recipe(kind).interval and not is_dated_itself and cls in KNOWN_FROM:
        return passed(values.get(KNOWN_FROM[cls]), on=day)
    if recipe(kind).interval and not is_dated_itself and cls in _EVENTS:
        return _begun(values, day=day)
    held = held_on(edge, day=day) if recipe(kind).interval else "yes"
    is_certain = is_dated_itself and (held == "yes" or edge.get("period_start"))
    return "no" if not is_certain and cls not in _EVENTS and begun_on(values) > day else held


def is_dated(cls: str) -> bool:
    """True if things of a class have a day of their own that a relationship with them goes by."""
    return cls in KNOWN_FROM or cls in _EVENTS


def since_when(edge: FullEdgeRow) -> str:
    """Return the first day that a relationship, or the event or record at its other end, is dated by; else a blank."""
    known_from = edge.values.get(KNOWN_FROM.get(edge.cls, ""))
    begun = edge.values.get("period_start") if edge.cls in _EVENTS else None
    return edge.properties.get("period_start") or known_from or begun or ""


def _begun(event: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether an event had begun by a day, as far as it is known to have been held at all."""
    start_min, start_max = event.get("start_min"), event.get("start_max")
    if start_min and start_min > day:
        return "no"
    return "yes" if event.get("status") == "held" and start_max and start_max <= day else "unknown"


def said_of(kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str) -> str:
    """Return what a relationship says in words, as of `saying_of`."""
    return in_a_sentence(saying_of(kind, edge, leads_out=leads_out, day=day))


def in_a_sentence(saying: Mapping[str, Any]) -> str:
    """Return what a relationship says in words."""
    return worded("iga.queries.core", "words", "said", {"saying": saying})


def saying_of(
    kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str, dated_by: FullEdgeRow | None = None
) -> dict[str, Any]:
    """Return what a relationship says, as a sentence goes on from the end that was asked for, with its days.

    It is a value that ``words.said`` of the templates puts in words: verb, thing, detail, and when.

    Args:
        kind: Type of the relationship.
        edge: The relationship; its other end is named.
        leads_out: Whether it leads from the end that was asked for.
        day: Full day that is answered for; sightings after it are not told.
        dated_by: The same as seen from the end at whose other end an event or a record stands; None is `edge`.
    """
    stated = edge.properties
    return {
        "verb": _verb(kind, edge, leads_out=leads_out, day=day),
        "thing": called(edge),
        "detail": stated.get("role") if kind in ("IMPLEMENTS", "ORGANIZED", "SPONSORED") else stated.get("standing"),
        "when": _when(kind, dated_by or edge, day=day),
    }


def called(thing: FullEdgeRow | Entity) -> str:
    """Return what a sentence calls a thing: its name, its channel, or what it is; never an id."""
    if not thing.values.get("unnamed"):
        return thing.name
    return str(thing.values.get("channel_value") or f"a {kind_in_words(thing.cls)} without a name")


def _verb(kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str) -> str:
    stated = edge.properties
    is_over = passed(stated.get("period_end") or stated.get("left_by") or left_on(stated), on=day) == "yes"
    if kind == "HOLDS":
        return _held(edge, leads_out=leads_out, is_over=is_over, day=day)
    if kind in _WAS and (is_over or (kind == "MEMBER_OF" and is_former(stated, day=day))):
        return _was(kind, stated, leads_out=leads_out)
    if kind == "MEMBER_OF" and is_announced(stated):
        name = stated.get("office") or stated.get("category") or "member"
        return f"is announced as {with_article(name)} of" if leads_out else f"has announced as {name}"
    if kind == "MEMBER_OF" and (standing := stated.get("office") or stated.get("category")):
        status = status_then(stated, day=day).get("status")
        name = f"{standing}, {status}," if status not in (None, "active") else str(standing)
        return f"is {with_article(name)} of" if leads_out else f"has as {name}"
    if kind == "PARTY_TO":
        return _bound(bond_on(stated, day=day).standing, leads_out=leads_out)
    if kind == "VOTED" and stated.get("vote"):
        return f"voted {stated['vote']} on" if leads_out else f"had the vote {stated['vote']} of"
    if kind == "PARTICIPATED" and stated.get("attended") is not True:
        listed = "was listed for" if stated.get("attended") is None else "did not attend"
        return listed if leads_out else "listed as a participant"
    return EDGE[kind].phrase[0 if leads_out else 1]


_WAS: Mapping[str, tuple[str, str]] = {
    "ADVISES": ("advised", "was advised by"),
    "COVERS": ("dealt with", "was dealt with by"),
    "FUNDED": ("paid for", "was paid for by"),
    "IMPLEMENTED_IN": ("ran in", "is where there ran"),
    "IMPLEMENTS": ("carried out", "was carried out by"),
    "MANDATES": ("set up or renewed", "was set up or renewed by"),
    "MEMBER_OF": ("was a member of", "had as a member"),
    "OWED_TO": ("was owed to", "was owed"),
    "OWNS_RELATIONSHIP": ("owned our relationship with", "had as the owner of its relationship on our side"),
    "PART_OF": ("was part of", "had as a part"),
    "POST_IN": ("was a post in", "had the post"),
    "REACHED_AT": ("was reached at", "reached"),
    "UNDER": ("belonged to", "had under it"),
}
"""How what ended is said. What is left out tells what was done, or goes on for good."""


def _was(kind: str, stated: Mapping[str, Any], *, leads_out: bool) -> str:
    if kind == "MEMBER_OF" and (standing := stated.get("office") or stated.get("category")):
        return f"was {with_article(str(standing))} of" if leads_out else f"had as {standing}"
    return _WAS[kind][0 if leads_out else 1]


def _held(term: FullEdgeRow, *, leads_out: bool, is_over: bool, day: str) -> str:
    """Return how somebody holds a post on a day, or held it, by the rule by which `holder_of` names holders."""
    capacity, holding = term.properties.get("capacity"), holding_of(term, held_term(term, day))
    is_now = holding != "not known to be in office" and not is_over
    if capacity == "designate":
        be, have = ("is", "has") if is_now and last_seen(term, day) else ("was", "had")
        return f"{be} designate for the post" if leads_out else f"{have} as designate"
    how = {"acting": "acting", "charge d'affaires": "chargé d’affaires"}.get(capacity or "")
    be = "is" if is_now else "was" if is_over or last_seen(term, day) else "may have been"
    if leads_out:
        return f"{be} {how} in the post" if how else f"{_HOLD[be]} the post"
    return f"{be} held, {how}, by" if how else f"{be} held by"


_HOLD = {"is": "holds", "was": "held", "may have been": "may have held"}


_BONDS: Mapping[str, tuple[str, str]] = {
    "signatory": ("signed", "was signed by"),
    "withdrawn": ("withdrew from", "was left by"),
    "unknown": ("stands, not confirmed for that day, to", "is, not confirmed for that day, open to"),
}


def _bound(standing: str, *, leads_out: bool) -> str:
    return _BONDS.get(standing, EDGE["PARTY_TO"].phrase)[0 if leads_out else 1]


def when_of(edge: FullEdgeRow) -> dict[str, Any]:
    """Return the days of a relationship, else that of what stands at its other end, as `words.when` says them."""
    ends = {part: edge.properties.get(f"period_{part}") for part in ("start", "end", "end_kind")}
    left = {"left_by": by} if (by := edge.properties.get("left_by")) and not ends["end"] else {}
    return {**(ends if ends["start"] or ends["end"] else {"on": since_when(edge)}), **left}


def _when(kind: str, edge: FullEdgeRow, *, day: str) -> dict[str, Any]:
    """Return when it held, or was last seen; only blanks when nothing dates it."""
    stated, when = edge.properties, when_of(edge)
    if kind == "PARTY_TO":
        dated = stated.get("action_on") or stated.get("signed_on")
        is_done = dated and first_day(dated) <= day
        return {"what": stated.get("action") or "signed", "on": dated} if is_done else {}
    seen = latest(stated.get("attested_on"), on=day)
    if kind == "HOLDS" and stated.get("capacity") == "designate":
        return {"what": "as of", "on": seen or ""}
    if kind == "MEMBER_OF" and "start" not in when and is_former(stated, day=day):
        return {"left_by": left_by(stated)}
    if kind == "HOLDS" and seen and not stated.get("period_end") and held_term(edge, day) != "yes":
        return {**when, "seen": seen}
    return {"what": "seen", "on": seen} if "start" not in when and seen else when
