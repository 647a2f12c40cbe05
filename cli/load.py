"""`iga load`: files of one source, or the bundled reference data, into the ledger and the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.load_report import print_reports
from iga.cli.progress import bar, drawn
from iga.graph.errors import IgaError, InputError, UsageError
from iga.graph.stores.opening import open_in_little_memory
from iga.ingest.reports import LoadReport

if TYPE_CHECKING:
    from iga.graph.names.asked import NamesOnRecord
    from iga.ingest.loading import LoadOptions
    from iga.ingest.source_reader import SourceReader

_CARD_WORDS = ("source", "title", "publisher", "as_of", "marking", "complete")
_WORKBOOK_WORDS = ("sheets",)


@click.command("load", cls=IgaCommand)
@click.argument("files", nargs=-1, metavar="FILE…")
@click.option("--mapping", metavar="YAML", help="How the rows become statements; see docs/mappings.md.")
@click.option("--format", "format_", metavar="NAME", help="A standard format; recognized when left out.")
@click.option("--bundled", is_flag=True, help="Load the reference sources that come with the program.")
@click.option("--sample", is_flag=True, help="Load the fictional sample: made-up people, meetings and money.")
@click.option("--list", "lists", multiple=True, metavar="NAME", help="A list of `iga sources --available`; repeatable.")
@click.option("--source", default="", metavar="ID", help="Source that the file is of, such as office:partners.")
@click.option("--title", default="", metavar="TEXT", help="Title of the source, as endnotes print it.")
@click.option("--publisher", default="", metavar="TEXT", help="Who publishes or keeps it.")
@click.option("--as-of", default="", metavar="DAY", help="Day that its content is stated for.")
@click.option("--marking", default="", metavar="WORD", help="public, internal or sensitive.")
@click.option("--complete", is_flag=True, default=None, help="Rows that are missing are withdrawn.")
@click.option("--sheet", "sheets", multiple=True, metavar="NAME", help="Sheet of a workbook to read; again for more.")
@click.option("--standard-input", hidden=True, help="Where standard input was put: see cli/main.py.")
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@click.option("--allow-shrink", is_flag=True, help="Withdraw even more than a tenth of a complete source.")
@click.option("--rekey", is_flag=True, help="Accept a new row key; rows under old keys are withdrawn.")
@click.option("--yes", is_flag=True, help="Of an editable workbook: take the changes without asking.")
@click.option("--take-conflicts", is_flag=True, help="With --yes: also cells that changed since the export.")
@click.option(
    "--new", multiple=True, metavar="NAME", help="A name that is new, so that its rows are taken; repeatable."
)
@click.option("--because", default="", metavar="TEXT", help="Why it is loaded; kept with the load.")
@pass_call
def load(call: Call, /, *, files: tuple[str, ...], lists: tuple[str, ...], **options: Any) -> None:
    """Load files of one source, folders of them, or the bundled reference data; - is standard input.

    A file of a standard format needs no mapping: docs/formats.md lists the formats. What --source, --title,
    --publisher, --as-of, --marking and --complete say stands in place of what the format would say.

    Big lists that nobody checked come with the program and load only when asked for: `iga sources --available`
    names them, --list loads one. Answers mark what rests on them alone.

    Exit code 3 when rows were rejected: the rest is loaded, and the rejected rows are written to a file that can be
    corrected and loaded again. So it is when something that follows the load of rows, such as bringing the graph up
    to it, was left undone: all is loaded, and a note says what does the rest. Of several sources one that is refused
    keeps back no other; the end names it.

    Example: iga load contacts.xlsx --dry-run
    """
    paths = [call.path(name) for name in (*files, *filter(None, (options["standard_input"],)))]
    ways = (options["bundled"], options["sample"], bool(lists), bool(paths))
    if ways.count(True) != 1 or (options["mapping"] and options["format_"]):
        raise UsageError(
            "name files, with their --mapping or --format if they need one, or say --bundled, --sample, or --list NAME:"
            " iga load contacts.xlsx --mapping contacts.yaml"
        )
    open_in_little_memory()
    if paths and _is_editable(paths, options):
        from iga.cli.edited import load_edited

        load_edited(call, paths, options)
        return
    reports = _asked_for(call, lists, paths, options)
    _show(call, reports, is_one=bool(paths))
    if any(report.rejected or report.undone or report.refused for report in reports):
        click.get_current_context().exit(3)


def _show(call: Call, reports: Sequence[LoadReport], *, is_one: bool) -> None:
    if call.as_json:
        shown = [report.model_dump(mode="json") for report in reports]
        call.console.document(shown[0] if is_one else {"loads": shown})
    else:
        print_reports(call.console, reports)


def _is_editable(paths: Sequence[Path], options: Mapping[str, Any]) -> bool:
    """True if the first file is an editable workbook, which is compared with the graph and asked about."""
    from iga.ingest.formats.format_registry import head_of
    from iga.ingest.formats.office_workbooks import EDITABLE
    from iga.ingest.readers.text_file import is_workbook

    if options["mapping"] or options["format_"]:
        return bool(options["format_"] == EDITABLE.name)
    return any(path.is_file() and is_workbook(path) and EDITABLE.fits(head_of(path)) for path in paths)


def _with_the_program(call: Call, options: Mapping[str, Any]) -> list[LoadReport]:
    from iga.ingest.committing import LoadWatch, load_bundled, load_sample

    with bar(call.console, "Reading") as reading, drawn(call.console, "Projecting") as projecting:
        return (load_sample if options["sample"] else load_bundled)(
            call.workspace, options=_chosen(call, options), watch=LoadWatch(reading, projecting)
        )


def _asked_for(call: Call, lists: Sequence[str], paths: list[Path], options: Mapping[str, Any]) -> list[LoadReport]:
    if options["bundled"] or options["sample"]:
        return _with_the_program(call, options)
    return _listed(call, lists, options) if lists else [_files(call, paths, options)]


def _listed(call: Call, names: Sequence[str], options: Mapping[str, Any]) -> list[LoadReport]:
    from iga.ingest.bundled import list_named
    from iga.ingest.committing import refusal
    from iga.ingest.mapped_reader import mapped_reader

    _refuse_card_words(options, "without --list: the card of the list")
    sources = [list_named(name) for name in dict.fromkeys(names)]  # all names are checked before anything is loaded
    reports: list[LoadReport] = []
    for source in sources:
        feed = mapped_reader(source.mapping)
        try:
            reports.append(_loaded(call, feed, [source.file], options, trusts_names=True))
        except InputError as error:
            reports.append(refusal(feed, error))
        except IgaError:
            if reports:  # what was loaded before stands, and is told
                _show(call, reports, is_one=False)
            raise
    return reports


def _files(call: Call, paths: list[Path], options: Mapping[str, Any]) -> LoadReport:
    mapping = options["mapping"]
    feed, files = _mapped(call, paths, mapping, options) if mapping else _of_format(paths, options)
    return _loaded(call, feed, files, options)


def _loaded(
    call: Call, feed: SourceReader, files: Sequence[Path], options: Mapping[str, Any], *, trusts_names: bool = False
) -> LoadReport:
    from iga.ingest.committing import LoadWatch, load_and_project

    with bar(call.console, "Reading") as reading, drawn(call.console, "Projecting") as projecting:
        watch = LoadWatch(reading, projecting)
        return load_and_project(
            call.workspace,
            feed,
            files,
            options=_chosen(call, options),
            watch=watch,
            names=lambda: _names_on_record(call),
            trusts_names=trusts_names,
        )


def _chosen(call: Call, options: Mapping[str, Any]) -> LoadOptions:
    from iga.ingest.loading import LoadOptions

    switches: dict[str, Any] = {name: bool(options[name]) for name in ("dry_run", "allow_shrink", "rekey")}
    beside = call.folder if options["standard_input"] else None
    signed = {"by": call.who, "because": options["because"]}
    return LoadOptions(**switches, **signed, new=options["new"], corrections_in=beside)


@contextmanager
def _names_on_record(call: Call) -> Iterator[NamesOnRecord]:
    from iga.cli.opening import session
    from iga.queries.reconciling.names_on_record import NamesOfSession

    with session(call) as context:
        yield NamesOfSession(context)


def _mapped(call: Call, paths: list[Path], mapping: str, options: Mapping[str, Any]) -> tuple[SourceReader, list[Path]]:
    from iga.entering.file_loads import refuse_another_source
    from iga.ingest.formats.format_registry import files_of
    from iga.ingest.formats.table_formats import with_sheets
    from iga.ingest.mapped_reader import TABLE_SUFFIXES, mapped_reader
    from iga.ingest.mapping_file import mapping_of, refuse_open_guesses

    _refuse_card_words(options, "without --mapping: the card in the mapping")
    if not options["dry_run"]:
        refuse_open_guesses(call.path(mapping))
    described = with_sheets(mapping_of(call.path(mapping)), options["sheets"])
    files = files_of(paths, suffixes=TABLE_SUFFIXES[described.format])
    refuse_another_source(files, described.card.source)
    return mapped_reader(described), files


def _refuse_card_words(options: Mapping[str, Any], why: str) -> None:
    if named := [name for name in _CARD_WORDS if options[name]]:
        raise UsageError(f"--{named[0].replace('_', '-')} goes {why} says it")


def _of_format(paths: list[Path], options: Mapping[str, Any]) -> tuple[SourceReader, list[Path]]:
    from iga.entering.file_loads import of_format
    from iga.ingest.formats.format_registry import CardWords, files_of, format_named

    name = options["format_"] or ""
    files = files_of(paths, suffixes=format_named(name).suffixes if name else ())
    words = {word: options[word] for word in (*_CARD_WORDS, *_WORKBOOK_WORDS)}
    return of_format(files, CardWords(**words), name=name), files
