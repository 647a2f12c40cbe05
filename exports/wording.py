"""How text is written in a paper: one line, links, names of files."""

import re
import unicodedata

from iga.graph.text import folded


def plain(text: str) -> str:
    """Return `text` on one line, without control characters, which neither XML nor a page can hold."""
    if not text.isprintable():  # what is holds none of these, and to look at each letter takes long
        letters = (" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in text)
        text = "".join(letters)
    return " ".join(text.split())


def is_link(address: str) -> bool:
    """True if `address` is one plain web address, safe to make a link of."""
    return re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", address) is not None and ";" not in address


def slug(name: str) -> str:
    """Return a name as a file name that every system takes: ``Côte d'Ivoire`` is ``cote-d-ivoire``."""
    return "-".join(folded(name).split())
