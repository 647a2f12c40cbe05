"""Who comes in and may be somebody protected: told with what to type, and counting as that person until judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from iga.graph.domain.parties import is_person
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.statements import Statement
from iga.graph.text import counted

MOST_TOLD = 20
"""Of those who come in, how many are told one by one."""


@dataclass(frozen=True)
class Namesakes:
    """Those who come in with a load, or with what an officer enters, and may be somebody protected.

    Attributes:
        known: Who is protected.
        met: Where each stands first, by its id and the id of whom it may be.
    """

    known: ProtectedPeople
    met: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> "Namesakes":
        """Return nobody yet, to be compared with whom a ledger protects."""
        return cls(ProtectedPeople.of(ledger))

    def look_at(self, place: str, statements: Sequence[Statement]) -> None:
        """Take in whom statements bring, and where they stand."""
        for written, others in self.known.met_in(statements).items() if self.known.members else ():
            for other in sorted(others):
                self.met.setdefault((written, other), place)

    def notes(self) -> Iterator[str]:
        """Give sentences on those who are held: where they stand, whom they may be, and what to type."""
        if not self.met:
            return
        held = counted(len(self.met), "entry is", "entries are")
        yield f"{held} held, and shown only as somebody protected may be, until you judge who is meant"
        for (written, other), place in list(self.met.items())[:MOST_TOLD]:
            yield f"{place}: {_sentence(written, other)}"


def _sentence(written: str, other: str) -> str:
    different = f"If it is another person, type: iga resolve different {written} {other} --because TEXT."
    if is_person(written):
        same = f"If it is the same: iga resolve same {written} {other} --because TEXT."
        return f"{written} may be {other}. {different} {same}"
    return f"{written} has a name or an address of {other}. {different}"
