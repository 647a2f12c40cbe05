"""Sentences on a file that are known only once its records were read."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ingest.feed import OpenFile, Record

_SHOWN = 15


def noted(file: OpenFile, tell: Callable[[], Iterable[str]]) -> OpenFile:
    """Return an open file whose notes gain what `tell` gives after its last record."""
    notes = list(file.notes)

    def records() -> Iterator[Record]:
        yield from file.records
        notes.extend(tell())

    return OpenFile(file.name, file.place, file.header, records(), notes, file.is_partial)


def listed(counts: Mapping[str, int]) -> str:
    """Return counts in words, the greatest first, and only the first of many."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shown = ", ".join(f"{name} {count}" for name, count in ordered[:_SHOWN])
    return f"{shown}, and {len(ordered) - _SHOWN} more" if len(ordered) > _SHOWN else shown
