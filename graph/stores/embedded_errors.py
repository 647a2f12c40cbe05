"""What the errors of ArcadeDB mean: each becomes an error of ours, with what to do."""

from graph.errors import ConstraintViolated, QueryFailed, ReadOnly, StoreBusy, StoreError, StoreUnavailable, TimedOut
from graph.query import Record


class NeedsRecovery(StoreUnavailable):
    """The last writer was killed; until it was opened for writing once, it cannot be opened for reading."""


_CLOSED = "DatabaseIsClosedException"
_KINDS: dict[type[StoreError], set[str]] = {
    ConstraintViolated: {"DuplicatedKeyException"},
    TimedOut: {"TimeoutException"},
    ReadOnly: {"QueryNotIdempotentException", "DatabaseIsReadOnlyException"},
    StoreUnavailable: {
        "LockException",
        "WALException",
        "IOException",
        "DatabaseOperationException",
        "DatabaseMetadataException",
        _CLOSED,
    },
}


def translated(error: Exception, name: str) -> StoreError:
    """Return our error for one of the engine's.

    Args:
        error: As the engine raised it.
        name: Name of the store.
    """
    reply: Record = getattr(error, "native", {})
    chain = [(cls.rsplit(".", 1)[-1], text) for cls, text in reply.get("chain", [])]
    text = chain[-1][1] if chain else str(error)
    if reply.get("retry") == "need_retry":
        return StoreBusy(f"another writer got in the way in {name}: {text}")
    if text.startswith("DeleteConnectedNode"):
        return ConstraintViolated(f"{name}: {text}")
    if "needs recovery" in text:
        return NeedsRecovery(f"{name} was not closed by its last writer: {text}")
    if "active instance" in text:
        return StoreUnavailable(f"{name} is open in this process already; use the store that is open")
    names = {cls for cls, _ in chain} or {_CLOSED if "is closed" in text else ""}
    kind = next((kind for kind, members in _KINDS.items() if names & members), QueryFailed)
    return kind(_sentence(kind, name, text))


def _sentence(kind: type[StoreError], name: str, text: str) -> str:
    if kind is TimedOut:
        return f"a statement ran longer than {name} allows and was stopped; ask for less: {text}"
    if kind is StoreUnavailable:
        return f"{name} cannot be used: {text}. Look for a full disk; else remove the folder and run `iga rebuild`"
    return f"{name} refused a statement: {text}"
