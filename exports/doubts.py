"""What an answer does not know, in the order in which a reader wants it."""

from collections import Counter
from collections.abc import Sequence

from iga.queries.core.answer import Answer, Caveat


def by_relevance(answer: Answer) -> list[Caveat]:
    """Return the doubts of an answer: its own first, then what its sources lack, the most cited source first."""
    cited = Counter(answer.evidence[number].source for row in answer.rows for number in row.evidence)
    return sorted(answer.caveats, key=lambda doubt: (doubt.source is not None, -cited[doubt.source or ""]))


def bearing(doubts: Sequence[Caveat], shown: int) -> list[Caveat]:
    """Return the doubts that bear on the reply or on one of so many first rows, and not on a source as such."""
    return [it for it in doubts if it.source is None and (not it.rows or any(number <= shown for number in it.rows))]
