"""Whether a ledger has every load that it is known to have had: by its head, the audit log, and the graph."""

from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from iga.graph.audit_log import Act, AuditLog
from iga.graph.errors import LedgerDamaged, StoreError
from iga.graph.fold.shapes import View
from iga.graph.ledger.erasure import erase_anew
from iga.graph.ledger.head import kept_number, lost_loads
from iga.graph.ledger.head import refuse_lost_loads as refuse_by_head
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import entered, mark_of
from iga.graph.projection.meta import Meta, meta, refuse_lost_loads
from iga.graph.views import Views


def refuse_losses(ledger: Ledger, views: Views, log: AuditLog) -> str:
    """Refuse a ledger that lacks loads; return why it could not be compared with its graph, blank if it was.

    Raises:
        LedgerDamaged: It lacks loads; the message says which, and what to do.
        LedgerError: It cannot be read.
        SystemRefused: The log cannot.
    """
    with ledger.reading() as connection:
        refuse_by_head(connection, ledger.name)
    held = None
    why_not = ""
    try:
        held = _held(views)
    except StoreError as error:
        why_not = error.message
    if held and held.ledger == ledger.id:
        refuse_lost_loads(held, ledger)
    if (named := max(log.made(ledger.id)[0], default=0)) > ledger.through():
        raise LedgerDamaged(lost_loads(named, ledger.name, is_there=False))
    return why_not


def _held(views: Views) -> Meta | None:
    """Return what the graph holds: as it is kept beside it, else as the graph itself says; None where there is none."""
    if kept := views.kept_of(View()):
        return kept
    if not views.is_there(View()):
        return None
    with views.opened(View(), read_only=True) as store:
        return meta(store)


Lost: TypeAlias = tuple[int, int, Act | None]
"""First and last of some loads that are lost, and the act that made them, where one is noted."""


class KnownPast(NamedTuple):
    """What head, graph and audit log tell of the loads that a ledger had, for whoever puts it back to an earlier state.

    Attributes:
        last: Number of the last load; 0 where nothing tells.
        acts: The acts that made loads, by the number of the last one that each made.
        erasures: The acts that erased somebody.
    """

    last: int
    acts: Mapping[int, Act]
    erasures: Sequence[Act]

    @classmethod
    def of(cls, ledger: str, name: str, views: Views, log: AuditLog) -> "KnownPast":
        """Return the past of a ledger, by its id and name; a `SystemRefused` where the log cannot be read."""
        acts, erasures = log.made(ledger)
        held = None
        with suppress(StoreError):  # what cannot be read tells nothing
            held = _held(views)
        by_graph = held.through if held and held.ledger == ledger else 0
        return cls(max(kept_number(name), by_graph, *acts), acts, erasures)

    def lost_erasures(self, ledger: Ledger) -> list[Act]:
        """Return the erasures that a ledger does not know of: its register has none of the person's ids."""
        marks = entered(ledger, "erased").keys()
        return [it for it in self.erasures if marks.isdisjoint(mark_of(ledger, written) for written in it.about)]

    def refuse_lost_erasures(self, ledger: Ledger) -> None:
        """Refuse a ledger that would bring back who was erased.

        Raises:
            LedgerDamaged: It would; the message names the days and loads of the erasures, and nobody.
        """
        if lost := self.lost_erasures(ledger):
            raise LedgerDamaged(
                f"this would bring back who was erased: {named_acts(lost)}. Nothing was changed. Put back what holds"
                " that load, or add --erase-again, which erases the same people again"
            )

    def erase_again(self, ledger: Ledger, by: str) -> list[Act]:
        """Erase from a ledger whom its register does not know any more, and return these erasures, as `erase` does."""
        lost = self.lost_erasures(ledger)
        for act in lost:
            erase_anew(ledger, act.about, by=by, authority=f"erased again, as on {act.at[:10]}")
        return lost

    def lost_loads(self, through: int) -> list[Lost]:
        """Return the loads after one, first and last, each with the act that made them, as far as it is noted."""
        ends = sorted({no for no in (*self.acts, self.last) if no > through})
        return [(before + 1, no, self.acts.get(no)) for before, no in pairwise([through, *ends])]


def named_acts(acts: Iterable[Act]) -> str:
    """Return the loads and days of acts, for a sentence."""
    return "; ".join(f"load {act.load.partition(' ')[2]} on {_day(act.at)}" for act in acts)


def brought_back(erasures: Iterable[Act]) -> str:
    """Return the sentence on erasures that a ledger does not know of."""
    return f"Who was erased is back: {named_acts(erasures)}. iga rebuild --accept-loss --erase-again erases them again."


def named_loads(first: int, last: int, act: Act | None) -> str:
    """Return loads that are lost, with the act that made them, for a sentence."""
    which = f"load {last}" if first == last else f"loads {first} to {last}"
    return f"{which} ({act.act}, {_day(act.at)}, {act.who})" if act else f"{which} (nothing notes what it was)"


def _day(at: str) -> str:
    return f"{month_name[int(at[5:7])]} {int(at[8:10])}, {at[:4]}"
