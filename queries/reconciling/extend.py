"""Fetches properties of things that names were reconciled to: values of fields, and what they are tied to today."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.domain.topics import THESAURUS
from graph.errors import UsageError
from graph.projection.properties import unflatten
from graph.statements import Value
from queries.core.happened import stands
from queries.core.printed_names import printed_names
from queries.core.reading import Entity, OfIds, by_name
from queries.core.reads import EDGES_IN, EDGES_OUT, ENTITIES_BY_ID, IDS_BY_ALIAS, OfType
from queries.core.session import Session
from queries.core.sourced_values import in_words
from queries.core.tip_report import with_publication_days
from queries.reconciling.properties import COUNTRY, Property, countries_of, property_named, rule_of
from queries.reconciling.query import ExtendQuery, TooMuch, Wanted
from queries.reconciling.shapes import Column, Extension, Named
from queries.reconciling.types import types

Cell = dict[str, Any]

_TOPIC = {entry.code: entry.label for entry in THESAURUS}
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# More relationships of one type than one thing of the office has.
_MOST_EDGES = 20_000


def extended(session: Session, query: ExtendQuery) -> Extension:
    """Return the values of properties of things, by id as asked for; an id that nothing has gets no values.

    A field gives one cell for each value; dates that are known to the day are dates, others stay as they are stated.
    A relationship gives the things at its other end that it is not known to be over with today, by name.

    Raises:
        NotFound: There is no such property.
        UsageError: A limit is no number.
        TooMuch: A relationship has more values than are fetched at once.
    """
    wanted = [(property_named(each.id), _limit(each)) for each in query.properties]
    things = _things(session, query.ids)
    columns = {each.id: _column(session, each, things) for each, _ in wanted}
    limits = {each.id: limit for each, limit in wanted}
    rows = {
        it: {pid: tuple(cells.get(it, ())[: limits[pid] or None]) for pid, cells in columns.items()} for it in query.ids
    }
    return Extension(meta=tuple(_meta(each) for each, _ in wanted), rows=rows)


def _limit(wanted: Wanted) -> int:
    given = (wanted.settings or {}).get("limit") or 0
    try:
        limit = int(float(given))
    except (ValueError, OverflowError):
        limit = -1
    if limit < 0:
        raise UsageError(f"extend: {wanted.id}: the limit {given!r} is no number; write how many values, 0 for all")
    return limit


def _meta(each: Property) -> Column:
    kind = types().get(each.refers_to)
    return Column(id=each.id, name=each.name, type=Named(id=kind.id, name=kind.name) if kind else None)


def _things(session: Session, ids: Sequence[str]) -> dict[str, Entity]:
    """Return things by the ids asked for, former and merged ones too."""
    wanted = tuple(sorted(set(ids)))
    if not wanted:
        return {}
    found = {thing.id: thing for thing in session.read(ENTITIES_BY_ID, OfIds(ids=wanted))}
    missing = tuple(it for it in wanted if it not in found)
    aliases = {a.id: a.canonical for a in session.read(IDS_BY_ALIAS, OfIds(ids=missing))} if missing else {}
    merged = tuple(sorted(set(aliases.values())))
    known = {thing.id: thing for thing in session.read(ENTITIES_BY_ID, OfIds(ids=merged))} if merged else {}
    return found | {written: known[it] for written, it in aliases.items() if it in known}


def _column(session: Session, each: Property, things: Mapping[str, Entity]) -> dict[str, list[Cell]]:
    if each.edge:
        return _edges(session, each, things)
    values = {it: _values(each, thing) for it, thing in things.items()}
    pointed = {str(value) for it, thing in things.items() if _refers(each, thing) for value in values[it]}
    names = printed_names(session, pointed)
    return {it: _cells(each, things[it], found, names) for it, found in values.items()}


def _refers(each: Property, thing: Entity) -> bool:
    rule = rule_of(thing.cls, each.id)
    return each.id == COUNTRY or bool(rule and rule.refers_to)


def _values(each: Property, thing: Entity) -> Sequence[Value]:
    if each.id == COUNTRY:
        return countries_of(thing)[:1]
    value = unflatten(thing.cls, thing.values).get(each.id) if rule_of(thing.cls, each.id) else None
    if value is None or value == "":
        return ()
    return value if isinstance(value, list) else (value,)


def _cells(each: Property, thing: Entity, values: Iterable[Value], names: Mapping[str, str]) -> list[Cell]:
    if _refers(each, thing):
        return [{"id": str(it), "name": names.get(str(it), str(it))} for it in values]
    rule = rule_of(thing.cls, each.id)
    if each.id == "topics":
        return [{"str": _TOPIC.get(str(value), str(value))} for value in values]
    return [_cell(value, is_day=rule is not None and rule.shape == "day") for value in values]


def _cell(value: Value, *, is_day: bool) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"int": value}
    if is_day and _WHOLE_DAY.fullmatch(str(value)):
        return {"date": f"{value}T00:00:00Z"}  # clients read an instant; a partial date is never padded to one
    return {"str": in_words(value)}


def _edges(session: Session, each: Property, things: Mapping[str, Entity]) -> dict[str, list[Cell]]:
    ids = tuple(sorted({thing.id for thing in things.values()}))
    read = session.read(EDGES_OUT if each.is_out else EDGES_IN, OfType(ids=ids, type=each.edge, limit=_MOST_EDGES))
    if len(read) == _MOST_EDGES:
        raise TooMuch(f"extend: {each.id}: more than {_MOST_EDGES:,} values at once; ask for fewer ids")
    held: dict[str, dict[str, Cell]] = {}
    for edge in by_name(with_publication_days(session, read)):
        if stands(each.edge, edge, day=session.today) != "no":
            held.setdefault(edge.subject, {})[edge.id] = {"id": edge.id, "name": edge.name}
    return {it: list(held.get(thing.id, {}).values()) for it, thing in things.items()}
