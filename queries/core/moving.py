"""Ends and beginnings that follow: of a post, from one taken up elsewhere; under a compact, from its signature."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iga.graph.domain.edges import Holds, Under
from iga.graph.domain.instruments import ChildProtectionCompact
from iga.graph.domain.values import first_day, last_day
from iga.graph.query import Query, R
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.periods import days_after
from iga.queries.core.reading import EdgeRow, OfIds, grouped
from iga.queries.core.reads import BODIES_OF_POSTS, WHOLES_OF

_TERMS = hop(Holds, row=EdgeRow)
_OF_TERMS = "[edge:HOLDS]"
# One serves in these at a time. Who chairs a forum, or is head of several states, mostly does so beside another office.
_FULL_TIME = ("PublicBody", "InternationalOrganization")

Read = Callable[[Query[Any, Any], Any], Sequence[Any]]
"""Reads the graph."""


def with_moves(read: Read, query: Query[Any, R], rows: Sequence[R]) -> list[R]:
    """Return what was read with the end that a term in a post is known to have by a later post elsewhere.

    Such a term ended by the first sign of the later one (``left_by``, ``end_max``), whose name is ``left_for``. Posts
    that one source shows held together, posts in one body or in a part of it, and a designation end nothing.
    """
    terms = [row for row in rows if isinstance(row, EdgeRow) and _may_end(row, query)]
    people = sorted({term.id if term.cls == "Person" else term.subject for term in terms})
    every = grouped(read(_TERMS, OfIds(ids=tuple(people)))) if people else {}
    several = [of for of in every.values() if len({term.id for term in of}) > 1]
    if not several:
        return list(rows)
    bodies = grouped(read(BODIES_OF_POSTS, OfIds(ids=tuple(sorted({term.id for of in several for term in of})))))
    of_posts = tuple(sorted({body.id for of in bodies.values() for body in of}))
    wholes = {id_: {edge.id for edge in of} for id_, of in grouped(read(WHOLES_OF, OfIds(ids=of_posts))).items()}
    moves = {term.key: move for of in several for term in of if (move := _move(term, of, bodies, wholes))}
    return [_moved(row, moves) for row in rows]


def _may_end(row: EdgeRow, query: Query[Any, Any]) -> bool:
    is_term = getattr(row, "type", "") == "HOLDS" or _OF_TERMS in query.text
    return is_term and query is not _TERMS and not row.properties.get("period_end")


def _moved(row: R, moves: Mapping[str, Mapping[str, Any]]) -> R:
    if not (isinstance(row, EdgeRow) and (move := moves.get(row.key))):
        return row
    return row.model_copy(update={"properties": {**row.properties, **move}})


def _move(
    term: EdgeRow, terms: Sequence[EdgeRow], bodies: Mapping[str, Sequence[EdgeRow]], wholes: Mapping[str, set[str]]
) -> dict[str, Any]:
    """Return what follows for a term from the first later one elsewhere; nothing where there is none."""
    stated, signs = term.properties, _signs(term)
    here = {body.id for body in bodies.get(term.id, ())}
    near = here.union(*(wholes.get(body, ()) for body in here))
    if not signs or stated.get("period_end") or stated.get("period_end_kind") == "open":
        return {}
    later: list[tuple[str, EdgeRow]] = []
    for other in terms:
        there = bodies.get(other.id, ())
        is_elsewhere = there and not any(body.id in near or wholes.get(body.id, set()) & here for body in there)
        is_full = other.properties.get("capacity") != "designate" and all(body.cls in _FULL_TIME for body in there)
        if is_elsewhere and is_full and (came := _signs(other)) and first_day(min(came)) > last_day(max(signs)):
            later.append((min(came), other))
    if not later:
        return {}
    by, other = min(later, key=lambda pair: (last_day(pair[0]), pair[1].key))
    evidence = other.properties.get("evidence") or ()
    # On the last day that the first sign of the later one may be, that one is held.
    return {"end_max": days_after(last_day(by), -1), "left_by": by, "left_for": other.name, "left_evidence": evidence}


def _signs(term: EdgeRow) -> list[str]:
    return [*(term.properties.get("attested_on") or ()), *filter(None, [term.properties.get("period_start")])]


_SIGNED = all_of(ChildProtectionCompact, "it.signed_on IS NOT NULL", fields=("signed_on",))
_UNDER = hop(Under, into=True, row=EdgeRow)
_DATED_BY = (
    *("period_start", "adopted_on", "signed_on", "published_on"),
    *("said_on", "money_value_date", "existence_start"),
)
# What is done or given under a compact. A duty or a text may be older than the compact that takes it up.
_DONE_UNDER = ("Award", "Project", "Contribution", "Commitment")


def begun_on(values: Mapping[str, Any]) -> str:
    """Return the first full day on which a thing may have begun, been adopted or been said; blank if nothing tells."""
    stated = next((str(values[name]) for name in _DATED_BY if values.get(name)), "")
    return str(values.get("start_min") or (first_day(stated) if stated else ""))


def with_beginnings(read: Read, query: Query[Any, R], rows: Sequence[R]) -> list[R]:
    """Return what was read; what is under a compact begins no earlier than that (``start_min``)."""
    undated = [row for row in rows if getattr(row, "cls", "") in _DONE_UNDER and _lacks_day(row)]
    if query is _UNDER or not undated:
        return list(rows)
    compacts = {one.id: first_day(one.values["signed_on"]) for one in read(_SIGNED, Everything())}
    under = read(_UNDER, OfIds(ids=tuple(compacts))) if compacts else ()
    began = {edge.id: compacts[edge.subject] for edge in under}
    return [_begun(row, began) for row in rows]


def _lacks_day(row: Any) -> bool:
    return isinstance(getattr(row, "values", None), dict) and not begun_on(row.values)


def _begun(row: Any, began: Mapping[str, str]) -> Any:
    if getattr(row, "cls", "") not in _DONE_UNDER or row.id not in began or not _lacks_day(row):
        return row
    return row.model_copy(update={"values": {**row.values, "start_min": began[row.id]}})
