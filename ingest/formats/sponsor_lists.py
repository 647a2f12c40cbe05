"""Read lists of sponsors as documents print them: a symbol, a running list of countries, who joined later."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from ingest.formats.country_lists import listed_parties
from ingest.readers.text_file import TextLine
from ingest.rejections import SHAPE, Refusal

Role: TypeAlias = Literal["main", "co", "added later"]

_SYMBOL = r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.\-]+)+(?:\s?\([\w/.\-]+\))?"
_TITLE_LINE = re.compile(
    rf"^\s*(?:(?:symbol|document|draft|resolution)\s*:?\s*)?(?P<symbol>{_SYMBOL})(?P<rest>\s*[:,;\t–—|-].*|\s*)$",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d")
_ROLES: tuple[tuple[Role, str], ...] = (
    (
        "added later",
        r"(?:and\s+)?(?:(?:was|were)\s+)?(?:later|subsequently)\s+joined\s+by|joined\s+later\s+by"
        r"|added\s+later\s*:|additional\s+(?:co-?)?sponsors?\s*:|later\s+(?:co-?)?sponsors?\s*:",
    ),
    ("main", r"(?:main|principal)\s+sponsors?\s*:|introduced\s+by\s*:?|tabled\s+by\s*:?|penholders?\s*:"),
    ("co", r"co-?sponsors?\s*:|co-?sponsored\s+by\s*:?|sponsors?\s*:|sponsored\s+by\s*:?"),
)
_MARK = re.compile("|".join(f"(?P<r{place}>{words})" for place, (_, words) in enumerate(_ROLES)), re.IGNORECASE)
# Documents close the list so: "Belarus, Egypt and Ghana: revised draft resolution".
_ENDING = re.compile(
    r"[ \t]*:[ \t]*(?:revised[ \t]+)?(?:draft[ \t]+)?(?:resolution|decision|amendments?)\.?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_DONE = re.compile(r"(?<![,;\s])[ \t]*\n", re.IGNORECASE)
# A sponsor list of all members of the United Nations has 4,000 characters.
LONGEST_PARAGRAPH = 50_000


class Sponsor(NamedTuple):
    """One sponsor of a list, or a place of the list that could not be read.

    Attributes:
        line: Physical line at which the name starts.
        symbol: Symbol of the text.
        text: The name as written.
        party: Id of the sponsor; blank when `fault` says why not.
        role: How it sponsors.
        fault: Why it was not read; None when it was.
        note: For whom it acts, as written.
    """

    line: int
    symbol: str
    text: str
    party: str
    role: Role
    fault: Refusal | None = None
    note: str = ""


def symbol_of_line(text: str) -> tuple[str, str] | None:
    """Return the symbol that a line starts with, and what stands behind it; None when it starts with none."""
    found = _TITLE_LINE.match(text)
    if not found or not _HAS_NUMBER.search(found["symbol"]):
        return None
    return found["symbol"], found["rest"].lstrip(" \t:,;–—|-")


def sponsors(lines: Iterable[TextLine]) -> Iterator[Sponsor]:
    """Give the sponsors of a text file in its order.

    A symbol at the start of a line counts until the next one; a role until the next or a blank line, that of main
    sponsors until their line is done.
    """
    symbol = ""
    paragraph: list[tuple[int, str]] = []
    size = 0
    for line in lines:
        head = symbol_of_line(line.text)
        if head or not line.text.strip() or size > LONGEST_PARAGRAPH:
            yield from _read(symbol, paragraph)
            paragraph, size = [], 0
        symbol, text = head or (symbol, line.text)
        if line.is_cut:
            yield _fault(line.number, symbol, line.text, "the line is too long for a list of countries")
        elif "\0" in text:
            yield _fault(line.number, symbol, line.text, "the line holds a NUL character")
        elif text.strip():
            paragraph.append((line.number, text))
            size += len(text)
    yield from _read(symbol, paragraph)


def _read(symbol: str, paragraph: list[tuple[int, str]]) -> Iterator[Sponsor]:
    if not paragraph:
        return
    text = "\n".join(words for _, words in paragraph)
    if not symbol:
        yield _fault(
            paragraph[0][0], "", text, "the list stands under no symbol", "write the symbol of the text above it"
        )
        return
    for start, role, part in _parts(_ENDING.sub(lambda found: " " * len(found[0]), text)):
        for listed in listed_parties(part):
            line = _line_at(paragraph, start + listed.place)
            yield Sponsor(line, symbol, listed.text, listed.party, role, listed.fault, listed.note)


def _parts(text: str) -> Iterator[tuple[int, Role, str]]:
    """Give the parts of a paragraph between the words that tell a role, each with its place and role.

    Main sponsors end with their line, unless a comma goes on to the next.
    """
    start, role = 0, _ROLES[-1][0]
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        if role == "main" and (done := _LINE_DONE.search(text, start, end)):
            yield start, role, text[start : done.start()]
            start, role = done.start(), "co"
        yield start, role, text[start:end]
        if mark:
            start, role = mark.end(), _ROLES[int((mark.lastgroup or "r0")[1:])][0]


def _line_at(paragraph: list[tuple[int, str]], place: int) -> int:
    for number, words in paragraph:
        if place <= len(words):
            return number
        place -= len(words) + 1
    return paragraph[-1][0]


def _fault(line: int, symbol: str, text: str, reason: str, fix: str = "correct the line") -> Sponsor:
    return Sponsor(line, symbol, text[:100], "", "co", Refusal(reason, fix=fix, code=SHAPE, value=text[:100]))
