"""What an editable workbook holds of parties: themselves, their posts, who holds them, channels, memberships."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.domain.catalog import EDGE, NODE
from graph.projection.properties import unflatten
from graph.statements import Values
from queries.core.reading import EdgeRow, OfIds
from queries.core.reads import (
    CHANNELS_OF,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    MEMBERS_OF,
    MEMBERSHIPS_OF,
    OUR_SIDE_OF,
    POSTS_IN,
)
from queries.core.session import Session


@dataclass(frozen=True)
class Thing:
    """One node or relationship, as one row.

    Attributes:
        cls: Class of a node, type of a relationship.
        key: Id of a node, key of a relationship.
        name: What it is, in words.
        values: What the graph holds of it.
        kept: Fields that tell it from others, which a correction cannot change.
    """

    cls: str
    key: str
    name: str
    values: Values
    kept: tuple[str, ...] = ()


def things_of(session: Session, ids: Sequence[str]) -> list[Thing]:
    """Return parties with their posts, holders, channels, memberships and owners, each once, in the order found."""
    of = OfIds(ids=tuple(ids))
    posts = session.read(POSTS_IN, of)
    reached = OfIds(ids=(*of.ids, *dict.fromkeys(post.id for post in posts)))
    holders = session.read(HOLDERS_OF, OfIds(ids=reached.ids))
    channels = session.read(CHANNELS_OF, reached)
    nodes = _nodes(session, [*of.ids, *_ids(posts), *_ids(holders), *_ids(channels)])
    memberships = session.read(MEMBERSHIPS_OF, of)
    ours = [tie for tie in session.read(OUR_SIDE_OF, of) if tie.type == "OWNS_RELATIONSHIP"]
    names = {thing.key: thing.name for thing in nodes}
    ties = [_tie("HOLDS", tie, f"{tie.name} holds {names[tie.subject]}") for tie in holders]
    ties += [_tie("MEMBER_OF", tie, f"{names[tie.subject]} in {tie.name}") for tie in memberships]
    ties += [_tie("OWNS_RELATIONSHIP", tie, f"{tie.name} for {names[tie.subject]}") for tie in ours]
    return [*nodes, *ties]


def members_of(session: Session, ids: Sequence[str]) -> list[Thing]:
    """Return the memberships of bodies, by the name of the member."""
    bodies = {thing.key: thing.name for thing in _nodes(session, ids)}
    ties = sorted(session.read(MEMBERS_OF, OfIds(ids=tuple(ids))), key=lambda tie: (tie.subject, tie.name, tie.key))
    return [_tie("MEMBER_OF", tie, f"{tie.name} in {bodies[tie.subject]}") for tie in ties]


def _ids(ties: Iterable[EdgeRow]) -> list[str]:
    return [tie.id for tie in ties]


def _nodes(session: Session, ids: Iterable[str]) -> list[Thing]:
    wanted = tuple(dict.fromkeys(ids))
    found = {entity.id: entity for entity in session.read(ENTITIES_BY_ID, OfIds(ids=wanted))}
    return [
        Thing(entity.cls, entity.id, entity.name, unflatten(entity.cls, entity.values))
        for entity in (found[it] for it in wanted if it in found)
        if entity.cls in NODE
    ]


def _tie(kind: str, tie: EdgeRow, name: str) -> Thing:
    return Thing(kind, tie.key, name, unflatten(kind, tie.properties), EDGE[kind].identity)
