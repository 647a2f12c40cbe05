"""Who takes part in what an officer enters: those who are named, and our side, which is implied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.changing import id_of, named
from cli.command import Call
from cli.opening import session
from graph.errors import Ambiguous, NotFound, UsageError

if TYPE_CHECKING:
    from queries.core.session import Session

PARTY = ("Party", "Post")
"""What can be named as somebody who takes part."""


def ids_of(call: Call, texts: Sequence[str], *, parameter: str) -> tuple[str, ...]:
    """Return the ids of those who are named; raises as `id_of` does."""
    return tuple(id_of(call, text, parameter=parameter, labels=PARTY) for text in texts)


def name_of(call: Call, kind: str | None, ids: Sequence[str]) -> str:
    """Return what an engagement is called that was given no name: its kind, and who took part.

    Raises:
        UsageError: Nobody is named either.
    """
    from queries.core.wording import capitalized, listed

    if not ids:
        raise UsageError("say what it is called with --name, or who took part with --party")
    with session(call) as context:
        names = named(context, ids)
    return f"{capitalized(kind or 'meeting')} with {listed([names.get(id_, id_) for id_ in ids], most=3)}"


def our_side(call: Call, others: Sequence[str]) -> tuple[str, ...]:
    """Return who of ours takes part: our government and the signer's posts; nobody more where ours are named."""
    from queries.core.home import ours_among

    with session(call) as context:
        if ours_among(context, others):
            return ()
        posts = [post for post in _posts_of(context, call.who) if ours_among(context, [post])]
        return (context.home.government, *posts)


def _posts_of(context: Session, who: str) -> list[str]:
    """Return the posts that a person of this name may hold today; nobody is guessed at."""
    from graph.text import folded
    from queries.core.names.resolve import subject_of
    from queries.core.reading import OfIds
    from queries.core.reads import POSTS_HELD_BY

    try:
        person = subject_of(context, who, parameter="name", labels=("Person",))
    except (NotFound, Ambiguous):
        return []
    if folded(person.name) != folded(who):
        return []
    held = context.read(POSTS_HELD_BY, OfIds(ids=(person.id,)))
    return list(dict.fromkeys(edge.id for edge in held if edge.held(context.today) != "no"))
