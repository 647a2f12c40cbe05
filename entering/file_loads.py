"""Loading files: how they are read, for commands and pages alike; and one that somebody sent, tried, then loaded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from iga.graph.errors import FileRefused, UsageError
from iga.graph.names.asked import NamesOnRecord
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_and_project
from iga.ingest.corrections import is_correction_name, source_of_rows
from iga.ingest.drafting.mapping_draft import MappingDraft, draft_of
from iga.ingest.formats.format_registry import CardWords, format_of, head_of
from iga.ingest.loading import LoadOptions
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_from, refuse_open_guesses_in
from iga.ingest.reports import LoadReport
from iga.ingest.source_reader import SourceReader
from iga.queries.core.session import Session
from iga.queries.reconciling.names_on_record import NamesOfSession

_SAID = ("source", "title", "as_of", "marking")


@dataclass(frozen=True)
class FileRead:
    """How a file is read.

    Attributes:
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
        UsageError: Words are said of a source that a mapping describes, or its rows were rejected from another source.
        FileRefused, HeaderError, ClassifiedText: The file cannot be read, or must not be.
        MappingError: The mapping does not fit the domain, or none can be drafted.
    """
    draft = None
    if not mapping:
        try:
            return FileRead(of_format([file], words))
        except FileRefused as unknown:
            if source := source_rejected_from([file]):
                raise UsageError(
                    f"{file.name}: its rows were rejected from {source}; load it with the mapping that it was read by"
                ) from None
            try:
                draft = draft_of(file)
            except FileRefused:
                raise unknown from None  # of no format, and no table either
    text = draft.text if draft else mapping
    described = mapping_from(text, name="the mapping")
    if said := [name for name in _SAID if getattr(words, name)]:
        raise UsageError(
            f"{said[0]}: this file is read by a mapping, whose card says it: leave it blank, and say it there"
        )
    refuse_another_source([file], described.card.source)
    return FileRead(mapped_reader(described), text, draft)


def of_format(files: Sequence[Path], words: CardWords, *, name: str = "") -> SourceReader:
    """Return what reads files of a standard format; rows that were rejected from a source stay rows of that source.

    Raises:
        UsageError, FileRefused: As of `format_of`.
    """
    known, note = format_of(files, name=name)
    feed = known.feed(files, replace(words, source=words.source or source_rejected_from(files)))
    return replace(feed, notes=(note, *feed.notes))


def refuse_another_source(files: Sequence[Path], source: str) -> None:
    """Raise UsageError where files hold rows that were rejected from another source than the one of their mapping."""
    if (rejected_from := source_rejected_from(files)) not in ("", source):
        raise UsageError(
            f"{files[0].name}: its rows were rejected from {rejected_from}, and the mapping is of {source};"
            " load it with the mapping that it was read by"
        )


def source_rejected_from(files: Sequence[Path]) -> str:
    """Return the source that rejected rows are of, where all files hold rejected rows of one; blank where they do not.

    Without it they would be taken for rows of another source, and stand there twice.
    """
    sources = {source_of_rows(head_of(file).rows) if is_correction_name(file.name) else "" for file in files}
    return sources.pop() if len(sources) == 1 else ""


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
