"""Who on a path can introduce us: our own posts and offices, those whose relationship we own, those we met lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.queries.core.answer import Subject
from iga.queries.core.clauses import worded
from iga.queries.core.periods import years_after
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import grouped
from iga.queries.core.reads import BODIES_OF_POSTS, OUR_SIDE_OF
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session
from iga.queries.linked.reads import MET_BY, MetUs

_INTRODUCE = ("Person", "Post", "PublicBody")


@dataclass(frozen=True)
class Introducer:
    """Somebody who can introduce us, why, and the properties that it rests on."""

    who: Subject
    reason: str
    values: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]

    @property
    def because(self) -> str:
        """Why, in words."""
        return worded(__package__, "path", f"because-{self.reason}", self.values)


class Introducers:
    """Those who can introduce us, among everybody on some paths."""

    def __init__(
        self, session: Session, everybody: Mapping[str, Subject], paths: Sequence[Sequence[str]], *, day: str
    ) -> None:
        """Look them up.

        Args:
            session: The graph.
            everybody: Those on the paths, their ends too, and maybe others, by id.
            paths: Ids from end to end.
            day: Full day; who met lately met within the year before it.
        """
        self._subjects = {node: everybody[node] for path in paths for node in path}
        self._us, self._days = session.home.government, (years_after(day, -1), day)
        edges = Edges(session, day)
        self._bodies = edges.of(BODIES_OF_POSTS, (id_ for id_, it in self._subjects.items() if it.cls == "Post"))
        bodies = (body.id for of_one in self._bodies.values() for body in of_one)
        self._values = {id_: it.values for id_, it in entities(session, [*self._subjects, *bodies]).items()}
        self._owners = edges.of(OUR_SIDE_OF, sorted(self._subjects))
        inner = tuple(sorted({node for path in paths for node in self._inner(path)}))
        self._met = grouped(session.read(MET_BY, MetUs(ids=inner, us=self._us))) if inner else {}

    def on(self, path: Sequence[str]) -> Introducer | None:
        """Return the best introducer on a path: ours before met lately before owned; None if nobody is.

        Nobody introduces us to himself: the ends are left out, but whoever of ours owns the relationship with one of
        them comes last.
        """
        inner = self._inner(path)
        looks = [(look, node) for look in (self._ours, self._met_lately, self._owned) for node in inner]
        looks += [(self._owned, path[-1]), (self._owned, path[0])]
        return next((introducer for look, node in looks if (introducer := look(node))), None)

    def _inner(self, path: Sequence[str]) -> list[str]:
        return [node for node in path[1:-1] if self._subjects[node].cls in _INTRODUCE]

    def _ours(self, node: str) -> Introducer | None:
        who, values = self._subjects[node], self._values.get(node, {})
        if who.cls == "PublicBody" and values.get("government") == self._us:
            return Introducer(who, "our-office", {}, (values,))
        for edge in self._bodies.get(node, ()):
            body = self._values.get(edge.id, {})
            if body.get("government") == self._us:
                return Introducer(who, "our-post", {"body": edge.name}, (edge.properties, body))
        return None

    def _met_lately(self, node: str) -> Introducer | None:
        since, until = self._days
        met = [
            edge
            for edge in self._met.get(node, ())
            if since <= str(edge.values.get("start_max") or "") <= until
            and edge.properties.get("attended") is not False
        ]
        if not met:
            return None
        last = max(met, key=lambda edge: (edge.values["start_max"], edge.key))
        values = {"engagement": last.name, "on": last.values.get("period_start")}
        return Introducer(self._subjects[node], "met", values, (last.properties, last.values))

    def _owned(self, node: str) -> Introducer | None:
        owners = [edge for edge in self._owners.get(node, ()) if edge.type == "OWNS_RELATIONSHIP"]
        if not owners:
            return None
        first = min(owners, key=lambda edge: (edge.properties.get("standing") == "backup", edge.key))
        return Introducer(first.other, "owner", {"party": self._subjects[node].name}, (first.properties,))
