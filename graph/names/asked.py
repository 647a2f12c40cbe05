"""What a load asks of the names on record, and what it is told: the words between those who load and those who find."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class AskedName:
    """A name that no table of ours knows.

    Attributes:
        cls: Class that its source takes it for.
        government: Id of the government that its source says it belongs to; blank where it says none.
        host: Of an embassy or another mission, id of the government in whose country it stands; blank where not said.
    """

    text: str
    cls: str
    government: str = ""
    host: str = ""
    is_kind_guessed: bool = False


@dataclass(frozen=True)
class KnownName:
    """A party on record: id, class and printed name, and whether it is called exactly as was asked.

    One that is doubted bears the very name, in whatever spelling, and is or is not what was asked for: a person has to
    say. So they have of one that is called alike: a letter or two apart.
    """

    id: str
    cls: str
    name: str
    is_exact: bool = False
    is_doubted: bool = False
    is_alike: bool = False


LISTED = re.compile(r"person:[0-9a-f]{32}")
"""Ids that lists of contacts give to people: half of it stands for the body, half for the name."""

UNTITLED = "Contact"
"""What the post of somebody is called for whom a list names a body and no title."""


@dataclass(frozen=True)
class AskedHolder:
    """Somebody whom a row names, in a post where it says which.

    Attributes:
        body: Id of the body; blank where the row names none, as are the title and the post.
        addresses: Addresses and numbers of the post or the person, as written.
        government: Id of the government whose the body is, or that stands for it, as the row says; blank for none.
        without_country: Ids of the person from lists that have no country beside the body, where lists know the body.
    """

    id: str
    post: str
    name: str
    body: str
    title: str
    addresses: frozenset[str] = frozenset()
    government: str = ""
    without_country: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownHolder:
    """A person on record with whom a row is about one and the same, and the post, where it is one on record, too."""

    person: KnownName
    post: KnownName | None = None


class NamesOnRecord(Protocol):
    """Looks up names of parties, people left out, and of agreements in the graph as it stands."""

    def meant(self, names: Sequence[AskedName]) -> Mapping[AskedName, KnownName]:
        """Return the party that each name means, or, doubted, one that bears it; names that nothing has are absent."""

    def near(self, name: AskedName) -> Sequence[KnownName]:
        """Return the parties that a name may have been meant for, the likeliest first, at most three."""

    def holders(self, people: Sequence[AskedHolder]) -> Mapping[AskedHolder, KnownHolder]:
        """Return who is the one person of that very name in that body, in that post or at that address."""
