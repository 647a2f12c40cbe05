"""Holds what a test may cost: one that is not marked slow fails above two seconds of processor time.

A run asks for it by ``-p tests.processor_time``. What counts is the time of the process and of the programs that it
started, user and system, while the test itself runs: a busy machine changes that little, and what fixtures make is
shared. At the end it says what each folder took, fixtures among it, and which tests waited longest.
"""

import os
import time
from collections import Counter
from collections.abc import Generator

import pytest

LIMIT_S = 2.0
MARGIN = 3.0
"""What two threads on one core, or a first import in the midst of a test, may add."""
REFERENCE_S = 0.05
"""What `reference` took on the machine that the limit was set on."""
_TOOK, _WAITED = "processor_s", "waited_s"
_by_folder: Counter[str] = Counter()
_by_test: Counter[str] = Counter()
"""Seconds that each waited: for a lock, a process, or a busy machine."""


def processor_s() -> float:
    """Return the processor time of this process and of those of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def slower() -> float:
    """Return how many times slower than the machine of the limit this one is just now; 1 where it is not."""
    took = []
    for _ in range(3):
        started = time.process_time()
        sum(number * number % 7 for number in range(700_000))
        took.append(time.process_time() - started)
    return max(1.0, max(took) / REFERENCE_S)


def too_dear(spent: float, *, times_slower: float) -> str:
    """Return the sentence that a test fails with that took so long; blank where it may."""
    allowed = LIMIT_S * MARGIN * times_slower
    if spent <= allowed:
        return ""
    return (
        f"It took {spent:.1f} s of processor time; {allowed:.1f} s are allowed here. Make it cheaper, or mark it slow: "
        "then make test leaves it to make test-rest."
    )


def _phase(item: pytest.Item) -> Generator[None, object, object]:
    started, at = processor_s(), time.perf_counter()
    try:
        return (yield)
    finally:
        spent = processor_s() - started
        item.user_properties += [(_WAITED, time.perf_counter() - at - spent), (_TOOK, spent)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Keep what the fixtures of a test took."""
    return (yield from _phase(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Keep what a test took; fail it where that is too much and it is not marked."""
    done = yield from _phase(item)
    _, spent = item.user_properties[-1]
    # The machine is looked at only where it matters, and as it is just now.
    if isinstance(spent, float) and spent > LIMIT_S * MARGIN and not item.get_closest_marker("slow"):
        assert not (sentence := too_dear(spent, times_slower=slower())), sentence
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Keep what the end of the fixtures of a test took."""
    return (yield from _phase(item))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test took, by its folder; the workers send it with their reports."""
    if report.when == "teardown":
        folder = "/".join(report.nodeid.partition("::")[0].split("/")[:2])
        for name, spent in report.user_properties:
            if isinstance(spent, float) and name == _TOOK:
                _by_folder[folder] += spent  # type: ignore[assignment]
            elif isinstance(spent, float) and name == _WAITED:
                _by_test[report.nodeid] += spent  # type: ignore[assignment]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what each folder took, and which tests waited longest."""
    terminalreporter.section(f"{sum(_by_folder.values()):.0f} s of processor time")
    for folder, spent in _by_folder.most_common():
        terminalreporter.write_line(f"{spent:7.1f} s  {folder}")
    for test, waited in _by_test.most_common(5):
        terminalreporter.write_line(f"{waited:7.1f} s waited by {test}")
