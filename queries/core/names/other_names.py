"""Names that the graph does not hold though sources state them: of merged ids, and those that a better source beat."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from graph.domain.catalog import NODE
from graph.fold.live import Lens, node_said
from graph.ledger.ledger import Ledger
from graph.names.naming import called
from queries.core.reading import Entity


def other_names(ledger: Ledger, lens: Lens, entities: Collection[Entity]) -> Mapping[str, tuple[str, ...]]:
    """Return what sources call entities, as far as a view shows it, by id; only of those whose names were folded.

    Raises:
        LedgerError: The ledger did not answer.
    """
    canonical = {member: entity.id for entity in entities for member in _folded(entity)}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    if canonical:
        for row in ledger.rows_naming(canonical.keys()):
            for written, said in node_said(row, lens, canonical):
                found[canonical[written]] |= dict.fromkeys(match.matched for match in called(said.word, said.values))
    return {it: tuple(sorted(names)) for it, names in found.items()}


def _folded(entity: Entity) -> tuple[str, ...]:
    """Return the ids under which more is said of an entity's names than the graph holds."""
    members = tuple(entity.values.get("members") or (entity.id,))
    names = {rule.name for rule in NODE[entity.cls].rules().values() if rule.searched}
    is_disputed = not names.isdisjoint(entity.values.get("conflicts") or ())
    return members if is_disputed or len(members) > 1 else ()
