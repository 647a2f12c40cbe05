"""The audit log tells what was changed, moved, taken out or cut off, and what a killed process left behind."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from iga.graph.audit_log import Act, AuditLog, LogHead
from iga.graph.errors import LedgerLocked, UsageError

AT = "2026-11-27T09:00:00Z"


def entry(act: str = "ask contact", **values: object) -> Act:
    return Act(0, AT, "A. Officer", "command line", act, **values)  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    audit = AuditLog(tmp_path / "ledger.sqlite.audit")
    for number in range(5):
        audit.append(entry(f"ask {number}", about=(f"org:{number}",)))
    return audit


def test_each_act_has_a_number_and_follows_the_one_before(log: AuditLog) -> None:
    assert [(known.no, known.act) for known in log.entries()] == [(n + 1, f"ask {n}") for n in range(5)]
    assert log.faults() == []
    assert log.head().no == 5


def test_only_its_owner_reads_it(log: AuditLog) -> None:
    for path in log.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


DAMAGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a changed line": lambda lines: [lines[0], lines[1].replace(b"Officer", b"Nobody"), *lines[2:]],
    "a changed last line": lambda lines: [*lines[:4], lines[4].replace(b"Officer", b"Nobody")],
    "a line taken out": lambda lines: [*lines[:2], *lines[3:]],
    "two lines in another order": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "lines cut off at the end": lambda lines: lines[:3],
    "all lines gone": lambda lines: lines[:0],
    "a line in between": lambda lines: [*lines[:2], lines[1], *lines[2:]],
    "a byte too few": lambda lines: [*lines[:4], lines[4][:-9]],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_told_and_stays_told_after_the_next_act(
    log: AuditLog, damage: Callable[[list[bytes]], list[bytes]]
) -> None:
    log.path.write_bytes(b"".join(damage(log.path.read_bytes().splitlines(keepends=True))))
    assert log.faults()
    log.append(entry("ask again"))
    assert log.faults()
    assert [known.act for known in log.entries()][-1] == "ask again"


def test_a_head_that_was_noted_tells_of_a_log_made_anew(log: AuditLog) -> None:
    noted = LogHead.read(log.head().written)
    assert log.faults(noted=noted) == []
    for path in log.path.parent.iterdir():
        path.unlink()
    log.append(entry("another log"))
    assert log.faults() == []
    [fault] = log.faults(noted=noted)
    assert fault.startswith(
        f"the log ends with entry 1: the head that was noted names entry {noted.no} ({noted.digest[:12]}"
    )


def test_what_a_killed_process_wrote_in_part_is_told_and_the_chain_goes_on(log: AuditLog) -> None:
    with log.path.open("ab") as file:
        file.write(b'{"no":6,"at":"2026-11')
    log.append(entry("after the kill"))
    assert log.faults() == ["line 6 is no entry: its process was stopped while it wrote, or it was changed"]
    assert [known.no for known in log.entries()] == [1, 2, 3, 4, 5, 6]


def test_a_kill_before_the_head_was_kept_is_no_fault(log: AuditLog) -> None:
    beside = log.path.with_name(f"{log.path.name}.head")
    before = beside.read_text()
    log.append(entry())
    beside.write_text(before)
    assert log.faults() == []
    log.append(entry())
    assert log.faults() == []


def test_writers_at_once_make_one_chain(log: AuditLog) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: log.append(entry(f"at once {n}")), range(20)))
    assert log.faults() == []
    assert log.head().no == 25


def test_who_saw_somebody_is_told_by_what_was_shown(log: AuditLog) -> None:
    log.append(entry("export party", shown={"person:sue": ("name",)}, is_disclosure=True, recipient="ODIHR"))
    assert [(known.act, known.recipient) for known in log.who_saw(["person:sue"])] == [("export party", "ODIHR")]
    assert list(log.who_saw(["person:tom"])) == []


def test_a_head_has_one_form() -> None:
    assert LogHead.read("") == LogHead()
    with pytest.raises(UsageError, match="as iga status prints it"):
        LogHead.read("nine")


def test_who_writes_beside_another_is_told_and_a_log_that_is_not_there_is_empty(log: AuditLog, tmp_path: Path) -> None:
    with FileLock(f"{log.path}.lock"), pytest.raises(LedgerLocked, match="is being written; waited 0 s"):
        log.append(entry(), wait_s=0)
    assert [*AuditLog(tmp_path / "none").entries()] == []


def test_what_other_logs_noted_is_no_fault_of_this_one(log: AuditLog) -> None:
    log.append(entry("find"))
    mine = log.to_note()
    assert log.faults(by_loads={1: "", 2: mine, 3: "another-machine@7:abc"}) == []
    assert len(log.faults(by_loads={1: mine, 2: "@7:abc", 3: "@8:abd"})) == 1
