"""Which of an entity's names and codes a typed text equals; nothing here reads the graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from graph.domain.catalog import NODE

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
