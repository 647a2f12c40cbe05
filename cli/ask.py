"""`iga ask`: a command for each question; without one, they are listed."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from cli.card_commands import CardGroup, options
from cli.command import Call, IgaCommand, pass_call
from cli.opening import session
from cli.printing import print_answer


def questions() -> Mapping[str, Any]:
    """Return the cards of all questions by name; each is imported when it is asked for."""
    from queries.registry import QUESTIONS

    return QUESTIONS


def refuse_unknown(name: str) -> None:
    """Refuse a question that does not exist, with what may have been meant."""
    from queries.ask import question_named

    question_named(name)


def question_group(**kwargs: Any) -> Callable[[Callable[..., Any]], click.Group]:
    """Return what makes a group with a command for each question; arguments as of `CardGroup`."""
    return click.group(cls=CardGroup, cards=questions, unknown=refuse_unknown, **kwargs)


def example(card: Any) -> str:
    """Return the example of a question as it is typed: ``contact --party "OSCE"``."""
    return " ".join((card.name, *(f'--{name.replace("_", "-")} "{text}"' for name, text in card.example.items())))


def _command(card: Any) -> click.Command:
    @pass_call
    def ask_it(call: Call, /, *, known_on: str | None, shape: str, **typed: tuple[str, ...]) -> None:
        from queries.ask import ask as answer_to

        with session(call, known_on=known_on) as context:
            answer = answer_to(context, card.name, {name: texts for name, texts in typed.items() if texts})
        if call.as_json:
            call.console.document(answer.model_dump(mode="json"))
        elif shape == "text":
            print_answer(call.console, answer)
        else:
            from exports.tables import as_csv, as_json_lines

            call.console.out.write(as_csv(answer) if shape == "csv" else as_json_lines(answer))

    known_on = click.Option(["--known-on"], metavar="DAY", help="Only what was loaded by that day, instant or load:N.")
    shapes = click.Choice(["text", "csv", "jsonl"])
    shape = click.Option(["--format", "shape"], type=shapes, default="text", help="Shape of the rows.")
    return IgaCommand(
        card.name,
        params=[*options(card), known_on, shape],
        callback=ask_it,
        help=f"{card.title}\n\nExample: iga ask {example(card)}",
        short_help=card.title,
    )


@click.command("words", cls=IgaCommand)
@click.argument("text")
@pass_call
def in_words(call: Call, /, *, text: str) -> None:
    """Ask in plain words: the question and its parameters are chosen, said, and asked.

    Example: iga ask which osce countries are outside palermo
    """
    from queries.plain.answering import ask_in_words

    with session(call) as context:
        answer = ask_in_words(context, text)
    if call.as_json:
        call.console.document(answer.model_dump(mode="json"))
        return
    call.console.say(f"Understood: {answer.understood.command}")
    for other in answer.understood.others:
        call.console.say(f"        or: {other.command}")
    call.console.say()
    print_answer(call.console, answer)


@question_group(command=_command, in_words=in_words, name="ask", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="List them as one JSON document.")
@click.pass_context
def ask(ctx: click.Context, /, *, as_json: bool) -> None:
    """Ask one of the questions, or in plain words; without either, list the questions.

    Example: iga ask contact --party OSCE --topic "child trafficking"
    """
    if ctx.invoked_subcommand is not None:
        return
    console = ctx.obj.console
    if as_json:
        console.document({"questions": [card.summary() for card in questions().values()]})
        return
    for card in questions().values():
        console.say(f"{card.name:<15} {card.title}")
        console.say(f"{'':<15} iga ask {example(card)}\n")
