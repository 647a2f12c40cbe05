"""The graph as JSON (node-link, as networkx reads it), as JSON lines, and as two CSV tables in a ZIP file."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from exports.files.manifest import Made, Written
from exports.graphs.flat import Flat, flat_edges, flat_nodes
from exports.graphs.graphml import about_graph
from exports.graphs.part import Part
from exports.graphs.survey import survey
from exports.tables import BYTE_ORDER_MARK, cell_text, inert

# A ZIP file of equal content is equal to the byte: its members carry no day of their own. The earliest that ZIP knows.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def write_json(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write one JSON document: graph, nodes, edges (networkx: ``node_link_graph``)."""
    found = survey(part)
    about = {**about_graph(made, found.marking.word), "node_count": found.node_count, "edge_count": found.edge_count}
    head = {"directed": True, "multigraph": True, "graph": about}
    file.write(f"{json.dumps(head, ensure_ascii=False)[:-1]},\n".encode())
    file.write(b'"nodes": [')
    _listed(file, flat_nodes(part))
    file.write(b'],\n"edges": [')
    _listed(file, flat_edges(part))
    file.write(b"]}\n")
    return found.written(part)


def write_json_lines(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write a line for the graph, one for each node, one for each edge; ``is`` says which."""
    found = survey(part)
    file.write(_line({"is": "graph", **about_graph(made, found.marking.word)}))
    for node in flat_nodes(part):
        file.write(_line({"is": "node", **node}))
    for edge in flat_edges(part):
        file.write(_line({"is": "edge", **edge}))
    return found.written(part)


def write_zip(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write a ZIP file with nodes.csv and edges.csv, whose columns Gephi knows: id, label, source, target."""
    found = survey(part)
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as packed:
        about = about_graph(made, found.marking.word)
        packed.writestr(_member("about.txt"), "".join(f"{name}: {text}\n" for name, text in about.items()))
        _table(packed, "nodes.csv", list(found.node_fields), flat_nodes(part))
        _table(packed, "edges.csv", list(found.edge_fields), flat_edges(part))
    return found.written(part)


def _listed(file: BinaryIO, items: Iterable[Flat]) -> None:
    between = b"\n"
    for item in items:
        file.write(between + json.dumps(item, ensure_ascii=False).encode())
        between = b",\n"


def _line(item: Flat) -> bytes:
    return f"{json.dumps(item, ensure_ascii=False)}\n".encode()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _table(packed: zipfile.ZipFile, name: str, fields: list[str], items: Iterable[Flat]) -> None:
    with packed.open(_member(name), "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        text.write(BYTE_ORDER_MARK)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(fields)
        for item in items:
            writer.writerow([inert(cell_text(item.get(field))) for field in fields])
        text.flush()
        text.detach()
