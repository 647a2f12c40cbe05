"""`iga reconcile`: whom the names in a column of somebody's table mean, for those without OpenRefine."""

from typing import Any

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.opening import session
from iga.graph.errors import UsageError


@click.command("reconcile", cls=IgaCommand)
@click.argument("file")
@click.option("--column", required=True, metavar="NAME", help="Header of the column of names.")
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.csv: all rows, and our columns after theirs.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind: ngo, government, party …")
@click.option("--country-column", default="", metavar="NAME", help="Header of a column of countries, as evidence.")
@click.option("--topic", default="", metavar="TOPIC", help="Only what deals with this topic.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook that has several.")
@click.option("--header-row", default=1, show_default=True, type=click.IntRange(1, 1000), help="Row of the header.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text file; detected when left out.")
@pass_call
def reconcile(call: Call, /, *, file: str, column: str, output: str, **options: Any) -> None:
    """Match the names in a column of a CSV file or workbook.

    A match is filled in only where it is beyond doubt; elsewhere up to three candidates are listed to choose from.
    docs/reconciling.md explains the columns that are added.

    Example: iga reconcile partners.csv --column Partner --kind ngo -o matched.csv
    """
    from iga.exports.reconciled_table import NameColumn, as_document, csv_of, reconciled_table
    from iga.exports.writing import write_file
    from iga.queries.core.permissions import NAMED_IN_EXPORT
    from iga.queries.reconciling.table_rows import Narrowed

    source, target = call.path(file), call.path(output)
    if target.suffix.lower() != ".csv":
        raise UsageError(f"-o {output}: a CSV file is written; write {target.stem}.csv")
    if target.resolve() == source.resolve():
        raise UsageError(f"-o {output}: this is the file itself, which is left as it is; name another")
    where = {name: options[name] for name in ("country_column", "sheet", "header_row", "encoding")}
    narrowed = Narrowed.named(options["kinds"], options["topic"])
    with session(call) as context:
        table = reconciled_table(context.used_for(NAMED_IN_EXPORT), NameColumn(source, column, **where), narrowed)
    write_file(target, csv_of(table))
    if call.as_json:
        call.console.document({"file": str(target), **as_document(table)})
    for note in table.notes:
        call.console.note(note)
    counts = table.counts()
    call.console.note(
        f"{counts['row_count']} rows: {counts['sure_count']} matched, {counts['choose_count']} to choose,"
        f" {counts['none_count']} not found. Written to {output}."
    )
