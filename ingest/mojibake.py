"""Find text that was decoded with the wrong code page, ``CÃ´te dâ€™Ivoire``, and say what it likely was."""

import codecs
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from iga.graph.names.look_alikes import suspicion

# The code pages that UTF-8 is mistaken for in practice: Windows in Western and Central Europe, Turkey and
# Russia, macOS, and the command prompts of DOS.
_PAGES = ("cp1252", "cp1250", "cp1254", "mac-roman", "cp850", "cp437", "cp1251", "cp1253", "cp1256")
# In these, capitals before small letters are ordinary words («Зі»): one pair of bytes proves nothing.
_OTHER_SCRIPTS = ("cp1251", "cp1253", "cp1256")
_OPENING = {"»": "«", "“": "„", "”": "“„", "’": "‘‚", "›": "‹"}
_LEADS = ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3))
# Text may have gone wrong twice: CÃƒÂ´te.
_MOST_TIMES = 3

LOST = "\ufffd"
"""Stands where a letter could not be decoded; what it was is lost."""


class Garbled(NamedTuple):
    """What text that was decoded wrongly likely was.

    Attributes:
        page: The code page that the text was decoded with in place of UTF-8.
    """

    text: str
    page: str


@lru_cache(maxsize=5_000)  # the texts of a file repeat
def garbled(text: str) -> Garbled | None:
    """Return what a text likely was before it was decoded wrongly; None when nothing says that it was."""
    if text.isascii():
        return None
    undone = [(right, page) for page in _PAGES if (right := _undone(text, page)) is not None]
    if not undone:
        return None
    # the right page leaves the fewest odd characters; the more common one comes first where it makes no difference
    best, page = min(undone, key=lambda right: sum(not letter.isascii() for letter in right[0]))
    return Garbled(_undone_further(best), page)


def _undone_further(text: str) -> str:
    for _ in range(_MOST_TIMES - 1):
        further = next((undone for page in _PAGES[:3] if (undone := _undone(text, page)) is not None), None)
        if further is None:
            break
        text = further
    return text


def _undone(text: str, page: str) -> str | None:
    """Return text with the wrongly decoded places put right; None when none prove that it was decoded so."""
    pattern = _pattern(page)
    places = [(match[0], decoded) for match in pattern.finditer(text) if (decoded := _decoded(match[0], page))]
    if not places:
        return None
    right = pattern.sub(lambda match: _decoded(match[0], page) or match[0], text)
    return right if _is_proof(places, text, right, page) else None


def _is_proof(places: list[tuple[str, str]], text: str, right: str, page: str) -> bool:
    """True if the places are enough to doubt a text.

    A letter with an accent or a typographic sign is proof by itself, unless it was a capital before the quotation
    mark that closes a word; letters of another script come in twos at least, and in words of their own.
    """
    letters = "".join(decoded for _, decoded in places)
    if page in _OTHER_SCRIPTS:
        left = _pattern(page).sub("", text)
        return len(letters) > 1 and not any(letter.isalpha() and not letter.isascii() for letter in left)
    if all(map(_is_usual, letters)):
        # a capital before the mark that closes a quotation is ordinary text
        return any(len(written) != 2 or set(_OPENING.get(written[-1], "")).isdisjoint(text) for written, _ in places)
    is_written = all(letter.isprintable() and unicodedata.category(letter) != "Co" for letter in letters)
    return len(letters) > 1 and suspicion(right) is None and is_written


def _is_usual(letter: str) -> bool:
    return "\u00a0" <= letter <= "\u017f" or "\u2010" <= letter <= "\u2044" or letter in "\u20ac\u2122\u2212"


@lru_cache(maxsize=2_000)
def _decoded(characters: str, page: str) -> str:
    """Return what the characters were as UTF-8; blank when they are none."""
    table = _bytes_of(page)
    try:
        return bytes(table[character] for character in characters).decode()
    except UnicodeDecodeError:
        return ""


@cache
def _pattern(page: str) -> re.Pattern[str]:
    table = _bytes_of(page)

    def group(low: int, high: int) -> str:
        return "[" + "".join(re.escape(c) for c, byte in table.items() if low <= byte <= high) + "]"

    rest = group(0x80, 0xBF)
    return re.compile("|".join(f"{group(low, high)}{rest}{{{count}}}" for low, high, count in _LEADS))


@cache
def _bytes_of(page: str) -> dict[str, int]:
    """Return the byte of each character of the upper half; bytes without one stand for themselves, as in Windows."""
    decode = codecs.getdecoder(page)
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        try:
            table[decode(bytes([byte]))[0]] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte
    if page == "cp1252":  # ISO 8859-1 differs in the control characters alone
        table |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    return table
