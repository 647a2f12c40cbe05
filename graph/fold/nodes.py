"""Nodes: the pool of all that is said of a subject, folded into one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from iga.graph.domain.catalog import fits
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day, refines
from iga.graph.fold.live import Said
from iga.graph.fold.recipes import ATTESTED, Recipe, recipe
from iga.graph.fold.shapes import Days, FoldedNode, Ref, canonical_json
from iga.graph.statements import Value, Values

Folded: TypeAlias = tuple[Value, bool]
"""The value of a field, and whether its sources are in conflict."""

Finer: TypeAlias = Callable[[Any, Any], bool]
"""Whether the first value makes the second more precise."""


def in_order(pool: list[Said]) -> list[Said]:
    """Return a pool in the order of trust.

    By rank, then the latest `stated_on`, then source, row key and the canonical JSON of what is seen: total,
    and made of content only, so that neither the clock nor the order of loading shows.
    """
    if len(pool) < 2:
        return pool
    ordered = sorted(pool, key=lambda it: (it.evidence, canonical_json((it.word, it.values))))
    ordered.sort(key=lambda it: it.stated_on, reverse=True)
    ordered.sort(key=lambda it: it.rank)
    return ordered


def fold_values(pool: Sequence[Said], recipe: Recipe, aliases: Mapping[str, str]) -> tuple[Values, list[str]]:
    """Return the values of a pool in the order of trust, and the sorted names of the fields in conflict.

    Fields that the class does not declare are left out; refs are mapped through `aliases`.
    """
    values: Values = {}
    conflicts: list[str] = []
    for name in sorted({name for statement in pool for name in statement.values} & recipe.rules.keys()):
        stated = [statement.values[name] for statement in pool if name in statement.values]
        if name in recipe.refs:
            stated = [aliases.get(ref, ref) for ref in stated if isinstance(ref, str)]
        values[name], is_conflict = FOLDS[recipe.rules[name].shape](stated)
        if is_conflict:
            conflicts.append(name)
    return values, conflicts


def fold_first(stated: Sequence[Value]) -> Folded:
    """Return the first value, whole; any other one is in conflict with it."""
    return stated[0], any(value != stated[0] for value in stated)


def fold_day(stated: Sequence[Value]) -> Folded:
    """Return the first partial date, or the one most precise date that refines it."""
    return _most_precise(stated, refines)


def fold_interval(stated: Sequence[Value]) -> Folded:
    """Return the first interval, or the one most precise that refines both its parts; never a mixture."""
    return _most_precise(stated, interval_refines)


def fold_list(stated: Sequence[Value]) -> Folded:
    """Return the union of lists, sorted, without duplicates; lists are never in conflict."""
    return sorted({entry for value in stated if isinstance(value, list) for entry in value}), False


FOLDS: dict[str, Callable[[Sequence[Value]], Folded]] = {
    "scalar": fold_first,
    "ref": fold_first,
    "money": fold_first,
    "channel": fold_first,
    "day": fold_day,
    "interval": fold_interval,
    "list": fold_list,
}


def interval_refines(fine: Mapping[str, str], coarse: Mapping[str, str]) -> bool:
    """True if each part of an interval is that of another or refines it, and one of them does."""
    return (
        fine != coarse
        and (fine["start"] == coarse["start"] or refines(fine["start"], coarse["start"]))
        and (_end(fine) == _end(coarse) or _end_refines(_end(fine), _end(coarse)))
    )


def _end(interval: Mapping[str, str]) -> tuple[str, str]:
    return interval["end_kind"], interval["end"]


def _end_refines(fine: tuple[str, str], coarse: tuple[str, str]) -> bool:
    if coarse[0] == "unknown":
        return fine[0] != "unknown"
    return fine[0] == coarse[0] == "dated" and refines(fine[1], coarse[1])


def most_precise(value: Any, others: Iterable[Any], finer: Finer) -> Any:
    """Return the one most precise of `others` that refines `value`; `value` when there is none or several."""
    refining = [other for other in others if finer(other, value)]
    peaks: list[Any] = []
    for other in refining:
        if other not in peaks and not any(finer(still, other) for still in refining):
            peaks.append(other)
    return peaks[0] if len(peaks) == 1 else value


def _most_precise(stated: Sequence[Any], finer: Finer) -> Folded:
    chosen = most_precise(stated[0], stated, finer)
    return chosen, any(value != chosen and not finer(chosen, value) for value in stated)


ANY_DAYS: Days = (FIRST_DAY, LAST_DAY, FIRST_DAY, LAST_DAY)
"""The days of an interval of which nothing is known."""


@lru_cache(maxsize=100_000)  # the days of a few centuries, however many rows name them
def _bounds(day: str) -> tuple[str, str]:
    return (first_day(day), last_day(day)) if day else (FIRST_DAY, LAST_DAY)


def days_of(interval: Mapping[str, str] | None, attested: Sequence[str] = ()) -> Days:
    """Return the first and last possible day of the start, and of the end (still held on it).

    Args:
        interval: A folded interval; None when nobody states one.
        attested: Days, possibly partial, on which a source shows it holding. On an interval with a dated end
            they have no say.
    """
    if interval is None and not attested:
        return ANY_DAYS
    start, kind, end = ("", "unknown", "") if interval is None else _parts(interval)
    start_min, start_max = _bounds(start)
    end_min, end_max = (LAST_DAY, LAST_DAY) if kind == "open" else _bounds(end)
    if attested and kind != "dated":
        start_max = min(start_max, *(_bounds(day)[1] for day in attested))
        end_min = max(end_min, *(_bounds(day)[0] for day in attested))
    return start_min, min(start_max, end_max), max(end_min, start_min), end_max


def _parts(interval: Mapping[str, str]) -> tuple[str, str, str]:
    return interval.get("start", ""), interval.get("end_kind", "unknown"), interval.get("end", "")


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
        """True if a node is present and carries one of the labels."""
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
    """True if one statement is all there is, and its values stand as they are but for the aliases of refs."""
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
