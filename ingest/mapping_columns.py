"""The columns that a mapping speaks of."""

from collections.abc import Iterator

from pydantic import BaseModel

from ingest.mapping import ColumnCell, Condition, Each, Mapping, RowKey, TemplateCell
from ingest.templates import template


def columns_read(mapping: Mapping) -> set[str]:
    """Return the columns that a mapping reads; those it ignores are not among them."""
    return set(columns_of(mapping))


def columns_of(part: object) -> Iterator[str]:
    """Yield the columns that a part of a mapping reads, in order, with repetitions."""
    if isinstance(part, ColumnCell):
        yield part.column
    elif isinstance(part, Condition):
        yield from (part.column, part.above) if part.above else (part.column,)
    elif isinstance(part, Each):
        yield from (part.column, *part.beside)
    elif isinstance(part, TemplateCell):
        yield from template(part.template).columns
    elif isinstance(part, RowKey):
        yield from part.columns
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in ("ignore", "optional", "blanks", "card"):
                yield from columns_of(getattr(part, name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from columns_of(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from columns_of(inner)
