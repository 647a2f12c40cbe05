"""What follows a committed load may fail, and the load stands: what did not happen is told, with what does it later."""

from collections.abc import Callable
from typing import TypeVar

from iga.graph.errors import IgaError
from iga.graph.projection.filling import Progress
from iga.graph.projection.meta import Meta
from iga.graph.workspace import Workspace

T = TypeVar("T")

_GRAPH = (
    "All is kept in the ledger, but the graph is not up to it yet: {why}. iga status, or any question, brings it up."
)
_VIEW = "A view of the graph is not up to it yet: {why}. Whoever reads the view next brings it up."


def attempt(step: Callable[[], T], left: list[str], sentence: str) -> T | None:
    """Return what a step gives; where it fails, put its sentence, with the reason for ``{why}``, among what is left."""
    try:
        return step()
    # A boundary like the last one of `iga.cli.commands`: after the commit, no failure may pass for one of the load.
    except Exception as error:
        why = error.message if isinstance(error, IgaError) else f"{type(error).__name__}: {error}"
        left.append(sentence.format(why=why))
        return None


def bring_up(workspace: Workspace, left: list[str], progress: Progress | None = None) -> Meta | None:
    """Bring the graph up to what was committed and return what it holds; None, and why among what is left, if it fails.

    The caller is `changing`.
    """
    done = attempt(lambda: workspace.project(progress), left, _GRAPH)
    left += [_VIEW.format(why=why) for why in (done.behind if done else ())]
    return done.meta if done else None
