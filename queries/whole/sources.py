"""Every source that was loaded: who publishes it, how old it is, what it lacks; reads of all that the graph holds."""

from typing import Any

from iga.graph.domain.marking import Marking
from iga.graph.ledger.evidence import SourceState
from iga.graph.ledger.evidence import sources as states
from iga.graph.query import Query, Row
from iga.graph.statements import Card
from iga.queries.core.answer import Shape
from iga.queries.core.columns import column, needed
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import OfIds
from iga.queries.core.session import Session


class NamedEntity(Row):
    """An entity by its name alone."""

    id: str
    cls: str
    name: str


class Leaving(Row):
    """A relationship with all its properties, seen from where it starts."""

    source: str
    type: str
    target: str
    key: str
    values: dict[str, Any]


class AroundEntity(Row):
    """A relationship in either direction, with its days as the fold gave them."""

    id: str
    other: str
    type: str
    key: str
    start_min: str | None
    start_max: str | None
    end_min: str | None
    end_max: str | None


EVERYTHING_NAMED = Query("iga.queries.whole", "everything_named", Everything, NamedEntity)
EDGES_LEAVING = Query("iga.queries.whole", "edges_leaving", OfIds, Leaving)
DAYS_OF_EDGES = Query("iga.queries.whole", "days_of_edges", OfIds, AroundEntity)


class SourceCard(Shape):
    """One source with its newest card and its counts."""

    source: str = needed("Name of the source.")
    title: str = needed("Title.")
    publisher: str | None = column("Who publishes it.")
    url: str | None = column("Its page.")
    licence: str | None = column("Licence or terms.")
    as_of: str | None = column("Day it states its content for, possibly partial.")
    rank: int = needed("Order of trust; lower is stronger.")
    marking: str = needed("public, internal or sensitive.")
    complete: bool = needed("Whether a row that is missing from it is thereby withdrawn.")
    fictional: bool = needed("Whether it is made up for demonstration.")
    gaps: tuple[str, ...] = needed("Known gaps, each a sentence.")
    live_row_count: int = needed("Rows that stand.")
    load_count: int = needed("Loads so far.")
    last_load: int = needed("Number of the last load.")
    last_loaded_at: str = needed("Instant of the last load, UTC.")


def sources(session: Session) -> tuple[SourceCard, ...]:
    """Return every source that the reader may see, by name.

    Raises:
        LedgerError: The ledger did not answer.
    """
    return session.once(_cards)


def _cards(session: Session) -> tuple[SourceCard, ...]:
    return tuple(_card(state, session.shown_card(state.last.card)) for state in states(session.ledger))


def _card(state: SourceState, card: Card) -> SourceCard:
    kept = {name: getattr(card, name) for name in ("source", "title", "rank", "complete", "fictional", "gaps")}
    blank = {name: getattr(card, name) or None for name in ("publisher", "url", "licence", "as_of")}
    return SourceCard(
        **kept,
        **blank,
        marking=Marking(card.marking).word,
        live_row_count=state.live_rows,
        load_count=state.loads,
        last_load=state.last.no,
        last_loaded_at=state.last.at,
    )
