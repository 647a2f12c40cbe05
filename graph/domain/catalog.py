"""The list of all classes, and look-ups in it."""

from functools import cache
from types import ModuleType
from typing import TypeVar

from iga.graph.domain import edges, funding, instruments, parties, records, work
from iga.graph.domain.model import Declared, Edge, Node
from iga.graph.errors import DomainError

VERSION = 4
"""Raised when a change of the domain or the fold makes stored projections stale; they are then rebuilt."""

D = TypeVar("D", bound=Declared)


def _declared_in(modules: tuple[ModuleType, ...], base: type[D]) -> tuple[type[D], ...]:
    """Return the classes that modules declare, in the order of declaration; what is called ``Any…`` is a base."""
    named = ((module.__name__, thing) for module in modules for thing in vars(module).values())
    classes = (thing for name, thing in named if isinstance(thing, type) and thing.__module__ == name)
    return tuple(cls for cls in classes if issubclass(cls, base) and not cls.__name__.startswith("Any"))


NODES: tuple[type[Node], ...] = _declared_in((parties, instruments, records, funding, work), Node)
EDGES: tuple[type[Edge], ...] = _declared_in((edges, records), Edge)
"""In the order of a profile: agreements first, structure last."""

NODE: dict[str, type[Node]] = {node.label(): node for node in NODES}
EDGE: dict[str, type[Edge]] = {edge.type(): edge for edge in EDGES}
KIND: dict[str, type[Node]] = {node.kind: node for node in NODES}

if len(KIND) != len(NODES):
    raise DomainError("two node classes share a kind: ids would not tell them apart")
_labels = {label for node in NODES for label in node.all_labels()}
for _edge in EDGES:
    if _unknown := {*_edge.source, *_edge.target} - _labels:
        raise DomainError(f"{_edge.__name__} joins labels that no node carries: {sorted(_unknown)}")


@cache
def fits(node_class: str, labels: tuple[str, ...]) -> bool:
    """True if a node of a class may stand at an end that asks for one of `labels`."""
    return bool(set(labels) & set(NODE[node_class].all_labels()))


def declared(name: str) -> type[Declared]:
    """Return the node class of a label or the edge class of a type.

    Raises:
        KeyError: There is neither.
    """
    return NODE[name] if name in NODE else EDGE[name]
