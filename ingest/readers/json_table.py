"""Read a list of JSON records as a table: nested fields have their way as a name, such as ``recipient.0.name``."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.errors import FileRefused
from ingest.readers.file_table import FileRow, FileTable, fault_of
from ingest.readers.text_file import text_file

MOST_BYTES = 200_000_000
"""Of a JSON file, which is held in memory whole."""

_DEEPEST = 8
_JOINED = "; "


@contextmanager
def json_table(path: Path, records: str, columns: Collection[str]) -> Iterator[FileTable]:
    """Open a JSON file and give its records as a table; the line of a row is the number of its record, from 1.

    Lists of plain values are joined by semicolons; a field that a record lacks is blank.

    Args:
        path: The file.
        records: Way to the list of records, parted by points; blank where the file itself is that list.
        columns: Columns that the table has in any case.

    Raises:
        FileRefused: It is no JSON, too large, or has no list of objects there.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused(f"{path.name}: more than {MOST_BYTES:,} bytes of JSON; part it into several files")
    text = text_file(path, encoding=None)
    try:
        document = json.loads(
            path.read_text(encoding=text.encoding, errors=text.errors), parse_int=str, parse_float=str
        )
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"{path.name}: no JSON: {error}; download it again, or save it whole") from None
    listed = _found(document, records, path.name)
    flat = [dict(_flat(record)) for record in listed]
    header = tuple(dict.fromkeys([*columns, *(name for record in flat for name in record)]))
    yield FileTable(path.name, f"{path.name}#", header, _rows(flat, header), notes=[_told(path, records, len(flat))])


def _told(path: Path, records: str, number: int) -> str:
    return f"{path.name}: {number:,} records were read{f' at {records}' if records else ''}"


def _found(document: Any, records: str, name: str) -> list[Mapping[str, Any]]:
    here = document
    for step in filter(None, records.split(".")):
        here = here.get(step) if isinstance(here, dict) else None
    if isinstance(here, list) and all(isinstance(record, dict) for record in here):
        return here
    lists = [key for key, value in document.items() if isinstance(value, list)] if isinstance(document, dict) else []
    meant = f"; there are lists at {', '.join(lists)}" if lists else ""
    where = f"at {records!r}" if records else "at its top"
    raise FileRefused(f"{name}: no list of records {where}{meant}; write under `records` in the mapping where they are")


def _flat(value: Any, way: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the plain values inside a value, each with its way, as texts."""
    if isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _flat(inner, f"{way}.{name}" if way else name, depth + 1)
    elif isinstance(value, list) and any(isinstance(inner, (dict, list)) for inner in value) and depth < _DEEPEST:
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{way}.{place}", depth + 1)
    elif isinstance(value, list):
        yield way, _JOINED.join(_text(inner) for inner in value if inner is not None)
    elif value is not None:
        yield way, _text(value)


def _text(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _rows(records: list[dict[str, str]], header: tuple[str, ...]) -> Iterator[FileRow]:
    for number, record in enumerate(records, start=1):
        cells = [record.get(name, "") for name in header]
        yield FileRow(number, cells, fault_of(cells, len(header)))
