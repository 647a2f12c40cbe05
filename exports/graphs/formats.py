"""The graph formats by name."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from exports.files.manifest import Made, Written
from exports.graphs.cypher_script import write_cypher
from exports.graphs.ftm import write_ftm
from exports.graphs.gexf import write_gexf
from exports.graphs.graphml import write_graphml
from exports.graphs.node_link import write_json, write_json_lines, write_zip
from exports.graphs.part import Part

WRITERS: Mapping[str, Callable[[BinaryIO, Part, Made], Written]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "ftm": write_ftm,
    "cypher": write_cypher,
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_zip,
}
"""Each writes a part of the graph, and returns what the manifest tells of it."""
