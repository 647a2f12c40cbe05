"""Questions that officers watch, each with the rows its officer has seen: kept beside the loads, in their database."""

from typing import Any

import msgspec
from sqlalchemy import Connection, delete, inspect, select

from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.tables import watch as table
from iga.graph.suggestions import named


class SeenRow(msgspec.Struct, frozen=True):
    """A row that was seen: what tells it from the others, and what it said, evidence aside."""

    key: str
    said: dict[str, object]


class Watch(msgspec.Struct, frozen=True, omit_defaults=True):
    """A saved question.

    Attributes:
        parameters: As understood when it was saved: ids and codes; no day, unless one was asked for.
        seen_at: Instant at which its rows were last taken as seen.
        ceiling: Strictest marking that its officer could see then: who may see less must not see the rows.
        data_version: Version of the graph that was seen.
    """

    by: str
    name: str
    question: str
    parameters: dict[str, str | list[str]]
    made_at: str
    seen_at: str
    ceiling: int = int(Marking.SENSITIVE)
    data_version: str = ""
    seen: tuple[SeenRow, ...] = ()


LIST = "list"
"""The question of a saved list: which parties fulfil conditions. Whoever sees so much may name it, as `@NAME`."""

_ENCODER = msgspec.json.Encoder(order="sorted")


def watches(ledger: Ledger, *, by: str | None = None) -> list[Watch]:
    """Return what is watched, by officer and name; what was seen under a higher ceiling is left out.

    Args:
        ledger: Where it is kept.
        by: Only this officer's; None is everybody's.

    Raises:
        LedgerError: The database failed.
    """
    with ledger.reading() as connection:
        if not _is_there(connection):
            return []
        query = select(table.c.said).order_by(table.c.by_whom, table.c.name)
        stored = connection.execute(query if by is None else query.where(table.c.by_whom == by)).scalars()
        kept = [msgspec.json.decode(said, type=Watch) for said in stored]
        return [watch for watch in kept if watch.ceiling <= ledger.ceiling]


def watch_named(ledger: Ledger, name: str, *, by: str) -> Watch:
    """Return an officer's watch.

    Raises:
        NotFound: The officer watches nothing under this name.
    """
    return named(name, {watch.name: watch for watch in watches(ledger, by=by)}, "saved question", "there are")


def saved_lists(ledger: Ledger) -> list[Watch]:
    """Return the saved lists of all officers, those left out that were saved under a higher ceiling."""
    return [watch for watch in watches(ledger) if watch.question == LIST]


def set_named(ledger: Ledger, name: str) -> Watch:
    """Return a saved list, whoever saved it.

    Raises:
        NotFound: None is called so.
    """
    return named(name, {saved.name: saved for saved in saved_lists(ledger)}, "saved list", "there are")


def add_watch(ledger: Ledger, watch: Watch) -> None:
    """Keep a new watch.

    Raises:
        UsageError: The officer has one of this name.
        LedgerLocked: Another writer kept the lock.
    """
    if any(other.name == watch.name for other in watches(ledger, by=watch.by)):
        raise UsageError(f"{watch.by} watches something called {watch.name!r} already: name another, or remove that")
    with ledger.transaction("iga watch add") as connection:
        table.create(connection, checkfirst=True)
        connection.execute(table.insert().values(_record(watch)))
        connection.commit()


def keep_seen(ledger: Ledger, watch: Watch) -> None:
    """Keep what a watch has seen in place of what it had seen before.

    Raises:
        NotFound: It was removed meanwhile.
        LedgerLocked: Another writer kept the lock.
    """
    with ledger.transaction("iga watch") as connection:
        changed = connection.execute(_only(table.update(), watch.name, watch.by).values(said=_ENCODER.encode(watch)))
        if not changed.rowcount:
            raise NotFound(f"{watch.by} watches nothing called {watch.name!r} any more")
        connection.commit()


def keep_look(ledger: Ledger, watch: Watch) -> None:
    """Keep a watch in place of the officer's watch of its name, or as a new one.

    Raises:
        LedgerLocked: Another writer kept the lock.
    """
    with ledger.transaction("iga today") as connection:
        table.create(connection, checkfirst=True)
        connection.execute(_only(delete(table), watch.name, watch.by))
        connection.execute(table.insert().values(_record(watch)))
        connection.commit()


def remove_watch(ledger: Ledger, name: str, *, by: str) -> Watch:
    """Forget a watch, and return it.

    Raises:
        NotFound: The officer watches nothing under this name.
        LedgerLocked: Another writer kept the lock.
    """
    gone = watch_named(ledger, name, by=by)
    with ledger.transaction("iga watch remove") as connection:
        connection.execute(_only(delete(table), name, by))
        connection.commit()
    return gone


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(table.name)


def _only(statement: Any, name: str, by: str) -> Any:
    return statement.where(table.c.by_whom == by, table.c.name == name)


def _record(watch: Watch) -> dict[str, object]:
    return {"by_whom": watch.by, "name": watch.name, "said": _ENCODER.encode(watch)}
