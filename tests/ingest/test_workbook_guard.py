import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from iga.graph.errors import FileRefused
from iga.ingest.readers import workbook_guard
from iga.ingest.readers.workbook_guard import MAX_PARTS, looked_over

SHEET = "xl/worksheets/sheet1.xml"


def book(path: Path, parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        looked_over(path)
    return caught.value.message


def test_cells_formulas_and_merges_are_counted(tmp_path: Path) -> None:
    text = b'<sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"/></row></sheetData><mergeCell ref="A1:B2"/>'
    seen = looked_over(book(tmp_path / "x.xlsx", {SHEET: text}))
    assert (seen.counts["cells"], seen.uncalculated, seen.merges[SHEET]) == (2, {SHEET}, [(1, 2)])


def test_a_ratio_bomb_is_refused_before_it_is_unpacked_whole(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: b"<c>" + b"0" * 30_000_000})
    assert "packed more than 200 to 1" in refusal(path)


def test_five_thousand_parts_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {f"xl/media/{n}.bin": b"" for n in range(5_000)})
    assert f"{MAX_PARTS:,} are the most" in refusal(path)


def test_rows_coloured_to_their_end_are_read_and_a_sheet_of_far_cells_is_refused(tmp_path: Path) -> None:
    coloured = b"".join(b'<row r="%d"><c r="A%d"/><c r="XFD%d" s="1"/></row>' % (n, n, n) for n in range(1, 1_001))
    assert looked_over(book(tmp_path / "x.xlsx", {SHEET: coloured}))
    assert "beyond column ZZ" in refusal(book(tmp_path / "x.xlsx", {SHEET: coloured + b'<c r="XFD2001"/>'}))


@pytest.mark.parametrize(
    "row", [b'<row r="1048577">', b"<row  r = '99999999999'/>", b'<x:row spans="1:2" r="2000000">']
)
def test_rows_where_no_sheet_has_any_are_refused(tmp_path: Path, row: bytes) -> None:
    assert "rows beyond 1,048,576" in refusal(book(tmp_path / "x.xlsx", {SHEET: row}))


def test_a_bomb_of_shared_texts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "MAX_SHARED", 1_000_000)
    strings = b"<sst>" + b"".join(b"<si><t>%d</t></si>" % n for n in range(100_000)) + b"</sst>"
    assert "sharedStrings" in refusal(book(tmp_path / "x.xlsx", {"xl/sharedStrings.xml": strings}))


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(workbook_guard.MOST, "cells", 1_000)
    assert "more than 1,000 cells" in refusal(book(tmp_path / "x.xlsx", {SHEET: b"<c/>" * 1_001}))


@pytest.mark.parametrize(
    ("limit", "told"), [("MAX_PACKED", "larger than 100 bytes"), ("MAX_UNPACKED", "unpack to more than 100 bytes")]
)
def test_a_workbook_that_is_too_large_is_refused_by_its_size(
    limit: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_guard, limit, 100)
    assert told in refusal(book(tmp_path / "x.xlsx", {SHEET: b"<c/>" * 100}))


def test_a_text_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "_CHUNK", 50)
    monkeypatch.setattr(workbook_guard, "MAX_TEXT", 100)
    assert "a text of more than 100 characters" in refusal(book(tmp_path / "x.xlsx", {SHEET: b"<t>" + b"x" * 200}))


def test_a_nul_far_into_a_part_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "_CHUNK", 7)
    assert "not UTF-8 text" in refusal(book(tmp_path / "x.xlsx", {SHEET: b'<row r="1"><c/>\0</row>'}))


def test_cells_are_counted_across_the_cuts_of_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "_CHUNK", 7)
    path = book(tmp_path / "x.xlsx", {SHEET: b'<row r="1"><c r="A1"/><c r="B1"/></row><mergeCell ref="A1:B2"/>'})
    seen = looked_over(path)
    assert (seen.counts["cells"], seen.merges[SHEET]) == (2, [(1, 2)])


def test_a_size_that_lies_is_found_by_reading(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: b"<c/>" * 300_000})
    whole = path.read_bytes()
    true, lie = (1_200_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert whole.count(true) == 2
    path.write_bytes(whole.replace(true, lie))
    assert "not a whole .xlsx workbook" in refusal(path)


@pytest.mark.parametrize(
    "part",
    [b'<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>', b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', b"<!doctype x><x/>"],
)
def test_a_dtd_is_refused_in_any_part(tmp_path: Path, part: bytes) -> None:
    assert "declares a DTD" in refusal(book(tmp_path / "x.xlsx", {"xl/workbook.xml": part}))


def test_a_dtd_hidden_in_utf_16_is_refused(tmp_path: Path) -> None:
    part = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")
    assert "not UTF-8" in refusal(book(tmp_path / "x.xlsx", {"xl/workbook.xml": part}))


def test_another_way_of_packing_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: b"<c/>"}, compression=zipfile.ZIP_LZMA)
    assert "packed in a way" in refusal(path)


def test_a_password_is_said_to_be_in_the_way(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: b"<c/>"})
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    path.write_bytes(bytes(content))
    assert "password" in refusal(path)


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: b"<c/>", SHEET.upper(): b"<c/>"})
    assert "two of its parts have one name" in refusal(path)


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert "cannot be read (" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n", zlib.compress(b"x")])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert "not a whole .xlsx workbook" in refusal(tmp_path / "x.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    assert "not an .xlsx workbook" in refusal(tmp_path / "x.xlsx")


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {SHEET: bytes(range(256)) * 1_000})
    content = bytearray(path.read_bytes())
    content[200:260] = b"\x00" * 60
    path.write_bytes(bytes(content))
    assert refusal(path)
