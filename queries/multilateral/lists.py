"""What a list of members is worth where it lacks somebody: its sources' gaps, and how sure its entries are."""

from collections.abc import Sequence

from queries.core.answer import Caveat
from queries.core.reading import EdgeRow, refs
from queries.core.session import Session


def gaps_of_list(session: Session, edges: Sequence[EdgeRow]) -> tuple[Caveat, ...]:
    """Return what the sources of a list say that they lack, each once, by source."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    cards = {row.source: row.card for row in book.values()}
    return tuple(
        Caveat(kind="partial", text=gap, source=source) for source in sorted(cards) for gap in cards[source].gaps
    )


def unsure_list(session: Session, edges: Sequence[EdgeRow]) -> str:
    """Return how many entries rest on sources of low confidence alone, as the end of a sentence; blank if none does."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    weak = [edge for edge in edges if {book[ref].confidence for ref in refs(edge.properties) if ref in book} == {"low"}]
    verb = "rests" if len(weak) == 1 else "rest"
    number = f"{len(weak)} of the {len(edges)} entries of the list {verb} on sources of low confidence alone"
    return f"; {number}" if weak else ""
