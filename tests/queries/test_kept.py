"""Reads are kept for one state of a projection, and only up to a number of rows."""

from dataclasses import replace

import pytest

from graph.query import P, Query, R
from graph.stores.door import ReadableStore
from queries.core import state
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID, WHOLES_OF
from queries.core.session import Session
from queries.core.state import KeptReads


class Counting(ReadableStore):
    """A reader that passes on what another reads, and counts."""

    def __init__(self, inner: ReadableStore) -> None:
        self.inner = inner
        self.count = 0

    def read(self, query: Query[P, R], params: P) -> list[R]:
        self.count += 1
        return self.inner.read(query, params)


def test_a_read_is_made_once_and_its_rows_are_the_callers_own(session: Session) -> None:
    reader = Counting(session.store)
    anew = Session(reader, session.ledger, session.today, session.status)
    of = OfIds(ids=("gov:gha",))
    first = anew.read(ENTITIES_BY_ID, of)
    first.clear()
    assert anew.read(ENTITIES_BY_ID, of) == session.store.read(ENTITIES_BY_ID, of)
    assert reader.count == 1


def test_while_a_load_is_projected_nothing_is_kept(session: Session) -> None:
    reader = Counting(session.store)
    anew = Session(reader, session.ledger, session.today, replace(session.status, projecting=True))
    for _ in range(2):
        anew.read(ENTITIES_BY_ID, OfIds(ids=("gov:gha",)))
    assert reader.count == 2


def test_too_many_rows_make_it_forget_what_was_kept_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_MOST_ROWS", 5)
    reads, first, second = KeptReads(), OfIds(ids=("a",)), OfIds(ids=("b",))
    reads.keep(WHOLES_OF, first, [1, 2, 3])
    reads.keep(WHOLES_OF, second, [4])
    assert (reads.rows(WHOLES_OF, first), reads.rows(WHOLES_OF, second)) == (None, (4,))
