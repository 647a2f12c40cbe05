"""Things and relationships as flat attributes that every graph format takes: text, whole numbers, yes or no."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from exports.graphs.part import NOT_WRITTEN, Part
from graph.domain.catalog import declared
from graph.domain.marking import Marking
from graph.projection.properties import refs as refs_of
from queries.core.printed_names import printed_names

Scalar: TypeAlias = str | int | bool
Flat: TypeAlias = dict[str, Scalar]

_SHARED = ("conflicts", "dangling", "members", "evidence")
_OWN = ("id", "key", "cls", "name", "marking")


def flat_nodes(part: Part) -> Iterator[Flat]:
    """Give each thing as attributes: id, label, class and marking first, its fields, what it rests on last."""
    for chunk in _chunked(part.nodes()):
        names = _names(part, [(node.cls, node.values) for node in chunk])
        for node in chunk:
            yield {
                "id": node.id,
                "label": node.name,
                "class": node.cls,
                "marking": _marking(node.values),
                **_fields(node.cls, node.values, names),
                **_rest(part, node.values),
            }


def flat_edges(part: Part) -> Iterator[Flat]:
    """Give each relationship as attributes: both ends by id and label, type, key and marking first."""
    for chunk in _chunked(part.edges()):
        names = _names(part, [(edge.type, edge.values) for edge in chunk])
        for edge in chunk:
            yield {
                "source": edge.source,
                "source_label": part.names[edge.source],
                "relation": edge.type,
                "label": edge.type.lower().replace("_", " "),
                "target": edge.target,
                "target_label": part.names[edge.target],
                "key": edge.key,
                **({"held": edge.held} if edge.held else {}),
                "marking": _marking(edge.values),
                **_fields(edge.type, edge.values, names),
                **_rest(part, edge.values),
            }


def _fields(cls: str, values: Mapping[str, Any], names: Mapping[str, str]) -> Flat:
    """Return the fields: lists joined, parts of intervals, amounts and channels each their own; nothing is blank."""
    found: Flat = {}
    rules = declared(cls).rules()
    for name, value in values.items():
        if name in NOT_WRITTEN or name in _SHARED or name in _OWN:
            continue
        found[name] = _scalar(value)
        if name in rules and rules[name].refers_to and value in names:
            found[f"{name}_label"] = names[value]
    return found


def _rest(part: Part, values: Mapping[str, Any]) -> Flat:
    said: Flat = {name: _scalar(values[name]) for name in ("conflicts", "dangling", "members") if values.get(name)}
    rows = refs_of(values.get("evidence") or ())
    cards = part.session.cards
    if any(source in cards and cards[source].fictional for source, _ in rows):
        said["fictional"] = True
    if rows:
        said["sources"] = "; ".join(dict.fromkeys(source for source, _ in rows))
        said["evidence"] = "; ".join(f"{source} {row_key}" for source, row_key in rows)
    return said


def _scalar(value: Any) -> Scalar:
    if isinstance(value, (bool, int)):
        return value
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _marking(values: Mapping[str, Any]) -> str:
    return Marking(values.get("marking", 0)).word


def _names(part: Part, said: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Return the printed names of those that fields point to, whether or not they are in the part."""
    pointed = {
        str(values[name])
        for cls, values in said
        for name, rule in declared(cls).rules().items()
        if rule.refers_to and name in values
    }
    missing = pointed - part.names.keys()
    return {it: part.names[it] for it in pointed - missing} | printed_names(part.session, missing)


def _chunked(items: Iterable[Any]) -> Iterator[list[Any]]:
    held: list[Any] = []
    for item in items:
        held.append(item)
        if len(held) == 500:
            yield held
            held = []
    if held:
        yield held
