"""What `iga load` prints of its reports: counts, notes, names not known, rejections, what a dry run would change."""

from collections.abc import Mapping, Sequence
from typing import Any

from iga.cli.console import Console
from iga.graph.names.kinds import plain
from iga.graph.text import counted
from iga.ingest.rejections import Rejection
from iga.ingest.reports import ChangeCount, LoadPreview, LoadReport

_SHOWN = 20
_WORDS = ("new", "changed", "unchanged", "repeated", "skipped", "rejected", "withdrawn")


def print_reports(console: Console, reports: Sequence[LoadReport]) -> None:
    """Print what became of the loads; of many, one line for all and the ones that need a look."""
    if len(reports) > 1:
        total = {word: sum(getattr(report, word) for report in reports) for word in ("read", *_WORDS)}
        console.say(f"{len(reports)} sources: {_counted(total)}")
    for report in reports:
        if report.refused:
            continue
        if len(reports) == 1 or report.rejected:
            _print_report(console, report)
        elif report.people_public:
            console.note(f"  {report.title}: {report.people_public} people public, basis: {report.people_basis}")
    _print_refused(console, [report for report in reports if report.refused])
    last = reports[-1]
    for sentence in last.undone:
        console.note(sentence)
    if last.data_version:
        differ = "" if last.conflicts is None else f"; sources differ on {last.conflicts} things"
        if last.candidates or last.uncompared:
            console.say(_candidates(last))
        console.say(f"{last.waiting} relationships wait for an end{differ}. Graph {last.data_version[:16]}…")


def _print_refused(console: Console, refused: Sequence[LoadReport]) -> None:
    if refused:
        console.note(
            f"{counted(len(refused), 'source')} refused, which left what stood as it was; all others are loaded:"
        )
    for report in refused:
        console.note(f"  {report.title}: {report.refused}")


def _candidates(report: LoadReport) -> str:
    later = f"; {report.uncompared:,} more names wait to be compared" if report.uncompared else ""
    pairs = "1 pair" if report.candidates == 1 else f"{report.candidates or 0} pairs"
    return f"{pairs} of names may be one and the same{later}: iga resolve"


def _print_report(console: Console, report: LoadReport) -> None:
    name = "dry run" if report.dry_run else f"load {report.load}"
    console.say(f"{report.title} ({report.source}, {name}): {_counted(report.model_dump())}")
    for note in report.notes:
        console.note(f"  {note}")
    if report.preview:
        print_preview(console, report.preview)
    _print_names(console, report)
    for row in report.rejections[:_SHOWN]:
        console.note(f"  {_told(row)}")
    if report.rejected > _SHOWN:
        console.note(f"  … and {report.rejected - _SHOWN} more rejected rows")
    for waiting in report.waits:
        console.note(f"  Waits: {waiting}")
    if report.correction_file:
        console.note(f"  The rejected rows are in {report.correction_file}: {report.how_to_correct}.")
    if report.unread_count:
        _print_unread(console, report)


def _print_names(console: Console, report: LoadReport) -> None:
    """Print the names that nothing on record has, with the nearest known ones, and those taken for another name."""
    for taken in report.names_taken[:_SHOWN]:
        console.note(f"  {taken.name!r} was taken for {taken.printed} ({taken.id})")
    if not report.names_not_known_count:
        return
    console.say(f"  Names not known, {report.names_not_known_count}: those not kept back are new from now on.")
    for name in report.names_not_known[:_SHOWN]:
        rows = "1 row" if name.rows == 1 else f"{name.rows} rows"
        near = f"; near it: {', '.join(name.near)}" if name.near else "; nothing is near it"
        console.say(f"    {name.name!r}, {plain(name.cls)}, {rows}{' kept back' if name.is_held else ''}{near}")
    if (more := report.names_not_known_count - _SHOWN) > 0:
        console.say(f"    … and {more} more; --json lists {len(report.names_not_known)}")


def _print_unread(console: Console, report: LoadReport) -> None:
    cells = "one cell was" if report.unread_count == 1 else f"{report.unread_count} cells were"
    console.note(f"  What could not be read: {cells} left out, the rest of the rows was taken.")
    for cell in report.unread[:_SHOWN]:
        console.note(f"  {_told(cell)}")
    if report.unread_count > _SHOWN:
        console.note(f"  … and {report.unread_count - _SHOWN} more")
    if report.unread_file:
        console.note(f"  All of them are listed in {report.unread_file}.")


def _told(row: Rejection) -> str:
    where = f"{row.file}:{row.line}" + (f", column {row.column}" if row.column else "")
    value = f" ({row.value!r})" if row.value else ""
    return f"{where}{value}: {row.reason}. {row.fix[:1].upper()}{row.fix[1:]}. [{row.code}]"


def _counted(counts: Mapping[str, Any]) -> str:
    words = [f"{counts[word]} {word}" for word in _WORDS if counts[word]]
    return f"{counted(counts['read'], 'row')} read{': ' if words else ''}{', '.join(words)}"


def print_preview(console: Console, preview: LoadPreview) -> None:
    """Print what the graph would gain and lose, with the first of each."""
    console.say("  It would change the graph so:")
    for name in type(preview).model_fields:
        change: ChangeCount = getattr(preview, name)
        if change.count:
            console.say(f"  {name.replace('_', ' ')}: {change.count}")
            for example in change.examples:
                console.say(f"    {example.name} ({example.id})")
