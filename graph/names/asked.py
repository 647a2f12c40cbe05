"""What a load asks of the names on record, and what it is told: the words between those who load and those who find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class AskedName:
    """A name that no table of ours knows.

    Attributes:
        text: As its source writes it.
        cls: Class that its source takes it for.
        government: Id of the government that its source says it belongs to; blank where it says none.
        is_kind_guessed: Whether the class is a guess from the words of the name.
    """

    text: str
    cls: str
    government: str = ""
    is_kind_guessed: bool = False


@dataclass(frozen=True)
class KnownName:
    """A party on record: id, class and printed name, and whether it is called exactly as was asked."""

    id: str
    cls: str
    name: str
    is_exact: bool = False


class NamesOnRecord(Protocol):
    """Looks up names of parties, people left out, and of agreements in the graph as it stands."""

    def meant(self, names: Sequence[AskedName]) -> Mapping[AskedName, KnownName]:
        """Return the party that each name means beyond doubt; names that mean none, or one of several, are left out."""

    def near(self, name: AskedName) -> Sequence[KnownName]:
        """Return the parties that a name may have been meant for, the likeliest first, at most three."""
