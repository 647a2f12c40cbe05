"""Which national plans against trafficking a government has, and which bodies and posts coordinate them."""

from typing import Literal

from pydantic import Field

from graph.domain.instruments import NationalActionPlan
from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow
from queries.core.clauses import clause, resting_on
from queries.core.columns import copied, of
from queries.core.days import Passed, held_on, latest, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import BODIES_OF_GOVERNMENT, PARTS_OF, POSTS_IN
from queries.instruments.reads import COVERED_BY_TOPIC, PLANS_OF_GOVERNMENTS

_TOPIC = "topic:trafficking-in-persons"
# Four roles of a government's own, often in four offices.
_ROLES = ("coordinator", "rapporteur", "focal point")
# As many plans can be read aloud; the others are rows.
_TOLD = 3


class PlansParams(Params):
    """What `plans` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])


class PlanRow(PartyRow):
    """One plan of the government, or one body or post of it that coordinates."""

    part: Literal["plan", "body", "post"] = Field(description="Whether the row is of a plan, a body or a post.")
    what: str = Field(description="Id of the plan, body or post.")
    what_name: str = Field(description="Name of the plan, body or post.")
    role: str | None = Field(default=None, description="Of a body or post: committee, coordinator, rapporteur …")
    status: str | None = of(NationalActionPlan, "status")
    as_stated_on: str | None = Field(default=None, description="Day the status is of, or on which a body was seen.")
    start: str | None = of(NationalActionPlan, "period", "start")
    end: str | None = of(NationalActionPlan, "period", "end")
    in_period: Passed | None = Field(default=None, description="Whether the day falls in the period of a plan.")
    owner: str | None = of(NationalActionPlan, "owner")
    budget_note: str | None = of(NationalActionPlan, "budget_note")


def plans(request: Request[PlansParams]) -> Result[PlanRow]:
    """List plans, newest first, then bodies and posts by name; ended plans too, with what is known of them.

    A plan is held *yes* where the day lies in its period and its source calls it adopted or in force; otherwise
    *unknown*, as a later plan may have taken its place or an older one may go on.
    """
    government = request.one("party").name
    of_plans = [_of_plan(request, plan) for plan in _plans(request)]
    of_bodies = [_of_body(request, edge) for edge in _bodies(request)]
    in_force = [sourced.row.what_name for sourced in of_plans if sourced.row.held == "yes"]
    clauses = [clause("headline", government=government, in_force=in_force, plans=len(of_plans))]
    for sourced in of_plans[:_TOLD]:
        row = sourced.row
        values = {"name": row.what_name, "status": row.status, "stated_on": row.as_stated_on}
        clauses.append(resting_on([sourced.refs], "plan", **values, in_period=row.in_period))
    if of_bodies:
        clauses.append(clause("coordinators", names=[sourced.row.what_name for sourced in of_bodies]))
    text = f"No plan on record is known to be in force in {government} on the day; there may be one."
    return Result(
        clauses=tuple(clauses),
        rows=(*of_plans, *of_bodies),
        caveats=() if in_force else (Caveat(kind="unknown", text=text, clause="headline"),),
    )


def _plans(request: Request[PlansParams]) -> list[Entity]:
    """Return the plans known by the day, newest first."""
    found = request.session.read(PLANS_OF_GOVERNMENTS, OfIds(ids=(request.one("party").id,)))
    known = [plan for plan in found if passed(_first_stated(plan), on=request.day) != "no"]
    known.sort(key=lambda plan: (folded(plan.name), plan.id))
    return sorted(known, key=lambda plan: plan.values.get("period_start") or "", reverse=True)


def _first_stated(plan: Entity) -> str | None:
    """Return the day from which a plan is known, as far as known: of adoption, of its status, or its first."""
    said = plan.values
    stated = [day for day in (said.get("adopted_on"), said.get("status_on"), said.get("period_start")) if day]
    return min(stated, key=first_day, default=None)


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


def _of_plan(request: Request[PlansParams], plan: Entity) -> SourcedRow[PlanRow]:
    said = plan.values
    in_period = held_on(said, day=request.day)
    is_adopted = said.get("status") not in ("draft", "ended", None)
    row = PlanRow(
        held="yes" if in_period == "yes" and is_adopted else "unknown",
        conflicts=conflicts(said),
        part="plan",
        what=plan.id,
        what_name=plan.name,
        as_stated_on=said.get("status_on"),
        in_period=in_period,
        **request.one("party").model_dump(),
        **copied(PlanRow, said, day=request.day),
    )
    return SourcedRow(row, refs(said))


def _of_body(request: Request[PlansParams], edge: FullEdgeRow) -> SourcedRow[PlanRow]:
    said = edge.values
    row = PlanRow(
        held="yes" if edge.held(request.day) == "yes" else "unknown",
        conflicts=conflicts(said, edge.properties),
        part="post" if edge.cls == "Post" else "body",
        what=edge.id,
        what_name=edge.name,
        role=said.get("role") or said.get("body_kind") or said.get("forum_kind"),
        as_stated_on=latest(edge.properties.get("attested_on"), on=request.day),
        **request.one("party").model_dump(),
    )
    return SourcedRow(row, refs(edge.properties, said))


PLANS = Question(
    name="plans",
    title="Which national plan against trafficking does this government have, and who coordinates it?",
    params=PlansParams,
    row=PlanRow,
    function=plans,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("part", "what_name", "role", "status", "as_stated_on", "start", "end", "in_period", "held", "evidence"),
)
