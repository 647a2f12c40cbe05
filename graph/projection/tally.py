"""The graph hash and the counts, kept up by adding what comes and subtracting what goes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

MODULUS = 2**256
"""Digests are added up modulo this, so that the hash does not depend on any order."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of digests and the counts of items; a change of them may be negative."""

    hash: int = 0
    nodes: int = 0
    edges: int = 0
    waiting: int = 0
    contradictions: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Tally)))

    @property
    def hex(self) -> str:
        """The graph hash: 64 hex digits."""
        return f"{self.hash % MODULUS:064x}"


def digest_sum(digests: Iterable[str | None]) -> int:
    """Return the sum of digests in hex; None, the digest of an alias, adds nothing."""
    return sum(int(digest, 16) for digest in digests if digest)
