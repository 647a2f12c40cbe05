"""Completes what somebody types into a field for a thing, a property or a type, and tells a few lines on each."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from iga.graph.domain.catalog import fits
from iga.graph.errors import NotFound
from iga.graph.text import folded
from iga.queries.core.names.find import hits_of
from iga.queries.core.printed_names import entities, printed_names
from iga.queries.core.session import Session
from iga.queries.reconciling.query import LONGEST_QUERY
from iga.queries.reconciling.reconcile import described
from iga.queries.reconciling.schema import (
    Property,
    ProposedProperties,
    ProposedProperty,
    Suggestion,
    Suggestions,
    Type,
    countries_of,
    properties_of,
    property_named,
    types,
    types_of,
)

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
    typed, page = prefix[:LONGEST_QUERY], slice(cursor, cursor + _SHOWN)
    if what == "property":
        beginning = _beginning(typed, properties_of(type_id))[page]
        return Suggestions(result=tuple(Suggestion(**_line_on(it)) for it in beginning))
    if what == "type":
        begun = _beginning(typed, types().values())[page]
        return Suggestions(result=tuple(Suggestion(**_line_on(it), broader=it.broader) for it in begun))
    hits = hits_of(session, typed, limit=_READ) if folded(typed) else ()
    ids = [hit.id for hit in hits if type_id not in types() or fits(hit.cls, (type_id,))]
    return Suggestions(result=tuple(_things(session, ids[page])))


def proposal(type_id: str, *, limit: int | None) -> ProposedProperties:
    """Return the properties that things of a type have; of all types where it is blank or unknown."""
    proposed = tuple(ProposedProperty(**_line_on(it)) for it in properties_of(type_id)[: limit or None])
    return ProposedProperties(type=type_id, properties=proposed, limit=limit)


def flyout_of(session: Session, what: Suggested, id_: str) -> tuple[str, str]:
    """Return the name of a thing, property or type, and a line on it.

    Raises:
        NotFound: There is none with this id.
    """
    if what == "type" and id_ not in types():
        raise NotFound(f"there is no type {id_!r}; its ids are {', '.join(types())}")
    if what == "entity":
        things = _things(session, [id_])
        if not things:
            raise NotFound(f"id: nothing here is called {id_[:100]!r}; /v1/find finds things by name")
        return things[0].name, things[0].description or ""
    known = property_named(id_) if what == "property" else types()[id_]
    return known.name, known.description or ""


def _things(session: Session, ids: Sequence[str]) -> list[Suggestion]:
    things = entities(session, ids)
    names = printed_names(session, {country for thing in things.values() for country in countries_of(thing)})
    return [
        Suggestion(id=id_, name=thing.name, description=described(thing, names), notable=types_of(thing.cls))
        for id_ in ids
        if (thing := things.get(id_))
    ]


D = TypeVar("D", Property, Type)


def _beginning(typed: str, among: Iterable[D]) -> list[D]:
    """Return what is called so by id or name, then what begins so, then what has a word that begins so."""
    wanted = folded(typed)

    def place(it: D) -> int:
        known = [folded(name) for name in (it.id, it.name)]
        if wanted in known:
            return 0
        if any(name.startswith(wanted) for name in known):
            return 1
        return 2 if any(f" {wanted}" in f" {name}" for name in known) else _NOWHERE

    return sorted((it for it in among if place(it) < _NOWHERE), key=place)


_NOWHERE = 3


def _line_on(it: Property | Type) -> dict[str, str | None]:
    return {"id": it.id, "name": it.name, "description": it.description}
