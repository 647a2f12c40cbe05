"""`iga load`: files of one source, or the bundled reference data, into the ledger and the graph."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cli.command import Call, IgaCommand, pass_call
from cli.console import Console
from cli.progress import bar, drawn
from graph.errors import UsageError
from ingest.reports import ChangeCount, LoadReport, Preview

_SHOWN = 20
_WORDS = ("new", "changed", "unchanged", "repeated", "skipped", "rejected", "withdrawn")


@click.command("load", cls=IgaCommand)
@click.argument("files", nargs=-1, metavar="FILE…")
@click.option("--mapping", metavar="YAML", help="How the rows become statements; see docs/mappings.md.")
@click.option("--bundled", is_flag=True, help="Load the reference sources that come with the program.")
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@click.option("--allow-shrink", is_flag=True, help="Withdraw even more than a tenth of a complete source.")
@click.option("--rekey", is_flag=True, help="Accept a new row key; rows under old keys are withdrawn.")
@click.option("--because", default="", metavar="TEXT", help="Why it is loaded; kept with the load.")
@pass_call
def load(call: Call, /, *, files: tuple[str, ...], mapping: str | None, bundled: bool, **options: bool | str) -> None:
    """Load files of one source, or the bundled reference data.

    Exit code 3 when rows were rejected: the rest is loaded, and the rejected rows are written to a file that can be
    corrected and loaded again.

    Example: iga load contacts.xlsx --mapping contacts.yaml --dry-run
    """
    if bundled == bool(files) or (files and not mapping):
        raise UsageError(
            "name files and their --mapping, or say --bundled: iga load contacts.xlsx --mapping contacts.yaml"
        )
    if bundled:
        reports = _bundled(call)
    else:
        assert mapping is not None
        reports = [_files(call, [call.path(name) for name in files], call.path(mapping), options)]
    if call.as_json:
        shown = [report.model_dump(mode="json") for report in reports]
        call.console.document({"loads": shown} if bundled else shown[0])
    else:
        print_reports(call.console, reports)
    if any(report.rejected for report in reports):
        click.get_current_context().exit(3)


def _bundled(call: Call) -> list[LoadReport]:
    from ingest.committing import Watch, load_bundled

    with bar(call.console, "Reading") as reading, drawn(call.console, "Projecting") as projecting:
        return load_bundled(call.desk, by=call.who, watch=Watch(reading, projecting))


def _files(call: Call, files: list[Path], mapping: Path, options: dict[str, bool | str]) -> LoadReport:
    from ingest.committing import Watch, load_and_project
    from ingest.loading import LoadOptions
    from ingest.mapping_file import mapping_of

    chosen = LoadOptions(
        dry_run=bool(options["dry_run"]),
        allow_shrink=bool(options["allow_shrink"]),
        rekey=bool(options["rekey"]),
        by=call.who,
        because=str(options["because"]),
    )
    with bar(call.console, "Reading") as reading, drawn(call.console, "Projecting") as projecting:
        watch = Watch(reading, projecting)
        return load_and_project(call.desk, mapping_of(mapping), files, options=chosen, watch=watch)


def print_reports(console: Console, reports: Sequence[LoadReport]) -> None:
    """Print what became of the loads; of many, one line for all and the ones that need a look."""
    if len(reports) > 1:
        total = {word: sum(getattr(report, word) for report in reports) for word in ("read", *_WORDS)}
        console.say(f"{len(reports)} sources: {_counted(total)}")
    for report in reports:
        if len(reports) == 1 or report.rejected:
            _print_report(console, report)
    last = reports[-1]
    if last.data_version:
        differ = "" if last.conflicts is None else f"; sources differ on {last.conflicts} things"
        console.say(f"{last.waiting} relationships wait for an end{differ}. Graph {last.data_version[:16]}…")


def _print_report(console: Console, report: LoadReport) -> None:
    name = "dry run" if report.dry_run else f"load {report.load}"
    console.say(f"{report.title} ({report.source}, {name}): {_counted(report.model_dump())}")
    for note in report.notes:
        console.note(f"  {note}")
    if report.preview:
        _print_preview(console, report.preview)
    for row in report.rejections[:_SHOWN]:
        where = f"{row.file}:{row.line}" + (f", column {row.column}" if row.column else "")
        value = f" ({row.value!r})" if row.value else ""
        console.note(f"  {where}{value}: {row.reason}. {row.fix[:1].upper()}{row.fix[1:]}. [{row.code}]")
    if report.rejected > _SHOWN:
        console.note(f"  … and {report.rejected - _SHOWN} more rejected rows")
    if report.correction_file:
        console.note(f"  The rejected rows are in {report.correction_file}: correct and load that file.")


def _counted(counts: Mapping[str, Any]) -> str:
    words = [f"{counts[word]} {word}" for word in _WORDS if counts[word]]
    return f"{counts['read']} rows read: {', '.join(words) or 'nothing'}"


def _print_preview(console: Console, preview: Preview) -> None:
    console.say("  It would change the graph so:")
    for name in type(preview).model_fields:
        change: ChangeCount = getattr(preview, name)
        if change.count:
            console.say(f"  {change.count} {name.replace('_', ' ')}")
            for example in change.examples:
                console.say(f"    {example.name} ({example.id})")
