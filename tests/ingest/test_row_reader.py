import json

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.mapping import Mapping
from iga.ingest.rejections import CODES, Refusal
from iga.ingest.row_reader import row_reader
from tests.ingest.conftest import PARTNERS, a_mapping, content_of

ROW = {"id": "A 1", "name": "Alpha", "country": "Kenya", "since": "2019-02"}


def refused(mapping: Mapping, **cells: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        content_of(mapping, **cells)
    assert caught.value.code in CODES
    assert caught.value.fix
    return caught.value


def test_a_row_states_its_nodes_and_edges_in_the_json_form() -> None:
    content = content_of(PARTNERS, **ROW)
    assert content.statements == (
        NodeStatement("Ngo", "ngo:a-1", {"name": "Alpha", "country": "gov:ken"}),
        EdgeStatement(
            "MEMBER_OF", "ngo:a-1", "org:osce", {"period": {"start": "2019-02", "end_kind": "unknown", "end": ""}}
        ),
    )


def test_a_blank_cell_states_nothing() -> None:
    content = content_of(PARTNERS, **ROW | {"name": "", "since": ""})
    assert [getattr(statement, "values", None) for statement in content.statements] == [{"country": "gov:ken"}, {}]


def test_the_key_is_the_bare_text_of_one_column_or_a_list_of_several() -> None:
    body = 'row_key: [id, name]\nnodes: {n: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name}}}\n'
    read = row_reader(a_mapping(body))
    key, _ = read({"id": "1", "name": 'a"b'}) or ("", None)
    assert json.loads(key) == ["1", 'a"b']
    key, _ = row_reader(PARTNERS)(ROW) or ("", None)
    assert key == "A 1"


def test_a_blank_key_column_rejects_the_row() -> None:
    refusal = refused(PARTNERS, **ROW | {"id": ""})
    assert (refusal.column, refusal.code) == ("id", "IGA-1323")


def test_a_name_no_table_knows_becomes_a_visible_subject_of_its_own() -> None:
    content = content_of(PARTNERS, **ROW | {"country": "Atlantis"})
    assert content.statements[-1] == NodeStatement("Government", "named:gov:atlantis", {"name": "Atlantis"})
    assert content.statements[0].values["country"] == "named:gov:atlantis"  # type: ignore[union-attr]


def test_a_subject_known_by_name_is_as_secret_as_the_block_that_names_it() -> None:
    mapping = a_mapping(
        """
row_key: [n]
edges:
  - {type: MEMBER_OF, source: {column: n, read: named, kind: ngo}, target: {const: "org:osce"}, marking: sensitive}
"""
    )
    assert [s.marking for s in content_of(mapping, n="Quiet Help").statements] == [2, 2]


def test_a_value_that_does_not_fit_names_its_column_and_says_what_the_field_means() -> None:
    refusal = refused(PARTNERS, **ROW | {"name": "x" * 1001})
    assert refusal.column == "name"
    assert "Ngo.name" in refusal.reason
    assert "Name as printed" in refusal.fix


def test_a_date_that_cannot_be_read_names_its_column() -> None:
    assert refused(PARTNERS, **ROW | {"since": "3/4/2019"}).column == "since"


def test_an_end_before_the_start_rejects_the_row() -> None:
    mapping = a_mapping(
        """
row_key: [n]
edges:
  - type: MEMBER_OF
    source: {column: n, read: government}
    target: {const: "org:osce"}
    fields: {period: {start: a, end: b, open: {column: now, is: "yes"}}}
"""
    )
    assert "lies before the start" in refused(mapping, n="KEN", a="2020", b="2019").reason
    period = {"start": "2020", "end_kind": "open", "end": ""}
    assert content_of(mapping, n="KEN", a="2020", now="Yes").statements[0].values == {"period": period}  # type: ignore[union-attr]
    assert "dated" in refused(mapping, n="KEN", a="2020", b="2021", now="yes").reason


def test_an_edge_from_a_subject_to_itself_rejects_the_row() -> None:
    mapping = a_mapping(
        "row_key: [a]\nedges: [{type: MEMBER_OF, source: {column: a, read: body}, target: {column: b, read: body}}]"
    )
    refusal = refused(mapping, a="OSCE", b="OSCE")
    assert refusal.code == "IGA-1326"
    assert refusal.column == "a, b"


def test_an_end_of_a_class_that_does_not_fit_rejects_the_row() -> None:
    mapping = a_mapping(
        "row_key: [a]\nedges: [{type: MEMBER_OF, source: {column: a, read: id}, target: {const: 'org:osce'}}]"
    )
    assert "Award" in refused(mapping, a="award:x").reason
    assert "not an id" in refused(mapping, a="Kenya").reason


def test_a_blank_end_rejects_the_row_and_a_skipped_block_does_not() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  ngo: {class: Ngo, id: {template: "ngo:{a|slug}"}, fields: {name: a}}
  gov: {class: Government, id: {column: g, read: government}, when: {column: g, filled: true}}
edges:
  - {type: MEMBER_OF, source: {block: gov}, target: {const: "org:osce"}}
  - {type: FUNDED, source: {block: ngo}, target: {column: p, read: id}, when: {column: f, is: "yes"}}
"""
    )
    assert len(content_of(mapping, a="x").statements) == 1
    refusal = refused(mapping, a="x", f="yes")
    assert (refusal.code, refusal.column) == ("IGA-1328", "p")


def test_a_row_that_states_nothing_is_rejected_and_a_blank_or_example_row_is_skipped() -> None:
    mapping = a_mapping(
        """
row_key: [a]
skip: [{column: a, filled: true}, {column: example, in: ["yes", "x"]}]
nodes: {n: {class: Ngo, id: {template: "ngo:{a|slug}"}, when: {column: kind, is: ngo}, fields: {name: a}}}
"""
    )
    assert refused(mapping, a="x", kind="bank").code == "IGA-1325"
    read = row_reader(mapping)
    assert read({"a": "", "kind": "", "example": ""}) is None
    assert read({"a": "x", "kind": "ngo", "example": "YES"}) is None


def test_a_split_end_states_one_edge_for_each_part_without_repetition() -> None:
    mapping = a_mapping(
        'row_key: [r]\nedges: [{type: SPONSORED, source: {column: who, read: government, split: [",", " and "]},'
        ' target: {template: "resolution:{r|slug}"}}]'
    )
    content = content_of(mapping, r="A/RES/1", who="Kenya, Ghana and Peru, Kenya")
    assert [s.source for s in content.statements if isinstance(s, EdgeStatement)] == ["gov:ken", "gov:gha", "gov:per"]


def test_each_states_a_block_for_every_part_and_edges_follow_it() -> None:
    mapping = a_mapping(
        """
row_key: [org]
nodes:
  org: {class: Ngo, id: {template: "ngo:{org|slug}"}, fields: {name: org}}
  mail:
    each: {column: mails, split: ";"}
    class: ContactPoint
    id: {template: "contact:{mails|slug}"}
    fields: {channel: {kind: {const: email}, value: mails}}
edges:
  - {type: REACHED_AT, source: {block: org}, target: {block: mail}}
"""
    )
    content = content_of(mapping, org="Help", mails="a@example.org; b@example.org")
    assert [s.target for s in content.statements if isinstance(s, EdgeStatement)] == [
        "contact:a-example-org",
        "contact:b-example-org",
    ]
    assert len(content_of(mapping, org="Help").statements) == 1


def test_map_default_first_and_lists_of_cells() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  n:
    class: Ngo
    id: {template: "ngo:{a|slug}"}
    fields:
      name: {first: [long, a]}
      roles: {column: role, map: {S: shelter}, default: unknown}
      topics: {column: topics, split: ["/", ";"]}
      aliases: [short, {column: others, split: ";"}, {template: "{a} ({short})"}]
"""
    )
    [node] = content_of(mapping, a="A", short="B", others="C;B", role="S", topics="TIP/child labor").statements
    assert isinstance(node, NodeStatement)
    assert node.values == {
        "name": "A",
        "roles": "shelter",
        "topics": ["trafficking-in-persons", "child-labor"],
        "aliases": ["B", "C", "A (B)"],
    }
    [node] = content_of(mapping, a="A", long="Long", role="cook").statements
    assert isinstance(node, NodeStatement)
    assert node.values == {"name": "Long", "roles": "cook"}


