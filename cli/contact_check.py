"""`iga add contact-check`: one line for what an officer finds when a contact is tried."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import click

from cli.changing import change_all, id_of, kept_of, signed_by
from cli.command import Call, IgaCommand, pass_call
from cli.opening import session
from graph.errors import Ambiguous, NotFound, UsageError
from ingest.contact_checks import departure, successor, verification
from ingest.officer_entries import EdgeAt, OfficerEntry

if TYPE_CHECKING:
    from queries.core.reading import EdgeRow
    from queries.core.session import Session


@click.command("contact-check", cls=IgaCommand)
@click.argument("contact")
@click.option("--replied", "works", flag_value=True, type=bool, default=None, help="It works.")
@click.option("--bounced", "works", flag_value=False, type=bool, help="It does not.")
@click.option("--left", "left_on", metavar="DAY", help="When whoever held the post left it, possibly partial.")
@click.option("--person", metavar="TEXT", help="Who left, where several may hold the post.")
@click.option("--successor", "follower", metavar="NAME", help="Who is there now; left out, that is not known.")
@click.option("--how", default="", metavar="TEXT", help="How it was checked: reply received, call answered.")
@click.option("--on", "checked_on", default="", metavar="DAY", help="Day of the check; today if left out.")
@click.option("--because", default="", metavar="TEXT", help="What was said; it stays with the entry.")
@pass_call
def contact_check(call: Call, /, **options: Any) -> None:
    """Note what trying a contact showed: a reply, a bounce, who left, who follows. What was said before stays.

    Example: iga add contact-check ada@example.org --bounced --left 2026-08 --because "automatic reply"
    """
    if options["works"] is None and not options["left_on"] and not options["follower"]:
        raise UsageError("say what was found: --replied, --bounced, --left DAY or --successor NAME")
    signed = signed_by(call, options["because"])
    point = id_of(call, options["contact"], parameter="contact", labels=("ContactPoint",))
    entries: list[OfficerEntry] = []
    if options["works"] is not None:
        entries.append(
            verification(point, works=options["works"], how=options["how"], on=options["checked_on"], signed=signed)
        )
    with session(call) as context:
        reached = _reached(context, point)
        term = _term(context, reached, options["person"]) if options["left_on"] else None
        post = _post(reached) if options["follower"] else ""
    if term is not None:
        entries.append(departure(term, left_on=options["left_on"], signed=signed))
    if post:
        name, on = options["follower"], options["checked_on"]
        entries.append(successor(post, name, on=on, signed=signed, fresh=lambda: secrets.token_hex(8)))
    change_all(call, entries, signed)
    if not call.as_json:
        _next_best(call, reached, nobody_follows=bool(term and not post))


def _reached(context: Session, point: str) -> list[EdgeRow]:
    """Return what a contact reaches: posts before people before bodies.

    Raises:
        NotFound: It reaches nothing.
    """
    from queries.core.reads import EDGES_IN, OfType

    edges = context.read(EDGES_IN, OfType(ids=(point,), type="REACHED_AT", limit=100))
    order = ("Post", "Person")
    if not edges:
        raise NotFound(f"{point} reaches nobody on record; enter whom it reaches with iga add contact")
    return sorted(edges, key=lambda edge: (order.index(edge.cls) if edge.cls in order else len(order), edge.id))


def _post(reached: list[EdgeRow]) -> str:
    posts = [edge for edge in reached if edge.cls == "Post"]
    if len(posts) != 1:
        raise UsageError(
            f"{reached[0].name} is {'no post' if not posts else 'one of several posts'}: "
            "name who follows with iga add contact --party POST --person NAME"
        )
    return posts[0].id


def _term(context: Session, reached: list[EdgeRow], person: str | None) -> EdgeAt:
    """Return the term that ends: of the only one who may hold the post today, or of the person named.

    Raises:
        NotFound: Nobody is known to hold a post there, or not the person named.
        Ambiguous: Several may.
    """
    from graph.text import folded
    from queries.core.names.resolve import relationship_of
    from queries.core.reading import OfIds
    from queries.core.reads import HOLDERS_OF, POSTS_HELD_BY

    posts = tuple(edge.id for edge in reached if edge.cls == "Post")
    people = tuple(edge.id for edge in reached if edge.cls == "Person")
    terms: list[EdgeRow] = [*(context.read(HOLDERS_OF, OfIds(ids=posts)) if posts else [])]
    held = context.read(POSTS_HELD_BY, OfIds(ids=people)) if people else []
    living = [edge for edge in [*terms, *held] if edge.held(context.today) != "no"]
    if person:
        living = [edge for edge in living if folded(person) in (folded(edge.name), edge.id)]
    if not living:
        raise NotFound(
            f"nobody{f' called {person}' if person else ''} is on record as holder of {reached[0].name}: "
            "who left is not known"
        )
    if len(living) > 1:
        names = "; ".join(sorted(f"{edge.name} ({edge.id})" for edge in living))
        raise Ambiguous(f"several may hold it: {names}; say who left with --person")
    return kept_of(relationship_of(context, living[0].key))


def _next_best(call: Call, reached: list[EdgeRow], *, nobody_follows: bool) -> None:
    """Say that the successor is not known, and whom to write to now."""
    from queries.ask import ask
    from queries.core.reading import OfIds
    from queries.core.reads import BODIES_OF_POSTS

    with session(call) as context:
        bodies = context.read(BODIES_OF_POSTS, OfIds(ids=tuple(edge.id for edge in reached)))
        party = bodies[0].id if bodies else reached[0].id
        if reached[0].cls != "Post" or bodies:
            call.console.say(ask(context, "contact", {"party": party}).answer)
    if nobody_follows:
        call.console.say("Who follows is not known; enter it with --successor once it is.")
