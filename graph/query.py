"""A read: one .cypher file, typed parameters, typed rows."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from iga.graph.domain.catalog import EDGE


class ReadParams(BaseModel):
    """Base of a query's parameters. Field names are the ``$names`` in its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Row(BaseModel):
    """Base of a query's rows. Field names are the aliases its text returns."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


P = TypeVar("P", bound=ReadParams)
R = TypeVar("R", bound=Row)

_LAST_ORDER = re.compile(r"\nORDER BY (\w+(?:, \w+)*)\n\Z")
_FROM_IDS, _AGGREGATES = "\nUNWIND $ids AS given\n", ("collect(", "count(")
_ANY_TYPE, _OF_TYPE = "[edge]", "WHERE type(edge) = $type"


@cache
def _text(package: str, name: str) -> str:
    return (files(package) / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Query(Generic[P, R]):
    """A named read. A store's door runs nothing else, so no text comes from a user.

    Attributes:
        name: File name without ``.cypher``, in the package's ``cypher`` folder.
        compiled: Its text, where that is made from the domain; blank is that of the file.
    """

    package: str
    name: str
    params: type[P]
    row: type[R]
    compiled: str = ""

    @property
    def text(self) -> str:
        """The Cypher text, the same for both engines."""
        return self.compiled or _text(self.package, self.name)

    def text_for(self, params: P) -> str:
        """Return the text for some parameters: a type of relationship that they name stands in the text itself.

        Both engines go straight to relationships of a type that is written out, and look at all for a parameter.
        """
        kind = getattr(params, "type", None)
        return typed(self.text, kind) if kind and _OF_TYPE in self.text else self.text

    def finds_nothing(self, params: P) -> bool:
        """True if a read that goes from id to id is given none, so that nobody need be asked."""
        text = self.text
        return getattr(params, "ids", None) == () and _FROM_IDS in text and not any(it in text for it in _AGGREGATES)


Record = dict[str, Any]
"""One returned row as an engine gives it: text, numbers, booleans, lists, maps."""


@cache
def typed(text: str, kind: str) -> str:
    """Return a read of relationships of any type as one of a single type.

    Raises:
        ValueError: No relationship is of this type; nothing else may stand in a text.
    """
    if kind not in EDGE:
        raise ValueError(f"there is no relationship of type {kind!r}")
    return text.replace(_ANY_TYPE, f"[edge:{kind}]")


@cache
def without_order(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a read without the order of its rows, and the columns that it orders them by.

    A read that orders by more than columns, or cuts its rows, is returned as it is, with no columns.
    """
    last = _LAST_ORDER.search(text)
    return (text[: last.start() + 1], tuple(last[1].split(", "))) if last else (text, ())


def in_order(records: list[Record], columns: tuple[str, ...]) -> list[Record]:
    """Sort rows as both engines do: text by code points, what is null last."""
    try:
        records.sort(key=itemgetter(*columns))
    except TypeError:  # a null among them
        records.sort(key=lambda record: [(record[name] is None, record[name] or "") for name in columns])
    return records
