"""Who may be shown in a session, and what is left out with those who may not."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec.json import encode
from msgspec.structs import replace

from iga.graph.domain.parties import PEOPLE, Consent, ContactPoint, Person, Post, is_person
from iga.graph.errors import Denied
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import is_address_of, is_holders_own, plain_id, texts_in
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.names.own_addresses import is_of_an_office
from iga.graph.query import P, Query, R, ReadParams, Row
from iga.graph.statements import SAID_BY_CARDS, Card
from iga.queries.core.compiled import Inside, nearer
from iga.queries.core.permissions import LEFT_OUT, KnownProtections, Permission
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_INSIDE, HOLDERS_OF, REACHED_THROUGH, Relationship

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


T = TypeVar("T")


class Shown(NamedTuple, Generic[R]):
    """What of a read may be shown: the rows, whom a consent was lacking for, by id, and ids that name somebody such."""

    rows: tuple[R, ...]
    refused: dict[str, Permission]
    telling: frozenset[str] = frozenset()


class ConsentGate:
    """The gate that what a session reads passes: whom no consent covers is left out of it.

    Attributes:
        ledger: As far as the reader sees it; consents are read past that.
        today: Full day of which consents are asked.
        use: What people are looked up for, such as being contacted: whom no consent for it covers is left out of what
            is read. None is a look-up: it shows whoever agreed to anything, and of who was never asked the public
            role.
        is_duty: Whether it serves a duty to the people themselves, such as an answer to their request: all are shown.
        left_out: Whom a consent was lacking for, by id.
        left_telling: Ids of other things that were left out, since these ids name somebody of them.
    """

    ledger: Ledger
    today: str
    use: str | None
    is_duty: bool
    left_out: dict[str, Permission]
    left_telling: set[str]
    _protections: KnownProtections

    def _read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, leaving nobody out."""
        raise NotImplementedError

    @property
    def shows(self) -> tuple[str | None, bool]:
        """What decides who is left out, beside the ledger and the day."""
        return self.use, self.is_duty

    def permissions(self, people: Iterable[str]) -> dict[str, Permission]:
        """Return whether people may be shown for the session's use today, by id; a duty asks nobody.

        Raises:
            LedgerError: The ledger did not answer.
        """
        protected = {} if self.is_duty else self._protections.of(self.ledger, people)
        return {it: protection.for_use(self.use or "", day=self.today) for it, protection in protected.items()}

    def protected(self, people: Iterable[str]) -> list[str]:
        """Return which of some people are shown for a use only where a consent covers it, in their order.

        Raises:
            LedgerError: The ledger did not answer.
        """
        known = self._protections.of(self.ledger, people)
        return [it for it, protection in known.items() if protection.counts_as_protected]

    def refuse_unless_agreed(self, ids: Iterable[str]) -> None:
        """Refuse a use of people that no consent of theirs covers; a duty to them is never refused.

        Raises:
            Denied: One of them did not agree; the message names the permitted way.
            LedgerError: The ledger did not answer.
        """
        for it, known in self.permissions(filter(is_person, ids)).items():
            if not known.is_given:
                instead = f"; make contact through {known.via} instead" if known.via else ""
                why = known.reason if self.ledger.is_whole else "no consent for it stands"
                raise Denied(f"{it} did not agree to {self.use or 'be shown'}: {why}{instead}")

    def hidden(self, ids: Iterable[str]) -> set[str]:
        """Return which of some ids are those of people whom no consent covers, of what is theirs, or name one of them.

        Raises:
            StoreError: The store did not answer.
            LedgerError: The ledger did not answer.
        """
        wanted = set(ids)
        hidden = self._refused(filter(is_person, wanted)) | self.naming(wanted)
        if self.is_duty or not (theirs := sorted(it for it in wanted if it.startswith(MAY_BE_THEIRS))):
            return hidden
        rows = self._read(ENTITIES_BY_ID, OfIds(ids=tuple(theirs)))
        return hidden.union({row.id for row in rows} & self._left_out(rows, self._channels(rows))[1])

    def _permitted(self, rows: list[R], params: ReadParams) -> "Shown[R]":
        """Return rows without whom no consent covers: without what is theirs, and without name where they are named."""
        channels = self._channels(rows, params.bodies if isinstance(params, Inside) else ())
        refused, left_out, telling = self._left_out(rows, channels)
        kept = [kept for row in rows if (kept := without(row, left_out | self._not_said_of(row)))]
        kept = [channels.marked(row) for row in kept] if channels.left else kept
        return Shown(tuple(self.without_texts(kept)), refused, telling)

    def unsaid_holders(self, ends: Collection[str], marking: int) -> set[str]:
        """Return who of the two ends of a relationship may not be said to hold the post at the other.

        Whoever was never asked is shown with a post that a public row states; whoever may be such a person, with none.
        """
        if not any(it.startswith(_POST) for it in ends):
            return set()
        known = self.permissions(filter(is_person, ends))
        return {it for it, one in known.items() if one.is_by_name_alone and (marking or one.may_be)}

    def unsaid(self, ids: Iterable[str]) -> set[str]:
        """Return which of some people nothing may be said of but their names: no post finds them, nor any other tie."""
        return {it for it, one in self.permissions(filter(is_person, ids)).items() if one.is_by_name_alone}

    def _not_said_of(self, row: Row) -> set[str]:
        if isinstance(row, EdgeRow):
            return self.unsaid_holders((row.subject, row.id), row.properties.get("marking", 0))
        if isinstance(row, Relationship):
            return self.unsaid_holders((row.source, row.target), row.values.get("marking", 0))
        return set()

    def without_texts(self, rows: Iterable[R]) -> Iterator[R]:
        """Give rows with a remark in place of each text that names somebody whom no consent covers."""
        for row in rows:
            shown = self.masked(row.__dict__, *ids_in_row(row))
            yield row if shown is row.__dict__ else row.model_copy(update=shown)

    def masked(self, value: T, *about: str) -> T:
        """Return a value, or values of values, with a remark in place of each text that names somebody hidden.

        Args:
            value: What is to be shown; itself where it names nobody.
            about: Ids of what it is about: nobody counts as named who is judged to be another.
        """
        hidden = self.naming(texts_in([value]), about)
        return in_place(value, hidden) if hidden else value

    def shown_source(self, source: str) -> str:
        """Return the id of a source as it may be shown: with a digest, where it names somebody hidden."""
        return plain_id(self.ledger, source) if self.naming((source,)) else source

    def shown_card(self, card: Card) -> Card:
        """Return the card of a source without what of it names somebody hidden; itself where nothing does."""
        stated = {name: getattr(card, name) for name in SAID_BY_CARDS}
        shown = self.masked(stated)
        source = self.shown_source(card.source)
        return card if shown is stated and source == card.source else replace(card, source=source, **shown)

    def shown_evidence(self, rows: Sequence[str]) -> list[str]:
        """Return source rows, as the graph has them, with a digest or remark where the source or key names somebody."""
        telling = self.naming(rows)
        return [self._shown_row(*refs({"evidence": [row]})[0]) if row in telling else row for row in rows]

    def _shown_row(self, source: str, row_key: str) -> str:
        return encode((self.shown_source(source), self.masked(row_key))).decode()

    def words_naming(self, words: Iterable[str], *, least: int = 2) -> set[str]:
        """Return which of the words of one thing are of a name of somebody hidden, of which they hold so many."""
        named = self._protections.everybody(self.ledger).names.among(words, least=least)
        return set().union(*(named[person] for person in self._refused(named)))

    def naming(self, texts: Iterable[str], about: Sequence[str] = ()) -> set[str]:
        """Return which of some texts and ids name somebody whom no consent covers.

        Nobody counts who is judged to be another than what they are about, nor whom they are about.
        """
        everybody = self._protections.everybody(self.ledger)
        own = set(map(everybody.person, about))
        held = {text for text in texts if everybody.held_in(text)} if everybody.members and not self.is_duty else ()
        named = {text: everybody.named_by((*about, text), (text,)) - own for text in held}
        refused = self._refused(set().union(*named.values())) if named else set()
        return {text for text, people in named.items() if people & refused}

    def _refused(self, people: Iterable[str]) -> set[str]:
        return {it for it, known in self.permissions(people).items() if not known.is_given}

    def _left_out(
        self, rows: Sequence[Row], channels: ChannelsKnown
    ) -> tuple[dict[str, Permission], set[str], frozenset[str]]:
        """Return the people in rows whom no consent covers, the ids of all that is left out, and those that tell."""
        owners = channels.owners
        people = people_in(rows).union(*owners.values())
        known = self.permissions(people)
        refused = {it: one for it, one in known.items() if not one.is_given}
        unreached = {it for it, one in known.items() if one.is_by_name_alone or not one.is_given}
        theirs = {channel for channel, owned_by in owners.items() if owned_by & unreached}
        about = {it for row in rows for it in ids_in_row(row)}
        # What was restricted because it named somebody is offered as a way to nobody.
        restricted = self._protections.restricted(self.ledger, about) if self.use and not self.is_duty else set[str]()
        naming = self.naming(about)
        telling = frozenset(it for it in naming if not (is_person(it) or it.startswith(MAY_BE_THEIRS)))
        return refused, {*refused, *theirs, *naming, *restricted, *consents_of(rows, refused)}, telling

    def owners_by_address(self, channel: str, address: str) -> set[str]:
        """Return the protected people whose own a channel may be, by its id and its address alone."""
        return self._protections.everybody(self.ledger).may_own(channel, address)

    def owners_of_channels(self, rows: Iterable[Row]) -> dict[str, set[str]]:
        """Return whose the channels are that rows are about, whoever may be shown."""
        return self._channels(list(rows)).owners

    def _channels(self, rows: Sequence[Row], bodies: Collection[str] = ()) -> ChannelsKnown:
        everybody = self._protections.everybody(self.ledger)
        return channels_known(self._read, rows, bodies, everybody, self.today)
