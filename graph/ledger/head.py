"""The head of a ledger's chain, kept beside its file: what tells that the last loads were lost with its log.

SQLite takes a log (``-wal``) that is missing or cut for one that never was: the ledger is then that of an earlier day,
and whole. A ledger on a server needs no such file.
"""

from pathlib import Path

from sqlalchemy import Connection, select

from graph.errors import LedgerDamaged, LedgerError
from graph.ledger.connection import file_of
from graph.ledger.tables import load
from graph.private import keep_on_disk, opener
from graph.refusals import reason_of

_NOTHING = "0"


def keep_head(connection: Connection, name: str) -> None:
    """Write number and digest of the last load beside the ledger, if they are not there.

    Raises:
        LedgerError: The folder cannot be written to; what was committed stays so.
    """
    last = connection.execute(select(load.c.no, load.c.chain).order_by(load.c.no.desc()).limit(1)).first()
    kept = f"{last.no} {last.chain.hex()}" if last else _NOTHING
    if (path := _beside(name)) is None or _read(path) == kept:
        return
    fresh = path.with_name(f"{path.name}.new")
    try:
        with open(fresh, "w", encoding="ascii", opener=opener) as file:
            file.write(kept)
        keep_on_disk(fresh)
        fresh.replace(path)
    except OSError as error:
        raise LedgerError(f"the load is committed, but {path} cannot be written ({reason_of(error)})") from error


def refuse_lost_loads(connection: Connection, name: str) -> None:
    """Refuse a ledger that lacks the load which it is known to have had last: it must not go on as if it never was.

    Raises:
        LedgerDamaged: It does.
    """
    no, _, chain = (_read(path) if (path := _beside(name)) else _NOTHING).partition(" ")
    if no != _NOTHING:
        stored = connection.execute(select(load.c.chain).where(load.c.no == int(no))).scalar()
        if stored is None or stored.hex() != chain:
            raise LedgerDamaged(lost_loads(int(no), is_there=stored is not None))


def lost_loads(no: int, *, is_there: bool) -> str:
    """Return the sentence on a ledger that lost a load, or has another one under its number."""
    how = f"its load {no} is another than the one that was committed" if is_there else f"it had a load {no} once"
    return (
        f"loads are missing from the ledger: {how}. Put back its file with the -wal file that lay beside it, or a dump"
        " (iga restore DUMP --mend); iga rebuild --accept-loss goes on without them"
    )


def _beside(name: str) -> Path | None:
    place = file_of(name)
    return place and Path(f"{place}.head")


def _read(path: Path) -> str:
    """Return what was kept; a file that is missing or damaged says nothing, and the graph tells then."""
    try:
        kept = path.read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return _NOTHING
    no, _, chain = kept.partition(" ")
    return kept if no.isdecimal() and len(chain) == 32 and set(chain) <= set("0123456789abcdef") else _NOTHING
