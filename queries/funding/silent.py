"""Awards and projects that are on file where no amount of them is shown: a No beside them would hide them."""

from typing import Any

from iga.graph.domain.edges import Implements
from iga.graph.domain.fiscal import fiscal_year_days
from iga.queries.core.compiled import hop
from iga.queries.core.periods import stretch_asked
from iga.queries.core.question import Request
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.funding.amounts import Amount
from iga.queries.funding.pool import Pool, PoolParams, TimeParams, preferred_wholes
from iga.queries.funding.totals import money_of

_CARRIED_OUT = hop(Implements, other="ChildProtectionCompact", row=EdgeRow)


def silent_in(request: Request[TimeParams] | Request[PoolParams], pool: Pool) -> dict[str, Any] | None:
    """Return the awards and projects of a pool, for a time those whose figure may be of it; None for none."""
    things = {id_: one.thing.name for id_, one in pool.holdings.items() if one.thing.cls in ("Award", "Project")}
    figures = [one for one in preferred_wholes(pool.holdings) if _may_be_of(request.params, one)]
    if request.params.period:
        of_time = {one.about.id for one in figures}
        things = {id_: name for id_, name in things.items() if id_ in of_time}
    elif not things and (of := request.maybe("party")):
        things = {edge.id: edge.name for edge in request.session.read(_CARRIED_OUT, OfIds(ids=(of.id,)))}
    if not things:
        return None
    one = max(figures, key=lambda it: (it.amount, it.about.id), default=None)
    largest = {**money_of(one.amount, one.currency), "measure": one.measure} if one else None
    names = sorted(things.values())
    return {"number": len(names), "names": names, "largest": largest, "is_of_time": bool(request.params.period)}


def _may_be_of(params: TimeParams, figure: Amount) -> bool:
    """True if the day of a figure lies in the time asked for, or that is not limited."""
    if not params.period or figure.days is None:
        return not params.period
    since, until = stretch_asked(params.since, params.until)
    if params.fiscal_year:
        first, last = fiscal_year_days(params.fiscal_year)
        since, until = max(since, first), min(until, last)
    return figure.days[0] <= until and figure.days[1] >= since
