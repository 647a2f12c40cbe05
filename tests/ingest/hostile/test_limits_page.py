"""Every figure of docs/limits.md is the program's own."""

import re
from pathlib import Path

import pytest

from iga.graph.projection import properties
from iga.graph.stores import embedded_engine
from iga.ingest import committing, mapped_reader, oddities, record_builder, reports
from iga.ingest.readers import csv_table, file_table, workbook_guard

PAGE = (Path(__file__).parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")

FIGURES = {
    "characters of a cell": file_table.LONGEST_CELL,
    "characters of a row, all its lines together": csv_table.LONGEST_ROW,
    "characters of the row key": record_builder.LONGEST_KEY,
    "columns that a message names": mapped_reader._NAMED,
    "rejected rows that a report lists": reports.MOST_REJECTIONS,
    "bytes of the file": workbook_guard.MAX_PACKED,
    "bytes of all parts unpacked": workbook_guard.MAX_UNPACKED,
    "packed to one": workbook_guard.MAX_RATIO,
    "parts": workbook_guard.MAX_PARTS,
    "merged ranges of a sheet": workbook_guard.MAX_MERGES,
    "bytes of any other part": workbook_guard.MAX_OTHER_PART,
    "bytes of styles, of the list of sheets, of a list of relationships": workbook_guard.MAX_DESCRIPTION,
    "characters of a tag": workbook_guard.MAX_TAG,
    "characters of a text in a part": workbook_guard.MAX_TEXT,
    **workbook_guard.MOST,
}


@pytest.mark.parametrize("what", FIGURES)
def test_a_figure_of_the_table_is_that_of_the_program(what: str) -> None:
    assert f"| {what} | {FIGURES[what]:,} |" in PAGE


@pytest.mark.parametrize(
    "sentence",
    [
        f"the first {oddities.MOST_NAMES} names and {oddities.MOST_TEXTS} texts",
        f"the first {committing.MOST_WAITING} of the source are named",
        f"a sheet ends at row {workbook_guard.LAST_ROW:,}",
        f"at most {workbook_guard.MAX_SHARED:,} bytes",
        f"counted from {workbook_guard.RATIO_FROM:,} bytes on",
        f"give it {embedded_engine.LITTLE_HEAP.removeprefix('-Xmx').removesuffix('m')} MB",
    ],
)
def test_a_figure_in_a_sentence_is_that_of_the_program(sentence: str) -> None:
    assert sentence in " ".join(PAGE.split())


def test_the_page_has_no_gap() -> None:
    assert not re.search(r"@[A-Z]", PAGE)
    assert f"at {properties.LONGEST_SORT_NAME:,} characters" in PAGE
