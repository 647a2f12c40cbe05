"""The formats of the graph by name, with the plain ones: JSON (networkx's node-link), JSON lines, CSV tables."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from iga.exports.files.manifest import Contents, Origin
from iga.exports.graphs.cypher_script import write_cypher
from iga.exports.graphs.flat import Flat, Survey, about_graph, flat_edges, flat_nodes
from iga.exports.graphs.ftm import write_ftm
from iga.exports.graphs.graph_xml import write_gexf, write_graphml
from iga.exports.graphs.subgraph import Subgraph
from iga.exports.tables import BYTE_ORDER_MARK, cell_text, write_csv_lines

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
