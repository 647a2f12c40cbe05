from pathlib import Path

import pytest

from graph.errors import MappingError
from ingest.mapping_file import MAX_BYTES, mapping_from, mapping_of

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
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_what_is_wrong_is_said_with_its_place_and_a_suggestion(wrong: str, right: str, told: str) -> None:
    message = refusal(wrong, right)
    assert message.startswith("x.yaml: ")
    assert told in message


def test_yes_and_dates_stay_the_text_they_are() -> None:
    mapping = mapping_from(GOOD.replace('is: "yes"}\nrow', "is: no}\nrow"), name="x.yaml")
    assert mapping.skip[0].equals == "no"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x [1]\nb: *x", "anchors and aliases"),
        ("a: !!python/object/apply:os.system [x]", "tags"),
        ("a: 1\na: 2", "'a' stands twice"),
        ("{[1]: 2}", "a key is one word"),
        ("a: [" * 60 + "]" * 60, "nested more than"),
        ("a: [1", "line"),
        ("a: \x00", "not YAML"),
        ("- 1", "a mapping begins with"),
        ("", "a mapping begins with"),
    ],
)
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
    (tmp_path / "latin.yaml").write_bytes(b"card: \xff")
    with pytest.raises(MappingError, match="UTF-8"):
        mapping_of(tmp_path / "latin.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(MappingError, match="larger than"):
        mapping_of(tmp_path / "large.yaml")


def test_a_mapping_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD, encoding="utf-8-sig")
    assert mapping_of(tmp_path / "x.yaml").card.source == "ref:x"
