"""What is read is of one state of the graph, or says that a load was projected meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from iga.graph.errors import IgaError
from iga.queries.core.session import Session
from iga.queries.core.state import KeptValues

P = ParamSpec("P")
T = TypeVar("T")

HALF = "A load is being projected right now: this answer may be incomplete."


def steadily(read: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Have something read once more, by a session that is `projecting`, where a load was projected meanwhile."""

    @wraps(read)
    def reading(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            outcome = read(session, *args, **kwargs)
        except IgaError:  # of what was there for a moment only
            if not _has_moved(session):
                raise
        else:
            if not _has_moved(session):
                return outcome
        return read(_moving(session), *args, **kwargs)

    return reading


def _has_moved(session: Session) -> bool:
    return not session.status.projecting and session.status.has_moved(session.store)


def _moving(session: Session) -> Session:
    """Return a session that says that a load is projected, without what was made of two states."""
    return replace(session, status=replace(session.status, projecting=True), _names=[], _made=KeptValues())
