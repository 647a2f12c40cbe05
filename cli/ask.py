"""`iga ask`: the questions, listed or asked."""

from collections.abc import Callable
from typing import Any

import click

from cli.command import Call, IgaCommand, pass_call
from cli.opening import session
from cli.printing import print_answer

PARAMETERS = {
    "party": "A government, body, organization or person: id, code or name. Some questions take several.",
    "other": "A second party.",
    "agreement": "A treaty, compact or declaration: id, code or name.",
    "project": "A project: id or name.",
    "award": "An award: id, number or name.",
    "engagement": "A meeting, conference, session, trip or series; for delegation also a body.",
    "resolution": "A resolution or decision: symbol, id or title.",
    "issuer": "Who made a recommendation: TIP Office, GRETA …; may be given several times.",
    "pillar": "One of the Ps: prosecution, protection, prevention, partnership.",
    "topic": "A topic: child trafficking, THB, forced labor …",
    "role": "What a post is to us: focal point, coordinator, head …",
    "language": "Language to be answered in: French, es …",
    "purpose": "What something is for: speak at an event; of a paper, what it touches: money, law, Congress …",
    "owner": "One of our posts or offices: only what it owns the relationship with.",
    "category": "Category of membership: member, observer …",
    "kind": "Only this kind, as the answer calls it: compact, bilat, award, a relationship, a rule …",
    "status": "Status: party, signatory, withdrawn …",
    "place": "Where: Vienna, New York …",
    "field": "Only this field, such as signed_on.",
    "year": "Year.",
    "fiscal_year": "US fiscal year, from October to September.",
    "since": "From this day, possibly partial; what-changed also takes load:N.",
    "until": "Until this day, possibly partial; what-changed also takes load:N.",
    "by": "What to add up by: fiscal year, calendar year, country, programme, implementer …",
    "layer": "Layer of money: prime award, project activity, sub-award, budget line.",
    "measure": "What amounts measure: obligation, outlay, disbursement, announced …",
    "convert_to": "Currency to show amounts in as well: USD, EUR …",
    "limit": "Most rows or paths that are shown.",
    "as_of": "Day to answer for; today if left out.",
}
"""The parameters of all questions, called the same everywhere."""


def question_parameters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the parameters of all questions, each as an option that may be given several times."""
    for name, meaning in reversed(PARAMETERS.items()):
        option = f"--{name.replace('_', '-')}"
        function = click.option(option, name, multiple=True, metavar="TEXT", help=meaning)(function)
    return function


@click.command("ask", cls=IgaCommand)
@click.argument("question", required=False)
@question_parameters
@click.option("--known-on", metavar="DAY", help="Answer from what was loaded by that day, instant or load:N.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "csv", "jsonl"]),
    default="text",
    help="Shape of the rows.",
)
@pass_call
def ask(call: Call, /, *, question: str | None, known_on: str | None, shape: str, **given: tuple[str, ...]) -> None:
    """Ask one of the questions; without one, list them.

    Example: iga ask contact --party OSCE --topic "child trafficking"
    """
    if question is None:
        _list_questions(call)
        return
    from queries.ask import ask as answer_to

    with session(call, known_on=known_on) as context:
        answer = answer_to(context, question, {name: texts for name, texts in given.items() if texts})
    if call.as_json:
        call.console.document(answer.model_dump(mode="json"))
    elif shape == "text":
        print_answer(call.console, answer)
    else:
        from exports.tables import as_csv, as_json_lines

        call.console.out.write(as_csv(answer) if shape == "csv" else as_json_lines(answer))


def _list_questions(call: Call) -> None:
    from queries.registry import QUESTIONS

    if call.as_json:
        call.console.document({"questions": [card.summary() for card in QUESTIONS.values()]})
        return
    for card in QUESTIONS.values():
        call.console.say(f"{card.name:<15} {card.title}")
        example = " ".join(f'--{name.replace("_", "-")} "{text}"' for name, text in card.example.items())
        call.console.say(f"{'':<15} iga ask {card.name} {example}\n")
