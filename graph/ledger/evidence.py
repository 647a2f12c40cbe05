"""Where answers come from: the rows behind them, what is said about a subject, how each source stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from iga.graph.errors import LedgerDamaged
from iga.graph.fold.recipes import LEAST
from iga.graph.fold.shapes import Ref
from iga.graph.grouping import batches
from iga.graph.ledger.checks import CHECKED
from iga.graph.ledger.failures import REMEDY
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.rows import CHUNK
from iga.graph.ledger.stored_history import header_of, version_of
from iga.graph.ledger.tables import load, row, version
from iga.graph.statements import (
    Card,
    Confidence,
    Content,
    Doubt,
    LoadHeader,
    NodeStatement,
    RowVersion,
    Statement,
    Verdict,
)


@dataclass(frozen=True)
class EvidenceRow:
    """The row that an answer rests on, as an endnote prints it.

    Attributes:
        card: The source's newest card: title, publisher, licence, known gaps.
        url: Page the row itself rests on, else the source's.
        locator: File and line, or sheet and row, in which its content was first said.
        stated_on: Day it is stated for, possibly partial: the row's own, else the card's; blank is unknown.
        load, at: Number and instant of the load that first said it.
        marking: Strictest that the source, the row or anything it says asks for, embargoes aside.
        public_from: Instant before which it is internal at least; blank is none.
        statements: All that it states, for whoever sees the whole of it.
    """

    source: str
    row_key: str
    card: Card
    url: str
    locator: str
    stated_on: str
    load: int
    at: str
    confidence: Confidence
    note: str
    marking: int
    public_from: str = ""
    doubts: tuple[Doubt, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class SourceState:
    """How a source stands: its last load (with the newest card) and its counts, its live rows, its loads."""

    last: LoadHeader
    live_rows: int
    loads: int
    counts: dict[str, int]


# Above the number of any load, within what PostgreSQL calls an integer.
_EVERY_LOAD = 2**31 - 1

# Built once: putting these together takes longer than running them.
_CARDS = select(load).where(
    load.c.no.in_(select(func.max(load.c.no)).where(load.c.no <= bindparam("last")).group_by(load.c.source))
)
_VERSIONS = (
    select(*CHECKED, load.c.at)
    .join_from(row, version, version.c.row_id == row.c.id)
    .join(load, load.c.no == version.c.load_no)
    .where(
        row.c.source == bindparam("source"),
        row.c.row_key.in_(bindparam("row_keys", expanding=True)),
        version.c.load_no <= bindparam("last"),
    )
    .order_by(row.c.id, version.c.load_no)
)


def evidence(
    ledger: Ledger, refs: Collection[Ref], *, upto: int | None = None, known: Mapping[str, Card] | None = None
) -> dict[Ref, EvidenceRow]:
    """Return the live row of each reference; one that has none, or only a withdrawn one, is missing.

    Args:
        ledger: Where to look.
        refs: Source and row key of each.
        upto: Number of the last load that counts; None is all. Cards are those of that time, too.
        known: What `cards` returned for the same number, where the caller has it.
    """
    newest_cards = cards(ledger, upto=upto) if known is None else known
    last = _EVERY_LOAD if upto is None else upto
    row_keys: dict[str, set[str]] = defaultdict(set)
    for source, row_key in refs:
        row_keys[source].add(row_key)
    newest: dict[Ref, tuple[RowVersion, str]] = {}
    with ledger.reading() as connection:
        for source, keys in row_keys.items():
            for chunk in batches(sorted(keys), CHUNK):
                if ledger.is_whole:
                    newest |= _newest_versions(connection, source, chunk, last)
                else:
                    newest |= _newest_seen(ledger, source, chunk, last)
    return {
        ref: _evidence_row(version, newest_cards[version.source], at)
        for ref, (version, at) in newest.items()
        if version.content != Content()
    }


def lost_row(ref: Ref) -> LedgerDamaged:
    """Return the error for a row that the graph rests on and the ledger has not."""
    return LedgerDamaged(f"the ledger is damaged: row {ref[1]!r} of {ref[0]!r} is missing; {REMEDY}")


def cards(ledger: Ledger, *, upto: int | None = None) -> dict[str, Card]:
    """Return the newest card of every source, of the loads up to a number; None is all."""
    if not ledger.is_whole:
        return {header.source: header.card for header in ledger.headers() if upto is None or header.no <= upto}
    last = {"last": _EVERY_LOAD if upto is None else upto}
    with ledger.reading() as connection:
        return {stored.source: header_of(stored).card for stored in connection.execute(_CARDS, last)}


def sources(ledger: Ledger) -> list[SourceState]:
    """Return the state of every source, sorted by name."""
    if not ledger.is_whole:
        newest_seen = {header.source: header for header in ledger.headers()}
        return [_state_seen(ledger, newest_seen[source]) for source in sorted(newest_seen)]
    counted = select(row.c.source, func.count(row.c.live_digest)).group_by(row.c.source)
    newest = select(func.max(load.c.no), func.count()).group_by(load.c.source)
    with ledger.reading() as connection:
        live: dict[str, int] = dict(connection.execute(counted).all())
        loads: dict[int, int] = dict(connection.execute(newest).all())
        stored = connection.execute(select(load).where(load.c.no.in_(loads)))
        newest_headers = ((one.no, header_of(one), msgspec.json.decode(one.counts)) for one in stored)
        states = [SourceState(last, live.get(last.source, 0), loads[no], counts) for no, last, counts in newest_headers]
    return sorted(states, key=lambda state: state.last.source)


def _state_seen(ledger: Ledger, last: LoadHeader) -> SourceState:
    live = sum(known[-1].content != Content() for known in ledger.rows_of(last.source))
    return SourceState(last, live, sum(header.source == last.source for header in ledger.headers()), {})


def _newest_seen(ledger: Ledger, source: str, row_keys: Sequence[str], last: int) -> dict[Ref, tuple[RowVersion, str]]:
    """Return what `_newest_versions` does, of what is seen of a ledger."""
    rows = ledger.rows_keyed(source, row_keys)
    counting = ([known for known in known_row if known.load <= last] for known_row in rows)
    newest = (known[-1] for known in counting if known)
    return {(source, version.row_key): (version, ledger.instant_of(version.load)) for version in newest}


def _newest_versions(
    connection: Connection, source: str, row_keys: Sequence[str], last: int
) -> dict[Ref, tuple[RowVersion, str]]:
    """Return the newest version of each row up to a load, with the instant of the load that said it."""
    stored = connection.execute(_VERSIONS, {"source": source, "row_keys": row_keys, "last": last})
    return {  # versions of a row come oldest first, so the newest stays
        (source, one.row_key): (version_of(one), one.at) for one in stored
    }


def _least(statement: Statement) -> int:
    return max(statement.marking, LEAST.get(statement.cls, 0) if isinstance(statement, NodeStatement) else 0)


def _evidence_row(version: RowVersion, card: Card, at: str) -> EvidenceRow:
    content = version.content
    days = (s.stated_on for s in content.statements if not isinstance(s, Verdict))
    return EvidenceRow(
        source=version.source,
        row_key=version.row_key,
        card=card,
        url=content.url or card.url,
        locator=version.locator,
        stated_on=max(days, default="") or card.as_of,
        load=version.load,
        at=at,
        confidence=content.confidence,
        note=content.note,
        marking=max(card.marking, content.marking, *(_least(statement) for statement in content.statements)),
        public_from=max(card.public_from, content.public_from),
        doubts=content.doubts,
        statements=content.statements,
    )
