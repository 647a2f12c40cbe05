"""The earliest day of what has none of its own: that of the compact it is under."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iga.graph.domain.edges import Under
from iga.graph.domain.instruments import ChildProtectionCompact
from iga.graph.domain.values import first_day
from iga.graph.query import Query, R
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.reading import EdgeRow, OfIds

_SIGNED = all_of(ChildProtectionCompact, "it.signed_on IS NOT NULL", fields=("signed_on",))
_UNDER = hop(Under, into=True, row=EdgeRow)
_DATED_BY = (
    *("period_start", "adopted_on", "signed_on", "published_on"),
    *("said_on", "money_value_date", "existence_start"),
)
# What is done or given under a compact. A duty or a text may be older than the compact that takes it up.
_DONE_UNDER = ("Award", "Project", "Contribution", "Commitment")

Read = Callable[[Query[Any, Any], Any], Sequence[Any]]


def begun_on(values: Mapping[str, Any]) -> str:
    """Return the first full day on which a thing may have begun, been adopted or been said; blank if nothing tells."""
    stated = next((str(values[name]) for name in _DATED_BY if values.get(name)), "")
    return str(values.get("start_min") or (first_day(stated) if stated else ""))


def with_beginnings(read: Read, query: Query[Any, R], rows: Sequence[R]) -> list[R]:
    """Return what was read; what is under a compact begins no earlier than that (``start_min``)."""
    undated = [row for row in rows if getattr(row, "cls", "") in _DONE_UNDER and _lacks_day(row)]
    if query is _UNDER or not undated:
        return list(rows)
    compacts = {one.id: first_day(one.values["signed_on"]) for one in read(_SIGNED, Everything())}
    under = read(_UNDER, OfIds(ids=tuple(compacts))) if compacts else ()
    began = {edge.id: compacts[edge.subject] for edge in under}
    return [_begun(row, began) for row in rows]


def _lacks_day(row: Any) -> bool:
    return isinstance(getattr(row, "values", None), dict) and not begun_on(row.values)


def _begun(row: Any, began: Mapping[str, str]) -> Any:
    if getattr(row, "cls", "") not in _DONE_UNDER or row.id not in began or not _lacks_day(row):
        return row
    return row.model_copy(update={"values": {**row.values, "start_min": began[row.id]}})
