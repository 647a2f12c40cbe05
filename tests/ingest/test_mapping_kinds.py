"""Names that no table knows: what they are taken for, and what tells two of one name apart."""

import pytest

from iga.graph.errors import MappingError
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.mapping import Mapping
from tests.ingest.conftest import a_mapping, content_of

MAPPING = a_mapping(
    """
row_key: [n]
cells:
  body:
    column: body
    read: party
    kind: organization
    kinds: {column: sort, map: {ministry: body, NGO: ngo}}
    within: country
nodes:
  post: {class: Post, id: {template: "post:{of}-{title|slug}", of: {cell: body}}, fields: {name: title}}
  ministry:
    class: PublicBody
    id: {cell: body}
    when: {column: sort, is: ministry}
    fields: {government: {column: country, read: government}}
edges:
  - {type: POST_IN, source: {block: post}, target: {cell: body}}
  - type: IMPLEMENTED_IN
    each: {column: places, split: ";", brackets: share}
    source: {const: "project:x"}
    target: {column: places, read: government}
    fields: {percentage: share}
"""
)


def said(**cells: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for one in content_of(MAPPING, n="1", **cells).statements:
        if isinstance(one, NodeStatement):
            found[one.id] = {**found.get(one.id, {}), **one.values}
        elif isinstance(one, EdgeStatement):
            found[f"{one.type} {one.target}"] = dict(one.values)
    return found


def test_a_name_is_taken_for_what_its_column_says_and_told_apart_by_its_country() -> None:
    one = said(body="Ministry of Labor", sort="Ministry", country="Ghana", title="Head")
    assert one["named:body:gha-ministry-of-labor"] == {"name": "Ministry of Labor", "government": "gov:gha"}
    assert "post:gha-ministry-of-labor-head" in one
    other = said(body="Ministry of Labor", sort="ministry", country="Peru", title="Head")
    assert "named:body:per-ministry-of-labor" in other
    assert "named:ngo:acme" in said(body="Acme", sort="ngo", title="Head")
    assert "named:organization:acme" in said(body="Acme", sort="else", title="Head")


def test_a_known_body_keeps_its_id_and_its_name() -> None:
    one = said(body="OSCE", sort="NGO", country="Austria", title="Head")
    assert "post:osce-head" in one
    assert "POST_IN org:osce" in one
    assert "org:osce" not in one


def test_an_id_may_stand_where_a_name_may() -> None:
    assert "POST_IN ngo:acme" in said(body="ngo:acme", title="Head")


def test_what_stands_in_brackets_is_a_cell_of_its_own() -> None:
    one = said(body="OSCE", title="Head", places="Ghana (60%); Kenya (40); Peru")
    assert one["IMPLEMENTED_IN gov:gha"] == {"percentage": "60"}
    assert one["IMPLEMENTED_IN gov:ken"] == {"percentage": "40"}
    assert one["IMPLEMENTED_IN gov:per"] == {}


def test_a_digest_stands_for_a_text_without_holding_it() -> None:
    mapping: Mapping = a_mapping(
        'row_key: [who]\nnodes: {p: {class: Person, id: {template: "person:{who|digest}"}, fields: {name: who}}}\n'
    )
    ids = {text: content_of(mapping, who=text).statements[0] for text in ("Ada Example", "ADA  example", "Ada Exampel")}
    found = [one.id for one in ids.values() if isinstance(one, NodeStatement)]
    assert found[0] == found[1] != found[2]
    assert "ada" not in found[0]


@pytest.mark.parametrize("name", ["kinds: {column: sort, map: {x: y}}", "within: country"])
def test_kinds_go_with_a_kind_that_exists(name: str) -> None:
    with pytest.raises(MappingError):
        a_mapping(
            f"row_key: [n]\nedges: [{{type: POST_IN, source: {{const: 'post:x'}}, target: {{column: b, {name}}}}}]"
        )
