"""Our ids for FollowTheMoney entities; a reference does not tell what it points at, so all are listed first."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from ingest.formats.ftm_entity import Entity
from ingest.formats.stating import opaque_id

KINDS: Mapping[str, str] = {
    "Company": "company",
    "LegalEntity": "organization",
    "Organization": "organization",
    "Payment": "transaction",
    "Person": "person",
    "Position": "post",
    "Project": "project",
    "PublicBody": "body",
}
"""The schemata that become nodes, with the kind of each; a LegalEntity does not tell its sort."""


class FtmIds:
    """Our ids of one load's entities.

    Attributes:
        absent: How many references point at entities that the files do not hold.
    """

    def __init__(self, source: str, entities: Iterable[Entity]) -> None:
        """List entities; about 100 bytes stay in memory for each that becomes a node."""
        self.absent = 0
        self._source = source
        self._kinds: dict[int, str] = {}
        for entity in entities:
            if kind := KINDS.get(entity.schema):
                self._kinds[_mark(entity.id)] = kind

    def of(self, entity: Entity) -> str:
        """Return the id of an entity that becomes a node. It tells nothing of the entity's own id or name."""
        return opaque_id(KINDS[entity.schema], self._source, entity.id)

    def named(self, reference: str, *, otherwise: str) -> str:
        """Return the id that a reference means; `otherwise` is the kind of one that the files do not hold."""
        kind = self._kinds.get(_mark(reference))
        if kind is None:
            self.absent += 1
        return opaque_id(kind or otherwise, self._source, reference)

    def post(self, reference: str, role: str) -> str:
        """Return the id of the post that a role in an organization is."""
        return opaque_id("post", self._source, reference, role.casefold())


def _mark(it: str) -> int:
    return int.from_bytes(blake2b(it.encode(), digest_size=8).digest(), "big")
