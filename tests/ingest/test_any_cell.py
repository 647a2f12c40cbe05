import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import ClassifiedText, IgaError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import decoded, encoded
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.rejections import CODES, Refusal
from iga.ingest.row_reader import row_reader
from tests.ingest.conftest import a_mapping, clock

EVERYTHING = a_mapping(
    """
row_key: [key]
row: {url: url, confidence: sure, note: note, stated_on: {column: day, read: day}, marking: mark, public_from: from}
nodes:
  ngo:
    class: Ngo
    id: {template: "ngo:{key|slug}"}
    when: {column: kind, not: skip}
    fields:
      name: {first: [name, key]}
      aliases: {column: alt, split: [";", ","]}
      country: {column: gov, read: government}
      topics: {column: topics, split: ";"}
      existence:
        start: {column: start, read: day, order: dmy}
        end: {column: end, read: day, order: mdy}
        open: {column: open, is: "yes"}
  money:
    class: Transaction
    id: {template: "transaction:{key|slug}"}
    when: {column: sum, filled: true}
    fields:
      money: {amount: sum, currency: cur, measure: {const: budget}, value_date: {column: day, read: day}}
      receiver: {block: ngo}
edges:
  - {type: MEMBER_OF, source: {block: ngo}, target: {column: body, read: body}, when: {column: body, filled: true}}
  - type: IMPLEMENTS
    source: {column: who, read: party, kind: ngo}
    target: {column: project, read: id}
    when: {column: who, filled: true}
    each: {column: who, split: "/"}
    fields: {role: role}
"""
)
COLUMNS = (
    "key", "url", "sure", "note", "day", "mark", "from", "kind", "name", "alt", "gov",
    "topics", "start", "end", "open", "sum", "cur", "body", "who", "project", "role",
)  # fmt: skip  # read across, like the rows of a table

LIKELY = st.sampled_from(
    ["", " ", "Kenya", "KEN", "2021", "2021-02-30", "1/2/2021",
     "yes", "USD", "1,000", "-5", "TIP;THB", "OSCE", "gov:ken",
     "project:x", "high", "internal", "=1+1", "'x", '"', "\n", "a;b", "\x00", "ngo:a", "named:ngo:a", "💥", "ß" * 300]
)  # fmt: skip  # read across, like the rows of a table
CELL = st.one_of(LIKELY, st.text(max_size=40))
ROW = st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL))


@given(ROW)
def test_any_cells_become_content_or_a_refusal_with_a_reason_and_a_fix(cells: dict[str, str]) -> None:
    read = row_reader(EVERYTHING)
    refusal = None
    try:
        found = read({name: cell.strip() for name, cell in cells.items()})
    except Refusal as caught:
        refusal = caught
    if refusal:
        assert refusal.reason and refusal.fix and refusal.code in CODES  # noqa: PT018
    elif found is not None:
        assert decoded(encoded(found[1])).statements


@given(st.lists(st.lists(CELL, max_size=len(COLUMNS) + 1), max_size=12), st.sampled_from([",", ";", "\t"]))
def test_any_file_is_refused_or_its_counts_add_up(
    ledger: Ledger, tmp_path: Path, rows: list[list[str]], delimiter: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    path = tmp_path / "any.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    try:
        report = load(
            ledger,
            mapped_reader(EVERYTHING),
            [path],
            surroundings=Surroundings(clock),
            options=LoadOptions(dry_run=True),
        )
    except ClassifiedText:
        return
    taken = report.new + report.changed + report.unchanged + report.repeated
    assert report.read == taken + report.skipped + report.rejected
    assert len(report.rejections) == report.rejected


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence_or_read(ledger: Ledger, tmp_path: Path, content: bytes) -> None:
    for name in ("any.csv", "any.xlsx"):
        (tmp_path / name).write_bytes(content)
        mapping = EVERYTHING.model_copy(update={"format": name[-4:].strip(".")})
        with pytest.raises(IgaError):
            load(ledger, mapped_reader(mapping), [tmp_path / name], surroundings=Surroundings(clock))
