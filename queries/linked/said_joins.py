"""How parties have to do with each other in words, with the sources of each step: read for those that are shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from iga.queries.core.answer import Subject
from iga.queries.core.clauses import worded
from iga.queries.core.sayings import in_a_sentence, saying_of
from iga.queries.linked.joined import Join
from iga.queries.linked.near import TellsNear


class SaidJoins:
    """Joins with what is read of their relationships."""

    def __init__(self, near: TellsNear, joins: Iterable[Join], *, day: str) -> None:
        self._near, self._day = near, day
        self._seen = near.edges((hop.start, hop.end, hop.bond) for join in joins for hop in join.hops)

    def words(self, join: Join) -> str:
        """Return a join as a sentence goes on from its first party."""
        says = []
        for hop in join.hops:
            seen = self._seen[hop.start, hop.bond.edge]
            edge = seen.edge
            saying = saying_of(edge.type, edge, leads_out=edge.leads_out, dated_by=seen.dated, day=self._day)
            says.append(in_a_sentence(saying))
        return worded(__package__, "brokers", "row-says", {"says": says})

    def sources(self, join: Join) -> list[Mapping[str, Any]]:
        """Return the properties of the relationships of a join."""
        return [self._seen[hop.start, hop.bond.edge].edge.properties for hop in join.hops]

    def is_so(self, join: Join) -> bool:
        """Say whether nobody on it is known not to have come to what joins them."""
        return all(source.get("attended") is not False for source in self.sources(join))

    def end(self, join: Join) -> Subject:
        """Return whom a join leads to."""
        return self._near.subject(join.end)
