"""`iga export person`: everything ever said of a person, for a request under the Privacy Act or FOIA."""

from typing import TYPE_CHECKING, BinaryIO

import click

from cli.command import Call, IgaCommand, pass_call
from cli.exporting import file_options, place_of, put, tell
from cli.opening import session

if TYPE_CHECKING:
    from exports.files.manifest import Made, Written
    from exports.files.person_rows import PersonFile
    from queries.core.session import Session


@click.command("person", cls=IgaCommand)
@click.argument("name")
@file_options("json", "jsonl", "csv", "xlsx")
@pass_call
def person(
    call: Call, *, name: str, form: str, output: str | None, replace: bool, known_on: str | None, ceiling: str | None
) -> None:
    """Write every statement ever loaded of a person, with its source, who loaded it and when.

    What was superseded or withdrawn is among it, marked so. The file is marked sensitive.

    Example: iga export person "Ada Example" --to xlsx
    """
    from exports.files.person_rows import person_file
    from queries.core.names.resolve import entity_of, subject_of

    with session(call, known_on=known_on, ceiling=ceiling) as context:
        subject = subject_of(context, name, parameter="name", labels=("Person",))
        members = tuple(entity_of(context, subject.id).values.get("members") or (subject.id,))
        found = person_file(context, members)
        path = place_of(call, output, named=["person", subject.id.partition(":")[2]], ending=form)
        manifest = put(
            call,
            context,
            path,
            kind=form,
            what=f"All statements of {subject.name}",
            parameters={"person": subject.id, "ids": list(members)},
            as_of=None,
            question=None,
            replace=replace,
            write=lambda file, made: _write(file, made, context, found, form),
        )
    tell(call, path, manifest)


def _write(file: BinaryIO, made: "Made", context: "Session", found: "PersonFile", kind: str) -> "Written":
    from exports.files.manifest import Written
    from exports.files.person_rows import FIELDS, JUDGEMENT_FIELDS, NOT_RECORDED
    from exports.files.rows import about
    from exports.files.tabular import WRITERS, Table, Tabular
    from graph.domain.marking import Marking

    marking = Marking.SENSITIVE  # whatever its parts: together they are a file on somebody
    hidden = made.ceiling < Marking.SENSITIVE
    notes = [f"{what}: {text}" for what, text in NOT_RECORDED]
    if hidden:
        notes.append(f"nothing above {made.ceiling.word} could be seen when this was made: it may not be complete")
    told = {name.lower().replace(" ", "_"): text for name, text in about(made, marking.word)}
    content = Tabular(
        main=Table("Statements", FIELDS, found.statements),
        document={
            **told,
            "highest_marking_of_a_statement": found.marking.word,
            "not_recorded": dict(NOT_RECORDED),
            "statements": found.statements,
            "judgements": found.judgements,
        },
        beside=(
            Table("Judgements", JUDGEMENT_FIELDS, found.judgements),
            Table.of("Not recorded", [{"what": what, "text": text} for what, text in NOT_RECORDED]),
        ),
        about=about(made, marking.word),
        marking=marking.word,
    )
    return Written(
        counts=found.counts(),
        marking=marking,
        cards=tuple(context.cards[source] for source in found.sources if source in context.cards),
        notes=(*notes, *WRITERS[kind](file, content)),
    )
