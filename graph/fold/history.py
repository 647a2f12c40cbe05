"""What the fold asks of a ledger: row histories, looked up by what any of their versions names."""

from collections.abc import Collection, Iterator
from typing import Protocol, TypeAlias

from iga.graph.fold.shapes import Triple
from iga.graph.statements import LoadHeader, RowVersion

RowHistory: TypeAlias = tuple[RowVersion, ...]
"""All versions of one row, oldest first; never empty."""


class History(Protocol):
    """The committed loads of a ledger, and inside an open load that one too.

    Every look-up covers all versions of a row, not only its live one, and gives whole histories. One call
    gives a row at most once, except that the streams give it once to each subject. It may give rows that were
    not asked for: the fold compares real ids. Rows come in any order; empty collections give nothing.
    """

    def through(self) -> int:
        """Return the number of the last load, 0 when there is none."""
        ...

    def headers(self) -> list[LoadHeader]:
        """Return every load, oldest first."""
        ...

    def rows_after(self, load: int) -> Iterator[RowHistory]:
        """Give the rows that have a version of a later load."""
        ...

    def rows_between(self, load: int, last: int) -> Iterator[RowHistory]:
        """Give the rows that have a version of a load later than one and not later than another."""
        ...

    def rows_of(self, source: str) -> Iterator[RowHistory]:
        """Give all rows of a source."""
        ...

    def rows_embargoed(self) -> Iterator[RowHistory]:
        """Give the rows of which any version carries a ``public_from`` of its own, past or to come."""
        ...

    def rows_naming(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Give the rows of which any version holds a node statement with one of these ids."""
        ...

    def rows_joining(self, pairs: Collection[Triple]) -> Iterator[RowHistory]:
        """Give the rows of which any version holds an edge statement of such a (type, source, target)."""
        ...

    def rows_touching(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Give the rows of which any version names one of these ids as an end of an edge or in a ref field.

        Ref fields are those of node statements as well as those of edge statements.
        """
        ...

    def rows_about(self, ids: Collection[str]) -> Iterator[RowHistory]:
        """Give the rows of which any version states, joins, refers to or judges one of these ids."""
        ...

    def rows_judging(self, ids: Collection[str] | None) -> Iterator[RowHistory]:
        """Give the rows of both judgement sources that judge one of these ids; None gives all of them."""
        ...

    def by_node(self) -> Iterator[tuple[str, list[RowHistory]]]:
        """Stream every id that a node statement ever named, once each, with the rows naming it."""
        ...

    def by_pair(self) -> Iterator[tuple[Triple, list[RowHistory]]]:
        """Stream every (type, source, target) ever stated, once each, with the rows stating it."""
        ...

    def subject_count(self) -> int:
        """Return about how many ids and (type, source, target) were ever stated together."""
        ...
