"""Whom rows name, whose the channels are that they are about, and rows without them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.parties import PEOPLE, Consent, ContactPoint, Person, Post, is_person
from iga.graph.ledger.people_register import is_address_of, is_holders_own
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.names.own_addresses import is_of_an_office
from iga.graph.query import Query, R, Row
from iga.queries.core.compiled import nearer
from iga.queries.core.permissions import LEFT_OUT
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_INSIDE, HOLDERS_OF, REACHED_THROUGH

_POST = f"{Post.kind}:"

MAY_BE_THEIRS = (f"{ContactPoint.kind}:", f"{Consent.kind}:")
"""How ids of things begin that may be somebody's own."""

# What a row says of whoever stands at its other end.
_UNNAMED = "text left out (no consent of somebody whom it names)"
_NAMELESS = {"id": LEFT_OUT, "name": "name left out (no consent)", "values": {}}


def without(row: R, people: Collection[str]) -> R | None:
    """Return a row without the name of who stands at its other end; None where it is about one of them."""
    about = [name for name, text in row.__dict__.items() if type(text) is str and text in people]
    if about != ["id"] or not isinstance(row, EdgeRow) or row.cls != Person.label():
        return None if about else row
    return row.model_copy(update={name: value for name, value in _NAMELESS.items() if name in row.__dict__})


def ids_in_row(row: Row) -> list[str]:
    """Return the ids that a row is about, among its other texts with a colon and no space."""
    return [text for text in row.__dict__.values() if type(text) is str and ":" in text and " " not in text]


def in_place(value: Any, hidden: Collection[str]) -> Any:
    """Return a value, or values of values, with a remark in place of some texts."""
    if type(value) in (list, tuple):
        return type(value)(in_place(one, hidden) for one in value)
    if type(value) is dict:
        return {name: in_place(one, hidden) for name, one in value.items()}
    return _UNNAMED if type(value) is str and value in hidden else value


def people_in(rows: Sequence[Row]) -> set[str]:
    """Return the ids of the people whom rows name, or whose consents they are."""
    named = {text for row in rows for text in row.__dict__.values() if type(text) is str and text.startswith(PEOPLE)}
    return named.union(str(consent.values.get("person")) for consent in _consents(rows))


def consents_of(rows: Iterable[Row], people: Collection[str]) -> set[str]:
    """Return the ids of the consents among rows that are those of some people."""
    return {consent.id for consent in _consents(rows) if consent.values.get("person") in people}


def _consents(rows: Iterable[Row]) -> Iterator[Entity | FullEdgeRow]:
    return (row for row in rows if isinstance(row, (Entity, FullEdgeRow)) and row.cls == Consent.label())


@dataclass(frozen=True)
class ChannelsKnown:
    """What is known of channels.

    Attributes:
        owners: Whose own each may be: ids of people, by the id of the channel.
        left: Last day, as stated, of whoever held a post and under whose name a channel of it is, or for whom alone a
            mailbox is listed that is no office's, where none of them holds it any more; by the ids of channel and post.
    """

    owners: dict[str, set[str]]
    left: dict[tuple[str, str], str]

    def marked(self, row: R) -> R:
        """Return a row, with the day on which a channel stopped being the post's."""
        if not isinstance(row, FullEdgeRow) or not (day := self.left.get((row.id, row.subject))):
            return row
        return row.model_copy(update={"values": {**row.values, "holder_left_on": day}})


def channels_known(
    read: Callable[[Query[Any, Any], Any], list[Any]],
    rows: Iterable[Row],
    bodies: Collection[str],
    everybody: ProtectedPeople,
    today: str,
) -> ChannelsKnown:
    """Return what is known of the channels that rows are about.

    The channel of a post may be the own one of whoever ever held the post, see `is_holders_own`.

    Args:
        read: Reads the graph, leaving nobody out.
        rows: Channels, alone or as what something is reached at.
        bodies: The bodies that all their posts are in, where they were found through these.
        everybody: Those who are protected: of one is a channel whose address may be theirs, or whose owner is named so.
        today: Day on which somebody holds a post still.

    Raises:
        StoreError: The store did not answer.
    """
    about = [row for row in rows if isinstance(row, (Entity, FullEdgeRow)) and row.cls == ContactPoint.label()]
    addresses = {row.id: str(row.values.get("channel_value") or "") for row in about}
    ties = [(row.id, row.subject, row.properties) for row in about if isinstance(row, FullEdgeRow)]
    alone = OfIds(ids=tuple(sorted({row.id for row in about if isinstance(row, Entity)})))
    ties += [(tie.subject, tie.id, tie.properties) for tie in (read(REACHED_THROUGH, alone) if alone.ids else ())]
    posts = sorted({owner for _, owner, _ in ties if owner.startswith(_POST)})
    terms = grouped(nearer(read, HOLDERS_OF, HOLDERS_INSIDE, posts, bodies))
    named_so = {owner for _, owner, _ in ties} if everybody.members else set[str]()
    names = _names(read, {term.id for of_post in terms.values() for term in of_post} | named_so)
    known = ChannelsKnown({channel: set() for channel in addresses}, {})
    for channel, owner, tie in ties:
        address, tied_by = addresses[channel], set(refs(tie))
        known.owners[channel].update({owner} if is_person(owner) else ())
        if named_so and not is_person(owner):
            known.owners[channel] |= everybody.named_by((channel, owner), (owner, *names.get(owner, ())))
        named = []
        for term in terms.get(owner, ()):
            called = names.get(term.id, (term.name,))
            if is_holders_own(address, called, tied_by=tied_by, held_by=set(refs(term.properties))):
                known.owners[channel].add(term.id)
                is_persons = "@" in address and not is_of_an_office(address)
                named += [term] if is_persons or is_address_of(address, called) else []
        if named and all(term.held(today) == "no" for term in named):
            known.left[channel, owner] = max(str(term.properties.get("period_end") or "") for term in named)
    for channel, own in known.owners.items():
        own |= everybody.may_own(channel, addresses[channel], own)
    return known


def _names(read: Callable[[Query[Any, Any], Any], list[Any]], people: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the printed and the other names of people, by id."""
    known = read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(people)))) if people else ()
    return {one.id: (one.name, *(one.values.get("aliases") or ())) for one in known}
