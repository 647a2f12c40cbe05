"""Where the ledger and the graph stand, and when the last dump was made."""

from collections import deque
from collections.abc import Mapping
from typing import TypeAlias

from iga.graph.audit_log import AuditLog
from iga.graph.errors import reason_of
from iga.graph.workspace import Workspace

Standing: TypeAlias = Mapping[str, str | int | bool | None]

DUMPING = ("dump", "POST /administration/backups")
"""What the audit log calls the making of a dump, at the command line and from a page."""


def standing(workspace: Workspace) -> tuple[Standing, str]:
    """Return where everything stands, in the order in which it is told, and why the audit log was not read, if so.

    The last dump and the head of the audit log are None to whom something is hidden from.

    Raises:
        LedgerError, StoreError: One of them cannot be opened or is not ours.
    """
    with workspace.reading() as reading:
        held = reading.meta
    settings = workspace.settings
    last, head, why_not = _of_the_log(workspace.audit_log) if workspace.reader.sees_all else (None, None, "")
    stands: Standing = {
        "store": settings.store,
        "ledger": settings.ledger,
        "ledger_id": reading.ledger.id,
        "through": held.through if held else 0,
        "ledger_through": reading.ledger.through(),
        "is_current": reading.is_whole,
        "nodes": held.node_count if held else 0,
        "relationships": held.edge_count if held else 0,
        "waiting": held.waiting_count if held else 0,
        "contradictions": held.contradiction_count if held else 0,
        "next_embargo": (held.next_embargo if held else "") or None,
        "data_version": reading.ledger.version_of(held.hash) if held else "",
        "last_dump": last,
        "audit_head": head,
    }
    return stands, why_not


def _of_the_log(log: AuditLog) -> tuple[str | None, str | None, str]:
    try:
        return last_dump(log) or None, log.head().written, ""
    except OSError as error:
        return None, None, f"The audit log cannot be read ({reason_of(error)})."


def last_dump(log: AuditLog) -> str:
    """Return the instant of the last dump that the audit log notes; blank where it notes none."""
    dumps = (act.at for act in log.entries() if act.act in DUMPING and act.outcome == "done")
    return next(iter(deque(dumps, maxlen=1)), "")
