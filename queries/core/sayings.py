"""Each type of relationship as a sentence says it, from either end: ``is a member of``, ``has as a member``."""

from collections.abc import Mapping
from typing import Any

from graph.domain.catalog import EDGE
from graph.domain.values import first_day
from queries.core.days import latest, stretch
from queries.core.happened import since_when
from queries.core.reading import Entity, FullEdgeRow
from queries.core.treaty import bond_on
from queries.core.wording import kind_in_words, with_article


def said_of(kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str, dated_by: FullEdgeRow | None = None) -> str:
    """Return what a relationship says, as a sentence goes on from the end that was asked for, with its days.

    Args:
        kind: Type of the relationship.
        edge: The relationship; its other end is named.
        leads_out: Whether it leads from the end that was asked for.
        day: Full day that is answered for; sightings after it are not told.
        dated_by: The same as seen from the end at whose other end an event or a record stands; None is `edge`.
    """
    words = f"{_verb(kind, edge, leads_out=leads_out, day=day)} {called(edge)}{_detail(kind, edge.properties)}"
    when = _when(kind, dated_by or edge, day=day)
    return f"{words} ({when})" if when else words


def called(thing: FullEdgeRow | Entity) -> str:
    """Return what a sentence calls a thing: its name, its channel, or what it is; never an id."""
    if not thing.values.get("unnamed"):
        return thing.name
    return str(thing.values.get("channel_value") or f"a {kind_in_words(thing.cls)} without a name")


def _verb(kind: str, edge: FullEdgeRow, *, leads_out: bool, day: str) -> str:
    said = edge.properties
    if kind == "MEMBER_OF" and (standing := said.get("office") or said.get("category")):
        name = f"{standing}, {said['status']}," if said.get("status") not in (None, "active") else str(standing)
        return f"is {with_article(name)} of" if leads_out else f"has as {name}"
    if kind == "PARTY_TO":
        return _bound(bond_on(said, day=day).standing, leads_out=leads_out)
    if kind == "HOLDS" and said.get("capacity") not in (None, "substantive"):
        return f"holds, {said['capacity']}, the post" if leads_out else f"is held, {said['capacity']}, by"
    if kind == "VOTED" and said.get("vote"):
        return f"voted {said['vote']} on" if leads_out else f"had the vote {said['vote']} of"
    if kind == "PARTICIPATED" and said.get("attended") is not True:
        listed = "was listed for" if said.get("attended") is None else "did not attend"
        return listed if leads_out else "listed as a participant"
    return EDGE[kind].phrase[0 if leads_out else 1]


_BONDS: Mapping[str, tuple[str, str]] = {
    "signatory": ("signed", "was signed by"),
    "withdrawn": ("withdrew from", "was left by"),
    "unknown": ("stands, in a way that no date tells, to", "is, in a way that no date tells, open to"),
}


def _bound(standing: str, *, leads_out: bool) -> str:
    return _BONDS.get(standing, EDGE["PARTY_TO"].phrase)[0 if leads_out else 1]


def _detail(kind: str, said: Mapping[str, Any]) -> str:
    told = said.get("role") if kind in ("IMPLEMENTS", "ORGANIZED", "SPONSORED") else said.get("standing")
    return f", {told}" if told else ""


def _when(kind: str, edge: FullEdgeRow, *, day: str) -> str:
    """Return when it held, or was last seen; blank when nothing dates it."""
    said = edge.properties
    if kind == "PARTY_TO":
        dated = said.get("action_on") or said.get("signed_on")
        return f"{said.get('action') or 'signed'} {dated}" if dated and first_day(dated) <= day else ""
    seen = latest(said.get("attested_on"), on=day)
    return stretch(said) or (f"seen {seen}" if seen else since_when(edge))
