"""The mapping format: how the rows of a table become statements; docs/mappings.md describes it for users."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from iga.graph.domain.marking import Marking
from iga.graph.domain.values import Day, Id, Instant, page_address
from iga.graph.statements import Card, Whole
from iga.ingest.mapping_cells import (
    BlockName,
    Cell,
    ColumnCell,
    Condition,
    Conditions,
    MappingPart,
    MarkingWord,
    OneOrMoreWords,
    Source,
    TemplateCell,
    Word,
    Words,
    as_text,
    several,
)
from iga.ingest.templates import template


class Each(MappingPart):
    """States a block once for each part of a cell; inside the block the column holds one part.

    What stands in brackets at the end of a part can be read in the block under the name `brackets`. The columns
    `beside` it are parted in the same way and have as many parts, or none.
    """

    column: str = Field(min_length=1)
    split: OneOrMoreWords
    brackets: str | None = None
    beside: tuple[str, ...] = ()


class Block(MappingPart):
    """What node and edge blocks share."""

    each: Each | None = None
    when: Conditions = ()
    fields: dict[str, Source] = Field(default_factory=dict)
    stated_on: Cell | None = None
    marking: MarkingWord | None = None


class NodeBlock(Block):
    """One node that a row states."""

    cls: str = Field(alias="class")
    id: Cell


class EdgeBlock(Block):
    """One edge that a row states."""

    type: str
    source: Cell
    target: Cell


class RowCells(MappingPart):
    """What a row says about itself rather than about its subjects."""

    url: Cell | None = None
    confidence: Cell | None = None
    note: Cell | None = None
    stated_on: Cell | None = None
    marking: Cell | None = None
    public_from: Cell | None = None


class RowKey(MappingPart):
    """The columns that tell one row from another, now and in earlier editions, and whether true twins are numbered."""

    columns: Words
    before: tuple[Words, ...] = ()
    repeats: Literal["refused", "numbered"] = "refused"
    may_be_blank: bool = False

    @model_validator(mode="before")
    @classmethod
    def _bare_list(cls, written: object) -> object:
        return {"columns": several(written)} if isinstance(written, (list, tuple, str)) else written


class PublicBasis(MappingPart):
    """Where the people whom a source names are published, and on which day, possibly partial."""

    published: str = Field(min_length=1, max_length=300)
    on: Annotated[Day, BeforeValidator(as_text)]

    def __str__(self) -> str:
        """Return it as reports print it."""
        return f"{self.published}, {self.on}"


class WholeLists(MappingPart):
    """Lists that a source holds to the last entry, and for which days; see `iga.graph.statements.Whole`."""

    of: Annotated[tuple[Id, ...], Field(min_length=1), BeforeValidator(several)]
    since: Annotated[Day, BeforeValidator(as_text)] | Literal[""] = ""
    until: Annotated[Day, BeforeValidator(as_text)] | Literal[""] = ""

    def each(self) -> tuple[Whole, ...]:
        """Return them one by one, as the ledger keeps them."""
        return tuple(Whole(of=of, since=self.since, until=self.until) for of in self.of)


class MappingCard(MappingPart):
    """The card of the source, as a mapping writes it; `card` turns it into the ledger's."""

    source: Id
    title: str = Field(min_length=1, max_length=300)
    publisher: str = ""
    url: Annotated[str, AfterValidator(page_address)] = ""
    licence: str = ""
    as_of: Annotated[Day, BeforeValidator(as_text)] | Literal[""] = ""
    rank: int = Field(default=50, ge=1, le=99)
    marking: MarkingWord = "public"
    complete: bool = False
    gaps: tuple[str, ...] = ()
    fictional: bool = False
    public_from: Instant | Literal[""] = ""
    basis: PublicBasis | None = None
    mistaken_days: tuple[Annotated[Day, BeforeValidator(as_text)], ...] = ()
    whole: tuple[WholeLists, ...] = ()

    @model_validator(mode="after")
    def _public_by_its_words(self) -> "MappingCard":
        if self.basis and (self.marking != "public" or "marking" not in self.model_fields_set):
            raise ValueError("`basis` makes people public: write `marking: public` beside it, or take it off")
        return self

    def card(self) -> Card:
        """Return the card as the ledger keeps it."""
        words = {"marking": int(Marking.named(self.marking)), "basis": str(self.basis or "")}
        whole = tuple(one for lists in self.whole for one in lists.each())
        return Card(**{**self.model_dump(exclude={"whole"}), **words, "whole": whole})


