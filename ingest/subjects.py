"""Ids as files write them: which kind, and so which class, an id belongs to."""

import re
import unicodedata
from hashlib import blake2b

from iga.graph.domain.catalog import KIND
from iga.graph.domain.values import ID_PATTERN
from iga.graph.names.look_alikes import is_suspicious
from iga.graph.text import folded

BODY_CLASSES = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody")
"""The classes of the bundled table of bodies."""

PARTNER_CLASSES = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
"""The classes that the bundled table of partners may hold besides."""

NAMED = "named"
"""First part of the id of a subject known by its name alone: ``named:ngo:example-relief``."""

_ID = re.compile(ID_PATTERN)
_CLASS = {kind: node.label() for kind, node in KIND.items()}


def kind_of_id(text: str) -> str:
    """Return the kind that an id, or its opening, begins with; blank when there is none."""
    first, colon, rest = text.partition(":")
    if first == NAMED:
        first, colon, _ = rest.partition(":")
    return first if colon else ""


def class_of_id(text: str) -> str:
    """Return the class of the subjects whose ids begin like `text`; raises ValueError where no class has such ids."""
    kind = kind_of_id(text)
    if kind not in KIND:
        raise ValueError(f"{text!r} is no id of ours; ids are kind:slug, such as gov:ken or org:osce")
    return KIND[kind].label()


def is_id(text: str) -> bool:
    """True if `text` is a whole id of a kind that exists."""
    return class_named_by(text) is not None


def class_named_by(text: str) -> str | None:
    """Return the class of the subject with this id; None when `text` is not a whole id of a kind that exists."""
    if len(text) > 200 or _ID.fullmatch(text) is None:
        return None
    return _CLASS.get(kind_of_id(text))


def is_source(text: str) -> bool:
    """True if `text` can name a source: ``kind:slug``, of any kind."""
    return len(text) <= 200 and _ID.fullmatch(text) is not None


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
    return digest_of(*plain) if any(plain) else ""


def digest_of(*texts: str, size: int = 8) -> str:
    """Return a digest of texts in hexadecimal digits, two for each byte of its size."""
    return blake2b("\x1f".join(texts).encode("utf-8", errors="replace"), digest_size=size).hexdigest()


# A/RES/62/223B and A/RES/62/223 B are printed for one text.
_PART = re.compile(r"(?<=\d)\s*(?=[A-Za-z](?:-[A-Za-z])?$)")

# How bodies number their documents: https://research.un.org/en/docs/symbols
_BODIES = (
    ("A/HRC/", "forum:hrc"),
    ("A/C.3/", "forum:unga-third-committee"),
    ("A/RES/", "forum:unga"),
    ("S/RES/", "forum:unsc"),
    ("E/RES/", "forum:ecosoc"),
)
_DRAFT = re.compile(r"/L\.\d", re.IGNORECASE)


def resolution_id(symbol: str) -> str:
    """Return the id of a resolution, decision or draft: ``A/RES/74/176`` is ``resolution:a-res-74-176``.

    Blank when the symbol holds no letter or digit.
    """
    name = slug(_PART.sub(" ", symbol.strip()))
    return f"resolution:{name}" if name else ""


def body_of_symbol(symbol: str) -> str | None:
    """Return the id of the body whose series a symbol belongs to; None when the symbol does not tell."""
    plain = symbol.strip().upper()
    return next((body for opening, body in _BODIES if plain.startswith(opening)), None)


def is_draft(symbol: str) -> bool:
    """True if a symbol is that of a draft, of which it does not tell whether it was adopted: ``A/71/L.30``."""
    return _DRAFT.search(symbol) is not None
