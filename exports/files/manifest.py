"""What stands beside an exported file: who made it, when, from what, how far it may travel, and its digest."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from exports.writing import being_written, refuse_what_is_there
from graph.domain.marking import Marking
from graph.errors import InputError, NotFound
from graph.statements import Card
from queries.core.answer import Caveat, EvidenceNote
from queries.core.session import Session

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


class Manifest(BaseModel):
    """The manifest of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(description="Name of the file.")
    format: str = Field(description="Its format, as --to names it.")
    sha256: str = Field(description="Digest of its bytes.")
    byte_count: int = Field(description="Length of the file.")
    marking: str = Field(description="Highest marking of anything in it: public, internal or sensitive.")
    made_by: str = Field(description="Who exported it.")
    made_at: str = Field(description="Instant of the export, UTC.")
    program: str = Field(description="Program and version that wrote it.")
    what: str = Field(description="What was exported, in words.")
    question: str | None = Field(description="Question that was asked, if one was.")
    parameters: dict[str, Any] = Field(description="As understood: ids and codes, ready to ask again.")
    as_of: str | None = Field(description="Day it is for; null is every day.")
    known_on: str | None = Field(description="Day or load up to which the ledger counts; null is everything loaded.")
    ceiling: str = Field(description="Highest marking that could be seen when it was made.")
    data_version: str = Field(description="Graph hash of what it was made from.")
    counts: dict[str, int] = Field(description="How many rows, nodes and so on it holds.")
    answer: str | None = Field(description="The answer in a sentence, if a question was asked.")
    caveats: tuple[Caveat, ...] = Field(description="What the answer does not know.")
    evidence: dict[int, EvidenceNote] = Field(description="The notes that numbers in the file stand for.")
    notes: tuple[str, ...] = Field(description="What was left out or written otherwise, and why.")
    sources: tuple[SourceNote, ...] = Field(description="What it rests on.")


@dataclass(frozen=True)
class Made:
    """Who makes a file, when, and from what.

    Attributes:
        by: Who exports it.
        at: Instant, UTC.
        what: What is exported, in words.
        parameters: As understood.
        as_of: Day it is for; None is every day.
        known_on: Day or load up to which the ledger counts.
        ceiling: Highest marking that may be seen.
        data_version: Graph hash.
        question: Name of the question, None if none is asked.
    """

    by: str
    at: str
    what: str
    parameters: Mapping[str, Any]
    as_of: str | None
    known_on: str | None
    ceiling: Marking
    data_version: str
    question: str | None = None


@dataclass(frozen=True)
class Written:
    """What a writer has to tell of the file that it wrote.

    Attributes:
        counts: How many of what it holds.
        marking: Highest marking of anything in it.
        cards: The sources that it rests on.
        notes: What was left out or written otherwise, and why.
        answer: The answer in a sentence.
        caveats: What the answer does not know.
        evidence: The notes that numbers stand for.
    """

    counts: Mapping[str, int]
    marking: Marking
    cards: tuple[Card, ...] = ()
    notes: tuple[str, ...] = ()
    answer: str | None = None
    caveats: tuple[Caveat, ...] = ()
    evidence: Mapping[int, EvidenceNote] = field(default_factory=dict)


def made_from(
    session: Session, *, by: str, at: str, what: str, parameters: Mapping[str, Any], as_of: str | None,
    question: str | None = None,
) -> Made:  # fmt: skip
    """Return who makes a file from the graph that a context asks."""
    standing = session.status
    return Made(
        by, at, what, parameters, as_of, standing.known_on, standing.view.ceiling, standing.data_version, question
    )


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a file lies."""
    return path.with_name(f"{path.name}{ENDING}")


def put_with_manifest(
    path: Path, *, kind: str, made: Made, write: Callable[[BinaryIO], Written], replaces: bool
) -> Manifest:
    """Write a file and its manifest; both appear whole, the manifest last, or neither does.

    Args:
        path: Where the file is to lie.
        kind: Its format, as ``--to`` names it.
        made: Who makes it, and from what.
        write: Writes the file, and tells what it holds.
        replaces: Whether files that are there may be replaced.

    Raises:
        UsageError: There is a file, or the place cannot be written to.
    """
    beside = manifest_of(path)
    for place in (path, beside):
        refuse_what_is_there(place, replaces=replaces)
    with being_written(beside) as said:
        with being_written(path) as file:
            written = write(file)
            manifest = _manifest(path, kind, made, written, *_digest(file))
        said.write(f"{manifest.model_dump_json(indent=2)}\n".encode())
    return manifest


def verified(path: Path) -> Manifest:
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
        manifest = Manifest.model_validate_json(beside.read_bytes())
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


def _manifest(path: Path, kind: str, made: Made, written: Written, digest: str, length: int) -> Manifest:
    return Manifest(
        file=path.name,
        format=kind,
        sha256=digest,
        byte_count=length,
        marking=written.marking.word,
        made_by=made.by,
        made_at=made.at,
        program=f"iga-graph {version('iga-graph')}",
        what=made.what,
        question=made.question,
        parameters=dict(made.parameters),
        as_of=made.as_of,
        known_on=made.known_on,
        ceiling=made.ceiling.word,
        data_version=made.data_version,
        counts=dict(written.counts),
        answer=written.answer,
        caveats=written.caveats,
        evidence=dict(written.evidence),
        notes=written.notes,
        sources=tuple(_source(card) for card in _sorted(written.cards)),
    )


def _sorted(cards: Iterable[Card]) -> list[Card]:
    return sorted({card.source: card for card in cards}.values(), key=lambda card: card.source)


def _source(card: Card) -> SourceNote:
    return SourceNote(
        source=card.source,
        title=card.title,
        publisher=card.publisher,
        licence=card.licence,
        url=card.url,
        as_of=card.as_of,
        marking=Marking(card.marking).word,
        fictional=card.fictional,
    )
