"""The same things, relationships and attributes in the same order in each graph format."""

import csv
import io
import json
import zipfile
from typing import Any

import networkx
import pytest
from lxml import etree

from iga.exports.graphs.graph_formats import WRITERS
from iga.exports.graphs.subgraph import Subgraph, around, everything
from iga.exports.tables import cell_text
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session
from tests.exports.exported_world import EVIL
from tests.exports.world_fixtures import made
from tests.reading import some

GEXF = "{http://www.gexf.net/1.2draft}"


def written(part: Subgraph, kind: str) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](file, part, made(part.session))
    return file.getvalue()


@pytest.fixture(scope="module")
def whole(world: Session) -> Subgraph:
    return everything(world)


@pytest.fixture(scope="module")
def lines(whole: Subgraph) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(whole, "jsonl").decode().split("\n") if line]


def test_labels_stand_beside_ids_and_values_are_flat(lines: list[dict[str, Any]]) -> None:
    [evil] = [line for line in lines if line.get("id") == "ngo:evil"]
    assert evil["label"] == EVIL
    assert (evil["country"], evil["country_label"]) == ("gov:gha", "Ghana")
    assert evil["aliases"] == "@SUM(1); a;b"
    [paid] = [line for line in lines if line.get("id") == "transaction:paid"]
    assert (paid["money_amount"], paid["money_currency"], paid["money_measure"]) == ("-1250.5", "USD", "disbursement")
    [member] = [line for line in lines if line.get("source") == "gov:gha" and line.get("relation") == "MEMBER_OF"]
    assert (member["source_label"], member["target_label"]) == ("Ghana", "Example Organization")
    assert (member["period_start"], member["period_end_kind"]) == ("1973", "open")
    assert all(isinstance(value, (str, int, bool)) for line in lines for value in line.values())


def test_json_lines_and_json_hold_the_same_in_the_same_order(whole: Subgraph, lines: list[dict[str, Any]]) -> None:
    document = json.loads(written(whole, "json"))
    assert [{"is": "node", **node} for node in some(document["nodes"])] == [
        line for line in lines if line["is"] == "node"
    ]
    assert [{"is": "edge", **edge} for edge in some(document["edges"])] == [
        line for line in lines if line["is"] == "edge"
    ]
    ids = [node["id"] for node in document["nodes"]]
    assert ids == sorted(ids)


def test_csv_holds_the_same_and_no_cell_can_become_a_formula(whole: Subgraph, lines: list[dict[str, Any]]) -> None:
    with zipfile.ZipFile(io.BytesIO(written(whole, "csv"))) as packed:
        for name, kind in (("nodes.csv", "node"), ("edges.csv", "edge")):
            text = packed.read(name).decode("utf-8-sig")
            found = list(csv.DictReader(io.StringIO(text, newline="")))
            ours = [line for line in lines if line["is"] == kind]
            assert len(found) == len(ours)
            for row, line in some(zip(found, ours, strict=True)):
                unquoted = {field: text.removeprefix("'") for field, text in row.items() if text}
                said = {field: cell_text(value) for field, value in line.items() if field != "is"}
                assert unquoted == {field: text for field, text in said.items() if text}
            assert not any(text.startswith(("=", "+", "@", "\t")) for row in found for text in row.values())


def test_networkx_reads_graphml_with_the_attributes_of_the_others(whole: Subgraph, lines: list[dict[str, Any]]) -> None:
    read = networkx.read_graphml(io.BytesIO(written(whole, "graphml")))
    nodes = [line for line in lines if line["is"] == "node"]
    assert list(read.nodes) == [line["id"] for line in nodes]
    for line in nodes:
        said = {field: value for field, value in line.items() if field not in ("is", "id")}
        assert read.nodes[line["id"]] == {field: _in_xml(value) for field, value in said.items()}
    edges = {(line["source"], line["target"], line["key"]) for line in lines if line["is"] == "edge"}
    assert {(source, target, said["id"]) for source, target, said in read.edges(data=True)} == edges
    assert read.graph["marking"] == "sensitive"
    networkx.write_gexf(read, io.BytesIO())  # what is read can be written again


