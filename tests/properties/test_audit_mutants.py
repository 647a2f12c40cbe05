"""Each rule of the log of who asked what, written wrong: a check of that rule must then fail."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from iga.graph import audit_log
from iga.graph.audit_log import CUT, Act, AuditLog, LogHead
from iga.graph.errors import UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.query import Row
from iga.graph.reader import Reader
from iga.graph.statements import Card
from iga.queries.core import accounting
from iga.queries.core.answer import Subject
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow
from iga.queries.core.session import Session
from tests.acceptance.homes import noon, settled
from tests.properties.source_mutants import MutantTable, rules_tried
from tests.properties.test_consent_mutants import DAY, SUE, CannedStore
from tests.queries.world import edge, node, rows

AT = "2026-11-27T09:00:00Z"
TOM = "person:tom"


def _log(folder: Path, count: int = 3) -> AuditLog:
    folder.mkdir(exist_ok=True)
    log = AuditLog(folder / "ledger.sqlite.audit")
    acts = [_act(f"ask {number}", about=(f"org:{number}",)) for number in range(count)]
    for some in filter(None, (acts[:1], acts[1:])):
        log.append(*some)
    return log


def _act(act: str = "ask contact", **more: object) -> Act:
    return Act(0, AT, "A. Officer", "command line", act, **more)  # type: ignore[arg-type]


def _lines(log: AuditLog, change: Callable[[list[bytes]], list[bytes]]) -> AuditLog:
    log.path.write_bytes(b"".join(change(log.path.read_bytes().splitlines(keepends=True))))
    return log


def lines_are_numbered_and_chained(folder: Path) -> None:
    log = _log(folder)
    digests = [audit_log._digest(line) for line in log.path.read_bytes().splitlines()]
    assert [(entry.no, entry.before) for entry in log.entries()] == [(1, ""), (2, digests[0]), (3, digests[1])]
    assert log.head() == LogHead(3, digests[2])
    assert log.path.with_name("ledger.sqlite.audit.head").read_text() == f"3:{digests[2]}"
    assert log.faults() == []


def a_line_that_was_changed_is_told(folder: Path) -> None:
    log = _lines(_log(folder), lambda lines: [lines[0].replace(b"Officer", b"Nobody"), *lines[1:]])
    assert [fault[:26] for fault in log.faults()] == ["line 2 does not follow the"]


def a_line_that_was_taken_out_is_told(folder: Path) -> None:
    """Whoever takes a line out may mend the number of the next, or what it says of the one before."""
    for made in ("number", "digest"):
        log = _log(folder / made)
        first, second, third = log.path.read_bytes().splitlines(keepends=True)
        if made == "number":
            mended = third.replace(b'"no":3', b'"no":2')
        else:
            digest = audit_log._digest(first.rstrip()).encode()
            mended = third.replace(audit_log._digest(second.rstrip()).encode(), digest)
        log.path.write_bytes(first + mended)
        assert any("line 2 does not follow" in fault for fault in log.faults())


def lines_cut_off_at_the_end_are_told_and_stay_told(folder: Path) -> None:
    log = _log(folder)
    lost = log.head()
    told = f"the file beside it names entry {lost.no} ({lost.digest[:12]}…), which is not in it as it was written"
    _lines(log, lambda lines: lines[:1])
    assert [fault.partition(";")[0] for fault in log.faults()] == [f"the log ends with entry 1: {told}"]
    log.append(_act())
    assert [entry.act for entry in log.entries()] == ["ask 0", CUT, "ask contact"]
    assert [fault.partition(";")[0] for fault in log.faults()] == [f"before line 2: {told}"]


def a_head_that_was_noted_is_looked_for(folder: Path) -> None:
    log = _log(folder)
    noted = log.head()
    log.append(_act())
    assert log.faults(noted=noted) == []
    assert len(log.faults(noted=LogHead(2, "0" * 64))) == len(log.faults(noted=LogHead(9, "0" * 64))) == 1


def a_head_has_one_form(_: Path) -> None:
    assert (LogHead.read(" 12:9f86\n"), LogHead.read("")) == (LogHead(12, "9f86"), LogHead())
    for wrong in ("nine", "9", ":9f"):
        with pytest.raises(UsageError):
            LogHead.read(wrong)


def a_head_that_cannot_be_read_is_told(folder: Path) -> None:
    log = _log(folder)
    log.path.with_name("ledger.sqlite.audit.head").write_text("3:")
    named = "the file beside it, which names its last entry, cannot be read"
    assert log.faults() == [f"the log ends with entry 3: {named}"]
    log.append(_act())
    assert [entry.act for entry in log.entries()][-2:] == [CUT, "ask contact"]


def a_line_written_in_part_is_told_and_the_chain_goes_on(folder: Path) -> None:
    log = _log(folder)
    with log.path.open("ab") as file:
        file.write(b'{"no":4,"at":"2026')
    log.append(_act())
    assert [fault[:18] for fault in log.faults()] == ["line 4 is no entry"]
    assert [entry.no for entry in log.entries()] == [1, 2, 3, 4]


def a_disclosure_is_on_the_disk_before_it_is_made(folder: Path) -> None:
    log = _log(folder)
    with patch("os.fsync", wraps=os.fsync) as synced:
        log.append(_act())
        assert synced.call_count == 0
        log.append(_act(is_disclosure=True), _act())
        assert synced.call_count == 1


def who_saw_somebody_is_told_by_what_was_shown_and_asked(folder: Path) -> None:
    log = _log(folder, 0)
    log.append(_act("showed", shown={SUE: ("name",)}))
    log.append(_act("about", about=(SUE,)))
    log.append(_act("another", about=(TOM,)))
    assert [entry.act for entry in log.who_saw([SUE])] == ["showed", "about"]


def only_its_owner_reads_it(folder: Path) -> None:
    _log(folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def _session(ledger: Ledger, *read: Row) -> Session:
    with ledger.open_load(Card("list:a", "A")) as load:
        load.put(rows("a.csv", node("Person", SUE), edge("ADVISES", SUE, "org:o"), node("Person", TOM)))
        load.commit({"read": 3})
    session = Session(CannedStore(), ledger, DAY)
    session.rows_read.append(read)
    org = Subject(id="org:o", cls="Ngo", name="Org", iso3=None)
    session.resolved.update({("o", "party", ()): org, ("b", "party", ()): org.model_copy(update={"id": "org:b"})})
    return session


PERSON = Entity(id=SUE, cls="Person", name="Sue Example", values={"public_role": "Chair", "evidence": ["[]"]})
TIED = EdgeRow(
    subject="org:o", key="k", properties={"office": "chair", "evidence": []}, id=SUE, cls="Person", name="S", iso3=None
)


def the_fields_that_were_shown_of_the_protected_are_noted(folder: Path) -> None:
    with Ledger.open(folder / "ledger.sqlite", clock=noon) as ledger:
        session = _session(ledger, PERSON, TIED, PERSON.model_copy(update={"id": TOM}))
        assert accounting.shown(session) == {SUE: ("name", "office", "public_role")}
        session.rows_read[:] = [[TIED]]
        assert accounting.shown(session) == {SUE: ("name", "office")}
        session.rows_read[:] = [
            [FullEdgeRow(**TIED.model_dump() | {"subject": SUE, "id": "org:o"}, values={"acronym": "O"})]
        ]
        assert accounting.shown(session) == {SUE: ("office",)}
        assert accounting.about(session) == ("org:b", "org:o")
        nobody = PERSON.model_copy(update={"id": "org:o", "name": SUE.upper()})
        assert accounting.shown(_session(ledger, nobody)) == {}


def an_act_says_who_by_which_door_and_what_for(folder: Path) -> None:
    with settled(folder) as opened, opened.changing("test") as ledger:
        session = _session(ledger, PERSON)
        theirs = opened.under(Reader("K. Example", "speakers", door="socket"))
        accounting.note(theirs, [session], act="ask contact", recipient="ODIHR", is_disclosure=True)
        (entry,) = opened.audit_log.entries()
        assert (entry.who, entry.purpose, entry.door, entry.act) == ("K. Example", "speakers", "socket", "ask contact")
        assert (entry.at, entry.recipient, entry.is_disclosure) == (opened.now(), "ODIHR", True)
        assert (entry.about, entry.shown) == (("org:b", "org:o"), {SUE: ("name", "public_role")})
        assert "Sue Example" not in opened.audit_log.path.read_text(encoding="utf-8")


LOG: MutantTable = {
    lines_are_numbered_and_chained: [
        ("before=head.digest)", 'before="")'),
        ("no=head.no + 1, before", "no=head.no, before"),
        ("head = LogHead(head.no + 1, _digest(line))", "pass"),
        ("file.write(head.written)", "file.write('')"),
        ("yield from reversed(self._tail(size).splitlines())", "yield from self._tail(size).splitlines()"),
        (
            "return LogHead(entry.no, _digest(line))\n        return LogHead()",
            "return LogHead(entry.no, '')\n        return LogHead()",
        ),
    ],
    a_line_that_was_changed_is_told: [("!= (last.no + 1, last.digest):", "!= (last.no + 1, entry.before):")],
    a_line_that_was_taken_out_is_told: [
        ("if (entry.no, entry.before) !=", "if (last.no + 1, entry.before) !="),
        ("if (entry.no, entry.before) !=", "if (entry.no, last.digest) !="),
    ],
    lines_cut_off_at_the_end_are_told_and_stay_told: [
        ("if lost and acts:", "if False:"),
        ("if entry.act == CUT:", "if False:"),
        ("None if is_held else kept", "None"),
        ("purpose=lost.written", "purpose=head.written"),
        ('(self._kept_head(), "the file beside it")', "(LogHead(), 'the file beside it')"),
    ],
    a_head_that_was_noted_is_looked_for: [
        ('(noted, "the head that was noted")', '(LogHead(), "the head that was noted")'),
        ("digests.get(head.no) != head.digest", "head.no not in digests"),
    ],
    a_head_has_one_form: [("number.isdecimal() and digest", "number.isdecimal()")],
    a_head_that_cannot_be_read_is_told: [('LogHead(0, "unreadable")', "LogHead()")],
    a_line_written_in_part_is_told_and_the_chain_goes_on: [
        ('if self._tail(1).endswith(b"\\n")', "if True"),
        ('found.append(f"line {number} is no entry', 'str(f"line {number} is no entry'),
    ],
    a_disclosure_is_on_the_disk_before_it_is_made: [
        ("|= act.is_disclosure", "|= False"),
        ("|= act.is_disclosure", "|= True"),
    ],
    who_saw_somebody_is_told_by_what_was_shown_and_asked: [
        ("{*entry.shown, *entry.about}", "{*entry.shown}"),
        ("{*entry.shown, *entry.about}", "{*entry.about}"),
        ("if wanted & {", "if {"),
    ],
    only_its_owner_reads_it: [
        ('open(self.path, "ab", opener=opener)', 'open(self.path, "ab")'),
        ('"r+", encoding="ascii", opener=opener', '"w", encoding="ascii"'),
        ("mode=FILE, ", ""),
    ],
}
ACCOUNTING: MutantTable = {
    the_fields_that_were_shown_of_the_protected_are_noted: [
        ("person in sorted(protected)", "person in fields"),
        ('if row.get("id") == person else', "if False else"),
        ('if row.get("id") == person else', "if True else"),
        ('own.union(row.get("properties") or ())', "own"),
        ('*(row.keys() & {"name"}), ', ""),
        ("if name not in OWN}", "}"),
        ("tuple(sorted(fields[person]))", "()"),
        ("set()).update(_fields_of(person, values))", "_fields_of(person, values))"),
        ("return tuple(sorted({subject.id", "return tuple(sorted({subject.name"),
    ],
    an_act_says_who_by_which_door_and_what_for: [
        ("who=reader.who", "who=workspace.settings.who"),
        ("purpose=reader.purpose", "purpose=''"),
        ("door=reader.door", "door='command line'"),
        ("at=workspace.now()", "at=''"),
        ("for it in about(session)", "for it in ()"),
        ("in shown(session).items()", "in {}.items()"),
        ("        **more,", ""),
    ],
}
MUTANTS = {audit_log: LOG, accounting: ACCOUNTING}

test_the_rule_holds, test_a_rule_written_wrong_is_caught = rules_tried(MUTANTS)
