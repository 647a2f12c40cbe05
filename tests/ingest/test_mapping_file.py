from pathlib import Path

import pytest

from iga.graph.errors import MappingError
from iga.graph.statements import NodeStatement
from iga.ingest.formats.table_formats import format_mapping
from iga.ingest.mapping_file import MAX_BYTES, mapping_from, mapping_of
from tests.ingest.conftest import content_of

GOOD = """\
card: {source: "ref:x", title: X, as_of: 2026-05-17, rank: 20, gaps: ["Some are missing."]}
format: csv
ignore: [other]
row_key: [iso3]
skip: {column: example, is: "yes"}
row: {url: page, confidence: sure, stated_on: {column: as_of, read: day}}
nodes:
  government:
    class: Government
    id: {template: "gov:{iso3|lower}"}
    when: {column: iso3, filled: true}
    fields: {name: short, aliases: {column: alt, split: ";"}, status: {const: dependency}}
  award:
    class: Award
    id: {template: "award:{fain|lower}"}
    fields:
      period: {start: from, end: {column: to, read: day, order: dmy}, open: {column: current, is: "yes"}}
      stated_total: {amount: amount, currency: {const: USD}, measure: {const: announced}, value_date: from}
edges:
  - {type: MEMBER_OF, source: {block: government}, target: {const: "org:osce"}}
"""


def refusal(wrong: str, right: str) -> str:
    """Return the message for the good mapping with one text replaced."""
    assert right in GOOD
    with pytest.raises(MappingError) as caught:
        mapping_from(GOOD.replace(right, wrong), name="x.yaml")
    return caught.value.message


