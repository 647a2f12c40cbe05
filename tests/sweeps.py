"""Long sweeps: some of the cases in `make test`, all others in `make test-rest`."""

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(number: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases as parameters of a test, all but one in so many of them slow."""
    return [case if not at % number else pytest.param(case, marks=pytest.mark.slow) for at, case in enumerate(cases)]
