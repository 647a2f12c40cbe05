"""Erasing somebody from a ledger: what says something of the person is destroyed in every version of every row.

One transaction does all of it, and enters the person in the register of the erased, by digests, so that no later load
brings the person back. A version that says something of others keeps that; of one that is destroyed the seal stays.
"""

import glob
import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, inspect, select, update
from sqlalchemy.exc import OperationalError

from iga.graph.errors import Denied, UsageError
from iga.graph.fold.affected import Kinship, Span
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens
from iga.graph.fold.shapes import View
from iga.graph.grouping import batches
from iga.graph.ledger.checks import close_loads, mark_rows
from iga.graph.ledger.connection import COPY, file_of
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.lock import LOCK_NOT_AVAILABLE
from iga.graph.ledger.mentions import keys_of
from iga.graph.ledger.people_register import (
    ERASED,
    ERASURES,
    address_of,
    as_name,
    holds_name,
    holds_on,
    known_by,
    mark_of,
    names_stated,
    own_channels,
    put,
    subjects_in,
)
from iga.graph.ledger.rows import CHUNK, live_digest, sealed
from iga.graph.ledger.tables import load, mention, row, tables, version, watch
from iga.graph.ledger.watches import Watch
from iga.graph.names.own_addresses import forms_of, runs_of
from iga.graph.statements import (
    OFFICERS,
    PERSON_JUDGE,
    RULE_JUDGE,
    SAID_BY_CARDS,
    Card,
    Content,
    NodeStatement,
    encoded,
)
from iga.graph.text import folded

_TYPED = (OFFICERS, PERSON_JUDGE, RULE_JUDGE)
_ERASED = "erased"
_LONGEST_NAME = 4
"""Most words of a name that is looked for by its digest in a text; of so many in the order of the text alone."""

_PATIENCE_S = 3
"""Longest to wait for whoever reads a table that is to be written anew: new readers wait as long."""


@dataclass
class Erasure:
    """What an erasure did.

    Attributes:
        ids: The ids that stood for the person.
        names: Every name that was ever stated of the person, as the register takes them.
        addresses: What the person's own channels ever said, folded.
        destroyed, shortened: Versions of which nothing is left, and such that say something of others still.
        watches: Watched questions that were removed or lost rows.
        loads: Numbers of the loads that said something of the person.
        files: Names of the files that these loads read.
        places: Where in them it stood, as locators say it.
    """

    ids: tuple[str, ...]
    names: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    rows: int = 0
    destroyed: int = 0
    shortened: int = 0
    watches: int = 0
    loads: set[int] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def is_named_in(self, text: str) -> bool:
        """True if a text holds an id or a name of the person; a name of one word counts as a whole word."""
        plain = f" {folded(text)} "
        by_id = (re.search(rf"(?<![\w-]){re.escape(written)}(?![\w-])", text) for written in self.ids)
        return any(by_id) or any(f" {name.removeprefix('name ')} " in plain for name in self.names)

    def is_in_row(self, cells: Sequence[str]) -> bool:
        """True if a row of a table is on the person: by id, address, name in whatever order, or the place it names."""
        text = " ".join(cells)
        plain = folded(text)
        return (
            any(place.join(cells[:2]) in self.places for place in ":!")
            or self.is_named_in(text)
            or any(holds_name(text, name.removeprefix("name ")) for name in self.names)
            or any(f" {address} " in f" {plain} " for address in self.addresses)
        )


@dataclass(frozen=True)
class ErasedBefore:
    """Somebody who was erased at an earlier time: only digests know them, and places in files from which rows went.

    Attributes:
        marks: Digests of their ids, channels, names and addresses.
        places: Where in files stood what was erased, of whomever, as locators say it.
    """

    ledger: Ledger
    marks: Set[str]
    places: Set[str]

    @classmethod
    def of(cls, ledger: Ledger, written: str) -> "ErasedBefore | None":
        """Return whoever was erased under an id or a name; None where nobody was."""
        own = {mark_of(ledger, written), mark_of(ledger, as_name(written))}
        entries = [
            (entry[0].row_key.removeprefix("erased "), {one.load for one in entry}) for entry in ledger.rows_of(ERASED)
        ]
        loads = {load for mark, of in entries if mark in own for load in of}
        if not loads:
            return None
        with ledger.reading() as connection:
            places = connection.execute(select(version.c.locator).where(version.c.seal.is_not(None))).scalars()
            return cls(ledger, {mark for mark, of in entries if of & loads}, frozenset(places))

    def is_in_row(self, cells: Sequence[str]) -> bool:
        """True if a row of a table is on the person, as `Erasure.is_in_row` tells of one who is being erased."""
        return any(place.join(cells[:2]) in self.places for place in ":!") or any(
            mark_of(self.ledger, it) in self.marks for it in _perhaps_entered(cells)
        )


