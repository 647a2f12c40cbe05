import csv
import json
from contextlib import suppress
from pathlib import Path

import pytest

from iga.graph.errors import ClassifiedText, HeaderError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.classified import looks_classified
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.readers.csv_table import CsvForm, csv_table
from tests.ingest.conftest import a_mapping, clock
from tests.reading import some

pytestmark = pytest.mark.shared

NAMES = a_mapping("row_key: [n]\nnodes: {n: {class: Ngo, id: {template: 'ngo:n{n}'}, fields: {summary: text}}}\n")


def test_every_csv_of_the_spectrum_is_read_as_its_authors_say(shared: Path) -> None:
    folder = shared / "test_inputs" / "messy_csv" / "csv-spectrum"
    found = sorted(folder.rglob("*.csv"))
    assert len(found) >= 8
    for path in found:
        expected = json.loads(next(folder.rglob(f"{path.stem}.json")).read_text(encoding="utf-8"))
        with csv_table(path, CsvForm()) as table:
            rows = [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]
        assert rows == expected, path.name


def test_no_file_of_csvlint_does_more_than_reject_rows_or_be_refused(shared: Path) -> None:
    found = sorted((shared / "test_inputs" / "messy_csv" / "csvlint").glob("*.csv"))
    assert found
    for path in found:
        with suppress(HeaderError), csv_table(path, CsvForm()) as table:
            assert all(row.fault or row.cells for row in some(table.rows))


def test_naughty_strings_come_back_from_the_ledger_as_they_went_in(
    ledger: Ledger, shared: Path, tmp_path: Path
) -> None:
    naughty = json.loads((shared / "test_inputs" / "naughty_strings" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in naughty if text.strip() and "\0" not in text and not looks_classified(text)]
    assert len(texts) > 400
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("n", "text"), *enumerate(texts)])
    try:
        report = load(ledger, mapped_reader(NAMES), [path], surroundings=Surroundings(clock))
    except ClassifiedText as error:
        pytest.fail(error.message)
    assert report.read == report.new + report.rejected == len(texts)
    assert [rejected.value for rejected in report.rejections] == ['"', "''"]  # what stands for the cell above it
    stored = {
        row[-1].row_key: statement.values["summary"]
        for row in ledger.rows_of("test:partners")
        for statement in row[-1].content.statements
        if isinstance(statement, NodeStatement)
    }
    assert len(stored) == len(texts) - 2
    assert stored["0"] == texts[0].strip()
