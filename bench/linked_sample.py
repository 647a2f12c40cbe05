"""A made-up graph of the office's kind for the measures of paths: many small parties, some hubs, one very large one."""

from collections.abc import Iterator
from random import Random

from graph.ledger.ledger import Ledger
from graph.ledger.load import RowSaid
from graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement

_CARD = Card("bench:linked", "A made-up graph", rank=50, as_of="2026-01-01", fictional=True)
_BATCH = 2_000

# Shares of all entities, by class and kind of id.
_SHARES = {
    ("Ngo", "ngo"): 0.298,
    ("Person", "person"): 0.21,
    ("Post", "post"): 0.10,
    ("Project", "project"): 0.15,
    ("Award", "award"): 0.15,
    ("Engagement", "engagement"): 0.088,
    ("Government", "gov"): 0.002,
}
# Type of relationship, kinds of its ends, share of all relationships.
_TIES = (
    ("IMPLEMENTS", "ngo", "project", 0.14),
    ("IMPLEMENTED_IN", "project", "gov", 0.08),
    ("AWARDED_TO", "award", "ngo", 0.08),
    ("UNDER", "project", "award", 0.06),
    ("HOLDS", "person", "post", 0.09),
    ("POST_IN", "post", "ngo", 0.05),
    ("POST_IN", "post", "gov", 0.02),
    ("PARTICIPATED", "person", "engagement", 0.22),
    ("ORGANIZED", "ngo", "engagement", 0.06),
    ("MEMBER_OF", "gov", "forum", 0.05),
    ("MEMBER_OF", "ngo", "forum", 0.08),
    ("MEMBER_OF", "person", "forum", 0.03),
)
_LARGE = "forum:0"
"""The body that a quarter of all members belong to."""


def fill(ledger: Ledger, *, entities: int, ties: int) -> None:
    """Put so many entities and relationships into an empty ledger, in one load; the same ones each time."""
    rows = _rows(entities, ties)
    with ledger.open_load(_CARD) as load:
        while batch := [row for row, _ in zip(rows, range(_BATCH), strict=False)]:
            load.put(batch)
        load.commit({"read": entities + ties})


def _rows(entities: int, ties: int) -> Iterator[RowSaid]:
    for number, statement in enumerate(_statements(entities, ties)):
        yield str(number), f"made-up:{number}", Content((statement,))


def _statements(entities: int, ties: int) -> Iterator[Statement]:
    random = Random(7)
    counts = {kind: round(entities * share) for (_, kind), share in _SHARES.items()}
    for cls, kind in _SHARES:
        for number in range(counts[kind]):
            yield NodeStatement(cls, f"{kind}:{number}", {"name": f"{cls} {number}"})
    counts["forum"] = entities - sum(counts.values())
    for number in range(counts["forum"]):
        yield NodeStatement("Forum", f"forum:{number}", {"name": f"Forum {number}"})
    for type_, source, target, share in _TIES:
        for _ in range(round(ties * share)):
            to = f"{target}:{random.randrange(counts[target])}"
            if target == "forum" and random.random() < 0.25:
                to = _LARGE
            start = {"start": str(random.randrange(2000, 2026)), "end_kind": "open", "end": ""}
            yield EdgeStatement(type_, f"{source}:{random.randrange(counts[source])}", to, {"period": start})
