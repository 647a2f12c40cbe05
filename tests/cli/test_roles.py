"""A role does what is its own, at the command line as over HTTP."""

from pathlib import Path

import pytest

from iga.cli.command import DUTIES, Call
from iga.cli.commands import Iga, run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, SettingsError
from iga.graph.reader import ROLES, Reader
from iga.graph.settings import read_settings
from iga.queries.core.accounting import readable_log
from tests.cli.conftest import files_in, workspaces_in

LOAD = ("load", "partners.csv", "--mapping", "partners.yaml")
ENTRY = ("judge", "ngo:acme", "ngo:beta", "--different", "--because", "a test")


def ran(workspaces: OwnWorkspaces, folder: Path, role: str, *words: str) -> tuple[int, str]:
    kept = Captured()
    call = Call(kept.console(100), workspaces, folder, Reader("J. Example", role=role))
    return run(words, call), kept.err.getvalue()


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("", (0, 0, 0, 0)),
        ("reader", (6, 6, 0, 6)),
        ("editor", (6, 0, 0, 6)),
        ("steward", (0, 0, 0, 6)),
        ("auditor", (6, 6, 6, 0)),
    ],
)
def test_each_role_does_what_is_its_own(tmp_path: Path, role: str, codes: tuple[int, ...]) -> None:
    with workspaces_in(files_in(tmp_path)) as workspaces:
        assert ran(workspaces, tmp_path, "", *LOAD)[0] == 0
        lines = (LOAD, ENTRY, ("show", "ngo:acme"), ("audit", "tail"))
        done = [ran(workspaces, tmp_path, role, *words) for words in lines]
    assert tuple(code for code, _ in done) == codes
    for code, err in done:
        assert (code == 6) == (f"your role, {role}, may not" in err)


def test_what_was_refused_is_in_the_audit_log(tmp_path: Path) -> None:
    with workspaces_in(files_in(tmp_path)) as workspaces:
        assert ran(workspaces, tmp_path, "reader", *LOAD)[0] == 6
        [act] = workspaces(None, None).audit_log.entries()
    assert (act.act, act.outcome, act.who) == ("load", "refused", "J. Example")


def test_whoever_may_not_write_does_not_by_another_way(tmp_path: Path) -> None:
    with workspaces_in(tmp_path) as workspaces:
        reading = workspaces(None, None).under(Reader("J. Example", role="reader"))
        with (
            pytest.raises(Denied, match="may not enter, correct or judge; editor and steward may"),
            reading.changing("a test"),
        ):
            pass


def test_who_does_not_see_all_reads_no_audit_log(tmp_path: Path) -> None:
    with workspaces_in(tmp_path) as workspaces:
        below = workspaces(None, None).under(Reader("J. Example", ceiling=Marking.INTERNAL))
        with pytest.raises(Denied, match="for those who may see what is sensitive"):
            readable_log(below)


def test_every_command_that_changes_something_has_a_duty() -> None:
    reading = {
        "template", "mapping", "resolve", "find", "reconcile", "show", "why", "ask", "compare", "watch", "export",
        "memo",
    }  # fmt: skip  # read across, like the rows of a table
    reading |= {
        "open",
        "today",
        "log",
        "sources",
        "status",
        "hash",
        "doctor",
        "help",
        "completion",
        "mcp",
        "list",
        "sets",
    }
    assert set(Iga.listed) - set(DUTIES) == reading


def test_a_role_comes_from_the_environment() -> None:
    assert read_settings({"IGA_ROLE": "auditor"}).reader.role == "auditor"
    assert read_settings({}).reader.role == ""
    with pytest.raises(SettingsError, match="write reader, editor, steward, auditor"):
        read_settings({"IGA_ROLE": "king"})
    assert set(ROLES) == {"reader", "editor", "steward", "auditor"}
