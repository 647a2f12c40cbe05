"""Maps from ids to small values in little memory, for work that must know something of every node of a graph."""

from array import array
from collections.abc import Iterable

_VALUE_BITS = 40
_VALUE = (1 << _VALUE_BITS) - 1
_LEAST = 1 << 10
_WORD = (1 << 64) - 1
_OTHERS = (1 << 24) - 1


class Numbers:
    """A whole number below 2^40 for each name; 16 bytes a slot, where a dict takes some 200 for a name and its value.

    A name is kept as 88 bits of its digest: among a hundred million names two would share them once in ten billion
    graphs. There is no way back to the names, and none is ever taken out.
    """

    def __init__(self) -> None:
        self._count = 0
        self._room(_LEAST)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def get(self, name: str) -> int | None:
        """Return the number of a name; None when it has none."""
        low, high = _digits(name)
        slot = self._slot(low, high)
        return self._rest[slot] & _VALUE if self._low[slot] else None

    def put(self, name: str, number: int) -> None:
        """Give a name a number, in place of the one it had."""
        assert 0 <= number <= _VALUE, f"{number} does not fit"
        low, high = _digits(name)
        slot = self._slot(low, high)
        if not self._low[slot]:
            self._count += 1
        self._low[slot] = low
        self._rest[slot] = high << _VALUE_BITS | number
        if self._count * 3 > len(self._low) * 2:
            self._grow()

    def _room(self, slots: int) -> None:
        self._low, self._rest = array("Q", bytes(8 * slots)), array("Q", bytes(8 * slots))
        self._mask = slots - 1

    def _slot(self, low: int, high: int) -> int:
        """Return the slot of a name, or the free one where it belongs."""
        slot = low & self._mask
        while (taken := self._low[slot]) and (taken != low or self._rest[slot] >> _VALUE_BITS != high):
            slot = slot + 1 & self._mask
        return slot

    def _grow(self) -> None:
        lows, rests = self._low, self._rest
        self._room(2 * len(lows))
        for low, rest in zip(lows, rests, strict=True):
            if low:
                slot = self._slot(low, rest >> _VALUE_BITS)
                self._low[slot], self._rest[slot] = low, rest


class Words:
    """A word for each name, such as the class of each node; there may be many names and few words."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._words: list[str] = []
        self._number_of: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def get(self, name: str) -> str | None:
        """Return the word of a name; None when it has none."""
        number = self._numbers.get(name)
        return None if number is None else self._words[number]

    def put(self, name: str, word: str) -> None:
        """Give a name a word, in place of the one it had."""
        number = self._number_of.get(word)
        if number is None:
            number = self._number_of[word] = len(self._words)
            self._words.append(word)
        self._numbers.put(name, number)

    def update(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Give each name its word."""
        for name, word in pairs:
            self.put(name, word)


def _digits(name: str) -> tuple[int, int]:
    """Return 64 bits of a name's digest, never zero, and 24 others."""
    # Python's own digest, new in each process: a third of the time of one that would stay.
    return hash(name) & _WORD or 1, hash(f"{name}\0") & _OTHERS
