"""Nodes: the pool of all that is said of a subject, folded into one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from iga.graph.domain.catalog import fits
from iga.graph.fold.interval import days_of
from iga.graph.fold.live import Said
from iga.graph.fold.recipes import ATTESTED, Recipe, recipe
from iga.graph.fold.shapes import Days, FoldedNode, Ref
from iga.graph.fold.value_folds import fold_values
from iga.graph.statements import Values


class Classes(Protocol):
    """The class of each node that is present."""

    def get(self, name: str, /) -> str | None:
        """Return the class of a node by its canonical id; None when it is not present."""
        ...


@dataclass(frozen=True, slots=True)
class Landscape:
    """What an item must know of all others.

    Attributes:
        aliases: Canonical id of every id in a cluster; other ids are their own.
        classes: Class of each node that is present, by canonical id.
    """

    aliases: Mapping[str, str]
    classes: Classes

    def holds(self, canonical: str, labels: tuple[str, ...]) -> bool:
        """Say whether a node is present and carries one of the labels."""
        cls = self.classes.get(canonical)
        return cls is not None and fits(cls, labels)


def fold_node(node: str, members: tuple[str, ...], pool: Sequence[Said], landscape: Landscape) -> FoldedNode:
    """Return the node of a pool in the order of trust, which is not empty.

    Its class is folded like a field: the first one stands, and another one is a conflict.
    """
    first = pool[0]
    how = recipe(first.word)
    if not is_plain(pool, how):
        return fold_pool(node, members, pool, landscape)
    values = pointed(first.values, how, landscape)
    dangling, days = _dangling(values, how, landscape), days_in(values, how)
    return FoldedNode(node, first.word, values, (), members, (first.evidence,), first.marking, dangling, days)


def is_plain(pool: Sequence[Said], how: Recipe) -> bool:
    """Say whether one statement is all there is, and its values stand as they are but for the aliases of refs."""
    return len(pool) == 1 and how.plain.issuperset(pool[0].values)


def fold_pool(node: str, members: tuple[str, ...], pool: Sequence[Said], landscape: Landscape) -> FoldedNode:
    """Return the node of any pool; `fold_node` is its short way where one statement is all there is."""
    cls = pool[0].word
    how = recipe(cls)
    values, conflicts = fold_values(pool, how, landscape.aliases)
    if any(statement.word != cls for statement in pool):
        conflicts.append("class")
    return FoldedNode(
        id=node,
        cls=cls,
        values=values,
        conflicts=tuple(sorted(conflicts)),
        members=members,
        evidence=evidence_of(pool),
        marking=max(statement.marking for statement in pool),
        dangling=_dangling(values, how, landscape),
        days=days_in(values, how),
    )


def pointed(values: Values, how: Recipe, landscape: Landscape) -> Values:
    """Return values with the refs among them as canonical ids."""
    if how.refs.keys().isdisjoint(values):
        return values
    aliases = landscape.aliases
    return {name: aliases.get(str(value), value) if name in how.refs else value for name, value in values.items()}


def _dangling(values: Values, how: Recipe, landscape: Landscape) -> tuple[str, ...]:
    named = how.refs.keys() & values.keys() if how.refs else ()
    return tuple(sorted(name for name in named if not landscape.holds(str(values[name]), how.refs[name])))


def evidence_of(pool: Iterable[Said]) -> tuple[Ref, ...]:
    """Return the rows of a pool, sorted, each once."""
    return tuple(sorted({statement.evidence for statement in pool}))


def days_in(values: Values, how: Recipe) -> Days | None:
    """Return the days of the first interval field among folded values; None where the class has none."""
    if not how.interval:
        return None
    interval, attested = values.get(how.interval), values.get(ATTESTED)
    return days_of(interval if isinstance(interval, dict) else None, attested if isinstance(attested, list) else ())


def refs_in(pool: Iterable[Said]) -> set[str]:
    """Return the ids, as written, that the ref fields of a pool name."""
    return {str(it.values[name]) for it in pool for name in recipe(it.word).refs if name in it.values}
