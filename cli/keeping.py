"""`iga sources`, `status`, `hash`, `verify-ledger`, `rebuild`, `dump`, `restore`: keep the ledger and the graph."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, NoReturn

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.exporting import RECIPIENT
from iga.cli.opening import session
from iga.cli.printing import print_available, print_sources
from iga.cli.progress import drawn
from iga.cli.remote import server_at
from iga.graph.audit_log import Act
from iga.graph.backup import back_up, log_faults, verified
from iga.graph.errors import LedgerDamaged, LedgerError, UsageError
from iga.graph.ledger.failures import RESTORED
from iga.graph.ledger.head import missing_head
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.mending import mend as mended
from iga.graph.ledger.mending import set_aside
from iga.graph.ledger.verifying import SHOWN, refuse_if_damaged
from iga.graph.losses import Lost, brought_back, named_acts, named_loads
from iga.graph.projection.meta import Meta
from iga.graph.stores.opening import open_in_little_memory

_AGAIN = click.option("--erase-again", is_flag=True, help="Erase again who was erased in what is lost.")


@click.command("sources", cls=IgaCommand)
@click.option("--available", is_flag=True, help="List what `iga load --list` can load besides.")
@pass_call
def sources(call: Call, *, available: bool) -> None:
    """List the sources, their age and their gaps.

    Example: iga sources
    """
    if available:
        _list_available(call)
        return
    from iga.queries.whole.sources import sources as listed

    with session(call) as context:
        page = listed(context)
    if call.as_json:
        call.console.document({"sources": [card.model_dump(mode="json") for card in page]})
    else:
        print_sources(call.console, page)


def _list_available(call: Call) -> None:
    from iga.ingest.bundled import available_lists

    with call.workspace.reading() as reading:
        loaded = {header.source: header.at[:10] for header in reading.ledger.headers()}
    page = [(source, loaded.get(source.source)) for source in available_lists()]
    if call.as_json:
        lists = [source.model_dump(mode="json") | {"loaded_on": day} for source, day in page]
        call.console.document({"available": lists})
    else:
        print_available(call.console, page)


@click.command("status", cls=IgaCommand)
@pass_call
def status(call: Call) -> None:
    """Say where the ledger and the graph stand.

    Example: iga status
    """
    from iga.queries.whole.standing import standing

    stands, why = standing(call.workspace)
    if why:
        call.console.note(why)
    call.tell(
        stands,
        *(f"{name.replace('_', ' '):<15} {'none' if value is None else value}" for name, value in stands.items()),
    )


@click.command("hash", cls=IgaCommand)
@pass_call
def hash_(call: Call) -> None:
    """Compute the graph's hash from what the store holds; exit code 3 when something else changed it.

    Example: iga hash
    """
    from iga.graph.projection.audit import audit

    with call.workspace.reading() as reading:
        audited = audit(reading.store)
        stated = reading.meta.hash if reading.meta else ""
    is_sound = audited.tally.hex == stated and not audited.damaged
    if call.as_json:
        counts = asdict(audited.tally) | {"hash": audited.tally.hex}
        call.console.document({**counts, "stated": stated, "is_sound": is_sound, "damaged": list(audited.damaged)})
    else:
        call.console.say(audited.tally.hex)
    if call.reader.sees_all:
        refuse_if_damaged(call.workspace.everything())
    if not is_sound:
        named = f" ({', '.join(audited.damaged)})" if audited.damaged else ""
        _attention(
            call, f"the store holds something else than was projected into it{named}: `iga rebuild` makes it anew"
        )


@click.command("verify-ledger", cls=IgaCommand)
@pass_call
def verify_ledger(call: Call) -> None:
    """Read the whole ledger and its audit log, and name what is not what was written; exit code 3 if something is not.

    Example: iga verify-ledger
    """
    wrong, not_compared = verified(call.workspace)
    faults = list[str]()
    with suppress(LedgerError):  # a ledger that cannot tell is damaged, which is told
        faults = log_faults(call.workspace.everything(), call.workspace.audit_log)
    _tell_not_compared(call, not_compared)
    if lacking := missing_head(call.workspace.settings.ledger):
        call.console.note(
            f"{lacking} is missing. The graph and the audit log alone tell of lost loads until the next load."
        )
    if call.as_json:
        damaged = [vars(damage) for damage in wrong]
        call.console.document({"is_whole": not wrong, "damaged": damaged, "audit_log": faults})
    for says in () if call.as_json else (*(damage.text for damage in wrong[:SHOWN]), *faults[:SHOWN]):
        call.console.say(says)
    if wrong:
        more = f" ({len(wrong)} in all)" if len(wrong) > SHOWN else ""
        is_short = all(damage.kind == "loads" for damage in wrong)
        what = "lacks loads" if is_short else f"is damaged{more}: {RESTORED}"
        _attention(call, f"the ledger {call.workspace.settings.ledger} {what}")
    if not call.as_json:
        call.console.say("The ledger is what was written: every load, row and look-up key.")
    if faults:
        _attention(call, f"its audit log {call.workspace.audit_log.path} is not what was written")


@click.command("rebuild", cls=IgaCommand)
@click.option("--accept-loss", is_flag=True, help="Go on without loads that the ledger lost.")
@_AGAIN
@pass_call
def rebuild(call: Call, *, accept_loss: bool, erase_again: bool) -> None:
    """Make the graph anew from the ledger.

    Example: iga rebuild
    """
    open_in_little_memory()
    changing = call.workspace.changing("iga rebuild", goes_back=True)
    with changing as ledger, drawn(call.console, "Projecting") as progress:
        back = _WayBack(call, ledger.id, erases=erase_again)
        if accept_loss:
            refuse_if_damaged(ledger)
            back.refuse(ledger)
            ledger.keep_head()
            back.settle(ledger)
        else:
            ledger.refuse_unsound(looks_anew=True)
        done = call.workspace.rebuild(progress, accepts_loss=accept_loss)
        ledger.keep_head()
    held = done.meta
    back.tell(
        {"through": held.through, "nodes": held.node_count, "relationships": held.edge_count}
        | {"waiting": held.waiting_count, **_as_held(ledger, held)},
        f"{held.node_count} nodes, {held.edge_count} relationships, {held.waiting_count} waiting; {held.hash}",
    )


@click.command("dump", cls=IgaCommand)
@click.option("--recipient", **RECIPIENT)
@click.argument("folder")
@pass_call
def dump(call: Call, *, folder: str) -> None:
    """Write the ledger as checksummed files into a new folder.

    Example: iga dump backup-2026-11-25
    """
    manifest, not_compared = back_up(call.workspace, call.path(folder))
    _tell_not_compared(call, not_compared)
    segments = len(manifest.segments)
    call.tell(
        {"folder": folder, "ledger_id": manifest.ledger, "segments": segments},
        f"{folder}: {segments} loads of ledger {manifest.ledger}",
    )


@click.command("restore", cls=IgaCommand)
@click.option("--mend", is_flag=True, help="Make a damaged ledger whole: from the dump, and from what came after it.")
@click.option("--without", metavar="LOAD", type=int, multiple=True, help="With --mend: a damaged load to do without.")
@click.option("--dump-alone", is_flag=True, help="With --mend: of a ledger that cannot be read, take nothing.")
@_AGAIN
@click.argument("folder", required=False)
@pass_call
def restore(
    call: Call, *, folder: str | None, mend: bool, without: tuple[int, ...], dump_alone: bool, erase_again: bool
) -> None:
    """Read a dump into an empty ledger, and project it; or mend a damaged ledger by it.

    Example: iga restore backup-2026-11-25 --store new/graph
    """
    from iga.graph.ledger.restore import manifest_of
    from iga.graph.ledger.restore import restore as restored

    open_in_little_memory()
    if mend and not dump_alone:
        _mend(call, folder, without, erases=erase_again)
        return
    if without or not folder or dump_alone > mend:
        raise UsageError("name the folder of the dump; only with --mend may it be left out, and loads be left out")
    if dump_alone:
        aside = set_aside(call.workspace.settings.ledger)
        call.console.note(f"The damaged file is kept as {aside}. Who was erased after the dump has to be erased again.")
    changing = call.workspace.changing("iga restore", goes_back=True)
    with changing as ledger, drawn(call.console, "Projecting") as progress:
        back = _WayBack(call, manifest_of(call.path(folder)).ledger, erases=erase_again)
        restored(ledger, call.path(folder), refuse=back.look_at if dump_alone else back.refuse)
        back.settle(ledger)
        held = call.workspace.rebuild(progress).meta
    back.tell(
        {"ledger_id": ledger.id, "through": held.through, **_as_held(ledger, held)},
        f"{held.through} loads, {held.node_count} nodes, {held.edge_count} relationships; {held.hash}",
    )


def _as_held(ledger: Ledger, held: Meta) -> dict[str, str]:
    """Return what a graph is known by, and its hash, which `iga hash` computes: good for comparing two stores."""
    return {"data_version": ledger.version_of(held.hash), "hash": held.hash}


class _WayBack:
    """A ledger that is put back to an earlier state: what is lost by that, and who would be back."""

    def __init__(self, call: Call, ledger: str, *, erases: bool) -> None:
        self._call, self._erases = call, erases
        self._past = call.workspace.past(ledger)
        self._lost, self._erased, self._back = list[Lost](), list[Act](), list[Act]()

    def look_at(self, ledger: Ledger) -> None:
        """Note what a ledger lacks, before anything is written to it."""
        self._lost, self._back = self._past.lost_loads(ledger.through()), self._past.lost_erasures(ledger)

    def refuse(self, ledger: Ledger) -> None:
        """Refuse a ledger that would bring somebody back, unless they are to be erased again."""
        self.look_at(ledger)
        if not self._erases:
            self._past.refuse_lost_erasures(ledger)

    def settle(self, ledger: Ledger) -> None:
        """Erase again who would be back, where that was asked for."""
        if self._erases:
            self._erased, self._back = self._past.erase_again(ledger, self._call.who), []

    def tell(self, document: dict[str, Any], *lines: str) -> None:
        """Print a result, and what is lost by it: the exit code is 3 then."""
        lost = [{"first": first, "last": last, "act": act and act.act} for first, last, act in self._lost]
        again = [int(act.load.partition(" ")[2]) for act in self._erased]
        self._call.tell({**document, "lost": lost, "erased_again": again}, *lines)
        if self._erased:
            self._call.console.note(
                f"Erased again: {named_acts(self._erased)}. Destroy the dumps and files that hold these people still."
            )
        if self._back:
            self._call.console.note(brought_back(self._back))
        if self._lost:
            named = "; ".join(named_loads(*lost) for lost in self._lost)
            self._call.console.note(f"Not in the ledger any more: {named}. Load these files or enter this again.")
        if self._lost or self._back:
            click.get_current_context().exit(3)


def _mend(call: Call, folder: str | None, without: tuple[int, ...], *, erases: bool) -> None:
    if server := server_at(call.workspace.settings):
        raise UsageError(f"a server (process {server.pid}) has the damaged ledger open: stop it first")
    with _readable(call, "iga restore --mend") as ledger, drawn(call.console, "Projecting") as progress:
        dump = call.path(folder) if folder else None
        back = _WayBack(call, ledger.id, erases=erases)
        done = mended(ledger, dump, without=without, refuse=back.refuse, settle=back.settle)
        call.workspace.after_mending(progress)
    left_out = f"; without load {', '.join(map(str, done.left_out))}" if done.left_out else ""
    back.tell(
        {**done._asdict(), "aside": str(done.aside)},
        f"Loads from the dump: {done.from_dump}; as they stood in the ledger: {done.kept}{left_out}.",
        f"The damaged file is kept as {done.aside}.",
    )


def _tell_not_compared(call: Call, why: str) -> None:
    if why:
        call.console.note(f"The ledger was not compared with the graph, which tells whether loads were lost: {why}")


def _attention(call: Call, what: str) -> NoReturn:
    call.console.note(what)
    click.get_current_context().exit(3)


@contextmanager
def _readable(call: Call, what: str) -> Iterator[Ledger]:
    """Hold a damaged ledger for writing; where it cannot be opened, or not be read in the block, say what is left."""
    opened = False
    try:
        with call.workspace.changing(what, goes_back=True) as ledger:
            opened = True
            yield ledger
    except LedgerDamaged as error:
        if opened and error.__cause__ is None:  # it says itself what to do
            raise
        raise LedgerDamaged(
            f"too little of {call.workspace.settings.ledger} can be read: iga restore DUMP --mend --dump-alone puts"
            " the dump in its place, without what came after it; load its files again"
        ) from error
