"""Doubts of a row stand in its remark by the word that they begin with; none that is bundled stays a mere remark."""

import csv
import re

import pytest

from iga.graph.statements import Doubt
from iga.ingest.bundled import bundled_sources
from iga.ingest.doubts import doubts_in

WORDS = re.compile(
    r"\b(other lists?|another (list|day|release|source)|on or before|derived|inferred|worked out|sources? differ|"
    r"conflict|approximate|may have|may change|not certain|estimates?|undated)\b"
    r"|not (been )?(checked|confirmed|verified)|\babout [\"“]?\d|\"about|general knowledge for"
    r"|(whether|renewal|status) (it |they )?[^;]*(was|were) not (seen|checked)",
    re.IGNORECASE,
)
"""Words by which a remark doubts what its row states."""


@pytest.mark.parametrize(
    ("remark", "doubts"),
    [
        ("conflict: other lists say 1931-12-11", (Doubt("conflict", "other lists say 1931-12-11"),)),
        ("a copy; Stale:  renewal not checked ; more", (Doubt("stale", "renewal not checked"),)),
        (
            "derived: from the list before; uncertain: the day",
            (Doubt("derived", "from the list before"), Doubt("uncertain", "the day")),
        ),
        ("in conflict: two villages", ()),
        ("uncertain:", ()),
        ("", ()),
    ],
)
def test_a_part_that_begins_with_a_kind_of_doubt_is_one(remark: str, doubts: tuple[Doubt, ...]) -> None:
    assert doubts_in(remark) == doubts


def test_no_bundled_remark_doubts_its_row_in_passing() -> None:
    looked_at, passing = 0, []
    for source in bundled_sources():
        with source.file.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter=source.mapping.delimiter or ","), start=2):
                remark = row.get("note") or ""
                plain = [part for part in remark.split(";") if not doubts_in(part)]
                looked_at += 1
                if any(WORDS.search(part) for part in plain):
                    passing.append(f"{source.file.name}:{number}: {remark}")
    assert looked_at > 10_000
    assert not passing
