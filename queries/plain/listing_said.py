"""Conditions in plain words as the list that answers them: which governments on tier 3 have not ratified Palermo."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from iga.graph.domain.edges import BODIES
from iga.queries.plain.phrases import SpokenName, phrases
from iga.queries.plain.reading_text import TextRead
from iga.queries.sets.filter_text import Term, TypedValue

_KINDS = ("Agreement", *BODIES)
_WORDS = {"one": "1", "two": "2", "three": "3"}
_UP = ("upgraded", "promoted")
_WHO = frozenset(("who", "which", "what", "countries", "governments", "states", "members", "many"))
_BY_NAME = ("member_of", "party_to", "signatory_to")
_MOST_LEFT = 2
_TIER = r"(?:the )?(?:tier (?:[123]|one|two|three)(?: watch ?list)?|watch ?list)"
_SHORT = {
    "TIER": rf"(?P<tier>{_TIER})",
    "OTHER": rf"(?P<other>{_TIER})",
    "YEAR": r"(?: (?:in|of|for|during) (?:fy ?|fiscal year |the )?(?P<year>20\d\d)(?: report)?)?",
    "NO": r"(?P<no>\d+)",
}
"""What patterns have in common; the longer before what it holds."""


class ListSaid(NamedTuple):
    """A list as a text asks for it: its filter, its command, the words that no condition took up, and if only it fits.

    What members, parties or gaps answers as well is asked of these first.
    """

    filter: str
    command: str
    left_over: tuple[str, ...]
    is_alone: bool


def list_said(text: TextRead) -> ListSaid | None:
    """Return the list of governments that a text asks for; None where it asks for none."""
    names = [name for name in text.names if name.fitting(_KINDS)]
    if any(name.fitting(("Government",)) and not name.is_soft for name in text.names if name not in names):
        return None
    starts, free = _marked(text, names)
    found: list[tuple[int, Term, str]] = []
    for pattern, column, is_not in _patterns():
        while match := pattern.search(free):
            found += [(match.start(), *it) for it in _terms(column, match, names, is_not=is_not)]
            free = free[: match.start()] + re.sub(r"[^ ]", "_", match[0]) + free[match.end() :]
    left = [places for at, places in starts.items() if free[at] != "_"]
    idle = [places for places in left if not {text.words[place].text for place in places} <= _idle() | _WHO]
    found.sort(key=lambda one: one[0])
    terms = [term for _, term, _ in found]
    is_or = any(text.words[min(places)].text == "or" for places in left)
    left_over = text.as_typed(idle)
    is_whole = len(terms) > 1 or (_is_of_a_tier(terms) and all(re.search(r"\d", part) for part in left_over))
    if is_or or len(idle) > _MOST_LEFT or not is_whole:
        return None
    said = {word.text for word in text.words}
    if not (said & _WHO or {term.name for term in terms} >= {"tier", "moved"}):
        return None
    command = " ".join(("iga list governments", *(option for _, _, option in found)))
    return ListSaid(",".join(map(str, terms)), command, left_over, _is_alone(terms))


def _marked(text: TextRead, names: Sequence[SpokenName]) -> tuple[dict[int, frozenset[int]], str]:
    """Return a text in small letters with a mark for each name, and by where words begin in it their places."""
    parts: list[str] = []
    starts: dict[int, frozenset[int]] = {}
    for place, word in enumerate(text.words):
        no, name = next(((no, it) for no, it in enumerate(names) if place in it.places), (0, None))
        if name is None or place == name.at:
            starts[sum(map(len, parts)) + len(parts)] = name.places if name else frozenset((place,))
            kind = "text" if name and name.fitting(("Agreement",)) else "body"
            parts.append(f"<{kind}{no}>" if name else word.text)
    return starts, " ".join(parts)


@cache
def _idle() -> frozenset[str]:
    return frozenset(phrases().listed["idle"][0].split())


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str, bool]]:
    """Return what says each condition, in the order in which it is looked for: what denies before what it denies."""
    return [
        (re.compile(rf"(?<![^ ])(?:{_spelt_out(way)})(?![^ ])"), name, is_not == "not")
        for said, ways in phrases().listed.items()
        for name, _, is_not in (said.partition(" "),)
        if name != "idle"
        for way in ways
    ]


def _spelt_out(way: str) -> str:
    for short, whole in _SHORT.items():
        way = way.replace(short, whole)
    return way


def _terms(
    column: str, match: re.Match[str], names: Sequence[SpokenName], *, is_not: bool
) -> Iterator[tuple[Term, str]]:
    """Yield the conditions that some words say, each with its option."""
    said = match.groupdict()
    year = said.get("year") or ""
    if column == "moved":
        yield _term(column, "up" if said["way"] in _UP else "down", year, is_not=is_not)
        column = "tier"
    if column == "tier":
        placed = filter(None, (said["tier"], said.get("other")))
        if tiers := "|".join(map(_tier, placed)):
            yield _term("tier", tiers, year, is_not=is_not)
    elif column in _BY_NAME:
        name = names[int(said["no"])]
        things = name.fitting(_KINDS)
        yield _term(column, things[0], year, is_not=is_not, called=name.text if len(name.things) == 1 else things[0])
    else:
        yield _term(column, said.get("region") or "yes", year, is_not=is_not)


def _tier(said: str) -> str:
    number = next((_WORDS.get(word, word) for word in said.split() if word in (*_WORDS, *_WORDS.values())), "2")
    return f"Tier {number}{' Watch List' if 'watch' in said else ''}"


def _term(column: str, value: str, year: str, *, is_not: bool, called: str = "") -> tuple[Term, str]:
    option = f"--{'not-' if is_not else ''}{'in' if column == 'member_of' else column.replace('_', '-')}"
    when = f"@{year}" if year else ""
    written = when if value == "yes" else f"{called or value}{when}"
    values = tuple(map(TypedValue, value.split("|")))
    typed = written if written.isalnum() or not written else f'"{written}"'
    return Term(column, "", year, values, is_not), f"{option} {typed}".rstrip()


def _is_of_a_tier(terms: Sequence[Term]) -> bool:
    """True for one tier alone; who is on the Watch List is a question of its own."""
    return [term.name for term in terms] == ["tier"] and "Watch" not in str(terms[0])


def _is_alone(terms: Sequence[Term]) -> bool:
    """True if no question of its own takes these conditions."""
    columns = sorted(term.name for term in terms)
    is_in_one_only = columns == ["member_of", "member_of"] and any(term.is_not for term in terms)
    return is_in_one_only or not {*columns} <= {*_BY_NAME}
