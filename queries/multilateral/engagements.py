"""Which meetings, dialogues and démarches a party took part in, a series consists of, or there are of a kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any

from iga.graph.domain.edges import Participated
from iga.graph.domain.values import FIRST_DAY
from iga.graph.domain.work import Engagement, EngagementStatus
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import Passed, stretch
from iga.queries.core.endnotes import CAP
from iga.queries.core.periods import overlaps, stretch_asked
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, ORGANIZERS_OF, THINGS_UNDER, OfType
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.multilateral.engagement_reach import PartTaken, Taken, every_engagement, taken_by
from iga.queries.multilateral.reads import NUMBERS_OF_PARTICIPANTS, PARTICIPANTS_OF

# More names than these say less than their number.
_NAMES = 12
# More than sponsor all side events on record.
_SPONSORS = 5_000
_SPONSOR_ROLES = ("main", "co", "added later")


class EngagementRow(PartyRow):
    """One engagement, and what the party did in it; for a series the party is the series."""

    engagement: str = needed("Id of the engagement.")
    engagement_name: str = needed("Name of the engagement.")
    engagement_kind: str | None = of(Engagement, "engagement_kind")
    status: EngagementStatus | None = of(Engagement, "status")
    start: str | None = of(Engagement, "period", "start")
    end: str | None = of(Engagement, "period", "end")
    hours: str | None = of(Engagement, "hours")
    place: str | None = of(Engagement, "place")
    series: str | None = column("Name of its series, or of the engagement it is a part of.")
    part: PartTaken = needed(
        "What it did: organized, took part, registered; or it belongs to its series, or to this series;"
        " itself where the engagement was asked for; listed where no party was asked for."
    )
    role: str | None = column("Role or capacity.")
    organ: str | None = column("Id of the organ of the party that did so; null if it did itself.")
    organ_name: str | None = column("Name of that organ.")
    on_behalf_of: str | None = of(Participated, "on_behalf_of")
    on_behalf_of_name: str | None = column("Name of the delegation.")
    hosts: tuple[str, ...] = column("Who hosts or organizes it, with the role in brackets.", ())
    sponsors: tuple[str, ...] = column("Who sponsors a side event, main sponsors first, with the role in brackets.", ())
    participants_held: int = column("Number of participants on the list on record; 0 is that there is no list.", 0)
    outcome: str | None = of(Engagement, "outcome")
    work_plan: str | None = column("Period of the work plan agreed there.")
    delivered_on: str | None = column("When a démarche was delivered; null is not delivered.")
    delivered_by: tuple[str, ...] = column("Which posts were to deliver a démarche.", ())
    delivered_to: tuple[str, ...] = column("Who was approached in a démarche.", ())
    response: str | None = column("What was answered to a démarche; null is not on record.")
    documents: tuple[str, ...] = column("Symbols of its documents and numbers of its cables; never their text.", ())


@dataclass(frozen=True)
class EngagementContext:
    """What stands around engagements: who organizes them, documents, names of delegations.

    Participants are counted, and named only where they were approached in a démarche.
    """

    organizers: Mapping[str, Sequence[EdgeRow]] = field(default_factory=dict)
    participants: Mapping[str, int] = field(default_factory=dict)
    approached: Mapping[str, Sequence[FullEdgeRow]] = field(default_factory=dict)
    documents: Mapping[str, Sequence[FullEdgeRow]] = field(default_factory=dict)
    sponsors: Mapping[str, Sequence[FullEdgeRow]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, asked: Sequence[Taken], *, most: int) -> "EngagementContext":
        """Return what stands around some engagements: documents and sponsors of the first, so many of them."""
        ids = OfIds(ids=tuple(sorted({taken.edge.id for taken in asked})))
        if not ids.ids:
            return cls()
        shown = OfIds(ids=tuple(sorted({taken.edge.id for taken in asked[:most]})))
        under = [edge for edge in session.read(THINGS_UNDER, shown) if edge.cls == "Document"]
        numbers = {row.id: row.count for row in session.read(NUMBERS_OF_PARTICIPANTS, ids)}
        demarches = tuple(sorted({taken.edge.id for taken in asked if is_demarche(taken.edge.values)} & numbers.keys()))
        approached = session.read(PARTICIPANTS_OF, OfIds(ids=demarches)) if demarches else []
        delegations = {taken.edge.properties.get("on_behalf_of") for taken in asked[:most]} - {None}
        return cls(
            grouped(by_name(session.read(ORGANIZERS_OF, OfIds(ids=tuple(sorted({*shown.ids, *demarches})))))),
            numbers,
            grouped(by_name(approached)),
            grouped(under),
            grouped(by_name(session.read(EDGES_IN, OfType(ids=shown.ids, type="SPONSORED", limit=_SPONSORS)))),
            printed_names(session, [str(written) for written in delegations]),
        )

    def approached_in(self, edge: FullEdgeRow) -> list[str]:
        """Return the names of those approached in a démarche."""
        return [one.name for one in self.approached.get(edge.id, ())]


def is_demarche(engagement: Mapping[str, Any]) -> bool:
    """True if an engagement is an approach to a government on instruction."""
    return folded(engagement.get("engagement_kind") or "") == "demarche"


def is_coming(edge: FullEdgeRow, day: str) -> bool:
    """True if an engagement is known to begin after a day."""
    return bool((edge.values.get("start_min") or FIRST_DAY) > day)


def row_of(taken: Taken, party: Subject, around: EngagementContext, *, day: str) -> SourcedRow[EngagementRow]:
    """Return the row of one engagement."""
    edge, values, behalf = taken.edge, taken.edge.values, taken.edge.properties.get("on_behalf_of")
    organizers, documents = around.organizers.get(edge.id, ()), around.documents.get(edge.id, ())
    sponsors = sorted(around.sponsors.get(edge.id, ()), key=_sponsor_order)
    happened = values.get("status") == "held" and not is_coming(edge, day)
    return sourced(
        EngagementRow,
        values,
        edge.properties,
        about=party,
        held="yes" if happened and taken.part != "registered" else "unknown",
        day=day,
        dated_by=(*(one.values for one in documents), *(one.properties for one in (*organizers, *sponsors))),
        engagement=edge,
        series=values.get("series") or taken.whole or None,
        part=taken.part,
        role=taken.role,
        organ=taken.by if taken.by.id not in (party.id, edge.id) else None,
        on_behalf_of=behalf,
        on_behalf_of_name=around.names.get(behalf or ""),
        hosts=tuple(map(_with_role, organizers)),
        sponsors=tuple(map(_with_role, sponsors)),
        participants_held=around.participants.get(edge.id, 0),
        work_plan=stretch(values, field="work_plan") or None,
        documents=tuple(sorted(document.values.get("symbol") or document.name for document in documents)),
        **(_delivery(edge, around) if is_demarche(values) else {}),
    )


def _with_role(edge: EdgeRow) -> str:
    return f"{edge.name} ({edge.properties['role']})" if edge.properties.get("role") else edge.name


def _sponsor_order(edge: EdgeRow) -> int:
    role = edge.properties.get("role")
    return _SPONSOR_ROLES.index(role) if role in _SPONSOR_ROLES else len(_SPONSOR_ROLES)


def _delivery(edge: FullEdgeRow, around: EngagementContext) -> dict[str, Any]:
    return {
        "delivered_on": edge.values.get("period_start") if edge.values.get("status") == "held" else None,
        "delivered_by": tuple(one.name for one in around.organizers.get(edge.id, ())),
        "delivered_to": tuple(around.approached_in(edge)[:_NAMES]),
        "response": edge.values.get("response"),
    }


_ONLY_PLANNED = ("planned", "confirmed", "postponed")


class EngagementsParams(Params):
    """What `engagements` is asked with."""

    party: str | None = option("A party, or a series of engagements; all if left out.", "Bali Process Ministerial")
    other: str | None = option("Only engagements of both parties.", "Bali Process")
    kind: str | None = option("Only of this sort: bilat, démarche, conference …", "conference")
    place: str | None = option("Only held or planned here.", "Vienna")
    topic: str | None = option("Only engagements on this topic.", "THB")
    role: str | None = option("Only in this role or capacity, such as host.", "host")
    status: EngagementStatus | None = option("Only engagements that stand so.", "held")
    since: str | None = option("First day of the period, possibly partial.", "2020")
    until: str | None = option("Last day of the period, possibly partial.", "2025")


def engagements(request: Request[EngagementsParams]) -> Result[EngagementRow]:
    """List engagements, latest first, undated ones last; where the party is known not to have come, none.

    A body's engagements are also those of its organs and of the series that it or they organize; a government's also
    those of its public bodies and posts, and of who came on its behalf. ``held`` is *yes* where a source says that it
    took place with the party, *unknown* where the party only registered or the engagement had not happened by the day.

    Raises:
        UsageError: Nothing says which engagements are asked for, or another party is named without the first.
    """
    everything = _taken(request)
    asked = [taken for taken in everything if _is_asked(request, taken)]
    asked.sort(key=lambda taken: (folded(taken.edge.name), taken.edge.id, taken.edge.key))
    asked.sort(key=lambda taken: taken.edge.values.get("period_start") or "", reverse=True)
    surely = [_took_place(request, taken) == "yes" for taken in asked]
    asked = [*compress(asked, surely), *(one for one, is_sure in zip(asked, surely, strict=True) if not is_sure)]
    certain, perhaps = asked[: sum(surely)], asked[sum(surely) :]
    nearest = None if certain else _nearest(request, everything)
    party, around = request.maybe("party"), EngagementContext.of(request.session, asked, most=CAP)
    clauses = _clauses(request, _edges(certain), around, nearest, perhaps=_edges(perhaps))
    sure = {id(taken) for taken in certain}
    rows = Rows.of(_row(it, party, around, day=request.day, is_sure=id(it) in sure) for it in asked[:CAP])
    caveats = _caveats([taken.edge for taken in asked], around, request.day)
    return Result.of(clauses, rows, caveats, total=Total(value=len(asked)))


def _edges(of: Sequence[Taken]) -> list[FullEdgeRow]:
    """Return engagements, each once."""
    return list({taken.edge.id: taken.edge for taken in of}.values())


def _row(
    taken: Taken, party: Subject | None, around: EngagementContext, *, day: str, is_sure: bool
) -> SourcedRow[EngagementRow]:
    known = row_of(taken, party or taken.by, around, day=day)
    return known if is_sure else replace(known, row=known.row.model_copy(update={"held": "unknown"}))


def _taken(request: Request[EngagementsParams]) -> list[Taken]:
    params, party, other = request.params, request.maybe("party"), request.maybe("other")
    if party is None:
        if other:
            raise UsageError("engagements takes other beside party: whose engagements with it are asked for?")
        if not any((params.kind, params.place, params.topic, params.status, params.since, params.until)):
            raise UsageError("engagements needs party, kind, place, topic, status or a period: which are asked for?")
        return every_engagement(request.session)
    taken = taken_by(request.session, party, day=request.day)
    if other is None:
        return taken
    theirs = {one.edge.id for one in taken_by(request.session, other, day=request.day)}
    return [one for one in taken if one.edge.id in theirs]


def _is_asked(request: Request[EngagementsParams], taken: Taken) -> bool:
    params, values = request.params, taken.edge.values
    in_period = _took_place(request, taken) != "no"
    sort, place = values.get("engagement_kind"), values.get("place")
    words = ((params.role, taken.role), (params.kind, sort), (params.place, place))
    as_named = all(folded(word or "") in folded(stated or "") for word, stated in words)
    return in_period and request.is_on_topic(values) and as_named and params.status in (None, values.get("status"))


def _took_place(request: Request[EngagementsParams], taken: Taken) -> Passed:
    """Say whether an engagement took place in the period asked for, if one was."""
    params, values = request.params, taken.edge.values
    if not (params.since or params.until):
        return "yes"
    since, until = stretch_asked(params.since, params.until)
    end = until if values.get("period_end_kind") == "open" else values.get("period_end")
    return overlaps(values.get("period_start"), end, since=since, until=until)


def _nearest(request: Request[EngagementsParams], everything: Sequence[Taken]) -> FullEdgeRow | None:
    """Return the last engagement of what is asked for but of another time, None if there is none, or of any party."""
    if not request.maybe("party"):
        return None
    at_any_time = replace(request, params=request.params.model_copy(update={"since": None, "until": None}))
    others = [taken.edge for taken in everything if _is_asked(at_any_time, taken)]
    dated = [edge for edge in others if edge.values.get("period_start")]
    return max(dated, key=lambda edge: (edge.values["period_start"], edge.id), default=None)


def _clauses(
    request: Request[EngagementsParams],
    edges: Sequence[FullEdgeRow],
    around: EngagementContext,
    nearest: FullEdgeRow | None,
    *,
    perhaps: Sequence[FullEdgeRow],
) -> Iterator[SourcedClause]:
    """Say how many engagements, the latest, what is to come, and how démarches stand.

    An approach is to somebody; the instruction that several posts got is none.
    """
    coming = [edge for edge in edges if is_coming(edge, request.day)]
    past = [edge for edge in edges if edge not in coming and edge.values.get("period_start")]
    latest = next((edge for edge in past if edge.values.get("status") == "held"), None)
    first = min(coming, key=lambda edge: (edge.values["period_start"], edge.id), default=None)
    other = None if latest or first else next(iter(edges), None)
    told = {"latest": latest, "next": first, "planned": other, "nearest": nearest}
    names = {name: edge and edge.name for name, edge in told.items()}
    names |= {f"{name}_on": edge and edge.values.get("period_start") for name, edge in told.items()}
    sources = [edge.values for edge in told.values() if edge]
    yield clause("headline", *sources, **request.named("party", "other"), number=len(edges), **names)
    years = sorted(edge.values["period_start"] for edge in edges if edge.values.get("period_start")) or [None]
    yield clause("held", number=len(edges), first_on=years[0], last_on=years[-1])
    dated = [edge.name for edge in perhaps if edge.values.get("period_start")]
    yield clause("perhaps", *(edge.values for edge in perhaps), names=dated, undated=len(perhaps) - len(dated))
    if coming:
        yield clause("coming", *(edge.values for edge in coming), number=len(coming))
    planned = [edge.values for edge in past if edge.values.get("status") in _ONLY_PLANNED]
    yield clause("planned", *planned, number=len(planned))
    if approaches := [edge for edge in edges if is_demarche(edge.values) and around.participants.get(edge.id)]:
        yield from _on_demarches(approaches, around)


def _on_demarches(approaches: Sequence[FullEdgeRow], around: EngagementContext) -> Iterator[SourcedClause]:
    sources = [edge.values for edge in approaches]
    done = [edge for edge in approaches if edge.values.get("status") == "held"]
    posts = {one.name for edge in done for one in around.organizers.get(edge.id, ())}
    days = sorted(edge.values["period_start"] for edge in done if edge.values.get("period_start")) or [None]
    numbers = {"done": len(done), "all": len(approaches), "posts": len(posts)}
    yield clause("delivered", *sources, **numbers, first=days[0], last=days[-1])
    waiting = [name for edge in approaches if edge not in done for name in around.approached_in(edge)]
    yield clause("not-delivered", *sources, parties=waiting)
    silent = [name for edge in done if not edge.values.get("response") for name in around.approached_in(edge)]
    yield clause("responses", *sources, number=sum(bool(edge.values.get("response")) for edge in done), silent=silent)


def _caveats(edges: Sequence[FullEdgeRow], around: EngagementContext, day: str) -> Iterator[UnwordedCaveat]:
    """Say of how many there is no day, and of how many no list of participants."""
    undated = [not edge.values.get("period_start") for edge in edges]
    yield caveat("unknown", "undated", rows=undated, number=len({edge.id for edge in compress(edges, undated)}))
    took_place = [edge.values.get("status") == "held" and not is_coming(edge, day) for edge in edges]
    lacking = [is_so and not around.participants.get(edge.id) for edge, is_so in zip(edges, took_place, strict=True)]
    without, of = (len({edge.id for edge in compress(edges, flags)}) for flags in (lacking, took_place))
    yield caveat("partial", "lists-lacking", rows=lacking, number=without, of=of)


ENGAGEMENTS = Question.of(
    engagements,
    title="Which engagements did this party take part in, does this series consist of, or are there of this kind?",
    names={"party": ("Party", "Post", "Engagement"), "other": ("Party", "Post")},
    example={"party": "OSCE", "since": "2020"},
    any_of=("party", "kind", "place", "topic", "status", "since", "until"),
    columns=(
        *("start", "engagement_name", "place", "status", "part", "hosts", "outcome"),
        *("work_plan", "delivered_to", "response", "documents", "evidence"),
    ),
)
