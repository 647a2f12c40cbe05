"""What the readers of IATI records share: texts, codes, days, ids."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from lxml.etree import _Element as Element

from iga.graph.domain.values import first_day
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.record_builder import LONGEST_LINE
from iga.ingest.rejections import UNFIT, Refusal
from iga.ingest.subjects import digest_of, slug

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED = "en"
LONGEST_TEXT = 20_000
# A date of XML Schema may name its time zone, and files of 1.x write instants for days.
_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T\S*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
_PLAIN = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.ASCII)
_LONGEST_PLAIN = 80


class IatiText(NamedTuple):
    """A text in the language that is printed, and the same in others."""

    main: str = ""
    others: tuple[str, ...] = ()


def text_of(element: Element | None) -> IatiText:
    """Return the narratives of an element: English if it is there, else the first, and the others; blank for None."""
    if element is None:
        return IatiText()
    narratives = element.findall("narrative")
    if len(narratives) < 2:  # nearly always; the language of a single text chooses nothing
        return IatiText(line(narratives[0].text)) if narratives else IatiText()
    default = language(element)
    languages: dict[str, str] = {}
    for narrative in narratives:
        if text := line(narrative.text):
            languages.setdefault(text, (narrative.get(_LANG) or default).lower())
    preferred = (text for text, code in languages.items() if code.partition("-")[0] == _PREFERRED)
    main = next(preferred, next(iter(languages), ""))
    return IatiText(main, tuple(text for text in languages if text != main))


def language(element: Element) -> str:
    """Return the language that texts of an element are in when they do not say; English when nothing says."""
    above: Element | None = element
    while above is not None:
        if code := above.get(_LANG):
            return code
        above = above.getparent()
    return _PREFERRED


def line(text: str | None) -> str:
    """Return a text on one line; blank for None."""
    return " ".join((text or "").split())


def line_of(element: Element) -> int:
    """Return the physical line on which an element starts; 0 when nothing tells."""
    number: Any = element.sourceline  # the stubs have it wrong
    return int(number or 0)


def cut(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text that fits its field; what is cut away is marked by an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()} …"


def code_list(name: str) -> Mapping[str, Any]:
    """Return what the codes of an IATI code list mean, as far as they are taken: a part of ``codes.yaml``."""
    meanings: Mapping[str, Any] = bundled_yaml("iga.ingest.formats.iati", "codes.yaml")[name]
    return meanings


def coded(element: Element, attribute: str, codes: str, otherwise: str = "") -> str:
    """Return what the code in an attribute means."""
    return str(code_list(codes).get(element.get(attribute) or "", otherwise))


def code_of(element: Element, name: str) -> str:
    """Return the code of a child; blank when there is none."""
    child = element.find(name)
    return line(child.get("code")) if child is not None else ""


def day_of(text: str | None) -> str:
    """Return a date of XML Schema without its time zone; blank for None; refuse what is no date."""
    plain = line(text)
    if not plain:
        return ""
    stated = _DAY.fullmatch(plain)
    try:
        first_day(stated[1] if stated else "0000")
    except ValueError:
        fix = "write the date as 2021-03-25"
        raise Refusal(f"there is no date {plain[:40]!r}", fix=fix, code=UNFIT, value=plain) from None
    assert stated, "what is no date was refused"
    return stated[1]


def day_in(element: Element, name: str) -> str:
    """Return the date of a child; blank when there is none; refuse what is no date."""
    child = element.find(name)
    return day_of(child.get("iso-date")) if child is not None else ""


FieldTable: TypeAlias = Mapping[str, Callable[[Element], object]]
"""Name of a field → what of an element fills it."""


def fields_in(element: Element, table: FieldTable) -> dict[str, object]:
    """Return the fields that an element fills."""
    return {name: read(element) for name, read in table.items()}


def span_of(start: str, end: str) -> dict[str, str]:
    """Return an interval of the days that are stated; a missing end is unknown."""
    return {name: day for name, day in (("start", start), ("end", end)) if day}


def narrated(name: str, longest: int = LONGEST_LINE) -> Callable[[Element], str]:
    """Return the reader of a child's text."""
    return lambda element: cut(text_of(element.find(name)).main, longest)


def translations(name: str) -> Callable[[Element], tuple[str, ...]]:
    """Return the reader of a child's text in other languages."""
    return lambda element: tuple(cut(other) for other in text_of(element.find(name)).others)


def end_of_id(identifier: str) -> str:
    """Return the last part of an id: ``GB-1-105838`` is ``gb-1-105838``.

    Only an identifier of capitals, digits, points and hyphens stands as it is; any other ends in eight digits of
    its digest, so that two identifiers never meet in one id.
    """
    if len(identifier) <= _LONGEST_PLAIN and _PLAIN.fullmatch(identifier):
        return identifier.lower()
    mark = digest_of(identifier, size=4)
    words = slug(identifier)[:60].strip("-")
    return f"{words}-{mark}" if words else mark


def refused(at: Element, what: str, *, fix: str, code: str = UNFIT, value: str = "") -> Refusal:
    """Return the refusal of a record for what one of its elements says."""
    return Refusal(f"line {at.sourceline}: <{at.tag}> {what}", fix=fix, code=code, column=str(at.tag), value=value)
