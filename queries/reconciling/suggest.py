"""Completes what somebody types into a field for a thing, a property or a type, and tells a few lines on each."""

from collections.abc import Iterable, Iterator
from typing import Literal

from graph.domain.catalog import fits
from graph.errors import NotFound
from graph.text import folded
from queries.core.names.find import find
from queries.core.printed_names import printed_names
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.reconciling.properties import Property, countries_of, properties, properties_of, property_named
from queries.reconciling.query import LONGEST_QUERY
from queries.reconciling.reconcile import described
from queries.reconciling.shapes import Proposal, ProposedProperty, Suggestion, Suggestions
from queries.reconciling.types import types, types_of

Suggested = Literal["entity", "property", "type"]

_SHOWN = 10
_READ = 200


def suggestions(session: Session, what: Suggested, prefix: str, *, type_id: str = "", cursor: int = 0) -> Suggestions:
    """Return what begins like a text, best first, ten at most; blank text suggests nothing but properties and types.

    Args:
        session: The graph.
        what: Things, properties or types.
        prefix: As typed so far.
        type_id: Only things, or properties of things, of this type; blank takes all.
        cursor: How many of the first to skip.
    """
    typed = prefix[:LONGEST_QUERY]
    if what == "entity":
        return Suggestions(result=tuple(_entities(session, typed, type_id, cursor)))
    found = _properties(typed, type_id) if what == "property" else _types(typed)
    return Suggestions(result=tuple(found)[cursor : cursor + _SHOWN])


def proposal(type_id: str, *, limit: int | None) -> Proposal:
    """Return the properties that things of a type have; of all types where it is blank or unknown."""
    found = properties_of(type_id)
    told = tuple(ProposedProperty(id=each.id, name=each.name, description=each.description) for each in found)
    return Proposal(type=type_id, properties=told[: limit or None], limit=limit)


def told(session: Session, what: Suggested, it: str) -> tuple[str, str]:
    """Return the name of a thing, property or type, and a line on it.

    Raises:
        NotFound: There is none with this id.
    """
    if what == "property":
        known = property_named(it)
        return known.name, known.description
    if what == "type":
        if it not in types():
            raise NotFound(f"there is no type {it!r}; its ids are {', '.join(types())}")
        return types()[it].name, types()[it].description or ""
    found = next(iter(_suggested(session, (it,))), None)
    if found is None:
        raise NotFound(f"id: nothing here is called {it[:100]!r}; /search finds things by name")
    return found.name, found.description or ""


def _entities(session: Session, typed: str, type_id: str, cursor: int) -> Iterable[Suggestion]:
    if not folded(typed):
        return ()
    hits = find(session, typed, limit=_READ).hits
    ids = [hit.id for hit in hits if type_id not in types() or fits(hit.cls, (type_id,))]
    return _suggested(session, ids[cursor : cursor + _SHOWN])


def _suggested(session: Session, ids: Iterable[str]) -> list[Suggestion]:
    wanted = tuple(ids)
    things = {thing.id: thing for thing in session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(wanted))))}
    names = printed_names(session, {it for thing in things.values() for it in countries_of(thing)})
    return [
        Suggestion(
            id=it, name=things[it].name, description=described(things[it], names), notable=types_of(things[it].cls)
        )
        for it in wanted
        if it in things
    ]


def _properties(typed: str, type_id: str) -> Iterator[Suggestion]:
    found = properties_of(type_id) if type_id else tuple(properties().values())
    for each in _beginning(typed, found):
        yield Suggestion(id=each.id, name=each.name, description=each.description)


def _beginning(typed: str, among: Iterable[Property]) -> list[Property]:
    """Return the properties whose id or name begins so, then those that have a word that begins so."""
    wanted = folded(typed)
    ranked = [(_place(wanted, each.id, each.name), each) for each in among]
    return [each for place, each in sorted(ranked, key=lambda pair: pair[0]) if place < _NOWHERE]


_NOWHERE = 3


def _place(wanted: str, *names: str) -> int:
    known = [folded(name) for name in names]
    if wanted in known:
        return 0
    if any(name.startswith(wanted) for name in known):
        return 1
    return 2 if any(f" {wanted}" in f" {name}" for name in known) else _NOWHERE


def _types(typed: str) -> Iterator[Suggestion]:
    wanted = folded(typed)
    ranked = [(_place(wanted, each.id, each.name), each) for each in types().values()]
    for place, each in sorted(ranked, key=lambda pair: pair[0]):
        if place < _NOWHERE:
            yield Suggestion(id=each.id, name=each.name, description=each.description, broader=each.broader)
