"""What a step asks of the projection it starts from, answered by a store."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.stores.door import Store

_CLASSES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, n.cls AS cls"


@dataclass(frozen=True, slots=True)
class StoreProjected:
    """A projection that lies in a store."""

    store: Store

    def classes(self, ids: Collection[str]) -> dict[str, str]:
        """Return the class of each node that is present, by canonical id."""
        if not ids:
            return {}
        return {row["id"]: row["cls"] for row in self.store.look(_CLASSES, ids=sorted(ids))}
