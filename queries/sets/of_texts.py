"""Columns on resolutions: who sponsored a text, and who voted how."""

from iga.queries.core.days import passed
from iga.queries.core.reading import Entity, OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import SPONSORS_OF, VOTES_ON
from iga.queries.multilateral.resolutions import WITHOUT_VOTE, sponsor_absence
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, off_list
from iga.queries.sets.column import Asked, SetColumn

_VOTES = ("yes", "no", "abstain", "not voting")


def _text(session: Session, asked: Asked) -> tuple[Entity, Cell | None]:
    """Return a text, and what is known of everybody where it had not been adopted by the day."""
    assert asked.thing is not None
    [text] = session.read(ENTITIES_BY_ID, OfIds(ids=(asked.thing.id,)))
    is_later = passed(text.values.get("adopted_on"), on=asked.day) == "no"
    return text, Cell("no", shown="not yet adopted", rests_on=refs(text.values)) if is_later else None


def sponsored(session: Session, asked: Asked) -> ColumnCells:
    """Return who sponsored a text."""
    text, later = _text(session, asked)
    if later:
        return ColumnCells({}, later)
    sponsors = session.read(SPONSORS_OF, OfIds(ids=(text.id,)))
    off = sponsor_absence(session, text, sponsors, day=asked.day)
    cells = {
        edge.id: Cell("yes", shown=edge.properties.get("role") or "sponsor", rests_on=refs(edge.properties))
        for edge in sponsors
    }
    return ColumnCells(cells, off_list(off, "sponsors of", text.name, rests_on=refs(text.values)))


def voted(session: Session, asked: Asked) -> ColumnCells:
    """Return who voted how on a text; nobody did where it was adopted without a vote."""
    text, later = _text(session, asked)
    if later or text.values.get("adopted_by") in WITHOUT_VOTE:
        return ColumnCells({}, later or Cell("no", shown="adopted without a vote", rests_on=refs(text.values)))
    votes = session.read(VOTES_ON, OfIds(ids=(text.id,)))
    cells = {
        edge.id: Cell("yes", (edge.properties["vote"],), rests_on=refs(edge.properties))
        for edge in votes
        if edge.properties.get("vote")
    }
    return ColumnCells(
        cells, Cell("unknown", rests_on=refs(text.values), reason=CellReason("no-vote", {"whose": text.name}))
    )


COLUMNS = (
    SetColumn("sponsored", "Sponsored this text", sponsored, things=("Resolution",),
           example="sponsored:A/HRC/RES/35/5"),
    SetColumn("voted", "Vote on this text", voted, kind="choice", things=("Resolution",), choices=_VOTES,
           example="voted.A/71/L.30:abstain"),
)  # fmt: skip  # a line or two for each
"""What is asked of resolutions."""
