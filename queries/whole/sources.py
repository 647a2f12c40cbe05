"""Every source that was loaded: who publishes it, how old it is, what it lacks; and what the graph holds of them."""

from dataclasses import dataclass
from typing import Any

from iga.graph.domain.marking import Marking
from iga.graph.ledger.evidence import SourceState
from iga.graph.ledger.evidence import sources as states
from iga.graph.query import Query, Row
from iga.queries.core.answer import Shape
from iga.queries.core.columns import column, needed
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import OfIds
from iga.queries.core.session import Session


class Count(Row):
    """Number of nodes of one class, or of relationships of one type."""

    type: str
    count: int


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
    key: str
    start_min: str | None
    start_max: str | None
    end_min: str | None
    end_max: str | None


COUNTS_OF_NODES = Query("iga.queries.whole", "counts_of_nodes", Everything, Count)
COUNTS_OF_EDGES = Query("iga.queries.whole", "counts_of_edges", Everything, Count)
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
    return tuple(map(_card, states(session.ledger)))


def _card(state: SourceState) -> SourceCard:
    card = state.last.card
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


@dataclass(frozen=True)
class Coverage:
    """What a graph holds.

    Attributes:
        nodes: Number of things of each class that has any, by class.
        edges: Number of relationships of each type that has any, by type.
        sources: Every source with its rows, its age and its gaps, by name.
    """

    nodes: dict[str, int]
    edges: dict[str, int]
    sources: tuple[SourceCard, ...]


def coverage(session: Session) -> Coverage:
    """Return what the graph holds, as far as the reader may see it.

    Raises:
        StoreError: The store did not answer.
        LedgerError: The ledger did not answer.
    """
    nodes = {row.type: row.count for row in session.read(COUNTS_OF_NODES, Everything())}
    edges = {row.type: row.count for row in session.read(COUNTS_OF_EDGES, Everything())}
    return Coverage(nodes, edges, sources(session))
