"""A clock that stood ahead, or stands back: nothing that is held back is shown, and a sentence says what is wrong."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.cli.conftest import MAPPING, Ran, files_in
from tests.clock import clock

AHEAD = (clock() + timedelta(days=3650)).isoformat()
NOW = clock().isoformat()
BACK = (clock() - timedelta(days=3650)).isoformat()
UNTIL = (clock() + timedelta(days=1500)).strftime("%Y-%m-%dT%H:%M:%SZ")

At = Callable[..., Ran]


@pytest.fixture
def at(tmp_path: Path) -> At:
    """Run a command at an instant, as somebody who sees what is public or as who sees all."""

    def ran(now: str, *arguments: str, ceiling: Marking = Marking.PUBLIC) -> Ran:
        kept = Captured()
        environ = {"IGA_STORE": f"embedded:{tmp_path / 'graph'}", "IGA_NOW": now}
        with closing(OwnWorkspaces(environ, kept.console(100))) as workspaces:
            call = Call(kept.console(100), workspaces, tmp_path, Reader("J. Example", ceiling=ceiling))
            code = run(arguments, call)
        return Ran(code, kept.out.getvalue(), kept.err.getvalue())

    files_in(tmp_path)
    embargoed = MAPPING.replace("rank: 20", f'rank: 20, public_from: "{UNTIL}"')
    (tmp_path / "partners.yaml").write_text(embargoed, encoding="utf-8", newline="\n")
    loaded = ran(NOW, "load", "partners.csv", "--mapping", "partners.yaml", ceiling=Marking.SENSITIVE)
    assert loaded.code == 0, loaded.err
    return ran


def test_what_a_clock_ahead_opened_is_held_back_again(at: At) -> None:
    assert at(NOW, "show", "ngo:acme").code == 4
    assert "Acme" in at(AHEAD, "show", "ngo:acme").out
    assert at(NOW, "show", "ngo:acme").code == 4


def test_and_is_not_shown_while_somebody_else_writes(at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Acme" in at(AHEAD, "show", "ngo:acme").out
    monkeypatch.setattr(Workspace.__init__, "__kwdefaults__", {"wait_s": 0.1})
    with FileLock(tmp_path / "ledger.sqlite.lock"):
        shown, searched = at(NOW, "show", "ngo:acme"), at(NOW, "find", "acme")
    assert (shown.code, searched.code) == (5, 5)
    assert "Acme" not in shown.out + searched.out


def test_a_clock_behind_the_last_look_is_told(at: At) -> None:
    assert at(NOW, "today", ceiling=Marking.SENSITIVE).code == 0
    back = at(BACK, "today", ceiling=Marking.SENSITIVE)
    assert (back.code, "set it right" in back.err) == (2, True), back.err


@pytest.mark.parametrize("now", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_a_clock_that_cannot_be_is_refused(at: At, now: str) -> None:
    ran = at(now, "today")
    assert (ran.code, "set it right" in ran.err) == (2, True), ran.err
