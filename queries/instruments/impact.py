"""What the end of something touches: a body we leave, an award terminated, an agreement or mandate that ends."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import first_day
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, option
from iga.queries.core.holders import NO_POST, holder_of
from iga.queries.core.leaving import left_on
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import Entity, OfIds, by_name, conflicts, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, OUR_SIDE_OF, PARTIES_TO
from iga.queries.instruments.bonds import short_title
from iga.queries.instruments.touched import GROUPS, Group, Touched, touched_by

# A page holds about ten lines of a group; the count stands before them.
_SHOWN = 10
_BY_STANDING: Mapping[str | None, int] = {"primary": 0, None: 1, "backup": 2}
# Whose relationship with us is looked up: those next to what ends, not every party of a treaty.
_MOST_PARTIES = 60
_TOLD_OF: tuple[Group, ...] = (
    *("organs", "recipients and implementers", "sub-awards", "funders"),
    *("places", "parties", "groups"),
)
_LOOKED_FOR: tuple[Group, ...] = ("people to tell", "meetings ahead", "money running", "promises", "duties")


class ImpactParams(Params):
    """What `impact` is asked with."""

    party: str | None = option("The body we leave, or the post that ends.", "OSCE")
    award: str | None = option("The award that is terminated.", "Compact award to the ILO, Peru")
    agreement: str | None = option(
        "The agreement or compact that ends.", "Child Protection Compact Partnership with Peru"
    )


class ImpactRow(AnswerRow):
    """One thing that is touched, with the way that leads to it."""

    ending: str = Field(description="Id of what ends.")
    ending_name: str = Field(description="Its name.")
    group: Group = Field(description="What sort of thing is touched.")
    group_count: int = Field(description="Number of things in the group, of which the nearest ten are rows.")
    what: str = Field(description="Id of what is touched.")
    what_name: str = Field(description="Its name.")
    what_class: str = Field(description="Its class.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    why: str = Field(description="Why it is touched: the way back to what ends.")
    steps: int = Field(description="How many relationships away it is.")
    says: str | None = column("Status, amount or day of it, in words; amounts are not added.")


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
    ids = OfIds(ids=tuple(ending.id for ending in endings))
    cards = {card.id: card for card in request.session.read(ENTITIES_BY_ID, ids)}
    touched = [(ending, _groups(request, ending)) for ending in endings]
    clauses = [clause for ending, groups in touched for clause in _clauses(request, cards[ending.id], groups)]
    rests_on = (*refs(*(card.values for card in cards.values())), *(ref for one in clauses for ref in one.refs or ()))
    return Result(
        clauses=tuple(clauses),
        rows=tuple(
            _row(ending, group, one, len(alike))
            for ending, groups in touched
            for group, alike in groups.items()
            for one in alike[:_SHOWN]
        ),
        caveats=tuple(doubt for ending, groups in touched for doubt in _caveats(ending, groups)),
        refs=rests_on,
        total=Total(value=sum(len(alike) for _, groups in touched for alike in groups.values())),
    )


def _groups(request: Request[ImpactParams], ending: Subject) -> dict[Group, list[Touched]]:
    touched = touched_by(request.session, ending, day=request.day)
    everything = [*touched, *_people(request, ending, touched)]
    return {group: [one for one in everything if one.group == group] for group in GROUPS}


def _clauses(
    request: Request[ImpactParams], card: Entity, groups: Mapping[Group, Sequence[Touched]]
) -> Iterator[SourcedClause]:
    """Say how much it touches, how far the end is, and whom to tell."""
    apart = ("people to tell", "our membership")
    counts = {group: len(alike) for group, alike in groups.items() if alike and group not in apart}
    name, is_body = short_title(card.name, card.values), not fits(card.cls, ("Award", "Agreement", "Post"))
    yield clause("headline", ending=name, is_body=is_body, by_group=counts)
    yield _how_far(request, card)
    yield clause("people-to-tell", names=[one.what.name for one in groups["people to tell"]])


def _how_far(request: Request[ImpactParams], card: Entity) -> SourcedClause:
    """Say how far the end is: announced, notified, effective; and what says so."""
    stated, period = card.values, _period(card.values)
    if card.cls == "Award":
        amended = [line for line in stated.get("amendments") or () if "terminat" in folded(line)]
        return clause("award", stated, status=stated.get("status"), period=period, amendments=amended)
    of, session = OfIds(ids=(card.id,)), request.session
    edges = (*session.read(MEMBERS_OF, of), *session.read(PARTIES_TO, of))
    ours = [edge.properties for edge in edges if edge.id == session.home.government]
    bond = {name: value for properties in ours for name, value in properties.items() if value is not None}
    left = left_on(bond)
    announced, notified = bond.get("withdrawal_announced_on"), bond.get("withdrawal_notified_on")
    if (first := announced or notified or left) and first_day(first) <= request.day:
        days = {"announced_on": announced, "notified_on": notified, "effective_on": left}
        return clause("withdrawal", *ours, **days)
    if not ours and not any(period.values()):
        period = _period(stated, "mandate_period")
    return clause("no-withdrawal", *(ours[:1] or [stated]), is_bound=bool(ours), period=period)


def _period(values: Mapping[str, Any], field: str = "period") -> dict[str, Any]:
    return {end: values.get(f"{field}_{end}") for end in ("start", "end")}


def _people(request: Request[ImpactParams], ending: Subject, touched: Sequence[Touched]) -> list[Touched]:
    """Return our posts and offices that own the relationship with, or deal with, what is touched; owners first."""
    session, day = request.session, request.day
    parties = [ending, *(one.what for one in touched if one.group in _TOLD_OF)]
    near = {party.id: party.name for party in parties[:_MOST_PARTIES]}
    ours = by_name(edge for edge in session.read(OUR_SIDE_OF, OfIds(ids=tuple(sorted(near)))) if edge.held(day) != "no")
    ours.sort(key=lambda edge: (edge.type != "OWNS_RELATIONSHIP", _BY_STANDING[edge.properties.get("standing")]))
    holders = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in ours})))))
    people: dict[str, Touched] = {}
    for edge in ours:
        whom, standing = near[edge.subject], edge.properties.get("standing") or "standing not stated"
        owns = edge.type == "OWNS_RELATIONSHIP"
        why = f"owns the relationship with {whom} ({standing})" if owns else f"deals with {whom}"
        held_by = holder_of(edge.values, holders.get(edge.id, ()), day=day) if edge.cls == "Post" else NO_POST
        values = {**edge.values, "holder": held_by.in_words if held_by.person else ""}
        one = Touched("people to tell", edge.other, values, why, 1, edge.held(day), refs(edge.properties))
        people.setdefault(edge.id, one)
    return list(people.values())


def _row(ending: Subject, group: Group, one: Touched, count: int) -> SourcedRow[ImpactRow]:
    row = ImpactRow(
        **named("ending", ending),
        **named("what", one.what),
        held="yes" if one.held == "yes" else "unknown",
        conflicts=conflicts(one.values),
        group=group,
        group_count=count,
        what_class=one.what.cls,
        iso3=one.what.iso3,
        why=one.why,
        steps=one.steps,
        says=_says(one.what, one.values) or None,
    )
    return SourcedRow(row, one.refs or refs(one.values), dated_by=refs(one.values))


def _says(what: Subject, values: Mapping[str, Any]) -> str:
    """Return status, days and each amount with its measure; of a party, who holds it."""
    if fits(what.cls, ("Party", "Post")):
        return values.get("holder") or ""
    amounts = [
        {part: values.get(f"{name}_{part}") for part in ("amount", "currency", "measure")}
        for name in ("money", "total_obligated", "total_outlaid", "stated_total")
        if values.get(f"{name}_amount")
    ]
    stated = [word for name in ("status", "stage", "in_kind", "holder") if (word := values.get(name))]
    due = {name: values.get(name) for name in ("due_on", "recurrence", "target")}
    words = {"stated": stated, "amounts": amounts, "period": _period(values), **due}
    return worded(__package__, "impact", "row-says", words)


def _caveats(ending: Subject, groups: Mapping[Group, Sequence[Touched]]) -> Iterator[UnwordedCaveat]:
    if bare := [group for group in _LOOKED_FOR if not groups[group]]:
        yield caveat("unknown", "nothing-under", clause="headline", name=ending.name, groups=bare)
    if cut := [f"{group} ({len(alike)})" for group, alike in groups.items() if len(alike) > _SHOWN]:
        yield caveat("partial", "only-nearest", most=_SHOWN, groups=cut)


IMPACT = Question.of(
    impact,
    title="What does it touch if we leave this body, or this award or agreement ends?",
    names={"party": (*BODIES, "Post"), "award": ("Award",), "agreement": ("Agreement",)},
    example={"party": "UN Women"},
    any_of=("party", "award", "agreement"),
    columns=("group", "what_name", "why", "says", "held", "confidence", "evidence"),
)