def test_a_good_mapping_is_read_whole() -> None:
    mapping = mapping_from(GOOD, name="x.yaml")
    assert mapping.card.as_of == "2026-05-17"
    assert [*mapping.nodes] == ["government", "award"]
    assert mapping.card.card().gaps == ("Some are missing.",)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("class: Goverment", "class: Government", "there is no class 'Goverment'; did you mean 'Government'"),
        ("{nmae: short", "{name: short", "fields.nmae: Government has no field 'nmae'; did you mean 'name'"),
        ("type: MEMBEROF", "type: MEMBER_OF", "edges[0].type: there is no edge type 'MEMBEROF'; did you mean"),
        ("{block: goverment}", "{block: government}", "edges[0].source: there is no node block 'goverment'"),
        ('{const: "award:a"}', '{const: "org:osce"}', "Award cannot be the target of MEMBER_OF"),
        ('{const: "osce"}', '{const: "org:osce"}', "'osce' is no id of ours"),
        ("org:{iso3", "gov:{iso3", "nodes.government.id: these ids belong to InternationalOrganization"),
        ("read: dya, order", "read: day, order", "fields.period.end.read"),
        ("status: {const: 5}", "status: {const: dependency}", "nodes.government.fields.status"),
        ("rowkey:", "row_key:", "there is no 'rowkey' here; did you mean 'row_key'"),
        ("rank: 500", "rank: 20", "card.rank"),
        ("measure: {const: announced}, valu_date", "measure: {const: announced}, value_date", "valu_date"),
        ("{amount: amount, measure", "{amount: amount, currency: {const: USD}, measure", "lacks the part 'currency'"),
        ("{name: {column: short, split: \";\"}", "{name: short", "nodes.government.fields.name: `split` gives several"),
        ("{name: {start: a}", "{name: short", "is one value, not several parts"),
        ("period: from\n      existence: {start", "period: {start", "has several parts"),
        ("{iso3|lowr}", "{iso3|lower}", "there is no filter 'lowr'"),
        ("{iso3|lower", "{iso3|lower}", "a brace stands alone"),
        ("ignore: [short]", "ignore: [other]", "column 'short' is read elsewhere"),
        ("when: {column: iso3}", "when: {column: iso3, filled: true}", "a condition makes one test"),
        ("format: xlsx\nencoding: utf-8", "format: csv", "`encoding` and `delimiter` go with `format: csv`"),
        ("format: csv\nencoding: utf-88", "format: csv", "there is no encoding 'utf-88'"),
        ("format: csv\ndelimiter: ';;'", "format: csv", "delimiter: a delimiter is one character, such as ','"),
        ("format: csv\nrecords: a", "format: csv", "the mapping: `records` and `joins` go with `format: json` only"),
        ("format: csv\nsheet: A", "format: csv", "`sheet_as` and `struck` go with `format: xlsx` only"),
        ("format: xlsx\nsheet: A\nsheets: [B]", "format: csv", "write `sheet` or `sheets`, not both"),
        ("id: {block: award}", 'id: {template: "gov:{iso3|lower}"}', "the id of a block is not that of another"),
        ("gvo:{iso3", "gov:{iso3", "'gvo:' is no id of ours; ids are kind:slug, such as gov:ken or org:osce; did you"),
        ("{name: [short, alt]", "{name: short", "Government.name holds one value; write {first: […]}"),
        ("{name: {block: award}", "{name: short", "Government.name names no other subject"),
        ("{name: {column: short, read: named, kind: ngoo}", "{name: short", "there is no kind 'ngoo'; did you"),
        ("{name: 5", "{name: short", "nodes.government.fields.name: 5 is not a cell; write a column name, {const: …}"),
        ("{name: {cell: a}", "{name: short", "there is no 'cell' here; did you mean 'cells'"),
        ("period: {begin: {const: 2021}, start: from", "period: {start: from", "there is no 'begin' here"),
        ("period: {start: from, amount: a", "period: {start: from", "there is no such part here; the parts are end,"),
        ("{url: {block: award}", "{url: page", "row.url: holds a value, not a subject"),
        ("{url: {column: page, read: topics}", "{url: page", "row.url: `read: topics` gives a subject or topics"),
        ("{iso3|lower}{}", "{iso3|lower}", "empty braces in 'gov:{iso3|lower}{}'"),
        ("", "row_key: [iso3]\n", "row_key: is missing; write it"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_what_is_wrong_is_said_with_its_place_and_a_suggestion(wrong: str, right: str, told: str) -> None:
    message = refusal(wrong, right)
    assert message.startswith("x.yaml: ")
    assert told in message


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("order: dmy", "`order` goes with `read: day` and `read: fiscal_year` only"),
        ("kind: ngo", "`kind` goes with `read: named`, `read: body` and `read: party` only"),
        ("read: named", "`read: named` needs `kind`, such as kind: ngo"),
        ("unknown: hold", "`unknown` goes with `read: government`, `read: body` and `read: party` only"),
        ("codes: iso", "`codes` goes with `read: government` and `read: party` only"),
        ("within: org", "`within` and `kinds` go with `kind` only"),
        ("split: ''", "`split` is a separator, such as ';'"),
    ],
)
def test_an_option_of_a_cell_that_has_no_effect_is_refused(option: str, told: str) -> None:
    assert told in refusal(f"{{column: alt, {option}}}", '{column: alt, split: ";"}')


def test_a_mapping_states_something() -> None:
    with pytest.raises(MappingError, match=r"write at least one block under `nodes` or `edges`$"):
        mapping_from(GOOD.partition("nodes:")[0], name="x.yaml")


def test_an_option_in_the_wrong_place_is_not_suggested_for_itself() -> None:
    message = refusal('{const: "org:osce", split: ";"}', '{const: "org:osce"}')
    assert message == "x.yaml: edges.0.target.split: there is no 'split' here"


def test_a_column_may_hold_whole_ids_and_every_row_one_amount() -> None:
    text = GOOD.replace("gov:{iso3|lower}", "{iso3}").replace("amount: amount", "amount: {const: 5}")
    row = {"iso3": "gov:ken", "fain": "F-1", "from": "2026-01-01"}
    nodes = content_of(mapping_from(text, name="x.yaml"), **row).statements[:2]
    government, award = (node for node in nodes if isinstance(node, NodeStatement))
    total = award.values["stated_total"]
    assert isinstance(total, dict)
    assert (government.id, total["amount"]) == ("gov:ken", "5")