def test_money_without_an_amount_is_absent_and_without_a_currency_is_refused() -> None:
    mapping = a_mapping(
        """
row_key: [a]
nodes:
  t:
    class: Transaction
    id: {template: "transaction:{a|slug}"}
    fields: {reference: a, money: {amount: sum, currency: cur, measure: {const: obligation}, value_date: on}}
"""
    )
    assert content_of(mapping, a="1").statements[0].values == {"reference": "1"}  # type: ignore[union-attr]
    money = {"amount": "-1200.5", "currency": "USD", "measure": "obligation", "value_date": "2031-03"}
    said = content_of(mapping, a="1", sum="-1,200.50", cur="USD", on="2031-03").statements[0]
    assert said.values["money"] == money  # type: ignore[union-attr]
    assert "currency" in refused(mapping, a="1", sum="5", on="2031").reason
    assert "an amount has a day" in refused(mapping, a="1", sum="5", cur="USD").reason


def test_what_a_row_says_of_itself_is_read_and_checked() -> None:
    mapping = a_mapping(
        """
row_key: [a]
row: {url: u, confidence: c, note: n, stated_on: {column: d, read: day}, marking: m, public_from: p}
nodes: {n: {class: Ngo, id: {template: "ngo:{a|slug}"}, fields: {name: a}}}
"""
    )
    content = content_of(
        mapping, a="x", u="https://example.org", c="Low", n="seen", d="2020-01", m="Sensitive", p="2026-06-30T14:00:00Z"
    )
    assert (content.url, content.confidence, content.note) == ("https://example.org", "low", "seen")
    assert (content.marking, content.public_from) == (Marking.SENSITIVE, "2026-06-30T14:00:00Z")
    assert content.statements[0].stated_on == "2020-01"  # type: ignore[union-attr]
    assert refused(mapping, a="x", c="sure").column == "c"
    assert refused(mapping, a="x", m="secretive").column == "m"
    assert refused(mapping, a="x", p="2026-06-30").column == "p"
    assert refused(mapping, a="x", n="y" * 20_001).column == "n"


