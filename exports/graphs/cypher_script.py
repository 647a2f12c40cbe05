r"""A Cypher script that rebuilds nodes and relationships on Neo4j and on the embedded engine alike.

Every statement stands on one line and ends in a semicolon: whatever a text holds, line ends in it are written as
``\n``. Labels, types and property names come from the domain alone.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, BinaryIO

from iga.exports.files.manifest import Contents, Origin
from iga.exports.graphs.flat import Survey, about_graph
from iga.exports.graphs.subgraph import StoredEdge, StoredNode, Subgraph
from iga.exports.wording import plain
from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.grouping import batches
from iga.graph.stores.door import labelled

_BATCH = 100
"""Items of one statement: a line of some 100 kB, which every tool still reads."""

_ESCAPES = {"'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write_cypher(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write the script: constraints, nodes with all their properties, relationships with theirs."""
    survey = Survey(part)
    for line in _head(survey, origin):
        file.write(f"{line}\n".encode())
    for statement in chain(_schema(sorted(survey.types)), _nodes(part.nodes()), _edges(part.edges())):
        file.write(f"{statement};\n".encode())
    return survey.contents()


def statements_of(script: str) -> list[str]:
    """Return the statements of such a script, to be run one after the other."""
    lines = (line for line in script.split("\n") if line and not line.startswith("//"))
    return [line[:-1] for line in lines]


def literal(value: Any) -> str:
    r"""Return a value as Cypher writes it; no text can end its own literal.

    Neo4j reads ``\uXXXX`` before anything else, also after a backslash that is itself escaped: so a text is parted
    behind each backslash, and no backslash of ours ever stands before a u that is not.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return " + ".join(f"'{_escaped(piece)}'" for piece in _pieces(value))
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    return f"{{{', '.join(f'`{name}`: {literal(part)}' for name, part in sorted(value.items()))}}}"


def _pieces(text: str) -> Iterator[str]:
    """Give a text in pieces, each ending where a backslash does that a u follows."""
    start = 0
    while (at := text.find("\\u", start)) >= 0:
        yield text[start : at + 1]
        start = at + 1
    yield text[start:]


def _escaped(text: str) -> str:
    return "".join(map(_letter, text.replace("\\", "\\\\"))) if not text.isalnum() else text


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    # control characters, and those that some readers take for the end of a line
    if letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u2028\u2029":
        return f"\\u{ord(letter):04X}"
    return letter


def _head(survey: Survey, origin: Origin) -> Iterator[str]:
    for name, value in about_graph(origin, survey.marking.word).items():
        yield f"// {name}: {plain(str(value))}"
    yield f"// {survey.node_count} nodes, {survey.edge_count} relationships"
    yield "// Run it in an empty database, statement by statement; each stands on one line and ends in a semicolon."


def _schema(types: Iterable[str]) -> Iterator[str]:
    yield "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE"
    for kind in types:
        assert kind in EDGE
        yield f"CREATE CONSTRAINT {kind.lower()}_key IF NOT EXISTS FOR ()-[x:{kind}]-() REQUIRE x.key IS UNIQUE"


def _nodes(nodes: Iterable[StoredNode]) -> Iterator[str]:
    for cls, same in groupby(nodes, key=lambda node: node.cls):
        for batch in batches(same, _BATCH):
            rows = literal([dict(node.values) for node in batch])
            yield f"UNWIND {rows} AS row CREATE (n{labelled(NODE[cls].all_labels())}) SET n = row"


def _edges(edges: Iterable[StoredEdge]) -> Iterator[str]:
    by_type: dict[str, list[StoredEdge]] = {}
    for edge in edges:
        waiting = by_type.setdefault(edge.type, [])
        waiting.append(edge)
        if len(waiting) == _BATCH:
            yield _joined(edge.type, waiting)
            waiting.clear()
    yield from (_joined(kind, waiting) for kind, waiting in by_type.items() if waiting)


def _joined(kind: str, edges: Iterable[StoredEdge]) -> str:
    assert kind in EDGE
    rows = literal([{"s": edge.source, "t": edge.target, "p": dict(edge.values)} for edge in edges])
    return (
        f"UNWIND {rows} AS row MATCH (a:Entity {{id: row.s}}) MATCH (b:Entity {{id: row.t}}) "
        f"CREATE (a)-[x:`{kind}`]->(b) SET x = row.p"
    )
