"""What only happens where somebody watches: pages, a line while one waits, and what a shell completes."""

from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from pathlib import Path
from threading import Event

import pytest

from iga.cli.command import Call
from iga.cli.commands import iga as commands
from iga.cli.commands import run
from iga.cli.completion import completed
from iga.cli.console import Captured, Console
from iga.cli.main import paged
from iga.cli.opening import OwnWorkspaces
from iga.cli.progress import bar, drawn, waiting
from iga.graph.reader import Reader
from tests.cli.conftest import Iga


def watched(height: int = 5) -> tuple[Console, StringIO, StringIO]:
    out, err = StringIO(), StringIO()
    return Console(out=out, err=err, height=height, is_terminal=True, answer=lambda _: "yes"), out, err


def test_what_is_longer_than_the_screen_is_shown_in_pages_and_the_rest_as_it_is() -> None:
    console, out, _ = watched()
    shown: list[str] = []
    with paged(console, ["ask"], pager=shown.append) as page:
        page.say("one line")
    with paged(console, ["ask"], pager=shown.append) as page:
        page.say("line\n" * 9)
    assert (out.getvalue(), shown) == ("one line\n", ["line\n" * 9 + "\n"])


def test_a_refused_question_keeps_what_it_printed() -> None:
    console, out, _ = watched()
    with suppress(ValueError), paged(console, ["ask"]) as page:
        page.say("so far")
        raise ValueError
    assert out.getvalue() == "so far\n"


@pytest.mark.parametrize("words", [["load", "x.csv"], ["resolve"], []])
def test_what_does_or_asks_something_is_never_held_back(words: list[str]) -> None:
    console, _, _ = watched()
    with paged(console, words) as page:
        assert page is console


def test_where_nobody_watches_there_are_no_pages_and_no_seconds() -> None:
    console = Captured().console(80)
    with paged(console, ["ask"]) as page, waiting(page) as counted:
        assert counted is console


class Drawn(StringIO):
    """A stream that tells when something was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.is_drawn = Event()

    def flush(self) -> None:
        self.is_drawn.set()


def test_the_seconds_are_counted_until_something_is_printed() -> None:
    err, out = Drawn(), StringIO()
    with waiting(Console(out=out, err=err, is_terminal=True), patience=0.01) as console:
        assert err.is_drawn.wait(60)
        console.say("done")
        before = err.getvalue()
    assert before.startswith("\rWorking … 0 s")
    assert before.endswith(" \r")
    assert (err.getvalue(), out.getvalue()) == (before, "done\n")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_how_far_it_is_is_drawn_over_itself_where_somebody_watches(*, is_terminal: bool) -> None:
    err = StringIO()
    console = Console(out=StringIO(), err=err, is_terminal=is_terminal)
    with drawn(console, "Projecting") as more, bar(console, "Comparing") as far:
        more(1_000)
        more(500)
        far(1, 4)
    shown = [line.rstrip() for line in err.getvalue().split("\r")]
    told = ["Projecting … 1,000", "Projecting … 1,500", f"Comparing [{'#' * 8}{'.' * 22}]  25%"]
    assert [line for line in shown if line] == (told if is_terminal else [])


def test_the_seconds_stop_before_somebody_is_asked() -> None:
    err = Drawn()
    with waiting(Console(out=StringIO(), err=err, is_terminal=True, answer=lambda _: "yes"), patience=0.01) as console:
        assert err.is_drawn.wait(60)
        assert console.answer is not None
        assert console.answer("Go on? ") == "yes"
        assert err.getvalue().endswith(" \r")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_is_told_how_to_complete(iga: Iga, shell: str) -> None:
    assert "_IGA_COMPLETE" in iga("completion", shell).out


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("iga memo gov", ["government"]), ("iga ask tier-h", ["tier-history"]), ("iga ask members --pa", ["--party"]),
        ("iga ask profile --party Ghan", ["Ghana"]), ("iga ask profile --party Acme", ["ngo:acme"]),
        ("iga show Ghan", ["Ghana"]), ("iga show ", []), ("iga memo government Ghan", ["Ghana"]),
        ("iga ask profile --party Nobody-of-this-name", []),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_commands_questions_parameters_and_names_are_completed(
    loaded: Iga,  # noqa: ARG001 - fills the folder
    workspaces: OwnWorkspaces, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], line: str,
    offered: list[str],
) -> None:  # fmt: skip  # what a test needs
    def runs(words: Sequence[str], console: Console) -> int:
        return run(words, Call(console, workspaces, Path.cwd(), Reader("J. Example")))

    monkeypatch.setenv("_IGA_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    assert completed(commands, runs) == 0
    assert [item.partition(",")[2] for item in capfd.readouterr().out.splitlines() if item] == offered


def test_where_no_shell_asks_nothing_is_completed() -> None:
    assert completed(commands, lambda *_: 1) is None
