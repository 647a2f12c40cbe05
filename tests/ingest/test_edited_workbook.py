"""What was changed in an editable workbook, and what is said of one that cannot be compared."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.graph.errors import FileRefused
from iga.ingest.editing.edited_workbook import edited_workbook
from iga.ingest.editing.form import EXPORTED, HIDDEN_HEADER, KEY, STAMP

ACME = ("Ngo", "ngo:acme", "name", "Acme Relief")


def written(tmp_path: Path, header: Sequence[str], *rows: Sequence[str], hidden: Sequence[str] = HIDDEN_HEADER) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Ngo"
    for row in (header, *rows):
        sheet.append(list(row))
    compared = book.create_sheet(EXPORTED)
    for row in ((STAMP, "hash", "2026-05-01"), hidden, ACME):
        compared.append(list(row))
    book.save(tmp_path / "out.xlsx")
    return tmp_path / "out.xlsx"


def test_a_workbook_whose_hidden_sheet_was_changed_is_not_compared(tmp_path: Path) -> None:
    path = written(tmp_path, (KEY, "name"), hidden=("class", "id", "field", "text"))
    with pytest.raises(FileRefused, match=r"its hidden sheet .* was changed; export it again"):
        edited_workbook(path)


def test_of_a_sheet_without_ids_nothing_is_read(tmp_path: Path) -> None:
    found = edited_workbook(written(tmp_path, ("name", "summary"), ("Acme Fund", "")))
    assert found.cells == ()
    assert found.notes == (
        f"out.xlsx!Ngo: the column {KEY!r} is gone, so nothing of the sheet was read; export it again",
    )


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    found = edited_workbook(written(tmp_path, (KEY, "name"), ("ngo:b", "=A1"), ("ngo:acme", "Acme Fund")))
    assert [(cell.key, cell.was, cell.now) for cell in found.cells] == [("ngo:acme", "Acme Relief", "Acme Fund")]
    [note] = found.notes
    assert note.startswith("out.xlsx!Ngo:2: ")
