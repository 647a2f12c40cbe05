"""FollowTheMoney entities as JSON lines: parties, people, posts, projects, payments, events and their ties.

Schemata and properties are those of FollowTheMoney 4 (followthemoney.tech/explorer). What it has no schema for is
left out and counted; amounts that are no payments are never made into some.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from exports.files.manifest import Made, Written
from exports.graphs.ftm_things import SCHEMATA, Joined, thing
from exports.graphs.ftm_ties import ON_THINGS, tie
from exports.graphs.part import Part
from exports.graphs.survey import survey
from exports.wording import counted
from graph.domain.marking import Marking
from graph.projection.properties import refs

DATASET = "iga-graph"


def write_ftm(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write one entity to a line; ids follow from those of the graph. A payment amount is one that was paid out."""
    found = survey(part)
    left_out: Counter[str] = Counter()
    joined = Joined.of(part)
    schemata: Counter[str] = Counter()
    written: set[str] = set()
    for node in part.nodes():
        if node.cls not in SCHEMATA:
            if node.cls != "ContactPoint":
                left_out[node.cls] += 1
            continue
        entity = thing(node, joined)
        if entity is None:
            left_out[f"{node.cls} without a payment, payer and receiver"] += 1
            continue
        written.add(node.id)
        schemata[entity["schema"]] += 1
        file.write(_line(entity, node.values, made))
    for edge in part.edges():
        if edge.type in ON_THINGS:
            continue
        both = edge.source in written and edge.target in written
        entity = tie(edge, part) if both else None
        if entity is None:
            left_out[edge.type] += 1
            continue
        schemata[entity["schema"]] += 1
        file.write(_line(entity, edge.values, made))
    notes = [*joined.notes(), *_told(left_out)]
    return found.written(part, notes=notes, entities=sum(schemata.values()), **dict(sorted(schemata.items())))


def _line(entity: dict[str, Any], values: Mapping[str, Any], made: Made) -> bytes:
    sources = list(dict.fromkeys(source for source, _ in refs(values.get("evidence") or ())))
    whole = {
        **entity,
        "datasets": [DATASET],
        "last_change": made.at,
        "marking": Marking(values.get("marking", 0)).word,
        "sources": sources,
    }
    return f"{json.dumps(whole, ensure_ascii=False)}\n".encode()


def _told(left_out: Counter[str]) -> Iterator[str]:
    if left_out:
        each = ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))
        total = counted(sum(left_out.values()), "thing or relationship", "things and relationships")
        yield f"{total} without a place in FollowTheMoney left out: {each}"
