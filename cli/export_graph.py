"""`iga export graph`: the graph, or a part of it, for other graph programs."""

from typing import TYPE_CHECKING, BinaryIO

import click

from iga.cli.command import Call, IgaCommand
from iga.cli.exporting import FileAsked, file_options

if TYPE_CHECKING:
    from iga.exports.files.manifest import Contents, Origin
    from iga.exports.graphs.subgraph import Subgraph


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
    from iga.exports.graphs.asked_part import part_asked_for

    with file.opened() as context:
        part = part_asked_for(context, names, depth=depth, limit=limit, classes=classes, as_of=as_of)
        path = file.place(["graph", *names, *classes], ending=_ENDINGS.get(file.form, ""))
        origin = file.origin(context, what=part.what, parameters=part.parameters, as_of=part.day)
        file.put(path, origin, lambda out: _write(out, part, origin, file.form))


_ENDINGS = {"csv": "zip", "ftm": "ftm.json"}


def _write(file: BinaryIO, part: "Subgraph", origin: "Origin", kind: str) -> "Contents":
    from iga.exports.graphs.graph_formats import WRITERS

    contents = WRITERS[kind](file, part, origin)
    part.check_unchanged()
    return contents