def test_networkx_reads_gexf_with_the_attributes_of_the_others(whole: Subgraph, lines: list[dict[str, Any]]) -> None:
    content = written(whole, "gexf")
    read = networkx.read_gexf(io.BytesIO(content))
    nodes = [line for line in lines if line["is"] == "node"]
    for line in nodes:
        said = {field: _in_xml(value) for field, value in line.items() if field not in ("is", "id")}
        # an attribute of XML has no line ends of its own kind
        assert {field: _one_line(value) for field, value in read.nodes[line["id"]].items()} == {
            field: _one_line(value) for field, value in said.items()
        }
    root = etree.fromstring(content)
    declared = {each.get("id") for each in root.iter(f"{GEXF}attribute")}
    assert {each.get("for") for each in some(root.iter(f"{GEXF}attvalue"))} <= declared
    assert root.find(f"{GEXF}graph/{GEXF}nodes").get("count") == str(len(nodes))  # type: ignore[union-attr]
    assert "marking sensitive" in (root.findtext(f"{GEXF}meta/{GEXF}keywords") or "")


def test_node_link_json_is_networkx_own(whole: Subgraph, lines: list[dict[str, Any]]) -> None:
    read = networkx.node_link_graph(json.loads(written(whole, "json")), edges="edges")
    assert read.number_of_edges() == sum(line["is"] == "edge" for line in lines)
    networkx.write_graphml(read.subgraph(["gov:gha", "org:exo"]), io.BytesIO())


@pytest.mark.parametrize("kind", list(WRITERS))
def test_the_same_part_is_the_same_to_the_byte(whole: Subgraph, kind: str) -> None:
    assert written(whole, kind) == written(whole, kind)


@pytest.mark.parametrize("kind", list(WRITERS))
def test_nothing_above_the_ceiling_is_in_any_format(public_world: Session, kind: str) -> None:
    content = written(everything(public_world), kind)
    if kind == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    text = content.decode()
    for hidden in ("quiet", "Quiet House", "Okafor", "focal@example.org", "office:people", "Partners in danger"):
        assert hidden not in text
    assert "Ghana" in text


def test_what_lies_around_a_party_is_the_nearest_first_to_the_limit(world: Session) -> None:
    start = [Subject(id="body:desk", cls="PublicBody", name="Desk")]
    near = around(world, start, depth=1, limit=100)
    assert set(near.names) == {"body:desk", "org:exo", "post:focal", "contact:desk"}
    assert {edge.type for edge in near.edges()} == {"PART_OF", "POST_IN", "REACHED_AT"}
    few = around(world, start, depth=2, limit=3)
    assert len(few.names) == 3
    assert any("beyond the limit of 3" in note for note in few.notes)


def test_as_of_holds_for_every_step_and_every_relationship(world: Session) -> None:
    start = [Subject(id="org:exo", cls="InternationalOrganization", name="Example")]
    then, now = (around(world, start, depth=1, limit=100, day=day) for day in ("1990-01-01", "2026-11-25"))
    assert "gov:usa" in then.names
    assert "gov:usa" not in now.names
    assert {edge.held for edge in now.edges() if edge.type == "MEMBER_OF" and edge.source == "gov:gha"} == {"yes"}


def test_classes_and_groups_narrow_the_whole(world: Session) -> None:
    part = everything(world, classes=("Government", "InternationalOrganization"))
    assert set(part.classes.values()) == {"Government", "InternationalOrganization"}
    assert all(edge.source in part.names and edge.target in part.names for edge in some(part.edges()))


def _in_xml(value: Any) -> Any:
    return value.replace("\x0b", "<U+000B>") if isinstance(value, str) else value


def _one_line(value: Any) -> Any:
    return value.replace("\n", " ") if isinstance(value, str) else value
