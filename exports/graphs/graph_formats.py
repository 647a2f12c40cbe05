"""The formats of the graph by name, with the plain ones: JSON (networkx's node-link), JSON lines, CSV tables."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any, BinaryIO

from lxml import etree

from iga.exports.files.manifest import Contents, Origin
from iga.exports.graphs.flat import Flat, Scalar, Survey, about_graph, fitness, flat_edges, flat_nodes
from iga.exports.graphs.ftm import write_ftm
from iga.exports.graphs.subgraph import StoredEdge, Subgraph
from iga.exports.tables import BYTE_ORDER_MARK, cell_text, write_csv_lines
from iga.exports.wording import plain
from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.grouping import batches
from iga.graph.stores.door import labelled

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
# The version that every reader knows; 1.3 is not read by networkx 3.
_GEXF, _GEXF_VERSION = "http://www.gexf.net/1.2draft", "1.2"
# What stands at a node or an edge itself.
_OF_GRAPHML = {"node": ("id",), "edge": ("source", "target", "key")}
_OF_GEXF = {"node": ("id", "label"), "edge": ("source", "target", "label", "key")}
# XML 1.0 has no place for these.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write a part of the graph as GraphML; what the whole is about stands at the graph itself."""
    survey = Survey(part)
    about = about_graph(origin, survey.marking.word)
    fields = {"graph": dict.fromkeys(about, "string"), "node": survey.node_fields, "edge": survey.edge_fields}
    keys = {where: _keys(fields[where], _OF_GRAPHML.get(where, ()), prefix=where[0]) for where in fields}
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _GRAPHML}):
            for where, names in keys.items():
                for name, key in names.items():
                    declared = {"id": key, "for": where, "attr.name": name, "attr.type": fields[where][name]}
                    xml.write(etree.Element("key", declared), "\n")
            with xml.element("graph", id="iga", edgedefault="directed"):
                for data in _data(about, keys["graph"]):
                    xml.write(data)
                for where, things in (("node", flat_nodes(part)), ("edge", flat_edges(part))):
                    for thing in things:
                        element = etree.Element(where, _ends(thing, ("source", "target")))
                        element.extend(_data(thing, keys[where]))
                        xml.write(element, "\n")
    return survey.contents()


