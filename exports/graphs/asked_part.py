"""The part of the graph that somebody asks for by names, classes, depth and day."""

from collections.abc import Sequence

from iga.exports.graphs.subgraph import Subgraph, around, everything
from iga.graph.domain.catalog import NODES
from iga.graph.errors import UsageError
from iga.graph.suggestions import did_you_mean
from iga.queries.core.days import the_day
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session


def part_asked_for(
    session: Session, names: Sequence[str], *, depth: int, limit: int, classes: Sequence[str] = (), as_of: str | None
) -> Subgraph:
    """Return what lies around the things of some names, or all where none is named.

    Args:
        session: The graph.
        names: Ids or names.
        depth: Steps from them.
        limit: Most things around them.
        classes: Only these classes or groups; none is all.
        as_of: Only relationships not known to be over or not begun on this day; None is every day.

    Raises:
        UsageError: There is no such class, nothing is there, or the day is none.
        NotFound, Ambiguous: As of a name.
    """
    day = the_day(as_of, today=session.today) if as_of else None
    known = sorted({label for node in NODES for label in node.all_labels()})
    for cls in classes:
        if cls not in known:
            raise UsageError(f"class: there is no class or group {cls!r}{did_you_mean(cls, known)}")
    if names:
        parties = {
            party.id: party
            for name in names
            for party in [subject_of(session, name, parameter="party", labels=("Entity",))]
        }
        part = around(session, list(parties.values()), depth=depth, limit=limit, classes=classes, day=day)
    else:
        part = everything(session, classes=classes, day=day)
    if not part.names:
        raise UsageError(f"{part.what}: nothing is held, so there is nothing to write")
    return part