class ColumnWords(MappingPart):
    """What a template says of a column beyond what the domain says of the fields it fills.

    Attributes:
        about: Its meaning in plain words; the domain's description of its fields where it is blank.
        needed_with: Column that no row may fill without it.
        choices: Words to choose from; those that its readers and conditions know where it is empty.
        only: Whether nothing but its choices may stand in it.
    """

    about: str = ""
    needed: bool = False
    needed_with: str | None = None
    choices: tuple[Word, ...] = ()
    only: bool = False
    width: int = Field(default=18, ge=4, le=80)
    example: str = ""


def _one_character(delimiter: str) -> str:
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise ValueError("a delimiter is one character, such as ',' or \"\\t\"")
    return delimiter


def _with_shared(part: object, cells: dict[str, object]) -> object:
    """Return a part of a mapping with the shared cells that it names in their places."""
    if isinstance(part, dict):
        if part.keys() == {"cell"}:
            if part["cell"] not in cells:
                raise ValueError(f"there is no cell {part['cell']!r}; under `cells` are {', '.join(cells)}")
            others = {name: cell for name, cell in cells.items() if name != part["cell"]}  # a ring finds no cell
            return _with_shared(cells[part["cell"]], others)
        return {name: _with_shared(inner, cells) for name, inner in part.items()}
    return [_with_shared(inner, cells) for inner in part] if isinstance(part, list) else part


class Mapping(MappingPart):
    """How the files of one source are read: the whole of a mapping file."""

    card: MappingCard
    file: str | None = None
    format: Literal["csv", "xlsx", "json"] = "csv"
    records: str | None = None
    joins: dict[str, str] = Field(default_factory=dict)
    sheet: str | None = None
    sheets: Words | None = None
    sheet_as: str | None = None
    struck: Literal["read", "skip"] = "read"
    header_row: Annotated[int, Field(ge=1, le=1_000)] | Literal["auto"] = 1
    encoding: str | None = None
    delimiter: Annotated[str, AfterValidator(_one_character)] | None = None
    ignore: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    also_called: dict[str, OneOrMoreWords] = Field(default_factory=dict)
    others: Literal["refused", "noted"] = "refused"
    blanks: tuple[Word, ...] = ()
    row_key: RowKey
    skip: Conditions = ()
    row: RowCells = RowCells()
    nodes: dict[BlockName, NodeBlock] = Field(default_factory=dict)
    edges: tuple[EdgeBlock, ...] = ()
    columns: dict[str, ColumnWords] = Field(default_factory=dict)
    cells: dict[BlockName, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _shared_cells(cls, written: object) -> object:
        if not isinstance(written, dict) or not isinstance(cells := written.get("cells"), dict):
            return written
        return {name: part if name == "cells" else _with_shared(part, cells) for name, part in written.items()}

    @model_validator(mode="after")
    def _fitting_format(self) -> "Mapping":
        if (self.records is not None or self.joins) and self.format != "json":
            raise ValueError("`records` and `joins` go with `format: json` only")
        if self.format != "xlsx" and (self.sheet, self.sheets, self.sheet_as, self.struck) != (
            None,
            None,
            None,
            "read",
        ):
            raise ValueError("`sheet`, `sheets`, `sheet_as` and `struck` go with `format: xlsx` only")
        if self.sheet is not None and self.sheets is not None:
            raise ValueError('write `sheet` or `sheets`, not both; `sheet: "*"` reads all that show')
        if self.format != "csv" and (self.encoding or self.delimiter):
            raise ValueError("`encoding` and `delimiter` go with `format: csv` only")
        if not self.nodes and not self.edges:
            raise ValueError("a mapping states something: write at least one block under `nodes` or `edges`")
        return self


def all_keys() -> set[str]:
    """Return every key that a mapping file may hold, for suggestions."""
    parts = list[type[MappingPart]](MappingPart.__subclasses__())
    for part in parts:
        parts += part.__subclasses__()
    return {field.alias or name for part in parts for name, field in part.model_fields.items()}


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
            if name not in ("ignore", "optional", "also_called", "joins", "blanks", "card", "columns", "cells"):
                yield from columns_of(getattr(part, name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from columns_of(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from columns_of(inner)
