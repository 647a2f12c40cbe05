"""Each type of relationship as a sentence says it, from either end: ``is a member of``, ``has as a member``."""

from collections.abc import Mapping
from typing import Any

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.values import first_day
from iga.queries.core.clauses import worded
from iga.queries.core.days import latest, passed
from iga.queries.core.happened import since_when
from iga.queries.core.leaving import left_on, status_then
from iga.queries.core.reading import Entity, FullEdgeRow
from iga.queries.core.treaty import bond_on
from iga.queries.core.wording import kind_in_words, with_article


def said_of(kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str, dated_by: FullEdgeRow | None = None) -> str:
    """Return what a relationship says in words, as of `saying_of`."""
    return in_a_sentence(saying_of(kind, edge, leads_out=leads_out, day=day, dated_by=dated_by))


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
    if kind in _WAS and passed(stated.get("period_end") or left_on(stated), on=day) == "yes":
        return _was(kind, stated, leads_out=leads_out)
    if kind == "MEMBER_OF" and (standing := stated.get("office") or stated.get("category")):
        status = status_then(stated, day=day).get("status")
        name = f"{standing}, {status}," if status not in (None, "active") else str(standing)
        return f"is {with_article(name)} of" if leads_out else f"has as {name}"
    if kind == "PARTY_TO":
        return _bound(bond_on(stated, day=day).standing, leads_out=leads_out)
    if kind == "HOLDS" and stated.get("capacity") not in (None, "substantive"):
        return f"holds, {stated['capacity']}, the post" if leads_out else f"is held, {stated['capacity']}, by"
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
    "HOLDS": ("held the post", "was held by"),
    "IMPLEMENTED_IN": ("ran in", "is where there ran"),
    "IMPLEMENTS": ("carried out", "was carried out by"),
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
    if kind == "HOLDS" and stated.get("capacity") not in (None, "substantive"):
        return f"held, {stated['capacity']}, the post" if leads_out else f"was held, {stated['capacity']}, by"
    return _WAS[kind][0 if leads_out else 1]


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
    return ends if ends["start"] or ends["end"] else {"on": since_when(edge)}


def _when(kind: str, edge: FullEdgeRow, *, day: str) -> dict[str, Any]:
    """Return when it held, or was last seen; only blanks when nothing dates it."""
    stated, when = edge.properties, when_of(edge)
    if kind == "PARTY_TO":
        dated = stated.get("action_on") or stated.get("signed_on")
        is_done = dated and first_day(dated) <= day
        return {"what": stated.get("action") or "signed", "on": dated} if is_done else {}
    if "start" not in when and (seen := latest(stated.get("attested_on"), on=day)):
        return {"what": "seen", "on": seen}
    return when
