"""Which governments there are, by their status in U.S. practice, region and regional bureau."""

from collections import Counter

from iga.graph.domain.parties import Government
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow
from iga.queries.core.clauses import clause
from iga.queries.core.columns import column, filter_on, fits, of, option, sourced
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows

_GOVERNMENTS = all_of(Government)
# So many are named in one breath; of more there is the list.
_NAMED = 6


class GovernmentsParams(Params):
    """What `governments` is asked with."""

    party: str | None = option("Only what belongs to this State.", "United Kingdom")
    status: str | None = filter_on(Government, "status")
    region: str | None = filter_on(Government, "region")
    bureau: str | None = filter_on(Government, "bureau")


class GovernmentRow(PartyRow):
    """One government."""

    formal_name: str | None = of(Government, "formal_name")
    status: str | None = of(Government, "status")
    sovereignty: str | None = of(Government, "sovereignty")
    sovereignty_name: str | None = column("Name of the State that it belongs to.")
    region: str | None = of(Government, "region")
    bureau: str | None = of(Government, "bureau")
    capital: str | None = of(Government, "capital")


def governments(request: Request[GovernmentsParams]) -> Result[GovernmentRow]:
    """List governments by name, with their status as U.S. practice has it today, whatever the day."""
    session, params, sovereign = request.session, request.params, request.maybe("party")
    known = [one for one in session.read(_GOVERNMENTS, Everything()) if fits(params, one.values)]
    shown = [one for one in known if sovereign is None or one.values.get("sovereignty") == sovereign.id]
    shown.sort(key=lambda one: (folded(one.name), one.id))
    names = printed_names(session, {one.values["sovereignty"] for one in shown if one.values.get("sovereignty")})
    counts = Counter(one.values.get("status") or "status not on record" for one in shown)
    asked = {"status": params.status, "region": params.region, "bureau": params.bureau}
    values = {**asked, "sovereign": sovereign.name if sovereign else None}
    named = [one.name for one in shown] if len(shown) <= _NAMED else []
    headline = clause("headline", **values, number=len(shown), by_status=dict(sorted(counts.items())), names=named)
    rows = Rows.of(
        sourced(
            GovernmentRow,
            one.values,
            about=one.subject,
            sovereignty_name=names.get(one.values.get("sovereignty") or ""),
        )
        for one in shown
    )
    return Result.of([headline], rows)


GOVERNMENTS = Question.of(
    governments,
    title="Which governments are there, of this status, region or bureau, or belonging to this State?",
    names={"party": ("Government",)},
    example={"status": "dependency"},
    columns=("name", "status", "sovereignty_name", "region", "bureau", "capital", "evidence"),
)
