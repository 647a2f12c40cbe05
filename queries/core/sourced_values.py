"""What sources say of a subject, side by side, as far as the view of a question lets it be seen."""

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from types import MappingProxyType

from graph.fold.live import Said, edge_said
from graph.fold.pools import node_pools
from graph.fold.shapes import Triple
from graph.fold.values import in_order
from graph.statements import Value
from queries.core.session import Session


def said_of_nodes(session: Session, ids: Collection[str]) -> dict[str, list[Said]]:
    """Return what sources say of nodes with these ids as written, most trusted first, by id."""
    wanted = frozenset(ids)
    return node_pools(session.ledger.rows_naming(wanted), session.lens, {written: written for written in wanted})


def said_of_edges(session: Session, kind: str, sources: Iterable[str], targets: Iterable[str]) -> list[Said]:
    """Return what sources say of edges of a type between any of these ids as written, most trusted first."""
    triples: frozenset[Triple] = frozenset((kind, source, target) for source, target in product(sources, targets))
    rows = session.ledger.rows_joining(triples)
    return in_order([stated for row in rows for _, stated in edge_said(row, session.lens, triples)])


def in_words(value: Value, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a value as text: lists joined, intervals and amounts spelt out.

    Args:
        value: As a statement or the graph has it.
        names: Printed names of the things that the value may point to, by id.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return _composite(value) if isinstance(value, Mapping) else names.get(str(value), str(value))


def _composite(value: Mapping[str, str]) -> str:
    if "amount" in value:
        day = f", {value['value_date']}" if value.get("value_date") else ""
        return f"{value['amount']} {value['currency']} ({value['measure']}{day})"
    if "end_kind" in value:
        end = value["end"] or ("open, as stated" if value["end_kind"] == "open" else "unknown")
        return f"{value['start'] or 'unknown'} to {end}"
    return ": ".join(part for part in value.values() if part)
