"""`iga export graph`: the graph, or a part of it, for other graph programs."""

from typing import TYPE_CHECKING, BinaryIO

import click

from cli.command import Call, IgaCommand
from cli.exporting import FileAsked, file_options
from graph.errors import UsageError

if TYPE_CHECKING:
    from exports.files.manifest import Contents, Origin
    from exports.graphs.subgraph import Subgraph
    from queries.core.session import Session


@click.command("graph", cls=IgaCommand)
@click.option("--party", "names", multiple=True, metavar="TEXT", help="What lies around it; may be given again.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(0, 6), help="Steps from the parties.")
@click.option("--limit", default=2_000, show_default=True, type=click.IntRange(min=1), help="Most things around them.")
@click.option("--class", "classes", multiple=True, metavar="CLASS", help="Only these: Government, Party, Agreement …")
@click.option(
    "--as-of", metavar="DAY", help="Only relationships not known to be over or not begun; every day if left out."
)
@file_options("graphml", "gexf", "ftm", "cypher", "json", "jsonl", "csv")
def graph(
    _: Call,
    *,
    file: FileAsked,
    names: tuple[str, ...],
    depth: int,
    limit: int,
    classes: tuple[str, ...],
    as_of: str | None,
) -> None:
    """Write the graph, or what lies around parties: the same things in the same order in each format.

    csv is a ZIP file with a table of nodes and one of edges.

    Example: iga export graph --party OSCE --depth 2 --to graphml
    """
    with file.opened() as context:
        part = _part(context, names, depth, limit, classes, as_of)
        if not part.names:
            raise UsageError(f"{part.what}: nothing is held, so there is nothing to write")
        path = file.place(["graph", *names, *classes], ending=_ENDINGS.get(file.form, ""))
        origin = file.origin(context, what=part.what, parameters=part.parameters, as_of=part.day)
        file.put(path, origin, lambda out: _write(out, part, origin, file.form))


_ENDINGS = {"csv": "zip", "ftm": "ftm.json"}


def _part(
    context: "Session", names: tuple[str, ...], depth: int, limit: int, classes: tuple[str, ...], as_of: str | None
) -> "Subgraph":
    from exports.graphs.subgraph import around, everything
    from queries.core.days import the_day
    from queries.core.names.resolve import subject_of

    day = the_day(as_of, today=context.today) if as_of else None
    for cls in classes:
        _check(cls)
    if not names:
        return everything(context, classes=classes, day=day)
    parties = [subject_of(context, name, parameter="party", labels=("Entity",)) for name in names]
    unique = list({party.id: party for party in parties}.values())
    return around(context, unique, depth=depth, limit=limit, classes=classes, day=day)


def _check(cls: str) -> None:
    from graph.domain.catalog import NODES
    from graph.suggestions import did_you_mean

    known = sorted({label for node in NODES for label in node.all_labels()})
    if cls not in known:
        raise UsageError(f"--class {cls!r}: there is no such class or group{did_you_mean(cls, known)}")


def _write(file: BinaryIO, part: "Subgraph", origin: "Origin", kind: str) -> "Contents":
    from exports.graphs.graph_formats import WRITERS

    contents = WRITERS[kind](file, part, origin)
    part.check_unchanged()
    return contents
