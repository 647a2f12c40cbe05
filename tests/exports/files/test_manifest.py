"""A file and its manifest: whole or not at all, never over another, and checked afterwards."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from iga.exports.files.manifest import Contents, FileManifest, manifest_of, put_with_manifest, source_notes, verified
from iga.graph.errors import InputError, NotFound, UsageError
from iga.queries.core.session import Session
from tests.exports.world_fixtures import made


def put(world: Session, path: Path, content: bytes = b"content", *, force: bool = False) -> FileManifest:
    def write(file: BinaryIO) -> Contents:
        file.write(content)
        sources = source_notes(world, world.cards)
        return Contents(counts={"rows": 1}, marking="internal", sources=sources, notes=("one row left out",))

    made_by = made(world, parameters={"party": ["org:exo"]}, as_of="2026-11-25")
    return put_with_manifest(path, kind="csv", origin=made_by, write=write, force=force)


def test_it_says_who_when_what_from_what_and_how_far_it_may_travel(world: Session, at: Callable[[str], Path]) -> None:
    manifest = put(world, at("a.csv"))
    assert (manifest.made_by, manifest.made_at, manifest.as_of) == ("J. Example", "2026-11-25T10:00:00Z", "2026-11-25")
    assert manifest.parameters == {"party": ["org:exo"]}
    assert (manifest.marking, manifest.ceiling) == ("internal", "sensitive")
    assert manifest.data_version == world.status.data_version
    assert manifest.sha256 == hashlib.sha256(b"content").hexdigest()
    assert (manifest.counts, manifest.notes) == ({"rows": 1}, ("one row left out",))
    [bodies] = [source for source in manifest.sources if source.source == "ref:example"]
    assert (bodies.licence, bodies.publisher) == ("CC BY 4.0", "Example Statistics")
    assert verified(at("a.csv")) == manifest


def test_a_file_that_changed_is_told_apart(world: Session, at: Callable[[str], Path]) -> None:
    put(world, at("a.csv"))
    at("a.csv").write_bytes(b"contenT")
    with pytest.raises(InputError, match="is not the file that was exported"):
        verified(at("a.csv"))


def test_a_manifest_that_changed_or_is_not_there_is_told(world: Session, at: Callable[[str], Path]) -> None:
    put(world, at("a.csv"))
    beside = manifest_of(at("a.csv"))
    said = json.loads(beside.read_text(encoding="utf-8"))
    del said["sha256"]
    beside.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(InputError, match="sha256"):
        verified(at("a.csv"))
    beside.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON"):
        verified(at("a.csv"))
    beside.unlink()
    with pytest.raises(NotFound, match="manifest"):
        verified(at("a.csv"))


def test_what_was_changed_since_is_left_alone_and_the_export_gets_another_name(
    world: Session, at: Callable[[str], Path]
) -> None:
    put(world, at("a.csv"))
    assert put(world, at("a.csv"), b"newer").file == "a.csv"  # ours, as it was exported
    at("a.csv").write_bytes(b"mine")
    assert put(world, at("a.csv"), b"other").file == "a-2.csv"
    assert at("a.csv").read_bytes() == b"mine"
    assert verified(at("a-2.csv")).byte_count == 5
    at("b.csv.manifest.json").write_text("mine", encoding="utf-8")
    assert put(world, at("b.csv")).file == "b-2.csv"
    assert not at("b.csv").exists()
    assert put(world, at("a.csv"), b"forced", force=True).file == "a.csv"
    assert verified(at("a.csv")).byte_count == 6


def test_what_fails_half_way_leaves_what_was_there(world: Session, at: Callable[[str], Path]) -> None:
    put(world, at("a.csv"))

    def fails(file: BinaryIO) -> Contents:
        file.write(b"half")
        raise UsageError("no")

    with pytest.raises(UsageError):
        put_with_manifest(at("a.csv"), kind="csv", origin=made(world), write=fails, force=True)
    assert verified(at("a.csv")).byte_count == len(b"content")
    assert sorted(path.name for path in at("").iterdir()) == ["a.csv", "a.csv.manifest.json"]
