"""Long sweeps: some of the cases in `make test`, all others in `make test-rest`."""

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(number: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases as parameters of a test, all but one in so many slow; a plain tuple is several values."""
    values = [case if type(case) is tuple else (case,) for case in cases]
    return [pytest.param(*case, marks=[pytest.mark.slow] if at % number else []) for at, case in enumerate(values)]
