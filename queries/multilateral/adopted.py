"""How a resolution was adopted, and how many sponsors it is known to have, in words; consensus is never a vote."""

import re
from collections.abc import Mapping
from typing import Any

from queries.core.answer import Caveat
from queries.core.wording import counted

_WORDS: Mapping[str, str] = {
    "consensus": "by consensus, so nobody voted",
    "consensus in committee": "by consensus in committee; how the plenary adopted it is not held",
    "presidential statement": "as a presidential statement, on which nobody votes",
}
_COUNTS = (("yes_count", "yes"), ("no_count", "no"), ("abstain_count", "abstaining"))


def adoption(text: Mapping[str, Any]) -> str:
    """Return how and when a resolution was adopted: ``adopted 2019-12-18 by vote (14 yes, 0 no, 1 abstaining)``."""
    how, day = text.get("adopted_by") or "", text.get("adopted_on")
    verb = "rejected" if how.startswith("rejected") else "adopted"
    when = f"{verb} {day}" if day else f"{verb} on a day not held"
    if how in _WORDS:
        return f"{when} {_WORDS[how]}"
    votes = tally(text)
    if how or votes:
        way = how.removeprefix("rejected ").removeprefix("by ") or "vote"
        return f"{when} by {way}" + (f" ({votes})" if votes else "; the count is not held")
    return f"{when}; how it was {verb} is not held"


def tally(text: Mapping[str, Any]) -> str:
    """Return the count of a vote: ``14 yes, 0 no, 1 abstaining``; blank when no count is held."""
    return ", ".join(f"{text[field]} {word}" for field, word in _COUNTS if text.get(field) is not None)


def sponsors_known(text: Mapping[str, Any], held: int) -> str:
    """Return how the sponsors that are held compare with the number stated, in words."""
    stated = text.get("sponsor_count")
    if is_whole(text, held):
        return f"{counted(held, 'sponsor')} held, the whole list"
    if stated:
        return f"{stated} sponsors stated, {held or 'none'} of them held: the list of sponsors is not held"
    if held:
        return f"{counted(held, 'sponsor')} held; whether there were more is not known"
    return "the list of sponsors is not held"


def is_whole(text: Mapping[str, Any], held: int) -> bool:
    """Say whether as many sponsors are held as are stated, to the last one."""
    stated = str(text.get("sponsor_count") or "")
    return bool(re.fullmatch(r"\d+", stated)) and 0 < int(stated) <= held


def votes_short(name: str, text: Mapping[str, Any], held: int) -> tuple[Caveat, ...]:
    """Say that the votes of fewer governments are held than the count adds up to, if that is so."""
    cast = sum(text.get(field) or 0 for field, _ in _COUNTS)
    if held >= cast:
        return ()
    which = f"{held} of {cast} votes on {name} are held" if held else f"who cast the {cast} votes on {name} is not held"
    return (Caveat(kind="partial", text=f"{which[0].upper()}{which[1:]}."),)
