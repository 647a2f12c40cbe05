"""The tables of the ledger, in words that SQLite and PostgreSQL both understand."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = 3
"""Raised when these tables change; a ledger with a higher number is refused."""

tables = MetaData()

meta = Table("ledger_meta", tables, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
"""``id`` of the ledger and ``schema``, the number of these tables."""

load = Table(
    "load",
    tables,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
    Column("previous", LargeBinary),
    Column("rows", LargeBinary),
    Column("chain", LargeBinary),
)
"""One committed run over one source; ``header`` is a `LoadHeader`, ``counts`` a map of numbers; both JSON.

``rows`` is the digest of what it wrote, ``chain`` that of itself and of the ``previous`` load's: see
`iga.graph.ledger.checks`. All three are empty while it is open.
"""

row = Table(
    "source_row",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("live_digest", LargeBinary),
    UniqueConstraint("source", "row_key"),
)
"""One row of a source, with the digest of its newest version; without one the row is withdrawn."""

version = Table(
    "row_version",
    tables,
    Column("row_id", Integer, ForeignKey("source_row.id"), primary_key=True),
    Column("load_no", Integer, ForeignKey("load.no"), primary_key=True),
    Column("locator", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("seal", LargeBinary),
    Column("content", LargeBinary),
    Column("mark", LargeBinary),
    Index("row_version_by_load", "load_no", "row_id"),
    sqlite_with_rowid=False,
)
"""What one load said under one row. Destroyed content leaves its ``seal``, the digest of salt and content.

``mark`` is the digest of all of it, and of the row it stands under, by which damage is told when it is read.
"""

watch = Table(
    "watch",
    tables,
    Column("by_whom", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("said", LargeBinary, nullable=False),
)
"""A question that an officer watches: ``said`` is a `Watch` in JSON. It is no part of what is loaded, and not dumped.

Ledgers made before this table get it when the first watch is kept.
"""

mention = Table(
    "mention",
    tables,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("row_id", Integer, ForeignKey("source_row.id"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which rows ever named what, see `iga.graph.ledger.mentions`; only redaction takes anything out."""
