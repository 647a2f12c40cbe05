"""What the errors of ArcadeDB mean: each becomes an error of ours, with what to do."""

from typing import Any

from iga.graph.errors import (
    ConstraintViolated,
    QueryFailed,
    ReadOnly,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    TimedOut,
)
from iga.graph.query import Record


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

_MORE_MEMORY = "The engine gets too little memory: end other programs, or raise the limit (ulimit -v)"
_REMEDIES = {
    "No space left": "Free some space, then run the command again",
    "Too many open files": "This account may open too few at once: raise the limit (ulimit -n 4096)",
    "Permission denied": "Ask for access to it",
    "Read-only file system": "Ask for access to it",
    "Input/output error": "Check the disk or network share",
    "graal_create_isolate": _MORE_MEMORY,
    "failed to map segment": _MORE_MEMORY,
    "Cannot allocate memory": "End other programs, or allow this one more memory",
}
"""What to do, by the system's words in the engine's."""


def translated(error: Exception, name: str) -> StoreError:
    """Return our error for one of the engine's."""
    reply: Record = getattr(error, "native", None) or _told_by_java(error.__cause__)
    chain = [(cls.rsplit(".", 1)[-1], text) for cls, text in reply.get("chain", [])]
    text = chain[-1][1] if chain else str(error)
    if chain and chain[-1][0] == "AccessDeniedException":  # its text is the file alone
        text = f"{text}: Permission denied"
    if reply.get("retry") == "need_retry":
        return StoreBusy(f"another writer got in the way in {name}: {text}")
    if text.startswith("DeleteConnectedNode"):
        return ConstraintViolated(f"{name}: {text}")
    if "needs recovery" in text:
        return NeedsRecovery(f"{name} was not closed by its last writer: {text}")
    if "active instance" in text:
        return StoreUnavailable(f"{name} is open in this process already; use the store that is open")
    remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in text), "")
    if remedy:
        return StoreUnavailable(f"{name} cannot be used: {text}. {remedy}")
    if isinstance(error, OSError):
        return StoreUnavailable(f"{name} cannot be used, as its engine cannot be loaded: {text}. Install it again")
    names = {cls for cls, _ in chain} or {_CLOSED if "is closed" in text else ""}
    kind = next((kind for kind, members in _KINDS.items() if names & members), QueryFailed)
    return kind(_sentence(kind, name, text))


def _told_by_java(cause: Any) -> Record:
    """Return what the native build tells of an error, from the exceptions of the released package."""
    chain = []
    while hasattr(cause, "getCause"):
        chain.append((str(cause.getClass().getName()), str(cause.getMessage())))
        cause = cause.getCause()
    is_raced = any(cls.endswith(".ConcurrentModificationException") for cls, _ in chain)
    return {"chain": chain, "retry": "need_retry" if is_raced else ""}


def _sentence(kind: type[StoreError], name: str, text: str) -> str:
    if kind is TimedOut:
        return f"a statement ran longer than {name} allows and was stopped; ask for less: {text}"
    if kind is StoreUnavailable:
        return f"{name} cannot be used: {text}. `iga rebuild` makes it anew from the ledger"
    return f"{name} refused a statement: {text}"
