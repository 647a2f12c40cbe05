"""Which kind of table a file is, and which part each of its columns plays in it: votes, people, agreements and more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict

from iga.graph.domain.catalog import NODE
from iga.graph.text import folded
from iga.ingest.address_words import is_private
from iga.ingest.drafting.field_guesses import ColumnGuess, Kind, amount_cell, column_cell, heading_words, quoted
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.subjects import slug

_SHARE = 0.8


class _Role(BaseModel):
    """Which column plays a part; see ``table_kinds.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    kinds: tuple[Kind, ...]
    values: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    alone: bool = False


class _TableKind(BaseModel):
    """One kind of table; see ``table_kinds.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    needs: tuple[tuple[str, ...], ...]
    roles: dict[str, _Role]
    told_by: tuple[str, ...] = ()
    sure: dict[str, tuple[Kind, ...]] = {}


@dataclass(frozen=True)
class RecognizedTable:
    """A table whose kind is recognized.

    Attributes:
        kind: Its name in ``table_kinds.yaml``.
        several: All columns that play the part of `value`, which a wide table has several of.
        cells: The filled cells of the columns that play a part, by the part.
    """

    kind: str
    title: str
    columns: Mapping[str, ColumnGuess]
    several: tuple[ColumnGuess, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names_in(self, blocks: str) -> set[str]:
        """Return the headings of the columns that play a part in blocks that were written."""
        names = {column.name for column in (*self.columns.values(), *self.several)}
        return {name for name in names if f"{{{name}" in blocks or quoted(name) in blocks}


def recognized(
    guesses: Sequence[ColumnGuess], cells: Mapping[str, Sequence[str]], texts: Sequence[str]
) -> RecognizedTable | None:
    """Return which kind of table columns make; None where they make none that is known."""
    usable = [guess for guess in guesses if not is_private(guess.name) and not guess.undecided]
    told = " ".join(f" {folded(text)} " for text in (*texts, *(guess.name for guess in guesses)))
    for name, kind in _kinds().items():
        columns = _assigned(kind, usable, cells)
        is_sure = bool(kind.sure) and all(columns[it].kind in kinds for it, kinds in kind.sure.items() if it in columns)
        is_told = not kind.told_by or any(f" {word} " in told for word in kind.told_by) or is_sure
        if is_told and all(any(role in columns for role in group) for group in kind.needs):
            by_part = {role: tuple(cells[column.name]) for role, column in columns.items()}
            return RecognizedTable(name, kind.title, columns, _several(kind, columns, usable), by_part)
    return None


def roles_of(kind: str) -> tuple[str, ...]:
    """Return the parts that columns may play in a kind of table."""
    return tuple(_kinds()[kind].roles)


@cache
def _kinds() -> dict[str, _TableKind]:
    written = bundled_yaml("iga.ingest.drafting", "table_kinds.yaml")
    return {name: _TableKind.model_validate(kind) for name, kind in written.items()}


def _assigned(
    kind: _TableKind, usable: Sequence[ColumnGuess], cells: Mapping[str, Sequence[str]]
) -> dict[str, ColumnGuess]:
    """Return the column of each role that has one: by its heading first, then by what it holds alone."""
    free, columns = list(usable), dict[str, ColumnGuess]()
    for by_heading in (True, False):
        for name, role in kind.roles.items():
            if name in columns:
                continue
            fitting = [guess for guess in free if guess.kind in role.kinds and _has_values(role, cells[guess.name])]
            found = _by_heading(role, fitting) if by_heading else fitting[:1] if role.alone else []
            if found:
                columns[name] = found[0]
                free.remove(found[0])
    return columns


def _by_heading(role: _Role, fitting: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    free = [guess for guess in fitting if not set(role.none) & set(folded(guess.name).split())]
    named = ((word, guess) for word in role.words for guess in free)
    return [guess for word, guess in named if f" {word} " in f" {folded(guess.name)} "][:1]


def _has_values(role: _Role, cells: Sequence[str]) -> bool:
    distinct = set(map(folded, cells))
    return not role.values or len(distinct & set(role.values)) >= _SHARE * len(distinct)


def _several(
    kind: _TableKind, columns: Mapping[str, ColumnGuess], usable: Sequence[ColumnGuess]
) -> tuple[ColumnGuess, ...]:
    """Return all columns of figures of a table that is wide: none is called its indicator."""
    if "value" not in columns or "indicator" in columns:
        return (columns["value"],) if "value" in columns else ()
    taken = {guess.name for role, guess in columns.items() if role != "value"}
    role = kind.roles["value"]
    figures = (guess for guess in usable if guess.name not in taken and guess.kind in role.kinds)
    return tuple(guess for guess in figures if _by_heading(role, [guess]) or guess == columns["value"])


_VOTES = {
    **dict.fromkeys(("for", "y", "in favour", "in favor"), "yes"),
    **dict.fromkeys(("against", "n"), "no"),
    **dict.fromkeys(("a", "abstained", "abstention", "abstaining"), "abstain"),
    "absent": "not voting",
}
_AGREEMENTS = {
    "mou": "Memorandum",
    "mous": "Memorandum",
    "memorandum": "Memorandum",
    "memoranda": "Memorandum",
    "declaration": "Declaration",
    "declarations": "Declaration",
    "compact": "ChildProtectionCompact",
    "compacts": "ChildProtectionCompact",
}
_USUAL_MEASURE = "disbursement"
_COUNTED = {
    "victim": "victims",
    "investigat": "investigated",
    "prosecut": "prosecuted",
    "convict": "convicted",
    "offence": "offences",
    "offense": "offences",
}
"""Opening of a word of a heading → the field of a Statistic that it speaks of."""


class CountedColumn(NamedTuple):
    """A column of figures that a Statistic has a field for.

    Attributes:
        only: The word of the indicator's column for which it is the field; blank where the column is this field's own.
    """

    field: str
    column: ColumnGuess
    only: str = ""


def blocks_of(table: RecognizedTable, stem: str, rows: int) -> str:
    """Return the node and edge blocks of a table, each guess with its reason."""
    columns = dict.fromkeys(roles_of(table.kind)) | dict(table.columns)
    amount, coded = columns.get("amount"), columns.get("currency")
    more = {
        "figures": table.several,
        "by_party": "party" in table.columns and not table.columns["party"].split,
        "currency": column_cell(coded) if coded else f"{{const: {currency_in(amount)}}}" if amount else "",
        "measure": _known_in("measures", amount) or _USUAL_MEASURE,
        "amount": amount_cell(amount) if amount else "",
        "stem": slug(stem) or "file",
        "agreement_class": _agreement_class(stem, columns.get("agreement")),
        "whose": [column for role in ("country", "body") if (column := columns.get(role)) and column.filled == rows],
        "counts": (counts := list(_counts(table))),
        "votes": list(_votes(table.cells.get("vote", ()))),
    }
    kind = "counts" if counts and table.columns.get("year") else table.kind
    macro = getattr(_templates().get_template("table_kinds.j2").module, kind)
    return str(macro(columns, more)).strip()


def _counts(table: RecognizedTable) -> Iterator[CountedColumn]:
    """Give the columns of figures, or words of the indicator's column, that a Statistic has a field for, one each."""
    if "indicator" in table.columns:
        words = sorted(set(table.cells["indicator"]), key=len)
        told = [CountedColumn(_counted_by(word), table.columns["value"], word) for word in words]
    else:
        told = [CountedColumn(_counted_by(column.name), column) for column in table.several]
    first: dict[str, CountedColumn] = {}
    for count in told:  # child victims are not the victims, and the shorter heading is the whole
        first.setdefault(count.field, count)
    yield from (count for field, count in first.items() if field)


