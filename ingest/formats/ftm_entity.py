"""Read one line of a FollowTheMoney file: an entity with its schema and properties, or why it is none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.rejections import CELL, KEY, SHAPE, Refusal
from ingest.rows import LONGEST_KEY

# Entities of thousands of names have about a megabyte.
LONGEST_LINE = 4_000_000
_FIX = "write one entity a line: id, schema and properties, each property a list of texts"


@dataclass(frozen=True)
class Entity:
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


def entity_of(text: str) -> Entity:
    """Return the entity of a line.

    Raises:
        Refusal: It is no JSON object, or no entity; the reason says where.
    """
    found = _object(text)
    given, schema = found.get("properties", {}), found.get("schema")
    it = found.get("id")
    if not isinstance(it, str) or not it.strip() or len(it) > LONGEST_KEY:
        raise Refusal("the entity has no id, or one that is too long", fix="give it a text of its own as id", code=KEY)
    if not isinstance(schema, str) or not isinstance(given, dict):
        raise Refusal("the entity has no schema or no properties", fix=_FIX, code=SHAPE, value=it)
    properties = {name: _texts(name, values, it) for name, values in given.items()}
    caption = found.get("caption")
    texts = (it, schema, *properties, *(value for values in properties.values() for value in values))
    caption = caption if isinstance(caption, str) else ""
    if fault := _fault("\n".join((*texts, caption))):
        raise Refusal(f"the entity holds {fault}", fix="export the file again", code=SHAPE, column="", value="")
    return Entity(it.strip(), schema, properties, caption)


def _object(text: str) -> dict[str, Any]:
    try:
        found = _DECODER.decode(text)
    except RecursionError:
        raise Refusal("the line is nested too deeply for an entity", fix=_FIX, code=SHAPE) from None
    except ValueError as error:
        reason = str(error).partition(":")[0][:200]
        raise Refusal(f"the line is not JSON ({reason})", fix=_FIX, code=SHAPE, value=text[:200]) from None
    if not isinstance(found, dict):
        raise Refusal("the line is no JSON object", fix=_FIX, code=SHAPE, value=text[:200])
    return found


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _no_number(text: str) -> str:
    raise ValueError(f"{text} is no number")


# numbers stay as they are written: an amount is no floating-point number
_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_int=str, parse_float=str, parse_constant=_no_number)


def _texts(name: str, values: object, it: str) -> tuple[str, ...]:
    listed = values if isinstance(values, list) else [values]
    for value in listed:
        if value is not None and not isinstance(value, str):
            reason = "an entity inside another" if isinstance(value, dict) else "something else than texts"
            raise Refusal(
                f"property {name!r} holds {reason}",
                fix="load the file of single entities (entities.ftm.json), not that of nested targets",
                code=CELL,
                column=name[:100],
                value=it,
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
