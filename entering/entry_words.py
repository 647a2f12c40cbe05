"""An entry in words, as it is echoed and listed: what it says of which things, and who is tied to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import to_builtins

from iga.graph.domain.catalog import EDGE
from iga.graph.grouping import by_key
from iga.graph.ledger.people_register import texts_in
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Value
from iga.ingest.entry_log import LoggedEntry
from iga.queries.core.session import Session
from iga.queries.core.wording import capitalized, in_words, kind_in_words, listed, quoted

# Fields whose value tells what they are.
_PLAIN = ("period", "status", "channel", "words", "place", "role", "engagement_kind")
# What a list holds besides, and nobody typed.
_LEFT_OUT = ("name", "seen_on", "attested_on")
_SHOWN = 5


def ids_in(content: Content) -> set[str]:
    """Return the ids of the things that an entry speaks of."""
    nodes = {statement.id for statement in content.statements if isinstance(statement, NodeStatement)}
    edges = [statement for statement in content.statements if isinstance(statement, EdgeStatement)]
    return nodes | {end for edge in edges for end in (edge.source, edge.target)}


def tellable(session: Session, entries: Sequence[LoggedEntry]) -> list[LoggedEntry]:
    """Return entries without those that name somebody who is left out, unless what is sensitive may be seen."""
    seeing = session.on_duty()
    about = [ids_in(entry.content) for entry in entries]
    hidden = seeing.hidden(set().union(*about))
    return [
        entry
        for entry, ids in zip(entries, about, strict=True)
        if not ids & hidden and not seeing.naming(texts_in([to_builtins(entry.content)]), sorted(ids))
    ]


def words_of(content: Content, names: Mapping[str, str]) -> str:
    """Return an entry in words, one sentence without a stop."""
    nodes = [statement for statement in content.statements if isinstance(statement, NodeStatement)]
    edges = [statement for statement in content.statements if isinstance(statement, EdgeStatement)]
    called = dict(names) | {node.id: _called(node, names) for node in nodes}
    parts = [_of_node(node, called) for node in nodes if node.id.partition(":")[0] not in ("person", "post")]
    # Terms of different periods are told apart.
    by_saying = by_key(edges, lambda edge: (edge.type, edge.target, str(edge.values.get("period"))))
    for (kind, target, _), alike in by_saying.items():
        sources = [called.get(edge.source, edge.source) for edge in alike]
        whom = "it" if nodes and target == nodes[0].id and len(parts) == 1 else called.get(target, target)
        parts.append(f"{listed(sources, most=_SHOWN)} {_phrase(kind, alike)} {whom}")
    return capitalized("; ".join(parts))


def _called(node: NodeStatement, names: Mapping[str, str]) -> str:
    channel = node.values.get("channel")
    if isinstance(channel, Mapping):
        return str(channel["value"])
    return str(node.values.get("name") or names.get(node.id) or node.id)


def _of_node(node: NodeStatement, called: Mapping[str, str]) -> str:
    """Return what is said of a thing: its kind, what it is called, and the fields."""
    fields = {name: value for name, value in node.values.items() if name not in _LEFT_OUT}
    if node.cls == "ContactPoint" and "channel" in fields:
        kind = str(fields.pop("channel")["kind"])  # type: ignore[index,call-overload]  # a channel is a mapping
    else:
        kind = "address" if node.cls == "ContactPoint" else kind_in_words(node.cls)
    said = [_field(name, value, called) for name, value in fields.items()]
    name = called[node.id] if node.cls == "ContactPoint" else quoted(called[node.id])
    return f"{kind} {name}{': ' if said else ''}{', '.join(said)}"


def _field(name: str, value: Value, called: Mapping[str, str]) -> str:
    text = _stretch(value) if isinstance(value, Mapping) and "end_kind" in value else in_words(value, called)
    return text if name in _PLAIN else f"{name.replace('_', ' ')} {text}"


def _stretch(value: Mapping[str, str]) -> str:
    start, end = value.get("start") or "", value.get("end") or ""
    return start if start == end or not end else f"{start} to {end}" if start else f"until {end}"


def _phrase(kind: str, alike: Iterable[EdgeStatement]) -> str:
    """Return how one end of a relationship is tied to the other, with what is stated of it."""
    values = {name: value for edge in alike for name, value in edge.values.items() if name not in _LEFT_OUT}
    said = ", ".join(_field(name, value, {}) for name, value in values.items())
    return f"{EDGE[kind].phrase[0]}{f' ({said})' if said else ''}"
