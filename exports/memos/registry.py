"""The list of all kinds of memos; the command line and the HTTP interface are made from it."""

from collections.abc import Mapping

from exports.memos.body import BODY
from exports.memos.calendar import CALENDAR
from exports.memos.delegation import DELEGATION_BOOK
from exports.memos.funding import FUNDING
from exports.memos.government import GOVERNMENT
from exports.memos.handover import HANDOVER
from exports.memos.kind import MemoKind
from exports.memos.meeting import MEETING
from exports.memos.partner import PARTNER
from exports.memos.trip import TRIP

MEMOS: Mapping[str, MemoKind] = {
    kind.name: kind
    for kind in (
        MEETING, DELEGATION_BOOK, TRIP, GOVERNMENT, BODY, PARTNER, FUNDING, CALENDAR, HANDOVER,
    )
}  # fmt: skip
"""Every kind by name, in the order in which the manual lists them."""
