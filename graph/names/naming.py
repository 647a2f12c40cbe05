"""What an entity is called, field by field, and which words it is found by besides; nothing here reads the graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from iga.graph.domain.catalog import NODE

Exact = Literal["name", "code", "acronym", "alias"]

# Fields that people know a subject by under its full name, in any language; other searched fields are codes.
_NAMES = frozenset(
    {"name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh", "short_title"}
)
_ALIASES = frozenset({"aliases", "former_names", "titles", "family_name", "series"})
# Fields that say something of a subject which others share: words to find it by, never what it is called.
_WORDS = frozenset({"role", "mechanism", "seat", "location", "capital"})


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
        if rule.searched and rule.name not in _WORDS
    )


def _how(field: str) -> Exact:
    if field in _NAMES:
        return "name"
    if field == "acronym":
        return "acronym"
    return "alias" if field in _ALIASES else "code"


def called(cls: str, values: Mapping[str, Any]) -> Iterator[Match]:
    """Yield everything an entity is called, in the order of its class's fields."""
    for name, how in _searched(cls):
        value = values.get(name)
        for text in value if isinstance(value, list) else [value] if value else []:
            yield Match(how, str(text))


def described(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is said of an entity in words that people also look it up by: its role, its seat, its capital."""
    yield from (str(values[field]) for field in sorted(_WORDS) if values.get(field))
