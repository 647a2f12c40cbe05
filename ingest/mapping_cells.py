"""The cells of a mapping: where one value comes from, the conditions on columns, and values of several parts."""

from collections.abc import Mapping as MappingOf
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from iga.ingest.templates import template

ReaderName = Literal[
    "text",
    "day",
    "fiscal_year",
    "whole",
    "number",
    "percentage",
    "yes_no",
    "government",
    "body",
    "party",
    "topics",
    "named",
    "id",
]
TableName = Literal["government", "body", "party"]
DateOrder = Literal["dmy", "mdy", "ymd"]
MarkingWord = Literal["public", "internal", "sensitive"]
BlockName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[tuple[str, ...], Field(min_length=1)]


def several(written: object) -> object:
    """Return a value as a list: one alone may be written without brackets."""
    return written if isinstance(written, (list, tuple)) else (written,)


def as_text(written: object) -> object:
    """Return a whole number as its digits: a year or a code in YAML is one."""
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


def _well_formed(text: str) -> str:
    template(text)
    return text


OneOrMoreWords = Annotated[Words, BeforeValidator(several)]
Word = Annotated[str, BeforeValidator(as_text)]


class MappingPart(BaseModel):
    """Base of every part of a mapping."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(MappingPart):
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


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(several)]
"""All of them must hold; one alone may be written without brackets."""


class Kinds(MappingPart):
    """The column that tells what a name is taken for, row by row; `kind` stands for every other word in it."""

    column: str = Field(min_length=1)
    map: dict[Word, str]


class ColumnCell(MappingPart):
    """The cell under a column, read by a value reader; without one the field's own type decides."""

    column: str = Field(min_length=1)
    read: ReaderName | None = None
    order: DateOrder | None = None
    kind: str | None = None
    kinds: Kinds | None = None
    within: str | None = None
    map: dict[Word, str | int | bool] | None = None
    default: str | int | bool | None = None
    split: OneOrMoreWords | None = None
    unknown: Literal["named", "blank", "hold", "reject"] | None = None
    codes: Literal["iso", "genc", "fips"] | None = None
    times: Annotated[int, Field(gt=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, written: object) -> object:
        return {"column": written} if isinstance(written, str) else written

    @model_validator(mode="after")
    def _fitting_options(self) -> "ColumnCell":
        if self.order and self.read not in ("day", "fiscal_year"):
            raise ValueError("`order` goes with `read: day` and `read: fiscal_year` only")
        if self.kind and self.read not in ("named", "body", "party"):
            raise ValueError("`kind` goes with `read: named`, `read: body` and `read: party` only")
        if self.read in ("named", "party") and not self.kind:
            raise ValueError(f"`read: {self.read}` needs `kind`, such as kind: ngo, for names that no table knows")
        if self.unknown and self.read not in ("government", "body", "party"):
            raise ValueError("`unknown` goes with `read: government`, `read: body` and `read: party` only")
        if self.codes and self.read not in ("government", "party"):
            raise ValueError("`codes` goes with `read: government` and `read: party` only")
        if (self.within or self.kinds) and not self.kind:
            raise ValueError("`within` and `kinds` go with `kind` only: they are for names that no table knows")
        if self.split and not all(self.split):
            raise ValueError("`split` is a separator, such as ';'")
        return self


class ConstCell(MappingPart):
    """The same value in every row."""

    const: str | int | bool | tuple[str, ...]


class TemplateCell(MappingPart):
    """Text with columns in braces; blank as soon as one of its columns is blank.

    With `of`, ``{of}`` in it is the last part of the id that this cell gives: ``osce`` for ``org:osce``.
    """

    template: Annotated[str, Field(min_length=1), AfterValidator(_well_formed)]
    of: "Cell | None" = None


class KeyCell(MappingPart):
    """An id made of the row's own key: what is written here, then sixteen letters that no other key has."""

    key: str = Field(pattern=r"^[a-z][a-z0-9]*:[a-z0-9.-]*$", max_length=60)


class FirstCell(MappingPart):
    """The first of several cells that is not blank."""

    first: Annotated[tuple["Cell", ...], Field(min_length=1)]


class BlockCell(MappingPart):
    """The ids of the nodes that a node block states in this row."""

    block: BlockName


class CompositeCell(MappingPart):
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

    def filled(self) -> tuple[str, ...]:
        """Return the names of the parts that are filled, in order."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)


CELL_SORTS = ("column", "const", "template", "key", "first", "block")


def _sort(written: object) -> str:
    if isinstance(written, str):
        return "<column>"
    if isinstance(written, (list, tuple)):
        return "<all>"
    keys: Any = written if isinstance(written, MappingOf) else getattr(type(written), "model_fields", ())
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
    Annotated[Cell, Tag("<cell>")]
    | Annotated[CompositeCell, Tag("<parts>")]
    | Annotated[tuple[Cell, ...], Tag("<all>")],
    Discriminator(lambda written: sort if (sort := _sort(written)) in ("<parts>", "<all>") else "<cell>"),
]
"""Where a field comes from: one cell, the parts of a composite, or several cells united in a list."""
