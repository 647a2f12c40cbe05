"""Amounts, currencies, days and memberships that can hardly be meant are taken as they stand, and told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_of
from iga.ingest.oddities import unlikely

_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

_MAPPING = """
card: {source: "list:odd", title: Odd values}
row_key: [no]
nodes:
  award:
    class: Award
    id: {template: "award:odd-{no}"}
    fields:
      name: {template: "Award {no}"}
      stated_total:
        {amount: amount, currency: currency, measure: {const: announced}, value_date: {column: day, read: day}}
edges:
  - type: MEMBER_OF
    source: {column: one, read: id}
    target: {column: other, read: id}
    when: {column: one, filled: true}
"""


def notes_of(tmp_path: Path, *rows: str) -> tuple[int, list[str]]:
    (tmp_path / "odd.yaml").write_text(_MAPPING, encoding="utf-8")
    file = tmp_path / "odd.csv"
    file.write_text("\n".join(("no,amount,currency,day,one,other", *rows)), encoding="utf-8")
    with Ledger.open(tmp_path / "ledger.sqlite", clock=lambda: _NOW) as ledger:
        feed = mapped_reader(mapping_of(tmp_path / "odd.yaml"))
        report = load(ledger, feed, [file], surroundings=Surroundings(lambda: _NOW))
    return report.new, [note for note in report.notes if note.startswith("odd.csv:") and "detected" not in note]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1,1.500,USD,2024,,", "'1.500' was taken as 1.5; if its point parts thousands"),
        ("1,100000000000000000000,USD,2024,,", "more than any budget"),
        ("1,500,UDS,2024,,", "there is no currency UDS; did you mean"),
        ("1,500,USD,2199-01-01,,", "the day 2199-01-01 of stated_total lies far ahead"),
        ("1,500,USD,2024,org:one,org:two\n2,500,USD,2024,org:two,org:three\n3,5,USD,2024,org:three,org:one",
         "org:three is a member of org:one, which by this file is a member of it"),
    ],
)  # fmt: skip  # one line for each sort
def test_what_can_hardly_be_meant_is_told(tmp_path: Path, row: str, told: str) -> None:
    taken, notes = notes_of(tmp_path, *row.split("\n"))
    assert taken == row.count("\n") + 1
    assert len([note for note in notes if told in note]) == 1, notes


def test_the_currency_beside_an_amount_is_the_one_of_the_row(tmp_path: Path) -> None:
    assert notes_of(tmp_path, "1,EUR 500,EUR,2024,,", "2,€1.500.000,,2024,,", "3,(500),USD,12 mai 2024,,")[0] == 3


def test_another_currency_beside_an_amount_rejects_the_row(tmp_path: Path) -> None:
    assert notes_of(tmp_path, "1,EUR 500,USD,2024,,", "2,5,USD,2024,,")[0] == 1


def test_usual_values_are_not_told(tmp_path: Path) -> None:
    assert notes_of(tmp_path, "1,1500.25,USD,2024-03,org:one,org:two", "2,12.5,XOF,1999,,") == (2, [])


def test_a_day_far_off_is_told_of_a_day_alone_too() -> None:
    [told] = unlikely("Resolution", {"adopted_on": "1066-10-14"}, ())
    assert told == "the day 1066-10-14 of adopted_on lies far ahead or long ago"


@pytest.mark.parametrize("day", ["2027", "2026-12", "2026-11-02"])
@pytest.mark.parametrize("name", ["attested_on", "verified_on"])
def test_a_day_to_come_on_which_something_was_seen_is_told(name: str, day: str) -> None:
    values = {name: [day] if name == "attested_on" else day}
    assert list(unlikely("HOLDS", values, (), today="2026-11-01")) == [f"the day {day} of {name} is still to come"]
    assert list(unlikely("HOLDS", values, (), today="2027-01-01")) == []
