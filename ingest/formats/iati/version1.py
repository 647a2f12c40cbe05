"""Bring records of IATI 1.x into the form of 2.03: texts become narratives, words become codes.

What changed between them: https://iatistandard.org, upgrade of 2.01. There is no check against a schema of 1.x.
"""

import re
from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element as Element

from iga.ingest.formats.iati.iati_elements import code_list, line

_OWN = "99"
_NOTHING = ("", "NA", "N/A", "NULL")
_PUBLISHED_AS = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_TEXTS = (
    *("title", "description", "reporting-org", "participating-org", "recipient-country", "recipient-region", "sector"),
    *("provider-org", "receiver-org", "comment", "recipient-org", "name"),
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def translated(record: Element) -> Element:
    """Return the record itself, changed in place into the form of 2.03."""
    for name in _TEXTS:
        for element in list(record.iter(name)):
            _narrate(element)
    for element in list(record.iter("*")):
        tag = str(element.tag)
        if attribute := _RECODED.get(tag):
            word = line(element.get(attribute))
            element.set(attribute, code_list("version 1")[f"{tag}/{attribute}"].get(word.lower(), word))
        if change := _CHANGES.get(tag):
            change(element)
    return record


def _narrate(first: Element) -> None:
    """Put the text of an element into a narrative; titles, which 1.x repeats for each language, into those of one."""
    if first.find("narrative") is not None:
        return
    group = [first]
    while first.tag == "title" and (other := group[-1].getnext()) is not None and _is_repetition(other):
        group.append(other)
    for element in group:
        if text := line(element.text):
            narrative = etree.SubElement(first, "narrative")
            narrative.text = text
            if code := element.get(_LANG):
                narrative.set(_LANG, code)
        element.text = None
        if element is not first and (above := element.getparent()) is not None:
            above.remove(element)


def _is_repetition(element: Element) -> bool:
    return element.tag == "title" and set(element.attrib) <= {_LANG}


def _stated_day(element: Element) -> None:
    """Take the day from the text where the attribute is missing, as 1.x allows."""
    if not element.get("iso-date") and (match := _PUBLISHED_AS.match(line(element.text))):
        element.set("iso-date", match[0])


def _sector(element: Element) -> None:
    word = line(element.get("vocabulary"))
    known = code_list("version 1")["sector/vocabulary"].get(word.lower())
    element.set("vocabulary", known or _OWN)
    if line(element.get("code")).upper() in _NOTHING:
        # a sector without a code is the publisher's own words
        element.set("vocabulary", _OWN)
        if "code" in element.attrib:
            del element.attrib["code"]
        for narrative in element.findall("narrative"):
            if line(narrative.text).upper() in _NOTHING:
                element.remove(narrative)


def _other_identifier(element: Element) -> None:
    if element.get("ref") is None:
        element.set("ref", line(element.text))
        element.set("type", "A1" if _is_of_reporter(element) else "A9")


def _is_of_reporter(element: Element) -> bool:
    """Say whether an identifier is the reporter's own: it says so, or names nobody."""
    record, owner = element.getparent(), line(element.get("owner-ref"))
    reporter = record.find("reporting-org") if record is not None else None
    return not owner or (reporter is not None and owner == line(reporter.get("ref")))


def _value(element: Element) -> None:
    """Date an amount by its transaction where it has no date of its own; take grouped digits apart."""
    element.text = line(element.text).replace(",", "")
    parent = element.getparent()
    dated = parent.find("transaction-date") if parent is not None else None
    if not element.get("value-date") and dated is not None:
        _stated_day(dated)
        element.set("value-date", line(dated.get("iso-date")))


def _document(element: Element) -> None:
    if (code := line(element.get("language"))) and element.find("language") is None:
        etree.SubElement(element, "language").set("code", code)


_RECODED = {
    "participating-org": "role",
    "activity-date": "type",
    "transaction-type": "code",
    "budget": "type",
    "planned-disbursement": "type",
    "result": "type",
}
"""Element → the attribute in which 1.x has a word and 2.03 a code."""

_CHANGES: dict[str, Callable[[Element], None]] = {
    "activity-date": _stated_day,
    "transaction-date": _stated_day,
    "period-start": _stated_day,
    "period-end": _stated_day,
    "sector": _sector,
    "other-identifier": _other_identifier,
    "value": _value,
    "document-link": _document,
}
