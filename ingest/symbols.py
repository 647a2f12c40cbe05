"""Document symbols of resolutions: the one id that every source gives a text, and the body its symbol names."""

import re

from iga.ingest.subjects import slug

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
    """Say whether a symbol is that of a draft, of which it does not tell whether it was adopted: ``A/71/L.30``."""
    return _DRAFT.search(symbol) is not None
