"""Compare the columns of a file with those of its mapping: a changed header stops the file."""

from collections import Counter

from graph.errors import HeaderError
from ingest.mapping import Mapping
from ingest.mapping_columns import columns_read
from ingest.suggestions import did_you_mean

CORRECTION_COLUMNS = ("_line", "_column", "_reason", "_fix")
"""The first columns of a correction file: they tell about the row and are not part of it."""

_SHOWN = 5


def is_correction(header: tuple[str, ...]) -> bool:
    """Say whether a file holds rows that were rejected, with the reasons in front."""
    return header[: len(CORRECTION_COLUMNS)] == CORRECTION_COLUMNS


def known_columns(mapping: Mapping) -> frozenset[str]:
    """Return every column that a mapping reads or names under `ignore`."""
    return frozenset(columns_read(mapping) | set(mapping.ignore))


def check_header(header: tuple[str, ...], mapping: Mapping, *, file: str) -> None:
    """Say nothing when the columns are those of the mapping, in any order.

    Columns that the mapping calls `optional` may be missing; where it says `others: noted`, there may be more.

    Raises:
        HeaderError: A column is missing, not known, twice there or without a name.
    """
    for place, name in enumerate(header, 1):
        if not name:
            raise HeaderError(f"{file}: column {place} has no name; name it, or delete the column")
    if twice := sorted(name for name, count in Counter(header).items() if count > 1):
        raise HeaderError(f"{file}: the column {twice[0]!r} stands there twice; rename one of them")
    known = known_columns(mapping)
    missing, extra = sorted(known - set(header) - set(mapping.optional)), sorted(set(header) - known)
    if mapping.others == "noted" and not missing:
        return
    if not missing and not extra:
        return
    told = []
    if missing:
        told.append(f"missing {', '.join(map(repr, missing))}{did_you_mean(missing[0], extra) if extra else ''}")
    if extra:
        told.append(f"not in the mapping {', '.join(map(repr, extra))}")
    raise HeaderError(
        f"{file}: the columns are not those of the mapping: {'; '.join(told)}."
        " Correct the header or the mapping; a column that is not to be read goes under `ignore`"
    )


def header_notes(header: tuple[str, ...], mapping: Mapping, *, file: str) -> tuple[str, ...]:
    """Return sentences on the columns that are not read, and on those that are missing and may be."""
    others = [name for name in header if name not in known_columns(mapping)]
    missing = sorted(set(mapping.optional) - set(header))
    notes = []
    if others:
        shown = ", ".join(map(repr, others[:_SHOWN])) + (" …" if len(others) > _SHOWN else "")
        notes.append(f"{file}: {len(others)} other columns are not read: {shown}")
    if missing:
        notes.append(f"{file}: without {', '.join(map(repr, missing))}, read as blank")
    return tuple(notes)
