"""Loading a file that somebody sent: how it is read, tried first, then loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import FileRefused
from graph.names.asked import NamesOnRecord
from graph.workspace import Workspace
from ingest.committing import load_and_project
from ingest.drafting.mapping_draft import MappingDraft, draft_of
from ingest.formats.format_registry import CardWords, format_of
from ingest.loading import LoadOptions
from ingest.mapped_reader import mapped_reader
from ingest.mapping_file import mapping_from, refuse_open_guesses_in
from ingest.reports import LoadReport
from ingest.source_reader import SourceReader
from queries.core.session import Session
from queries.reconciling.names_on_record import NamesOfSession


@dataclass(frozen=True)
class FileRead:
    """How a file is read.

    Attributes:
        feed: What reads it.
        mapping: The mapping that it is read by, to be looked at; blank where a format is known.
        draft: What the mapping was drafted from; None where it was given, or a format is known.
    """

    feed: SourceReader
    mapping: str = ""
    draft: MappingDraft | None = None


def how_read(file: Path, words: CardWords, mapping: str = "") -> FileRead:
    """Return how a file is read: by a mapping, by its format, else by a mapping drafted from its columns.

    Args:
        file: The file.
        words: What its sender says of its source, where a format is known.
        mapping: The mapping, YAML; blank asks for none.

    Raises:
        FileRefused, HeaderError, ClassifiedText: The file cannot be read, or must not be.
        MappingError: The mapping does not fit the domain, or none can be drafted.
    """
    if mapping:
        return FileRead(mapped_reader(mapping_from(mapping, name="the mapping")), mapping)
    try:
        known, note = format_of([file])
        feed = known.feed([file], words)
        return FileRead(replace(feed, notes=(note, *feed.notes)))
    except FileRefused as unknown:
        try:
            draft = draft_of(file)
        except FileRefused:
            raise unknown from None  # of no format, and no table either
        return FileRead(mapped_reader(mapping_from(draft.text, name="the draft")), draft.text, draft)


def load_file(workspace: Workspace, file: Path, read: FileRead, options: LoadOptions) -> LoadReport:
    """Try a file, or load it; the names that it brings are looked up in the graph.

    Raises:
        MappingError: Guesses of its mapping are still marked, and it is not only tried.
        Denied, LedgerLocked, LedgerError, FileRefused, HeaderError: As of a load.
    """
    if not options.dry_run:
        refuse_open_guesses_in(read.mapping, name="the mapping")
    return load_and_project(workspace, read.feed, [file], options=options, names=lambda: _names_on_record(workspace))


@contextmanager
def _names_on_record(workspace: Workspace) -> Iterator[NamesOnRecord]:
    with workspace.reading() as reading:
        yield NamesOfSession(Session.at(workspace, reading))
