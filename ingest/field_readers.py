"""How the cells of a field are read when the mapping does not say: the field's type in the domain decides."""

import types
import typing
from functools import cache
from typing import Any

from graph.domain.model import Declared
from graph.domain.topics import Topics
from graph.domain.values import Amount, Days, Percentage
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
