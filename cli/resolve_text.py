"""`iga resolve export` and `import`: all judgements as a text file for version control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.resolving import changed
from iga.graph.text import counted

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger


@click.command("export", cls=IgaCommand)
@click.argument("file")
@pass_call
def export(call: Call, /, *, file: str) -> None:
    """Write all judgements to a text file for version control: one a line, in a stable order.

    Example: iga resolve export judgements.tsv
    """
    from iga.exports.writing import write_file
    from iga.graph.ledger.judgements import judgements
    from iga.ingest.resolution.judging import exported

    with call.workspace.reading() as reading:
        judged = judgements(reading.ledger)
    write_file(call.path(file), exported(judged).encode())
    if call.as_json:
        call.console.document({"file": file, "judgements": len(judged)})
    else:
        call.console.say(f"{len(judged)} {'judgement' if len(judged) == 1 else 'judgements'} in {file}")


@click.command("import", cls=IgaCommand)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Check the file and enter nothing.")
@pass_call
def import_(call: Call, /, *, file: str, dry_run: bool) -> None:
    """Enter the judgements of a text file, all of them or none; contradictions are told by line.

    Example: iga resolve import judgements.tsv --dry-run
    """
    from iga.ingest.resolution.judging import ImportCounts, import_text, text_of

    text = text_of(call.path(file))
    done = ImportCounts(0, 0)

    def work(ledger: Ledger) -> None:
        nonlocal done
        done = import_text(ledger, text, by=call.who, because=f"import of {file}", is_dry_run=dry_run)

    version = changed(call, work, f"iga resolve import {file}")
    if call.as_json:
        call.console.document({**done._asdict(), "dry_run": dry_run, "data_version": version})
    else:
        call.console.say(f"{counted(done.read, 'judgement')} read, {done.new} new{' (dry run)' if dry_run else ''}")
