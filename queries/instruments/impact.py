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
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, OUR_SIDE_OF, PARTIES_TO, OurEdgeRow
from queries.core.wording import listed
from queries.instruments.bonds import short_title
from queries.instruments.touch_rules import GROUPS, Group
from queries.instruments.touched import Touched, touched_by

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


def impact(request: Request[ImpactParams]) -> Result[ImpactRow]:
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
    cards = {
        card.id: card for card in request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(one.id for one in endings)))
    }
    touched = [(ending, _groups(request, ending)) for ending in endings]
    clauses = [said for ending, groups in touched for said in _clauses(request, cards[ending.id], groups)]
    return Result(
        clauses=tuple(clauses),
        rows=tuple(
            _row(ending, group, each, len(alike))
            for ending, groups in touched
            for group, alike in groups.items()
            for each in alike[:_SHOWN]
        ),
        caveats=tuple(doubt for ending, groups in touched for doubt in _caveats(ending, groups)),
        refs=(*refs(*(card.values for card in cards.values())), *(ref for said in clauses for ref in said.refs or ())),
        total=Total(value=sum(len(alike) for _, groups in touched for alike in groups.values())),
    )


def _groups(request: Request[ImpactParams], ending: Subject) -> dict[Group, list[Touched]]:
    touched = touched_by(request.session, ending, day=request.day)
    everything = [*touched, *_people(request, ending, touched)]
    return {group: [each for each in everything if each.group == group] for group in GROUPS}


def _clauses(
    request: Request[ImpactParams], card: Entity, groups: Mapping[Group, Sequence[Touched]]
) -> Iterator[SourcedClause]:
    """Say how much it touches, how far the end is, and whom to tell."""
    apart = ("people to tell", "our membership")
    counts = {group: len(alike) for group, alike in groups.items() if alike and group not in apart}
    yield clause("headline", ending=short_title(card.name, card.values), number=sum(counts.values()))
    yield _how_far(request, card)
    if counts:
        yield clause("touched", by_group=counts)
    yield clause("people-to-tell", names=[each.what.name for each in groups["people to tell"]])


def _how_far(request: Request[ImpactParams], card: Entity) -> SourcedClause:
    """Say how far the end is: announced, notified, effective; and what says so."""
    said = card.values
    period = {"start": said.get("period_start"), "end": said.get("period_end")}
    if card.cls == "Award":
        amended = [line for line in said.get("amendments") or () if "terminat" in folded(line)]
        return clause("award", said, status=said.get("status"), period=period, amendments=amended)
    of, session = OfIds(ids=(card.id,)), request.session
    edges: list[EdgeRow] = [*session.read(MEMBERS_OF, of), *session.read(PARTIES_TO, of)]
    ours = [edge.properties for edge in edges if edge.id == session.home.government]
    stated = {name: value for one in ours for name, value in one.items() if value is not None}
    left = stated.get("withdrawn_on") or (stated.get("status_on") if stated.get("status") == "withdrawn" else None)
    announced, notified = stated.get("withdrawal_announced_on"), stated.get("withdrawal_notified_on")
    first = announced or notified or left
    if first and first_day(first) <= request.day:
        days = {"announced_on": announced, "notified_on": notified, "effective_on": left}
        return clause("withdrawal", *ours, **days)
    if not ours and not any(period.values()):
        period = {"start": said.get("mandate_period_start"), "end": said.get("mandate_period_end")}
    return clause("no-withdrawal", *(ours[:1] or [said]), is_bound=bool(ours), period=period)


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
    return f"in office: {listed(on_the_day)}" if on_the_day else ""


def _row(ending: Subject, group: Group, each: Touched, count: int) -> SourcedRow[ImpactRow]:
    row = ImpactRow(
        held="yes" if each.held == "yes" else "unknown",
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


_AMOUNTS = ("money", "total_obligated", "total_outlaid", "stated_total")


def _says(what: Subject, values: Mapping[str, Any]) -> str:
    """Return status, days and each amount with its measure; of a party, who holds it."""
    if fits(what.cls, ("Party", "Post")):
        return values.get("holder") or ""
    amounts = [
        {part: values.get(f"{name}_{part}") for part in ("amount", "currency", "measure")}
        for name in _AMOUNTS
        if values.get(f"{name}_amount")
    ]
    stated = [values.get(name) for name in ("status", "stage", "in_kind", "holder")]
    period = {"start": values.get("period_start"), "end": values.get("period_end")}
    due = {"due_on": values.get("due_on"), "recurrence": values.get("recurrence"), "target": values.get("target")}
    words = {"stated": [one for one in stated if one], "amounts": amounts, "period": period, **due}
    return worded(__package__, "impact", "row-says", words)


def _caveats(ending: Subject, groups: Mapping[Group, Sequence[Touched]]) -> Iterator[Caveat]:
    if bare := [group for group in _LOOKED_FOR if not groups[group]]:
        text = f"Nothing is on record of {ending.name} under {listed(bare, most=len(bare))}; there may be some."
        yield Caveat(kind="unknown", text=text, clause="headline")
    if cut := [f"{group} ({len(alike)})" for group, alike in groups.items() if len(alike) > _SHOWN]:
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
