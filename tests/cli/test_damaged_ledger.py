"""A damaged ledger at the command line: no command believes it, one names the damage, one mends it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import PARTNERS, Iga, commands_in
from tests.cli.test_left_undone import LOAD


@pytest.fixture
def damaged(loaded: Iga, folder: Path) -> Iga:
    """A loaded home with a dump of it, in whose ledger a row that was dumped says something else than was loaded."""
    assert loaded("dump", "backup").code == 0
    (folder / "partners.csv").write_text(PARTNERS.replace("Acme Relief", "Acme Aid"), encoding="utf-8")
    assert loaded(*LOAD).code == 0
    changed = "replace(CAST(content AS TEXT), 'Acme', 'Akme')"
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        assert ledger.execute(f"UPDATE row_version SET content = CAST({changed} AS BLOB) WHERE load_no = 1").rowcount
    return loaded


@pytest.mark.parametrize("command", [("verify-ledger",), ("hash",), ("rebuild",), ("dump", "copy"), ("doctor",)])
def test_no_command_believes_it(damaged: Iga, command: tuple[str, ...]) -> None:
    ran = damaged(*command)
    assert ran.code in (3, 5)
    assert "iga restore DUMP --mend" in ran.out + ran.err


def test_the_damage_is_named(damaged: Iga) -> None:
    ran = damaged("verify-ledger")
    assert (ran.code, ran.out.splitlines()[0][:14]) == (3, "load 1, row 'a")
    told = damaged("verify-ledger", "--json").document
    assert (told["is_whole"], {damage["kind"] for damage in told["damaged"]}) == (False, {"row"})


def test_one_command_mends_it(damaged: Iga, folder: Path) -> None:
    ran = damaged("restore", "backup", "--mend")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Loads from the dump: 1; as they stood in the ledger: 1.\nThe damaged file is kept as ")
    assert damaged("verify-ledger").out.startswith("The ledger is what was written")
    assert "Acme Aid" in damaged("show", "ngo:acme").out
    assert "\nok    ledger" in damaged("doctor").out
    assert (folder / "ledger.sqlite.damaged-1").is_file()


def test_a_whole_ledger_is_said_to_be_whole(loaded: Iga) -> None:
    assert loaded("verify-ledger").out == "The ledger is what was written: every load, row and look-up key.\n"
    assert loaded("verify-ledger", "--json").document == {"is_whole": True, "damaged": [], "audit_log": []}


def test_a_ledger_that_lost_its_last_load_is_told_by_every_command(loaded: Iga, folder: Path) -> None:
    (folder / "partners.csv").write_text(PARTNERS.replace("Acme Relief", "Acme Aid"), encoding="utf-8")
    assert loaded(*LOAD).code == 0
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:  # as after the -wal file was lost
        ledger.execute("DELETE FROM row_version WHERE load_no = 2")
        ledger.execute("DELETE FROM load WHERE no = 2")
    for command in (("find", "Acme"), ("rebuild",), LOAD, ("status",)):
        ran = loaded(*command)
        assert (ran.code, "loads are missing from the ledger: it had a load 2" in ran.err) == (5, True), command
    assert loaded("doctor").code == 3
    assert loaded("rebuild", "--accept-loss").code == 5  # what is live is not what load 1 said: that is damage


@pytest.mark.parametrize("arguments", [(), ("backup", "--without", "2")])
def test_a_restore_needs_a_dump_and_leaves_nothing_out(loaded: Iga, arguments: tuple[str, ...]) -> None:
    assert loaded("restore", *arguments).code == 2


def cut(text: bytes, share: float) -> bytes:
    return text[: max(4096, int(len(text) * share))]


def blanked(text: bytes, share: float) -> bytes:
    start = max(4096, int(len(text) * share))
    return text[:start] + bytes(len(text[start : start + 8192])) + text[start + 8192 :]


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("harm", [cut, blanked])
def test_whatever_part_of_the_file_is_lost_the_damage_is_named_and_the_next_step(
    loaded: Iga, folder: Path, harm: Callable[[bytes, float], bytes], share: float
) -> None:
    assert loaded("dump", "backup").code == 0
    ledger = folder / "ledger.sqlite"
    with closing(sqlite3.connect(ledger)) as writer:
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.write_bytes(harm(ledger.read_bytes(), share))
    with commands_in(folder) as iga:
        ran = iga("verify-ledger")
        assert (ran.code, "iga restore DUMP --mend" in ran.err) == (3, True), ran
        assert ran.out
        assert "iga verify-ledger" not in ran.out + ran.err
        assert ("bytes are missing at its end" in ran.out) == (harm is cut)
        mended = iga("restore", "backup", "--mend")
    with commands_in(folder) as iga:  # each command is a process of its own
        if mended.code:  # too little can be read: it says how to go on
            assert "--dump-alone" in mended.err, mended.err
            assert iga("restore", "backup", "--mend", "--dump-alone").code == 0
        assert iga("verify-ledger").code == 0
