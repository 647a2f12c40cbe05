"""Sentences on a file that are known only once its records were read."""

from collections.abc import Callable, Iterable, Iterator

from ingest.feed import OpenFile, Record


def noted(file: OpenFile, tell: Callable[[], Iterable[str]]) -> OpenFile:
    """Return an open file whose notes gain what `tell` gives after its last record."""
    notes = list(file.notes)

    def records() -> Iterator[Record]:
        yield from file.records
        notes.extend(tell())

    return OpenFile(file.name, file.place, file.header, records(), notes, file.is_partial)
