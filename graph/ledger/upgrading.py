"""A ledger of an earlier form gets what it lacks."""

from sqlalchemy import Connection, select, update

from iga.graph.ledger.checks import add_digests
from iga.graph.ledger.mentions import Kind, key, keys_of
from iga.graph.ledger.rows import put_mentions
from iga.graph.ledger.tables import SCHEMA, meta, version
from iga.graph.statements import decoded


def bring_up(connection: Connection) -> bool:
    """Bring the tables of a ledger to those of today; False where somebody else did so before."""
    here = meta.c.key == "schema"
    schema = int(connection.execute(select(meta.c.value).where(here)).scalar_one())
    if schema == SCHEMA:
        return False
    if schema < 2:
        add_digests(connection)
    _add_protecting(connection)
    connection.execute(update(meta).where(here).values(value=str(SCHEMA)))
    return True


def _add_protecting(connection: Connection) -> None:
    """Enter among the look-up keys the rows that make somebody a protected person."""
    protecting = key(Kind.PROTECTING, "")
    stored = connection.execute(select(version.c.row_id, version.c.content).where(version.c.content.is_not(None)))
    rows = {row_id for row_id, content in stored if protecting in keys_of(decoded(content))}
    put_mentions(connection, ((protecting, row_id) for row_id in rows))
