"""Decide whether the conditions of a mapping hold for a row."""

from collections.abc import Callable, Mapping

from ingest.mapping import Condition

Test = Callable[[Mapping[str, str]], bool]


def holds(conditions: tuple[Condition, ...]) -> Test:
    """Return the function that says whether all conditions hold for trimmed cells; no condition always holds."""
    tests = [_test(condition) for condition in conditions]
    if not tests:
        return lambda _: True
    if len(tests) == 1:
        return tests[0]
    return lambda cells: all(test(cells) for test in tests)


def _test(condition: Condition) -> Test:
    column = condition.column
    if condition.filled:
        return lambda cells: cells[column] != ""
    if condition.blank:
        return lambda cells: cells[column] == ""
    if condition.differs is not None:
        unwanted = _plain(condition.differs)
        return lambda cells: _plain(cells[column]) != unwanted
    wanted = {_plain(word) for word in ((condition.equals,) if condition.equals is not None else condition.among or ())}
    return lambda cells: _plain(cells[column]) in wanted


def _plain(text: str) -> str:
    return text.strip().casefold()
