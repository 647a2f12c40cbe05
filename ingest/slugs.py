"""The last part of an id, made from a name or a text: ASCII, stable, telling names of any script apart."""

import unicodedata
from hashlib import blake2b

from graph.names.look_alikes import is_suspicious
from graph.text import folded

# With the kind before it an id stays well under the domain's 200 characters.
LONGEST = 80


def slug(name: str) -> str:
    """Return the slug of a name: ``Côte d'Ivoire`` is ``cote-d-ivoire``; blank without letters.

    A name that loses letters on the way (another script, or too long) ends in eight digits of its digest,
    so that two such names stay two. So does one that only looks like another: it is never taken for the other.
    """
    plain, odd = folded(name), is_suspicious(name)
    words = "-".join("".join(letter if letter.isascii() else " " for letter in plain).split())
    if not plain or (plain.isascii() and not odd and len(words) <= LONGEST):
        return words
    mark = blake2b((name if odd else plain).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{words[:LONGEST].strip('-')}-{mark}".strip("-")


def mark(*texts: str) -> str:
    """Return sixteen digits that stand for texts without holding them, for ids that must not tell a name.

    Case and spaces make no difference, punctuation does: it tells addresses apart. Blank when all texts are.
    """
    plain = [" ".join(unicodedata.normalize("NFC", text).casefold().split()) for text in texts]
    return blake2b("\x1f".join(plain).encode(), digest_size=8).hexdigest() if any(plain) else ""
