"""Languages as people type them, and how a way to reach somebody meets the one asked for."""

from collections.abc import Collection, Sequence
from typing import Literal

from iga.graph.errors import NotFound
from iga.graph.text import folded

LanguageMatch = Literal["yes", "not stated", "no"]

# ISO 639-1 codes of the six UN languages and of those that partners of the office often write in, with the names
# typed for them; any other two-letter code is taken as it is.
_NAMES: dict[str, tuple[str, ...]] = {
    "ar": ("Arabic", "العربية"), "bn": ("Bengali", "Bangla"), "de": ("German", "Deutsch"), "el": ("Greek",),
    "en": ("English",), "es": ("Spanish", "español"), "fa": ("Persian", "Farsi", "Dari"), "fr": ("French", "français"),
    "hi": ("Hindi",), "id": ("Indonesian", "Bahasa Indonesia"), "it": ("Italian", "italiano"), "ja": ("Japanese",),
    "ka": ("Georgian",), "km": ("Khmer",), "ko": ("Korean",), "lo": ("Lao",), "mn": ("Mongolian",),
    "ms": ("Malay",), "my": ("Burmese",), "ne": ("Nepali",), "nl": ("Dutch",), "pl": ("Polish",),
    "pt": ("Portuguese", "português"), "ro": ("Romanian",), "ru": ("Russian", "русский"), "sq": ("Albanian",),
    "sr": ("Serbian",), "sw": ("Swahili",), "th": ("Thai",), "tl": ("Tagalog", "Filipino"), "tr": ("Turkish",),
    "uk": ("Ukrainian",), "ur": ("Urdu",), "uz": ("Uzbek",), "vi": ("Vietnamese",), "zh": ("Chinese", "中文"),
}  # fmt: skip  # a table, several languages to a line
_CODES = {folded(name): code for code, names in _NAMES.items() for name in (code, *names)}


def language_name(code: str) -> str:
    """Return the English name of a two-letter code; the code where it has none here."""
    return _NAMES.get(code, (code,))[0]


def language_of(text: str) -> str:
    """Return the two-letter code of a language that is typed by its name or code.

    Raises:
        NotFound: No language is called so.
    """
    typed = folded(text)
    if typed in _CODES:
        return _CODES[typed]
    if len(typed) == 2 and typed.isascii() and typed.isalpha():
        return typed
    near = tuple(names[0] for names in _NAMES.values() if typed[:3] and folded(names[0]).startswith(typed[:3]))
    meant = f"did you mean {' or '.join(near)}?" if near else "write its English name, or its two-letter code"
    raise NotFound(f"language: nothing is called {text!r}; {meant}", suggestions=near)


def spoken(code: str) -> str:
    """Return the English name of a language, or its code where the name is not known here."""
    return _NAMES[code][0] if code in _NAMES else code


def spoken_in(languages: Sequence[str]) -> list[str]:
    """Return the English names of languages that are stated as codes or names."""
    return [spoken(_CODES.get(folded(stated), stated)) for stated in languages]


def language_match(asked: str, languages: Collection[str]) -> LanguageMatch:
    """Say whether a language is among those stated, which are codes or names."""
    if not languages:
        return "not stated"
    codes = {_CODES.get(folded(stated), folded(stated).partition("-")[0]) for stated in languages}
    return "yes" if asked in codes else "no"
