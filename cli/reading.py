"""`iga find`, `iga show` and `iga why`: look a thing up, see it whole, see who said what of it."""

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.completion import USUAL, names
from iga.cli.console import DIM
from iga.cli.hits import print_hits
from iga.cli.opening import session
from iga.cli.printing import print_entity, print_why

if TYPE_CHECKING:
    from iga.queries.whole.entity import EntityView
    from iga.queries.whole.why import Why


@click.command("find", cls=IgaCommand)
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", multiple=True, metavar="WORD", help="Only this class, such as ngo; may be repeated.")
@click.option("--country", default="", metavar="NAME", help="Only what is, belongs to or concerns a government.")
@click.option("--body", default="", metavar="NAME", help="Only a body and what is part of it.")
@click.option("--topic", default="", metavar="NAME", help="Only what deals with a topic.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200), help="Most hits shown.")
@pass_call
def find(
    call: Call, *, text: tuple[str, ...], kind: tuple[str, ...], country: str, body: str, topic: str, limit: int
) -> None:
    """Search by name, code or words, in any script, also misspelt.

    Example: iga find anti-trafficking coordinator --body OSCE
    """
    from iga.queries.core.names.find import find as found
    from iga.queries.core.names.narrowing import named

    with session(call) as context:
        result = found(context, " ".join(text), narrowing=named(kind, country, body, topic), limit=limit)
    if call.as_json:
        call.console.document(result.model_dump(mode="json"))
    else:
        print_hits(call.console, result)


def _say_understood(call: Call, page: "EntityView | Why") -> None:
    from iga.queries.core.steady import HALF

    if taken := page.understood_as:
        call.console.say(f"Understood: {taken.typed} as {taken.name} ({taken.id})", DIM)
    if page.projecting:
        call.console.say(HALF, DIM)


@click.command("show", cls=IgaCommand)
@click.argument("name", nargs=-1, required=True, shell_complete=names(USUAL["name"]))
@pass_call
def show(call: Call, *, name: tuple[str, ...]) -> None:
    """Show one thing with all that is known of it, by its id or name.

    Example: iga show TIP Office
    """
    from iga.queries.whole.entity import entity

    with session(call) as context:
        page = entity(context, " ".join(name))
    if call.as_json:
        call.console.document(page.model_dump(mode="json"))
    else:
        _say_understood(call, page)
        print_entity(call.console, page)


@click.command("why", cls=IgaCommand)
@click.argument("name", nargs=-1, required=True, metavar="NAME… [FIELD]", shell_complete=names(USUAL["name"]))
@pass_call
def why(call: Call, *, name: tuple[str, ...]) -> None:
    """Show who said what about a thing, by its id or name, or about one field of it, side by side.

    Example: iga why compact:jam-2018 signed_on
    """
    from iga.graph.domain.catalog import EDGES, NODES
    from iga.queries.whole.why import why as said

    *before, last = name
    has_field = bool(before) and (":" in name[0] or any(last in cls.rules() for cls in (*NODES, *EDGES)))
    thing, field = (before, last) if has_field else (name, None)
    with session(call) as context:
        page = said(context, " ".join(thing), field=field)
    if call.as_json:
        call.console.document(page.model_dump(mode="json"))
    else:
        _say_understood(call, page)
        print_why(call.console, page, with_remarks=field is not None)
