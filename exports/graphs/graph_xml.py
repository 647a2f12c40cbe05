"""The graph as GraphML and as GEXF 1.2, as networkx, Gephi, yEd and others read them; written as streams."""

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

from iga.exports.files.manifest import Contents, Origin
from iga.exports.graphs.flat import Flat, Scalar, Survey, about_graph, flat_edges, flat_nodes
from iga.exports.graphs.subgraph import Subgraph

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
