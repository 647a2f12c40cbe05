"""Tell apart rows that are truly identical, such as two equal payments on one day."""

from collections import Counter

from graph.statements import digest, encoded
from ingest.feed import Said


class Numbering:
    """Counts identical rows of one load, in the order of the files."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def told_apart(self, said: Said) -> Said:
        """Return the row under its own key the first time, with ``#2``, ``#3`` … after it for each twin."""
        key, content = said
        mark = digest(key.encode() + b"\x1f" + encoded(content))
        self._seen[mark] += 1
        count = self._seen[mark]
        return said if count == 1 else (f"{key}#{count}", content)
