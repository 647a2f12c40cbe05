"""The bundled sources as the tests read them: mapping, cells, and what each row says."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from iga.graph.statements import Content, EdgeStatement, NodeStatement, Statement
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_of
from iga.ingest.reference_files import REFERENCE, reference_file
from iga.ingest.row_reader import row_reader

SAMPLE = REFERENCE / "sample" / "contacts_fictional.yaml"

Row = dict[str, str]


@dataclass(frozen=True)
class Bundled:
    """One bundled source: its mapping, its cells, and what each row says by row key."""

    mapping: Mapping
    cells: tuple[Row, ...]
    said: dict[str, Content]

    def nodes(self, cls: str = "") -> list[NodeStatement]:
        """Return its node statements in order, of one class if that is named."""
        return [one for one in self._all() if isinstance(one, NodeStatement) and cls in ("", one.cls)]

    def edges(self, type_: str = "") -> list[EdgeStatement]:
        """Return its edge statements in order, of one type if that is named."""
        return [one for one in self._all() if isinstance(one, EdgeStatement) and type_ in ("", one.type)]

    def _all(self) -> Iterator[Statement]:
        return (statement for content in self.said.values() for statement in content.statements)


@cache
def bundled(path: Path) -> Bundled:
    """Return the bundled source of a mapping; a row that is refused raises."""
    mapping = mapping_of(path)
    cells = tuple(_cells(path.parent / str(mapping.file), mapping))
    read = row_reader(mapping)
    return Bundled(mapping, cells, dict(filter(None, (read(dict(row)) for row in cells))))


def named(name: str) -> Bundled:
    """Return the bundled source whose mapping has this name, without its ending."""
    return bundled(reference_file(f"{name}.yaml"))


def everything() -> list[Bundled]:
    """Return every bundled source, the sample among them, but for what is loaded on request."""
    return [bundled(path) for path in sorted(REFERENCE.rglob("*.yaml")) if path.parent.name != "on_request"]


def originals(shared: Path, name: str, *, encoding: str = "utf-8-sig") -> list[Row]:
    """Return the rows of a file that bundled ones were made from."""
    with (shared / name).open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def classes_of_ids() -> dict[str, set[str]]:
    """Return every id that some bundled source states, with the classes it is stated as."""
    found: dict[str, set[str]] = defaultdict(set)
    for source in everything():
        for statement in source.nodes():
            found[statement.id].add(statement.cls)
    return found


def _cells(path: Path, mapping: Mapping) -> Iterator[Row]:
    if mapping.format == "csv":
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
        return
    sheet = load_workbook(path)[str(mapping.sheet)]
    assert isinstance(mapping.header_row, int)
    header, *rows = sheet.iter_rows(min_row=mapping.header_row, values_only=True)
    for row in rows:
        yield {str(name): str(value or "") for name, value in zip(header, row, strict=True)}
