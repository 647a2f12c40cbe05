"""What officers entered, newest first, and the taking back of what somebody entered last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from iga.graph.errors import NotFound
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import OFFICERS, Content, LoadHeader, RowVersion
from iga.ingest.officer_entries import CARD, ROW_KEY, Signed
from iga.ingest.restricting import RESTRICTION

Standing = Literal["stands", "changed since", "taken back"]

# Where a version comes from that an undo put back: it is nobody's new entry.
_PUT_BACK = "put back"


@dataclass(frozen=True)
class LoggedEntry:
    """One entry as it was made.

    Attributes:
        before: What the same key said before; blank if nothing.
        header: The load that holds it: who entered it, when and why.
    """

    row_key: str
    content: Content
    before: Content
    header: LoadHeader
    standing: Standing


def entries_of(ledger: Ledger, *, by: str | None = None) -> list[LoggedEntry]:
    """Return the entries of one officer, or of all, newest first.

    Raises:
        LedgerError: The ledger cannot be read.
    """
    headers = {header.no: header for header in ledger.headers() if header.source == OFFICERS}
    every = (entry for history in ledger.rows_of(OFFICERS) for entry in _of_row(history, headers))
    own = [entry for entry in every if by is None or entry.header.by == by]
    return sorted(own, key=lambda entry: (-entry.header.no, entry.row_key))


def last_of(ledger: Ledger, by: str) -> list[LoggedEntry]:
    """Return what an officer entered last that still stands: everything of that load.

    A restriction is none of it: it is lifted by its own command.

    Raises:
        NotFound: Nothing of theirs stands.
    """
    every = (entry for entry in entries_of(ledger, by=by) if not entry.row_key.startswith(RESTRICTION))
    standing = [entry for entry in every if entry.standing == "stands"]
    if not standing:
        raise NotFound(f"nothing that {by} entered still stands, so there is nothing to take back; see iga log --all")
    return [entry for entry in standing if entry.header.no == standing[0].header.no]


def take_back(ledger: Ledger, entries: Sequence[LoggedEntry], *, signed: Signed) -> LoadHeader:
    """Take entries back and return the load that does so; what the same key said before stands again.

    Raises:
        NotFound: One of them was taken back or changed meanwhile.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    replaced = [entry for entry in entries if entry.before.statements]
    gone = [entry.row_key for entry in entries if not entry.before.statements]
    with ledger.open_load(CARD, by=signed.by, because=signed.because, row_key=ROW_KEY) as load:
        now = {entry.row_key: entry.standing for entry in entries_of(ledger) if entry in entries}
        if any(now.get(entry.row_key) != "stands" for entry in entries):
            raise NotFound("it was taken back or changed meanwhile: see iga log")
        place = f"{_PUT_BACK} by {signed.by} on {signed.on}"
        load.put([(entry.row_key, place, entry.before) for entry in replaced])
        load.withdraw(gone)
        return load.commit({"read": len(replaced), "withdrawn": len(gone)})


def _of_row(history: RowHistory, headers: dict[int, LoadHeader]) -> Iterator[LoggedEntry]:
    before: RowVersion | None
    for before, version, standing in zip((None, *history), history, _standings(history), strict=False):
        if not version.content.statements or version.locator.startswith(_PUT_BACK):
            continue
        said_before = before.content if before else Content()
        if header := headers.get(version.load):  # not what is hidden from whoever looks
            yield LoggedEntry(version.row_key, version.content, said_before, header, standing)


def _standings(history: RowHistory) -> list[Standing]:
    """Return what became of each version: an undo takes the last one back, and what that had replaced stands again."""
    live: list[int] = []  # what stands, above what it replaced
    gone: set[int] = set()
    for place, version in enumerate(history):
        if version.locator.startswith(_PUT_BACK):
            gone.update(live[-1:])
            live = live[:-1]
        elif version.content.statements:
            live.append(place)
        else:
            gone.update(live)
            live = []
    return [
        "taken back" if place in gone else "stands" if [place] == live[-1:] else "changed since"
        for place in range(len(history))
    ]
