"""Whether a ledger has every load that it is known to have had: by its head, the audit log, and the graph."""

from iga.graph.audit_log import AuditLog
from iga.graph.errors import LedgerDamaged, StoreError
from iga.graph.fold.shapes import View
from iga.graph.ledger.head import lost_loads
from iga.graph.ledger.head import refuse_lost_loads as refuse_by_head
from iga.graph.ledger.ledger import Ledger
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
    if (named := log.last_load(ledger.id)) > ledger.through():
        raise LedgerDamaged(lost_loads(named, is_there=False))
    try:
        held = _held(views)
    except StoreError as error:
        return error.message
    if held and held.ledger == ledger.id:
        refuse_lost_loads(held, ledger)
    return ""


def _held(views: Views) -> Meta | None:
    """Return what the graph holds: as it is kept beside it, else as the graph itself says; None where there is none."""
    if kept := views.kept_of(View()):
        return kept
    if not views.is_there(View()):
        return None
    with views.opened(View(), read_only=True) as store:
        return meta(store)
