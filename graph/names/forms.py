"""The forms in which names are compared: made in Python, once, so that both engines find and rank alike."""

import re
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from iga.graph.text import folded

# Letters that writers of Arabic script put for one another: alef with hamzas, final ya, ta marbuta, Persian kaf and ya.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None}
)
_BLANK = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
)
# Words that the United States and the United Nations spell differently, and those that people write short.
_OTHERWISE = """
labour=labor, organisation=organization, organisations=organizations, centre=center, centres=centers, programme=program,
programmes=programs, defence=defense, intl=international, natl=national, govt=government, dept=department,
org=organization, assn=association, univ=university, cttee=committee, comm=commission, wg=working group
"""
_WRITTEN = dict(pair.strip().split("=") for pair in _OTHERWISE.split(","))
_SHORT = re.compile(r"\b(?:" + "|".join(_WRITTEN) + r")\b")

LONGEST = 300
"""Letters of a name that are compared; what is longer is cut."""


@lru_cache(maxsize=50_000)
def spelled(text: str) -> str:
    """Return a name in its own script: no accents, case, punctuation or invisible marks, single spaces.

    ``Ёлка`` and ``елка`` become one, and so do the letters that Arabic writers put for one another. Blank when
    the text holds no letter or digit. Doing so twice changes nothing.
    """
    if text.isascii():
        return folded(text[:LONGEST])
    return folded(text[:LONGEST].translate(_BLANK).translate(_ARABIC)).translate(_ARABIC)[:LONGEST].strip()


@lru_cache(maxsize=50_000)
def latin(text: str) -> str:
    """Return a name in the letters a to z and digits, single spaces: ``ОБСЕ`` is ``obse``.

    American spelling, common short words written out: ``Intl Labour Org`` is ``international labor organization``.
    Blank as for `spelled`, and for the few signs that stand for no sound.
    """
    plain = spelled(text)
    plain = plain if plain.isascii() else folded(anyascii(plain))[:LONGEST].strip()
    return _SHORT.sub(lambda short: _WRITTEN[short[0]], plain)


# Scripts that are written without spaces between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")


def begins_alike(word: str, other: str) -> bool:
    """True if two words begin so that one may be the other mistyped: Ruritania is not Mauritania, Hhana is Ghana."""
    return word[:1] == other[:1] or word[:2] == other[1::-1] or word[1:] == other[1:]


def is_unspaced(own: str) -> bool:
    """True if a name is in a script that sets no spaces between words."""
    return bool(_UNSPACED.search(own))


# Single letters in a row: U.S.A., D. R. Congo.
_INITIALS = re.compile(r"\b(?:\w )+\w\b")
# Names of few letters are also looked up as one word, so that a space too many or too few does not hide them.
_JOINED = 20


@lru_cache(maxsize=20_000)
def words(text: str, *, is_own: bool = True) -> tuple[str, ...]:
    """Return the words that a name is found by, each once, in its own script and in Latin letters.

    Of a script without spaces these are its pairs of letters; initials count as one word, and so does a short name.

    Args:
        text: The name.
        is_own: Whether it is the thing's own; a name that only stands beside it is not joined to one word.
    """
    own, plain = spelled(text), latin(text)
    found_by = [*own.split(), *plain.split(), *_pairs(own), *(joined(run[0]) for run in _INITIALS.finditer(plain))]
    if is_own and len(short := joined(plain)) <= _JOINED:
        found_by.append(f"{WHOLE}{short}" if " " in plain else short)
    return tuple(dict.fromkeys(filter(None, found_by)))


def joined(plain: str) -> str:
    """Return a name without its spaces."""
    return plain.replace(" ", "")


WHOLE = "="
"""Stands before the word that a name of several words makes without its spaces, so that it is not taken for one."""


_SMALL = """
a an and at by for from in of on the to de del der des di do du el en et la las le les los und y i v po
"""
_STOP = frozenset(_SMALL.split())


def typed_words(text: str) -> tuple[str, ...]:
    """Return the words of a typed text that a name must have, each once, in order.

    Small words (of, the, de …) are not asked for where others stand beside them.
    """
    own = spelled(text)
    if pairs := _pairs(own):
        rest = latin(_UNSPACED.sub(" ", own)).split()
        return tuple(dict.fromkeys([*rest, *pairs]))
    each_once = dict.fromkeys(_initials_joined(latin(text)).split() or own.split())
    return tuple(word for word in each_once if word not in _STOP) or tuple(each_once)


