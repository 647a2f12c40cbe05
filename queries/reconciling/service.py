"""What the reconciliation service says of itself, and its answers to batches, in the shapes of the API."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iga.graph.domain.topics import THESAURUS
from iga.graph.errors import UsageError
from iga.graph.projection.properties import unflatten
from iga.graph.statements import Value
from iga.queries.core.printed_names import entities_as_written, printed_names
from iga.queries.core.reading import Entity, by_name
from iga.queries.core.reads import EDGES_IN, EDGES_OUT, OfType
from iga.queries.core.relationships import stands
from iga.queries.core.session import Session
from iga.queries.core.tip_report import with_publication_days
from iga.queries.core.wording import in_words
from iga.queries.reconciling.query import (
    MOST_QUERIES,
    ExtendQuery,
    ReconQuery,
    TooMuch,
    Wanted,
    read_batch,
    read_extension,
    read_one,
)
from iga.queries.reconciling.reconcile import Likely, descriptions, likely
from iga.queries.reconciling.schema import (
    COUNTRY,
    Candidate,
    Column,
    Extension,
    Feature,
    Manifest,
    MatchResult,
    Named,
    Property,
    Results,
    countries_of,
    property_named,
    rule_of,
    types,
    types_of,
)

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
    wanted = [(property_named(it.id), _limit(it)) for it in query.properties]
    things = entities_as_written(session, query.ids)
    columns = {it.id: (_of_edge if it.edge else _of_field)(session, it, things) for it, _ in wanted}
    limits = {it.id: limit or None for it, limit in wanted}
    return Extension(
        meta=tuple(_meta(it) for it, _ in wanted),
        rows={
            id_: {pid: tuple(cells.get(id_, ())[: limits[pid]]) for pid, cells in columns.items()} for id_ in query.ids
        },
    )


def _limit(wanted: Wanted) -> int:
    """Return how many values of a property are wanted; 0 is all of them."""
    written = (wanted.settings or {}).get("limit") or 0
    try:
        limit = int(float(written))
    except (ValueError, OverflowError):
        limit = -1
    if limit < 0:
        raise UsageError(f"extend: {wanted.id}: the limit {written!r} is no number; write how many values, 0 for all")
    return limit


def _meta(wanted: Property) -> Column:
    kind = types().get(wanted.refers_to)
    return Column(id=wanted.id, name=wanted.name, type=Named(id=kind.id, name=kind.name) if kind else None)


def _of_field(session: Session, field: Property, things: Mapping[str, Entity]) -> dict[str, list[Cell]]:
    values = {written: _values(field, thing) for written, thing in things.items()}
    refers = {
        cls: field.id == COUNTRY or bool((rule := rule_of(cls, field.id)) and rule.refers_to)
        for cls in {thing.cls for thing in things.values()}
    }
    pointed = {str(value) for written, thing in things.items() if refers[thing.cls] for value in values[written]}
    names = printed_names(session, pointed)
    return {
        written: [
            {"id": str(value), "name": names.get(str(value), str(value))}
            if refers[things[written].cls]
            else _cell(field, things[written].cls, value)
            for value in stated
        ]
        for written, stated in values.items()
    }


def _values(field: Property, thing: Entity) -> Sequence[Value]:
    if field.id == COUNTRY:
        return countries_of(thing)[:1]
    value = unflatten(thing.cls, thing.values).get(field.id) if rule_of(thing.cls, field.id) else None
    return () if value is None or value == "" else value if isinstance(value, list) else (value,)


def _cell(field: Property, cls: str, value: Value) -> Cell:
    rule = rule_of(cls, field.id)
    if field.id == "topics":
        return {"str": _TOPIC.get(str(value), str(value))}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"int": value}
    if rule and rule.shape == "day" and _WHOLE_DAY.fullmatch(str(value)):
        return {"date": f"{value}T00:00:00Z"}  # clients read an instant; a partial date is never padded to one
    return {"str": in_words(value)}


def _of_edge(session: Session, edge: Property, things: Mapping[str, Entity]) -> dict[str, list[Cell]]:
    ids = tuple(sorted({thing.id for thing in things.values()}))
    read = session.read(EDGES_OUT if edge.is_out else EDGES_IN, OfType(ids=ids, type=edge.edge, limit=_MOST_EDGES))
    if len(read) == _MOST_EDGES:
        raise TooMuch(f"extend: {edge.id}: more than {_MOST_EDGES:,} values at once; ask for fewer ids")
    cells: dict[str, dict[str, Cell]] = {}
    for row in by_name(with_publication_days(session, read)):
        if stands(edge.edge, row, day=session.today) != "no":
            cells.setdefault(row.subject, {})[row.id] = {"id": row.id, "name": row.name}
    return {written: list(cells.get(thing.id, {}).values()) for written, thing in things.items()}


# The types that most lists of names are about.
_DEFAULT = (
    *("Party", "Government", "InternationalOrganization", "PublicBody", "Forum", "Ngo", "Organization"),
    *("Person", "Post", "Agreement"),
)
_LIMIT = {
    "name": "limit",
    "label": "Limit",
    "type": "number",
    "default": 0,
    "help_text": "Most values of a row; 0 fetches all",
}


def manifest(base: str, *, version: str) -> Manifest:
    """Return what the service is and offers."""
    suggested = {
        name: {
            "service_url": base,
            "service_path": f"/suggest/{name}",
            "flyout_service_path": f"/flyout/{name}?id=${{id}}",
        }
        for name in ("entity", "property", "type")
    }
    return Manifest(
        {
            "versions": ["0.2"],
            "name": "IGA Graph",
            "identifierSpace": "urn:iga:entity:",
            "schemaSpace": "urn:iga:class:",
            "serviceVersion": version,
            "defaultTypes": [{"id": name, "name": types()[name].name} for name in _DEFAULT],
            "batchSize": MOST_QUERIES,
            "view": {"url": f"{base}/view?id={{{{id}}}}"},
            "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": 430, "height": 260},
            "suggest": suggested,
            "extend": {
                "propose_properties": {"service_url": base, "service_path": "/properties"},
                "property_settings": [_LIMIT],
            },
        }
    )


def answered(session: Session, asked: Mapping[str, str]) -> Results | MatchResult | Extension:
    """Return the answer to what a client asks: a batch, a single query, or values to fetch.

    Raises:
        UsageError: It is none of these, several, or not as the API describes it.
        TooMuch: It asks for more than is answered at once.
        NotFound: A property to fetch does not exist.
    """
    kinds = [name for name in ("queries", "query", "extend") if name in asked]
    if len(kinds) != 1:
        several = f"{' and '.join(kinds)} at once" if kinds else "nothing"
        raise UsageError(f"the request asks for {several}; send one of queries, query and extend")
    if "extend" in asked:
        return extended(session, read_extension(asked["extend"]))
    if "query" in asked:
        return batch(session, {"": read_one(asked["query"], more=asked)}).root[""]
    return batch(session, read_batch(asked["queries"]))


def batch(session: Session, queries: Mapping[str, ReconQuery]) -> Results:
    """Return the candidates of each query of a batch, by its key, best first."""
    candidates = likely(session, queries)
    lines = descriptions(session, (one for ones in candidates.values() for one in ones))
    return Results(
        {
            key: MatchResult(result=tuple(_candidate(one, lines, ones) for one in ones))
            for key, ones in candidates.items()
        }
    )


def _candidate(one: Likely, lines: Mapping[str, str], rivals: Sequence[Likely]) -> Candidate:
    by = "" if one.hit.matched in (one.thing.name, one.thing.id) else f"; found by {one.hit.matched}"
    return Candidate(
        id=one.thing.id,
        name=one.thing.name,
        description=f"{lines[one.thing.id]}{by}",
        type=types_of(one.thing.cls),
        score=one.score,
        features=tuple(_features(one, rivals)),
        match=one.is_sure,
    )


def _features(one: Likely, rivals: Sequence[Likely]) -> Iterator[Feature]:
    yield Feature(id="name_score", value=one.hit.score)
    yield Feature(id="exact_name", value=one.is_exact)
    yield Feature(id="type_match", value=one.is_of_type)
    yield Feature(id="claims", value=float(sum(rival.is_claim for rival in rivals)))
    for pid, verdict in one.verdicts.items():
        yield Feature(id=f"property_{pid}", value=verdict == "agrees")
