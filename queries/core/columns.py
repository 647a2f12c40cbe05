"""Columns and filters taken from the domain: what a field means is said once, where it is declared."""

from collections.abc import Mapping
from typing import Any, Protocol

from pydantic import BaseModel, Field

from graph.domain.model import Declared
from graph.text import folded
from queries.core.answer import Subject
from queries.core.days import latest


class NamedThing(Protocol):
    """What has an id and a printed name: a subject, an entity, the other end of an edge."""

    @property
    def id(self) -> str:
        """Canonical id."""

    @property
    def name(self) -> str:
        """Name as printed."""


_PARTS = {
    "start": "First day, possibly partial; null is unknown.",
    "end": "Last day, possibly partial; null is open or unknown.",
    "end_kind": "Whether the end is dated, stated to be open, or unknown.",
    "amount": "Decimal number as text.",
    "currency": "ISO 4217 code.",
    "value_date": "Day or year the amount is of; null is undated.",
}


def of(declared: type[Declared], name: str, part: str = "") -> Any:
    """Declare a column of a row that is copied from a field of the domain, under any name.

    A list of days becomes the latest that had come by the day asked for.

    Args:
        declared: Node or edge class.
        name: Its field.
        part: One property of an interval (``start``, ``end``, ``end_kind``) or of an amount.
    """
    known = declared.model_fields[name]
    meaning = _PARTS[part] if part else known.description
    return Field(default=None, description=meaning, json_schema_extra={"from": f"{name}_{part}" if part else name})


def column(meaning: str, default: object = None) -> Any:
    """Declare a column of a row that may be null, or is a default otherwise."""
    return Field(default=default, description=meaning)


def named(field: str, thing: "NamedThing | None") -> dict[str, str | None]:
    """Return the two columns that name a thing: its id under the name of the field, and its name."""
    return {field: thing.id if thing else None, f"{field}_name": thing.name if thing else None}


def end_columns(field: str, end: Subject | None, *only: str) -> dict[str, str | None]:
    """Return the columns that tell an end of a relationship: id, name, class and code, or only some after its name."""
    cls, iso3 = (end.cls, end.iso3) if end else (None, None)
    more = {"class": cls, "iso3": iso3}
    return named(field, end) | {f"{field}_{name}": more[name] for name in only or more}


def option(meaning: str, *examples: object) -> Any:
    """Declare a parameter that may be left out."""
    return Field(default=None, description=meaning, examples=list(examples) or None)


def filter_on(declared: type[Declared], name: str) -> Any:
    """Declare a parameter that keeps the edges or things whose field has its words in it."""
    known = declared.model_fields[name]
    text = f"Only this {name}: {known.description}"
    return Field(default=None, description=text, examples=known.examples, json_schema_extra={"filters": name})


def copied(row: type[BaseModel], properties: Mapping[str, Any], *, day: str) -> dict[str, Any]:
    """Return the values of the columns that a row declares with `of`."""
    found = {}
    for name, source in _declared(row, "from").items():
        value = properties.get(source)
        found[name] = latest(value, on=day) if isinstance(value, list) else None if value == "" else value
    return found


def fits(params: BaseModel, properties: Mapping[str, Any]) -> bool:
    """Say whether properties have the words of every parameter that was declared with `filter_on` and given."""
    asked = {field: getattr(params, name) for name, field in _declared(type(params), "filters").items()}
    return all(has_words(properties.get(field), words) for field, words in asked.items() if words)


def has_words(text: str | None, words: str) -> bool:
    """Say whether a text has words in it as whole words: *member* is in no *non-member observer*."""
    has, asked = (f" {folded(each)}".replace(" non ", " non-") for each in (text or "", words))
    return asked in has


def _declared(model: type[BaseModel], key: str) -> dict[str, str]:
    extras = ((name, field.json_schema_extra) for name, field in model.model_fields.items())
    return {name: str(extra[key]) for name, extra in extras if isinstance(extra, dict) and key in extra}
