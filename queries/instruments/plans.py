"""Which national plans against trafficking a government has, and which bodies and posts coordinate them."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import Passed, held_on, latest, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import BODIES_OF_GOVERNMENT, PARTS_OF, POSTS_IN
from queries.core.wording import counted, listed
from queries.instruments.reads import COVERED_BY_TOPIC, PLANS_OF_GOVERNMENTS

_TOPIC = "topic:trafficking-in-persons"
# Four roles of a government's own, often in four offices.
_ROLES = ("coordinator", "rapporteur", "focal point")
_NOT_ADOPTED = ("draft",)


class PlansParams(Params):
    """What `plans` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])


class PlanRow(PartyRow):
    """One plan of the government, or one body or post of it that coordinates."""

    part: Literal["plan", "body", "post"] = Field(description="Whether the row is of a plan, a body or a post.")
    what: str = Field(description="Id of the plan, body or post.")
    what_name: str = Field(description="Name of the plan, body or post.")
    role: str | None = Field(default=None, description="Of a body or post: committee, coordinator, rapporteur …")
    status: str | None = Field(default=None, description="Status of a plan as stated: draft, adopted, in force, ended.")
    as_stated_on: str | None = Field(default=None, description="Day the status is of, or on which a body was seen.")
    start: str | None = Field(default=None, description="First day of a plan, possibly partial.")
    end: str | None = Field(default=None, description="Last day of a plan, possibly partial; null is unknown.")
    in_period: Passed | None = Field(default=None, description="Whether the day falls in the period of a plan.")
    owner: str | None = Field(default=None, description="Body that issued a plan, as its source names it.")
    budget_note: str | None = Field(default=None, description="What is said of the money of a plan.")


def plans(request: Request[PlansParams]) -> Result:
    """List plans, newest first, then bodies and posts by name; ended plans too, with what is known of them.

    A plan is held *yes* where the day lies in its period and its source calls it adopted or in force; otherwise
    *unknown*, as a later plan may have taken its place or an older one may go on.
    """
    government = request.one("party")
    found = [plan for plan in _plans(request, government) if passed(_first_stated(plan), on=request.day) != "no"]
    bodies = _bodies(request, government)
    sourced_rows = [_of_plan(plan, government, request.day) for plan in found]
    sourced_rows += [_of_body(edge, government, request.day) for edge in bodies]
    current = [draft.row for draft in sourced_rows if isinstance(draft.row, PlanRow) and draft.row.part == "plan"]
    return Result(
        sentence=_sentence(government, found, bodies, request.day),
        rows=tuple(sourced_rows),
        caveats=_caveats(government, [row for row in current if row.held == "yes"]),
    )


def _plans(request: Request[PlansParams], government: Subject) -> list[Entity]:
    found = request.session.read(PLANS_OF_GOVERNMENTS, OfIds(ids=(government.id,)))
    found.sort(key=lambda plan: (folded(plan.name), plan.id))
    return sorted(found, key=lambda plan: plan.values.get("period_start") or "", reverse=True)


def _first_stated(plan: Entity) -> str | None:
    """Return the day from which a plan is known, as far as known: of adoption, of its status, or its first."""
    said = plan.values
    stated = [day for day in (said.get("adopted_on"), said.get("status_on"), said.get("period_start")) if day]
    return min(stated, key=first_day, default=None)


def _bodies(request: Request[PlansParams], government: Subject) -> list[FullEdgeRow]:
    """Return what of a government deals with trafficking as a whole, and its national posts, by name."""
    session = request.session
    of = OfIds(ids=(government.id,))
    own = [body.id for body in session.read(BODIES_OF_GOVERNMENT, of)]
    posts = session.read(POSTS_IN, OfIds(ids=(government.id, *own)))
    national = [edge for edge in posts if edge.values.get("role") in _ROLES]
    dealing = {edge.id for edge in session.read(COVERED_BY_TOPIC, OfIds(ids=(_TOPIC,)))}
    parts = [edge for edge in session.read(PARTS_OF, of) if edge.id in dealing or edge.cls == "Forum"]
    chosen = {edge.id: edge for edge in by_name([*national, *parts])}
    return [edge for edge in chosen.values() if edge.held(request.day) != "no"]


def _of_plan(plan: Entity, government: Subject, day: str) -> SourcedRow:
    said = plan.values
    in_period = held_on(said, day=day)
    adopted = said.get("status") not in (*_NOT_ADOPTED, "ended", None)
    row = PlanRow(
        held="yes" if in_period == "yes" and adopted else "unknown",
        conflicts=conflicts(said),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        part="plan",
        what=plan.id,
        what_name=plan.name,
        status=said.get("status"),
        as_stated_on=said.get("status_on"),
        start=said.get("period_start"),
        end=said.get("period_end"),
        in_period=in_period,
        owner=said.get("owner"),
        budget_note=said.get("budget_note"),
    )
    return SourcedRow(row, refs(said))


def _of_body(edge: FullEdgeRow, government: Subject, day: str) -> SourcedRow:
    said = edge.values
    row = PlanRow(
        held="yes" if edge.held(day) == "yes" else "unknown",
        conflicts=conflicts(said, edge.properties),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        part="post" if edge.cls == "Post" else "body",
        what=edge.id,
        what_name=edge.name,
        role=said.get("role") or said.get("body_kind") or said.get("forum_kind"),
        as_stated_on=latest(edge.properties.get("attested_on"), on=day),
    )
    return SourcedRow(row, refs(edge.properties, said))


def _sentence(government: Subject, found: Sequence[Entity], bodies: Sequence[FullEdgeRow], day: str) -> str:
    if not found:
        first = f"no plan of {government.name} is held"
    else:
        first = f"{counted(len(found), 'plan')} of {government.name} {'is' if len(found) == 1 else 'are'} held: "
        first += listed([_in_words(plan, day) for plan in found], most=4)
    names = listed([edge.name for edge in bodies], most=4)
    return first + (
        f"; {counted(len(bodies), 'national body or post', 'national bodies and posts')}: {names}" if bodies else ""
    )


def _in_words(plan: Entity, day: str) -> str:
    said = plan.values
    status = f"{said.get('status') or 'status not stated'}"
    status += f" as of {said['status_on']}" if said.get("status_on") else ""
    over = {"no": "its period does not cover the day", "unknown": "whether its period covers the day is not known"}
    remark = over.get(held_on(said, day=day))
    return f"{plan.name} ({status}{f'; {remark}' if remark else ''})"


def _caveats(government: Subject, current: Sequence[PlanRow]) -> tuple[Caveat, ...]:
    if current:
        return ()
    text = f"No plan is held that is known to be in force in {government.name} on the day; there may be one."
    return (Caveat(kind="unknown", text=text),)


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
