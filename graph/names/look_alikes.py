"""Find names that are not what they look like: mixed scripts, hidden characters, letters of another script.

The rules are those of Unicode's security mechanisms (UTS #39: https://www.unicode.org/reports/tr39/): a word whose
letters come from several scripts is suspicious, unless people write so (section 5.2, "moderately restrictive"); so
are characters that are not seen (section 3.1) and piles of accents (section 5.4). A name that is written in one
script throughout, whichever it is, is not.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Directions, joiners, marks of order and byte order: they change what is seen, or nothing that is seen at all.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PLAIN = re.compile(r"[\t\n\r -~]*")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")
# The joiners are part of words in these scripts (UAX #31, section 2.3), and of emoji.
_JOINERS = "\u200c\u200d"
_JOINED = frozenset(
    {"ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"}
    | {"MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "MONGOLIAN", "TIBETAN"}
)
# Text that a right-to-left override shows backwards, up to the character that ends it.
_TURNED = re.compile("\u202e([^\u202c\u202d\n]*)")
# Selects the form of an emoji or of an ideograph before it.
_SELECTORS = "\ufe0e\ufe0f"

# Scripts that people write in one word, and those whose letters pass for Latin ones (UTS #39, section 5.2).
_EAST_ASIAN = ({"HAN", "HIRAGANA", "KATAKANA"}, {"HAN", "BOPOMOFO"}, {"HAN", "HANGUL"})
_LIKE_LATIN = frozenset({"CYRILLIC", "GREEK", "COPTIC", "CHEROKEE", "ARMENIAN", "LISU", "DESERET", "GEORGIAN", "VAI"})
_HAN = ("CJK", "IDEOGRAPHIC")
# Letters without a script of their own: 々 and ー stand in several, ʼ and ʻ in any.
_COMMON = frozenset({"MODIFIER", "KATAKANA-HIRAGANA", "COMBINING", "VERTICAL", "MASU"})

# What letters of other scripts pass for: the single letters of Unicode's confusables.txt (version 16) whose
# prototype is a Latin letter, of the scripts that a keyboard of our parties types.
_PASSES_FOR = str.maketrans(
    dict(
        zip(
            "АВЕЅІЈКМНОРСТУХҮԚԜӀҺаеѕіјорсухүһԁԛԝӏгпѵѡ"  # Cyrillic
            "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳͿαγιοντρυωϲ"  # Greek
            "ՍՕԼՏօսհոցզքղ"  # Armenian
            "ᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᏃ"  # Cherokee
            "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ",  # small capitals and single-storey letters of phonetics
            "ABESIJKMHOPCTYXYQWIhaesijopcyxyhdqwlrnvw"
            "ABEZHIKMNOPTYXCjJayiovtpuwc"
            "UOLSouhngqpn"
            "ABCDEHiJKLMPRSTVWZ"
            "ABCDEGHIJKLMNOPRSTUVWYZag",
            strict=True,
        )
    )
)


class Suspicion(NamedTuple):
    """Why a name may not be what it looks like.

    Attributes:
        reason: What is odd about it, with the characters, as a clause.
        looks_like: What a reader takes it for; blank where that is not known.
    """

    reason: str
    looks_like: str


@lru_cache(maxsize=20_000)  # the names of a file repeat
def suspicion(name: str) -> Suspicion | None:
    """Return why a name may not be what it looks like; None when nothing is odd about it."""
    if _PLAIN.fullmatch(name):
        return None
    if hidden := _hidden_in(name):
        return Suspicion(f"holds characters that are not seen: {letters_told(hidden)}", seen_as(name))
    if pile := _PILE.search(name):
        return Suspicion(f"piles {len(pile[0])} accents on one letter", seen_as(name))
    for word in _WORD.findall(unicodedata.normalize("NFC", name)):
        if odd := _odd_letters(word):
            return Suspicion(odd, seen_as(name))
    return _foreign_word(name)


def is_suspicious(name: str) -> bool:
    """True if a name may not be what it looks like."""
    return not name.isascii() and suspicion(name) is not None


def seen_as(text: str) -> str:
    """Return text as a reader takes it: nothing hidden, look-alike letters as the Latin ones they pass for."""
    turned = _TURNED.sub(lambda part: part[1][::-1], text)
    shown = unicodedata.normalize("NFKC", _HIDDEN.sub("", turned))
    return _PILE.sub("", shown.translate(_PASSES_FOR))


def visible(text: str) -> str:
    """Return text with what is not seen in it written out: ``OSCE<U+200B>``."""
    return text if text.isprintable() else _HIDDEN.sub(lambda letter: f"<U+{ord(letter[0]):04X}>", text)


def _hidden_in(name: str) -> list[str]:
    hidden = dict.fromkeys(
        match[0] for match in _HIDDEN.finditer(name) if not _is_at_home(name, match.start(), match[0])
    )
    return list(hidden)


def _is_at_home(name: str, place: int, character: str) -> bool:
    """True if a joiner or selector stands where its script or an emoji needs it."""
    before, after = name[place - 1 : place], name[place + 1 : place + 2]
    if character in _SELECTORS:
        return bool(before) and (unicodedata.category(before) == "So" or before in "0123456789#*")
    if character not in _JOINERS or not before or not after:
        return False
    if script_of(after) in _JOINED:
        return _script_back(name, place) in _JOINED
    return character == "\u200d" and unicodedata.category(after) in ("So", "Sk")


def _script_back(name: str, place: int) -> str:
    """Return the script of the last letter before a place; blank when there is none."""
    return next((script for letter in reversed(name[:place]) if (script := script_of(letter))), "")


def _odd_letters(word: str) -> str:
    if fancy := [letter for letter in word if _is_symbol(letter)]:
        return f"is written with symbols in place of letters: {letters_told(fancy)}"
    scripts = {letter: script for letter in word if (script := script_of(letter))}
    mixed = set(scripts.values())
    if len(mixed) < 2 or _goes_together(mixed):
        return ""
    counts = {script: sum(scripts.get(letter) == script for letter in word) for script in mixed}
    few = [letter for letter in scripts if scripts[letter] != max(counts, key=lambda script: (counts[script], script))]
    return f"mixes {_scripts(mixed)} letters in one word: {letters_told(few)}"


def _goes_together(scripts: set[str]) -> bool:
    others = scripts - {"LATIN"}
    if any(others <= allowed for allowed in _EAST_ASIAN):
        return True
    return len(others) == 1 and "LATIN" in scripts and not others & _LIKE_LATIN


def _foreign_word(name: str) -> Suspicion | None:
    """Suspect a word of look-alikes alone among words of another script: «ОЅСЕ Secretariat», not «Фонд ОАО Example»."""
    words = [(word, scripts) for word in _WORD.findall(name) if (scripts := _scripts_in(word))]
    if not any(scripts == {"LATIN"} for _, scripts in words):
        return None
    passing = [(word, scripts) for word, scripts in words if scripts <= _LIKE_LATIN and seen_as(word).isascii()]
    for word, scripts in passing:
        if not any(scripts & others and (other, others) not in passing for other, others in words):
            reason = f"holds a word of {_scripts(scripts)} letters that all pass for Latin ones: {word!r}"
            return Suspicion(reason, seen_as(name))
    return None


def _scripts_in(word: str) -> set[str]:
    return {script for letter in word if (script := script_of(letter))}


@lru_cache(maxsize=5_000)
def script_of(character: str) -> str:
    """Return the script of a letter, as the first word of its Unicode name; blank where it has none of its own.

    Python's own tables do not hold the property Script; names of letters begin with it.
    """
    if character == "µ":  # the sign of a millionth, on every keyboard
        return ""
    plain = unicodedata.normalize("NFKC", character)[:1]
    if not plain or not unicodedata.category(plain).startswith("L"):
        return ""
    first = unicodedata.name(plain, "").partition(" ")[0]
    if first in _COMMON:
        return ""
    return "HAN" if first in _HAN else first


def _is_symbol(letter: str) -> bool:
    """True if a letter is one of those that mathematics sets in a face of its own: 𝐎, 𝓞, Ⓞ."""
    return unicodedata.name(letter, "").startswith(("MATHEMATICAL", "CIRCLED LATIN", "SQUARED LATIN", "NEGATIVE "))


def _scripts(scripts: set[str]) -> str:
    return " and ".join(sorted(script.title() for script in scripts))


def letters_told(characters: list[str]) -> str:
    """Return characters as a note names them, by code and name; of more than four the first."""
    shown = [f"U+{ord(character):04X} {_name(character)}" for character in list(dict.fromkeys(characters))[:4]]
    return ", ".join(shown) + (", …" if len(set(characters)) > 4 else "")


def _name(character: str) -> str:
    return unicodedata.name(character, "control character")
