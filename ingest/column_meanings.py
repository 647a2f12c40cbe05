"""What the columns of a mapping mean to whoever fills them: in words of the domain, with the choices there are."""

import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.domain.model import Declared
from iga.graph.domain.topics import THESAURUS
from iga.graph.domain.values import CHANNELS, MEASURES
from iga.graph.projection.properties import COMPOSITES
from iga.ingest.fields import PART_READERS, usual_reader
from iga.ingest.mapping import Block, ColumnWords, Each, Mapping, columns_of, columns_read
from iga.ingest.mapping_cells import ColumnCell, CompositeCell, Condition, Source
from iga.ingest.name_tables import body_names, government_names

_MARKINGS = ("public", "internal", "sensitive")
_CONFIDENCES = ("high", "medium", "low", "derived")
_YES_NO = ("yes", "no")
_PART_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("money", "measure"): typing.get_args(MEASURES),
    ("channel", "kind"): typing.get_args(CHANNELS),
    ("interval", "end_kind"): ("dated", "open", "unknown"),
}


@dataclass(frozen=True)
class _ColumnUse:
    """One use of a column: what its field or part means, what it holds, and whether it is one of several."""

    about: str = ""
    choices: tuple[str, ...] = ()
    is_closed: bool = False
    is_day: bool = False
    is_several: bool = False


@dataclass(frozen=True, kw_only=True)
class ColumnMeaning(_ColumnUse):
    """One column of a mapping, as a template and its instructions show it.

    Attributes:
        about: What it means, in one or two sentences.
        choices: What may be chosen; empty where anything may stand.
        is_several: Whether several values may stand in a cell.
    """

    name: str
    words: ColumnWords


def columns(mapping: Mapping) -> tuple[ColumnMeaning, ...]:
    """Return the columns that a mapping describes, in its order; their words come from the domain where it has none."""
    uses, read = list(_uses(mapping)), columns_read(mapping)
    named = {**mapping.columns, **{name: ColumnWords() for name in columns_of(mapping) if name in read}}
    return tuple(
        _column(name, mapping.columns.get(name, words), [use for column, use in uses if column == name])
        for name, words in named.items()
    )


def choices_of(declared: type[Declared], field: str) -> tuple[tuple[str, ...], bool]:
    """Return what may be chosen for a field of a class, and whether nothing else may stand there."""
    words = _literals(declared.model_fields[field].annotation)
    reads = usual_reader(declared, field)
    if reads == "topics":
        return _topics(), False
    if reads == "yes_no":
        return _YES_NO, True
    if declared.rules()[field].refers_to == "Government":
        return government_names(), False
    return (words, True) if declared.rules()[field].shape == "scalar" else ((), False)


def _column(name: str, words: ColumnWords, uses: list[_ColumnUse]) -> ColumnMeaning:
    about = words.about or " ".join(_whole(use.about for use in uses))
    known = tuple(dict.fromkeys(option for use in uses for option in use.choices))
    several = any(use.is_several for use in uses)
    closed = words.only if words.choices else bool(known) and all(use.is_closed for use in uses if use.choices)
    return ColumnMeaning(
        name=name,
        about=about,
        choices=words.choices or known,
        is_closed=closed and not several,
        is_day=any(use.is_day for use in uses),
        is_several=several,
        words=words,
    )


def _whole(sentences: Iterable[str]) -> list[str]:
    """Return sentences once each, without those that another one begins with."""
    unique = list(dict.fromkeys(filter(None, sentences)))
    return [
        sentence
        for sentence in unique
        if not any(other != sentence and other.startswith(sentence.rstrip(".")) for other in unique)
    ]


def _uses(mapping: Mapping) -> Iterator[tuple[str, _ColumnUse]]:
    blocks: list[tuple[Block, type[Declared]]] = [(block, NODE[block.cls]) for block in mapping.nodes.values()]
    blocks += [(block, EDGE[block.type]) for block in mapping.edges]
    for block, declared in blocks:
        if block.each:
            yield block.each.column, _ColumnUse(is_several=True)
        for condition in block.when:
            yield condition.column, _condition(condition)
        for field, source in block.fields.items():
            yield from _field(declared, field, source, block.each)
    for part in (mapping.row.marking, mapping.row.confidence):
        if isinstance(part, ColumnCell):
            choices = _MARKINGS if part is mapping.row.marking else _CONFIDENCES
            yield part.column, _ColumnUse(choices=choices, is_closed=True)
    if isinstance(mapping.row.stated_on, ColumnCell):
        yield mapping.row.stated_on.column, _ColumnUse(is_day=True)
    for cell in _cells(mapping):
        yield cell.column, _read(cell)


def _condition(condition: Condition) -> _ColumnUse:
    words = (condition.equals,) if condition.equals is not None else condition.among or ()
    return _ColumnUse(choices=tuple(words), is_closed=True)


def _field(
    declared: type[Declared], field: str, source: Source, parted: Each | None
) -> Iterator[tuple[str, _ColumnUse]]:
    about = declared.model_fields[field].description or ""
    if isinstance(source, CompositeCell):
        shape = declared.rules()[field].shape
        for part in source.filled():
            inner = getattr(source, part)
            if part == "open":
                yield from ((condition.column, _condition(condition)) for condition in inner)
                continue
            part_about, is_day = COMPOSITES[shape].model_fields[part].description, PART_READERS[shape][part] == "day"
            use = _ColumnUse(part_about or "", _PART_CHOICES.get((shape, part), ()), True, is_day)
            yield from ((column, use) for column in columns_of(inner))
        return
    reads = usual_reader(declared, field)
    choices = _literals(declared.model_fields[field].annotation)
    for cell in source if isinstance(source, tuple) else (source,):
        for column in columns_of(cell):
            is_column = isinstance(cell, ColumnCell)
            chosen = cell.read or reads if isinstance(cell, ColumnCell) else "text"
            use = _ColumnUse(
                about if is_column and not (parted and parted.column == column) else "",
                choices or (_YES_NO if chosen == "yes_no" else _topics() if chosen == "topics" else ()),
                is_closed=chosen != "topics",
                is_day=chosen == "day",
                is_several=isinstance(cell, ColumnCell) and bool(cell.split),
            )
            yield column, use


def _read(cell: ColumnCell) -> _ColumnUse:
    choices = tuple(map(str, cell.map or ()))
    if cell.read in ("government", "party"):
        choices += government_names()
    if cell.read in ("body", "party"):
        choices += body_names()
    return _ColumnUse(choices=choices, is_day=cell.read == "day", is_several=bool(cell.split))


def _cells(part: Any) -> Iterator[ColumnCell]:
    """Yield the column cells of a part of a mapping, in order."""
    if isinstance(part, ColumnCell):
        yield part
    elif isinstance(part, (tuple, dict)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _cells(inner)
    elif hasattr(type(part), "model_fields"):
        for name in type(part).model_fields:
            if name not in ("columns", "cells"):
                yield from _cells(getattr(part, name))


def _literals(annotation: Any) -> tuple[str, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(map(str, typing.get_args(annotation)))
    parts = (_literals(part) for part in typing.get_args(annotation))
    return next((words for words in parts if words), ()) if typing.get_origin(annotation) is not tuple else ()


def _topics() -> tuple[str, ...]:
    return tuple(entry.label for entry in THESAURUS)
