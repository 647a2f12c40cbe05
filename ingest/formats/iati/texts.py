"""The texts of IATI: each said in one or several languages, a language left out is that of the record."""

from typing import Any, NamedTuple

from lxml.etree import _Element as Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED = "en"
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000


class Told(NamedTuple):
    """A text in the language that is printed, and the same in others."""

    main: str = ""
    others: tuple[str, ...] = ()


def told(element: Element | None) -> Told:
    """Return the narratives of an element: English if it is there, else the first, and the others; blank for None."""
    if element is None:
        return Told()
    narratives = element.findall("narrative")
    if len(narratives) < 2:  # nearly always; the language of a single text chooses nothing
        return Told(line(narratives[0].text)) if narratives else Told()
    default = language(element)
    found: dict[str, str] = {}
    for narrative in narratives:
        if text := line(narrative.text):
            found.setdefault(text, (narrative.get(_LANG) or default).lower())
    main = next((text for text, code in found.items() if code.partition("-")[0] == _PREFERRED), next(iter(found), ""))
    return Told(main, tuple(text for text in found if text != main))


def language(element: Element) -> str:
    """Return the language that texts of an element are in when they do not say; English when nothing says."""
    while True:
        if code := element.get(_LANG):
            return code
        above = element.getparent()
        if above is None:
            return _PREFERRED
        element = above


def line(text: str | None) -> str:
    """Return a text on one line; blank for None."""
    return " ".join((text or "").split())


def line_of(element: Element) -> int:
    """Return the physical line on which an element starts; 0 when nothing tells."""
    found: Any = element.sourceline  # the stubs have it wrong
    return int(found or 0)


def cut(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text that fits its field; what is cut away is marked by an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()} …"
