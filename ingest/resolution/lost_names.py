"""Names that a party is called by in the ledger and not in the graph: another source's name came first there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.fold.history import History
from graph.fold.live import Lens, node_said
from graph.fold.shapes import View
from graph.names.naming import called


@dataclass(frozen=True)
class LostNames:
    """Looks up the names that sources give a party, as far as a view shows them.

    Attributes:
        history: The ledger.
        view: What may be seen of it.
    """

    history: History
    view: View

    @cached_property
    def _lens(self) -> Lens:
        return Lens(self.history.headers(), self.view)

    def __call__(self, members: Mapping[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
        """Return how each party is called and the text, for ids that stand for parties, by the party's id."""
        party = {member: id_ for id_, ids in members.items() for member in (id_, *ids)}
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self.history.rows_naming(party.keys()):
            for member, said in node_said(row, self._lens, party.keys()):
                names = ((match.how, match.matched) for match in called(said.word, said.values))
                found.setdefault(party[member], []).extend(names)
        return {id_: sorted(set(names)) for id_, names in found.items()}
