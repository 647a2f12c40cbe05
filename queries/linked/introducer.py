"""Who on a path can introduce us: our own posts and offices, those whose relationship we own, those we met lately."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.core.answer import Subject
from queries.core.reading import FullEdgeRow, OfIds, grouped
from queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, OurEdgeRow
from queries.core.session import Session
from queries.linked.reads import MET_BY, MetUs

_LATELY_YEARS = 1
_INTRODUCE = ("Person", "Post", "PublicBody")


@dataclass(frozen=True)
class Introducer:
    """Somebody who can introduce us, why, and the properties that it rests on."""

    who: Subject
    because: str
    sources: tuple[Mapping[str, Any], ...]


class Introducers:
    """Those who can introduce us, among everybody on some paths."""

    def __init__(
        self, session: Session, everybody: Mapping[str, Subject], paths: Iterable[Sequence[str]], *, day: str
    ) -> None:
        """Look them up.

        Args:
            session: The graph.
            everybody: Those on the paths, their ends too, and maybe others, by id.
            paths: Ids from end to end.
            day: Full day; who met lately met within the year before it.
        """
        paths = tuple(paths)
        subjects = {node: everybody[node] for path in paths for node in path}
        inner = sorted({node for path in paths for node in path[1:-1] if subjects[node].cls in _INTRODUCE})
        of = OfIds(ids=tuple(sorted(subjects)))
        posts = OfIds(ids=tuple(sorted(node.id for node in subjects.values() if node.cls == "Post")))
        bodies = grouped(session.read(BODIES_OF_POSTS, posts)) if posts.ids else {}
        known = OfIds(ids=tuple(sorted({*of.ids, *(edge.id for edges in bodies.values() for edge in edges)})))
        self._subjects, self._day, self._us = subjects, day, session.home.government
        self._values = {each.id: each.values for each in session.read(ENTITIES_BY_ID, known)}
        self._bodies = {post: [edge for edge in edges if edge.held(day) != "no"] for post, edges in bodies.items()}
        self._owners: dict[str, list[OurEdgeRow]] = grouped(
            edge
            for edge in session.read(OUR_SIDE_OF, of)
            if edge.type == "OWNS_RELATIONSHIP" and edge.held(day) != "no"
        )
        self._met: dict[str, list[FullEdgeRow]] = (
            grouped(session.read(MET_BY, MetUs(ids=tuple(inner), us=session.home.government))) if inner else {}
        )

    def on(self, path: Sequence[str]) -> Introducer | None:
        """Return the best introducer on a path: ours before met lately before owned; None if nobody is.

        Nobody introduces us to himself: the ends are left out, but whoever of ours owns the relationship with one of
        them comes last.
        """
        inner = [node for node in path[1:-1] if self._subjects[node].cls in _INTRODUCE]
        for look in (self._ours, self._met_lately, self._owned):
            for node in inner:
                if found := look(node):
                    return found
        return next((found for node in (path[-1], path[0]) if (found := self._owned(node))), None)

    def _ours(self, node: str) -> Introducer | None:
        who, values = self._subjects[node], self._values.get(node, {})
        if who.cls == "PublicBody" and values.get("government") == self._us:
            return Introducer(who, "it is an office of our own", (values,))
        for edge in self._bodies.get(node, ()):
            if self._values.get(edge.id, {}).get("government") == self._us:
                return Introducer(
                    who, f"it is a post of our own, in {edge.name}", (edge.properties, self._values[edge.id])
                )
        return None

    def _met_lately(self, node: str) -> Introducer | None:
        since = f"{int(self._day[:4]) - _LATELY_YEARS:04}{self._day[4:]}"
        met = [edge for edge in self._met.get(node, ()) if self._is_lately(edge, since)]
        if not met:
            return None
        last = max(met, key=lambda edge: (edge.values["start_max"], edge.key))
        because = f"last met at {last.name} ({last.values.get('period_start')})"
        return Introducer(self._subjects[node], because, (last.properties, last.values))

    def _is_lately(self, edge: FullEdgeRow, since: str) -> bool:
        held_on = str(edge.values.get("start_max") or "")
        return since <= held_on <= self._day and edge.properties.get("attended") is not False

    def _owned(self, node: str) -> Introducer | None:
        owners = sorted(
            self._owners.get(node, ()), key=lambda edge: (edge.properties.get("standing") == "backup", edge.key)
        )
        if not owners:
            return None
        because = f"it owns our relationship with {self._subjects[node].name}"
        return Introducer(owners[0].other, because, (owners[0].properties,))
