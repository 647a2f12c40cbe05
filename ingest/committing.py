"""Load and project under one writer lock, so that what a command acknowledges is what everybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from iga.graph.errors import InputError, TimedOut, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.filling import Progress as ProjectProgress
from iga.graph.workspace import Workspace
from iga.ingest.bundled import BundledSource, bundled_sources, sample_sources
from iga.ingest.following import attempt, bring_up
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.loads_taken_back import TakenBack, foreseen
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.names_of_load import OpensNames
from iga.ingest.previewing import preview
from iga.ingest.readers.file_table import Progress as ReadProgress
from iga.ingest.reports import LoadPreview, LoadReport
from iga.ingest.resolution.candidates import AFTER_A_LOAD, book_after_load, compare_waiting
from iga.ingest.source_reader import SourceReader

_WAITING = """MATCH (w:Waiting)
WHERE any(row IN w.evidence WHERE row STARTS WITH $start)
RETURN w.type AS type, w.source AS source, w.target AS target, w.reason AS reason, w.id AS id
ORDER BY id LIMIT $most"""

MOST_WAITING = 5
"""Waiting relationships that a report names for each source; `waiting` counts those of the whole graph."""

_CONFLICTS = (
    "MATCH (n:Entity) WHERE n.conflicts IS NOT NULL RETURN count(n) AS count",
    "MATCH ()-[x]->() WHERE x.conflicts IS NOT NULL RETURN count(x) AS count",
)

_COUNTS = (
    "What sources differ on was not counted, and what waits was not listed: {why}."
    " iga ask conflicts tells the first, the same load again tells both."
)
_CANDIDATES = "Names that may be one and the same were not looked for: {why}. iga resolve candidates does."


@dataclass(frozen=True)
class LoadWatch:
    """Who is told how far a load is; None is told nothing.

    Attributes:
        reading: Is told how much of each file is read, and the total.
        projecting: Is told how many items were written since it was last told.
    """

    reading: ReadProgress | None = None
    projecting: ProjectProgress | None = None


def load_and_project(
    workspace: Workspace,
    feed: SourceReader,
    files: Sequence[Path],
    *,
    options: LoadOptions = LoadOptions(),  # noqa: B008  (frozen)
    watch: LoadWatch = LoadWatch(),
    names: OpensNames | None = None,
    trusts_names: bool = False,
) -> LoadReport:
    """Load files of one source and bring the graph up to it; a dry run changes neither ledger nor graph.

    Args:
        workspace: Where ledger and graph are.
        feed: How the files are read.
        files: The files.
        options: What the load may do beyond the usual.
        watch: Who is told how far it is.
        names: Opens what looks up names in the graph; None compares them with the bundled tables alone.
        trusts_names: Whether names are taken as they stand, as in what comes with the program.

    Raises:
        As `iga.ingest.loading.load`, and StoreError where the graph that a preview needs cannot be written. Nothing
        is raised once the load is committed: the report says what was left undone.
    """
    _refuse_made_up(workspace, feed)
    if options.dry_run and (report := _tried_beside(workspace, feed, files, options, watch)):
        return report
    with workspace.changing(f"iga load {', '.join(path.name for path in files)}") as ledger:
        if options.dry_run or feed.card.complete:
            workspace.project()  # what a preview is compared with
        elif names:
            attempt(workspace.project, [], "")  # names are looked up in it; where it fails, that is told there
        surroundings = _surroundings(workspace, ledger, watch, previews=True)
        surroundings = replace(surroundings, names=names, trusts_names=trusts_names)
        report = load(ledger, feed, files, surroundings=surroundings, options=options)
        return report if options.dry_run else _projected(workspace, [report], watch, compares=True)[0]


def _tried_beside(
    workspace: Workspace, feed: SourceReader, files: Sequence[Path], options: LoadOptions, watch: LoadWatch
) -> LoadReport | None:
    """Return the report of a dry run on a copy of the ledger where somebody else is writing; None where nobody is."""
    with workspace.beside() as copy:
        if copy is None:
            return None
        ledger, holder = copy
        surroundings = _surroundings(workspace, ledger, watch, previews=False)
        report = load(ledger, feed, files, surroundings=surroundings, options=options)
    note = f"{holder}; this is compared with what was there before it, and what the graph would gain is not told"
    return report.model_copy(update={"notes": (*report.notes, note)})


def load_bundled(
    workspace: Workspace,
    *,
    options: LoadOptions = LoadOptions(),  # noqa: B008  (frozen)
    watch: LoadWatch = LoadWatch(),
) -> list[LoadReport]:
    """Load all bundled sources, by name, and bring the graph up to them once; one that is refused keeps back no other.

    Raises:
        As `load_and_project`; what refuses one source is in its report.
    """
    return _load_all(workspace, "iga load --bundled", bundled_sources(), options, watch)


def load_sample(
    workspace: Workspace,
    *,
    options: LoadOptions = LoadOptions(),  # noqa: B008  (frozen)
    watch: LoadWatch = LoadWatch(),
) -> list[LoadReport]:
    """Load the fictional sample into a practice store, and bring the graph up to it, as `load_bundled` does."""
    return _load_all(workspace, "iga load --sample", sample_sources(), options, watch)


def _load_all(
    workspace: Workspace, command: str, sources: Sequence[BundledSource], options: LoadOptions, watch: LoadWatch
) -> list[LoadReport]:
    readers = [(mapped_reader(source.mapping), source.file) for source in sources]
    for reader, _ in readers:
        _refuse_made_up(workspace, reader)
    with workspace.changing(command) as ledger:
        surroundings = replace(_surroundings(workspace, ledger, watch, previews=False), trusts_names=True)
        reports: list[LoadReport] = []
        for reader, file in readers:
            try:
                reports.append(load(ledger, reader, [file], surroundings=surroundings, options=options))
            except InputError as error:
                reports.append(refusal(reader, error))
        # What comes with the program was compared before it was sent out: whoever asks for candidates has it compared.
        return reports if options.dry_run else _projected(workspace, reports, watch, compares=False)


def refusal(feed: SourceReader, error: InputError) -> LoadReport:
    """Return the report of a source that was refused, beside others that were not."""
    card = feed.card
    return LoadReport(load=0, source=card.source, title=card.title, refused=f"{error.code}: {error.message}")


def _refuse_made_up(workspace: Workspace, feed: SourceReader) -> None:
    """Refuse what is made up where it would stand beside real bodies and in real totals."""
    if feed.card.fictional and not workspace.settings.is_practice:
        raise UsageError(
            f"“{feed.card.title}” is made up for practice, and {workspace.settings.store} holds real records:"
            " load it into the practice store, as in iga --practice load --sample"
        )


def taken_back_foreseen(workspace: Workspace, ledger: Ledger, sources: Sequence[TakenBack]) -> list[LoadPreview]:
    """Return what the graph would gain and lose by loads taken back, of one source each; nothing is written."""
    workspace.project()  # what a preview is compared with
    with workspace.graph() as store:
        return [foreseen(ledger, store, one, now=workspace.now()) for one in sources]


def _surroundings(workspace: Workspace, ledger: Ledger, watch: LoadWatch, *, previews: bool) -> Surroundings:
    def clock() -> datetime:
        return datetime.fromisoformat(workspace.now())

    def foreseen() -> LoadPreview:
        with workspace.graph() as store:
            return preview(ledger, store, now=workspace.now())

    return Surroundings(clock, watch.reading, foreseen if previews else None)


def _projected(
    workspace: Workspace, reports: list[LoadReport], watch: LoadWatch, *, compares: bool
) -> list[LoadReport]:
    """Return the reports of committed loads with what the graph holds after them; nothing that fails here is raised."""
    started = datetime.fromisoformat(workspace.now())
    left: list[str] = []
    held = bring_up(workspace, left, watch.projecting)
    shared: dict[str, Any] = {}
    waits: dict[str, tuple[str, ...]] = {}
    if held:
        shared = {"waiting": held.waiting_count, "data_version": workspace.everything().version_of(held.hash)}
        sources = [report.source for report in reports if held.waiting_count]
        counted = attempt(lambda: _conflicts_and_waits(workspace, sources), left, _COUNTS)
        shared["conflicts"], waits = counted or (None, {})
    seconds = (datetime.fromisoformat(workspace.now()) - started).total_seconds() / len(reports)
    if held and compares:
        changed = sum(report.new + report.changed + report.withdrawn for report in reports)
        shared |= attempt(lambda: _candidates(workspace, changed=changed), left, _CANDIDATES) or {}
    return [
        report.model_copy(
            update={
                **shared,
                "seconds": round(report.seconds + seconds, 3),
                "waits": waits.get(report.source, ()),
                "undone": tuple(left),
            }
        )
        for report in reports
    ]


def _conflicts_and_waits(workspace: Workspace, sources: Sequence[str]) -> tuple[int | None, dict[str, tuple[str, ...]]]:
    """Return on how many things sources differ, and the first relationships of each that wait, with the reason.

    The first is None where counting takes longer than a statement may.
    """
    waits: dict[str, tuple[str, ...]] = {}
    with workspace.graph() as store:
        for source in sources:
            rows = store.look(_WAITING, start=f'["{source}",', most=MOST_WAITING)
            waits[source] = tuple(f"{row['source']} {row['type']} {row['target']}: {row['reason']}" for row in rows)
        try:
            return sum(int(store.look(text)[0]["count"]) for text in _CONFLICTS), waits
        except TimedOut:  # what was loaded stands
            return None, waits


def _candidates(workspace: Workspace, *, changed: int) -> dict[str, int]:
    """Return how many candidates came up among what was loaded, and how many parties wait to be compared.

    Nothing where they are left for later, as after a large load.
    """
    with workspace.reading() as reading:
        book = book_after_load(reading, changed=changed)
        if book is None:
            return {}
        compared = compare_waiting(book, limit=AFTER_A_LOAD)
    return {"candidates": len(compared.new), "uncompared": compared.waiting}
