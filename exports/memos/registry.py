"""The list of all kinds of memos; the command line and the HTTP interface are made from it."""

from collections.abc import Mapping

from exports.memos.government import GOVERNMENT
from exports.memos.kind import MemoKind

MEMOS: Mapping[str, MemoKind] = {
    kind.name: kind
    for kind in (
        GOVERNMENT,
    )
}  # fmt: skip
"""Every kind by name, in the order in which the manual lists them."""
