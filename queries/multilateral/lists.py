"""What a list of members is worth where it lacks somebody: its sources' gaps, and how sure its entries are."""

from collections.abc import Sequence

from queries.answer import Caveat
from queries.asking import Asking
from queries.reading import Tie, refs


def gaps_of_list(asking: Asking, ties: Sequence[Tie]) -> tuple[Caveat, ...]:
    """Return what the sources of a list say that they lack, each once, by source."""
    book = asking.evidence(refs(*(tie.tie for tie in ties)))
    cards = {row.source: row.card for row in book.values()}
    return tuple(
        Caveat(kind="partial", text=gap, source=source) for source in sorted(cards) for gap in cards[source].gaps
    )


def unsure_list(asking: Asking, ties: Sequence[Tie]) -> str:
    """Return how many entries rest on sources of low confidence alone, as the end of a sentence; blank if none does."""
    book = asking.evidence(refs(*(tie.tie for tie in ties)))
    weak = [tie for tie in ties if {book[ref].confidence for ref in refs(tie.tie) if ref in book} == {"low"}]
    verb = "rests" if len(weak) == 1 else "rest"
    number = f"{len(weak)} of the {len(ties)} entries of the list {verb} on sources of low confidence alone"
    return f"; {number}" if weak else ""
