"""`iga ask` takes names, words and choices as an officer types them."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured, Console
from iga.cli.opening import OwnWorkspaces
from iga.graph.reader import Reader
from tests.clock import NOW

Asks = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def asks(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Asks:
    """Give what runs `iga ask` with some words, and with what somebody at a terminal answers to a question back."""
    home = tmp_path_factory.mktemp("asking") / demo_home.name
    shutil.copytree(demo_home, home)

    def asked(*words: str, answer: str | None = None) -> tuple[int, str, str]:
        kept = Captured()
        console: Console = kept.console(200)
        if answer is not None:
            console = replace(console, is_terminal=True, answer=lambda _: answer)
        workspaces = OwnWorkspaces({"IGA_HOME": str(home), "IGA_NOW": NOW}, console)
        try:
            code = run(("ask", *words), Call(console, workspaces, home, Reader("J. Example")))
        finally:
            workspaces.close()
        return code, kept.out.getvalue(), kept.err.getvalue()

    return asked


def test_names_may_stand_without_their_options(asks: Asks) -> None:
    with_options = asks("gaps", "--agreement", "palermo", "--party", "osce", "--json")
    assert asks("gaps", "palermo", "osce", "--json") == with_options
    assert asks("gaps", "palermo", "--party", "osce", "--json") == with_options


def test_what_is_left_over_is_named(asks: Asks) -> None:
    code, _, err = asks("gaps", "palermo", "zebra")
    assert (code, "gaps has no place for 'zebra'; it takes agreement, party" in err) == (2, True)


def test_a_name_that_was_taken_for_another_is_said(asks: Asks) -> None:
    code, out, _ = asks("tier-history", "--party", "Nigerria")
    assert (code, out.splitlines()[0]) == (0, "[practice] Understood: Nigerria as Nigeria (gov:nga)")
    assert asks("tier-history", "nigerria")[1].startswith("[practice] Understood: nigerria as Nigeria (gov:nga)\n")


def test_one_of_several_is_chosen_at_a_terminal_by_its_number(asks: Asks) -> None:
    code, _, err = asks("tier-history", "--party", "Congo")
    assert (code, "   1. " in err, "   2. " in err) == (4, True, True)
    code, out, _ = asks("tier-history", "--party", "Congo", "--short", answer="2")
    assert (code, out.startswith("[practice] Congo (Kinshasa): Tier")) == (0, True)
    assert asks("tier-history", "--party", "Congo", answer="")[0] == 4
    code, out, _ = asks("tier of the congo", "--short", answer="1")
    assert (code, out.startswith("[practice] Congo (Brazzaville): Tier")) == (0, True)


def test_two_questions_in_one_text_are_both_offered(asks: Asks) -> None:
    code, _, err = asks("tier of nepal and who chairs greta")
    assert code == 4
    assert "1. iga ask tier-history --party Nepal\n   2. iga ask chairs --party GRETA" in err


def test_a_greeting_is_refused_in_one_line(asks: Asks) -> None:
    code, out, err = asks("hello")
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert "no question answers 'hello'" in err
