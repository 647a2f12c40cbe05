"""Which awards and projects run in a place in a period, and whether they go to its government."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.values import FIRST_DAY, LAST_DAY
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, IMPLEMENTERS_OF, THINGS_UNDER, WORKS_IN, OfType
from iga.queries.core.session import Session
from iga.queries.report.reads import RECIPIENTS_OF

_OF_A_GOVERNMENT = ("Government", "PublicBody")
# More than the awards of all restricted places have funders.
_MOST = 20_000


@dataclass(frozen=True)
class Work:
    """An award that runs in a place, or a project of which no award is held.

    Attributes:
        edge: Leads to the award or project.
        recipients: Who receives the award or carries out the project, by name.
        funders: Who pays for it, by name.
    """

    edge: FullEdgeRow
    recipients: tuple[EdgeRow, ...]
    funders: tuple[FullEdgeRow, ...] = ()

    @property
    def is_to_government(self) -> bool | None:
        """Whether it goes to a government or a body of one; None where no recipient is held."""
        return any(one.cls in _OF_A_GOVERNMENT for one in self.recipients) if self.recipients else None

    @property
    def named(self) -> dict[str, Any]:
        """Its name, and who receives it, with whether that is a government or a body of one."""
        recipients = [{"name": one.name, "is_government": one.cls in _OF_A_GOVERNMENT} for one in self.recipients]
        return {"work": self.edge.name, "recipients": recipients}


def works_there(session: Session, places: Iterable[str]) -> Mapping[str, Sequence[Work]]:
    """Return the awards and projects of places by the id of the place; programmes and their like are left out.

    Awards stand in place of their projects; each is told once, by name.
    """
    edges = session.read(WORKS_IN, OfIds(ids=tuple(sorted(set(places)))))
    projects = OfIds(ids=tuple(sorted({edge.id for edge in edges if edge.cls == "Project"})))
    awards = grouped(edge for edge in session.read(THINGS_UNDER, projects) if edge.cls == "Award")
    works: dict[str, dict[str, FullEdgeRow]] = defaultdict(dict)
    for edge in by_name(edge for edge in edges if edge.cls in ("Award", "Project")):
        works[edge.subject] |= {work.id: work for work in awards.get(edge.id) or [edge]}
    ids = OfIds(ids=tuple(sorted({id_ for of in works.values() for id_ in of})))
    receiving = grouped(by_name([*session.read(RECIPIENTS_OF, ids), *session.read(IMPLEMENTERS_OF, ids)]))
    paying = grouped(by_name(session.read(EDGES_IN, OfType(ids=ids.ids, type="FUNDED", limit=_MOST))))
    return {
        place: [
            Work(edge, tuple(receiving.get(edge.id, ())), tuple(paying.get(edge.id, ())))
            for edge in by_name(of.values())
        ]
        for place, of in works.items()
    }


def runs_within(work: Work, *, start: str, end: str) -> bool:
    """Say whether a work may have run in a period of full days; one without dates may."""
    values = work.edge.values
    return (values.get("start_min") or FIRST_DAY) <= end and (values.get("end_max") or LAST_DAY) >= start
