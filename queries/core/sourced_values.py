"""What sources say of a subject, side by side, as far as the view of a question lets it be seen."""

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from types import MappingProxyType

from graph.fold.live import Lens, Said, edge_said, node_said
from graph.fold.shapes import Triple
from graph.fold.values import in_order
from graph.statements import Value
from queries.core.session import Session


def said_of_nodes(session: Session, ids: Collection[str]) -> dict[str, list[Said]]:
    """Return what sources say of nodes with these ids as written, most trusted first, by id."""
    wanted = frozenset(ids)
    lens = lens_of(session)
    pools: dict[str, list[Said]] = {}
    for row in session.ledger.rows_naming(wanted):
        for written, said in node_said(row, lens, wanted):
            pools.setdefault(written, []).append(said)
    return {written: in_order(pool) for written, pool in pools.items()}


def said_of_edges(session: Session, kind: str, sources: Iterable[str], targets: Iterable[str]) -> list[Said]:
    """Return what sources say of edges of a type between any of these ids as written, most trusted first."""
    triples: frozenset[Triple] = frozenset((kind, source, target) for source, target in product(sources, targets))
    lens = lens_of(session)
    return in_order([said for row in session.ledger.rows_joining(triples) for _, said in edge_said(row, lens, triples)])


def lens_of(session: Session) -> Lens:
    """Return how the projection that answers reads the ledger."""
    return session.lens


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
