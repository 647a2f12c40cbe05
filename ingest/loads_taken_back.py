"""Loads taken back: what each of their rows said before stands again, whatever other loads of the source said since."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from msgspec.structs import replace

from iga.graph.errors import NotFound, UsageError
from iga.graph.fold.history import RowHistory
from iga.graph.grouping import batches
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import OpenLoad
from iga.graph.statements import Content, LoadHeader, RowVersion
from iga.graph.stores.door import Store
from iga.ingest.previewing import preview
from iga.ingest.reports import LoadPreview

_LOADS = re.compile(r"load:(\d{1,9})(?:\.\.(\d{1,9}))?")
# The ledger is quickest with batches of so many rows.
_BATCH = 2_000


@dataclass(frozen=True)
class TakenBack:
    """What taking back loads of one source does.

    Attributes:
        before: The load of the source before the first of them, None if there was none.
        restored: Rows that say again what they said before, each as it then stood.
        gone: Keys of rows that nobody had said before.
        changed_since: How many rows a later load said anew, which stay as they are.
    """

    header: LoadHeader
    before: LoadHeader | None
    restored: Sequence[RowVersion]
    gone: Sequence[str]
    changed_since: int


def loads_named(text: str) -> range | None:
    """Return the numbers that ``load:12`` or ``load:12..19`` names, None for another text.

    Raises:
        UsageError: The last comes before the first.
    """
    if not (match := _LOADS.fullmatch(text)):
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise UsageError(f"{text}: the last load comes before the first")
    return range(first, last + 1)


def taken_back(ledger: Ledger, loads: range) -> list[TakenBack]:
    """Return what taking back loads would do, by source.

    Raises:
        NotFound: There is no such load.
        LedgerError: The ledger cannot be read.
    """
    headers = ledger.headers()
    named = {header.source: header for header in headers if header.no in loads}
    if not named:
        raise NotFound(f"there is no load {loads[0]}: iga sources names the last of each source")
    return [_of_source(ledger, headers, loads, named[source]) for source in sorted(named)]


def _of_source(ledger: Ledger, headers: Sequence[LoadHeader], loads: range, header: LoadHeader) -> TakenBack:
    restored: list[RowVersion] = []
    gone: list[str] = []
    changed_since = 0
    for history in ledger.rows_of(header.source):
        if not any(version.load in loads for version in history):
            continue
        if history[-1].load not in loads:
            changed_since += 1
        elif (before := _before(history, loads)) is not None:
            restored.append(before)
        else:
            gone.append(history[-1].row_key)
    earlier = [known for known in headers if known.source == header.source and known.no < loads[0]]
    return TakenBack(header, earlier[-1] if earlier else None, restored, gone, changed_since)


def _before(history: RowHistory, loads: range) -> RowVersion | None:
    """Return what a row said before some loads, None where it was not there, or was withdrawn."""
    earlier = [version for version in history if version.load < loads[0]]
    return earlier[-1] if earlier and earlier[-1].content != Content() else None


def take_back(ledger: Ledger, of_source: TakenBack, *, by: str, because: str) -> LoadHeader:
    """Take loads of one source back and return the load that does so; the card of the load before stands again.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with _open(ledger, of_source, by=by, because=because) as load:
        return load.commit({"read": len(of_source.restored), "withdrawn": len(of_source.gone)})


def foreseen(ledger: Ledger, store: Store, of_source: TakenBack, *, now: str) -> LoadPreview:
    """Return what the graph would gain and lose if loads of one source were taken back; nothing is written."""
    with _open(ledger, of_source):
        return preview(ledger, store, now=now)


@contextmanager
def _open(ledger: Ledger, of_source: TakenBack, *, by: str = "", because: str = "") -> Iterator[OpenLoad]:
    header = of_source.header
    # Where nothing of the source stands afterwards, its day does not either.
    nothing = replace(header.card, mistaken_days=(*header.card.mistaken_days, header.card.as_of))
    card = of_source.before.card if of_source.before else nothing
    with ledger.open_load(card, by=by, because=because, row_key=header.row_key, goes_back=True) as load:
        for rows in batches(of_source.restored, _BATCH):
            load.put([(version.row_key, version.locator, version.content) for version in rows])
        load.withdraw(of_source.gone)
        yield load
