"""Whom rows name, whose the channels are that they are about, and rows without them."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from graph.domain.parties import PEOPLE, Person, Post, is_person
from graph.ledger.people_register import holds_name
from graph.query import Query, R, Row
from queries.core.permissions import LEFT_OUT
from queries.core.reading import EdgeRow, OfIds, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, REACHED_THROUGH

# What a row says of whoever stands at its other end.
_NAMELESS = {"id": LEFT_OUT, "name": "name left out (no consent)", "values": {}}


def without(row: R, people: Collection[str]) -> R | None:
    """Return a row without the name of who stands at its other end; None where it is about one of them."""
    about = [name for name, text in row.__dict__.items() if type(text) is str and text in people]
    if about != ["id"] or not isinstance(row, EdgeRow) or row.cls != Person.label():
        return None if about else row
    return row.model_copy(update={name: value for name, value in _NAMELESS.items() if name in row.__dict__})


def people_in(rows: Iterable[Row]) -> set[str]:
    """Return the ids of the people whom rows name."""
    return {text for row in rows for text in row.__dict__.values() if type(text) is str and text.startswith(PEOPLE)}


def _is_own(tie: EdgeRow, address: str, term: EdgeRow) -> bool:
    """Say whether the channel of a post is the own one of somebody who held it for a term."""
    stated = set(refs(tie.properties))
    return (bool(stated) and stated <= {*refs(term.properties)}) or holds_name(address, term.name)


def owners_of_channels(
    read: Callable[[Query[OfIds, Any], OfIds], list[Any]], channels: Iterable[str]
) -> dict[str, set[str]]:
    """Return whose channels are, ids of people by the id of the channel.

    The channel of a post is somebody's own, too, where its address holds the name of who ever held the post, or where
    whatever ties it to the post names the holder there, as a list of contacts does.

    Args:
        read: Reads the graph, leaving nobody out.
        channels: Ids.

    Raises:
        StoreError: The store did not answer.
    """
    ids = tuple(sorted(set(channels)))
    ties = read(REACHED_THROUGH, OfIds(ids=ids)) if ids else []
    posts = tuple(sorted({tie.id for tie in ties if tie.cls == Post.label()}))
    holding = grouped(read(HOLDERS_OF, OfIds(ids=posts))) if posts else {}
    known = read(ENTITIES_BY_ID, OfIds(ids=ids)) if posts else []
    addresses = {channel.id: str(channel.values.get("channel_value") or "") for channel in known}
    owners: dict[str, set[str]] = {}
    for tie in ties:
        own = {term.id for term in holding.get(tie.id, ()) if _is_own(tie, addresses[tie.subject], term)}
        owners.setdefault(tie.subject, set()).update({tie.id} if is_person(tie.id) else own)
    return owners
