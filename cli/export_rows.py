"""`iga export rows`: the answer to a question as a file."""

from typing import TYPE_CHECKING, BinaryIO

import click

from cli.ask import question_parameters
from cli.command import Call, IgaCommand, pass_call
from cli.exporting import file_options, place_of, put, tell
from cli.opening import session
from graph.errors import UsageError

if TYPE_CHECKING:
    from exports.files.manifest import Made, Written
    from queries.core.answer import Answer
    from queries.core.session import Session


@click.command("rows", cls=IgaCommand)
@click.argument("question")
@question_parameters
@file_options("csv", "xlsx", "json", "jsonl", "ics", "vcf")
@pass_call
def rows(
    call: Call, /, *, question: str, form: str, output: str | None, replace: bool, known_on: str | None,
    ceiling: str | None, **given: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the answer to a question: its rows with their sources, its doubts beside them.

    ics takes questions whose rows have days (due, engagements), vcf those whose rows are contacts.

    Example: iga export rows contact --party OSCE --to xlsx
    """
    from queries.ask import ask

    with session(call, known_on=known_on, ceiling=ceiling) as context:
        answer = ask(context, question, {name: texts for name, texts in given.items() if texts})
        names = [subject.name for subject in answer.subjects]
        path = place_of(call, output, named=[question, *names], ending=form)
        manifest = put(
            call,
            context,
            path,
            kind=form,
            what=f"Rows of {question}{': ' if names else ''}{', '.join(names)}",
            parameters=answer.parameters,
            as_of=answer.as_of,
            question=question,
            replace=replace,
            write=lambda file, made: _write(file, made, context, answer, form),
        )
    tell(call, path, manifest)


def _write(file: BinaryIO, made: "Made", context: "Session", answer: "Answer", kind: str) -> "Written":
    from exports.files.rows import tabular, told, write_rows

    if kind not in ("ics", "vcf"):
        return write_rows(file, answer, kind=kind, made=made, cards=context.cards)
    table = tabular(answer, made).main
    marking = tabular(answer, made).marking
    if kind == "ics":
        from exports.files.calendar_file import write_calendar
        from exports.files.days import entry_of, has_days

        if not has_days(table.fields):
            raise UsageError(f"the rows of {answer.question} are no appointments; choose csv, xlsx, json or jsonl")
        count, notes = write_calendar(
            file, map(entry_of, table.rows), title=made.what, made_at=made.at, marking=marking
        )
        return told(answer, context.cards, counts={"entries": count, "rows": len(answer.rows)}, notes=notes)
    from exports.files.address_card import write_cards
    from exports.files.contact_cards import cards_of, has_channels

    if not has_channels(table.fields):
        raise UsageError(f"the rows of {answer.question} are no contacts; choose csv, xlsx, json or jsonl")
    cards, notes = cards_of(table.rows)
    return told(
        answer, context.cards, counts={"cards": write_cards(file, cards), "rows": len(answer.rows)}, notes=notes
    )
