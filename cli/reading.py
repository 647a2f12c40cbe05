"""`iga find`, `iga show` and `iga why`: look a thing up, see it whole, see who said what of it."""

from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.completion import USUAL, names
from iga.cli.console import DIM
from iga.cli.opening import session
from iga.cli.printing import print_entity, print_why

if TYPE_CHECKING:
    from iga.queries.whole.entity import EntityView
    from iga.queries.whole.why import Why
from collections.abc import Iterator, Sequence

from iga.cli.columns import in_columns, in_records
from iga.cli.console import Console
from iga.cli.printing import wrapped
from iga.graph.text import folded
from iga.queries.core.answer import FacetCount, FindResult, Hit
from iga.queries.core.wording import kind_in_words

_NARROWED_BY = 3


def print_hits(console: Console, result: FindResult) -> None:
    """Print what a search found, or what may have been meant."""
    within = _narrowed_to(result)
    if not result.hits:
        near = f" Did you mean {' or '.join(result.suggestions)}?" if result.suggestions else ""
        console.say(wrapped(f"Nothing{within} is called {result.query!r} or holds these words.{near}", console.width))
        _print_caveats(console, result)
        return
    if result.suggestions:
        console.say(f"Nothing{within} is called {result.query!r} or holds these words; this is spelt almost so:")
    cells = [[hit.name, kind_in_words(hit.cls), hit.id, _how(hit)] for hit in result.hits]
    headings = ["name", "class", "id", "found by"]
    width = console.width
    console.say("\n".join(in_columns(headings, cells, width=width) or in_records(headings, cells, width=width)))
    for hit in result.hits:
        if hit.note:
            console.say(wrapped(f"{hit.id}: {hit.note}", console.width, indent=4))
    _print_caveats(console, result)
    if result.total.value > len(result.hits):
        more = f"{result.total.value}{' or more' if result.total.relation == 'gte' else ''}"
        classes = ", ".join(f"{name} {count}" for name, count in result.facets.items())
        console.say(wrapped(f"{len(result.hits)} of {more} shown ({classes}); --limit shows more.", console.width))
        for line in _ways_to_narrow(result):
            console.say(wrapped(line, console.width, indent=4))


def _narrowed_to(result: FindResult) -> str:
    """Return what the search was narrowed to, to stand in a sentence: `` (kind Ngo, country gov:gha)``."""
    filters = ", ".join(f"{name} {' or '.join(values)}" for name, values in result.narrowed_to.items())
    return f" ({filters})" if filters else ""


def _print_caveats(console: Console, result: FindResult) -> None:
    for caveat in result.caveats:
        console.say(wrapped(f"{caveat.kind}: {caveat.text}", console.width, indent=4))


def _ways_to_narrow(result: FindResult) -> Iterator[str]:
    """Yield the values of each facet that would leave fewer hits, the commonest first."""
    by = result.facets_by
    for option, values in (("kind", by.kind), ("country", by.country), ("body", by.body), ("topic", by.topic)):
        fewer = [facet for facet in values if facet.count < result.total.value]
        if fewer and option not in result.narrowed_to:
            yield f"--{option} narrows it: {_counted(fewer)}"


def _counted(values: Sequence[FacetCount]) -> str:
    shown = ", ".join(f"{facet.name} {facet.count}" for facet in values[:_NARROWED_BY])
    return f"{shown}, …" if len(values) > _NARROWED_BY else shown


def _how(hit: Hit) -> str:
    how = hit.how if folded(hit.matched) == folded(hit.name) else f"{hit.how}: {hit.matched}"
    return f"{how} (unverified)" if hit.unverified else how


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
