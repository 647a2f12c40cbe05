"""`iga export rows`: the answer to a question as a file."""

from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cli.ask import example, question_group
from cli.card_commands import options
from cli.command import Call, IgaCommand
from cli.exporting import FileAsked, file_options
from graph.errors import UsageError

if TYPE_CHECKING:
    from exports.files.manifest import Contents, Origin
    from queries.core.answer import Answer
    from queries.core.session import Session


def _command(card: Any) -> click.Command:
    @file_options("csv", "xlsx", "json", "jsonl", "ics", "vcf")
    def write_rows_of(_: Call, /, *, file: FileAsked, **parameters: tuple[str, ...]) -> None:
        from queries.ask import ask
        from queries.core.permissions import NAMED_IN_EXPORT

        filled = {name: texts for name, texts in parameters.items() if texts}
        with file.opened() as context:
            answer = ask(context.used_for(NAMED_IN_EXPORT), card.name, filled)
            names = [subject.name for subject in answer.subjects]
            path = file.place([card.name, *names])
            what = f"Rows of {card.name}{': ' if names else ''}{', '.join(names)}"
            asked: dict[str, Any] = {"parameters": answer.parameters, "as_of": answer.as_of, "question": card.name}
            origin = file.origin(context, what=what, **asked)
            file.put(path, origin, lambda out: _write(out, origin, context, answer, file.form))

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


def _write(file: BinaryIO, origin: "Origin", context: "Session", answer: "Answer", kind: str) -> "Contents":
    from exports.files.row_files import contents_of, row_file, write_rows

    if kind not in ("ics", "vcf"):
        return write_rows(file, answer, kind=kind, origin=origin, session=context)
    content = row_file(answer, origin)
    table = content.main
    if kind == "ics":
        from exports.files.calendar_file import appointment_of, has_days, write_calendar

        if not has_days(table.fields):
            raise UsageError(f"the rows of {answer.question} are no appointments; choose csv, xlsx, json or jsonl")
        count, notes = write_calendar(
            file, map(appointment_of, table.rows), title=origin.what, made_at=origin.made_at, marking=content.marking
        )
        return contents_of(answer, context, counts={"entries": count, "rows": len(answer.rows)}, notes=notes)
    from exports.files.address_cards import cards_of_contacts, has_channels, write_cards

    if not has_channels(table.fields):
        raise UsageError(f"the rows of {answer.question} are no contacts; choose csv, xlsx, json or jsonl")
    cards, notes = cards_of_contacts(table.rows)
    counts = {"cards": write_cards(file, cards), "rows": len(answer.rows)}
    return contents_of(answer, context, counts=counts, notes=notes)
