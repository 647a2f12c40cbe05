"""The blocks of a draft for a table whose kind is recognized, as YAML."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from iga.graph.domain.catalog import NODE
from iga.graph.text import folded
from iga.ingest.drafting.column_guesses import ColumnGuess
from iga.ingest.drafting.field_guesses import amount_cell, column_cell, heading_words, quoted
from iga.ingest.drafting.table_kinds import RecognizedTable, roles_of
from iga.ingest.subjects import slug

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
        field: The field.
        column: The column.
        only: The word of the indicator's column for which it is the field; blank where the column is this field's own.
    """

    field: str
    column: ColumnGuess
    only: str = ""


def blocks_of(table: RecognizedTable, stem: str, rows: int) -> str:
    """Return the node and edge blocks of a table, each guess with its reason.

    Args:
        table: The table.
        stem: Name of the file, which tells figures of one file from those of another.
        rows: Rows of the sample: what they all fill may stand in an id.
    """
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