def write_gexf(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write a part of the graph as GEXF. Days are attributes: partial ones would have to be padded to be GEXF's own."""
    survey = Survey(part)
    fields = {"node": survey.node_fields, "edge": survey.edge_fields}
    keys = {where: _keys(fields[where], _OF_GEXF[where]) for where in fields}
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("gexf", {"version": _GEXF_VERSION}, nsmap={None: _GEXF}):
            _write_meta(xml, origin, survey.marking.word)
            with xml.element("graph", {"mode": "static", "defaultedgetype": "directed"}):
                for where, names in keys.items():
                    with xml.element("attributes", {"class": where, "mode": "static"}):
                        for name, key in names.items():
                            declared = {"id": key, "title": name, "type": fields[where][name]}
                            xml.write(etree.Element("attribute", declared))
                with xml.element("nodes", {"count": str(survey.node_count)}):
                    for node in flat_nodes(part):
                        _write_thing(xml, "node", node, keys["node"])
                with xml.element("edges", {"count": str(survey.edge_count)}):
                    for edge in flat_edges(part):
                        _write_thing(xml, "edge", edge, keys["edge"])
    return survey.contents()


def _keys(fields: Mapping[str, str], apart: tuple[str, ...], *, prefix: str = "") -> dict[str, str]:
    """Return a key for each attribute but those that stand at the thing itself."""
    return {name: f"{prefix}{at}" for at, name in enumerate(name for name in fields if name not in apart)}


def _ends(thing: Flat, names: tuple[str, ...]) -> dict[str, str]:
    """Return the id of a node or an edge, and what else stands at it."""
    return {
        "id": _writable(thing.get("key", thing.get("id", ""))),
        **{name: _writable(thing[name]) for name in names if name in thing},
    }


def _data(values: Flat, keys: Mapping[str, str]) -> list[etree._Element]:
    elements = []
    for name, value in values.items():
        if name in keys:
            elements.append(etree.Element("data", {"key": keys[name]}))
            elements[-1].text = _writable(value)
    return elements


def _write_meta(xml: Any, origin: Origin, marking: str) -> None:
    about = "; ".join(f"{key}: {value}" for key, value in about_graph(origin, marking).items())
    texts = {"creator": f"IGA Graph, {origin.made_by}", "keywords": f"marking {marking}", "description": about}
    with xml.element("meta", {"lastmodifieddate": origin.made_at[:10]}):
        for name, text in texts.items():
            element = etree.Element(name)
            element.text = _writable(text)
            xml.write(element)


def _write_thing(xml: Any, kind: str, thing: Flat, keys: Mapping[str, str]) -> None:
    element = etree.Element(kind, _ends(thing, ("source", "target", "label")))
    values = etree.SubElement(element, "attvalues")
    for name, value in thing.items():
        if name in keys:
            etree.SubElement(values, "attvalue", {"for": keys[name], "value": _writable(value)})
    xml.write(element, "\n")


def _writable(value: Scalar) -> str:
    """Return a value as text of an XML document; characters that XML cannot hold are written out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNWRITABLE.sub(lambda letter: f"<U+{ord(letter[0]):04X}>", str(value))


_BATCH = 100
"""Items of one statement: a line of some 100 kB, which every tool still reads."""

_ESCAPES = {"'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write_cypher(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write the script: constraints, nodes with all their properties, relationships with theirs."""
    survey = Survey(part)
    for line in _head(survey, origin):
        file.write(f"{line}\n".encode())
    for statement in chain(_schema(sorted(survey.types)), _nodes(part), _edges(part.edges())):
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


def _nodes(part: Subgraph) -> Iterator[str]:
    for cls, same in groupby(part.nodes(), key=lambda node: node.cls):
        for batch in batches(same, _BATCH):
            rows = literal([{**node.values, **fitness(part, node)} for node in batch])
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


# A ZIP file of equal content is equal to the byte: its members carry no day of their own. The earliest that ZIP knows.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def write_json(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write one JSON document: graph, nodes, edges (networkx: ``node_link_graph``)."""
    survey = Survey(part)
    about = {
        **about_graph(origin, survey.marking.word),
        "node_count": survey.node_count,
        "edge_count": survey.edge_count,
    }
    head = {"directed": True, "multigraph": True, "graph": about}
    file.write(f"{json.dumps(head, ensure_ascii=False)[:-1]},\n".encode())
    file.write(b'"nodes": [')
    _listed(file, flat_nodes(part))
    file.write(b'],\n"edges": [')
    _listed(file, flat_edges(part))
    file.write(b"]}\n")
    return survey.contents()


def write_json_lines(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write a line for the graph, one for each node, one for each edge; ``is`` says which."""
    survey = Survey(part)
    file.write(_line({"is": "graph", **about_graph(origin, survey.marking.word)}))
    for node in flat_nodes(part):
        file.write(_line({"is": "node", **node}))
    for edge in flat_edges(part):
        file.write(_line({"is": "edge", **edge}))
    return survey.contents()


def write_zip(file: BinaryIO, part: Subgraph, origin: Origin) -> Contents:
    """Write a ZIP file with nodes.csv and edges.csv, whose columns Gephi knows: id, label, source, target."""
    survey = Survey(part)
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as packed:
        about = about_graph(origin, survey.marking.word)
        packed.writestr(_member("about.txt"), "".join(f"{name}: {text}\n" for name, text in about.items()))
        _table(packed, "nodes.csv", list(survey.node_fields), flat_nodes(part))
        _table(packed, "edges.csv", list(survey.edge_fields), flat_edges(part))
    return survey.contents()


def _listed(file: BinaryIO, things: Iterable[Flat]) -> None:
    between = b"\n"
    for thing in things:
        file.write(between + json.dumps(thing, ensure_ascii=False).encode())
        between = b",\n"


def _line(thing: Flat) -> bytes:
    return f"{json.dumps(thing, ensure_ascii=False)}\n".encode()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _table(packed: zipfile.ZipFile, name: str, fields: list[str], things: Iterable[Flat]) -> None:
    with packed.open(_member(name), "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        text.write(BYTE_ORDER_MARK)
        write_csv_lines(text, fields, ([cell_text(thing.get(field)) for field in fields] for thing in things))
        text.flush()
        text.detach()


WRITERS: Mapping[str, Callable[[BinaryIO, Subgraph, Origin], Contents]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "ftm": write_ftm,
    "cypher": write_cypher,
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_zip,
}
"""Each writes a part of the graph, and returns what the manifest tells of it."""
