"""Every source that was loaded: who publishes it, how old it is, what it lacks, how many rows stand."""

from pydantic import Field

from graph.domain.marking import Marking
from graph.fold.live import Lens
from graph.fold.shapes import View
from graph.ledger.evidence import SourceState
from graph.ledger.evidence import sources as states
from queries.core.answer import Shape
from queries.core.columns import column
from queries.core.session import Session


class SourceCard(Shape):
    """One source with its newest card and its counts."""

    source: str = Field(description="Name of the source.")
    title: str = Field(description="Title.")
    publisher: str | None = column("Who publishes it.")
    url: str | None = column("Its page.")
    licence: str | None = column("Licence or terms.")
    as_of: str | None = column("Day it states its content for, possibly partial.")
    rank: int = Field(description="Order of trust; lower is stronger.")
    marking: str = Field(description="public, internal or sensitive.")
    complete: bool = Field(description="Whether a row that is missing from it is thereby withdrawn.")
    fictional: bool = Field(description="Whether it is made up for demonstration.")
    gaps: tuple[str, ...] = Field(description="Known gaps, each a sentence.")
    live_row_count: int = Field(description="Rows that stand.")
    load_count: int = Field(description="Loads so far.")
    last_load: int = Field(description="Number of the last load.")
    last_loaded_at: str = Field(description="Instant of the last load, UTC.")


def sources(session: Session) -> tuple[SourceCard, ...]:
    """Return every source that the reader may see, by name.

    Raises:
        LedgerError: The ledger did not answer.
    """
    view = session.status.view
    return tuple(_card(state) for state in states(session.ledger) if _marking(state, view) <= view.ceiling)


def _marking(state: SourceState, view: View) -> int:
    """Return the marking that the source itself has: while its newest load is under embargo, internal at least."""
    card = state.last.card
    return max(card.marking, Marking.INTERNAL) if Lens((), view).embargoes(card.public_from) else card.marking


def _card(state: SourceState) -> SourceCard:
    card = state.last.card
    return SourceCard(
        source=card.source,
        title=card.title,
        publisher=card.publisher or None,
        url=card.url or None,
        licence=card.licence or None,
        as_of=card.as_of or None,
        rank=card.rank,
        marking=Marking(card.marking).word,
        complete=card.complete,
        fictional=card.fictional,
        gaps=card.gaps,
        live_row_count=state.live_rows,
        load_count=state.loads,
        last_load=state.last.no,
        last_loaded_at=state.last.at,
    )