def _initials_joined(name: str) -> str:
    return _INITIALS.sub(lambda run: joined(run[0]), name)


def _pairs(own: str) -> list[str]:
    if own.isascii():
        return []
    runs = _UNSPACED.findall(own)
    return [run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))]


_LEGAL = """
ab ag as asbl bhd bv co company corp corporation eg ev gmbh inc incorporated jsc kg kk limited llc llp ltd ltda nv
oao ojsc ooo oy oyj pjsc plc pte pty sa sae sarl sas sdn sl spa srl zao zrt
"""
LEGAL = frozenset(_LEGAL.split())
"""Legal forms that stand at the end or the beginning of an organization's name (ISO 20275), as Latin words."""

_ARTICLES = frozenset({"the", "le", "la", "les", "l", "el", "los", "las"})
_ADDED = re.compile(r"\s*\((?:the|l['’]|les?|la|el|los|las|[A-Z][A-Z0-9.]{1,7})\)\s*$")
_APOSTROPHES = re.compile("['’ʼ`´]")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
# Longer texts with a comma are sentences or titles, not names that a list turned round: "Korea, Republic of".
_TURNED = re.compile(r"([^,]+),\s+([^,]+)")
_MOST_TURNED = 60


def forms(text: str) -> Iterator[str]:
    """Give a name as printed, then the other ways in which people write it.

    Without a scheme before it (``UEI:…``) or a remark in brackets after it; turned back where a list turned it round
    (``Bahamas, The``); without an article before it, apostrophes or a legal form; with initials as one word.
    """
    yield text
    bare = _REMARK.sub("", text).rpartition(":")[2].strip()
    if bare and bare != text:
        yield bare
    yield from _otherwise(bare)


def typed_forms(text: str) -> Iterator[str]:
    """Give a typed name, then the other ways in which it may be printed.

    What somebody adds in brackets tells things apart, so it stays, but for an article or a code: ``Gambia (the)``.
    """
    yield text
    bare = _ADDED.sub("", text).strip() or text
    yield from _otherwise(bare)
    for government in government_forms(bare):
        yield from _otherwise(government)


_GOVERNMENT = re.compile(
    r"""(?:the\s+)?(?:royal\s+)?(?:government|govt\.?|gov't|gouvernement|gobierno|governo)\s+
    (?:of|de\s+la|de\s+l['’]|del|des|du|de|da|do)\s*(?:the\s+)?(?P<after>\S.*)
    |(?P<before>.*\S?\S),\s*(?:the\s+)?(?:royal\s+)?(?:government|govt\.?)\s+of(?:\s+the)?
    |(?P<plain>\S.*\S)\s+(?:government|govt\.?)""",
    re.IGNORECASE | re.VERBOSE,
)


def government_forms(text: str) -> Iterator[str]:
    """Give whose government a text names: Ghana, of ``Government of Ghana`` and ``Ghana, Government of``."""
    match = _GOVERNMENT.fullmatch(" ".join(text[:LONGEST].split()))
    whose = next(filter(None, match.groups()), "") if match else ""
    if whose:
        yield whose.strip(" ,")


def _otherwise(text: str) -> Iterator[str]:
    if len(text) <= _MOST_TURNED and (turned := _TURNED.fullmatch(text)):
        yield from _shorter(f"{turned[2]} {turned[1]}")
    yield from _shorter(text)


def _shorter(text: str) -> Iterator[str]:
    kept = spelled(text.replace("&", " and ")).removesuffix(" the").split()
    if len(kept) > 1 and kept[0] in _ARTICLES:
        del kept[0]
    written = ["saint" if word == "st" else word for word in kept]
    name = " ".join(written)
    yield name
    closer = _initials_joined(name), spelled(_APOSTROPHES.sub("", text))
    yield from (other for other in closer if other and other != name)
    while len(written) > 1 and latin(written[-1]) in LEGAL:
        written.pop()
    yield " ".join(written)
