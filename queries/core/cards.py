"""Cards by name, each imported when it is asked for: all of them take as long as the rest of a command."""

import importlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Cards(Mapping[str, T]):
    """Every card by name, in the order in which the manual lists them.

    The card of a name is the constant called as the name, in capitals, in its module.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        """Hold the module of each name; nothing is imported."""
        self._modules = modules

    def __getitem__(self, name: str) -> T:
        """Return a card.

        Raises:
            KeyError: There is none of this name.
        """
        card: T = getattr(importlib.import_module(self._modules[name]), name.upper().replace("-", "_"))
        return card

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a card, without importing it."""
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        """Return the names, without importing a card."""
        return iter(self._modules)

    def __len__(self) -> int:
        """Return how many cards there are."""
        return len(self._modules)
