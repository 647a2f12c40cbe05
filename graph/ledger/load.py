"""A load under way: its rows compared with what is live, and written all at once or not at all."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.exc import DBAPIError

from iga.graph.errors import LedgerError, RowKeyChanged, ShrinkRefused, StaleEdition
from iga.graph.grouping import batches
from iga.graph.ledger.checks import close_load
from iga.graph.ledger.left_files import note_left
from iga.graph.ledger.mentions import keys_of
from iga.graph.ledger.rows import CHUNK, Entry, Known, fresh_salts, known_rows, last_row_id, live_digest, record
from iga.graph.ledger.tables import load, mention, row, version
from iga.graph.statements import Card, Content, LoadHeader, decoded, encoded

_BLOCK_BITS = 9
_INSIDE = (1 << _BLOCK_BITS) - 1
_PREFIX_BITS = 24
_PREFIX = (1 << _PREFIX_BITS) - 1
_NOWHERE = bytes(8 << _BLOCK_BITS)


class Seen:
    """Row numbers with the place of their first sighting, packed into one number each.

    Row numbers of a source lie close together, so they are kept in blocks: a million rows take 8 MB. Places end
    in a line number and share what stands before it.
    """

    def __init__(self) -> None:
        self._blocks: dict[int, array[int]] = {}
        self._prefixes: list[str] = []
        self._prefix_no: dict[str, int] = {}

    def __contains__(self, row_id: int) -> bool:
        block = self._blocks.get(row_id >> _BLOCK_BITS)
        return block is not None and block[row_id & _INSIDE] != 0

    def add(self, row_id: int, locator: str) -> None:
        """Remember a row and the place where it stood."""
        prefix = locator.rstrip("0123456789")
        digits = locator[len(prefix) :]
        # Leading zeros, missing digits and more than fit are kept as text, so that the place comes back as it was.
        if not digits or digits[0] == "0" or len(digits) > 11:
            prefix, digits = locator, "0"
        number = self._prefix_no.get(prefix)
        if number is None:
            number = self._prefix_no[prefix] = len(self._prefixes)
            self._prefixes.append(prefix)
        block = self._blocks.get(row_id >> _BLOCK_BITS)
        if block is None:
            block = self._blocks[row_id >> _BLOCK_BITS] = array("Q", _NOWHERE)
        block[row_id & _INSIDE] = int(digits) << _PREFIX_BITS | number + 1  # 0 is a row that was not seen

    def place(self, row_id: int) -> str:
        """Return the locator that a row was added with."""
        packed = self._blocks[row_id >> _BLOCK_BITS][row_id & _INSIDE]
        assert packed, "the row was seen"
        digits = packed >> _PREFIX_BITS
        return self._prefixes[(packed & _PREFIX) - 1] + (str(digits) if digits else "")


RowSaid: TypeAlias = tuple[str, str, Content]
"""Row key, locator and content of a row as it was read."""

Taken = Literal["new", "changed", "unchanged"]

# A complete source may lose a tenth of its rows, or three, without a word.
_SHRINK_SHARE = 10
_SHRINK_COUNT = 3
_NAMED_IN_MESSAGE = 5


class Outcome(NamedTuple):
    """What became of a row.

    Attributes:
        word: ``clash`` when the same key came with other content in this load: neither row is taken.
        twin: Locator of the earlier row of a clash.
        was: What the earlier row had been counted as; blank when it was already part of a clash.
    """

    word: Literal["new", "changed", "unchanged", "repeated", "clash"]
    twin: str = ""
    was: Taken | Literal[""] = ""


_NEW, _CHANGED, _UNCHANGED = Outcome("new"), Outcome("changed"), Outcome("unchanged")


class _Planned(NamedTuple):
    """A row of the batch at hand: its number and place, what it counts as, and what to write, if anything."""

    row_id: int
    locator: str
    counts_as: Taken
    live: bytes | None
    entry: Entry | None


class OpenLoad:
    """One load of one source, in an open transaction; made by `Ledger.open_load`."""

    def __init__(self, connection: Connection, header: LoadHeader, *, previous: LoadHeader | None, rekey: bool) -> None:
        self.header = header
        self._connection = connection
        self._previous = previous
        self._rekey = rekey
        self._last_row_id = last_row_id(connection)
        self._live_before = self._live_count()
        self._seen = Seen()
        self._clashed: dict[str, str] = {}

    def put(self, rows: Sequence[RowSaid]) -> list[Outcome]:
        """Take a batch of rows and return what became of each, in order. Batches of 2,000 are quickest."""
        known = known_rows(self._connection, self.header.source, {row_key for row_key, _, _ in rows})
        batch: dict[str, _Planned] = {}
        salts = iter(fresh_salts(len(rows)))
        outcomes = [self._take(as_read, batch, known.get(as_read[0]), salts) for as_read in rows]
        record(self._connection, self.header.no, [planned.entry for planned in batch.values() if planned.entry])
        for planned in batch.values():
            self._seen.add(planned.row_id, planned.locator)
        return outcomes

    def withdraw(self, row_keys: Collection[str]) -> list[str]:
        """Withdraw rows; return the keys of those that were live, sorted.

        Raises:
            LedgerError: A row was put in this same load.
        """
        stored = known_rows(self._connection, self.header.source, row_keys)
        for row_key, known in stored.items():
            if known.id in self._seen:
                raise LedgerError(f"row {row_key!r} was read in this same load: it cannot be withdrawn by it")
        live = {row_key: known.id for row_key, known in stored.items() if known.live is not None}
        self._write_withdrawals(live.items())
        return sorted(live)

    def withdraw_unseen(self, *, allow_shrink: bool = False) -> list[str]:
        """Withdraw the live rows that this load did not hold; return their keys, sorted.

        A source that is not declared complete withdraws nothing, unless its rows get new keys.

        Raises:
            ShrinkRefused: More than a tenth of the live rows, and more than three, would go.
        """
        if not (self.header.card.complete or self._rekey):
            return []
        live = select(row.c.row_key, row.c.id).where(row.c.source == self.header.source, row.c.live_digest.is_not(None))
        gone = [(row_key, row_id) for row_key, row_id in self._connection.execute(live) if row_id not in self._seen]
        if not (allow_shrink or self._rekey):
            self._refuse_shrink(sorted(row_key for row_key, _ in gone))
        self._write_withdrawals(gone)
        return sorted(row_key for row_key, _ in gone)

    def missing_from_edition(self) -> list[str]:
        """Return the keys of live rows that this load lacks though it is a newer edition of the last one, sorted.

        A newer edition has the files of the last load by name, or a later day. Of other loads nothing is looked at:
        an incomplete source may come in many files.
        """
        before, now = self._previous, self.header
        if before is None or not (
            {name for name, _ in before.files} == {name for name, _ in now.files} or before.card.as_of < now.card.as_of
        ):
            return []
        live = select(row.c.row_key, row.c.id).where(row.c.source == now.source, row.c.live_digest.is_not(None))
        return sorted(row_key for row_key, row_id in self._connection.execute(live) if row_id not in self._seen)

    def commit(self, counts: Mapping[str, int], *, left: Sequence[Path] | None = None) -> LoadHeader:
        """Make the load visible and return its header; `left` are the files that one of files left, to be noted.

        A load that says nothing new (no row written, same card, same row key) leaves no trace: the header of
        the source's previous load comes back.

        Raises:
            LedgerError: The server went away meanwhile; nobody knows whether it did so before or after.
        """
        if self._rekey:
            self.withdraw_unseen()
        written = self._connection.execute(select(exists().where(version.c.load_no == self.header.no))).scalar()
        before = self._previous
        if before and not written and (before.card, before.row_key) == (self.header.card, self.header.row_key):
            self._connection.rollback()
            if left:
                note_left(self._connection, left, load=self.header.no)
                self._connection.commit()
            return before
        noted = msgspec.json.encode(dict(counts), order="sorted")
        self._connection.execute(update(load).where(load.c.no == self.header.no).values(counts=noted))
        close_load(self._connection, self.header.no)
        if left is not None:
            note_left(self._connection, left, load=self.header.no)
        try:
            self._connection.commit()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise LedgerError(
                    f"the ledger's server went away while load {self.header.no} was being committed: it may be there or"
                    " not; iga log and iga status tell, once the server is back"
                ) from error
            raise
        return self.header

    def _take(
        self, as_read: RowSaid, batch: dict[str, _Planned], known: Known | None, salts: Iterator[bytes]
    ) -> Outcome:
        row_key, locator, content = as_read
        if row_key in self._clashed:
            return Outcome("clash", self._clashed[row_key])
        text = encoded(content)
        live = live_digest(text)
        if earlier := batch.get(row_key):
            if earlier.live == live:
                return Outcome("repeated")
            # An unchanged row stays planned: it was seen, so its earlier version stays live.
            batch[row_key] = earlier._replace(entry=None)
            if earlier.counts_as == "new":
                del batch[row_key]
            return self._clash(row_key, earlier.locator, earlier.counts_as)
        if known and known.id in self._seen:
            if known.live == live:
                return Outcome("repeated")
            place = self._seen.place(known.id)
            return self._clash(row_key, place, self._take_back(known.id))
        if known and known.live == live:
            batch[row_key] = _Planned(known.id, locator, "unchanged", live, None)
            return _UNCHANGED
        if known is None:
            self._last_row_id += 1
        row_id = known.id if known else self._last_row_id
        entry = Entry(
            row_id, self.header.source, row_key, known is None, locator, live, text, keys_of(content), next(salts)
        )
        batch[row_key] = _Planned(row_id, locator, "changed" if known else "new", live, entry)
        return _CHANGED if known else _NEW

    def _clash(self, row_key: str, twin: str, was: Taken) -> Outcome:
        self._clashed[row_key] = twin
        return Outcome("clash", twin, was)

    def _live_count(self) -> int:
        live = (row.c.source == self.header.source) & row.c.live_digest.is_not(None)
        # Only a complete source needs to know: the count reads all its rows.
        complete = self.header.card.complete
        return self._connection.execute(select(func.count()).where(live)).scalar_one() if complete else 0

    def _refuse_shrink(self, gone: list[str]) -> None:
        if len(gone) <= _SHRINK_COUNT or len(gone) * _SHRINK_SHARE <= self._live_before:
            return
        shown = ", ".join(gone[:_NAMED_IN_MESSAGE]) + (", …" if len(gone) > _NAMED_IN_MESSAGE else "")
        raise ShrinkRefused(
            f"{self.header.source}: {len(gone)} of {self._live_before} rows are missing and would be"
            f" withdrawn ({shown}); check the file, or load it with --allow-shrink"
        )

    def _write_withdrawals(self, gone: Iterable[tuple[str, int]]) -> None:
        blank = encoded(Content())
        for chunk in batches(gone, CHUNK):
            entries = [
                Entry(row_id, self.header.source, row_key, False, "", None, blank, set(), salt)
                for (row_key, row_id), salt in zip(chunk, fresh_salts(len(chunk)), strict=True)
            ]
            record(self._connection, self.header.no, entries)
            for entry in entries:
                self._seen.add(entry.row_id, "")

    def _take_back(self, row_id: int) -> Taken:
        """Undo what this load wrote for a row; return what the row had been counted as."""
        query = select(version.c.load_no, version.c.content).where(version.c.row_id == row_id)
        *earlier, newest = self._connection.execute(query.order_by(version.c.load_no)).all()
        if newest.load_no != self.header.no:
            return "unchanged"
        kept = set(chain.from_iterable(keys_of(decoded(v.content)) for v in earlier if v.content is not None))
        gone = keys_of(decoded(newest.content)) - kept
        here = (version.c.row_id == row_id) & (version.c.load_no == self.header.no)
        self._connection.execute(delete(version).where(here))
        self._connection.execute(delete(mention).where(mention.c.row_id == row_id, mention.c.hash.in_(gone)))
        if not earlier:
            self._connection.execute(delete(row).where(row.c.id == row_id))
            return "new"
        before = earlier[-1].content
        live = live_digest(before) if before is not None else None
        self._connection.execute(update(row).where(row.c.id == row_id).values(live_digest=live))
        return "changed"


def load_record(header: LoadHeader, counts: bytes = b"{}") -> dict[str, Any]:
    """Return the columns that a load is stored in."""
    text = msgspec.json.encode(header, order="sorted")
    return {"no": header.no, "source": header.source, "at": header.at, "header": text, "counts": counts}


def refuse_stale(card: Card, earlier: Sequence[LoadHeader]) -> None:
    """Refuse an edition that is older than the one that was loaded last, unless that one's day was a mistake.

    Raises:
        StaleEdition: It is.
    """
    newest = next((header.card.as_of for header in reversed(earlier) if header.card.as_of), "")
    mistaken = card.mistaken_days + (earlier[-1].card.mistaken_days if earlier else ())
    if card.as_of and card.as_of < newest and newest not in mistaken:
        raise StaleEdition(
            f"{card.source}: this edition is stated as of {card.as_of}; {newest} is already there."
            " Load editions in order, or give each edition row keys or a source of its own."
            f" If {newest} was a mistake, take that load back (iga withdraw load:{_stating(newest, earlier)}), or write"
            f" `mistaken_days: [{newest}]` on the card of the mapping"
        )


def _stating(day: str, earlier: Sequence[LoadHeader]) -> int:
    """Return the number of the last load that stated a day."""
    return next(header.no for header in reversed(earlier) if header.card.as_of == day)


def refuse_other_key(source: str, earlier: Sequence[LoadHeader], columns: tuple[str, ...]) -> None:
    """Refuse other columns than before; rows that people type state none.

    Raises:
        RowKeyChanged: They are others.
    """
    before = next((header.row_key for header in reversed(earlier) if header.row_key), columns)
    if columns and before != columns:
        raise RowKeyChanged(
            f"{source}: the row key was {', '.join(before)} and is now {', '.join(columns)};"
            " every old row would live on beside its twin. Load with --rekey to withdraw the old rows"
        )
