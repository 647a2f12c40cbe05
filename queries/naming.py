"""Which of an entity's names and codes a typed text equals; nothing here reads the graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from graph.domain.catalog import NODE
from graph.text import folded

Exact = Literal["name", "code", "alias"]

# Fields that people know a subject by under its full name, in any language; other searched fields are codes.
_NAMES = frozenset(
    {"name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh", "short_title"}
)
_ALIASES = frozenset({"aliases", "former_names", "titles", "family_name", "series", "mechanism"})


@dataclass(frozen=True)
class Match:
    """How a text equals something an entity is called: the kind of name, and the name as printed."""

    how: Exact
    matched: str


@cache
def _searched(cls: str) -> tuple[tuple[str, Exact], ...]:
    rules = NODE[cls].rules().values() if cls in NODE else ()
    return tuple(
        (f"{rule.name}_value" if rule.shape == "channel" else rule.name, _how(rule.name))
        for rule in rules
        if rule.searched
    )


def _how(field: str) -> Exact:
    if field in _NAMES:
        return "name"
    return "alias" if field in _ALIASES else "code"


def called(cls: str, values: Mapping[str, Any]) -> Iterator[Match]:
    """Yield everything an entity is called, in the order of its class's fields.

    Args:
        cls: Class of the entity.
        values: Its properties as the store holds them.
    """
    for name, how in _searched(cls):
        value = values.get(name)
        for text in value if isinstance(value, list) else [value] if value else []:
            yield Match(how, str(text))


def exact(cls: str, values: Mapping[str, Any], *, wanted: str) -> Match | None:
    """Return the best way in which an entity is called `wanted`: name, code, other name; None if it is not.

    Args:
        cls: Class of the entity.
        values: Its properties as the store holds them.
        wanted: Folded text.
    """
    matches = [match for match in called(cls, values) if _says(match.matched, wanted)]
    return min(matches, key=lambda match: _BEST.index(match.how), default=None)


_BEST: tuple[Exact, ...] = ("name", "code", "alias")


def _says(text: str, wanted: str) -> bool:
    """Say whether a name is the wanted one, also without a scheme before it or a remark in brackets after it."""
    if folded(text) == wanted:
        return True
    bare = text.partition(" (")[0] if text.endswith(")") else text
    bare = bare.rpartition(":")[2]
    return bare != text and folded(bare) == wanted
