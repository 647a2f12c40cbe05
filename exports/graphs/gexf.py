"""GEXF 1.2, as Gephi and networkx read it; written as a stream."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

from exports.files.manifest import Made, Written
from exports.graphs.flat import Flat, flat_edges, flat_nodes
from exports.graphs.graphml import about_graph, writable
from exports.graphs.part import Part
from exports.graphs.survey import survey

# The version that every reader knows; 1.3 is not read by networkx 3.
_SPACE, _VERSION = "http://www.gexf.net/1.2draft", "1.2"
_ATTRIBUTES = {"node": ("id", "label"), "edge": ("source", "target", "label", "key")}


def write_gexf(file: BinaryIO, part: Part, made: Made) -> Written:
    """Write a part of the graph as GEXF. Days are attributes: partial ones would have to be padded to be GEXF's own."""
    found = survey(part)
    fields = {"node": found.node_fields, "edge": found.edge_fields}
    keys = {
        where: {name: str(at) for at, name in enumerate(n for n in ours if n not in _ATTRIBUTES[where])}
        for where, ours in fields.items()
    }
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("gexf", {"version": _VERSION}, nsmap={None: _SPACE}):
            _meta(xml, made, found.marking.word)
            with xml.element("graph", {"mode": "static", "defaultedgetype": "directed"}):
                for where in ("node", "edge"):
                    _declare(xml, where, keys[where], fields[where])
                with xml.element("nodes", {"count": str(found.node_count)}):
                    for node in flat_nodes(part):
                        _item(xml, "node", {"id": node["id"], "label": node["label"]}, node, keys["node"])
                with xml.element("edges", {"count": str(found.edge_count)}):
                    for edge in flat_edges(part):
                        given = {"id": edge["key"], "source": edge["source"], "target": edge["target"],
                                 "label": edge["label"]}  # fmt: skip
                        _item(xml, "edge", given, edge, keys["edge"])
    return found.written(part)


def _meta(xml: Any, made: Made, marking: str) -> None:
    about = about_graph(made, marking)
    with xml.element("meta", {"lastmodifieddate": made.at[:10]}):
        for name, text in (
            ("creator", f"IGA Graph, {made.by}"),
            ("keywords", f"marking {marking}"),
            ("description", "; ".join(f"{key}: {value}" for key, value in about.items())),
        ):
            element = etree.Element(name)
            element.text = writable(text)
            xml.write(element)


def _declare(xml: Any, where: str, keys: Mapping[str, str], types: Mapping[str, str]) -> None:
    with xml.element("attributes", {"class": where, "mode": "static"}):
        for name, key in keys.items():
            xml.write(etree.Element("attribute", {"id": key, "title": name, "type": types[name]}))


def _item(xml: Any, kind: str, given: Mapping[str, Any], values: Flat, keys: Mapping[str, str]) -> None:
    element = etree.Element(kind, {name: writable(value) for name, value in given.items()})
    said = etree.SubElement(element, "attvalues")
    for name, value in values.items():
        if name in keys:
            etree.SubElement(said, "attvalue", {"for": keys[name], "value": writable(value)})
    xml.write(element, "\n")
