"""What the fold is asked for and what it answers: the view, the folded items, the changes of a projection."""

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from iga.graph.domain.marking import Marking
from iga.graph.statements import Values

FOLD_VERSION = 1
"""Raised when the fold's rules change what it answers; stored projections of another version are rebuilt."""

Ref: TypeAlias = tuple[str, str]
"""A row as evidence: its source and its row key."""

Days: TypeAlias = tuple[str, str, str, str]
"""Four full dates: first and last possible day of a start, first and last possible day of an end."""

Triple: TypeAlias = tuple[str, str, str]
"""The type of an edge and its two ends; as written or canonical, as the context says."""


@dataclass(frozen=True, slots=True)
class View:
    """The condition a graph is folded under.

    Attributes:
        upto: Last load that counts; later ones do not exist, except that what they reclassify stays
            reclassified. None counts every load.
        now: Instant (UTC) that embargoes are read at; blank reads every embargo as past.
    """

    ceiling: Marking = Marking.SENSITIVE
    upto: int | None = None
    now: str = ""


class FoldedNode(msgspec.Struct, frozen=True):
    """One node of the graph.

    Attributes:
        values: Its values in JSON form, refs as canonical ids; only fields of its class.
        conflicts: Names of the fields that sources disagree on (``class`` for the class), sorted.
        members: Every known id that resolves to it, sorted; its own is among them.
        evidence: The rows that state it, sorted.
        marking: Strictest effective marking of anything folded into it.
        dangling: Names of ref fields whose subject is absent or does not fit, sorted.
        days: The days of its class's first interval field; None where the class has none.
    """

    id: str
    cls: str
    values: Values
    conflicts: tuple[str, ...]
    members: tuple[str, ...]
    evidence: tuple[Ref, ...]
    marking: int
    dangling: tuple[str, ...] = ()
    days: Days | None = None


class FoldedEdge(msgspec.Struct, frozen=True):
    """One relationship of the graph; both its ends are nodes of the same graph.

    Attributes:
        key: ``rel:`` and a digest of type, canonical ends, identity and start.
        type: Relationship type, such as ``PARTY_TO``.
        days: The days of its period and attested days; None where the class has no period.
    """

    key: str
    type: str
    source: str
    target: str
    values: Values
    conflicts: tuple[str, ...]
    evidence: tuple[Ref, ...]
    marking: int
    days: Days | None = None


class Waiting(msgspec.Struct, frozen=True):
    """A stated edge that cannot stand yet, with the sentence that says why; ends are canonical ids."""

    key: str
    type: str
    source: str
    target: str
    reason: str
    evidence: tuple[Ref, ...]


class ClusterContradiction(msgspec.Struct, frozen=True):
    """Ids that were judged the same in a ring that holds a *different*; none of them is merged.

    Attributes:
        key: ``ring:`` and a digest of the members.
        members: All ids of the ring, sorted.
        pairs: The pairs judged different, sorted.
    """

    key: str
    members: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


Item: TypeAlias = FoldedNode | FoldedEdge | Waiting | ClusterContradiction
"""What the graph hash is made of. Aliases are in it through the members of the nodes."""


class FoldedAlias(msgspec.Struct, frozen=True):
    """An id that resolves to a node that is present."""

    id: str
    canonical: str


class PutItem(msgspec.Struct, frozen=True):
    """An item is new or changed; all its properties are replaced. The ends of an edge were put before it.

    The class of a node is never changed by this alone.
    """

    item: Item | FoldedAlias


class DropItem(msgspec.Struct, frozen=True):
    """An item, as it was, is gone, or is about to be put anew; the edges of a node were dropped before it."""

    item: Item | FoldedAlias


Change: TypeAlias = PutItem | DropItem

_ENCODER = msgspec.json.Encoder(order="sorted")


def key_of(item: Item | FoldedAlias) -> str:
    """Return what tells an item from others of its kind: the id of a node or an alias, else the key."""
    return item.id if isinstance(item, FoldedNode | FoldedAlias) else item.key


def canonical_json(value: object) -> bytes:
    """Return a value as JSON with sorted keys: equal values, equal bytes."""
    return _ENCODER.encode(value)


def item_digest(item: Item) -> bytes:
    """Return the 32 bytes that stand for an item in the graph hash."""
    return hashlib.blake2b(_ENCODER.encode(item), digest_size=32).digest()


def short_digest(value: object) -> str:
    """Return 20 hex digits of a value's canonical JSON, for keys made of content."""
    return hashlib.blake2b(_ENCODER.encode(value), digest_size=32).hexdigest()[:20]
