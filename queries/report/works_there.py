"""Which awards and projects run in a place in a period, and whether they go to its government."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from queries.core.reads import EDGES_IN, IMPLEMENTERS_OF, THINGS_UNDER, OfType
from queries.core.session import Session
from queries.report.reads import RECIPIENTS_OF, WORKS_IN

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
    """Return the awards and projects of places by the id of the place; programmes and their like are left out."""
    edges = grouped(session.read(WORKS_IN, OfIds(ids=tuple(sorted(set(places))))))
    projects = [edge.id for of in edges.values() for edge in of if edge.cls == "Project"]
    under = grouped(session.read(THINGS_UNDER, OfIds(ids=tuple(sorted(set(projects))))))
    awards_of = {key: [edge for edge in of if edge.cls == "Award"] for key, of in under.items()}
    found = {place: _works(of, awards_of) for place, of in edges.items()}
    ids = OfIds(ids=tuple(sorted({edge.id for of in found.values() for edge in of})))
    receiving = grouped([*session.read(RECIPIENTS_OF, ids), *session.read(IMPLEMENTERS_OF, ids)])
    paying = grouped(session.read(EDGES_IN, OfType(ids=ids.ids, type="FUNDED", limit=_MOST)))
    return {
        place: [
            Work(edge, tuple(by_name(receiving.get(edge.id, []))), tuple(by_name(paying.get(edge.id, []))))
            for edge in of
        ]
        for place, of in found.items()
    }


def _works(edges: Sequence[FullEdgeRow], awards_of: Mapping[str, Sequence[FullEdgeRow]]) -> list[FullEdgeRow]:
    """Return the awards, those of projects in place of the projects, each once, by name."""
    chosen = [one for edge in edges if edge.cls in ("Award", "Project") for one in awards_of.get(edge.id) or [edge]]
    return list({edge.id: edge for edge in by_name(chosen)}.values())


def runs_within(work: Work, *, start: str, end: str) -> bool:
    """Say whether a work may have run in a period of full days; one without dates may."""
    said = work.edge.values
    return (said.get("start_min") or FIRST_DAY) <= end and (said.get("end_max") or LAST_DAY) >= start
