"""`iga export`: answers, parties and the graph as files for other programs, or to be corrected and loaded again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from iga.cli.ask import example, question_group
from iga.cli.card_commands import options
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.export_person import person
from iga.cli.exporting import FORCE, FileAsked, file_options, say_new_name
from iga.cli.opening import session
from iga.graph.errors import UsageError

if TYPE_CHECKING:
    from iga.exports.files.manifest import Contents, Origin
    from iga.exports.graphs.subgraph import Subgraph

_NAMED = 4
"""Parties that a file is called by; of a saved list there may be hundreds."""


def _command(card: Any) -> click.Command:
    @file_options("csv", "xlsx", "json", "jsonl", "ics", "vcf")
    def write_rows_of(_: Call, /, *, file: FileAsked, **parameters: tuple[str, ...]) -> None:
        from iga.exports.files.answer_file import write_answer
        from iga.queries.core.permissions import NAMED_IN_EXPORT
        from iga.queries.sets.saved import ask_any

        filled = {name: texts for name, texts in parameters.items() if texts}
        with file.opened() as context:
            answer = ask_any(context.used_for(NAMED_IN_EXPORT), card.name, filled)
            whole = [subject.name for subject in answer.subjects]
            names = whole if len(whole) <= _NAMED else [*whole[:_NAMED], f"{len(whole) - _NAMED} more"]
            path = file.place([card.name, *names])
            what = f"Rows of {card.name}{': ' if names else ''}{', '.join(names)}"
            asked: dict[str, Any] = {"parameters": answer.parameters, "as_of": answer.as_of, "question": card.name}
            origin = file.origin(context, what=what, **asked)
            file.put(
                path, origin, lambda out: write_answer(out, answer, kind=file.form, origin=origin, session=context)
            )

    return IgaCommand(
        card.name,
        params=[*options(card), *reversed(write_rows_of.__click_params__)],  # type: ignore[attr-defined]
        callback=write_rows_of,
        help=f"{card.title}\n\nExample: iga export rows {example(card)} --to xlsx",
        short_help=card.title,
    )


@question_group(command=_command, name="rows")
def rows() -> None:
    """Write the answer to a question: its rows with their sources, its doubts beside them.

    ics takes questions whose rows have days (due, engagements), vcf those whose rows are contacts.

    Example: iga export rows contact --party OSCE --to xlsx
    """


PARTY_KINDS = ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm")
_PARTY_ENDINGS = {"popolo": "json", "ftm": "ftm.json"}


def export_parties(file: FileAsked, names: tuple[str, ...], *, as_of: str | None) -> None:
    """Write parties as of a day."""
    from iga.exports.files.party_file import parties_asked_for, write_parties

    with file.opened() as context:
        parties = parties_asked_for(context, names, as_of=as_of)
        label = "popolo party" if file.form == "popolo" else "party"
        path = file.place([label, *names], ending=_PARTY_ENDINGS.get(file.form, ""))
        origin = file.origin(context, what=parties.what, parameters=parties.parameters, as_of=parties.day)
        file.put(
            path, origin, lambda out: write_parties(out, parties.rows, kind=file.form, origin=origin, session=context)
        )


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
    from iga.exports.graphs.subgraph import part_asked_for

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
@file_options(*PARTY_KINDS, required=False)
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
