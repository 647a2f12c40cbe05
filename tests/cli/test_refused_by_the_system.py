"""A disk that is full, files that one may only read, outputs that are closed: one sentence, and nothing half-done."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from iga.cli.console import ReadUntilEnough
from iga.exports.writing import write_file
from iga.graph.errors import SystemRefused
from tests.cli.conftest import Iga
from tests.clock import NOW
from tests.sweeps import one_in

pytestmark = pytest.mark.skipif(os.name != "posix", reason="/dev/full and rights as here are POSIX'")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")

_NOBODY = 65_534


def _iga(shell: str, environ: Mapping[str, str] | None = None, *, user: int | None = None) -> tuple[int, str, str]:
    """Run a command line of a shell in which `iga` is this program."""
    command = f'iga() {{ "{sys.executable}" -m iga "$@"; }}; {shell}'
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environ or {})}
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, user=user, check=False)
    return ran.returncode, ran.stdout, ran.stderr


@needs_full
@pytest.mark.parametrize("words", ["help", "completion bash", "--help", "--version"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_without_room_is_said_once_and_is_no_success(words: str, unbuffered: str) -> None:
    code, _, err = _iga(f"iga {words} > /dev/full", {"PYTHONUNBUFFERED": unbuffered})
    assert (code, err.count("No space left on device"), err.count("\n")) == (5, 1, 1)


def test_a_reader_that_has_enough_ends_it_without_a_word() -> None:
    code, out, err = _iga("iga help | head -1")
    assert (code, out.count("\n"), err) == (0, 1, "")


@pytest.mark.parametrize(("words", "code"), [("doctor", 3), ("doctor --json", 3), ("help", 0), ("nosuch", 2)])
def test_a_reader_that_had_enough_before_the_first_word_changes_no_exit_code(
    tmp_path: Path, words: str, code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "IGA_HOME": str(tmp_path), "IGA_STANDBY": "off"}
        command = [sys.executable, "-m", "iga", *words.split()]
        ran = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, env=environment, check=False)
    assert (ran.returncode, b"Broken pipe" in ran.stderr) == (code, False)


def test_what_is_printed_to_a_reader_that_went_away_is_lost_without_a_word() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8", buffering=1) as stream:
        output = ReadUntilEnough(stream)
        assert output.write("one\n") == 4
        os.close(reading)
        for _ in range(3):
            output.write("more\n" * 10_000)
            output.flush()


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_lead_nowhere(closed: str) -> None:
    assert _iga(f"iga help {closed}")[0::2] == (0, "")


@needs_full
def test_a_note_that_nobody_can_read_changes_no_exit_code() -> None:
    assert _iga("iga nosuch 2>/dev/full")[0] == 2


@pytest.mark.parametrize("place", ["/", "."])
@pytest.mark.parametrize(
    "words", ["template contacts", "export party Acme --to csv", "export rows agreements --to csv"]
)
def test_a_folder_as_output_is_a_sentence(loaded: Iga, words: str, place: str) -> None:
    ran = loaded(*words.split(), "-o", place)
    assert ran.code in (2, 4), ran.err
    assert "IGA-1000" not in ran.err


@pytest.mark.parametrize(("number", "advice"), [(errno.EIO, "check it"), (errno.ENOSPC, "free some space")])
def test_advice_fits_what_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(SystemRefused, match=advice):
        write_file(tmp_path / "x.csv", b"one")
    assert not [*tmp_path.iterdir()]


def test_a_file_has_its_manifest_or_is_not_there(loaded: Iga, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def full_for_the_manifest(descriptor: int) -> None:
        asked.append(descriptor)
        if len(asked) == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {path.name for path in folder.iterdir()}
    monkeypatch.setattr("iga.exports.files.manifest.os.fsync", full_for_the_manifest)
    ran = loaded("export", "party", "Acme Relief", "--to", "csv", "-o", "x.csv")
    assert (ran.code, "No space left" in ran.err) == (5, True), ran.err
    assert {path.name for path in folder.iterdir() if path.suffix == ".csv"} <= before


@pytest.fixture
def only_read(loaded_folder: Path) -> Iterator[dict[str, str]]:
    """Give the settings of a place that the account of `_user` may read and not write."""
    # not in the folder of this test's own run, which other accounts may not enter
    place = Path(tempfile.mkdtemp(prefix="iga-only-read-", dir="/tmp")) / "home"
    shutil.copytree(loaded_folder, place)
    for path in (place.parent, place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield {"IGA_STORE": f"embedded:{place / 'graph'}", "IGA_NOW": NOW, "IGA_WHO": "A", "HOME": "/nonexistent"}
    for path in (place.parent, place, *place.rglob("*/")):
        path.chmod(0o755)
    shutil.rmtree(place.parent)


def _user() -> int | None:
    return _NOBODY if os.geteuid() == 0 else None


@pytest.mark.parametrize(
    ("words", "answer"),
    one_in(
        5,
        [
            ("show ngo:acme", "Acme Relief"),
            ("find acme", "ngo:acme"),
            ("status", "is current      True"),
            ("today", "overdue"),
            ("verify-ledger", "what was written"),
        ],
    ),
)
def test_what_one_may_only_read_is_read(only_read: dict[str, str], words: str, answer: str) -> None:
    code, out, err = _iga(f"iga {words}", only_read, user=_user())
    assert (code, answer in out) == (0, True), err
    assert "Permission denied: ask for access" in err  # the audit log: what was public is answered, and that is said


@pytest.mark.parametrize(
    ("words", "code"),
    one_in(
        4,
        [
            ("export party Acme --to csv", 5),
            ("rebuild", 5),
            ("correct ngo:acme name X --because y", 5),
            ("dump copy", 5),
        ],
    ),
)
def test_what_one_may_only_read_is_not_written(only_read: dict[str, str], words: str, code: int) -> None:
    ran, _, err = _iga(f"iga {words}", only_read, user=_user())
    assert (ran, err.count("Error IGA-"), "IGA-1000" in err) == (code, 1, False), err


def test_a_ledger_whose_log_lies_beside_it_is_read_with_it(only_read: dict[str, str]) -> None:
    ledger = Path(only_read["IGA_STORE"].removeprefix("embedded:")).parent / "ledger.sqlite"
    ledger.parent.chmod(0o755)
    Path(f"{ledger}-wal").write_bytes(b"x" * 100)
    ledger.parent.chmod(0o555)
    code, _, err = _iga("iga status", only_read, user=_user())
    assert (code, "that you may read" in err) == (5, True), err


def test_few_descriptors_are_named(loaded_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(loaded_folder, tmp_path / "home")
    environ = {"IGA_STORE": f"embedded:{tmp_path / 'home' / 'graph'}", "IGA_NOW": NOW}
    code, _, err = _iga("ulimit -n 64; iga show ngo:acme", environ)
    assert (code, "ulimit -n 4096" in err) == (5, True), err
    assert _iga("ulimit -S -n 64; iga show ngo:acme", environ)[0] == 0  # the account may have more


def test_too_little_memory_for_the_engine_is_named(loaded_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(loaded_folder, tmp_path / "home")
    environ = {"IGA_STORE": f"embedded:{tmp_path / 'home' / 'graph'}", "IGA_NOW": NOW}
    code, _, err = _iga("ulimit -v 800000; iga show ngo:acme", environ)
    assert (code, "too little memory" in err) == (5, True), err


def test_a_folder_that_was_removed_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    code, _, err = _iga(f"cd {tmp_path}/gone; rmdir ../gone; iga status", {"IGA_HOME": str(tmp_path)})
    assert (code, "was removed" in err) == (5, True), err


def test_garbage_in_place_of_the_book_of_pairs_is_made_anew(loaded: Iga, folder: Path) -> None:
    book = next(folder.glob("graph.views/*.pairs.sqlite"))
    for beside in folder.glob("graph.views/*.pairs.sqlite*"):
        beside.unlink()
    book.write_bytes(b"garbage" * 500)
    ran = loaded("load", "partners.csv", "--mapping", "partners.yaml")
    assert (ran.code, "not looked for" in ran.out + ran.err) == (0, False), ran.err
