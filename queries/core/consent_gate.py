"""Who may be shown in a session, and what is left out with those who may not."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from iga.graph.domain.parties import is_person
from iga.graph.errors import Denied
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import texts_in
from iga.graph.query import P, Query, R, ReadParams, Row
from iga.queries.core.compiled import Inside
from iga.queries.core.people_in_rows import (
    MAY_BE_THEIRS,
    ChannelsKnown,
    channels_known,
    consents_of,
    ids_in_row,
    in_place,
    people_in,
    without,
)
from iga.queries.core.permissions import KnownProtections, Permission
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID

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
        kept = [kept for row in rows if (kept := without(row, left_out))] if left_out else rows
        kept = [channels.marked(row) for row in kept] if channels.left else kept
        return Shown(tuple(self.without_texts(kept)), refused, telling)

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

    def words_naming(self, words: Iterable[str], *, least: int = 2) -> set[str]:
        """Return which of the words of one thing are of a name of somebody hidden, of which they hold so many."""
        named = self._protections.everybody(self.ledger).names.among(words, least=least)
        return set().union(*(named[person] for person in self._refused(named)))

    def naming(self, texts: Iterable[str], about: Sequence[str] = ()) -> set[str]:
        """Return which of some texts and ids name somebody whom no consent covers, unless that is judged another."""
        everybody = self._protections.everybody(self.ledger)
        held = {text for text in texts if everybody.held_in(text)} if everybody.members and not self.is_duty else ()
        named = {text: everybody.named_by((*about, text), (text,)) for text in held}
        refused = self._refused(set().union(*named.values()))
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
        """Return whose the channels are that rows are about, whoever may be shown; see `people_in_rows`."""
        return self._channels(list(rows)).owners

    def _channels(self, rows: Sequence[Row], bodies: Collection[str] = ()) -> ChannelsKnown:
        everybody = self._protections.everybody(self.ledger)
        return channels_known(self._read, rows, bodies, everybody, self.today)