def _perhaps_entered(cells: Sequence[str]) -> Iterator[str]:
    """Give what the register may hold of a row: its words as ids, its addresses, and names in whatever order."""
    for cell in cells:
        yield from (word.strip(",;()<>\"'") for word in cell.split())
        yield from (f"address {form}" for form in forms_of(cell))
        yield from (f"made {run}" for run in runs_of(cell))
        yield as_name(cell)
    yield from (as_name(" ".join(pair)) for pair in permutations(cells, 2))
    words = folded(" ".join(cells)).split()
    for size in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            yield from (f"name {' '.join(order)}" for order in (permutations(run) if size < _LONGEST_NAME else [run]))


def erase(ledger: Ledger, ids: Collection[str], *, by: str, authority: str) -> Erasure:
    """Destroy what the ledger holds of somebody; `wiped` then takes the freed pages.

    Raises:
        Denied: A hold or an open access request is on the person.
        UsageError: The authority names the person, and would keep the name.
        LedgerLocked, LedgerError: The ledger cannot be written; nothing was erased.
    """
    done = Erasure(tuple(sorted(ids)))
    with ledger.open_load(ERASURES, by=by, because=authority) as register, ledger.reading() as connection:
        if holds := holds_on(ledger, ids):
            reasons = "; ".join(f"{hold.kind}: {hold.authority}" for hold in holds)
            raise Denied(f"{done.ids[0]} must not be erased now ({reasons}); iga hold --release lifts it")
        gone = {*ids, *own_channels(ledger, ids)}
        histories = list(ledger.rows_about(gone))
        printed = set(_names(histories, ids))
        done.names |= set(map(as_name, printed))
        done.addresses |= set(_addresses(histories, gone))
        if done.is_named_in(authority):
            raise UsageError("--authority names the person, and is kept: write the reference of the decision")
        rows: set[int] = set()
        for history in histories:
            rows.add(_erase_row(connection, history, gone, done))
        rows |= _erase_from_headers(connection, ledger, done)
        mark_rows(connection, sorted(rows))
        close_loads(connection)
        done.watches = _erase_watches(connection, done)
        put(register, ledger, "erased", (*gone, *known_by(printed, done.addresses)), authority=authority)
        register.commit({"read": done.rows})
    return done


def erase_anew(ledger: Ledger, ids: Collection[str], *, by: str, authority: str) -> None:
    """Erase somebody who was erased before, from a ledger that was put back to an earlier state; raises as `erase`."""
    lens = Lens(ledger.headers(), View())
    kin = Kinship(ledger, Span(ledger.headers(), lens, lens, 0))
    kin.include(ids)
    erase(ledger, {it for id_ in ids for it in (id_, *kin.now.kin_of(id_))}, by=by, authority=authority)
    wiped(ledger)


def _names(histories: Collection[RowHistory], ids: Collection[str]) -> Iterator[str]:
    for statement in (s for history in histories for one in history for s in one.content.statements):
        yield from (name for person, name in names_stated(statement) if person in ids)


def _addresses(histories: Collection[RowHistory], gone: Collection[str]) -> Iterator[str]:
    for statement in (s for history in histories for one in history for s in one.content.statements):
        if isinstance(statement, NodeStatement) and statement.id in gone and (address := address_of(statement)):
            yield folded(address)


def _erase_row(connection: Connection, history: RowHistory, gone: set[str], done: Erasure) -> int:
    """Take what is said of some subjects out of every version of a row, and return its number."""
    first = history[0]
    row_id: int = connection.execute(
        select(row.c.id).where(row.c.source == first.source, row.c.row_key == first.row_key)
    ).scalar_one()
    left: list[Content] = []
    for one in history:
        kept = tuple(s for s in one.content.statements if not subjects_in(s) & gone)
        is_changed = len(kept) < len(one.content.statements)
        # a remark or an address belongs to the row: it may be on the person
        bare = msgspec.structs.replace(one.content, statements=kept, note="", url="", doubts=())
        content = bare if is_changed else one.content
        left.append(content)
        here = (version.c.row_id == row_id) & (version.c.load_no == one.load)
        if not is_changed:
            continue
        stored = connection.execute(select(version.c.salt, version.c.content).where(here)).one()
        text = encoded(content) if kept else None
        seal = sealed(stored.salt, stored.content)
        connection.execute(update(version).where(here).values(seal=seal, content=text))
        done.loads.add(one.load)
        done.places.add(one.locator)
        done.shortened += bool(kept)
        done.destroyed += not kept
    if all(content == one.content for content, one in zip(left, history, strict=True)):
        return row_id
    done.rows += 1
    _index_anew(connection, row_id, [one.content for one in history], left)
    key = f"erased {row_id}" if done.is_named_in(first.row_key) else first.row_key
    live = live_digest(encoded(left[-1])) if left[-1].statements else None
    connection.execute(update(row).where(row.c.id == row_id).values(row_key=key, live_digest=live))
    return row_id


