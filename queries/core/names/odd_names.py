"""Says of names, typed or found, that they may not be what they look like."""

from graph.names.index import NameIndex
from graph.names.look_alikes import seen_as, suspicion, visible
from graph.names.ranking import exactly
from queries.core.answer import Caveat, Hit


def typed_oddly(text: str) -> Caveat | None:
    """Return the doubt that a typed text may not be what it looks like; None when nothing is odd about it."""
    found = suspicion(text)
    if found is None:
        return None
    like = f"; it looks like {visible(found.looks_like)!r}, and equals no name" if found.looks_like != text else ""
    return Caveat(kind="uncertain", text=f"What was typed, {visible(text)!r}, {found.reason}{like}.")


def marked(index: NameIndex, hit: Hit) -> Hit:
    """Return a hit with a note where one of its names may not be what it looks like."""
    for name in dict.fromkeys((hit.name, hit.matched)):
        if note := _note(index, hit.id, name):
            return hit.model_copy(update={"note": note})
    return hit


def _note(index: NameIndex, written: str, name: str) -> str:
    if name.isascii():
        return ""
    seen = seen_as(name)
    like = f"; it looks like {visible(seen)!r}" if seen != name else ""
    if found := suspicion(name):
        return f"{visible(name)!r} {found.reason}{like}"
    if not seen.isascii():
        return ""
    others = [one for one in exactly(index, seen) if one.id != written and one.is_own]
    if not others:
        return ""
    return f"{name!r} is written in other letters than {seen!r}, the name of {others[0].name} ({others[0].id})"
