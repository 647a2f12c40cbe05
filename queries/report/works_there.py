"""Which awards and projects run in a place in a period, and whether they go to its government."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.asking import Asking
from queries.reading import FullTie, OfIds, Tie, by_name, grouped
from queries.reads import IMPLEMENTERS_OF, THINGS_UNDER, TIES_IN, OfType
from queries.report.reads import RECIPIENTS_OF, WORKS_IN

_OF_A_GOVERNMENT = ("Government", "PublicBody")
# More than the awards of all restricted places have funders.
_MOST = 20_000


@dataclass(frozen=True)
class Work:
    """An award that runs in a place, or a project of which no award is held.

    Attributes:
        tie: Leads to the award or project.
        recipients: Who receives the award or carries out the project, by name.
        funders: Who pays for it, by name.
    """

    tie: FullTie
    recipients: tuple[Tie, ...]
    funders: tuple[FullTie, ...] = ()

    @property
    def is_to_government(self) -> bool | None:
        """Whether it goes to a government or a body of one; None where no recipient is held."""
        return any(one.cls in _OF_A_GOVERNMENT for one in self.recipients) if self.recipients else None

    @property
    def in_words(self) -> str:
        """Its name, who receives it, and whether that is a government or a body of one."""
        names = [f"{one.name}{' (a government)' if one.cls in _OF_A_GOVERNMENT else ''}" for one in self.recipients]
        return f"{self.tie.name}, to {' and '.join(names) or 'a recipient not held'}"


def works_there(asking: Asking, places: Iterable[str]) -> Mapping[str, Sequence[Work]]:
    """Return the awards and projects of places by the id of the place; programmes and their like are left out."""
    ties = grouped(asking.read(WORKS_IN, OfIds(ids=tuple(sorted(set(places))))))
    projects = [tie.id for of in ties.values() for tie in of if tie.cls == "Project"]
    under = grouped(asking.read(THINGS_UNDER, OfIds(ids=tuple(sorted(set(projects))))))
    awards_of = {key: [tie for tie in of if tie.cls == "Award"] for key, of in under.items()}
    found = {place: _works(of, awards_of) for place, of in ties.items()}
    ids = OfIds(ids=tuple(sorted({tie.id for of in found.values() for tie in of})))
    receiving = grouped([*asking.read(RECIPIENTS_OF, ids), *asking.read(IMPLEMENTERS_OF, ids)])
    paying = grouped(asking.read(TIES_IN, OfType(ids=ids.ids, type="FUNDED", limit=_MOST)))
    return {
        place: [
            Work(tie, tuple(by_name(receiving.get(tie.id, []))), tuple(by_name(paying.get(tie.id, [])))) for tie in of
        ]
        for place, of in found.items()
    }


def _works(ties: Sequence[FullTie], awards_of: Mapping[str, Sequence[FullTie]]) -> list[FullTie]:
    """Return the awards, those of projects in place of the projects, each once, by name."""
    chosen = [one for tie in ties if tie.cls in ("Award", "Project") for one in awards_of.get(tie.id) or [tie]]
    return list({tie.id: tie for tie in by_name(chosen)}.values())


def runs_within(work: Work, *, start: str, end: str) -> bool:
    """Say whether a work may have run in a period of full days; one without dates may."""
    said = work.tie.values
    return (said.get("start_min") or FIRST_DAY) <= end and (said.get("end_max") or LAST_DAY) >= start
