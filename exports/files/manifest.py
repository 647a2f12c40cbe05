"""What stands beside an exported file: who made it, when, from what, how far it may travel, and its digest."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iga.exports.writing import being_written, free_place
from iga.graph.domain.marking import Marking
from iga.graph.errors import InputError, NotFound
from iga.graph.statements import Card
from iga.queries.core.answer import Caveat, EvidenceNote
from iga.queries.core.session import Session

ENDING = ".manifest.json"
"""Follows the name of the file that a manifest is of."""


class SourceNote(BaseModel):
    """A source that the file rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(description="Name of the source.")
    title: str = Field(description="Its title.")
    publisher: str = Field(description="Who publishes it; blank is not stated.")
    licence: str = Field(description="Terms it may be used under; blank is not stated.")
    url: str = Field(description="Where it is published; blank is not stated.")
    as_of: str = Field(description="Day it states its content for, possibly partial; blank is unknown.")
    marking: str = Field(description="Least marking of all it says.")
    fictional: bool = Field(description="Whether it is made up for demonstration.")


class Origin(BaseModel):
    """Who makes a file, when, and from what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_by: str = Field(description="Who exported it.")
    made_at: str = Field(description="Instant of the export, UTC.")
    what: str = Field(description="What was exported, in words.")
    question: str | None = Field(default=None, description="Question that was asked, if one was.")
    parameters: dict[str, Any] = Field(description="As understood: ids and codes, ready to ask again.")
    as_of: str | None = Field(description="Day it is for; null is every day.")
    known_on: str | None = Field(description="Day or load up to which the ledger counts; null is everything loaded.")
    ceiling: str = Field(description="Highest marking that could be seen when it was made.")
    data_version: str = Field(description="Version of the graph it was made from.")


class Contents(BaseModel):
    """What a writer has to tell of the file that it wrote."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    marking: str = Field(description="Highest marking of anything in it: public, internal or sensitive.")
    counts: dict[str, int] = Field(description="How many rows, nodes and so on it holds.")
    answer: str | None = Field(default=None, description="The answer in a sentence, if a question was asked.")
    caveats: tuple[Caveat, ...] = Field(default=(), description="What the answer does not know.")
    evidence: dict[int, EvidenceNote] = Field(default={}, description="The notes that numbers in the file stand for.")
    notes: tuple[str, ...] = Field(default=(), description="What was left out or written otherwise, and why.")
    sources: tuple[SourceNote, ...] = Field(default=(), description="What it rests on.")


class FileManifest(Contents, Origin):
    """The manifest of one file."""

    file: str = Field(description="Name of the file.")
    format: str = Field(description="Its format, as --to names it.")
    sha256: str = Field(description="Digest of its bytes.")
    byte_count: int = Field(description="Length of the file.")
    program: str = Field(description="Program and version that wrote it.")


def origin_in(
    session: Session,
    *,
    by: str,
    at: str,
    what: str,
    parameters: Mapping[str, Any],
    as_of: str | None,
    question: str | None = None,
) -> Origin:
    """Return the origin of a file that is made from the graph that a context asks."""
    standing = session.status
    return Origin(
        made_by=by,
        made_at=at,
        what=what,
        question=question,
        parameters=dict(parameters),
        as_of=as_of,
        known_on=standing.known_on,
        ceiling=standing.view.ceiling.word,
        data_version=standing.data_version,
    )


def source_notes(session: Session, sources: Iterable[str]) -> tuple[SourceNote, ...]:
    """Return notes on sources by their names, each once, in their order."""
    return tuple(_source_note(session.cards[source]) for source in sorted(set(sources) & session.cards.keys()))


def _source_note(card: Card) -> SourceNote:
    known = {name: getattr(card, name) for name in SourceNote.model_fields}
    return SourceNote(**{**known, "marking": Marking(card.marking).word})


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a file lies."""
    return path.with_name(f"{path.name}{ENDING}")


def put_with_manifest(
    path: Path, *, kind: str, origin: Origin, write: Callable[[BinaryIO], Contents], force: bool
) -> FileManifest:
    """Write a file and its manifest; both appear whole, the manifest last, or neither does.

    What was not exported, or was changed since, is left alone: the file gets another name, which the manifest says.

    Raises:
        UsageError, SystemRefused: The place cannot be written to.
    """
    path = free_place(path, is_free=_is_free, force=force)
    beside = manifest_of(path)
    with being_written(beside) as manifest_file, being_written(path) as file:
        contents = write(file)
        digest, length = _digest(file)
        manifest = FileManifest(
            file=path.name,
            format=kind,
            sha256=digest,
            byte_count=length,
            program=f"iga-graph {version('iga-graph')}",
            **dict(origin),
            **dict(contents),
        )
        manifest_file.write(f"{manifest.model_dump_json(indent=2)}\n".encode())
        manifest_file.flush()  # a disk without room for it says so before the file takes its name
        os.fsync(manifest_file.fileno())
    return manifest


def _is_free(path: Path) -> bool:
    if not path.exists():
        return not manifest_of(path).exists()
    try:
        verified(path)
    except (NotFound, InputError):
        return False
    return True


def verified(path: Path) -> FileManifest:
    """Return the manifest of a file that is as it was exported.

    Raises:
        NotFound: The file or its manifest is not there.
        InputError: One of them was changed, or the manifest is none.
    """
    beside = manifest_of(path)
    for place in (path, beside):
        if not place.is_file():
            raise NotFound(f"{place} is not there; a file is verified with its manifest beside it")
    try:
        manifest = FileManifest.model_validate_json(beside.read_bytes())
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "it is no JSON"
        raise InputError(f"{beside} is no manifest, or was changed ({where}); export the file again") from error
    with path.open("rb") as file:
        digest, length = _digest(file)
    if digest != manifest.sha256:
        raise InputError(
            f"{path} is not the file that was exported: its SHA-256 is {digest} ({length:,} bytes), the manifest says"
            f" {manifest.sha256} ({manifest.byte_count:,} bytes); export it again"
        )
    return manifest


def _digest(file: BinaryIO) -> tuple[str, int]:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # wants a buffer's readinto
    return digest, file.seek(0, 2)
