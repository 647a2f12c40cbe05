"""The book of candidates: parties with their keys, which of them wait to be compared, which pairs came up.

One SQLite file beside the graph it was made from; it can always be made anew.
"""

import sqlite3
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from iga.graph.grouping import batches
from iga.graph.names.comparison import TIERS
from iga.graph.private import make_file, make_folder
from iga.graph.rollback import undone_by
from iga.ingest.resolution.keys import ENOUGH, MOST_SHARING, id_key, keys_of, whole_key, worth
from iga.ingest.resolution.party import Party
from iga.ingest.resolution.weighing import PairFinding

_FORMAT = "4"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS party(id TEXT PRIMARY KEY, said BLOB);
CREATE TABLE IF NOT EXISTS key(key TEXT, id TEXT, PRIMARY KEY(key, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_id ON key(id);
CREATE TABLE IF NOT EXISTS waiting(id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS candidate(
  first TEXT, second TEXT, tier INTEGER, points INTEGER, finding BLOB, PRIMARY KEY(first, second)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS candidate_second ON candidate(second);
"""
_VARIABLES = 500
_MOST_MATES = 200


class PairCandidate(msgspec.Struct, frozen=True):
    """Two parties that may be one, with the evidence."""

    first: Party
    second: Party
    finding: PairFinding


class Book:
    """Keeps parties and candidates. One thread uses it; other processes wait for it."""

    def __init__(self, place: Path | None) -> None:
        """Open a file, making it where there is none; None keeps the book in memory."""
        self.is_kept = place is not None
        if place:
            make_folder(place.parent)
            make_file(place)
        self._db = sqlite3.connect(str(place) if place else ":memory:", isolation_level=None, timeout=30)
        weakref.finalize(self, self._db.close)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")  # it can always be made anew
        self._db.executescript(_TABLES)
        if self.noted("format") != _FORMAT:
            self.clear()

    def clear(self) -> None:
        """Forget everything."""
        with self.writing():
            for table in ("meta", "party", "key", "waiting", "candidate"):
                self._db.execute(f"DELETE FROM {table}")
            self.note("format", _FORMAT)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all changes of the block one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        with undone_by(lambda: self._db.execute("ROLLBACK")):
            yield
        self._db.execute("COMMIT")

    def noted(self, name: str) -> str:
        """Return a remark; blank when there is none."""
        return next((str(v) for (v,) in self._db.execute("SELECT value FROM meta WHERE name = ?", (name,))), "")

    def note(self, name: str, value: str) -> None:
        """Keep a remark under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))

    def put(self, party: Party) -> None:
        """Take over what is known of a party; one that changed waits to be compared again."""
        encoded_party = msgspec.json.encode(party)
        before = self._db.execute("SELECT said FROM party WHERE id = ?", (party.id,)).fetchone()
        if before and before[0] == encoded_party:
            return
        self._forget(party.id)
        self._db.execute("INSERT INTO party VALUES(?, ?)", (party.id, encoded_party))
        self._db.executemany("INSERT INTO key VALUES(?, ?)", [(key, party.id) for key in sorted(keys_of(party))])
        self._db.execute("INSERT OR IGNORE INTO waiting VALUES(?)", (party.id,))

    def drop(self, ids: Iterable[str]) -> None:
        """Forget parties and the candidates they are in."""
        for id_ in ids:
            self._forget(id_)
            self._db.execute("DELETE FROM waiting WHERE id = ?", (id_,))
            self._db.execute("DELETE FROM candidate WHERE first = ?", (id_,))
            self._db.execute("DELETE FROM candidate WHERE second = ?", (id_,))

    def _forget(self, id_: str) -> None:
        self._db.execute("DELETE FROM party WHERE id = ?", (id_,))
        self._db.execute("DELETE FROM key WHERE id = ?", (id_,))

    def ids(self) -> set[str]:
        """Return the id of every party in the book."""
        return {id_ for (id_,) in self._db.execute("SELECT id FROM party")}

    def party(self, id_: str) -> Party | None:
        """Return a party; None when the book has none of this id."""
        row = self._db.execute("SELECT said FROM party WHERE id = ?", (id_,)).fetchone()
        return msgspec.json.decode(row[0], type=Party) if row else None

    def party_with(self, id_: str) -> Party | None:
        """Return the party that an id stands for, a former or merged one too; None when there is none."""
        row = self._db.execute("SELECT id FROM key WHERE key = ?", (id_key(id_),)).fetchone()
        return self.party(row[0]) if row else None

    def parts_of(self, id_: str) -> set[str]:
        """Return the ids of the parties that are part of one."""
        return {part for (part,) in self._db.execute("SELECT id FROM key WHERE key = ?", (whole_key(id_),))}

    def waiting(self, *, limit: int = -1) -> list[str]:
        """Return parties that wait to be compared, by id."""
        return [id_ for (id_,) in self._db.execute("SELECT id FROM waiting ORDER BY id LIMIT ?", (limit,))]

    def waiting_count(self) -> int:
        """Return how many parties wait to be compared."""
        return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def mates(self, id_: str, *, leaving: Collection[str] = ()) -> list[Party]:
        """Return the parties that share enough keys with one, those that share most first, at most 200."""
        shared: Counter[str] = Counter()
        for (key,) in self._db.execute("SELECT key FROM key WHERE id = ?", (id_,)).fetchall():
            if not (tells := worth(key)):
                continue
            sql = "SELECT id FROM key WHERE key = ? LIMIT ?"
            sharing = [mate for (mate,) in self._db.execute(sql, (key, MOST_SHARING + 1))]
            if len(sharing) <= MOST_SHARING:
                shared.update({mate: tells for mate in sharing if mate != id_})
        enough = [mate for mate, worth_shared in shared.items() if worth_shared >= ENOUGH and mate not in leaving]
        chosen = sorted(enough, key=lambda mate: (-shared[mate], mate))[:_MOST_MATES]
        return [party for mate in chosen if (party := self.party(mate))]

    def compared(self, id_: str, candidates: Collection[PairCandidate], *, gone: Collection[tuple[str, str]]) -> None:
        """Take over which candidates a party is in, and which of before are none any more; it waits no longer."""
        self._db.executemany("DELETE FROM candidate WHERE first = ? AND second = ?", sorted(gone))
        rows = [
            (
                candidate.first.id,
                candidate.second.id,
                TIERS.index(candidate.finding.tier),
                candidate.finding.points,
                msgspec.json.encode(candidate.finding),
            )
            for candidate in candidates
        ]
        self._db.executemany("INSERT OR REPLACE INTO candidate VALUES(?, ?, ?, ?, ?)", rows)
        self._db.execute("DELETE FROM waiting WHERE id = ?", (id_,))

    def candidates(self) -> Iterator[PairCandidate]:
        """Give every candidate, the surest first, then those whose names are most alike, then by id."""
        sql = "SELECT first, second, finding FROM candidate ORDER BY tier, points, first, second"
        yield from self._candidates(self._db.execute(sql))

    def candidates_of(self, ids: Collection[str]) -> Iterator[PairCandidate]:
        """Give the candidates that parties are in, in the order of `candidates`."""
        for chunk in batches(sorted(ids), _VARIABLES):
            marks = ",".join("?" * len(chunk))
            sql = (
                f"SELECT first, second, finding FROM candidate WHERE first IN ({marks}) OR second IN ({marks})"
                " ORDER BY tier, points, first, second"
            )
            yield from self._candidates(self._db.execute(sql, (*chunk, *chunk)))

    def _candidates(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[PairCandidate]:
        for first, second, finding in rows:
            first_party, second_party = self.party(first), self.party(second)
            if first_party and second_party:
                yield PairCandidate(first_party, second_party, msgspec.json.decode(finding, type=PairFinding))