MEETINGS = """
row_key: [m]
nodes: {meeting: {class: Engagement, id: {template: "engagement:{m|slug}"}, fields: {name: m, status: status}}}
edges: [{type: PARTICIPATED, source: {column: who, read: government}, target: {block: meeting} %s}]
"""


@pytest.mark.parametrize(
    ("status", "markings"),
    [("planned", [1, 1]), ("confirmed", [1, 1]), ("held", [0, 0]), ("", [0, 1]), ("cancelled", [0, 1])],
)
def test_planned_engagements_and_attendees_are_internal_until_held(status: str, markings: list[int]) -> None:
    content = content_of(a_mapping(MEETINGS % ""), m="Dialogue", who="KEN", status=status)
    assert [s.marking for s in content.statements] == markings


def test_a_block_may_state_that_attendees_are_public_but_a_plan_stays_internal() -> None:
    content = content_of(a_mapping(MEETINGS % ", marking: public"), m="Dialogue", who="KEN", status="planned")
    assert [s.marking for s in content.statements] == [1, 0]


def test_a_value_that_is_no_id_is_none_and_blank_parts_take_the_default() -> None:
    mapping = a_mapping(
        """
row_key: [id]
nodes:
  it:
    class: Ngo
    id: {template: "{id}"}
    fields: {name: name, aliases: {column: also, split: ";", default: none given}}
"""
    )
    [node] = content_of(mapping, id="ngo:a", name="A").statements
    assert isinstance(node, NodeStatement)
    assert node.values["aliases"] == ["none given"]
    with pytest.raises(Refusal, match="'Relief' is not an id, so it cannot be"):
        content_of(mapping, id="Relief", name="A")
