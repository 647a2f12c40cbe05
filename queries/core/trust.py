"""Whether anybody checked what a thing rests on: rows of lists that nobody did are shown, and marked."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from iga.graph.ledger.evidence import EvidenceRow
from iga.queries.core.answer import Ref
from iga.queries.core.reading import refs
from iga.queries.core.session import Session

UNVERIFIED = 90
"""Rank from which on nobody checked a source; see docs/mappings.md."""


def unverified(session: Session, resting_on: Mapping[str, Collection[Ref]]) -> frozenset[str]:
    """Return the ids of things that rest on unverified lists, or on rows of low confidence, alone.

    Args:
        session: The graph and the ledger.
        resting_on: The source rows of each thing, by its id; a thing of which no row is known is not returned.
    """
    book = session.evidence(ref for refs in resting_on.values() for ref in refs)
    return frozenset(id_ for id_, refs in resting_on.items() if _is_weak([book[ref] for ref in refs if ref in book]))


def is_unofficial(session: Session, of: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether all of a list rests on rows that nobody vouches for, some of which say that it may not be so."""
    rows = session.evidence(refs(*of)).values()
    return _is_weak(rows) and any(doubt.kind == "uncertain" for row in rows for doubt in row.doubts)


def _is_weak(rows: Collection[EvidenceRow]) -> bool:
    return bool(rows) and all(row.card.rank >= UNVERIFIED or row.confidence == "low" for row in rows)
