"""`iga sets`: saved lists; whoever is on one is worked out anew each time."""

from collections.abc import Mapping

import click

from iga.cli.ask import say_understood, shape_options, show_answer
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.opening import session


def save_list(call: Call, name: str, asked: Mapping[str, str]) -> None:
    """Keep the conditions of a list under a name that no list has; who is on it now counts as seen."""
    from iga.graph.ledger.watches import LIST, add_watch
    from iga.queries.watches import watched

    with session(call) as context:
        given = {key: text for key, text in asked.items() if text}
        saved = watched(context, name, LIST, given, by=call.who, at=call.workspace.now())
    with call.workspace.changing("iga watch add", is_own=True) as ledger:
        add_watch(ledger, saved)
    call.console.note(f"Saved as {name}: @{name} stands for whoever fulfils this. What is new: iga watch {name}")


@click.group("sets")
def sets() -> None:
    """See the saved lists: who is on one is worked out anew each time.

    Example: iga list governments --in "Bali Process" --save watch-bali
    """


@sets.command("list", cls=IgaCommand)
@pass_call
def listed(call: Call) -> None:
    """List the saved lists of the office, as far as you may see them.

    Example: iga sets list
    """
    from iga.graph.ledger.watches import saved_lists
    from iga.queries.sets.saved import command_of
    from iga.queries.watches import card_of

    with call.workspace.reading() as reading:
        kept = saved_lists(reading.ledger)
    if call.as_json:
        call.console.document({"sets": [card_of(saved).model_dump(mode="json") for saved in kept]})
        return
    if not kept:
        call.console.say("No list is saved yet: iga list governments … --save NAME")
    for saved in kept:
        call.console.say(f"@{saved.name} ({saved.by}): {command_of(saved)}")


@sets.command("show", cls=IgaCommand, params=shape_options())
@click.argument("name")
@click.option("--show", "select", metavar="NAMES", help="Columns to show, as of iga list.")
@pass_call
def show(call: Call, /, *, name: str, select: str | None, **shape: object) -> None:
    """Show who is on a saved list now.

    Example: iga sets show watch-bali --show tier
    """
    from iga.graph.ledger.watches import set_named
    from iga.queries.sets.listing import ask_list, screen_fields

    with session(call) as context:
        saved = set_named(context.ledger, name.removeprefix("@"))
        answer = ask_list(
            context, {"of": saved.parameters["of"], "filter": f"in:@{saved.name}", "select": select or ""}
        )
    fields = shape["fields"] or (None if call.as_json else ",".join(screen_fields(answer.rows)))
    say_understood(call, answer, **shape)  # type: ignore[arg-type]  # as declared
    show_answer(call, answer, **{**shape, "fields": fields})  # type: ignore[arg-type]


@sets.command("remove", cls=IgaCommand)
@click.argument("name")
@pass_call
def remove(call: Call, *, name: str) -> None:
    """Forget a list that you saved.

    Example: iga sets remove watch-bali
    """
    from iga.graph.errors import Denied
    from iga.graph.ledger.watches import remove_watch, set_named

    with call.workspace.reading() as reading:
        saved = set_named(reading.ledger, name.removeprefix("@"))
    if saved.by != call.who:
        raise Denied(f"{saved.name} was saved by {saved.by}: only whoever saved a list removes it")
    with call.workspace.changing("iga watch remove", is_own=True) as ledger:
        remove_watch(ledger, saved.name, by=call.who)
    if call.as_json:
        call.console.document({"removed": saved.name})
    else:
        call.console.say(f"{saved.name} is no longer saved.")
