"""Validate what is said of one subject with the domain's class; the values come in the JSON form of statements."""

import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from graph.domain.model import Declared
from graph.domain.topics import Topics
from graph.domain.values import Amount, Days, Percentage
from graph.statements import Values
from ingest.mapping_cells import ReaderName

PART_READERS: dict[str, dict[str, ReaderName]] = {
    "interval": {"start": "day", "end": "day", "end_kind": "text"},
    "money": {"amount": "number", "currency": "text", "measure": "text", "value_date": "day"},
    "channel": {"kind": "text", "value": "text"},
}
"""The parts of each composite shape, with the reader of each; `open` of an interval is a condition."""

_READERS: tuple[tuple[Any, ReaderName], ...] = (
    (Topics, "topics"),
    (Days, "day"),
    (Amount, "number"),
    (Percentage, "percentage"),
    (int, "whole"),
    (bool, "yes_no"),
)


@cache
def usual_reader(declared: type[Declared], name: str) -> ReaderName:
    """Return the reader of a field that is not a composite: day for dates, id for refs, and so on."""
    shape = declared.rules()[name].shape
    if shape in ("day", "ref"):
        return "day" if shape == "day" else "id"
    kind = without_none(declared.model_fields[name].annotation)
    return next((reader for known, reader in _READERS if kind == known), "text")


def without_none(annotation: Any) -> Any:
    """Return the type of a field without the None that leaves it out."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return next(part for part in typing.get_args(annotation) if part is not type(None))
    return annotation


@cache
def validated(declared: type[Declared]) -> Callable[[Mapping[str, Any]], Values]:
    """Return the function that turns given values of a class into those of a statement.

    Composites come out as dicts with all their parts, lists without repetitions, in the order given.

    Raises (the function):
        ValidationError: A value does not fit its field.
    """
    check = TypeAdapter(declared).validator.validate_python
    shapes = {name: _FORMS.get(rule.shape) for name, rule in declared.rules().items()}

    def values(given: Mapping[str, Any]) -> Values:
        found: dict[str, Any] = check(given).__dict__
        return {
            name: found[name] if (form := shapes[name]) is None else form(found[name])
            for name in given
            if found[name] is not None
        }

    return values


def _parts(value: BaseModel) -> dict[str, str]:
    return dict(value.__dict__)


def _listed(value: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(value))


_FORMS: dict[str, Callable[[Any], Any]] = {
    "list": _listed,
    "interval": _parts,
    "money": _parts,
    "channel": _parts,
}


def first_fault(error: ValidationError) -> tuple[str, str]:
    """Return the field that a validation error is about, and its reason."""
    fault = error.errors(include_url=False)[0]
    steps = [str(step) for step in fault["loc"]]
    reason = fault["msg"].removeprefix("Value error, ")
    part = f"{steps[1]}: " if len(steps) > 1 and not steps[1].isdigit() else ""
    return (steps[0] if steps else ""), f"{part}{reason[0].lower()}{reason[1:]}"
