"""Which ledger it is: its id, the number of its tables, and the secret that versions of its graphs are keyed with."""

import secrets
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Engine, inspect, select

from iga.graph.errors import LedgerDamaged, LedgerError, LedgerRefused, SystemRefused
from iga.graph.ledger.connection import file_of, read_while_written
from iga.graph.ledger.failures import REMEDY
from iga.graph.ledger.tables import SCHEMA, meta, tables

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger
from sqlalchemy import Connection, update

from iga.graph.ledger.checks import add_digests
from iga.graph.ledger.mentions import Kind, key, keys_of
from iga.graph.ledger.rows import put_mentions
from iga.graph.ledger.tables import version
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


class Identity(NamedTuple):
    """What a ledger says of itself.

    Attributes:
        id: Given when it was made; a ledger that is restored takes over that of its dump.
        secret: Random, made once in each ledger, and in no dump. Blank where an older program made the ledger and
            nobody who may write has opened it since.
        is_older: Whether its tables are those of an older program.
    """

    id: str
    secret: str
    is_older: bool


def identity_of(ledger: "Ledger", engine: Engine, *, read_only: bool) -> Identity:
    """Return what a ledger says of itself; one that may be written is made where there is none, or brought up to date.

    Raises:
        LedgerRefused: It is no ledger, newer than this program, or missing where it is only read.
        LedgerDamaged: It does not say which it is.
        LedgerLocked, LedgerError: It cannot be made or brought up to date.
    """
    held = _held(ledger, engine)
    if not held and read_only:
        raise LedgerRefused(f"{ledger.name} holds no ledger: load something first, or name another")
    if not held:
        with ledger.writing("making of the ledger"):
            held = _held(ledger, engine) or _made(ledger, engine)
    schema = held.get("schema", "")
    if not (schema.isdecimal() and held.get("id")):
        raise LedgerDamaged(f"the ledger {ledger.name} is damaged: it does not say which it is; {REMEDY}")
    if int(schema) > SCHEMA:
        raise LedgerRefused(
            f"the ledger {ledger.name} was written by a newer version of this program"
            f" (tables {schema}; this one knows {SCHEMA}): install the newer version"
        )
    is_older = int(schema) < SCHEMA
    if is_older and not read_only:
        _upgrade(ledger)
    if "secret" not in held and not read_only:
        with suppress(LedgerError, SystemRefused):  # on a server this may be the owner's alone to write
            held = {**held, "secret": _with_secret(ledger)}
    return Identity(held["id"], held.get("secret", ""), is_older)


def _held(ledger: "Ledger", engine: Engine) -> dict[str, str]:
    """Return what the database says of the ledger; empty when it is empty."""
    with ledger.reading() as connection:
        names = set(inspect(connection).get_table_names())
        if meta.name in names:
            return dict(connection.execute(select(meta)).all())
        if names and file_of(engine.url):
            raise LedgerRefused(f"{ledger.name} is a database, but not a ledger: name another with --ledger")
        return {}


def _made(ledger: "Ledger", engine: Engine) -> dict[str, str]:
    if file_of(engine.url):
        read_while_written(engine)
    fresh = {"id": str(uuid.uuid4()), "schema": str(SCHEMA), "secret": secrets.token_hex(32)}
    with ledger.transaction("making of the ledger") as connection:
        tables.create_all(connection)
        connection.execute(meta.insert(), [{"key": key, "value": value} for key, value in fresh.items()])
        connection.commit()
    return fresh


def _upgrade(ledger: "Ledger") -> None:
    """Give a ledger of an earlier version what it lacks; the older program refuses it from then on."""
    with ledger.transaction("bringing the ledger to this version") as connection:
        if bring_up(connection):
            connection.commit()


def _with_secret(ledger: "Ledger") -> str:
    """Give a ledger of an older program its secret, and return it; that program does not look at it."""
    with ledger.transaction("bringing the ledger to this version") as connection:
        if (there := connection.execute(select(meta.c.value).where(meta.c.key == "secret")).scalar()) is not None:
            return str(there)
        fresh = secrets.token_hex(32)
        connection.execute(meta.insert().values(key="secret", value=fresh))
        connection.commit()
        return fresh
