"""One row of `engagements`: an engagement, what the party did in it, and for a démarche who delivered it to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iga.graph.domain.edges import Participated
from iga.graph.domain.values import FIRST_DAY
from iga.graph.domain.work import Engagement, EngagementStatus
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.columns import column, needed, of, sourced
from iga.queries.core.days import stretch
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import SourcedRow
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, ORGANIZERS_OF, THINGS_UNDER, OfType
from iga.queries.core.session import Session
from iga.queries.multilateral.engagement_reach import PartTaken, Taken
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
    """Say whether an engagement is an approach to a government on instruction."""
    return folded(engagement.get("engagement_kind") or "") == "demarche"


def is_coming(edge: FullEdgeRow, day: str) -> bool:
    """Say whether an engagement is known to begin after a day."""
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
