"""`iga find`, `iga show` and `iga why`: look a thing up, see it whole, see who said what of it."""

import click

from cli.command import Call, IgaCommand, pass_call
from cli.opening import asking
from cli.printing import print_entity, print_hits, print_why


@click.command("find", cls=IgaCommand)
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200), help="Most hits shown.")
@pass_call
def find(call: Call, *, text: tuple[str, ...], limit: int) -> None:
    """Search by name, code or words.

    Example: iga find special representative trafficking
    """
    from queries.find import find as found

    with asking(call) as context:
        result = found(context, " ".join(text), limit=limit)
    if call.as_json:
        call.console.document(result.model_dump(mode="json"))
    else:
        print_hits(call.console, result)


@click.command("show", cls=IgaCommand)
@click.argument("id")
@pass_call
def show(call: Call, *, id: str) -> None:  # noqa: A002 - the argument is called ID on the command line
    """Show one thing with all that is known of it.

    Example: iga show gov:gha
    """
    from queries.entity import entity

    with asking(call) as context:
        page = entity(context, id)
    if call.as_json:
        call.console.document(page.model_dump(mode="json"))
    else:
        print_entity(call.console, page)


@click.command("why", cls=IgaCommand)
@click.argument("id")
@click.argument("field", required=False)
@pass_call
def why(call: Call, *, id: str, field: str | None) -> None:  # noqa: A002 - as above
    """Show who said what about a thing or one field of it, side by side.

    Example: iga why compact:jam-2018 signed_on
    """
    from queries.why import why as said

    with asking(call) as context:
        page = said(context, id, field=field)
    if call.as_json:
        call.console.document(page.model_dump(mode="json"))
    else:
        print_why(call.console, page, with_remarks=field is not None)
