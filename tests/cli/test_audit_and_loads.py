"""Each load notes the head of the audit log, so that a log that was cut or taken away is told, by whatever was left."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import commands_in
from tests.cli.test_left_undone import LOAD

CORRECT = ("correct", "ngo:beta", "website", "https://beta.example.org")
LOST = re.compile(r"names entry \d+ \(|names its last entry, is missing")
LEFT = ("ledger.sqlite.audit", "ledger.sqlite.audit.head")


def remove(*names: str) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return harm


def cut(folder: Path) -> None:
    """Leave the first line alone, with its head, as if nothing had followed."""
    log = folder / LEFT[0]
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    (folder / LEFT[1]).unlink()


def change_a_letter(folder: Path) -> None:
    log = folder / LEFT[0]
    log.write_bytes(log.read_bytes().replace(b"find", b"fond", 1))


@pytest.fixture
def noted(folder: Path) -> Path:
    """Give a folder of two loads with acts before, between and after them, which nobody holds."""
    with commands_in(folder) as iga:
        for command in (LOAD, ("find", "Acme"), (*CORRECT, "--because", "a letter"), ("status",)):
            assert iga(*command).code == 0
        assert "\nok    audit" in iga("doctor").out
        assert iga("audit", "verify").code == 0
    return folder


@pytest.mark.parametrize(
    "harm",
    [remove(*LEFT), remove(LEFT[0]), remove(LEFT[1]), cut, change_a_letter],
    ids=["both", "log", "head", "cut", "a"],
)
def test_it_is_told_by_the_doctor_and_by_whoever_verifies(noted: Path, harm: Callable[[Path], None]) -> None:
    harm(noted)
    with commands_in(noted) as iga:
        ran = iga("doctor")
        assert (ran.code, "LOOK  audit" in ran.out) == (3, True)
        assert iga("audit", "verify").code == 3  # what the commands before added hides nothing
        assert iga("audit", "verify", "--json").document["faults"]


@pytest.mark.parametrize("acts", [(), (("find", "Acme"), ("status",))], ids=["after the first act", "later"])
@pytest.mark.parametrize(
    "harm",
    [remove(*LEFT), remove(LEFT[0]), remove(LEFT[1]), lambda at: (at / LEFT[0]).write_bytes(b"")],
    ids=["both gone", "the log gone", "its head gone", "the log emptied"],
)
def test_the_first_act_tells_for_good_that_there_is_a_log(
    folder: Path, acts: tuple[tuple[str, ...], ...], harm: Callable[[Path], None]
) -> None:
    with commands_in(folder) as iga:
        for command in (LOAD, *acts):  # the one load was written before there was an act
            assert iga(*command).code == 0
    harm(folder)
    with commands_in(folder) as anew:
        for teller in (("verify-ledger",), ("audit", "verify"), ("doctor",)) * 2:  # an act noted anew hides nothing
            ran = anew(*teller)
            assert (ran.code, bool(LOST.search(ran.out))) == (3, True), teller


def test_a_ledger_that_is_restored_without_its_log_is_no_fault(noted: Path, tmp_path: Path) -> None:
    with commands_in(noted) as iga:
        assert iga("dump", "copy").code == 0
    elsewhere = tmp_path / "elsewhere"
    (noted / "copy").rename(tmp_path / "copy")
    elsewhere.mkdir()
    with commands_in(elsewhere) as iga:
        assert iga("restore", str(tmp_path / "copy")).code == 0
        assert "\nok    audit" in iga("doctor").out
        assert iga("find", "Acme").code == 0
        assert iga(*CORRECT, "--because", "another letter").code == 0
    for name in LEFT:
        (elsewhere / name).unlink()
    with commands_in(elsewhere) as iga:
        assert "LOOK  audit" in iga("doctor").out
