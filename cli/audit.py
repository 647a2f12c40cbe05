"""`iga audit`: whether the log of who asked what is whole, and who saw somebody."""

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call

if TYPE_CHECKING:  # `iga --help` must not import the questions
    from iga.graph.audit_log import Act, AuditLog


@click.group("audit")
def audit() -> None:
    """Read the log of who asked what for which purpose, and which protected people were shown.

    Example: iga audit verify
    """


@audit.command("verify", cls=IgaCommand)
@click.option("--head", default="", metavar="HEAD", help="A head noted earlier, as iga status printed it.")
@pass_call
def verify(call: Call, /, *, head: str) -> None:
    """Say whether the log is whole, by itself and by what loads noted; exit code 3 if it is not.

    Example: iga audit verify
    """
    from iga.graph.audit_log import LogHead
    from iga.graph.backup import log_faults

    log = _log(call)
    faults = log_faults(call.workspace.everything(), log, noted=LogHead.read(head))
    call.tell(
        {"head": log.head().written, "faults": faults},
        *faults,
        f"{log.path}: {'damaged' if faults else 'whole'}, head {log.head().written}",
    )
    if faults:
        raise click.exceptions.Exit(3)


@audit.command("tail", cls=IgaCommand)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Most acts shown.")
@pass_call
def tail(call: Call, /, *, limit: int) -> None:
    """List the last acts, oldest first.

    Example: iga audit tail --limit 5
    """
    _tell(call, list(_log(call).entries())[-limit:])


@audit.command("who-saw", cls=IgaCommand)
@click.argument("person")
@pass_call
def who_saw(call: Call, /, *, person: str) -> None:
    """List the acts that showed a protected person, or that were about any person: an accounting of disclosures.

    Example: iga audit who-saw person:usac-2015-01
    """
    from iga.cli.opening import session
    from iga.queries.core.names.resolve import entity_of

    log = _log(call)
    with session(call) as context:
        found = entity_of(context.on_duty(), person)
    _tell(call, list(log.who_saw(found.values.get("members") or (found.id,))))


@audit.command("export", cls=IgaCommand)
@click.argument("file")
@pass_call
def export(call: Call, /, *, file: str) -> None:
    """Write all acts to a file, a line of JSON each, as the log has them.

    Example: iga audit export acts.jsonl
    """
    from iga.exports.writing import write_file

    log = _log(call)
    write_file(call.path(file), log.path.read_bytes() if log.path.exists() else b"")
    call.console.say(f"{file}: {log.head().no} acts, head {log.head().written}")


def _log(call: Call) -> "AuditLog":
    from iga.queries.core.accounting import readable_log

    return readable_log(call.workspace)


def _tell(call: Call, entries: "list[Act]") -> None:
    from msgspec import to_builtins

    if call.as_json:
        call.console.document({"acts": to_builtins(entries)})
        return
    for entry in entries:
        what = f"{entry.act}{f' for {entry.recipient}' if entry.recipient else ''}"
        people = f", showed {', '.join(entry.shown)}" if entry.shown else ""
        purpose = f" ({entry.purpose})" if entry.purpose else ""
        came = f"{entry.no}  {entry.at[:19]}  {entry.who}, {entry.door}"
        call.console.say(f"{came}: {what}{purpose}, {entry.outcome}{people}")
