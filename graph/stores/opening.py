"""A store's address becomes an open store; an engine is only loaded when it is asked for."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from iga.graph.errors import SettingsError
from iga.graph.settings import EMBEDDED, FORMS, SERVERS
from iga.graph.stores.door import Store


def open_store(
    address: str,
    *,
    password: Callable[[], str | None] = lambda: None,
    read_only: bool = False,
    replaces: bool = False,
    wait_s: float = 10.0,
) -> Store:
    """Open the store at an address; the caller closes it.

    Args:
        address: ``embedded:PATH``, ``neo4j://…`` or ``bolt://…``, where ``+s`` asks for TLS. A user other
            than ``neo4j`` stands before the host, a database other than the user's own after it.
        password: Gives the password when a server's address is opened; None where the server asks for none.
        read_only: Open an embedded store beside other readers.
        replaces: Look at nothing that an embedded store holds: a graph is made in its place.
        wait_s: Seconds to wait for whoever holds an embedded store.

    Raises:
        SettingsError: The address is none of these, or holds a password.
        StoreUnavailable: The store is held, down, or refuses the password.
        StoreRefused: There is something there that is not a store of ours.
    """
    path = address.removeprefix(EMBEDDED)
    if address.startswith(EMBEDDED) and path:
        from iga.graph.stores.embedded_store import EmbeddedStore

        return EmbeddedStore(Path(path), read_only=read_only, replaces=replaces, wait_s=wait_s)
    parts = urlsplit(address)
    if parts.scheme not in SERVERS or not parts.hostname:
        raise SettingsError(f"the store's address {address!r} cannot be read; {FORMS}")
    if parts.password is not None:
        raise SettingsError("the store's address holds a password, which others can read; give it separately")
    return _server(parts, password())


def _server(parts: SplitResult, password: str | None) -> Store:
    from iga.graph.stores.neo4j_store import Neo4jStore

    host = parts.netloc.rpartition("@")[2]
    return Neo4jStore(
        f"{parts.scheme}://{host}",
        auth=None if password is None else (parts.username or "neo4j", password),
        database=parts.path.strip("/") or None,
    )


def open_in_little_memory(*, to_answer: bool = False) -> None:
    """Let an embedded store that this process opens later have little memory: to load, or to answer for long."""
    from iga.graph.stores.embedded_engine import use_little_memory

    use_little_memory(to_answer=to_answer)


def remove_embedded(folder: Path, *, wait_s: float = 10.0) -> None:
    """Remove an embedded store, once nobody reads it; nothing happens where there is none.

    Raises:
        StoreUnavailable: Somebody held it for all of `wait_s` seconds.
    """
    from iga.graph.stores.folder import take_away
    from iga.graph.stores.graph_lock import Holding

    holding = Holding(folder, shared=False, wait_s=wait_s)
    try:
        take_away(folder)
    finally:
        holding.release()
