"""Who comes in and may be somebody protected: told with what to type, and counting as that person until judged."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.json import decode, encode

from iga.graph.domain.parties import is_person
from iga.graph.errors import InputError
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople, plain_id, subjects_in, texts_in
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.statements import SAID_BY_CARDS, Card, Content, NodeStatement, Statement
from iga.graph.text import counted
from iga.ingest.subjects import is_id

MOST_TOLD = 20
"""Of those who come in, how many are told one by one."""


@dataclass(frozen=True)
class Namesakes:
    """Those who come in with a load, or with what an officer enters, and may be somebody protected.

    Attributes:
        met: Where each stands first, by its id and the id of whom it may be.
    """

    known: ProtectedPeople
    erased: RegisteredPeople
    ledger: Ledger
    met: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> "Namesakes":
        """Return nobody yet, to be compared with whom a ledger protects."""
        return cls(ProtectedPeople.of(ledger), RegisteredPeople.of(ledger, "erased"), ledger)

    def look_at(self, place: str, statements: Sequence[Statement]) -> None:
        """Take in whom statements bring, and where they stand."""
        for written, others in self.known.met_in(statements).items() if self.known.members else ():
            for other in sorted(others):
                self.met.setdefault((written, other), place)

    def with_plain_ids(self, content: Content) -> Content:
        """Return what a row says with a digest in each id that would tell somebody's name, unless that is on record."""
        is_any = self.known.members or self.erased.marks
        subjects = set().union(*map(subjects_in, content.statements)) if is_any else set[str]()
        telling = {it for it in subjects if is_id(it) and not is_person(it) and self.tells(it)}
        telling -= set().union(*(set(_ids(row)) for row in self.ledger.rows_naming(telling))) if telling else set()
        for written in sorted(telling, key=len, reverse=True):
            content = decode(
                encode(content).replace(f'"{written}"'.encode(), f'"{self.plain_id(written)}"'.encode()), type=Content
            )
        return content

    def tells(self, written: str) -> bool:
        """True if an id, or a key of a row, tells the name of somebody who is protected or was erased."""
        return bool(self.known.held_in(written)) or self.erased.is_told_by(written)

    def plain_id(self, written: str) -> str:
        """Return an id of the same kind that tells no name; whoever holds the ledger may guess which it stands for."""
        return plain_id(self.ledger, written)

    def notes_on(self, card: Card, files: Iterable[str]) -> Iterator[str]:
        """Give a sentence on each text of a source, and name of a file, that is left out since it names somebody.

        Raises:
            InputError: One names somebody who was erased: they are brought back by no load.
        """
        said = [("the id of the source", card.source), *(("the name of a file", name) for name in files)]
        said += [
            (f"the {name} of the source", text) for name in SAID_BY_CARDS for text in texts_in([getattr(card, name)])
        ]
        for what, text in said:
            if self.erased.is_named(text) or self.erased.is_told_by(text):
                raise InputError(f"{what} names somebody who was erased: nothing was loaded; call it otherwise")
            if self.known.held_in(text):
                yield f"{what} names somebody protected: it is shown only where they may be; better call it otherwise"

    def notes(self) -> Iterator[str]:
        """Give sentences on those who are held: where they stand, whom they may be, and what to type."""
        if not self.met:
            return
        held = counted(len(self.met), "entry is", "entries are")
        yield f"{held} held, and shown only as somebody protected may be, until you judge who is meant"
        for (written, other), place in list(self.met.items())[:MOST_TOLD]:
            yield f"{place}: {_sentence(written, other)}"


def _ids(row: RowHistory) -> Iterator[str]:
    return (it.id for version in row for it in version.content.statements if isinstance(it, NodeStatement))


def _sentence(written: str, other: str) -> str:
    different = f"If it is another person, type: iga resolve different {written} {other} --because TEXT."
    if is_person(written):
        same = f"If it is the same: iga resolve same {written} {other} --because TEXT."
        return f"{written} may be {other}. {different} {same}"
    return f"{written} has a name or an address of {other}. {different}"
