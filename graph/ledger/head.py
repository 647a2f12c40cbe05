"""The head of a ledger's chain, kept beside its file: what tells that the last loads were lost with its log.

Beside it also stands how the file was left: one that something else wrote is read through before it is believed.

SQLite takes a log (``-wal``) that is missing or cut for one that never was: the ledger is then that of an earlier day,
and whole. A ledger on a server needs no such file.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select

from iga.graph.errors import LedgerDamaged, LedgerError, reason_of
from iga.graph.ledger.connection import file_of
from iga.graph.ledger.tables import load
from iga.graph.private import keep_on_disk, opener

_NOTHING = "0"


def is_as_left(name: str) -> bool:
    """True if a ledger's file is as this program left it; one that is in use, or on a server, is not looked at."""
    place = file_of(name)
    return place is None or _in_use(place) or not place.exists() or _stands(place) == _text(_beside(name, "left"))


def note_left(name: str) -> None:
    """Note size and time of a ledger's file that nobody has open any more."""
    place = file_of(name)
    if place and place.exists() and not _in_use(place) and _text(_beside(name, "left")) != _stands(place):
        with suppress(OSError), open(f"{place}.left", "w", encoding="ascii", opener=opener) as file:
            file.write(_stands(place))


def _in_use(place: Path) -> bool:
    log = Path(f"{place}-wal")
    return log.exists() and log.stat().st_size > 0


def _stands(place: Path) -> str:
    return f"{place.stat().st_size} {place.stat().st_mtime_ns}"


def keep_head(connection: Connection, name: str) -> None:
    """Write number and digest of the last load beside the ledger, if they are not there.

    Raises:
        LedgerError: The folder cannot be written to; what was committed stays so.
    """
    last = connection.execute(select(load.c.no, load.c.chain).order_by(load.c.no.desc()).limit(1)).first()
    kept = f"{last.no} {last.chain.hex()}" if last else _NOTHING
    if (path := _beside(name, "head")) is None or _read(path) == kept:
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
    no, _, chain = (_read(path) if (path := _beside(name, "head")) else _NOTHING).partition(" ")
    if no != _NOTHING:
        stored = connection.execute(select(load.c.chain).where(load.c.no == int(no))).scalar()
        if stored is None or stored.hex() != chain:
            raise LedgerDamaged(lost_loads(int(no), name, is_there=stored is not None))


def kept_number(name: str) -> int:
    """Return the number of the last load by what is kept beside a ledger; 0 where nothing is."""
    return int((_read(path) if (path := _beside(name, "head")) else _NOTHING).partition(" ")[0])


def missing_head(name: str) -> Path | None:
    """Return where the head of a ledger would be kept, if it is not there; None for a ledger on a server."""
    path = _beside(name, "head")
    return path if path and not path.exists() else None


def lost_loads(no: int, name: str, *, is_there: bool) -> str:
    """Return the sentence on a ledger that lost a load, or has another one under its number."""
    how = f"its load {no} is another than the one that was committed" if is_there else f"it had a load {no} once"
    back, dump = "Promote its server's standby, or restore a newer backup of the database", "an empty database"
    if file_of(name):
        back, dump = "Put back its file with the -wal file that lay beside it", "--mend"
    into = dump if dump.startswith("-") else f"into {dump}"
    return (
        f"loads are missing from the ledger: {how}. {back}. Else a dump (iga restore DUMP {into}) or iga rebuild"
        " --accept-loss goes on without what came later, also without erasures: who was erased would be back"
    )


def _beside(name: str, ending: str) -> Path | None:
    place = file_of(name)
    return place and Path(f"{place}.{ending}")


def _text(path: Path | None) -> str:
    try:
        return path.read_bytes().decode("ascii", errors="replace") if path else ""
    except OSError:
        return ""


def _read(path: Path) -> str:
    """Return what was kept; a file that is missing or damaged says nothing, and the graph tells then."""
    kept = _text(path)
    no, _, chain = kept.partition(" ")
    return kept if no.isdecimal() and len(chain) == 32 and set(chain) <= set("0123456789abcdef") else _NOTHING
