"""Decide whether the conditions of a mapping hold for a row."""

import csv
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from iga.graph.text import folded
from iga.ingest.mapping_cells import Condition
from iga.ingest.name_faults import names_nobody
from iga.ingest.name_tables import known_as
from iga.ingest.rejections import Refusal
from iga.ingest.value_readers import number

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
    if condition.masked is not None:
        masked = condition.masked
        return lambda cells: (not cells[column] or is_masked(cells[column])) is masked
    if table := condition.known:
        return lambda cells: known_as(table, cells[column]) is not None
    if table := condition.unknown:
        return lambda cells: known_as(table, cells[column]) is None
    if other := condition.above:
        return lambda cells: _is_above(cells[column], cells[other])
    if condition.differs is not None:
        unwanted = _plain(condition.differs)
        return lambda cells: _plain(cells[column]) != unwanted
    wanted = {_plain(word) for word in ((condition.equals,) if condition.equals is not None else condition.among or ())}
    return lambda cells: _plain(cells[column]) in wanted


def _is_above(number_text: str, limit: str) -> bool:
    """True if a number is larger than another; False where one of them is blank or no number."""
    try:
        return bool(number_text and limit) and Decimal(number(number_text)) > Decimal(number(limit))
    except Refusal:
        return False


def _plain(text: str) -> str:
    return text.strip().casefold()


@lru_cache(maxsize=20_000)  # the names of a file repeat
def is_masked(name: str) -> bool:
    """Say whether a recipient's name tells no one party, so that rows which print it must not become one."""
    plain = folded(name)
    return bool(plain) and (names_nobody(name) or any(test(plain) for test in _masked_tests()))


@cache
def _masked_tests() -> tuple[Callable[[str], bool], ...]:
    text = (files("iga.ingest") / "masked_names.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    whole = frozenset(folded(row["name"]) for row in rows if row["match"] == "whole")
    openings = tuple(folded(row["name"]) for row in rows if row["match"] == "opening")
    forms = [re.compile(row["name"]) for row in rows if row["match"] == "form"]
    return (
        whole.__contains__,
        lambda name: name.startswith(openings),
        lambda name: any(form.fullmatch(name) for form in forms),
    )
