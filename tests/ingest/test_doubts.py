"""Doubts of a row stand in its remark by the word that they begin with; none that is bundled stays a mere remark."""

import csv
import re

import pytest

from iga.graph.statements import Content, Doubt
from iga.ingest.bundled import bundled_sources
from iga.ingest.doubts import doubts_in
from tests.ingest.reference.reading_bundled import everything
from tests.reading import some

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


_DOUBTFUL = re.compile(
    r"another day|other day|on or before|approximat|derived|not checked|unclear|disputed|as reported by|\bc\. |\?|circa"
    r"|secondary|general knowledge|worked out|not certain|unconfirmed|other lists|other sources|also printed|contradict"
    r"|arguable|may be incomplete|from the draft|rotation|not in the whole table",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"https?://\S*\?|reports came out on other days")
"""What has such words and doubts nothing: an address, and the days on which a duty was done."""


def _contents() -> list[Content]:
    real = (source for source in everything() if not source.mapping.card.fictional)
    return some(content for source in real for content in source.said.values())


@pytest.mark.slow
def test_what_a_bundled_remark_doubts_is_a_doubt() -> None:
    parts = {part.strip() for content in _contents() for part in content.note.split(";")}
    bare = {part for part in parts if _DOUBTFUL.search(part) and not doubts_in(part) and not _PLAIN.search(part)}
    assert not bare, "begin each with conflict:, uncertain:, derived: or stale:"


def test_a_row_that_was_worked_out_says_from_what() -> None:
    derived = some(content for content in _contents() if content.confidence == "derived")
    assert [content for content in derived if not content.doubts] == []
