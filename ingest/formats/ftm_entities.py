"""Read one line of a FollowTheMoney file: an entity with its schema and properties, or why it is none."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any, TypeAlias

from graph.domain.values import refines
from ingest.name_tables import governments
from ingest.record_builder import as_line, opaque_id
from ingest.rejections import CELL, KEY, SHAPE, Refusal
from ingest.row_reader import LONGEST_KEY

# Entities of thousands of names have about a megabyte.
LONGEST_LINE = 4_000_000
_FIX = "write one entity a line: id, schema and properties, each property a list of texts"


@dataclass(frozen=True)
class FtmEntity:
    """An entity as its line states it.

    Attributes:
        id: Its id in its source.
        schema: Such as ``Person`` or ``Directorship``.
        properties: Texts of each property, in order, without repetitions; numbers as written.
        caption: Its name as the source prints it; blank when it does not say.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    caption: str = ""

    def of(self, *names: str) -> tuple[str, ...]:
        """Return the values of some properties, in their order."""
        return tuple(dict.fromkeys(value for name in names for value in self.properties.get(name, ())))

    def one(self, *names: str) -> str:
        """Return the first value of the first of some properties that has one; blank when none has."""
        return next(iter(self.of(*names)), "")


def entity_of(text: str) -> FtmEntity:
    """Return the entity of a line.

    Raises:
        Refusal: It is no JSON object, or no entity; the reason says where.
    """
    parsed = _object(text)
    properties_given, schema = parsed.get("properties", {}), parsed.get("schema")
    identifier = parsed.get("id")
    if not isinstance(identifier, str) or not identifier.strip() or len(identifier) > LONGEST_KEY:
        raise Refusal("the entity has no id, or one that is too long", fix="give it a text of its own as id", code=KEY)
    if not isinstance(schema, str) or not isinstance(properties_given, dict):
        raise Refusal("the entity has no schema or no properties", fix=_FIX, code=SHAPE, value=identifier)
    properties = {name: _texts(name, values, identifier) for name, values in properties_given.items()}
    caption = parsed.get("caption")
    texts = (identifier, schema, *properties, *(value for values in properties.values() for value in values))
    caption = caption if isinstance(caption, str) else ""
    if fault := _fault("\n".join((*texts, caption))):
        raise Refusal(f"the entity holds {fault}", fix="export the file again", code=SHAPE, column="", value="")
    return FtmEntity(identifier.strip(), schema, properties, caption)


def _object(text: str) -> dict[str, Any]:
    try:
        parsed = _DECODER.decode(text)
    except RecursionError:
        raise Refusal("the line is nested too deeply for an entity", fix=_FIX, code=SHAPE) from None
    except ValueError as error:
        reason = str(error).partition(":")[0][:200]
        raise Refusal(f"the line is not JSON ({reason})", fix=_FIX, code=SHAPE, value=text[:200]) from None
    if not isinstance(parsed, dict):
        raise Refusal("the line is no JSON object", fix=_FIX, code=SHAPE, value=text[:200])
    return parsed


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        raise ValueError("a key stands there twice")
    return unique


def _no_number(text: str) -> str:
    raise ValueError(f"{text} is no number")


# numbers stay as they are written: an amount is no floating-point number
_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_int=str, parse_float=str, parse_constant=_no_number)


def _texts(name: str, values: object, identifier: str) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else [values]
    for value in listed:
        if value is not None and not isinstance(value, str):
            reason = "an entity inside another" if isinstance(value, dict) else "something else than texts"
            raise Refusal(
                f"property {name!r} holds {reason}",
                fix="load the file of single entities (entities.ftm.json), not that of nested targets",
                code=CELL,
                column=name[:100],
                value=identifier,
            )
    return tuple(dict.fromkeys(text for value in listed if isinstance(value, str) and (text := value.strip())))


def _fault(text: str) -> str:
    if "\0" in text:
        return "a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half of a character (a lone surrogate)"
    return ""


KINDS: Mapping[str, str] = {
    "Company": "company",
    "LegalEntity": "organization",
    "Organization": "organization",
    "Payment": "transaction",
    "Person": "person",
    "Position": "post",
    "Project": "project",
    "PublicBody": "body",
}
"""The schemata that become nodes, with the kind of each; a LegalEntity does not tell its sort."""


