"""`iga export`: answers, parties and the graph as files for other programs, or to be corrected and loaded again."""

from collections.abc import Sequence

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.export_graph import graph
from iga.cli.export_party import KINDS, export_parties
from iga.cli.export_person import person
from iga.cli.export_rows import rows
from iga.cli.exporting import FORCE, FileAsked, file_options, say_new_name
from iga.cli.opening import session
from iga.graph.errors import UsageError


@click.group("export")
def export() -> None:
    """Write answers, parties, people or the graph as files for other programs, each with a manifest.

    Example: iga export rows contact --party OSCE --to xlsx
    """


export.add_command(rows)
export.add_command(graph)
export.add_command(person)


@export.command("verify", cls=IgaCommand)
@click.argument("file")
@pass_call
def verify(call: Call, *, file: str) -> None:
    """Check an exported file against the manifest beside it.

    Example: iga export verify contact-osce.xlsx
    """
    from iga.exports.files.manifest import verified

    manifest = verified(call.path(file))
    if call.as_json:
        call.console.document({"intact": True, **manifest.model_dump(mode="json")})
        return
    call.console.say(f"{file} is as it was exported: {manifest.what}; {manifest.marking}.")
    call.console.say(
        f"By {manifest.made_by}, {manifest.made_at}; as of {manifest.as_of or 'every day'};"
        f" data version {manifest.data_version}"
    )


@export.command("party", cls=IgaCommand)
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--editable", is_flag=True, help="A workbook with the ids that let it be corrected and loaded again.")
@click.option("--as-of", metavar="DAY", help="Ties that may have held on this day; today if left out. With --to.")
@file_options(*KINDS, required=False)
def party(call: Call, *, file: FileAsked, names: tuple[str, ...], editable: bool, as_of: str | None) -> None:
    """Write parties with their posts, holders, channels, memberships and owners; several in one file.

    Channels that must not be used are left out of vcf, popolo and ftm, and said.

    Example: iga export party OSCE --to xlsx
    """
    if file.form and not editable:
        export_parties(file, names, as_of=as_of)
        return
    if file.form or as_of or file.known_on or file.ceiling or file.output is None:
        raise UsageError(
            "say --to json, csv, xlsx … for a file to read, or --editable -o FILE.xlsx for a workbook to correct"
        )
    _export(call, names, editable=editable, output=file.output, force=file.force, members=False)


@export.command("members", cls=IgaCommand)
@click.option("--party", "names", multiple=True, required=True, metavar="TEXT", help="The body; may be given again.")
@click.option("--editable", is_flag=True, help="With the ids that let it be corrected and loaded again.")
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.xlsx.")
@click.option("--force", **FORCE)
@pass_call
def members(call: Call, *, names: tuple[str, ...], editable: bool, output: str, force: bool) -> None:
    """Write the memberships of a body.

    Example: iga export members --party OSCE --editable -o osce-members.xlsx
    """
    _export(call, names, editable=editable, output=output, force=force, members=True)


def _export(call: Call, names: Sequence[str], *, editable: bool, output: str, force: bool, members: bool) -> None:
    from iga.exports.editable_workbook import editable_workbook, rows_of_members, rows_of_parties
    from iga.exports.writing import sealed, write_new_file
    from iga.queries.core.names.resolve import subject_of

    path = call.path(output)
    if not editable:
        raise UsageError("say --editable: a workbook to correct; iga export … --to xlsx writes one to read")
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{output!r}: it is a workbook; name it {path.stem or 'party'}.xlsx")
    with session(call) as context:
        subjects = [subject_of(context, name, parameter="party", labels=("Party", "Post")) for name in names]
        ids = list(dict.fromkeys(one.id for one in subjects))
        rows = rows_of_members(context, ids) if members else rows_of_parties(context, ids)
        title = f"{'Members of ' if members else ''}{', '.join(dict.fromkeys(one.name for one in subjects))}"
        if not rows:
            raise UsageError(f"{title}: nothing is held, so there is nothing to correct")
        content = editable_workbook(
            rows, title=title, data_version=context.status.data_version, exported_at=call.workspace.made_at()
        )
    place = write_new_file(path, sealed(content, ending="xlsx"), force=force)
    say_new_name(call, path, place)
    if call.as_json:
        version = context.status.data_version
        call.console.document({"file": str(place), "rows": len(rows), "data_version": version})
    else:
        call.console.say(f"{place} written: {len(rows)} rows. Correct cells, then: iga load {place.name}")
