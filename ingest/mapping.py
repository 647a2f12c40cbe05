"""The mapping format: how the rows of a table become statements; docs/mappings.md describes it for users."""

from collections.abc import Mapping as MappingOf
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from graph.domain.marking import Marking
from graph.domain.values import Day, Id, Instant
from graph.statements import Card
from ingest.templates import template

ReaderName = Literal[
    "text", "day", "fiscal_year", "whole", "number", "yes_no", "government", "body", "party", "topics", "named", "id"
]
TableName = Literal["government", "body", "party"]
DateOrder = Literal["dmy", "mdy", "ymd"]
MarkingWord = Literal["public", "internal", "sensitive"]
BlockName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[tuple[str, ...], Field(min_length=1)]


def _several(given: object) -> object:
    return given if isinstance(given, (list, tuple)) else (given,)


def _text(given: object) -> object:
    """A year or a code in YAML is a number; the mapping means its digits."""
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _well_formed(text: str) -> str:
    template(text)
    return text


OneOrMoreWords = Annotated[Words, BeforeValidator(_several)]
Word = Annotated[str, BeforeValidator(_text)]


class Part(BaseModel):
    """Base of every part of a mapping."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(Part):
    """One condition on one column; texts are compared trimmed and without regard to case."""

    column: str = Field(min_length=1)
    equals: Word | None = Field(default=None, alias="is")
    differs: Word | None = Field(default=None, alias="not")
    among: tuple[Word, ...] | None = Field(default=None, alias="in")
    filled: Literal[True] | None = None
    blank: Literal[True] | None = None
    masked: bool | None = None
    known: TableName | None = None
    unknown: TableName | None = None
    above: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        tests = [name for name in type(self).model_fields if name != "column" and getattr(self, name) is not None]
        if len(tests) != 1:
            raise ValueError(
                "a condition makes one test: is, not, in, filled: true, blank: true, masked, known, unknown or above"
            )
        return self


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_several)]
"""All of them must hold; one alone may be written without brackets."""


class ColumnCell(Part):
    """The cell under a column, read by a value reader; without one the field's own type decides."""

    column: str = Field(min_length=1)
    read: ReaderName | None = None
    order: DateOrder | None = None
    kind: str | None = None
    map: dict[Word, str | int | bool] | None = None
    default: str | int | bool | None = None
    split: OneOrMoreWords | None = None
    unknown: Literal["named", "blank"] = "named"

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, given: object) -> object:
        return {"column": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _fitting_options(self) -> "ColumnCell":
        if self.order and self.read not in ("day", "fiscal_year"):
            raise ValueError("`order` goes with `read: day` and `read: fiscal_year` only")
        if self.kind and self.read not in ("named", "body", "party"):
            raise ValueError("`kind` goes with `read: named`, `read: body` and `read: party` only")
        if self.read in ("named", "party") and not self.kind:
            raise ValueError(f"`read: {self.read}` needs `kind`, such as kind: ngo, for names that no table knows")
        if self.unknown == "blank" and self.read not in ("government", "body", "party"):
            raise ValueError("`unknown: blank` goes with `read: government`, `read: body` and `read: party` only")
        if self.split and not all(self.split):
            raise ValueError("`split` is a separator, such as ';'")
        return self


class ConstCell(Part):
    """The same value in every row."""

    const: str | int | bool | tuple[str, ...]


class TemplateCell(Part):
    """Text with columns in braces; blank as soon as one of its columns is blank."""

    template: Annotated[str, Field(min_length=1), AfterValidator(_well_formed)]


class KeyCell(Part):
    """An id made of the row's own key: what is written here, then sixteen letters that no other key has."""

    key: str = Field(pattern=r"^[a-z][a-z0-9]*:[a-z0-9.-]*$", max_length=60)


class FirstCell(Part):
    """The first of several cells that is not blank."""

    first: Annotated[tuple["Cell", ...], Field(min_length=1)]


class BlockCell(Part):
    """The ids of the nodes that a node block states in this row."""

    block: BlockName


class Parts(Part):
    """A value of several parts: an interval, an amount of money or a channel."""

    start: "Cell | None" = None
    end: "Cell | None" = None
    end_kind: "Cell | None" = None
    open: Conditions | None = None
    amount: "Cell | None" = None
    currency: "Cell | None" = None
    measure: "Cell | None" = None
    value_date: "Cell | None" = None
    kind: "Cell | None" = None
    value: "Cell | None" = None

    def given(self) -> tuple[str, ...]:
        """Return the names of the parts that are filled, in order."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)


CELL_SORTS = ("column", "const", "template", "key", "first", "block")


def _sort(given: object) -> str:
    if isinstance(given, str):
        return "<column>"
    if isinstance(given, (list, tuple)):
        return "<all>"
    keys: Any = given if isinstance(given, MappingOf) else getattr(type(given), "model_fields", ())
    return next((f"<{sort}>" for sort in CELL_SORTS if sort in keys), "<parts>")


Cell = Annotated[
    Annotated[ColumnCell, Tag("<column>")]
    | Annotated[ConstCell, Tag("<const>")]
    | Annotated[TemplateCell, Tag("<template>")]
    | Annotated[KeyCell, Tag("<key>")]
    | Annotated[FirstCell, Tag("<first>")]
    | Annotated[BlockCell, Tag("<block>")],
    Discriminator(_sort),
]
"""Where one value comes from."""

Source = Annotated[
    Annotated[ColumnCell, Tag("<column>")]
    | Annotated[ConstCell, Tag("<const>")]
    | Annotated[TemplateCell, Tag("<template>")]
    | Annotated[KeyCell, Tag("<key>")]
    | Annotated[FirstCell, Tag("<first>")]
    | Annotated[BlockCell, Tag("<block>")]
    | Annotated[Parts, Tag("<parts>")]
    | Annotated[tuple[Cell, ...], Tag("<all>")],
    Discriminator(_sort),
]
"""Where a field comes from: one cell, the parts of a composite, or several cells united in a list."""


class Each(Part):
    """States a block once for each part of a cell; inside the block the column holds one part.

    The columns `beside` it are parted in the same way and have as many parts, or none. The shares in the column that
    `adds_up` names are per cent of the whole; where they do not add up to 100, the row's note says so.
    """

    column: str = Field(min_length=1)
    split: OneOrMoreWords
    beside: tuple[str, ...] = ()
    adds_up: str | None = None

    @model_validator(mode="after")
    def _parted_too(self) -> "Each":
        if self.adds_up and self.adds_up not in self.beside:
            raise ValueError("`adds_up` names one of the columns `beside`")
        return self


class Block(Part):
    """What node and edge blocks share."""

    each: Each | None = None
    when: Conditions = ()
    fields: dict[str, Source] = {}
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


class RowCells(Part):
    """What a row says about itself rather than about its subjects."""

    url: Cell | None = None
    confidence: Cell | None = None
    note: Cell | None = None
    stated_on: Cell | None = None
    marking: Cell | None = None
    public_from: Cell | None = None


class RowKey(Part):
    """The columns that tell one row from another, and whether true twins are numbered."""

    columns: Words
    repeats: Literal["refused", "numbered"] = "refused"
    may_be_blank: bool = False

    @model_validator(mode="before")
    @classmethod
    def _bare_list(cls, given: object) -> object:
        return {"columns": _several(given)} if isinstance(given, (list, tuple, str)) else given


class SourceCard(Part):
    """The card of the source, as a mapping writes it; `card` turns it into the ledger's."""

    source: Id
    title: str = Field(min_length=1, max_length=300)
    publisher: str = ""
    url: str = ""
    licence: str = ""
    as_of: Annotated[Day, BeforeValidator(_text)] | Literal[""] = ""
    rank: int = Field(default=50, ge=1, le=99)
    marking: MarkingWord = "public"
    complete: bool = False
    gaps: tuple[str, ...] = ()
    fictional: bool = False
    public_from: Instant | Literal[""] = ""

    def card(self) -> Card:
        """Return the card as the ledger keeps it."""
        return Card(**{**self.model_dump(), "marking": int(Marking.named(self.marking))})


def _one_character(delimiter: str) -> str:
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise ValueError("a delimiter is one character, such as ',' or \"\\t\"")
    return delimiter


class Mapping(Part):
    """How the files of one source are read: the whole of a mapping file."""

    card: SourceCard
    file: str | None = None
    format: Literal["csv", "xlsx"] = "csv"
    sheet: str | None = None
    header_row: int = Field(default=1, ge=1, le=1_000)
    encoding: str | None = None
    delimiter: Annotated[str, AfterValidator(_one_character)] | None = None
    ignore: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    others: Literal["refused", "noted"] = "refused"
    blanks: tuple[Word, ...] = ()
    row_key: RowKey
    skip: Conditions = ()
    row: RowCells = RowCells()
    nodes: dict[BlockName, NodeBlock] = {}
    edges: tuple[EdgeBlock, ...] = ()

    @model_validator(mode="after")
    def _fitting_format(self) -> "Mapping":
        if self.format == "csv" and self.sheet is not None:
            raise ValueError("`sheet` goes with `format: xlsx` only")
        if self.format == "xlsx" and (self.encoding or self.delimiter):
            raise ValueError("`encoding` and `delimiter` go with `format: csv` only")
        if not self.nodes and not self.edges:
            raise ValueError("a mapping states something: write at least one block under `nodes` or `edges`")
        return self


def all_keys() -> set[str]:
    """Return every key that a mapping file may hold, for suggestions."""
    parts = (
        Mapping,
        SourceCard,
        RowKey,
        RowCells,
        NodeBlock,
        EdgeBlock,
        Each,
        Parts,
        Condition,
        ColumnCell,
        ConstCell,
        TemplateCell,
        KeyCell,
        FirstCell,
        BlockCell,
    )
    return {field.alias or name for part in parts for name, field in part.model_fields.items()}
