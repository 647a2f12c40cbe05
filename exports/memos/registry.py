"""The list of all kinds of memos; the command line and the HTTP interface are made from it."""

from collections.abc import Mapping

from iga.exports.memos.kind import MemoKind
from iga.queries.core.question import Cards

_NAMES = (
    "meeting",
    "delegation",
    "trip",
    "government",
    "body",
    "partner",
    "funding",
    "calendar",
    "handover",
    "list",
    "compare",
)

MEMOS: Mapping[str, MemoKind] = Cards({name: f"iga.exports.memos.{name}" for name in _NAMES})
"""Every kind by name, in the order in which the manual lists them."""
