"""Edges: what is said of two subjects, grouped by what makes it one relationship, folded or left waiting."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from iga.graph.domain.values import refines
from iga.graph.fold.live import Said
from iga.graph.fold.nodes import Landscape, days_in, evidence_of, fold_values, in_order, is_plain, most_precise, pointed
from iga.graph.fold.recipes import Recipe, recipe
from iga.graph.fold.shapes import FoldedEdge, Triple, Waiting, short_digest
from iga.graph.grouping import by_key

Identity: TypeAlias = tuple[str, ...]


class Group(NamedTuple):
    """What makes one relationship: type, canonical ends, identity fields, start."""

    type: str
    source: str
    target: str
    identity: Identity
    start: str

    @property
    def key(self) -> str:
        """The key of the relationship."""
        return f"rel:{short_digest(self)}"


def fold_pair(triple: Triple, pool: list[Said], landscape: Landscape) -> list[FoldedEdge | Waiting]:
    """Return the edges of one type between two canonical ids, standing or waiting.

    Args:
        triple: Type and canonical ends.
        pool: All that is said of them, in any order; nothing gives nothing.
        landscape: All other nodes.
    """
    how = recipe(triple[0])
    groups = _groups(triple, pool, how, landscape)
    return [_fold_group(group, alike, how, landscape) for group, alike in groups]


def _groups(triple: Triple, pool: list[Said], how: Recipe, landscape: Landscape) -> Iterator[tuple[Group, list[Said]]]:
    if len(pool) == 1:
        start = _start(pool[0], how) if how.start_is_identity else ""
        yield Group(*triple, _identity(pool[0], how, landscape), start), pool
        return
    for identity, alike in by_key(pool, lambda statement: _identity(statement, how, landscape)).items():
        for start, said_then in by_start(alike, how).items():
            yield Group(*triple, identity, start), said_then


def _identity(statement: Said, how: Recipe, landscape: Landscape) -> Identity:
    if not how.identity:
        return ()
    texts = ((name, str(statement.values.get(name, ""))) for name in how.identity)
    return tuple(landscape.aliases.get(text, text) if name in how.refs else text for name, text in texts)


def by_start(pool: list[Said], how: Recipe) -> dict[str, list[Said]]:
    """Return a pool by the start of its terms; all under a blank where start is not part of the identity.

    A start that is refined by exactly one most precise start of the pool joins it; otherwise it stands alone.
    """
    if not how.start_is_identity:
        return {"": pool}
    starts = {_start(statement, how) for statement in pool}
    return by_key(pool, lambda statement: joined_start(_start(statement, how), starts))


def joined_start(start: str, starts: set[str]) -> str:
    """Return the start that a start joins: the one most precise that refines it, or itself."""
    return str(most_precise(start, starts, refines))


def _start(statement: Said, how: Recipe) -> str:
    period = statement.values.get(how.interval)
    return period["start"] if isinstance(period, dict) else ""


def _fold_group(group: Group, pool: list[Said], how: Recipe, landscape: Landscape) -> FoldedEdge | Waiting:
    if reason := why_waiting(group, how, landscape):
        return Waiting(group.key, group.type, group.source, group.target, reason, evidence_of(pool))
    if not is_plain(pool, how):
        return fold_group(group, pool, how, landscape)
    kind, source, target, *_ = group
    statement = pool[0]
    values = pointed(statement.values, how, landscape)
    days = days_in(values, how)
    return FoldedEdge(group.key, kind, source, target, values, (), (statement.evidence,), statement.marking, days)


def fold_group(group: Group, pool: list[Said], how: Recipe, landscape: Landscape) -> FoldedEdge:
    """Return the edge of any group whose ends stand; one plain statement takes a short way to the same."""
    values, conflicts = fold_values(in_order(pool), how, landscape.aliases)
    return FoldedEdge(
        key=group.key,
        type=group.type,
        source=group.source,
        target=group.target,
        values=values,
        conflicts=tuple(conflicts),
        evidence=evidence_of(pool),
        marking=max(statement.marking for statement in pool),
        days=days_in(values, how),
    )


def why_waiting(group: Group, how: Recipe, landscape: Landscape) -> str:
    """Return the sentence that says why an edge cannot stand; blank when it can."""
    if group.source == group.target:
        return f"Both ends are {group.source}."
    ends = [(group.source, how.source), (group.target, how.target)]
    if how.refs:
        refs = zip(how.identity, group.identity, strict=True)
        ends += [(named, how.refs[name]) for name, named in refs if named and name in how.refs]
    missing = [end for end in ends if not landscape.holds(*end)]
    return " ".join(_why_not(end, labels, landscape) for end, labels in missing)


def _why_not(end: str, labels: tuple[str, ...], landscape: Landscape) -> str:
    cls = landscape.classes.get(end)
    if cls is None:
        return f"No row says what {end} is."
    return f"{end} is of class {cls}; {' or '.join(labels)} is needed here."
