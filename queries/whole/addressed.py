"""What the address of a thing leads to: itself, the thing that it was merged into, or a word that it was withdrawn."""

from iga.graph.errors import Merged, NotFound, Withdrawn
from iga.graph.fold.live import seen_statements
from iga.graph.statements import NodeStatement
from iga.queries.core.names.likely import likely_entity_of
from iga.queries.core.names.resolve import is_id
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session


def thing_at(session: Session, written: str) -> Entity:
    """Return the thing with an id, or of a name.

    Raises:
        Merged: Another id stands for this one now.
        Withdrawn: Nothing has this id any more.
        NotFound, Ambiguous, UsageError: Nothing ever had it, or several things have this name.
    """
    text = written.strip()
    try:
        it, _ = likely_entity_of(session, text)
    except NotFound as unknown:
        if is_id(text) and _was_stated(session, text):
            raise Withdrawn(f"{text} was withdrawn: no source states it any more") from unknown
        raise
    if is_id(text) and it.id != text:
        raise Merged(f"{text} is {it.name} ({it.id}) now", canonical=it.id)
    return it


def _was_stated(session: Session, id_: str) -> bool:
    """Say whether a source stated a thing of this id, as far as the view shows and reaches."""
    lens = session.lens
    return any(
        isinstance(statement, NodeStatement) and statement.id == id_
        for row in session.ledger.rows_naming({id_})
        for version in row
        if version.load <= lens.upto
        for _, statement, _ in seen_statements(row, version, lens)
    )
