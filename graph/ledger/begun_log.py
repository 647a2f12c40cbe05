"""That an audit log was begun stands in the ledger, too: both files of the log may be taken away together."""

from sqlalchemy import Connection, select

from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.tables import meta


def head_begun(connection: Connection, name: str) -> str:
    """Return the head that was noted of a log when it was first seen to hold an act; blank where none was."""
    return str(connection.execute(select(meta.c.value).where(meta.c.key == _key(name))).scalar() or "")


def note_begun(ledger: Ledger, name: str, head: str) -> None:
    """Note the head of a log that holds acts, unless one is noted; whoever writes meanwhile is not waited for.

    Raises:
        LedgerLocked: Somebody else writes.
        LedgerError: The ledger cannot be written.
    """
    who = "noting that there is an audit log"
    with ledger.writing(who, wait_s=0), ledger.transaction(who) as connection:
        if not head_begun(connection, name):
            connection.execute(meta.insert().values(key=_key(name), value=head))
            connection.commit()


def _key(name: str) -> str:
    return f"audit log {name}".strip()
