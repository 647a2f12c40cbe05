"""Columns and filters taken from the domain, and rows of these: what a field means is said where it is declared."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, Field

from iga.graph.domain.model import Declared
from iga.graph.domain.values import LAST_DAY
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.days import latest
from iga.queries.core.reading import EdgeRow, Entity, conflicts, refs

R = TypeVar("R", bound=AnswerRow)


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
    """Declare a column of a row that may be left out: it is then null, or the default, such as no names: ``()``."""
    return Field(default=default, description=meaning)


def named(field: str, thing: "NamedThing | None") -> dict[str, Any]:
    """Return the two columns that name a thing: its id under the name of the field, and its name."""
    return {field: thing.id if thing else None, f"{field}_name": thing.name if thing else None}


def joined(field: str, things: "Sequence[NamedThing]") -> dict[str, Any]:
    """Return the two columns that name several things: the id of the first, and all their names, joined."""
    return {field: things[0].id if things else None, f"{field}_name": "; ".join(it.name for it in things) or None}


def end_columns(field: str, end: Subject | None, *only: str) -> dict[str, Any]:
    """Return the columns that tell an end of a relationship: id, name, class and code, or only some after its name."""
    cls, iso3 = (end.cls, end.iso3) if end else (None, None)
    more = {"class": cls, "iso3": iso3}
    return named(field, end) | {f"{field}_{name}": more[name] for name in only or more}


def needed(meaning: str, *examples: object) -> Any:
    """Declare a parameter, or a column of a row, that is always there."""
    return Field(description=meaning, examples=list(examples) or None)


def option(meaning: str, *examples: object, default: object = None) -> Any:
    """Declare a parameter that may be left out."""
    return Field(default=default, description=meaning, examples=list(examples) or None)


def filter_on(declared: type[Declared], name: str) -> Any:
    """Declare a parameter that keeps the edges or things whose field has its words in it."""
    known = declared.model_fields[name]
    text = f"Only this {name}: {known.description}"
    return Field(default=None, description=text, examples=known.examples, json_schema_extra={"filters": name})


def copied(row: type[BaseModel], properties: Mapping[str, Any], *, day: str) -> dict[str, Any]:
    """Return the values of the columns that a row declares with `of`."""
    values = {name: properties.get(source) for name, source in _declared(row, "from").items()}
    return {
        name: latest(value, on=day) if isinstance(value, list) else None if value == "" else value
        for name, value in values.items()
    }


def sourced(
    model: type[R],
    *rests_on: Mapping[str, Any],
    about: Subject | None = None,
    held: object = "yes",
    day: str = LAST_DAY,
    dated_by: Iterable[Mapping[str, Any]] = (),
    made_of: Iterable[Mapping[str, Any]] = (),
    **columns: Any,
) -> SourcedRow[R]:
    """Return a row with the source rows of what it rests on; fields on which these differ are its conflicts.

    Columns declared with `of` are copied from the first of what it rests on. A column of a thing, such as ``body``,
    takes its id, and the column ``body_name`` its name.

    Args:
        model: The row.
        rests_on: Properties of nodes and edges.
        about: Whom a row of a party is about.
        held: Whether it held on the day; other than *yes* is unknown.
        day: Full day; of a list of days, a column has the latest that had come by then.
        dated_by: Properties that only date it.
        made_of: Properties of what it is made of, where these are several statements: the weakest says its trust.
        columns: Values of the other columns; ``conflicts`` may be one of them.
    """
    values = copied(model, rests_on[0], day=day) if rests_on else {}
    values |= {"held": "yes" if held == "yes" else "unknown", "conflicts": conflicts(*rests_on)}
    values |= about.model_dump() if about else {}
    for name, value in columns.items():
        if isinstance(value, (Subject, EdgeRow, Entity)):
            values |= {name: value.id, f"{name}_name": value.name}
        else:
            values[name] = value
    parts = tuple(filter(None, (refs(part) for part in made_of)))
    return SourcedRow(model(**values), refs(*rests_on), dated_by=refs(*dated_by), parts=parts)


def fits(params: BaseModel, properties: Mapping[str, Any]) -> bool:
    """True if properties have the words of every parameter that was declared with `filter_on` and given."""
    return all(has_words(properties.get(field), words) for field, words in asked_of(params).items())


def asked_of(params: BaseModel) -> dict[str, str]:
    """Return the words of the parameters that were declared with `filter_on` and given, by the field they filter."""
    return {
        field: words for name, field in _declared(type(params), "filters").items() if (words := getattr(params, name))
    }


def asked_as(params: BaseModel) -> str:
    """Return as what somebody is to be listed, by category and status; an office is no part of it."""
    return " and ".join(words for field, words in asked_of(params).items() if field != "office")


def has_words(text: str | None, words: str) -> bool:
    """True if a text has words in it as whole words: *member* is in no *non-member observer*."""
    has, asked = (f" {folded(part)}".replace(" non ", " non-") for part in (text or "", words))
    return asked in has


@cache
def _declared(model: type[BaseModel], key: str) -> dict[str, str]:
    extras = ((name, field.json_schema_extra) for name, field in model.model_fields.items())
    return {name: str(extra[key]) for name, extra in extras if isinstance(extra, dict) and key in extra}
