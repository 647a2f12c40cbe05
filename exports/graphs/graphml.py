"""GraphML, as networkx, Gephi, yEd and others read it; written as a stream."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from lxml import etree

from exports.files.manifest import Made, Written
from exports.graphs.flat import Flat, Scalar, flat_edges, flat_nodes
from exports.graphs.part import Part
from exports.graphs.survey import survey

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_ATTRIBUTES = {"node": ("id",), "edge": ("source", "target", "key")}
# XML 1.0 has no place for these.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write a part of the graph as GraphML; what the whole is about stands at the graph itself."""
    found = survey(part)
    about = about_graph(made, found.marking.word)
    keys = {("graph", name): (f"g{at}", "string") for at, name in enumerate(about)}
    for where, fields in (("node", found.node_fields), ("edge", found.edge_fields)):
        ours = [name for name in fields if name not in _ATTRIBUTES[where]]
        keys |= {(where, name): (f"{where[0]}{at}", fields[name]) for at, name in enumerate(ours)}
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _SPACE}):
            for (where, name), (key, kind) in keys.items():
                given = {"id": key, "for": where, "attr.name": name, "attr.type": kind}
                xml.write(etree.Element("key", given), "\n")
            with xml.element("graph", id="iga", edgedefault="directed"):
                _data(xml, "graph", about, keys)
                for node in flat_nodes(part):
                    with _item(xml, "node", id=str(node["id"])):
                        _data(xml, "node", node, keys)
                for edge in flat_edges(part):
                    with _item(
                        xml, "edge", id=str(edge["key"]), source=str(edge["source"]), target=str(edge["target"])
                    ):
                        _data(xml, "edge", edge, keys)
    return found.written(part)


def about_graph(made: Made, marking: str) -> dict[str, Scalar]:
    """Return what stands in a file of its graph as a whole."""
    return {
        "title": made.what,
        "marking": marking,
        "as_of": made.as_of or "every day",
        "known_on": made.known_on or "everything loaded",
        "ceiling": made.ceiling.word,
        "made_by": made.by,
        "made_at": made.at,
        "data_version": made.data_version,
    }


def writable(value: Scalar) -> str:
    """Return a value as text of an XML document; characters that XML cannot hold are written out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNWRITABLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", str(value))


@contextmanager
def _item(xml: Any, kind: str, **given: str) -> Iterator[None]:
    with xml.element(kind, given):
        yield
    xml.write("\n")


def _data(xml: Any, where: str, values: Mapping[str, Scalar] | Flat, keys: Mapping[tuple[str, str], Any]) -> None:
    for name, value in values.items():
        if (where, name) in keys:
            data = etree.Element("data", {"key": keys[where, name][0]})
            data.text = writable(value)
            xml.write(data)
