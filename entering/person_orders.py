"""What is ordered of a person: a hold, which keeps them from being erased, or a restriction; and the end of either."""

from dataclasses import dataclass
from typing import Literal

from iga.graph.errors import NotFound, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import Entry, Hold, enter_hold, entered
from iga.graph.ledger.people_register import release as taken_out
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.text import folded
from iga.ingest.officer_entries import Signed
from iga.ingest.restricting import release, restrict
from iga.queries.core.names.people_on_record import PersonOnRecord, person_on_record
from iga.queries.core.session import Session

Order = Literal["legal", "access-request", "restriction"]

_ENTRIES: dict[Order, Entry] = {"legal": "hold", "access-request": "access-request"}


def person_meant(session: Session, text: str, *, reason: str) -> PersonOnRecord:
    """Return whom an order is about.

    Raises:
        UsageError: The reason is blank, or holds the name, and would keep it.
        NotFound, Ambiguous: Nobody was ever called so, or several were.
    """
    subject = person_on_record(session, text)
    if not reason.strip():
        raise UsageError("say who ordered it, by which reference: it stays with the order")
    if f" {folded(subject.name)} " in f" {folded(reason)} ":
        raise UsageError("the reason names the person, and is kept: write the reference of the decision")
    return subject


@dataclass(frozen=True)
class Carried:
    """What became of an order.

    Attributes:
        stands: ``held``, ``restricted`` or ``released``.
        rows: Rows that are marked anew by a restriction, or by its end.
        kept: Rows that stay sensitive after its end, until their files are loaded again.
    """

    stands: Literal["held", "restricted", "released"]
    rows: int = 0
    kept: int = 0


def give(ledger: Ledger, subject: PersonOnRecord, order: Order, signed: Signed) -> Carried:
    """Give an order, for the reason of who signs; raises LedgerLocked, LedgerError where nothing can be written."""
    if order == "restriction":
        return Carried("restricted", restrict(ledger, subject.ids, signed=signed))
    enter_hold(ledger, subject.ids, kind=_ENTRIES[order], authority=signed.because, by=signed.by)
    return Carried("held")


def lift(ledger: Ledger, subject: PersonOnRecord, order: Order, signed: Signed) -> Carried:
    """End an order.

    Raises:
        NotFound: The person is under no such order.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    if order == "restriction":
        return Carried("released", *release(ledger, subject.ids, signed=signed))
    if not taken_out(ledger, subject.ids, kind=_ENTRIES[order], authority=signed.because, by=signed.by):
        raise NotFound(f"{subject.id} is under no {order.replace('-', ' ')} hold")
    return Carried("released")


def keep_back(ledger: Ledger, subject: PersonOnRecord, signed: Signed) -> list[str]:
    """Restrict who and what counts as somebody protected, or names them, who is to be erased, and return the ids.

    Nothing would tell afterwards whom they may be. Whoever is another person is released again.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    held = ProtectedPeople.of(ledger).held_as(ledger, subject.id)
    for person in held:
        restrict(ledger, (person,), signed=signed)
    return held


def standing_orders(ledger: Ledger) -> list[Hold]:
    """Return the holds, requests and restrictions that stand, each once, by authority: the register names nobody."""
    kinds: tuple[Entry, ...] = ("hold", "access-request", "restricted")
    return [Hold(kind, authority) for kind in kinds for authority in sorted(set(entered(ledger, kind).values()))]
