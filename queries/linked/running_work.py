"""Awards, projects and programmes that run on a day: who carries them out, who pays for them, and where they run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, SubawardedTo
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import hop
from iga.queries.core.days import Passed, held_on
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.reads import WORKS_IN, OurEdgeRow
from iga.queries.core.scope import Edges

_WORK = ("Award", "Project", "Programme")
_OVER = ("terminated", "closed", "ended", "completed", "cancelled", "expired")

MONEY_OF = hop(AwardedTo, SubawardedTo, Implements, Funded, either=True, row=OurEdgeRow)
PLACES_OF = hop(ImplementedIn)


def runs_on(values: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether an award or a project ran on a day: by its dates, and by a status that says that it is over."""
    words = folded(str(values.get("status") or "")).split()
    return "no" if any(word in words for word in _OVER) else held_on(values, day=day)


@dataclass(frozen=True)
class PartInWork:
    """What somebody has to do with a work: carries it out, receives a part of it or pays for it."""

    work: FullEdgeRow
    is_carrier: bool
    is_only: bool


def works_of(edges: Edges, party: Subject) -> list[PartInWork]:
    """Return the works that run on the day which a party carries out, receives a part of or pays for, by name."""
    own = edges.ever(MONEY_OF, [party.id]).get(party.id, [])
    works = {it.id: it for it in own if it.cls in _WORK and runs_on(it.values, day=edges.day) != "no"}
    others = edges.ever(MONEY_OF, sorted(works))
    parts = []
    for id_, edge in works.items():
        kinds = {it.type for it in own if it.id == id_}
        carries = not kinds.isdisjoint(("AWARDED_TO", "IMPLEMENTS"))
        of_its_kind = ("AWARDED_TO", "IMPLEMENTS") if carries else ("FUNDED",) if "FUNDED" in kinds else ()
        beside = [it for it in others.get(id_, ()) if it.type in of_its_kind and it.id != party.id]
        parts.append(PartInWork(edge, carries, bool(of_its_kind) and not beside))
    return sorted(parts, key=lambda part: (folded(part.work.name), part.work.id))


def running_in(edges: Edges, places: Iterable[str]) -> dict[str, list[FullEdgeRow]]:
    """Return the awards and projects that run on the day in each place, by the id of the place; programmes aside."""
    every = edges.of(WORKS_IN, sorted(set(places)))
    return {
        place: [it for it in there if it.cls in ("Award", "Project") and runs_on(it.values, day=edges.day) != "no"]
        for place, there in every.items()
    }
