"""Compare the votes of a file with the totals it states, and count the texts that nobody voted on."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

_SHOWN = 5
# A file of a million symbols is none of the United Nations; its totals are not compared.
_MOST_TEXTS = 50_000
_FIELDS = {"yes": "yes_count", "no": "no_count", "abstain": "abstain_count"}


class VoteCounts:
    """The votes of one file by text.

    Attributes:
        unvoted: Symbols of the texts that were adopted without a vote.
    """

    def __init__(self) -> None:
        self.unvoted: set[str] = set()
        self._open: dict[str, Counter[str]] = {}
        self._differing: list[str] = []

    def add(self, symbol: str, vote: str, stated: Mapping[str, Any], members: str) -> None:
        """Count one vote; once the votes of all members are there, they are compared with the stated totals."""
        whole = members.partition(".")[0]
        if not whole.isdecimal() or (len(self._open) >= _MOST_TEXTS and symbol not in self._open):
            return
        counted = self._open.setdefault(symbol, Counter())
        counted[vote] += 1
        if counted.total() < int(whole[:6]):
            return
        del self._open[symbol]
        if any(stated[field] is not None and stated[field] != counted[vote] for vote, field in _FIELDS.items()):
            totals = "-".join(str(stated[field]) for field in _FIELDS.values())
            self._differing.append(f"{symbol} (stated {totals}, listed {'-'.join(str(counted[v]) for v in _FIELDS)})")

    def notes(self, file: str) -> list[str]:
        """Return sentences on texts without a vote and on totals that differ."""
        told = []
        if self.unvoted:
            told.append(
                f"{file}: {len(self.unvoted)} texts were adopted without a vote: nobody voted, whatever the file"
                f" holds for each member: {_listed(sorted(self.unvoted))}"
            )
        if self._differing:
            told.append(f"{file}: the stated totals are kept, but differ from the votes: {_listed(self._differing)}")
        return told


def _listed(texts: list[str]) -> str:
    shown = ", ".join(texts[:_SHOWN])
    return f"{shown}, and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else shown
