"""The ledger as it is seen under a ceiling: without what is hidden, its loads numbered as if there were no others."""

from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Executable, select

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens, known_ids, seen_statements, word_of
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.stored_history import VERSIONS, histories, streamed
from iga.graph.ledger.tables import row, version
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, Content, LoadHeader, RowVersion, Statement, Verdict

JUDGES = (PERSON_JUDGE, RULE_JUDGE)


class SeenLedger(Ledger):
    """A ledger without the statements, values, rows and loads that a ceiling hides; equal to one that never had them.

    A version that says what the one before it said, as far as it is seen, is none; nor is a load of which no version is
    left. What was loaded after the view was projected is not there yet. docs/decisions/0055-one-reader-one-view.md.
    """

    def __init__(self, whole: Ledger, view: View, *, horizon: int) -> None:
        """See a ledger under the ceiling of a view, at the instant of the view, up to the last load projected."""
        vars(self).update(vars(whole))
        self.ceiling = view.ceiling
        self._whole = whole
        self._view = view
        self._horizon = horizon

    @property
    def whole(self) -> Ledger:
        """The ledger itself."""
        return self._whole

    def through(self) -> int:
        """Return the number of the last load; one more than are numbered where later ones can be seen."""
        is_behind = self._whole.through() > self._horizon and self._has_news()
        return len(self._numbered) + int(is_behind)

    def number_of(self, load: int) -> int:
        """Return the number under which a load is seen here, else that of the last one before it."""
        return bisect(self._numbered, load)

    def load_of(self, number: int) -> int:
        """Return the load that has a number here; 0 is before the first."""
        return self._numbered[min(number, len(self._numbered)) - 1] if number and self._numbered else 0

    def headers(self) -> list[LoadHeader]:
        """Return the header of every load that is seen, without digests of files: these tell of all that is in them."""
        return list(self._headers)

    def instant_of(self, load_no: int) -> str:
        """Return the instant of a load; blank when there is no such load."""
        return self._headers[load_no - 1].at if 0 < load_no <= len(self._headers) else ""

    def rows_after(self, load: int) -> Iterator[RowHistory]:
        """Yield the rows that have a version of a later load."""
        return super().rows_after(self.load_of(load))

    def rows_between(self, load: int, last: int) -> Iterator[RowHistory]:
        """Yield the rows that have a version of a load later than one and not later than another."""
        return super().rows_between(self.load_of(load), self.load_of(last))

    def row_count_between(self, load: int, last: int) -> int:
        """Return how many row versions the loads later than one and not later than another hold."""
        return sum(load < known.load <= last for known_row in self.rows_between(load, last) for known in known_row)

    def judged_rows(self, ids: Collection[str] | None) -> Iterator[RowHistory]:
        """Yield the judgements that may be told of: internal at least, and both their parties are known here."""
        return map(self._numbered_row, self._judged(ids))

    def rows_of(self, source: str) -> Iterator[RowHistory]:
        """Yield the rows of a source; of judgements those that may be told of."""
        if source not in JUDGES:
            return super().rows_of(source)
        return (judged for judged in self.judged_rows(None) if judged[0].source == source)

    def open_load(self, *_: Any, **__: Any) -> Any:
        """Refuse: who does not see all cannot write beside it.

        Raises:
            Denied: Always.
        """
        raise Denied("what is seen under a ceiling cannot be written to")

    @cached_property
    def _lens(self) -> Lens:
        return Lens(self._whole.headers(), self._view, horizon=self._horizon)

    @cached_property
    def _numbered(self) -> list[int]:
        """The loads of which something is seen, in order: the first has number 1."""
        judged = {known.load for kept in self._judged(None) for known in kept}
        return [
            header.no
            for header in self._whole.headers()
            if (header.no in judged if header.source in JUDGES else self._is_seen(header, self._lens))
        ]

    @cached_property
    def _headers(self) -> list[LoadHeader]:
        numbers = {load: number for number, load in enumerate(self._numbered, start=1)}
        headers = (header for header in self._whole.headers() if header.no in numbers)
        return [replace(header, no=numbers[header.no], files=(), audit="") for header in headers]

    def _has_news(self) -> bool:
        lens = Lens(self._whole.headers(), self._view)
        later = (header for header in self._whole.headers() if header.no > self._horizon)
        return any(self._is_seen(header, lens) for header in later if header.source not in JUDGES)

    def _judged(self, ids: Collection[str] | None) -> Iterator[list[RowVersion]]:
        """Yield the judgements that may be told of, under the numbers of their loads in the whole ledger."""
        if self.ceiling < Marking.INTERNAL:
            return
        rows = [kept for judged in self._whole.rows_judging(ids) if (kept := _seen_versions(judged, self._lens))]
        ends = [{end for version in kept for end in _ends(version)} for kept in rows]
        known = known_ids(self._whole.rows_naming(set().union(*ends)), self._lens, set().union(*ends))
        yield from (kept for kept, judged in zip(rows, ends, strict=True) if judged <= known)

    def _is_seen(self, header: LoadHeader, lens: Lens) -> bool:
        """True if anything of a load is seen; it is as a rule told by the first row."""
        if header.no > lens.horizon or lens.standings[header.source].marking > lens.ceiling:
            return False
        loaded = select(version.c.row_id).where(version.c.load_no == header.no).order_by(version.c.row_id)
        with self.reading() as connection, streamed(connection, loaded) as row_ids:
            return any(
                known.load == header.no
                for part in row_ids.scalars().partitions()
                for known_row in histories(connection, VERSIONS.where(row.c.id.in_(part)))
                for known in _seen_versions(known_row, lens)
            )

    def _rows(self, query: Executable) -> Iterator[RowHistory]:
        return self._seen(super()._rows(query))

    def _rows_with(self, keys: Iterable[int]) -> Iterator[RowHistory]:
        return self._seen(super()._rows_with(keys))

    def _grouped(
        self, kind: int, subject_of: Callable[[Statement], Any], name: Callable[[Any], str]
    ) -> Iterator[tuple[Any, list[RowHistory]]]:
        for subject, rows in super()._grouped(kind, subject_of, name):
            if kept := list(self._seen(rows)):
                yield subject, kept

    def _seen(self, rows: Iterable[RowHistory]) -> Iterator[RowHistory]:
        for known_row in rows:
            if kept := _seen_versions(known_row, self._lens):
                yield self._numbered_row(kept)

    def _numbered_row(self, kept: Iterable[RowVersion]) -> RowHistory:
        return tuple(replace(known, load=self.number_of(known.load)) for known in kept)


def _seen_versions(known_row: RowHistory, lens: Lens) -> list[RowVersion]:
    """Return the versions of a row with what is seen of them; none of those that change nothing of it."""
    kept: list[RowVersion] = []
    for known in known_row:
        if known.load > lens.horizon:
            break
        seen = seen_statements(known_row, known, lens)
        statements = tuple(_clipped(statement, lens.ceiling) for _, statement, _ in seen)
        content = replace(known.content, statements=statements) if statements else Content()
        if content != (kept[-1].content if kept else Content()):
            kept.append(replace(known, content=content))
    return kept


def _clipped(statement: Statement, ceiling: int) -> Statement:
    """Return a statement without the values whose fields lie above a ceiling."""
    if isinstance(statement, Verdict):
        return statement
    values, _ = recipe(word_of(statement)).visible(statement.values, ceiling)
    return statement if values is statement.values else replace(statement, values=values)


def _ends(version: RowVersion) -> set[str]:
    verdicts = (statement for statement in version.content.statements if isinstance(statement, Verdict))
    return {end for verdict in verdicts for end in (verdict.first, verdict.second)}
