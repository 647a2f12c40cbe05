"""The columns that a mapping speaks of."""

from collections.abc import Iterator

from pydantic import BaseModel

from ingest.mapping import Each, Mapping, RowKey
from ingest.mapping_cells import ColumnCell, Condition, TemplateCell
from ingest.templates import template

OF = "of"
"""In a template with `of`: the last part of that id, and no column."""


def columns_read(mapping: Mapping) -> set[str]:
    """Return the columns that a mapping reads; those it ignores are not among them."""
    blocks = (*mapping.nodes.values(), *mapping.edges)
    made = {block.each.brackets for block in blocks if block.each and block.each.brackets}
    return set(columns_of(mapping)) - made


def columns_of(part: object) -> Iterator[str]:
    """Yield the columns that a part of a mapping reads, in order, with repetitions."""
    if isinstance(part, ColumnCell):
        yield part.column
        yield from filter(None, (part.kinds and part.kinds.column, part.within))
    elif isinstance(part, Condition):
        yield from (part.column, part.above) if part.above else (part.column,)
    elif isinstance(part, Each):
        yield from (part.column, *part.beside)
    elif isinstance(part, TemplateCell):
        columns = template(part.template).columns
        yield from (column for column in columns if not (part.of and column == OF))
        yield from columns_of(part.of)
    elif isinstance(part, RowKey):
        yield from part.columns
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in ("ignore", "optional", "blanks", "card", "columns", "cells"):
                yield from columns_of(getattr(part, name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from columns_of(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from columns_of(inner)
