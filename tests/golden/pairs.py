"""Reads the golden answers: what a question must say of a row of the bundled data that somebody looked up by hand."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from iga.ingest.reference_files import REFERENCE

FOLDER = Path(__file__).resolve().parent
DAY = "2026-11-25"
"""The day that a pair is asked for when it names none."""

_KEYS = {"ask", "with", "as_of", "sentence", "rows", "total", "source", "lacks", "counts"}

Cells = Mapping[str, str]


@dataclass(frozen=True)
class SourceRow:
    """A row of a bundled file as it was read by hand.

    Attributes:
        file: Path below ``ingest/reference``.
        where: The cells that it is told by; no other row has them.
        says: What its other cells said.
    """

    file: str
    where: Cells
    says: Cells

    def found(self) -> list[tuple[int, Cells]]:
        """Return the rows that have these cells, each with its line."""
        return [(line, row) for line, row in lines_of(self.file) if self.where.items() <= row.items()]


@dataclass(frozen=True)
class Pair:
    """A question with its parameters, and the facts that its answer must hold.

    Attributes:
        place: File and number of the pair, to find it by.
        question: Name of the question.
        asked: Parameters as typed.
        sentence: Pieces that the sentence must have.
        rows: Cells of a row that the answer must have; for each entry some row has them all. A name that ends in ``~``
            asks for a cell that has the text in it.
        total: Number of rows, None where it is not checked.
        sources: Rows of the bundled data that the facts stand in; the evidence must point to each.
        lacks: Rows that the bundled data must not have: the answer may not be built on them.
        counts: Rows of a file that have these cells, and how many there are.
    """

    place: str
    question: str
    asked: Mapping[str, str | list[str]]
    sentence: tuple[str, ...]
    rows: tuple[Cells, ...]
    total: int | None
    sources: tuple[SourceRow, ...]
    lacks: tuple[SourceRow, ...]
    counts: tuple[tuple[SourceRow, int], ...]


def pairs() -> tuple[Pair, ...]:
    """Return all pairs of all files, in the order of the files' names."""
    return tuple(pair for file in sorted(FOLDER.glob("*.yaml")) for pair in _pairs_in(file))


def _pairs_in(file: Path) -> Iterator[Pair]:
    # Everything is text: a day or a "yes" is compared as it stands in the file.
    listed = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    for number, entry in enumerate(listed, 1):
        place = f"{file.stem}-{number:02d}-{entry['ask']}"
        assert entry.keys() <= _KEYS, f"{place}: {sorted(entry.keys() - _KEYS)}"
        assert any(entry.get(key) for key in ("source", "lacks", "counts")), f"{place} names no row that was looked up"
        yield Pair(
            place=place,
            question=entry["ask"],
            asked={"as_of": entry.get("as_of", DAY), **entry.get("with", {})},
            sentence=tuple(entry.get("sentence", ())),
            rows=tuple(entry.get("rows", ())),
            total=int(entry["total"]) if "total" in entry else None,
            sources=tuple(_source_row(each) for each in entry.get("source", ())),
            lacks=tuple(_source_row(each) for each in entry.get("lacks", ())),
            counts=tuple((_source_row(each), int(each["number"])) for each in entry.get("counts", ())),
        )


def _source_row(entry: Mapping[str, Any]) -> SourceRow:
    return SourceRow(entry["file"], entry["where"], entry.get("says", {}))


@cache
def lines_of(file: str) -> tuple[tuple[int, Cells], ...]:
    """Return the rows of a bundled file with the line that each starts on."""
    with (REFERENCE / file).open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        rows = []
        start = 2
        for row in reader:
            rows.append((start, row))
            start = reader.line_num + 1
        return tuple(rows)


@cache
def source_of(file: str) -> str:
    """Return the id of the source that a bundled file is loaded as."""
    mapping = (REFERENCE / file).with_suffix(".yaml").read_text(encoding="utf-8")
    found = re.search(r'source: "?(ref:[a-z0-9-]+)', mapping)
    assert found, file
    return found[1]
