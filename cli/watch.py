"""`iga watch`: saved questions, and what is new in them since their officer last looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from iga.cli.ask import example, question_group
from iga.cli.card_commands import options
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.opening import kept_if_possible, session
from iga.graph.text import counted

if TYPE_CHECKING:
    from iga.queries.watches import News


class _Watches(click.Group):
    """A group whose first word is a command, or else the name of a watch to look at; without one it lists them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a bare `iga watch`, and one that has options alone, for the list."""
        is_bare = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        return super().parse_args(ctx, ["list", *args] if is_bare else args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; a word that is none names a watch."""
        if args and args[0] not in self.commands:
            return "look", self.commands["look"], args
        return super().resolve_command(ctx, args)


@click.group("watch", cls=_Watches)
def watch() -> None:
    """See what is new in a saved question: iga watch NAME; without a name, list yours.

    Example: iga watch osce
    """


@watch.command("list", cls=IgaCommand)
@click.option("--all", "everybody", is_flag=True, help="Those of all officers.")
@pass_call
def listed(call: Call, *, everybody: bool) -> None:
    """List your saved questions.

    Example: iga watch list
    """
    from iga.graph.ledger.watches import watches
    from iga.queries.sets.saved import command_of
    from iga.queries.watches import card_of

    with call.workspace.reading() as reading:
        kept = watches(reading.ledger, by=None if everybody else call.who)
    if call.as_json:
        call.console.document({"watches": [card_of(watch).model_dump(mode="json") for watch in kept]})
        return
    if not kept:
        call.console.say(f"{call.who} watches nothing yet: iga watch add NAME QUESTION --party …")
    for watch in kept:
        whose = f" ({watch.by})" if everybody else ""
        call.console.say(f"{watch.name}{whose}: {command_of(watch)}")
        call.console.say(
            f"  last looked at {watch.seen_at[:16].replace('T', ' ')} UTC, {counted(len(watch.seen), 'row')}"
        )


def _add(card: Any) -> click.Command:
    @click.pass_context
    def save(ctx: click.Context, /, **options: tuple[str, ...]) -> None:
        from iga.graph.ledger.watches import add_watch
        from iga.queries.watches import card_of, watched

        assert ctx.parent is not None
        call, name = ctx.obj, ctx.parent.params["name"]
        parameters = {key: texts for key, texts in options.items() if texts}
        with session(call) as context:
            saved = watched(context, name, card.name, parameters, by=call.who, at=call.workspace.now())
        with call.workspace.changing("iga watch add", is_own=True) as ledger:
            add_watch(ledger, saved)
        call.tell(
            card_of(saved).model_dump(mode="json"),
            f"{name} is watched, {counted(len(saved.seen), 'row')} seen. What is new: iga watch {name}",
        )

    help_text = f"{card.title}\n\nExample: iga watch add mine {example(card)}"
    return IgaCommand(card.name, params=options(card), callback=save, help=help_text, short_help=card.title)


@question_group(command=_add, name="add")
@click.argument("name")
def add(name: str) -> None:
    """Save a question under a name; what it answers now counts as seen.

    Example: iga watch add osce contact --party OSCE --topic "child trafficking"
    """


watch.add_command(add)


@watch.command("look", cls=IgaCommand)
@click.argument("name")
@click.option("--peek", is_flag=True, help="Only look: what is new stays new.")
@pass_call
def look(call: Call, *, name: str, peek: bool) -> None:
    """Show what is new in a saved question, and take it as seen. The same as iga watch NAME.

    Example: iga watch look osce --peek
    """
    from iga.graph.ledger.watches import keep_seen, watch_named
    from iga.queries.watches import news, seen_now

    with session(call) as context:
        saved = watch_named(context.ledger, name, by=call.who)
        seen, answer = news(context, saved)
        looked = seen_now(context, saved, answer, at=call.workspace.now())
    if call.as_json:
        call.console.document(seen.model_dump(mode="json"))
    else:
        _print(call, seen)
    if not peek:
        with kept_if_possible(call), call.workspace.changing("iga watch", is_own=True) as ledger:
            keep_seen(ledger, looked)


@watch.command("remove", cls=IgaCommand)
@click.argument("name")
@pass_call
def remove(call: Call, *, name: str) -> None:
    """Forget a saved question.

    Example: iga watch remove osce
    """
    from iga.graph.ledger.watches import remove_watch

    with call.workspace.changing("iga watch remove", is_own=True) as ledger:
        gone = remove_watch(ledger, name, by=call.who)
    call.tell({"removed": gone.name, "question": gone.question}, f"{gone.name} is no longer watched.")


def _print(call: Call, seen: News) -> None:
    from iga.cli.printing import print_doubts, wrapped

    console = call.console
    console.say(wrapped(seen.sentence, console.width))
    for title, rows in (("New", seen.new), ("Changed", [change.row for change in seen.changed])):
        if rows:
            console.say(f"\n{title}:")
            for place, row in enumerate(rows):
                console.say(wrapped(f"  {_told(seen, row.model_dump(mode='json'))}", console.width, indent=4))
                for field, (was, now) in seen.changed[place].fields.items() if title == "Changed" else ():
                    console.say(f"    {field.replace('_', ' ')}: {_words(was)} → {_words(now)}")
    if seen.gone:
        console.say("\nGone:")
        for was in seen.gone:
            console.say(wrapped(f"  {_told(seen, was)}", console.width, indent=4))
    cited = {number for row in (*seen.new, *(change.row for change in seen.changed)) for number in row.evidence}
    print_doubts(
        console,
        [doubt for doubt in seen.caveats if doubt.source is None],
        {n: note for n, note in seen.evidence.items() if n in cited},
    )


def _told(seen: News, row: dict[str, Any]) -> str:
    """Return a row on one line: the fields that a table of its question shows, and the numbers of its notes."""
    from iga.queries.watches import card_named

    card = card_named(seen.watch.question)
    columns = card.columns or tuple(row)
    shown = [name for name in columns if name != "evidence" and row.get(name) not in (None, "", [], False)]
    cited = f" [{', '.join(map(str, row['evidence']))}]" if row.get("evidence") else ""
    return ", ".join(_words(row[name]) for name in shown) + cited


def _words(value: Any) -> str:
    if value in (None, "", []):
        return "nothing"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
