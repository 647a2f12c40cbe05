"""What the fold needs to know of a class, worked out once from its declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from iga.graph.domain.catalog import NODES, declared
from iga.graph.domain.model import Edge, FieldRule
from iga.graph.errors import DomainError
from iga.graph.statements import Values

ATTESTED = "attested_on"
"""The list field that holds the days on which a source shows a thing holding."""

LEAST: Mapping[str, int] = {node.label(): int(node.marking) for node in NODES if node.marking}
"""Least marking of everything said of a node, by class; classes that may be public are left out."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fold one class.

    Attributes:
        marked: Marking of each field that is not public by declaration.
        plain: Fields whose value, stated once, is folded as it stands, but for the alias of a ref: no lists.
        refs: Label each ref field asks for, by name.
        interval: Name of the first interval field; blank where there is none.
        identity: Fields in the identity of an edge.
        start_is_identity: Whether the start of its interval tells two edges apart.
        source, target: Labels that the ends of an edge may carry.
    """

    rules: dict[str, FieldRule]
    marked: dict[str, int]
    plain: frozenset[str]
    refs: dict[str, tuple[str, ...]]
    interval: str
    identity: tuple[str, ...] = ()
    start_is_identity: bool = False
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()

    def visible(self, values: Values, ceiling: int) -> tuple[Values, int]:
        """Return the values whose fields lie under a ceiling, and the strictest marking of these fields."""
        if self.marked.keys().isdisjoint(values):
            return values, 0
        kept = {name: value for name, value in values.items() if self.marked.get(name, 0) <= ceiling}
        return kept, max((self.marked.get(name, 0) for name in kept), default=0)


@cache
def recipe(word: str) -> Recipe:
    """Return the recipe of a node class (by label) or an edge class (by type).

    Raises:
        KeyError: The domain has neither.
        DomainError: An edge class names a subject in a field that is not part of its identity.
    """
    cls = declared(word)
    rules = cls.rules()
    common: dict[str, Any] = {
        "rules": rules,
        "marked": {name: int(rule.marking) for name, rule in rules.items() if rule.marking},
        "plain": frozenset(name for name, rule in rules.items() if rule.shape != "list"),
        "refs": {name: (rule.refers_to,) for name, rule in rules.items() if rule.shape == "ref"},
        "interval": next((name for name, rule in rules.items() if rule.shape == "interval"), ""),
    }
    if not issubclass(cls, Edge):
        return Recipe(**common)
    if loose := common["refs"].keys() - set(cls.identity):
        raise DomainError(f"{cls.__name__}.identity lacks the subjects it names: add {sorted(loose)}")
    return Recipe(
        **common, identity=cls.identity, start_is_identity=cls.start_is_identity, source=cls.source, target=cls.target
    )
