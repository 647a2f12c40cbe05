"""One value of many: what sources say of a field, in the order of trust, folded by the shape of the field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from iga.graph.domain.values import refines
from iga.graph.fold.live import Said
from iga.graph.fold.recipes import Recipe
from iga.graph.fold.shapes import canonical_json
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
    """Say whether each part of an interval is that of another or refines it, and one of them does."""
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
