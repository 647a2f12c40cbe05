"""The forms in which names are compared: made in Python, once, so that both engines find and rank alike."""

import re
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from graph.text import folded

# Letters that writers of Arabic script put for one another: alef with hamzas, final ya, ta marbuta, Persian kaf and ya.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None}
)
_BLANK = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
)

LONGEST = 300
"""Letters of a name that are compared; what is longer is cut."""


@lru_cache(maxsize=50_000)
def spelled(text: str) -> str:
    """Return a name in its own script: no accents, case, punctuation or invisible marks, single spaces.

    ``Ёлка`` and ``елка`` become one, and so do the letters that Arabic writers put for one another. Blank when
    the text holds no letter or digit.
    """
    return folded(text[:LONGEST].translate(_BLANK).translate(_ARABIC)).translate(_ARABIC)


@lru_cache(maxsize=50_000)
def latin(text: str) -> str:
    """Return a name in the letters a to z and digits, single spaces: ``ОБСЕ`` is ``obse``. Blank as for `spelled`."""
    plain = spelled(text)
    return plain if plain.isascii() else folded(anyascii(plain))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, each once, in order, in its own script and in Latin letters."""
    own = spelled(text).split()
    return tuple(dict.fromkeys([*own, *latin(text).split()]))


_LEGAL = """
ab ag as asbl bhd bv co company corp corporation eg ev gmbh inc incorporated jsc kg kk limited llc llp ltd ltda nv
oao ojsc ooo oy oyj pjsc plc pte pty sa sae sarl sas sdn sl spa srl zao zrt
"""
LEGAL = frozenset(_LEGAL.split())
"""Legal forms that stand at the end or the beginning of an organization's name (ISO 20275), as Latin words."""

_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


def forms(text: str) -> Iterator[str]:
    """Give a name as printed, then the shorter ways in which people write it.

    Without a scheme before it (``UEI:…``), a remark in brackets after it, an article before it, or a legal form.
    """
    yield text
    bare = _REMARK.sub("", text).rpartition(":")[2].strip()
    if bare and bare != text:
        yield bare
    kept = spelled(bare.replace("&", " and ")).removeprefix("the ").removesuffix(" the").split()
    written = ["saint" if word == "st" else word for word in kept]
    yield " ".join(written)
    while len(written) > 1 and latin(written[-1]) in LEGAL:
        written.pop()
    yield " ".join(written)
