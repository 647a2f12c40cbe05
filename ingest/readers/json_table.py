"""Read a list of JSON records as a table: nested fields have their way as a name, such as ``recipient.0.name``."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iga.graph.errors import FileRefused
from iga.ingest.readers.file_table import FileRow, FileTable, fault_of
from iga.ingest.readers.text_file import text_file

MOST_BYTES = 200_000_000
"""Of a JSON file, which is held in memory whole."""

_DEEPEST = 8
_JOINED = "; "
_SORTS = ("type", "scheme")
"""Fields by which the objects of a list say what sort they are of."""


@dataclass(frozen=True)
class JsonForm:
    """How a JSON file is to be read.

    Attributes:
        records: Way to the list of records, parted by points; blank where the file itself is that list.
        columns: Columns that the table has in any case. ``way.Sort.field`` is that field of the objects of a list which
            have ``Sort`` as their type or scheme.
        joins: Field that holds an id → list at the top in which the object with that id stands. Its fields are columns
            under the name of the field without ``_id``: ``person.name``. What no record points at is a record too.
        also_called: Column → other ways that may lead to it.
    """

    records: str = ""
    columns: Collection[str] = ()
    joins: Mapping[str, str] = field(default_factory=dict)
    also_called: Mapping[str, Sequence[str]] = field(default_factory=dict)


@contextmanager
def json_table(path: Path, form: JsonForm) -> Iterator[FileTable]:
    """Open a JSON file and give its records as a table; the line of a row is the number of its record, from 1.

    Lists of plain values are joined by semicolons; a field that a record lacks is blank.

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
    listed = _with_joined(document, form, path.name) if form.joins else _listed(document, form.records, path.name)
    flat = [_cells_of(record, form) for record in listed]
    header = tuple(dict.fromkeys([*form.columns, *(name for record in flat for name in record)]))
    told = f"{path.name}: {len(flat):,} records were read{f' at {form.records}' if form.records else ''}"
    yield FileTable(path.name, f"{path.name}#", header, _rows(flat, header), notes=[told])


def _listed(document: Any, records: str, name: str) -> list[Mapping[str, Any]]:
    here = document
    for step in filter(None, records.split(".")):
        here = here.get(step) if isinstance(here, dict) else None
    if isinstance(here, list) and all(isinstance(record, dict) for record in here):
        return here
    lists = [key for key, value in document.items() if isinstance(value, list)] if isinstance(document, dict) else []
    meant = f"; there are lists at {', '.join(lists)}" if lists else ""
    where = f"at {records!r}" if records else "at its top"
    raise FileRefused(f"{name}: no list of records {where}{meant}; write under `records` in the mapping where they are")


def _with_joined(document: Any, form: JsonForm, name: str) -> list[Mapping[str, Any]]:
    """Return the records with the objects that they point at in place, and after them what none points at."""
    if not isinstance(document, dict):
        return _listed(document, form.records, name)
    there = {records for records in (form.records, *form.joins.values()) if records in document}
    lists = {records: _listed(document, records, name) for records in there}
    by_id = {
        records: {str(one["id"]): one for one in objects if one.get("id")}
        for records, objects in lists.items()
        if records != form.records
    }
    used: set[tuple[str, str]] = set()

    def whole(record: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
        parts = {}
        for field_, records in form.joins.items() if depth else ():
            subject = str(record.get(field_) or "")
            if (known := by_id.get(records, {}).get(subject)) is not None:
                used.add((records, subject))
                parts[field_.removesuffix("_id")] = whole(known, depth - 1)
        return {**parts, **record}

    rows: list[Mapping[str, Any]] = [whole(record) for record in lists.get(form.records, ())]
    for field_, records in form.joins.items():
        alone = [subject for subject in by_id.get(records, ()) if (records, subject) not in used]
        rows += [{field_.removesuffix("_id"): whole(by_id[records][subject], 1)} for subject in alone]
        used |= {(records, subject) for subject in alone}
    return rows


def _cells_of(record: Mapping[str, Any], form: JsonForm) -> dict[str, str]:
    cells = dict(_flat(record))
    for column in form.columns:
        if column not in cells:
            ways = (column, *form.also_called.get(column, ()))
            cells[column] = next((text for way in ways if (text := cells.get(way) or _of_sort(record, way))), "")
    return cells


def _of_sort(record: Any, name: str) -> str:
    """Return what ``way.Sort.field`` names: that field of the objects of a list that are of a sort; blank for none."""
    if name.count(".") < 2:
        return ""
    *way, sort, wanted = name.split(".")
    here = record
    for step in way:
        here = here.get(step) if isinstance(here, dict) else None
    if not isinstance(here, list):
        return ""
    objects = [one for one in here if isinstance(one, dict) and any(one.get(said) == sort for said in _SORTS)]
    texts = [text for one in objects for _, text in _flat(one.get(wanted))]
    return _JOINED.join(dict.fromkeys(texts))


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
