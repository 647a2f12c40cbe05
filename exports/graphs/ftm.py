"""FollowTheMoney entities as JSON lines: parties, people, posts, projects, payments, events and their ties.

Schemata and properties are those of FollowTheMoney 4 (followthemoney.tech/explorer). What it has no schema for is
left out and counted; amounts that are no payments are never made into some.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from exports.files.manifest import Contents, Origin
from exports.graphs.flat import Survey
from exports.graphs.ftm_things import SCHEMATA, Entity, JoinedThings, days_of, ftm_id, thing
from exports.graphs.subgraph import StoredEdge, Subgraph
from graph.domain.marking import Marking
from graph.projection.properties import refs
from queries.core.wording import counted

DATASET = "iga-graph"

# Relationships that are written at one of their ends, as far as there is a place.
_ON_THINGS = frozenset(("POST_IN", "REACHED_AT", "ORGANIZED", "PARTICIPATED", "PART_OF", "UNDER"))

# By type: the schema, the properties of both ends, and the fields that say in what role.
_RELATIONSHIPS: Mapping[str, tuple[str, str, str, tuple[str, ...]]] = {
    "HOLDS": ("Occupancy", "holder", "post", ()),
    "MEMBER_OF": ("Membership", "member", "organization", ("office", "category")),
    "IMPLEMENTS": ("ProjectParticipant", "participant", "project", ("role",)),
    "SUCCEEDED_BY": ("Succession", "predecessor", "successor", ()),
}

_PARTIES = ("PublicBody", "Organization", "Company", "Person")
_ENDS = {
    "Occupancy": (("Person",), ("Position",)),
    "Membership": (_PARTIES, ("PublicBody", "Organization", "Company")),
    "ProjectParticipant": (_PARTIES, ("Project",)),
    "Succession": (_PARTIES, _PARTIES),
}


def write_ftm(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write one entity to a line; ids follow from those of the graph. A payment amount is one that was paid out."""
    survey = Survey(part)
    left_out: Counter[str] = Counter()
    joined = JoinedThings.of(part)
    schemata: Counter[str] = Counter()
    exported: set[str] = set()
    for node in part.nodes():
        if node.cls not in SCHEMATA:
            if node.cls != "ContactPoint":
                left_out[node.cls] += 1
            continue
        entity = thing(node, joined)
        if entity is None:
            left_out[f"{node.cls} without a payment, payer and receiver"] += 1
            continue
        exported.add(node.id)
        schemata[entity["schema"]] += 1
        file.write(_line(entity, node.values, origin))
    for edge in part.edges():
        if edge.type in _ON_THINGS:
            continue
        both = edge.source in exported and edge.target in exported
        entity = _relationship(edge, part) if both else None
        if entity is None:
            left_out[edge.type] += 1
            continue
        schemata[entity["schema"]] += 1
        file.write(_line(entity, edge.values, origin))
    notes = [*joined.notes(), *_left_out(left_out)]
    return survey.contents(notes=notes, entities=sum(schemata.values()), **dict(sorted(schemata.items())))


def _line(entity: dict[str, Any], values: Mapping[str, Any], origin: Origin) -> bytes:
    sources = list(dict.fromkeys(source for source, _ in refs(values.get("evidence") or ())))
    whole = {
        **entity,
        "datasets": [DATASET],
        "last_change": origin.made_at,
        "marking": Marking(values.get("marking", 0)).word,
        "sources": sources,
    }
    return f"{json.dumps(whole, ensure_ascii=False)}\n".encode()


def _left_out(left_out: Counter[str]) -> Iterator[str]:
    if left_out:
        by_class = ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))
        total = counted(sum(left_out.values()), "thing or relationship", "things and relationships")
        yield f"{total} without a place in FollowTheMoney left out: {by_class}"


def _relationship(edge: StoredEdge, part: Subgraph) -> Entity | None:
    """Return a relationship as an entity; None when there is no schema for it, or an end does not fit."""
    if edge.type not in _RELATIONSHIPS:
        return None
    schema, source, target, roles = _RELATIONSHIPS[edge.type]
    sources, targets = _ENDS[schema]
    if SCHEMATA[part.classes[edge.source]] not in sources or SCHEMATA[part.classes[edge.target]] not in targets:
        return None
    values = edge.values
    properties = {
        source: [ftm_id(edge.source)],
        target: [ftm_id(edge.target)],
        **days_of(values, start="startDate", end="endDate"),
    }
    role = [str(values[name]) for name in roles if values.get(name)]
    if role:
        properties["role"] = role[:1]
    if seen := values.get("attested_on"):
        properties["date"] = [max(seen)]
    if schema == "Occupancy":
        if values.get("capacity"):
            properties["summary"] = [values["capacity"]]
        if values.get("period_end_kind") == "open":
            properties["status"] = ["current"]
    elif values.get("status"):
        properties["status"] = [values["status"]]
    filled = {name: texts for name, texts in properties.items() if texts}
    return {"id": ftm_id(edge.key), "schema": schema, "properties": filled, "iga_id": edge.key}