def _counted_by(text: str) -> str:
    words = folded(text).split()
    return next((field for start, field in _COUNTED.items() if any(word.startswith(start) for word in words)), "")


def currency_in(amount: ColumnGuess | None) -> str:
    """Return the currency that a heading tells; blank where it tells none."""
    return _known_in("currencies", amount)


def _known_in(words: str, amount: ColumnGuess | None) -> str:
    heading = amount.name.casefold() if amount else ""
    return next((known for word, known in heading_words(words).items() if word in heading), "")


def _agreement_class(stem: str, agreement: ColumnGuess | None) -> str:
    words = folded(f"{stem} {agreement.name if agreement else ''}").split()
    return next((cls for word, cls in _AGREEMENTS.items() if word in words), "Treaty")


def _votes(cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give the words of the sample that stand for a vote and are not its own word."""
    for word in sorted(set(cells)):
        vote = _VOTES.get(folded(word), folded(word))
        if word != vote:
            yield word, vote


def _party(column: ColumnGuess, kind: str, within: ColumnGuess | None = None) -> str:
    """Return the cell of a column that names a party, as YAML."""
    if column.kind in ("government", "id"):
        return column_cell(column)
    beside = f", within: {quoted(within.name)}" if within else ""
    return f"{{column: {quoted(column.name)}, read: party, kind: {kind}{beside}}}"


def _body(column: ColumnGuess, kind: str) -> str:
    """Return the cell of a column that names a body, as YAML."""
    read = "id" if column.kind == "id" else f"body, kind: {kind}"
    return f"{{column: {quoted(column.name)}, read: {read}}}"


def _made(column: ColumnGuess, kind: str) -> str:
    """Return the cell of an id that is made of a column, as YAML."""
    if column.kind == "id":
        return column_cell(column)
    return f"{{template: {quoted(f'{kind}:{{{column.name}|slug}}')}}}"


@cache
def _templates() -> Environment:
    loader = PackageLoader("iga.ingest.drafting", "")
    templates = Environment(loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    templates.filters.update(
        {
            "quoted": quoted,
            "short": shortened,
            "slug": slug,
            "cell": column_cell,
            "party": _party,
            "body": _body,
            "made": _made,
            "kind_of": lambda cls: NODE[cls].kind,
        }
    )
    return templates


def shortened(text: str) -> str:
    """Return a reason on one line of a comment, cut where it is long."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= 240 else f"{plain[:239]}…"
