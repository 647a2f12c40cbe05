"""Who takes part in what an officer enters besides those who are named: our side, which is implied."""

from collections.abc import Sequence

from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.text import folded
from iga.queries.core.home import ours_among
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.printed_names import printed_names
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import POSTS_HELD_BY
from iga.queries.core.session import Session
from iga.queries.core.wording import capitalized, listed


def name_of(session: Session, kind: str, ids: Sequence[str]) -> str:
    """Return what an engagement is called that was given no name: its kind, and who took part.

    Raises:
        UsageError: Nobody is named either.
    """
    if not ids:
        raise UsageError("say what it is called (name), or who took part (party)")
    names = printed_names(session, ids)
    return f"{capitalized(kind or 'meeting')} with {listed([names.get(id_, id_) for id_ in ids], most=3)}"


def our_side(session: Session, who: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return who of ours takes part: our government and the signer's posts; nobody more where ours are named."""
    if ours_among(session, others):
        return ()
    posts = [post for post in _posts_of(session, who) if ours_among(session, [post])]
    return (session.home.government, *posts)


def told_of(session: Session, who: str, ours: Sequence[str], *, is_left_out: bool) -> tuple[str, ...]:
    """Return what an officer is told of our side, once it is entered: a sentence, or nothing where ours are named."""
    if is_left_out:
        return ("Our side took no part: it does not count as a touch of ours.",)
    if not ours:
        return ()
    names = printed_names(session, ours)
    here = " and ".join(names.get(id_, id_) for id_ in ours)
    post = "" if len(ours) > 1 else f"; no post of {who} is on record"
    return (f"For us: {here}{post}. If we were not there: take it back, and enter it without us.",)


def _posts_of(session: Session, who: str) -> list[str]:
    """Return the posts that a person of this name may hold today; nobody is guessed at."""
    try:
        person = subject_of(session, who, parameter="name", labels=("Person",))
    except (NotFound, Ambiguous):
        return []
    if folded(person.name) != folded(who):
        return []
    held = session.read(POSTS_HELD_BY, OfIds(ids=(person.id,)))
    return list(dict.fromkeys(edge.id for edge in held if edge.held(session.today) != "no"))
