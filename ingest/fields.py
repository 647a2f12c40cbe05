"""Validate what is said of one subject with the domain's class; the values come in the JSON form of statements."""

import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from iga.graph.domain.model import Declared
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Amount, Days, Percentage
from iga.graph.statements import Values
from iga.ingest.mapping_cells import ReaderName
from iga.ingest.rejections import UNFIT, Refusal

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


class Misfit(Refusal):
    """Raised where a value does not fit its field.

    Attributes:
        part: Name of the part of it that does not fit, where it has parts; blank else.
        about: Class, field and reason, as the end of a sentence.
    """

    def __init__(self, declared: type[Declared], values: Mapping[str, Any], error: ValidationError) -> None:
        fault = error.errors(include_url=False)[0]
        self.field, *steps = [str(step) for step in fault["loc"]] or [""]
        self.part = part = steps[0] if steps and not steps[0].isdigit() else ""
        message = fault["msg"].removeprefix("Value error, ")
        self.why = f"{f'{part}: ' if part else ''}{message[0].lower()}{message[1:]}"
        self.about = f"does not fit {declared.__name__}.{self.field}: {self.why}"
        value = values.get(self.field, "")
        text = str(value.get(part, value.get("value", value)) if isinstance(value, Mapping) else value)
        meaning = declared.model_fields[self.field].description if self.field in declared.model_fields else ""
        super().__init__(
            f"{text[:100]!r} {self.about}",
            fix=f"correct it; {self.field} means: {meaning}".rstrip("."),
            code=UNFIT,
            column=self.field,
            value=text,
        )


def fitting(declared: type[Declared], values: Mapping[str, Any]) -> Values:
    """Return values of a class as those of a statement.

    Composites come out as dicts with all their parts, lists without repetitions, in their order.

    Raises:
        Misfit: A value does not fit its field.
    """
    if not values:
        return {}
    check, forms = _checks(declared)
    try:
        known: dict[str, Any] = check(values).__dict__
    except ValidationError as error:
        raise Misfit(declared, values, error) from None
    return {
        name: known[name] if (form := forms[name]) is None else form(known[name])
        for name in values
        if known[name] is not None
    }


@cache
def _checks(
    declared: type[Declared],
) -> tuple[Callable[[Mapping[str, Any]], Any], dict[str, Callable[[Any], Any] | None]]:
    forms = {name: _FORMS.get(rule.shape) for name, rule in declared.rules().items()}
    return TypeAdapter(declared).validator.validate_python, forms


_FORMS: dict[str, Callable[[Any], Any]] = {
    "list": lambda value: list(dict.fromkeys(value)),
    **dict.fromkeys(PART_READERS, lambda value: dict(value.__dict__)),
}
