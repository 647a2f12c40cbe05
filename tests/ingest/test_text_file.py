"""Files of text, JSON and workbooks as tables, and what is refused in words."""

from pathlib import Path

import pytest

from iga.graph.errors import FileRefused
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.formats.format_registry import CardWords, sniffed
from iga.ingest.formats.table_formats import GRANTS_360
from iga.ingest.readers import json_table as json_reader
from iga.ingest.readers import text_file
from iga.ingest.readers.json_table import JsonForm, json_table
from iga.ingest.readers.text_file import text_lines


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file; check the name"),
        (b"\xef\xbb\xbfa\nb\xff\n", "some of it is in another encoding than the rest; save it again as UTF-8"),
        (b"\xff\xfea", "begins as utf-16 and goes on otherwise; save it again as UTF-8"),
    ],
)
def test_what_cannot_be_read_to_its_end_is_refused(content: bytes | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(FileRefused, match=told), text_lines(tmp_path / "x.txt", longest=10):
        pytest.fail("it was opened")


def test_whoever_waits_is_told_how_far_a_long_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "_LINES_BETWEEN_REPORTS", 2)
    (tmp_path / "x.txt").write_text("a\n" * 5, encoding="utf-8")
    reports: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        reports.append((done, total))

    with text_lines(tmp_path / "x.txt", longest=10, progress=tell) as (lines, _):
        assert len(list(lines)) == 5
    assert reports == [(10, 10)] * 2


def table_of(tmp_path: Path, text: str, records: str = "") -> tuple[tuple[str, ...], list[list[str]]]:
    path = tmp_path / "records.json"
    path.write_text(text, encoding="utf-8")
    with json_table(path, JsonForm(records, ("id", "absent"))) as table:
        return table.header, [row.cells for row in table.rows]


def test_nested_fields_are_columns_by_their_way(tmp_path: Path) -> None:
    text = '{"result": {"list": [{"id": 1, "to": [{"name": "A"}, {"name": "B"}]}, {"tags": ["x", "y"], "ok": true}]}}'
    header, rows = table_of(tmp_path, text, "result.list")
    assert header == ("id", "absent", "to.0.name", "to.1.name", "tags", "ok")
    assert rows == [["1", "", "A", "B", "", ""], ["", "", "", "", "x; y", "yes"]]


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    assert table_of(tmp_path, '[{"id": 1234567890123456.10}]')[1] == [["1234567890123456.10", ""]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"grants": [1, 2]}', "no list of records at its top; there are lists at grants"),
        ('{"a": ', "no JSON"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_list_of_records_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        table_of(tmp_path, text)


def test_a_grant_of_360giving_is_an_award_with_both_ends(tmp_path: Path) -> None:
    path = tmp_path / "grants.json"
    path.write_text(GRANTS_360.example, encoding="utf-8")
    assert sniffed(path) is GRANTS_360
    with GRANTS_360.feed([path], CardWords()).opened(path, None) as file:
        [stated] = [record.stated() for record in file.records]
    assert stated is not None
    [award] = [one for one in stated[1].statements if isinstance(one, NodeStatement) and one.cls == "Award"]
    assert award.values["stated_total"] == {
        "amount": "40000", "currency": "GBP", "measure": "announced", "value_date": "2031-06-05",
    }  # fmt: skip  # as one reads an amount
    edges = {(one.type, one.source, one.target) for one in stated[1].statements if isinstance(one, EdgeStatement)}
    assert edges == {
        ("FUNDED", "organization:gb-chc-0000002", "award:360g-example-1"),
        ("AWARDED_TO", "award:360g-example-1", "organization:gb-chc-0000001"),
        ("IMPLEMENTED_IN", "award:360g-example-1", "gov:gha"),
    }


def test_a_json_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MOST_BYTES", 10)
    with pytest.raises(FileRefused, match="more than 10 bytes of JSON; part it into several files"):
        table_of(tmp_path, '[{"id": 1234567890}]')


def test_records_that_would_be_joined_may_be_all_there_is(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_text('[{"id": "1"}]', encoding="utf-8")
    with json_table(path, JsonForm("", ("id",), joins={"id": "others"})) as table:
        assert [row.cells for row in table.rows] == [["1"]]
