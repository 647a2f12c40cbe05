"""What is done to keep the ledger: it is dumped where that can be noted, and looked through; both miss no load."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from iga.graph.audit_log import AuditLog, LogHead
from iga.graph.errors import LedgerDamaged, LedgerError, NotNoted, refused
from iga.graph.ledger.begun_log import head_begun
from iga.graph.ledger.dump import dump
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.restore import RESTORED
from iga.graph.ledger.segments import SegmentManifest
from iga.graph.ledger.tables import meta
from iga.graph.ledger.verifying import Damage, cut_off, damages, unreadable
from iga.graph.losses import brought_back, refuse_losses
from iga.graph.workspace import Workspace


class Backup(NamedTuple):
    """A dump that was made.

    Attributes:
        not_compared: Why the ledger could not be compared with its graph, which tells what was lost; blank if it was.
    """

    manifest: SegmentManifest
    not_compared: str


class Verified(NamedTuple):
    """What was found in a ledger.

    Attributes:
        damages: What is not what was written, loads that are missing first; empty if nothing is.
        not_compared: As of a `Backup`.
    """

    damages: list[Damage]
    not_compared: str


def back_up(workspace: Workspace, folder: Path) -> Backup:
    """Dump the ledger into a new or empty folder, where that can be noted.

    Raises:
        Denied: The reader does not see all of it.
        NotNoted: The audit log cannot be written.
        LedgerDamaged: It lacks loads, by its head or its graph, or is not what was written.
        UsageError, LedgerError: As `dump`.
    """
    ledger = workspace.everything()
    if why := workspace.audit_log.why_not_written():
        raise NotNoted(f"a dump, which holds everybody, is made only where that is noted; {why}")
    not_compared = refuse_losses(ledger, workspace.views, workspace.audit_log)
    return Backup(dump(ledger, folder), not_compared)


def log_faults(ledger: Ledger, log: AuditLog, *, noted: LogHead = LogHead()) -> list[str]:  # noqa: B008  (frozen)
    """Return what is wrong with the audit log by itself, by a head that was noted, and by what the ledger noted of it.

    Raises:
        LedgerError: The ledger cannot be read.
        SystemRefused: The log cannot.
    """
    with ledger.reading() as connection:
        restored = connection.execute(select(meta.c.value).where(meta.c.key == RESTORED)).scalar()
        begun = LogHead.read(head_begun(connection, log.name))
    by_loads = {header.no: header.audit for header in ledger.headers() if header.no > int(restored or 0)}
    try:
        return log.faults(noted=noted, begun=begun, by_loads=by_loads)
    except OSError as error:
        raise refused(f"the audit log {log.path}", error) from error


def verified(workspace: Workspace) -> Verified:
    """Read all of the ledger and compare it with its digests, its head, its graph and its audit log.

    Raises:
        Denied: The reader does not see all of it.
        LedgerError: It is not there, or not reached; one that is damaged so that it does not open is told as damage.
    """
    try:
        ledger = workspace.everything()
    except LedgerDamaged as error:
        name = workspace.settings.ledger
        return Verified([*cut_off(name), unreadable(error, "the ledger")], "")
    lost, not_compared = list[Damage](), ""
    try:
        not_compared = refuse_losses(ledger, workspace.views, workspace.audit_log)
    except LedgerDamaged as error:
        if error.__cause__ is None:  # else it is not loads that are missing, but pages: they are read below
            lost.append(Damage("loads", error.message))
    with suppress(LedgerError):  # what cannot be read is told below
        if erasures := workspace.past(ledger.id).lost_erasures(ledger):
            lost.append(Damage("loads", brought_back(erasures)))
    return Verified(lost + damages(ledger), not_compared)
