"""How text is written in a paper: days in full, one line, links, names of files."""

import re
import unicodedata

from graph.text import folded
from queries.core.wording import long_day

_ISO_DAY = re.compile(r"\b(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?\b(?!-)")


def long_days(text: str) -> str:
    """Return text with the ISO days and months in it written out."""
    return _ISO_DAY.sub(lambda day: long_day(day[0]), text)


def plain(text: str) -> str:
    """Return `text` on one line, without control characters, which neither XML nor a page can hold."""
    letters = (" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
    return " ".join("".join(letters).split())


def is_link(address: str) -> bool:
    """Say whether `address` is one plain web address, safe to make a link of."""
    return re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", address) is not None and ";" not in address


def slug(name: str) -> str:
    """Return a name as a file name that every system takes: ``Côte d'Ivoire`` is ``cote-d-ivoire``."""
    return "-".join(folded(name).split())
