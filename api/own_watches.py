"""One's own saved questions: saved, taken as seen and forgotten, by programs and from pages alike."""

from iga.graph.ledger.watches import add_watch, keep_seen, remove_watch, watch_named, watches
from iga.graph.workspace import Workspace
from iga.queries.ask import Parameters
from iga.queries.core.session import Session
from iga.queries.watches import News, WatchCard, card_of, news, seen_now, watched


def save(
    session: Session, workspace: Workspace, name: str, question: str, parameters: Parameters
) -> tuple[WatchCard, bool]:
    """Save a question, what it answers now taken as seen; return it, and whether it is new: the same stays as it is.

    Raises:
        UsageError: Another question has the name; else as of `watched`.
    """
    who = workspace.reader.who
    saved = watched(session, name, question, parameters, by=who, at=workspace.now())
    there = {card.name: card for card in map(card_of, watches(session.ledger, by=who))}.get(name)
    wanted = card_of(saved)
    if there and (there.question, there.parameters) == (wanted.question, wanted.parameters):
        return there, False
    with workspace.changing("iga watch add", is_own=True) as ledger:
        add_watch(ledger, saved)
    return wanted, True


def look_at(session: Session, workspace: Workspace, name: str) -> News:
    """Return what is new in a saved question, and take it as seen.

    Raises:
        NotFound: Nothing is watched under this name; else as of `news`.
    """
    saved = watch_named(session.ledger, name, by=workspace.reader.who)
    found, answer = news(session, saved)
    looked = seen_now(session, saved, answer, at=workspace.now())
    with workspace.changing("iga watch", is_own=True) as ledger:
        keep_seen(ledger, looked)
    return found


def forget(session: Session, workspace: Workspace, name: str) -> WatchCard:
    """Forget a saved question, and return it.

    Raises:
        NotFound: Nothing is watched under this name.
    """
    who = workspace.reader.who
    watch_named(session.ledger, name, by=who)  # one saved under a higher ceiling is not shown here
    with workspace.changing("iga watch remove", is_own=True) as ledger:
        return card_of(remove_watch(ledger, name, by=who))
