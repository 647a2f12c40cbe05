"""A test that costs too much fails where it is not marked slow, on a slow machine later; every test runs somewhere."""

import shlex
from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import pytest

from tests import processor_time
from tests.processor_time import LIMIT_S, MARGIN, too_dear
from tests.selections import QUICK, REST


def called(*marks: str, spent: float) -> None:
    """Call the hook around a test that takes so long; it fails as the test would."""
    times = iter((0.0, spent))
    item: Any = SimpleNamespace(user_properties=[], get_closest_marker=lambda name: name if name in marks else None)
    with pytest.MonkeyPatch.context() as patched:  # not for longer: the hooks of this very run ask the same
        patched.setattr(processor_time, "processor_s", lambda: next(times))
        patched.setattr(processor_time, "slower", lambda: 1.0)
        around: Generator[None, object, object] = processor_time.pytest_runtest_call(item)
        next(around)
        with pytest.raises(StopIteration):
            around.send(None)


def test_what_costs_too_much_fails_unless_it_is_marked() -> None:
    dear = LIMIT_S * MARGIN + 0.1
    called(spent=LIMIT_S)
    called("slow", spent=dear)
    with pytest.raises(AssertionError, match=r"It took 6\.1 s of processor time; 6\.0 s are allowed here"):
        called(spent=dear)


def test_a_slower_machine_may_take_as_much_longer() -> None:
    assert too_dear(11.9, times_slower=2.0) == ""
    assert "12.0 s are allowed" in too_dear(12.1, times_slower=2.0)


@pytest.mark.parametrize(
    "marks", [(), ("slow",), ("neo4j",), ("postgresql", "shared"), ("browser",), ("slow", "neo4j")]
)
def test_every_test_runs_in_one_of_the_two_runs(marks: tuple[str, ...]) -> None:
    runs = [_picks(shlex.split(run[1]), marks) for run in (QUICK, REST)]
    assert sorted(runs) == [False, True]


def _picks(expression: list[str], marks: tuple[str, ...]) -> bool:
    words = [word if word in ("not", "and", "or") else str(word in marks) for word in expression]
    return bool(eval(" ".join(words)))
