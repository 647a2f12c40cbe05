"""Every command that opens the ledger or the graph is noted: who, what, and which protected people it read of."""

from argparse import Namespace
from pathlib import Path

import pytest

from iga.cli.opening import OwnWorkspaces
from iga.graph.audit_log import AuditLog
from iga.queries.core.permissions import NAMED_IN_EXPORT
from tests.cli.conftest import Iga
from tests.queries.world import card, edge, node, rows

NAME = "Sue Example"


@pytest.fixture
def council(workspaces: OwnWorkspaces, iga: Iga) -> Iga:
    """Give commands over a council with one member."""
    with workspaces(None, None).changing("test") as ledger, ledger.open_load(card("list:council", "Council")) as load:
        load.put(
            rows(
                "council.csv",
                node("SurvivorCouncil", "council:c", name="Council of Survivors"),
                node("Person", "person:sue", name=NAME, public_role="Member"),
                edge("MEMBER_OF", "person:sue", "council:c"),
            )
        )
        load.commit({"read": 3})
    return iga


def _acts(folder: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    log = AuditLog(folder / "ledger.sqlite.audit")
    assert log.faults() == []
    return [(entry.act, entry.outcome, tuple(entry.shown)) for entry in log.entries()]


def test_acts_are_noted_with_the_protected_people_they_showed(council: Iga, folder: Path) -> None:
    council("show", "Council of Survivors")
    council("ask", "contact", "--party", "person:sue")
    council("find", "nobody of this name")
    council("export", "rows", "members", "--party", "council:c", "--to", "csv", "--recipient", "ODIHR")
    council("help", "IGA-1701")
    assert _acts(folder) == [
        ("show", "done", ("person:sue",)),
        ("ask contact", "refused", ("person:sue",)),
        ("find", "done", ()),
        ("export rows members", "done", ()),
    ]
    last = list(AuditLog(folder / "ledger.sqlite.audit").entries())[-1]
    assert (last.is_disclosure, last.recipient, last.about) == (True, "ODIHR", ("council:c",))


def test_whom_a_file_of_the_graph_names_is_noted(council: Iga, workspaces: OwnWorkspaces, folder: Path) -> None:
    consent = node(
        "Consent", "consent:x", person="person:sue", purpose=NAMED_IN_EXPORT, decision="allowed", given_on="2026-01-10"
    )
    with workspaces(None, None).changing("test") as ledger, ledger.open_load(card("list:consents", "Consents")) as load:
        load.put(rows("consents.csv", consent))
        load.commit({"read": 1})
    assert council("export", "graph", "--to", "json", "-o", "graph.json").code == 0
    assert NAME in (folder / "graph.json").read_text()
    assert _acts(folder) == [("export graph", "done", ("person:sue",))]


def test_no_value_is_in_the_log(council: Iga, folder: Path) -> None:
    council("show", NAME)
    council("find", NAME)
    text = (folder / "ledger.sqlite.audit").read_text()
    assert NAME not in text
    assert '"shown":{"person:sue":["name","public_role"]}' in text


def test_who_saw_somebody_is_answered_to_those_who_may_know(council: Iga, folder: Path) -> None:
    council("show", "Council of Survivors")
    assert "J. Example, command line: show, done, showed person:sue" in council("audit", "who-saw", "person:sue").out
    assert "whole, head 2:" in council("audit", "verify").out
    verified = council("audit", "verify", "--json").document
    assert (verified["head"].partition(":")[0], verified["faults"]) == ("3", [])
    last = council("audit", "tail", "--limit", "2", "--json").document["acts"]
    assert [act["act"] for act in last] == ["audit verify", "audit verify"]
    assert "audit_head" in council("status", "--json").out
    assert council("audit", "export", "acts.jsonl").code == 0
    assert (folder / "acts.jsonl").read_bytes().count(b"\n") == 6


def test_a_damaged_log_is_told(council: Iga, folder: Path) -> None:
    council("show", NAME)
    council("show", NAME)
    log = folder / "ledger.sqlite.audit"
    log.write_bytes(log.read_bytes().replace(b"J. Example", b"K. Example", 1))
    ran = council("audit", "verify")
    assert ran.code == 3
    assert "line 2 does not follow the one before" in ran.out


def test_while_the_log_cannot_be_written_nobody_protected_is_shown_and_no_file_is_made(
    council: Iga, folder: Path
) -> None:
    log = folder / "ledger.sqlite.audit"
    log.mkdir()
    for words in (["show", NAME], ["find", NAME], ["ask", "members", "--party", "council:c"]):
        refused = council(*words)
        assert (refused.code, NAME in refused.out) == (5, False), words
        assert "Error IGA-1604: protected people are shown only where that is noted; the audit log" in refused.err
    for words in (
        ["export", "party", "council:c", "--to", "csv", "-o", "x.csv"],
        ["memo", "body", "council:c", "-o", "x.md"],
    ):
        refused = council(*words)
        assert (refused.code, (folder / words[-1]).exists()) == (5, False), words
        assert "papers and files are made only where that is noted" in refused.err
    asked = council("find", "Council of Survivors")
    assert (asked.code, "This is not in the audit log" in asked.err) == (0, True)
    log.rmdir()
    assert NAME in council("show", NAME).out


def test_candidates_that_may_be_somebody_protected_are_noted(
    council: Iga, workspaces: OwnWorkspaces, folder: Path
) -> None:
    twin = node("Person", "person:sue2", name=NAME)
    with workspaces(None, None).changing("test") as ledger, ledger.open_load(card("list:twins", "Twins")) as load:
        load.put(rows("twins.csv", twin))
        load.commit({"read": 1})
    council("resolve", "show", "person:sue", "person:sue2")
    assert NAME in council("resolve", "candidates").out
    assert _acts(folder)[-2:] == [
        ("resolve show", "done", ("person:sue", "person:sue2")),
        ("resolve candidates", "done", ("person:sue", "person:sue2")),
    ]


def test_a_full_disk_is_no_place_for_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = AuditLog(tmp_path / "new" / "audit")
    assert audit.why_not_written() == ""
    monkeypatch.setattr("iga.graph.audit_log.disk_usage", lambda _: Namespace(free=100))
    assert audit.why_not_written().endswith("cannot be written: the disk is full")
