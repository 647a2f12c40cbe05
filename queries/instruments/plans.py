"""Which plans and strategies a government or a body has, and which national bodies and posts coordinate them."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from iga.graph.domain.instruments import NationalActionPlan, Strategy
from iga.graph.domain.values import first_day, last_day
from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, filter_on, fits, named, of, option, sourced
from iga.queries.core.compiled import Everything, P, all_of
from iga.queries.core.days import Passed, held_on, latest, passed
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, conflicts, refs
from iga.queries.core.reads import BODIES_OF_GOVERNMENT, PARTS_OF, POSTS_IN
from iga.queries.core.rows import Rows
from iga.queries.instruments.reads import COVERED_BY_TOPIC, PLANS_OF_GOVERNMENTS, STRATEGIES_OF

ALL_PLANS = all_of(NationalActionPlan)
_TOPIC = "topic:trafficking-in-persons"
# Four roles of a government's own, often in four offices.
_ROLES = ("coordinator", "rapporteur", "focal point")
# As many plans can be read aloud; the others are rows.
_TOLD = 3


class PlansParams(Params):
    """What `plans` is asked with."""

    party: str | None = option("The government or body; the plans of all governments if left out.", "Ghana")
    status: str | None = filter_on(NationalActionPlan, "status")


class PlanRow(PartyRow):
    """One plan or strategy, or one body or post of the government that coordinates."""

    part: Literal["plan", "strategy", "body", "post"] = Field(description="What the row is of.")
    what: str = Field(description="Id of the plan, strategy, body or post.")
    what_name: str = Field(description="Name of the plan, strategy, body or post.")
    role: str | None = column("Of a body or post: committee, coordinator, rapporteur …")
    status: str | None = of(NationalActionPlan, "status")
    as_stated_on: str | None = column("Day the status is of, or on which a body was seen.")
    start: str | None = of(NationalActionPlan, "period", "start")
    end: str | None = of(NationalActionPlan, "period", "end")
    in_period: Passed | None = column("Whether the day falls in the period of a plan.")
    owner: str | None = of(NationalActionPlan, "owner")
    budget_note: str | None = of(NationalActionPlan, "budget_note")
    region: str | None = of(Strategy, "region")


def plans(request: Request[PlansParams]) -> Result[PlanRow]:
    """List plans against trafficking and strategies, newest first, then bodies and posts by name; ended ones too.

    A plan is held *yes* where the day lies in its period and its source calls it adopted or in force; otherwise
    *unknown*, as a later plan may have taken its place or an older one may go on.
    """
    party = request.maybe("party")
    if party is None:
        return _of_all(request)
    of_party = OfIds(ids=(party.id,))
    own = _plans(request, PLANS_OF_GOVERNMENTS, of_party)
    plans = Rows(tuple(_of_plan(request, plan, party) for plan in own))
    other = _plans(request, STRATEGIES_OF, of_party)
    strategies = Rows(tuple(_of_plan(request, it, party, part="strategy") for it in other))
    is_government = party.cls == "Government"
    coordinating = _bodies(request) if is_government and not request.params.status else []
    bodies = Rows(tuple(_of_body(request, edge) for edge in coordinating))
    none = caveat("unknown", "no-plan-in-force", clause="headline", government=party.name)
    caveats = (none,) if is_government and not plans.where(held="yes") else ()
    return Result.of(_clauses(party.name, plans, strategies, bodies), plans + strategies + bodies, caveats)


def _clauses(
    government: str, plans: Rows[PlanRow], strategies: Rows[PlanRow], bodies: Rows[PlanRow]
) -> Iterator[SourcedClause]:
    """Say which plan is in force, then how the newest plans and strategies stand, and who coordinates them."""
    standing, newest = [row.what_name for row in plans.where(held="yes")], next((row.what_name for row in plans), None)
    values = {"government": government, "in_force": standing, "plans": len(plans), "newest": newest}
    yield clause("headline", **values, strategies=len(strategies))
    for known in (*plans.first(_TOLD).each(), *strategies.first(_TOLD).each()):
        stated = known.told("status", "in_period", name="what_name", stated_on="as_stated_on")
        yield known.clause("plan", **stated[0])
    if bodies:
        yield clause("coordinators", names=[row.what_name for row in bodies])


def _of_all(request: Request[PlansParams]) -> Result[PlanRow]:
    """List the plans of all governments that are known by the day, by the name of the government, newest first."""
    plans = _plans(request, ALL_PLANS, Everything())
    governments = entities(request.session, filter(None, (plan.values.get("government") for plan in plans)))
    owned = [(plan, governments.get(plan.values.get("government", ""))) for plan in plans]
    every = (_of_plan(request, plan, government.subject) for plan, government in owned if government)
    rows = Rows.of(every, lambda row: folded(row.name))
    values = {
        "status": request.params.status,
        "plans": len(rows),
        "governments": len(rows.values("id")),
        "in_force": len(rows.where(held="yes")),
        "ended": len(rows.where(in_period="no")),
    }
    return Result.of((clause("all", **values),), rows, (caveat("partial", "not-listed", clause="all"),))


def _plans(request: Request[PlansParams], query: Query[P, Entity], params: P) -> list[Entity]:
    """Return the plans known by the day, and of the status asked for, newest first."""
    plans = [plan for plan in request.session.read(query, params) if fits(request.params, plan.values)]
    plans = [plan for plan in plans if is_known(plan, request.day)]
    plans.sort(key=lambda plan: (folded(plan.name), plan.id))
    return sorted(plans, key=lambda plan: plan.values.get("period_start") or "", reverse=True)


def is_known(plan: Entity, day: str) -> bool:
    """True if a plan may have been known on a day."""
    return passed(_first_stated(plan), on=day) != "no"


def in_force(plan: Mapping[str, Any], day: str) -> Passed:
    """Say whether a plan was in force on a day: in its period, where its source calls it adopted or in force."""
    return in_period(plan, day) if plan.get("status") not in ("draft", "ended", None) else "unknown"


def _first_stated(plan: Entity) -> str | None:
    """Return the day from which a plan is known, as far as known: of adoption, of its status, or its first."""
    days = filter(None, map(plan.values.get, ("adopted_on", "status_on", "period_start")))
    return min(days, key=first_day, default=None)


def _bodies(request: Request[PlansParams]) -> list[FullEdgeRow]:
    """Return what of a government deals with trafficking as a whole, and its national posts, by name."""
    session, government = request.session, request.one("party").id
    of = OfIds(ids=(government,))
    own = [body.id for body in session.read(BODIES_OF_GOVERNMENT, of)]
    posts = session.read(POSTS_IN, OfIds(ids=(government, *own)))
    national = [edge for edge in posts if edge.values.get("role") in _ROLES]
    dealing = {edge.id for edge in session.read(COVERED_BY_TOPIC, OfIds(ids=(_TOPIC,)))}
    parts = [edge for edge in session.read(PARTS_OF, of) if edge.id in dealing or edge.cls == "Forum"]
    chosen = {edge.id: edge for edge in by_name([*national, *parts])}
    return [edge for edge in chosen.values() if edge.held(request.day) != "no"]


def _of_plan(
    request: Request[PlansParams], plan: Entity, party: Subject, *, part: Literal["plan", "strategy"] = "plan"
) -> SourcedRow[PlanRow]:
    return sourced(
        PlanRow,
        plan.values,
        about=party,
        held=in_force(plan.values, request.day),
        day=request.day,
        what=plan,
        part=part,
        as_stated_on=plan.values.get("status_on"),
        in_period=in_period(plan.values, request.day),
    )


def in_period(plan: Mapping[str, Any], day: str) -> Passed:
    """Return whether a day lies in a plan's period; one of years, such as 2022-2026, is of whole years."""
    start, end = plan.get("period_start"), plan.get("period_end")
    if start and end:
        return "yes" if first_day(start) <= day <= last_day(end) else "no"
    return held_on(plan, day=day)


def _of_body(request: Request[PlansParams], edge: FullEdgeRow) -> SourcedRow[PlanRow]:
    row = PlanRow(
        **request.one("party").model_dump(),
        **named("what", edge),
        held="yes" if edge.held(request.day) == "yes" else "unknown",
        conflicts=conflicts(edge.values, edge.properties),
        part="post" if edge.cls == "Post" else "body",
        role=next(filter(None, map(edge.values.get, ("role", "body_kind", "forum_kind"))), None),
        as_stated_on=latest(edge.properties.get("attested_on"), on=request.day),
    )
    return SourcedRow(row, refs(edge.properties, edge.values))


PLANS = Question.of(
    plans,
    title="Which plans and strategies does this government or body have, who coordinates them; or which have all?",
    names={"party": ("Party",)},
    example={"party": "Ghana"},
    columns=(
        *("name", "part", "what_name", "role", "status", "as_stated_on"),
        *("start", "end", "region", "in_period", "held", "evidence"),
    ),
)
