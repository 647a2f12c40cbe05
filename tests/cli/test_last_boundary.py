"""What a command cannot do for a reason of the system, or of the program, ends in a sentence and no traceback."""

import errno
import os
from typing import NoReturn

import pytest

from iga.graph.errors import SystemRefused
from iga.graph.workspace import Workspace
from tests.cli.conftest import Iga

LITTLE = "there is not enough memory: end other programs"
REMOVED = "the folder that you are in was removed: change to another one"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), LITTLE),
        (PermissionError(errno.EACCES, "Permission denied", "/a/file"), "/a/file cannot be used (Permission denied: "),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), REMOVED),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "the output cannot be written (No space left on device: "),
    ],
)
def test_what_the_system_refuses_is_a_sentence(
    iga: Iga, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def failing(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Workspace, "reading", failing)
    ran = iga("status", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (SystemRefused.exit_code, SystemRefused.code)
    assert told in ran.err


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_case_that_the_program_does_not_know_is_a_sentence_and_a_traceback_when_it_is_asked_for(
    iga: Iga, monkeypatch: pytest.MonkeyPatch, debug: str
) -> None:
    def failing(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("no parts")

    monkeypatch.setattr(Workspace, "reading", failing)
    monkeypatch.setenv("IGA_DEBUG", debug)
    ran = iga("status")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        "Error IGA-1000: the program met a case it does not know (ZeroDivisionError: no parts).\n"
    )
    assert ("Traceback" in ran.err) == bool(debug)


def test_an_option_that_takes_no_value_is_told_without_more(iga: Iga) -> None:
    ran = iga("status", "--json=yes")
    assert (ran.code, ran.err) == (2, "Error: Option '--json' does not take a value.\n")