def _index_anew(connection: Connection, row_id: int, before: Collection[Content], left: Collection[Content]) -> None:
    had, has = ({key for content in contents for key in keys_of(content)} for contents in (before, left))
    for chunk in batches(sorted(had - has), CHUNK):
        connection.execute(delete(mention).where(mention.c.row_id == row_id, mention.c.hash.in_(chunk)))


def _erase_from_headers(connection: Connection, ledger: Ledger, done: Erasure) -> set[int]:
    """Take reasons, what cards say, and names of files, that name the person out of headers of loads and of locators.

    The reason of an officer's entry or judgement on the person goes as well: it may use a part of the name. The
    numbers of the rows whose locators were changed are returned.
    """
    rows: set[int] = set()
    for header in ledger.headers():
        fresh = header
        if done.is_named_in(header.because) or (header.no in done.loads and header.source in _TYPED):
            fresh = msgspec.structs.replace(header, because="")
        fresh = msgspec.structs.replace(fresh, card=_without_name(header.card, done))
        text = msgspec.json.encode(fresh, order="sorted").decode()
        for name, _ in header.files:
            if done.is_named_in(name):
                text = text.replace(msgspec.json.encode(name).decode()[1:-1], _ERASED)
                here = version.c.locator.contains(name, autoescape=True)  # in later loads, too: of a restriction
                renamed = func.replace(version.c.locator, name, _ERASED)
                rows.update(connection.execute(select(version.c.row_id).where(here)).scalars())
                connection.execute(update(version).where(here).values(locator=renamed))
        done.files |= {name for name, _ in header.files if header.no in done.loads}
        if text.encode() != msgspec.json.encode(header, order="sorted"):
            connection.execute(update(load).where(load.c.no == header.no).values(header=text.encode()))
    return rows


def _without_name(card: Card, done: Erasure) -> Card:
    """Return the card of a source without the texts that name the person; its id stays: rows hang on it."""
    told = {name: getattr(card, name) for name in SAID_BY_CARDS}
    named = {name: _ERASED for name, text in told.items() if isinstance(text, str) and done.is_named_in(text)}
    return msgspec.structs.replace(card, **named, gaps=tuple(it for it in card.gaps if not done.is_named_in(it)))


def _erase_watches(connection: Connection, done: Erasure) -> int:
    """Remove the watches that ask for the person, and from others the rows that name the person."""
    if not inspect(connection).has_table(watch.name):
        return 0
    changed = 0
    for by, name, stored in connection.execute(select(watch.c.by_whom, watch.c.name, watch.c.said)).all():
        kept = msgspec.json.decode(stored, type=Watch)
        here = (watch.c.by_whom == by) & (watch.c.name == name)
        if done.is_named_in(f"{name} {' '.join(map(str, kept.parameters.values()))}"):
            connection.execute(delete(watch).where(here))
            changed += 1
            continue
        seen = tuple(one for one in kept.seen if not done.is_named_in(f"{one.key} {one.said}"))
        if len(seen) < len(kept.seen):
            text = msgspec.json.encode(msgspec.structs.replace(kept, seen=seen), order="sorted")
            connection.execute(update(watch).where(here).values(said=text))
            changed += 1
    return changed


def texts_left(ledger: Ledger, done: Erasure) -> list[tuple[str, str]]:
    """Return source and key of the rows that mention the person in texts on others or in the name of their source.

    They are sorted; all rows are read.
    """
    return sorted(
        (history[0].source, history[0].row_key)
        for history in ledger.rows_after(0)
        if done.is_named_in(history[0].source)
        or any(done.is_named_in(encoded(one.content).decode()) for one in history)
    )


def copies_beside(ledger: Ledger) -> list[Path]:
    """Return the copies that lie beside a ledger in a file and hold what it held: damaged ones, passing ones, dumps."""
    place = file_of(ledger.name)
    if place is None:
        return []
    name = glob.escape(place.name)
    return sorted(
        path
        for pattern in (f"{name}.damaged-*", f"{name}.{COPY}*", f"{name}.dumps/*")
        for path in place.parent.glob(pattern)
    )


def wiped(ledger: Ledger) -> bool:
    """Write the database anew without its freed pages; say whether what was deleted is gone from its files.

    A reader that is in the middle of something keeps the log of a SQLite file alive, or the tables of a server: then
    ask again later.

    Raises:
        LedgerError: The database failed.
    """
    with ledger.reading() as connection:
        if file_of(ledger.name) is None:
            return _rewritten(connection)
        driver: Any = connection.connection.driver_connection
        driver.execute("VACUUM")
        return not (driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() or (1,))[0]


def _rewritten(connection: Connection) -> bool:
    """Have PostgreSQL write each table anew, in no transaction; say whether nobody kept one of them."""
    own = connection.execution_options(isolation_level="AUTOCOMMIT")
    own.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE_S}s'")
    try:
        for name in sorted(tables.tables.keys() & set(inspect(own).get_table_names())):
            own.exec_driver_sql(f"VACUUM (FULL) {name}")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return False
    finally:
        own.invalidate()  # its settings go with it
    return True
