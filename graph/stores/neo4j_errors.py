"""What the errors of Neo4j and of the way to it mean: each becomes an error of ours, with what to do."""

from socket import create_connection, socket
from ssl import CERT_NONE, SSLCertVerificationError, create_default_context
from urllib.parse import SplitResult, urlsplit

from neo4j.exceptions import DriverError, Neo4jError

from iga.graph.errors import (
    ConstraintViolated,
    QueryFailed,
    ReadOnly,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    TimedOut,
)

PROBE_S = 1.0
"""Longest to look what is at an address that could not be used."""

_BOLT_PORT = 7687
# The greeting of Bolt, then the versions that are understood: 4.4, which every server since 2021 speaks, and no other.
_GREETING = bytes.fromhex("6060B017 00000404 00000000 00000000 00000000")

_KINDS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("ConstraintValidationFailed", ConstraintViolated, "{name} holds such a key already: {text}"),
    (
        "TransactionTimedOut",
        TimedOut,
        "a statement ran longer than {name} allows and was stopped; ask for less, or again if the server stood still",
    ),
    ("Statement.AccessMode", ReadOnly, "{name} is only to be read here: {text}"),
    ("DatabaseUnavailable", StoreUnavailable, "{name} is starting or stopping; try again in a minute: {text}"),
    ("Neo.TransientError", StoreBusy, "another writer got in the way in {name}; try again: {text}"),
    (".Security.", StoreUnavailable, "{name} refuses the user or the password; check both: {text}"),
    (".Database.DatabaseNotFound", StoreUnavailable, "{name} has no such database; name another one: {text}"),
)


def translated(error: Neo4jError, name: str) -> StoreError:
    """Return our error for one that the server sent.

    Args:
        error: As the driver raised it.
        name: Name of the store.
    """
    code, text = error.code or "", error.message or str(error)
    for part, kind, sentence in _KINDS:
        if part in code:
            return kind(sentence.format(name=name, text=text))
    return QueryFailed(f"{name} refused a statement: {text}")


def is_silence(error: BaseException | None) -> bool:
    """Say whether an error comes of waiting in vain."""
    return error is not None and (isinstance(error, TimeoutError) or is_silence(error.__cause__))


def unreachable(error: DriverError, name: str) -> StoreUnavailable:
    """Return our error for a connection that could not be made or used, by what answers there now.

    Args:
        error: As the driver raised it.
        name: Name of the store, which is the server's address.
    """
    parts = urlsplit(name)
    try:
        with create_connection((parts.hostname or "", parts.port or _BOLT_PORT), timeout=PROBE_S) as probe:
            if "+" in parts.scheme and not is_silence(error) and (refused := _why_no_tls(probe, parts)):
                return StoreUnavailable(f"TLS with {name} failed: {refused}")
            # What is encrypted is not looked into.
            reply = _reply(probe) if "+" not in parts.scheme else None if is_silence(error) else b"\0\0"
    except OSError:
        return StoreUnavailable(f"nothing answers at {name}; start Neo4j, or check the address")
    if reply is None:
        return StoreUnavailable(
            f"something takes connections at {name}, but says nothing; restart Neo4j if it hangs, or check the address"
        )
    if reply.startswith(b"\0\0"):
        reason = str(error).splitlines()[-1]
        return StoreUnavailable(f"the connection to {name} cannot be used; run the command again: {reason}")
    what = "a web server" if reply == b"HTTP" else "something"
    return StoreUnavailable(
        f"{what} answers at {name}, but it is no Neo4j; check host and port, which is {_BOLT_PORT} for most, and"
        " whether it wants +s"
    )


def _why_no_tls(probe: socket, parts: SplitResult) -> str:
    """Return why a server is not spoken to in TLS, and what to do; blank where it is."""
    context = create_default_context()
    if parts.scheme.endswith("+ssc"):
        context.check_hostname, context.verify_mode = False, CERT_NONE
    try:
        context.wrap_socket(probe, server_hostname=parts.hostname).close()
    except SSLCertVerificationError as error:
        own = parts.scheme.replace("+s", "+ssc")
        return (
            f"{error.verify_message}; have its certificate signed by an authority that this machine trusts"
            f" (SSL_CERT_FILE names others), or write {own}:// to take any on a network of your own"
        )
    except OSError:
        plain = parts.scheme.partition("+")[0]
        return f"its server speaks none; turn it on there, or write {plain}:// on a network of your own"
    return ""


def _reply(probe: socket) -> bytes | None:
    """Return how a greeting is answered; blank where the connection is closed, None where nothing comes."""
    try:
        probe.sendall(_GREETING)
        return probe.recv(4)
    except TimeoutError:
        return None
    except OSError:
        return b""
