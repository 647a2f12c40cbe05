"""Waiting for a database server: for long while it lives, and no longer than some seconds when it stands still."""

from collections.abc import Callable, Generator
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event

from iga.graph.undoing import undone_by

CONNECT_S = 5
"""Longest for a server to take a connection, in whole seconds as its driver wants."""

SILENCE_S = 3.0
"""After how long without a word it is looked whether the server still takes connections."""

STATEMENT_S = 300
"""Longest that a statement may run."""

OPTIONS: dict[str, int] = {
    "connect_timeout": CONNECT_S,
    # A cable that was cut is noticed after some 20 seconds, in which nothing was sent or nothing was confirmed.
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""What each connection is opened with, unless the ledger's address says otherwise."""


def limit_silence(engine: Engine) -> None:
    """Let no statement on PostgreSQL wait for a server that stands still; the driver would wait for ever."""

    @event.listens_for(engine, "connect", insert=True)  # before the first questions that are asked of a server
    def _(connection: Any, _record: Any) -> None:
        wait = connection.wait

        def look() -> None:
            arguments, options = engine.dialect.create_connect_args(engine.url)
            with undone_by(connection.close):  # what was asked over it is answered too late, or never
                engine.dialect.connect(*arguments, **{**OPTIONS, **options}).close()

        connection.wait = lambda talk, *more, **options: wait(watched(talk, look, SILENCE_S), *more, **options)
        connection.execute(f"SET statement_timeout = '{STATEMENT_S}s'")
        connection.commit()


def watched(talk: Generator[Any, Any, Any], look: Callable[[], None], silence_s: float) -> Generator[Any, Any, Any]:
    """Go on as a talk with a server does, and look after each silence of so many seconds whether the server is there.

    Args:
        talk: Gives what it waits for, and is sent what came of that: nothing, from time to time, when nothing did.
        look: Raises the driver's error when the server is not there.
        silence_s: How long a silence is.
    """
    heard_at = monotonic()
    try:
        waits_for = next(talk)
        while True:
            came = yield waits_for
            is_silent = not came and monotonic() - heard_at > silence_s
            if is_silent:
                look()
            if came or is_silent:
                heard_at = monotonic()
            waits_for = talk.send(came)
    except StopIteration as end:
        return end.value
