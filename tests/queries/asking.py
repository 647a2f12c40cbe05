"""Worlds to ask about: what is stated in one load, for one test or for all tests of a module."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Statement
from iga.queries.core.session import Session
from tests.engines import asked
from tests.queries.world import NOW, card, ledger_with, rows

Stated = Statement | tuple[Statement, ...]
"""A statement of its own row, or several of one."""


def ledger_of(folder: Path, statements: Iterable[Stated]) -> Ledger:
    """Return a ledger with one load of what is stated."""
    return ledger_with(folder, [(card("ref:world", "The world"), rows("world.csv", *statements))])


@contextmanager
def asking(made: Iterable[Stated] | Callable[[Path], Ledger], *, view: View = View()) -> Iterator[Session]:  # noqa: B008  (frozen)
    """Give a session over what is stated, or over a ledger that is made in a folder."""
    with TemporaryDirectory() as name:
        ledger = made(Path(name)) if callable(made) else ledger_of(Path(name), made)
        with closing(ledger), asked(ledger, Path(name), now=NOW, view=view) as session:
            yield session


def asked_by_a_module(world: Callable[[], Iterable[Stated]]) -> Any:
    """Return the fixture that gives a module a session over a world."""

    @pytest.fixture(scope="module")
    def session() -> Iterator[Session]:
        with asking(world()) as session:
            yield session

    return session
