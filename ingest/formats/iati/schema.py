"""Check records against the bundled schema of IATI 2.03, and say what is wrong in words that lead to the place."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from iga.ingest.formats.iati.iati_elements import line_of
from iga.ingest.formats.iati.stream import MOST_ATTRIBUTES, RECORDS
from iga.ingest.rejections import INVALID, Refusal

VERSION = "2.03"

_SCHEMAS = {"iati-activities": "iati-activities-schema.xsd", "iati-organisations": "iati-organisations-schema.xsd"}
_FOLDER = Path(__file__).parent / "xsd"

_FLOODED = etree.XPath(f"(descendant-or-self::*[count(@*) > {MOST_ATTRIBUTES}])[1]")

_AT = re.compile(r"^Element '([^']*)'(?:, attribute '([^']*)')?: ")
_VALUE = re.compile(r"^'(.*?)' is not a valid value", re.DOTALL)

_FIXES = {
    "SCHEMAV_ELEMENT_CONTENT": "put the elements in the order of the IATI standard and none that it does not have",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "add the attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "take the attribute out, or put it in a namespace of your own",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "take the attribute out, or put it in a namespace of your own",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "put the text into <narrative>",
}
_CORRECT = "correct the value: dates as 2021-03-25, amounts as digits with a decimal point, yes as 1 and no as 0"


def check(record: Element) -> None:
    """Refuse a record that breaks the schema, by line, element, value, reason and fix."""
    schema = _schema(next(whole for whole, name in RECORDS.items() if name == record.tag))
    if not schema.validate(record):
        raise _refusal(record, schema)


def refuse_flood(record: Element) -> None:
    """Refuse a record of which an element has so many attributes that nobody meant them."""
    flooded = _FLOODED(record)
    assert isinstance(flooded, list), "the path selects elements"
    for element in flooded:
        assert isinstance(element, Element), "the path selects elements"
        name = str(element.tag)[:80]
        raise Refusal(
            f"line {line_of(element)}: <{name}> has {len(element.attrib):,} attributes",
            fix=f"nothing of IATI has more than {MOST_ATTRIBUTES}; get the file again",
            code=INVALID,
            column=name,
        )


def fault_of_root(name: str, attributes: Mapping[str, str]) -> str:
    """Return what is wrong with the attributes of a root; blank when they are as the schema has them."""
    schema = _schema(name)
    # A root without a record is at fault as well, but attributes come first.
    schema.validate(etree.Element(name, dict(attributes)))
    return next((_plain(fault.message) for fault in _faults(schema) if "attribute" in fault.message), "")


@cache
def _schema(root: str) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(str(_FOLDER / _SCHEMAS[root]), parser))


def _faults(schema: etree.XMLSchema) -> list[etree._LogEntry]:
    log: Any = schema.error_log  # the stubs leave out that a log is iterable
    return list(log)


def _refusal(record: Element, schema: etree.XMLSchema) -> Refusal:
    faults = _faults(schema)
    # A wrong value is told twice, first as what its type forbids; the second tells all.
    first = next((fault for fault in faults if fault.type_name != "SCHEMAV_CVC_PATTERN_VALID"), faults[0])
    place = _AT.match(first.message)
    element, attribute = (place[1], place[2] or "") if place else (str(record.tag), "")
    message = first.message[place.end() :] if place else first.message
    value = _VALUE.match(message)
    others = f" ({len(faults) - 1} more faults in this record)" if len(faults) > 1 else ""
    return Refusal(
        f"line {first.line}: {_plain(first.message)}{others}",
        fix=_FIXES.get(first.type_name, _CORRECT),
        code=INVALID,
        column=f"{element}/@{attribute}" if attribute else element,
        value=value[1] if value else "",
    )


def _plain(message: str) -> str:
    """Return a message of the validator with elements and attributes written as in the file."""
    plain = _AT.sub(lambda place: f"<{place[1]}>{f' attribute {place[2]}' if place[2] else ''}: ", message)
    return " ".join(plain.replace("'xs:", "'").split()).rstrip(".")[:400]
