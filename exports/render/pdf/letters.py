"""Letters that no typeface at hand has: PDF/UA refuses a page with one, so others stand in, and the paper says so."""

import re
from collections.abc import Iterable
from typing import Any

from anyascii import anyascii

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
# Every typeface that may stand in has these: Latin with its marks, general punctuation, the marks of charts.
_COMMON = re.compile(r"[^\u0020-\u007e\u00a0-\u017f\u2010-\u2027\u2030-\u205e●○]")


def missing_letters(diagnostic: str) -> frozenset[str]:
    """Return the letters that a compiler says it could not display; empty where it complains of something else."""
    told = (_ESCAPED.sub(_unescaped, found) for found in _MISSING.findall(diagnostic))
    return frozenset(letter for text in told for letter in text)


def uncommon_letters(texts: Iterable[str]) -> frozenset[str]:
    """Return the letters that not every typeface has."""
    return frozenset(letter for text in texts for letter in _COMMON.findall(text))


def without(value: Any, letters: frozenset[str]) -> Any:
    """Return plain data with other letters in the place of `letters`, in every text of it."""
    table = {ord(letter): _instead(letter) for letter in letters}
    return _translated(value, table)


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [_translated(each, table) for each in value]
    if isinstance(value, dict):
        return {name: _translated(each, table) for name, each in value.items()}
    return value


def _instead(letter: str) -> str:
    """Return Latin letters that sound alike, else the number that Unicode gives it."""
    return anyascii(letter).strip() or f"[U+{ord(letter):04X}]"


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t", "r": "\r"}.get(found[2], found[2])


def texts_of(value: Any) -> Iterable[str]:
    """Return every text of plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)
