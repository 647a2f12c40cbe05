"""`iga today`: overdue, due soon, meetings ahead, out of touch, and what changed since its officer last looked."""

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.console import BOLD, DIM
from iga.cli.opening import kept_if_possible, session

if TYPE_CHECKING:  # `iga --help` must not import the questions
    from iga.queries.core.answer import AnswerRow
    from iga.queries.today import TodayPart

_SHOWN = 5


@click.command("today", cls=IgaCommand)
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True, help="How far ahead to look.")
@click.option("--peek", is_flag=True, help="Only look: what changed stays new.")
@pass_call
def today(call: Call, *, days: int, peek: bool) -> None:
    """Say what is overdue, what falls due and who meets within two weeks, and what changed since you last looked.

    Example: iga today
    """
    from iga.graph.errors import UsageError
    from iga.graph.ledger.watches import keep_look, watches
    from iga.queries.today import LAST_LOOK, look_of, today_of

    with session(call) as context:
        last = next((one for one in watches(context.ledger, by=call.who) if one.name == LAST_LOOK), None)
        now = call.workspace.now()
        if last and last.seen_at > now:
            raise UsageError(f"your last look was at {last.seen_at[:19]}, and the clock says {now[:19]}: set it right")
        found = today_of(context, last, days=days)
        look = look_of(context, by=call.who, at=now)
    if call.as_json:
        call.console.document(found.model_dump(mode="json"))
    else:
        call.console.say(found.sentence, BOLD)
        for part in found.parts:
            _print(call, part)
    if not peek:
        with kept_if_possible(call), call.workspace.changing("iga today", is_own=True) as ledger:
            keep_look(ledger, look)


def _print(call: Call, part: "TodayPart") -> None:
    from iga.cli.columns import in_columns
    from iga.cli.screen import plain_marks

    if not part.count:
        return
    call.console.say(f"\n{part.title} ({part.count})", BOLD)
    cells = [_cells(part.question, row) for row in part.rows[:_SHOWN]]
    lines = in_columns([""] * len(cells[0]), cells, width=call.console.width)[2:] if cells else []
    call.console.say(plain_marks("\n".join(lines)))
    if part.count > len(cells):
        asked = " ".join(f"--{name} {text}" for name, text in part.parameters.items())
        call.console.say(f"… and {part.count - len(cells)} more: iga ask {part.question} {asked}", DIM)


def _cells(question: str, row: "AnswerRow") -> list[str]:
    from iga.cli.screen import marked
    from iga.queries.today import TELLING

    record = row.model_dump(mode="json", by_alias=True)
    first, *others = (str(record[name] or "") for name in TELLING[question])
    return [marked(first, record), *others]
