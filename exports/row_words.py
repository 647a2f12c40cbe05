"""How the rows of an answer are read: which of their fields tell something, under which heading, and as what text."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from iga.exports.tables import cell_text
from iga.exports.wording import plain
from iga.queries.core.answer import Answer
from iga.queries.registry import QUESTIONS

Row = Mapping[str, Any]

# What needs no column when it is so in every row.
_UNREMARKABLE = {"status": "active", "disputed": "no", "preferred": "yes", "unverified": "no", "superseded": "no"}

# Told of a row by a mark, by a caveat or by the numbers of its notes, not by a column.
_TOLD_OTHERWISE = ("held", "fictional", "confidence", "evidence")

_AMOUNTS = ("amount", "whole", "ceiling", "cost_share", "stated_total", "total_obligated", "total_outlaid")


def telling(answer: Answer, texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the fields of a card that say something, in its order; the party that was asked about is none."""
    card = QUESTIONS.get(answer.question)
    alone = answer.subjects[0].name if len(answer.subjects) == 1 else ""
    for name in card.columns if card and card.columns else tuple(texts):
        says = set(texts[name]) - {_UNREMARKABLE.get(name), ""}
        with_amount = name == "currency" and "amount" in texts
        if says and name not in _TOLD_OTHERWISE and not with_amount and (name != "name" or says != {alone}):
            yield name


def heading(name: str, shown: Sequence[str]) -> str:
    """Return the heading of a field; the name of a thing stands for the thing where its id is not shown too."""
    thing = name.removesuffix("_name")
    return (name if thing in shown else thing).replace("_", " ")


def text_in(name: str, row: Row) -> str:
    """Return what a field of a row says, on one line; an amount with its currency: ``USD 17,994,000``."""
    value = row[name]
    if name in _AMOUNTS or name.endswith("_amount"):
        return _money(value, row.get("currency"))
    return plain(cell_text(value))


def _money(value: object, currency: object) -> str:
    try:
        return f"{currency or ''} {Decimal(str(value)):,}".strip()
    except InvalidOperation:
        return plain(cell_text(value))
