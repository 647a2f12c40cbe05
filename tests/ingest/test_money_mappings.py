"""What mappings of money files need: columns that may be there, blanks, masked names, keys, shares that add up."""

from collections.abc import Callable
from typing import Any

import pytest

from iga.graph.errors import HeaderError, MappingError
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.ingest.reports import LoadReport
from iga.ingest.row_reader import row_reader
from tests.ingest.conftest import a_mapping, content_of

Loads = Callable[..., LoadReport]

OPEN = a_mapping(
    """
others: noted
optional: [country]
blanks: ["NULL", n/a]
row_key: {columns: [id, year], may_be_blank: true}
nodes:
  n:
    class: Ngo
    id: {key: "ngo:row-"}
    fields: {name: name, country: {column: country, read: government, unknown: blank}}
"""
)


def values_of(content: Content) -> list[dict[str, Any]]:
    return [dict(statement.values) for statement in content.statements if isinstance(statement, NodeStatement)]


def test_other_columns_are_noted_and_optional_ones_may_be_missing(loads: Loads) -> None:
    report = loads("id,year,name,extra,more\n1,2031,Alpha,x,y\n", mapping=OPEN)
    assert report.new == 1
    assert "partners.csv: 2 other columns are not read: 'extra', 'more'" in report.notes
    assert "partners.csv: without 'country', read as blank" in report.notes


def test_a_column_that_is_not_optional_still_stops_the_file(loads: Loads) -> None:
    with pytest.raises(HeaderError, match="missing 'name'"):
        loads("id,year,nam\n1,2031,Alpha\n", mapping=OPEN)


def test_an_optional_column_that_is_not_read_is_refused() -> None:
    with pytest.raises(MappingError, match="optional: column 'x' is not read"):
        a_mapping('optional: [x]\nrow_key: [a]\nnodes: {n: {class: Ngo, id: {template: "ngo:{a}"}}}\n')


def test_words_for_nothing_are_blank_in_any_case(loads: Loads) -> None:
    report = loads("id,year,name,country\n1,null,Alpha,N/A\n,NULL,Beta,KEN\n", mapping=OPEN)
    assert (report.new, report.rejected) == (1, 1)
    assert "is part of the row key and blank" in report.rejections[0].reason


def test_a_name_that_no_table_knows_may_be_left_blank() -> None:
    assert values_of(content_of(OPEN, id="1", name="A", country="WLD")) == [{"name": "A"}]
    assert values_of(content_of(OPEN, id="1", name="A", country="KEN")) == [{"name": "A", "country": "gov:ken"}]


def test_an_edge_to_a_name_that_no_table_knows_is_not_stated() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes: {p: {class: Project, id: {template: "project:{a}"}}}
edges:
  - {type: IMPLEMENTED_IN, source: {block: p}, target: {column: c, read: government, unknown: blank}}
"""
    )
    assert len(content_of(mapping, a="1", c="World").statements) == 1
    assert len(content_of(mapping, a="1", c="Ghana").statements) == 2


def test_an_id_made_of_the_key_is_the_same_for_the_same_row_and_another_for_another_source() -> None:
    def node_id(card: str, key: str) -> str:
        body = 'row_key: [a]\nnodes: {n: {class: Ngo, id: {key: "ngo:row-"}}}\n'
        mapping = a_mapping(body, card=f'card: {{source: "{card}", title: T}}\n')
        [node] = content_of(mapping, a=key).statements
        assert isinstance(node, NodeStatement)
        return node.id

    assert node_id("test:a", "1") == node_id("test:a", "1")
    assert len({node_id("test:a", "1"), node_id("test:a", "2"), node_id("test:b", "1")}) == 3


def test_masked_and_blank_names_are_told_from_names() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  named: {class: Ngo, id: {template: "ngo:{a}"}, when: {column: name, masked: false}}
  hidden: {class: Organization, id: {key: "organization:undisclosed-"}, when: {column: name, masked: true}}
"""
    )
    classes = [
        content_of(mapping, a="1", name=name).statements[0].cls  # type: ignore[union-attr]
        for name in ("Example Relief", "MULTIPLE RECIPIENTS", "")
    ]
    assert classes == ["Ngo", "Organization", "Organization"]