class FtmIds:
    """Our ids of one load's entities.

    Attributes:
        absent: How many references point at entities that the files do not hold.
    """

    def __init__(self, source: str, entities: Iterable[FtmEntity]) -> None:
        """List entities; about 100 bytes stay in memory for each that becomes a node."""
        self.absent = 0
        self._source = source
        self._kinds: dict[int, str] = {}
        for entity in entities:
            if kind := KINDS.get(entity.schema):
                self._kinds[_mark(entity.id)] = kind

    def of(self, entity: FtmEntity) -> str:
        """Return the id of an entity that becomes a node. It tells nothing of the entity's own id or name."""
        return opaque_id(KINDS[entity.schema], self._source, entity.id)

    def named(self, reference: str, *, otherwise: str) -> str:
        """Return the id that a reference means; `otherwise` is the kind of one that the files do not hold."""
        kind = self._kinds.get(_mark(reference))
        if kind is None:
            self.absent += 1
        return opaque_id(kind or otherwise, self._source, reference)

    def post(self, reference: str, role: str) -> str:
        """Return the id of the post that a role in an organization is."""
        return opaque_id("post", self._source, reference, role.casefold())


def _mark(identifier: str) -> int:
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "big")


# Public registers of organizations; the numbers of people are never read.
_REGISTERS = {
    "leiCode": "XI-LEI",
    "wikidataId": "WIKIDATA",
    "dunsCode": "DUNS",
    "uniqueEntityId": "UEI",
    "cikCode": "SEC-CIK",
    "permId": "PERMID",
    "ogrnCode": "RU-OGRN",
    "registrationNumber": "REGISTRATION",
}
_TIME = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?", re.ASCII)


LeftOut: TypeAlias = Counter[str]
"""Counts what an entity states and the graph has no place for, by schema and property."""


def names_of(entity: FtmEntity) -> dict[str, Any]:
    """Return the name that is printed, and every other as an alias."""
    names = [as_line(name) for name in entity.of("name")]
    printed = as_line(entity.caption) if as_line(entity.caption) in names else next(iter(names), "")
    others = [*names, *(as_line(name) for name in entity.of("alias", "previousName"))]
    return {"name": printed, "aliases": [name for name in dict.fromkeys(others) if name != printed]}


def identifiers_of(entity: FtmEntity, *, registers: bool) -> list[str]:
    """Return the entity's own id, and its numbers in public registers where they may be read."""
    identifiers = [f"FTM:{entity.id}"]
    if registers:
        identifiers += [f"{scheme}:{value}" for name, scheme in _REGISTERS.items() for value in entity.of(name)]
    return [as_line(value) for value in identifiers]


def country_of(entity: FtmEntity, left_out: LeftOut, *names: str) -> str:
    """Return the government that the first of some properties names; blank when it names several or an unknown one."""
    values = next((values for name in names if (values := entity.of(name))), ())
    if not values:
        return ""
    known_codes = {governments().codes.get(value.upper()) for value in values}
    known = next(iter(known_codes)) if len(known_codes) == 1 else None
    if known is None:
        left_out[f"{entity.schema}.country (several, or not in the tables)"] += 1
    return known or ""


def day_of(entity: FtmEntity, left_out: LeftOut, *names: str) -> str:
    """Return the day that the first of some properties states, the most precise; blank when days differ."""
    values = next((values for name in names if (values := entity.of(name))), ())
    days = sorted({match[1] if (match := _TIME.fullmatch(value)) else value for value in values}, key=len)
    if any(not refines(fine, coarse) for coarse, fine in pairwise(days)):
        left_out[f"{entity.schema}.{names[0]} (several days)"] += 1
        return ""
    return days[-1] if days else ""


def interval(start: str, end: str, *, is_open: bool = False) -> dict[str, str]:
    """Return an interval; empty when nothing is known of it."""
    if end:
        return {"start": start, "end": end}
    if is_open:
        return {"start": start, "end_kind": "open"}
    return {"start": start} if start else {}
