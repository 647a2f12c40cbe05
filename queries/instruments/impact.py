"""What the end of something touches: a body we leave, an award terminated, an agreement or mandate that ends."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.catalog import fits
from graph.domain.edges import BODIES
from graph.domain.values import first_day
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.days import Passed, stretch
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, OUR_SIDE_OF, PARTIES_TO, OurEdgeRow
from queries.core.wording import listed
from queries.instruments.touch_rules import GROUPS, Group
from queries.instruments.touched import Touched, touched_by

_OURS = "gov:usa"
# A page holds about ten lines of a group; the count stands before them.
_SHOWN = 10
_BY_STANDING: Mapping[str | None, int] = {"primary": 0, None: 1, "backup": 2}
# Whose relationship with us is looked up: those next to what ends, not every party of a treaty.
_MOST_PARTIES = 60
_TOLD_OF: tuple[Group, ...] = (
    "organs", "recipients and implementers", "sub-awards", "funders", "places", "parties", "groups",
)  # fmt: skip


class ImpactParams(Params):
    """What `impact` is asked with."""

    party: str | None = Field(default=None, description="The body we leave, or the post that ends.", examples=["OSCE"])
    award: str | None = Field(
        default=None, description="The award that is terminated.", examples=["Compact award to the ILO, Peru"]
    )
    agreement: str | None = Field(
        default=None, description="The agreement or compact that ends.",
        examples=["Child Protection Compact Partnership with Peru"],
    )  # fmt: skip


class ImpactRow(AnswerRow):
    """One thing that is touched, with the way that leads to it."""

    ending: str = Field(description="Id of what ends.")
    ending_name: str = Field(description="Its name.")
    group: Group = Field(description="What sort of thing is touched.")
    group_count: int = Field(description="Number of things in the group, of which the nearest ten are rows.")
    what: str = Field(description="Id of what is touched.")
    what_name: str = Field(description="Its name.")
    what_class: str = Field(description="Its class.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    why: str = Field(description="Why it is touched: the way back to what ends.")
    steps: int = Field(description="How many relationships away it is.")
    says: str | None = Field(default=None, description="Status, amount or day of it, in words; amounts are not added.")


def impact(request: Request[ImpactParams]) -> Result:
    """List what the end of a body's membership, an award or an agreement touches, by group, nearest first.

    Where several are given, each is told for itself, in that order.

    Raises:
        UsageError: None of party, award and agreement is given.
    """
    named = [request.maybe(parameter) for parameter in ("party", "award", "agreement")]
    endings = [subject for subject in named if subject]
    if not endings:
        raise UsageError(
            "impact needs party, a body we leave, award, one that is terminated, or agreement, one that ends"
        )
    found = [_impact_of(request, ending) for ending in endings]
    return Result(
        sentence=". ".join(each.sentence for each in found),
        rows=tuple(draft for each in found for draft in each.rows),
        caveats=tuple(doubt for each in found for doubt in each.caveats),
        refs=tuple(ref for each in found for ref in each.refs),
        total=Total(value=sum(each.total.value for each in found if each.total)),
    )


def _impact_of(request: Request[ImpactParams], ending: Subject) -> Result:
    touched = touched_by(request.session, ending, day=request.day)
    people = _people(request, ending, touched)
    groups = {group: [each for each in (*touched, *people) if each.group == group] for group in GROUPS}
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(ending.id,)))[0]
    steps, step_refs = _steps(request, card)
    return Result(
        sentence=f"{ending.name}: {steps}; {_counts(groups)}",
        rows=tuple(_draft(ending, group, each, len(of)) for group, of in groups.items() for each in of[:_SHOWN]),
        caveats=tuple(_caveats(ending, groups)),
        refs=(*refs(card.values), *step_refs),
        total=Total(value=sum(len(of) for of in groups.values())),
    )


def _steps(request: Request[ImpactParams], card: Entity) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Say how far the end is: announced, notified, effective; and what says so."""
    of, session = OfIds(ids=(card.id,)), request.session
    if card.cls == "Award":
        return _of_award(card.values), ()
    ours: list[EdgeRow] = [
        edge for edge in (*session.read(MEMBERS_OF, of), *session.read(PARTIES_TO, of)) if edge.id == _OURS
    ]
    if not ours:
        end = stretch(card.values) or stretch(card.values, field="mandate_period")
        held = f"its period is {end}" if end else "no end of it is held"
        return f"no membership or bond of the United States is held; {held}", ()
    said: dict[str, Any] = {}
    for edge in ours:
        said |= {name: value for name, value in edge.properties.items() if value is not None}
    left = said.get("withdrawn_on") or (said.get("status_on") if said.get("status") == "withdrawn" else None)
    announced, notified = said.get("withdrawal_announced_on"), said.get("withdrawal_notified_on")
    days = {"announced": announced, "notified": notified, "effective": left}
    if not _is_begun(announced or notified or left, day=request.day):
        end = stretch(card.values)
        return f"no withdrawal of the United States is held{f'; its period is {end}' if end else ''}", refs(
            ours[0].properties
        )
    told = [f"{step} {day}" for step, day in days.items() if day]
    lacking = [_WHEN[step] for step, day in days.items() if not day]
    no_day = f"; when it {' and '.join(lacking)} is not held" if lacking else ""
    return f"withdrawal of the United States {', '.join(told)}{no_day}", refs(*(edge.properties for edge in ours))


