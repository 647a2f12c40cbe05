"""How days and counts are written in a paper."""

import re
import unicodedata

from graph.text import folded
from queries.core.wording import long_day

_ISO_DAY = re.compile(r"\b(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?\b(?!-)")


def long_days(text: str) -> str:
    """Return text with the ISO days and months in it written out."""
    return _ISO_DAY.sub(lambda found: long_day(found[0]), text)


def days(start: str | None, end: str | None) -> str:
    """Return a stretch as a paper prints it: ``April 15–16, 2024``; one day for one day, blank for none."""
    if not start or not end or start == end:
        return long_day(start or end or "")
    if len(start) == len(end) == 10 and start[:7] == end[:7]:
        month, year = long_day(start[:7]).split()
        return f"{month} {int(start[8:])}–{int(end[8:])}, {year}"
    return f"{long_day(start)} to {long_day(end)}"


def sentence(text: str) -> str:
    """Return text with a full stop at its end; blank text stays blank."""
    return text if not text.strip() or text.endswith((".", "!", "?")) else f"{text}."


def capitalized(text: str) -> str:
    """Return text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def plain(text: str) -> str:
    """Return `text` on one line, without control characters, which neither XML nor a page can hold."""
    letters = (" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    return " ".join("".join(letters).split())


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``3 rows``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def is_link(address: str) -> bool:
    """Say whether `address` is one plain web address, safe to make a link of."""
    return re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", address) is not None and ";" not in address


def slug(name: str) -> str:
    """Return a name as a file name that every system takes: ``Côte d'Ivoire`` is ``cote-d-ivoire``."""
    return "-".join(folded(name).split())