def test_a_number_above_another_and_names_that_a_table_knows_are_conditions() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  n: {class: Ngo, id: {template: "ngo:{a}"}, fields: {name: {const: plain}}}
  above: {class: Ngo, id: {template: "ngo:{a}"}, when: {column: part, above: whole}, fields: {roles: {const: above}}}
  known: {class: Ngo, id: {template: "ngo:{a}"}, when: {column: who, known: body}, fields: {roles: {const: known}}}
"""
    )
    assert len(values_of(content_of(mapping, a="1", part="1,000", whole="999.5", who="Nobody"))) == 2
    assert len(values_of(content_of(mapping, a="1", part="", whole="5", who="OSCE"))) == 2
    assert len(values_of(content_of(mapping, a="1", part="5", whole="5", who=""))) == 1


def test_the_fiscal_year_of_a_day_is_read_and_one_of_a_year_alone_is_refused() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  t:
    class: Transaction
    id: {template: "transaction:{a}"}
    fields:
      fiscal_year: {column: day, read: fiscal_year, order: dmy}
      money:
        amount: sum
        currency: {const: USD}
        measure: {const: outlay}
        value_date: {column: day, read: day, order: dmy}
"""
    )
    [said] = values_of(content_of(mapping, a="1", day="01OCT2031", sum="5"))
    assert (said["fiscal_year"], said["money"]["value_date"]) == (2032, "2031-10-01")
    with pytest.raises(Exception, match="does not lie in one US fiscal year"):
        row_reader(mapping)({"a": "1", "day": "2031", "sum": "5"})


def test_a_mapping_that_gives_an_amount_no_day_is_told_so() -> None:
    with pytest.raises(MappingError, match="an amount has a day"):
        a_mapping(
            """
row_key: [a]
nodes:
  t:
    class: Transaction
    id: {template: "transaction:{a}"}
    fields: {money: {amount: sum, currency: {const: USD}, measure: {const: outlay}}}
"""
        )


SHARES = a_mapping(
    """
row_key: [a]
row: {note: remark}
nodes: {p: {class: Project, id: {template: "project:{a}"}}}
edges:
  - type: IMPLEMENTED_IN
    each: {column: places, split: ";", beside: [shares]}
    source: {block: p}
    target: {column: places, read: government}
    fields: {percentage: {column: shares, read: percentage}}
"""
)


def shares_of(**cells: str) -> tuple[list[tuple[str, object]], str]:
    content = content_of(SHARES, a="1", **cells)
    edges = [statement for statement in content.statements if isinstance(statement, EdgeStatement)]
    return [(edge.target, edge.values.get("percentage")) for edge in edges], content.note


def test_parts_take_the_share_that_stands_at_their_place() -> None:
    assert shares_of(places="Ghana; Kenya", shares="40%; 60") == ([("gov:gha", "40"), ("gov:ken", "60")], "")
    assert shares_of(places="Ghana; Kenya", shares="") == ([("gov:gha", None), ("gov:ken", None)], "")
    thirds = shares_of(places="Ghana;Kenya;Peru", shares="33.3;33.3;33.3")
    assert thirds[1] == ""


def test_shares_that_do_not_add_up_are_kept_and_the_row_says_so() -> None:
    said, note = shares_of(places="Ghana;Kenya", shares="40;50", remark="by post")
    assert said == [("gov:gha", "40"), ("gov:ken", "50")]
    assert note == "by post; The stated shares add up to 90 percent."


def test_another_number_of_shares_than_parts_rejects_the_row() -> None:
    with pytest.raises(Exception, match="'shares' has 1 parts where 'places' has 2"):
        shares_of(places="Ghana;Kenya", shares="100")
