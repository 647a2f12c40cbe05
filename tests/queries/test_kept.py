"""Reads are kept for one state of a projection, and only up to a number of rows."""

from dataclasses import replace

import pytest

from iga.graph.errors import LedgerDamaged
from iga.graph.ledger.ledger import Ledger
from iga.graph.names.index import NameIndex
from iga.graph.names.table import IndexBroken, IndexDamaged
from iga.graph.query import P, Query, R
from iga.graph.stores.door import ReadableStore, Store
from iga.queries.core import session as session_module
from iga.queries.core import state
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.core.state import KeptReads, Status
from tests.queries.test_reads import READS


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


def test_too_many_rows_make_it_forget_what_was_kept_before(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_MOST_ROWS", 3)
    reads, reader = KeptReads(), Counting(session.store)
    counts = []
    for id_ in ("gov:gha", "gov:ken", "gov:ken", "gov:gha"):
        assert [row.id for row in reads.of(reader, ENTITIES_BY_ID, OfIds(ids=(id_,)))] == [id_]
        counts.append(reader.count)
    assert counts == [1, 2, 2, 3]


def test_few_rows_of_evidence_are_kept_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Session(session.store, session.ledger, session.today, session.status)
    monkeypatch.setattr(session_module, "_KEPT", 0)
    refs = [("ref:governments", "2"), ("ref:governments", "3")]
    assert [*own.evidence(refs[:1]), *own.evidence(refs)] == [refs[0], *refs]
    with pytest.raises(LedgerDamaged, match="'none' of 'ref:governments' is missing"):
        own.evidence([("ref:governments", "none")])


@pytest.mark.parametrize(("error", "is_gone"), [(IndexDamaged, False), (IndexBroken, False), (IndexBroken, True)])
def test_an_index_of_names_that_breaks_is_made_anew_once(
    session: Session, error: type[IndexBroken], is_gone: bool
) -> None:
    own = Session(session.store, session.ledger, session.today, session.status)
    asked: list[NameIndex] = []

    def look(index: NameIndex) -> int:
        asked.append(index)
        if len(asked) > 1:
            return len(asked)
        if is_gone:  # another thread was first
            own._names.clear()
        raise error("it is no index")

    assert own.looked_up(look) == 2
    assert asked[0] is not asked[1]


def test_a_store_that_was_never_filled_has_no_version(ledger: Ledger) -> None:
    status = Status.of(None, ledger, known_on="load:1")
    assert (status.data_version, status.known_on, status.projecting) == ("", "load:1", True)


def test_a_read_that_is_not_made_without_ids_would_find_nothing(session: Session) -> None:
    store = session.store
    assert isinstance(store, Store)
    unmade = 0
    for read in READS:
        fields = read.params.model_fields.items()
        # of a number seven, of a list none; a type of relationship is as good a text as any
        empty = {name: 7 if "int" in str(it.annotation) else "UNDER" for name, it in fields}
        params = read.params.model_validate(
            {**empty, **{name: () for name, it in fields if "tuple" in str(it.annotation)}}
        )
        if read.finds_nothing(params):
            unmade += 1
            assert store.look(read.text_for(params), **params.model_dump()) == [], read.name
    assert unmade > 50
