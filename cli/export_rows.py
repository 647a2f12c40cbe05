"""`iga export rows`: the answer to a question as a file."""

from typing import Any

import click

from iga.cli.ask import example, question_group
from iga.cli.card_commands import options
from iga.cli.command import Call, IgaCommand
from iga.cli.exporting import FileAsked, file_options


def _command(card: Any) -> click.Command:
    @file_options("csv", "xlsx", "json", "jsonl", "ics", "vcf")
    def write_rows_of(_: Call, /, *, file: FileAsked, **parameters: tuple[str, ...]) -> None:
        from iga.exports.files.answer_file import write_answer
        from iga.queries.ask import ask
        from iga.queries.core.permissions import NAMED_IN_EXPORT

        filled = {name: texts for name, texts in parameters.items() if texts}
        with file.opened() as context:
            answer = ask(context.used_for(NAMED_IN_EXPORT), card.name, filled)
            names = [subject.name for subject in answer.subjects]
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
