"""What is done to keep the ledger: it is dumped where that can be noted, and looked through; both miss no load."""

from pathlib import Path
from typing import NamedTuple

from graph.errors import LedgerDamaged, NotNoted
from graph.ledger.dump import dump
from graph.ledger.segments import SegmentManifest
from graph.ledger.verifying import Damage, damages
from graph.losses import refuse_losses
from graph.workspace import Workspace


class Backup(NamedTuple):
    """A dump that was made.

    Attributes:
        manifest: What it holds.
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
    not_compared = refuse_losses(ledger, workspace.views)
    return Backup(dump(ledger, folder), not_compared)


def verified(workspace: Workspace) -> Verified:
    """Read all of the ledger and compare it with its digests, its head and its graph; raises as `everything`."""
    ledger, lost, not_compared = workspace.everything(), list[Damage](), ""
    try:
        not_compared = refuse_losses(ledger, workspace.views)
    except LedgerDamaged as error:
        lost.append(Damage("loads", error.message))
    return Verified(lost + damages(ledger), not_compared)