_WHEN = {"announced": "was announced", "notified": "was notified", "effective": "takes effect"}


def _is_begun(first: str | None, *, day: str) -> bool:
    """Say whether the first known step of a withdrawal may have been taken by a day."""
    return bool(first) and first_day(str(first)) <= day


def _of_award(said: Mapping[str, Any]) -> str:
    status, period = said.get("status") or "status not stated", stretch(said) or "period not held"
    amended = [line for line in said.get("amendments") or () if "terminat" in folded(line)]
    words = f"{status}, {period}"
    return f"{words}; {f'by amendment {listed(amended)}' if amended else 'no amendment that terminates it is held'}"


def _people(request: Request[ImpactParams], ending: Subject, touched: Sequence[Touched]) -> list[Touched]:
    """Return our posts and offices that own the relationship with, or deal with, what is touched; owners first."""
    parties = [ending, *(each.what for each in touched if each.group in _TOLD_OF)]
    near = {party.id: party for party in parties[:_MOST_PARTIES]}
    edges: list[OurEdgeRow] = [
        edge
        for edge in request.session.read(OUR_SIDE_OF, OfIds(ids=tuple(sorted(near))))
        if edge.held(request.day) != "no"
    ]
    edges = sorted(
        by_name(edges),
        key=lambda edge: (edge.type != "OWNS_RELATIONSHIP", _BY_STANDING[edge.properties.get("standing")]),
    )
    holders = grouped(request.session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in edges})))))
    found: dict[str, Touched] = {}
    for edge in edges:
        whom = near[edge.subject].name
        why = f"owns the relationship with {whom} ({edge.properties.get('standing') or 'standing not stated'})"
        why = why if edge.type == "OWNS_RELATIONSHIP" else f"deals with {whom}"
        values = {**edge.values, "holder": _holder(holders.get(edge.id, ()), request.day)}
        found.setdefault(
            edge.id,
            Touched("people to tell", edge.other, values, why, 1, edge.held(request.day), refs(edge.properties)),
        )
    return list(found.values())


def _holder(terms: Sequence[EdgeRow], day: str) -> str:
    on_the_day = [edge.name for edge in by_name(terms) if edge.held(day) != "no"]
    return f"held by {listed(on_the_day)}" if on_the_day else ""


def _draft(ending: Subject, group: Group, each: Touched, count: int) -> SourcedRow:
    row = ImpactRow(
        held=_held(each.held),
        conflicts=conflicts(each.values),
        ending=ending.id,
        ending_name=ending.name,
        group=group,
        group_count=count,
        what=each.what.id,
        what_name=each.what.name,
        what_class=each.what.cls,
        iso3=each.what.iso3,
        why=each.why,
        steps=each.steps,
        says=_says(each.what, each.values) or None,
    )
    return SourcedRow(row, each.refs or refs(each.values), dated_by=refs(each.values))


def _held(state: Passed) -> Any:
    return "yes" if state == "yes" else "unknown"


_AMOUNTS = ("money", "total_obligated", "total_outlaid", "stated_total")


def _says(what: Subject, values: Mapping[str, Any]) -> str:
    """Return status, days and each amount with its measure; of a party, who holds it."""
    if fits(what.cls, ("Party", "Post")):
        return values.get("holder") or ""
    amounts = [
        f"{values[f'{name}_currency']} {values[f'{name}_amount']} ({values.get(f'{name}_measure')})"
        for name in _AMOUNTS
        if values.get(f"{name}_amount")
    ]
    due = f"due {values['due_on']}" if values.get("due_on") else values.get("recurrence")
    words = (values.get("status"), values.get("stage"), values.get("in_kind"), values.get("holder"))
    return ", ".join(filter(None, (*words, *amounts, due, stretch(values), values.get("target"))))


def _counts(groups: Mapping[Group, Sequence[Touched]]) -> str:
    apart = ("people to tell", "our membership")
    told = [f"{group}: {len(of)}" for group, of in groups.items() if of and group not in apart]
    people = [each.what.name for each in groups["people to tell"]]
    first = f"it touches {', '.join(told)}" if told else "nothing is held that it touches"
    return first + (f"; people to tell: {listed(people, most=4)}" if people else "; no owner of ours is held to tell")


def _caveats(ending: Subject, groups: Mapping[Group, Sequence[Touched]]) -> Iterator[Caveat]:
    bare = [group for group in _LOOKED_FOR if not groups[group]]
    if bare:
        text = f"Nothing is held of {ending.name} under {listed(bare, most=len(bare))}; there may be some."
        yield Caveat(kind="unknown", text=text)
    cut = [f"{group} ({len(of)})" for group, of in groups.items() if len(of) > _SHOWN]
    if cut:
        text = f"Only the nearest {_SHOWN} of a group are shown: {listed(cut, most=len(cut))}."
        yield Caveat(kind="partial", text=text)


_LOOKED_FOR: tuple[Group, ...] = ("people to tell", "meetings ahead", "money running", "promises", "duties")

IMPACT = Question(
    name="impact",
    title="What does it touch if we leave this body, or this award or agreement ends?",
    params=ImpactParams,
    row=ImpactRow,
    function=impact,
    names={"party": (*BODIES, "Post"), "award": ("Award",), "agreement": ("Agreement",)},
    example={"party": "UN Women"},
    columns=("group", "what_name", "why", "says", "held", "confidence", "evidence"),
)
