"""Take a running list of countries apart, as documents print it: names that hold commas and `and` stay whole."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.names import bodies, governments, un_names, un_table
from ingest.rejections import CELL, Refusal
from ingest.suggestions import nearest

# A line may end between two names as well as inside one.
_SEPARATOR = re.compile(r"[ \t]*(?:[,;]\s*and\s|[,;]|\sand\s|&|\n)\s*", re.IGNORECASE)
_BEHALF = re.compile(r"\s*\((?P<words>(?:also )?on behalf of [^()]*)\)|,?\s+(?P<bare>on behalf of .*)$", re.IGNORECASE)
# Asterisks mark observers in lists of the Human Rights Council, daggers and small figures are footnotes.
_FOOTNOTE = re.compile(r"[*†‡§¹²³⁰-⁹]+")
# "Saint Vincent and the Grenadines" has two pieces, "Korea, Democratic People's Republic of" as well.
_MOST_PIECES = 4


class Listed(NamedTuple):
    """One name of a list.

    Attributes:
        place: Where it starts in the text.
        text: As written, without footnote marks.
        party: Id of the government or body; blank when `fault` says why not.
        fault: Why it was not read; None when it was.
        note: For whom it acts, as written: ``on behalf of the European Union``.
    """

    place: int
    text: str
    party: str
    fault: Refusal | None = None
    note: str = ""


def listed_parties(text: str) -> Iterator[Listed]:
    """Give the parties of a list in its order; what is not known comes with its fault, never with a guess."""
    pieces = _pieces(_FOOTNOTE.sub(lambda mark: " " * len(mark[0]), text))
    start = 0
    while start < len(pieces):
        place, first, _ = pieces[start]
        last = _longest(text, pieces, start)
        if last is None:
            yield Listed(place, first, "", unknown_party(first))
            start += 1
            continue
        whole = _between(text, pieces, start, last)
        bare, note = _without_behalf(whole)
        fault = _two_or_one(whole, pieces[start : last + 1]) if last > start else None
        yield Listed(place, whole, "" if fault else known_party(bare) or "", fault, note)
        start = last + 1


def known_party(text: str) -> str | None:
    """Return the id of a government, else of a body, by UN name, code or any name; None when none has it."""
    return next((known for table in (un_table(), governments(), bodies()) if (known := table.resolve(text))), None)


def unknown_party(text: str, *, column: str = "sponsor") -> Refusal:
    """Return the refusal of a name that no table knows."""
    near = nearest(text, un_names()) if len(text) < 100 else ()
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return Refusal(
        f"{text[:100]!r} is no government or body that is known",
        fix=f"{hint}write the UN name or the ISO code of each, parted by commas",
        code=CELL,
        column=column,
        value=text,
    )


def _pieces(text: str) -> list[tuple[int, str, int]]:
    """Return what stands between separators outside of brackets: place, text, end; blank pieces are left out."""
    found, start = [], 0
    for separator in (*_SEPARATOR.finditer(text), None):
        end = separator.start() if separator else len(text)
        if separator and text.count("(", start, end) > text.count(")", start, end):
            continue
        piece = text[start:end]
        if words := piece.strip(" \t\r\n.:"):
            at = start + piece.index(words[0])
            found.append((at, " ".join(words.split()), at + len(words)))
        start = separator.end() if separator else end
    return found


def _longest(text: str, pieces: list[tuple[int, str, int]], start: int) -> int | None:
    """Return the last piece of the longest name that begins at a piece; None when nothing there is known."""
    for last in range(min(start + _MOST_PIECES, len(pieces)) - 1, start - 1, -1):
        if known_party(_without_behalf(_between(text, pieces, start, last))[0]):
            return last
    return None


def _between(text: str, pieces: list[tuple[int, str, int]], start: int, last: int) -> str:
    return " ".join(_FOOTNOTE.sub(" ", text[pieces[start][0] : pieces[last][2]]).split())


def _without_behalf(text: str) -> tuple[str, str]:
    found = _BEHALF.search(text)
    if not found:
        return text, ""
    return (text[: found.start()] + text[found.end() :]).strip(), (found["words"] or found["bare"]).strip()


def _two_or_one(whole: str, pieces: list[tuple[int, str, int]]) -> Refusal | None:
    """Return why a name of several pieces is not read, where each of them is a country by itself."""
    parts = {known_party(words) for _, words, _ in pieces}
    if None in parts or len(parts) < len(pieces):
        return None
    return Refusal(
        f"{whole!r} may be {len(pieces)} governments or one that had this name",
        fix="write one line or row for each that is meant",
        code=CELL,
        column="sponsor",
        value=whole,
    )
