"""What the fold asks of the ledger: the versions of rows, by load, source, subject or judgement."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    Result,
    bindparam,
    case,
    distinct,
    func,
    select,
)

from iga.graph.fold.history import RowHistory
from iga.graph.fold.shapes import Triple
from iga.graph.grouping import batches
from iga.graph.ledger.checks import CHECKED, refuse_damaged, refuse_damaged_load
from iga.graph.ledger.mentions import Kind, key, key_range, pair_name
from iga.graph.ledger.rows import CHUNK
from iga.graph.ledger.tables import load, mention, row, version
from iga.graph.statements import (
    PERSON_JUDGE,
    RULE_JUDGE,
    Content,
    EdgeStatement,
    LoadHeader,
    NodeStatement,
    RowVersion,
    Statement,
    Verdict,
    decoded,
)

Subject = TypeVar("Subject")

LARGE = 8_000
"""Bytes above which the content of a version makes its row a large one.

A row of a table has some hundred bytes, a record of a standard format up to millions. Reading such a row whole for
each of the thousand things it names would take the square of its length.
"""

LARGE_BYTES: BindParameter[int] = bindparam("large", LARGE)


def large_rows(connection: Connection) -> frozenset[int]:
    """Return the numbers of the large rows of a ledger."""
    large = select(version.c.row_id).where(func.length(version.c.content) > LARGE_BYTES).distinct()
    return frozenset(connection.execute(large).scalars())


def parted(history: RowHistory, subject_of: Callable[[Statement], Subject | None]) -> dict[Subject, RowHistory]:
    """Return what a row says of each subject, as a row that says nothing else.

    Where a statement is marked and the row was changed, each gets the whole row: there, what later versions say of
    others bears on the marking of what is said of one.
    """
    by_subject: dict[Subject, list[list[Statement]]] = {}
    for place, known in enumerate(history):
        for statement in known.content.statements:
            if (subject := subject_of(statement)) is not None:
                by_subject.setdefault(subject, [[] for _ in history])[place].append(statement)
    if len(history) > 1 and any(_is_marked(statement) for known in history for statement in known.content.statements):
        return dict.fromkeys(by_subject, history)
    return {subject: _narrowed(history, statements) for subject, statements in by_subject.items()}


def _narrowed(history: RowHistory, statements_of: list[list[Statement]]) -> RowHistory:
    replace = msgspec.structs.replace
    return tuple(
        replace(known, content=replace(known.content, statements=tuple(statements)))
        for known, statements in zip(history, statements_of, strict=True)
    )


def _is_marked(statement: Statement) -> bool:
    return statement.marking > 0 or isinstance(statement, Verdict)


# Rows fetched at a time while streaming: enough to hide the round trip, little enough to stay flat, even where each
# row is a record of a standard format and has a megabyte.
_FETCHED = 100

VERSIONS = select(*CHECKED).join_from(row, version, version.c.row_id == row.c.id).order_by(row.c.id, version.c.load_no)
_SMALL = case((func.length(version.c.content) > LARGE_BYTES, None), else_=version.c.content)
_MENTIONED = (
    select(*(_SMALL if column is version.c.content else column for column in CHECKED), mention.c.hash)
    .join_from(mention, row, row.c.id == mention.c.row_id)
    .join(version, version.c.row_id == mention.c.row_id)
    .order_by(mention.c.hash, mention.c.row_id, version.c.load_no)
)

# A sample of the keys is enough for "about how many"; below this many in the sample all are counted.
_SAMPLED_SHARE = 64
_SAMPLE_MINIMUM = 500


class StoredHistory(ABC):
    """The fold's `History` over the tables."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """Open a connection for reading: what is committed, or the load open in this thread."""

    def through(self) -> int:
        """Return the number of the last load, 0 when there is none."""
        with self.reading() as connection:
            return connection.execute(select(func.max(load.c.no))).scalar() or 0

    def instant_of(self, load_no: int) -> str:
        """Return the instant of a load; blank when there is no such load."""
        with self.reading() as connection:
            return connection.execute(select(load.c.at).where(load.c.no == load_no)).scalar() or ""

    def headers(self) -> list[LoadHeader]:
        """Return the header of every load, oldest first."""
        with self.reading() as connection:
            return headers_of(connection)

    def rows_after(self, load: int) -> Iterator[RowHistory]:
        """Yield the rows that have a version of a later load."""
        later = select(version.c.row_id).where(version.c.load_no > load)
        return self._rows(VERSIONS.where(row.c.id.in_(later)))

    def rows_between(self, load: int, last: int) -> Iterator[RowHistory]:
        """Yield the rows that have a version of a load later than one and not later than another."""
        between = select(version.c.row_id).where(version.c.load_no > load, version.c.load_no <= last)
        return self._rows(VERSIONS.where(row.c.id.in_(between)))

    def row_count_between(self, load: int, last: int) -> int:
        """Return how many row versions the loads later than one and not later than another hold."""
        with self.reading() as connection:
            between = (version.c.load_no > load) & (version.c.load_no <= last)
            return connection.execute(select(func.count()).select_from(version).where(between)).scalar_one()

    def rows_of(self, source: str) -> Iterator[RowHistory]:
        """Yield the rows of a source."""
        # In the order of the index on sources: by number, all of them would be sorted first.
        in_order = VERSIONS.order_by(None).order_by(row.c.row_key, version.c.load_no)
        return self._rows(in_order.where(row.c.source == source))

    def rows_keyed(self, source: str, row_keys: Collection[str]) -> Iterator[RowHistory]:
        """Yield the rows of a source that have one of these keys."""
        return self._rows(VERSIONS.where(row.c.source == source, row.c.row_key.in_(row_keys)))

    def rows_embargoed(self) -> Iterator[RowHistory]:
        """Yield the rows of which any version carries a ``public_from`` of its own."""
        return self._rows_with({key(Kind.EMBARGOED, "")})

    def rows_protecting(self) -> Iterator[RowHistory]:
        """Yield the rows of which any version makes somebody a protected person."""
        return self._rows_with({key(Kind.PROTECTING, "")})

    def rows_naming(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Yield the rows of which any version states a node with one of these ids, perhaps more."""
        return self._rows_with({key(Kind.NODE, id_) for id_ in ids})

    def rows_joining(self, pairs: Collection[Triple]) -> Iterator[RowHistory]:
        """Yield the rows of which any version states such an edge (type, source, target), perhaps more."""
        return self._rows_with({key(Kind.PAIR, pair_name(*pair)) for pair in pairs})

    def rows_touching(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Yield the rows of which any version has such an id as an end or in a ref field, perhaps more."""
        return self._rows_with({key(Kind.END, id_) for id_ in ids})

    def rows_about(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Yield the rows of which any version states, joins, refers to or judges one of these ids, perhaps more."""
        kinds = (Kind.NODE, Kind.END, Kind.JUDGED)
        return self._rows_with({key(kind, id_) for id_ in ids for kind in kinds})

    def rows_judging(self, ids: Collection[str] | None) -> Iterator[RowHistory]:
        """Yield the rows of judgements on one of these ids, perhaps more; None gives all of them."""
        if ids is None:
            return self._rows(VERSIONS.where(row.c.source.in_((PERSON_JUDGE, RULE_JUDGE))))
        return self._rows_with({key(Kind.JUDGED, id_) for id_ in ids})

    def judged_rows(self, ids: Collection[str] | None) -> Iterator[RowHistory]:
        """Yield the rows of `rows_judging` that may be told of, whatever follows from the others."""
        return self.rows_judging(ids)

    def by_node(self) -> Iterator[tuple[str, list[RowHistory]]]:
        """Yield every id that any version ever stated a node of, with its rows; in no meaningful order."""
        return self._grouped(Kind.NODE, _node_id, lambda id_: id_)

    def by_pair(self) -> Iterator[tuple[Triple, list[RowHistory]]]:
        """Yield every type, source and target that any version ever stated an edge of, with its rows."""
        return self._grouped(Kind.PAIR, _pair, lambda pair: pair_name(*pair))

    def subject_count(self) -> int:
        """Return about how many ids and pairs were ever stated; exact up to some thirty thousand."""
        return sum(self._key_count(kind) for kind in (Kind.NODE, Kind.PAIR))

    def _key_count(self, kind: int) -> int:
        low, high = key_range(kind)
        sample_end = low + (high - low) // _SAMPLED_SHARE
        with self.reading() as connection:
            sample = _distinct_keys(connection, low, sample_end)
            if sample >= _SAMPLE_MINIMUM:
                return sample * _SAMPLED_SHARE
            return sample + _distinct_keys(connection, sample_end + 1, high)

    def _rows_with(self, keys: Iterable[int]) -> Iterator[RowHistory]:
        with self.reading() as connection:
            row_ids: set[int] = set()
            for chunk in batches(sorted(keys), CHUNK):
                ids = connection.execute(select(mention.c.row_id).where(mention.c.hash.in_(chunk)))
                row_ids.update(ids.scalars())
            for chunk in batches(sorted(row_ids), CHUNK):
                yield from histories(connection, VERSIONS.where(row.c.id.in_(chunk)))

    def _rows(self, query: Executable) -> Iterator[RowHistory]:
        with self.reading() as connection:
            yield from histories(connection, query)

    def _grouped(
        self, kind: int, subject_of: Callable[[Statement], Any], name: Callable[[Any], str]
    ) -> Iterator[tuple[Any, list[RowHistory]]]:
        with self.reading() as connection:
            shared, large = _shared_keys(connection, kind), large_rows(connection)
            # What one row alone says comes in the order of the rows, which lie side by side; by key, each would be
            # fetched from a page of its own.
            with streamed(connection, VERSIONS) as stored:
                for row_id, same_row in groupby(stored, key=itemgetter(0)):
                    history = _history(same_row)
                    for subject, part in _parts(history, subject_of, is_large=row_id in large).items():
                        if key(kind, name(subject)) not in shared:
                            yield subject, [part]
            for chunk in batches(sorted(shared), CHUNK):
                with streamed(connection, _MENTIONED.where(mention.c.hash.in_(chunk))) as stored:
                    for hash_, same_hash in groupby(stored, key=itemgetter(-1)):
                        by_subject: dict[Any, list[RowHistory]] = {}
                        for row_id, same_row in groupby(same_hash, key=itemgetter(0)):
                            is_large = row_id in large
                            history = _row(connection, row_id) if is_large else _history(same_row)
                            for subject, part in _parts(history, subject_of, is_large=is_large).items():
                                if key(kind, name(subject)) == hash_:
                                    by_subject.setdefault(subject, []).append(part)
                        yield from sorted(by_subject.items())


def headers_of(connection: Connection, *where: ColumnElement[bool]) -> list[LoadHeader]:
    """Return the headers of loads for which all of this holds, oldest first."""
    return [header_of(stored) for stored in connection.execute(select(load).where(*where).order_by(load.c.no))]


def header_of(stored: Any) -> LoadHeader:
    """Return the header that a load, fetched with all its columns, was stored with.

    Raises:
        LedgerDamaged: The load is not what was written.
    """
    refuse_damaged_load(stored)
    return msgspec.json.decode(stored.header, type=LoadHeader)


def streamed(connection: Connection, query: Executable) -> Result[Any]:
    """Run a query whose result is fetched a little at a time."""
    return connection.execute(query, execution_options={"yield_per": _FETCHED})


def histories(connection: Connection, query: Executable) -> Iterator[RowHistory]:
    """Yield the rows of a query in the form of `VERSIONS`."""
    with streamed(connection, query) as stored:
        for _, same_row in groupby(stored, key=itemgetter(0)):
            yield _history(same_row)


def _history(stored: Iterable[Any]) -> RowHistory:
    return tuple(map(version_of, stored))


def version_of(stored: Any) -> RowVersion:
    """Return the version that was fetched by `CHECKED`, with more columns after them or none.

    Raises:
        LedgerDamaged: It is not what was written.
    """
    refuse_damaged(stored[: len(CHECKED)])
    return RowVersion(stored[1], stored[2], stored[3], stored[4], content_of(stored[5]))


def content_of(stored: bytes | None) -> Content:
    """Return a stored content; what was destroyed says nothing."""
    return Content() if stored is None else decoded(stored)


def _row(connection: Connection, row_id: int) -> RowHistory:
    return _history(connection.execute(VERSIONS.where(row.c.id == row_id)))


def _parts(history: RowHistory, subject_of: Callable[[Statement], Any], *, is_large: bool) -> dict[Any, RowHistory]:
    """Return what a row says by subject; a row that is not large is given whole to each."""
    if is_large:
        return parted(history, subject_of)
    subjects = (subject_of(statement) for version in history for statement in version.content.statements)
    return {subject: history for subject in subjects if subject is not None}


def _shared_keys(connection: Connection, kind: int) -> frozenset[int]:
    """Return the keys of a kind that lie under several rows."""
    alike = select(mention.c.hash).where(mention.c.hash.between(*key_range(kind))).group_by(mention.c.hash)
    return frozenset(connection.execute(alike.having(func.count() > 1)).scalars())


def _node_id(statement: Statement) -> str | None:
    return statement.id if isinstance(statement, NodeStatement) else None


def _pair(statement: Statement) -> Triple | None:
    return (statement.type, statement.source, statement.target) if isinstance(statement, EdgeStatement) else None


def _distinct_keys(connection: Connection, low: int, high: int) -> int:
    return connection.execute(
        select(func.count(distinct(mention.c.hash))).where(mention.c.hash.between(low, high))
    ).scalar_one()
