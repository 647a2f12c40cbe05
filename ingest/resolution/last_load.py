"""Which things the last load spoke of: pairs of them are what somebody wants to judge now."""

from collections.abc import Collection
from itertools import islice

from iga.graph.fold.history import History
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, NodeStatement
from iga.ingest.resolution.book import PairCandidate

_MOST = 2_000
"""Rows of a load that are read: of a larger one each pair is as new as any other."""


def ids_of_last_load(history: History) -> frozenset[str]:
    """Return the ids of what the last load that is no judgement speaks of; empty where there is none."""
    last = next((it.no for it in reversed(history.headers()) if it.source not in (PERSON_JUDGE, RULE_JUDGE)), 0)
    rows = islice(history.rows_between(last - 1, last), _MOST)
    statements = (one for row in rows for version in row if version.load == last for one in version.content.statements)
    return frozenset(one.id for one in statements if isinstance(one, NodeStatement))


def is_of(pair: PairCandidate, ids: Collection[str]) -> bool:
    """True if one of two parties is, by any of its ids, among some."""
    return any(it in ids for party in (pair.first, pair.second) for it in (party.id, *party.members))
