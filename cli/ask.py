"""`iga ask`: a command for each question; without one, they are listed."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from iga.cli.card_commands import CardGroup, options
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.console import DIM, Console
from iga.cli.front import say_on_one_screen
from iga.cli.opening import session
from iga.cli.printing import print_answer, wrapped
from iga.cli.screen import ROWS, fields_known
from iga.graph.errors import Ambiguous, NotFound
from iga.graph.ledger.watches import LIST
from iga.queries.core.answer import Answer

if TYPE_CHECKING:
    from iga.queries.core.session import Session

WAYS_TO_ASK = (
    ('iga ask "which osce countries are outside palermo"', "in plain words"),
    ("iga ask gaps palermo osce", "a question by its name"),
    ("iga ask gaps --agreement palermo --party osce", "the same, each parameter named"),
)
"""How a question is asked, and what that is."""


def questions() -> Mapping[str, Any]:
    """Return the cards of all questions by name; each is imported when it is asked for."""
    from iga.queries.registry import QUESTIONS

    return QUESTIONS


def refuse_unknown(name: str) -> None:
    """Refuse a question that does not exist, with what may have been meant."""
    from iga.queries.ask import question_named

    question_named(name)


def question_group(**kwargs: Any) -> Callable[[Callable[..., Any]], click.Group]:
    """Return what makes a group with a command for each question; arguments as of `CardGroup`."""
    return click.group(cls=CardGroup, cards=questions, unknown=refuse_unknown, **kwargs)


def example(card: Any) -> str:
    """Return the example of a question as it is typed: ``contact --party "OSCE"``."""
    return " ".join((card.name, *(f'--{name.replace("_", "-")} "{text}"' for name, text in card.example.items())))


def shape_options(*, has_limit: bool = False) -> list[click.Parameter]:
    """Return the options on how much of an answer is shown; a question with a limit of its own keeps that."""
    shapes = click.Choice(["text", "csv", "jsonl"])
    rows = click.Option(["--limit", "rows"], type=click.IntRange(min=0), help="Show so many rows.")
    return [
        *([] if has_limit else [rows]),
        click.Option(["--all", "every"], is_flag=True, help=f"Show every row; otherwise {ROWS} are shown."),
        click.Option(["--fields"], metavar="NAMES", help="Show these fields of each row, parted by commas."),
        click.Option(["--short"], is_flag=True, help="Print the reply alone, one sentence."),
        click.Option(["--notes"], is_flag=True, help="Tell all that the sources lack, and the rows that were used."),
        click.Option(["--format", "shape"], type=shapes, default="text", help="Shape of the rows."),
    ]


def show_answer(
    call: Call, answer: Answer, *, shape: str, rows: int | None = None, every: bool = False, fields: str | None,
    short: bool, notes: bool,
) -> None:  # fmt: skip  # the options as they are declared
    """Print an answer in the shape and the portion asked for."""
    from iga.exports.tables import as_csv, as_json_lines, records

    portion = answer if rows is None else answer.first_rows(rows)
    named = fields_known(answer, fields.split(",")) if fields else ()
    if short and not call.as_json:
        call.console.say(wrapped(answer.reply, call.console.width))
    elif call.as_json:
        document = portion.model_dump(mode="json")
        call.console.document({**document, "rows": records(portion, named)} if named else document)
    elif shape == "text":
        limit = None if every else ROWS if rows is None else rows
        print_answer(call.console, answer, limit=limit, fields=named, notes=notes)
    else:
        call.console.out.write((as_csv if shape == "csv" else as_json_lines)(portion, named))


def _command(card: Any) -> click.Command:
    @pass_call
    def ask_it(call: Call, /, *, words: tuple[str, ...], **typed: Any) -> None:
        from iga.queries.sets.saved import fields_of_each

        parameters = {name: texts for name in card.parameters() if (texts := typed.pop(name))}
        with session(call, known_on=typed.pop("known_on")) as context:
            answer = _answer(call.console, context, card.name, parameters, " ".join(words))
        say_understood(call, answer, **typed)
        typed["fields"] = typed["fields"] or (None if call.as_json else fields_of_each(answer))
        show_answer(call, answer, **typed)

    known_on = click.Option(["--known-on"], metavar="DAY", help="Only what was loaded by that day, instant or load:N.")
    words = click.Argument(["words"], nargs=-1, metavar="[WORDS]…")
    return IgaCommand(
        card.name,
        params=[words, *options(card), known_on, *shape_options(has_limit="limit" in card.parameters())],
        callback=ask_it,
        help=f"{card.title}\n\nNames, days and topics may stand without options.\n\nExample: iga ask {example(card)}",
        short_help=card.title,
    )


def _answer(console: Console, context: "Session", name: str, typed: Mapping[str, Sequence[str]], words: str) -> Answer:
    """Return the answer to a question; words that it has no place for may ask another in plain words."""
    from iga.queries.plain.answering import ask_in_words
    from iga.queries.plain.placing import PlacedWords, placed
    from iga.queries.sets.saved import ask_any

    parameters: dict[str, str | Sequence[str]] = dict(typed)
    said = PlacedWords({})
    if words:
        try:
            said = placed(context, name, words)
            parameters = {**said.parameters, **parameters}
        except NotFound as misplaced:
            if parameters:
                raise
            try:
                return ask_in_words(context, f"{name} {words}")
            except NotFound:
                raise misplaced from None
    while True:
        try:
            answer = ask_any(context, name, parameters)
            taken = (one for one in said.taken if one.parameter not in typed)
            return answer.model_copy(update={"understood_as": (*answer.understood_as, *taken)})
        except Ambiguous as error:
            chosen = _chosen(console, error)
            if not chosen:
                raise
            known = parameters[error.parameter]
            texts = [known] if isinstance(known, str) else known
            parameters[error.parameter] = [chosen if text.strip() == error.typed else text for text in texts]


def _chosen(console: Console, error: Ambiguous) -> str:
    """Return the suggestion that somebody at a terminal chooses by its number; blank where nobody does."""
    if console.answer is None or not console.is_terminal or not error.suggestions:
        return ""
    console.note(error.message)
    console.err.write("Number (none: stop): ")
    console.err.flush()
    number = console.answer("").strip()
    is_one = number.isdigit() and 0 < int(number) <= len(error.suggestions)
    return error.suggestions[int(number) - 1] if is_one else ""


def say_understood(call: Call, answer: Answer, *, shape: str, short: bool, **_: Any) -> None:
    """Say what was taken for what, before an answer in sentences; a document holds it in fields."""
    if call.as_json or shape != "text" or short:
        return
    understood = getattr(answer, "understood", None)
    if understood:
        call.console.say(f"Understood: {understood.command}", DIM)
        for other in understood.others:
            call.console.say(f"        or: {other.command}", DIM)
    for taken in answer.understood_as:
        call.console.say(f"Understood: {taken.typed} as {taken.name} ({taken.id})", DIM)
    if understood or answer.understood_as:
        call.console.say()


@pass_call
def _ask_in_words(call: Call, /, *, text: str, **portion: Any) -> None:
    """Ask in plain words: the question and its parameters are chosen, said, and asked.

    Example: iga ask which osce countries are outside palermo
    """
    from iga.queries.plain.answering import ask_in_words, taken_apart

    with session(call) as context:
        try:
            answer: Answer = ask_in_words(context, text)
        except Ambiguous as error:
            chosen = _chosen(call.console, error)
            if not chosen:
                raise
            name, parameters = taken_apart(chosen)
            answer = _answer(call.console, context, name, parameters, "")
    if answer.question == LIST and not call.as_json:
        from iga.queries.sets.listing import screen_fields

        portion["fields"] = portion["fields"] or ",".join(screen_fields(answer.rows))
    say_understood(call, answer, **portion)
    show_answer(call, answer, **portion)


in_words = IgaCommand(
    "words",
    params=[click.Argument(["text"]), *shape_options()],
    callback=_ask_in_words,
    help=inspect.getdoc(_ask_in_words),
)


@question_group(command=_command, in_words=in_words, name="ask", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="List them as one JSON document.")
@click.pass_context
def ask(ctx: click.Context, /, *, as_json: bool) -> None:
    """Ask one of the questions, or in plain words; without either, name the questions.

    Example: iga ask contact --party OSCE --topic "child trafficking"
    """
    if ctx.invoked_subcommand is not None:
        return
    console = ctx.obj.console
    if as_json:
        console.document({"questions": [card.summary() for card in questions().values()]})
        return
    from iga.queries.registry import by_subject

    last = "iga ask QUESTION --help says what each takes; iga ask --help says a line of each."
    say_on_one_screen(console, WAYS_TO_ASK, by_subject(), last)