def test_yes_and_dates_stay_the_text_they_are() -> None:
    mapping = mapping_from(GOOD.replace('is: "yes"}\nrow', "is: no}\nrow"), name="x.yaml")
    assert mapping.skip[0].equals == "no"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x [1]\nb: *x", "anchors and aliases"), ("a: !!python/object/apply:os.system [x]", "tags"),
        ("a: 1\na: 2", "'a' stands twice"), ("{[1]: 2}", "a key is one word"),
        ("a: [" * 60 + "]" * 60, "nested more than"), ("a: [1", "line"), ("a: \x00", "not YAML"),
        ("- 1", "a mapping begins with"), ("", "a mapping begins with"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_yaml_tricks_are_refused(text: str, told: str) -> None:
    with pytest.raises(MappingError, match=told):
        mapping_from(text, name="x.yaml")


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with pytest.raises(MappingError, match="anchors and aliases"):
        mapping_from(bomb, name="x.yaml")


def test_a_file_that_is_missing_or_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="no such mapping file"):
        mapping_of(tmp_path / "none.yaml")
    with pytest.raises(MappingError, match="cannot be read"):
        mapping_of(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"card: \xff")
    with pytest.raises(MappingError, match="UTF-8"):
        mapping_of(tmp_path / "latin.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(MappingError, match="larger than"):
        mapping_of(tmp_path / "large.yaml")


def test_a_mapping_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD, encoding="utf-8-sig")
    assert mapping_of(tmp_path / "x.yaml").card.source == "ref:x"


LIKE = """
card: {source: "ref:likewise", title: Likewise}
row_key: [Name]
nodes:
  first: {class: Ngo, id: {column: ID, read: id}, fields: {name: Name, acronym: Acronym, website: Website}}
  second: {like: first, class: Company, fields: {acronym: null, website: Page}}
  third: {like: second, when: {column: Name, filled: true}}
"""


def test_a_block_takes_what_it_does_not_say_from_the_one_that_it_is_like() -> None:
    nodes = mapping_from(LIKE, name="x.yaml").nodes
    assert [nodes[name].cls for name in ("first", "second", "third")] == ["Ngo", "Company", "Company"]
    assert str(nodes["second"].id) == str(nodes["third"].id) == str(nodes["first"].id)
    assert {name: list(block.fields) for name, block in nodes.items()} == {
        "first": ["name", "acronym", "website"],
        "second": ["name", "website"],
        "third": ["name", "website"],
    }
    assert nodes["second"].fields["website"] == nodes["third"].fields["website"] != nodes["first"].fields["website"]
    assert (len(nodes["third"].when), len(nodes["second"].when)) == (1, 0)


def test_a_mapping_takes_what_it_does_not_say_from_the_one_that_it_is_like() -> None:
    text = (
        "like: members\ncard: {source: 'ref:ours', title: Ours}\nedges:\n"
        "- {type: PART_OF, source: {const: 'org:a'}, target: {const: 'org:b'}}"
    )
    theirs, ours = format_mapping("members"), mapping_from(text, name="x.yaml")
    assert (ours.card.source, ours.card.publisher) == ("ref:ours", theirs.card.publisher)
    assert (ours.row_key, ours.nodes) == (theirs.row_key, theirs.nodes)
    assert ours.edges[:-1] == theirs.edges
    assert ours.edges[-1].type == "PART_OF"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("like: first", "like: fourth", "nodes.second.like: there is no other block 'fourth' that it could take from"),
        ("like: first", "like: third", "there is no other block"),
        ("like: first", "like: second", "there is no other block 'second'"),
        ("like: first", "like: [first]", r"there is no other block \['first'\]"),
        (
            "row_key",
            "like: ../members\nrow_key",
            r"like: '../members' is no mapping that comes with the program; write",
        ),
        ("row_key", "like: {a: b}\nrow_key", "is no mapping that comes with the program"),
        ("row_key", "like: null\nrow_key", "like: None is no mapping"),
    ],
)
def test_what_there_is_not_cannot_be_taken_from(right: str, wrong: str, told: str) -> None:
    with pytest.raises(MappingError, match=f"^x.yaml: .*{told}"):
        mapping_from(LIKE.replace(right, wrong, 1), name="x.yaml")
