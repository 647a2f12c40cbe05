"""What every question needs besides its parameters: the graph, the ledger and the day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from typing import Any, TypeVar

from graph.domain.marking import Marking
from graph.domain.parties import PEOPLE, ContactPoint, Person, Post, is_person
from graph.domain.values import first_day
from graph.errors import Denied, NotNoted
from graph.fold.live import Lens
from graph.fold.shapes import View
from graph.ledger.evidence import EvidenceRow, cards, evidence
from graph.ledger.ledger import Ledger
from graph.ledger.people_register import holds_name
from graph.names.index import NameIndex
from graph.names.table import IndexBroken, IndexDamaged
from graph.projection.meta import Meta, as_seen, meta
from graph.query import P, Query, R, ReadParams, Row
from graph.settings import HOME, Home
from graph.statements import Card, LoadHeader
from graph.stores.door import ReadableStore, Store
from graph.workspace import Snapshot, Workspace
from queries.core.answer import Ref, Subject
from queries.core.names.name_index import bring_up, other_names
from queries.core.permissions import LEFT_OUT, Permission, Protection, protections
from queries.core.reading import EdgeRow, Entity, OfIds, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, REACHED_THROUGH

T = TypeVar("T")

# Rows of evidence kept in memory: some 2 kB each, so at most about 100 MB.
_KEPT = 50_000
# A row is some 2 kB, so at most about 100 MB; a read without rows weighs as much as a quarter of one.
_MOST_ROWS = 50_000


class KeptReads:
    """What was read before. Threads may share it."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ReadParams], tuple[Any, ...]] = {}
        self._weight = 0
        self._keeping = Lock()

    def rows(self, query: Query[Any, Any], params: ReadParams) -> tuple[Any, ...] | None:
        """Return the rows of a read as kept; None if it was not kept."""
        return self._rows.get((query.name, params))

    def keep(self, query: Query[Any, Any], params: ReadParams, rows: list[Any]) -> None:
        """Keep the rows of a read; where they would be too many, forget the others first."""
        with self._keeping:
            if self._weight + len(rows) + 1 > _MOST_ROWS:
                self._rows.clear()
                self._weight = 0
            self._rows[query.name, params] = tuple(rows)
            self._weight += len(rows) + 1


@dataclass(frozen=True)
class Status:
    """How the projection that answers stands to the ledger.

    Attributes:
        data_version: Graph hash; blank when nothing was ever projected.
        through: Number of the last load projected; evidence is read as of it. None reads everything.
        projecting: Whether the ledger has a load that is not, or not wholly, projected: answers may be incomplete.
        view: What the projection shows: ceiling, last load, instant of embargoes.
        known_on: Day or load that the view was built for; None is everything loaded.
    """

    data_version: str = ""
    through: int | None = None
    projecting: bool = False
    view: View = field(default_factory=View)
    known_on: str | None = None

    @classmethod
    def of(cls, held: Meta | None, *, known_on: str | None = None) -> "Status":
        """Return the status of what a store holds; of an empty one if it holds nothing."""
        if held is None:
            return cls(known_on=known_on)
        upto = None if held.upto < 0 else held.upto
        view = View(Marking(held.ceiling), upto, held.projected_at)
        return cls(held.hash, upto or held.through, held.projecting, view, known_on)


# What a row says of whoever stands at its other end.
_NAMELESS = {"id": LEFT_OUT, "name": "name left out (no consent)", "values": {}}


def _without(row: R, people: Collection[str]) -> R | None:
    """Return a row without the name of who stands at its other end; None where it is about one of them."""
    about = [name for name, text in row.__dict__.items() if type(text) is str and text in people]
    if about != ["id"] or not isinstance(row, EdgeRow) or row.cls != Person.label():
        return None if about else row
    return row.model_copy(update={name: value for name, value in _NAMELESS.items() if name in row.__dict__})


def _people_in(rows: Iterable[Row]) -> set[str]:
    """Return the ids of the people whom rows name."""
    return {text for row in rows for text in row.__dict__.values() if type(text) is str and text.startswith(PEOPLE)}


def _is_own(tie: EdgeRow, address: str, term: EdgeRow) -> bool:
    """Say whether the channel of a post is the own one of somebody who held it for a term."""
    stated = set(refs(tie.properties))
    return (bool(stated) and stated <= {*refs(term.properties)}) or holds_name(address, term.name)


@dataclass(frozen=True)
class Session:
    """The context of a question: equal contexts give equal answers.

    One is good for one state of the projection: make another after a load. Threads may share it.

    Attributes:
        store: The graph as one view of it shows.
        ledger: Where evidence is looked up, as far as the reader sees it.
        today: Full day that stands for ``as_of`` when none is asked for.
        status: Version and state of the projection.
        resolved: What names were found to stand for, by text, parameter and labels.
        names_at: File of the index of names; None keeps it in memory.
        home: Our own government and office.
        use: What people are looked up for, such as being contacted: whom no consent for it covers is left out of what
            is read. None is a look-up that uses nobody, which shows all.
        left_out: Whom a consent was lacking for, by id.
        rows_read: Every answer to a read so far, for the audit log.
        unlogged: Why nothing can be noted in the audit log; blank if it can, or if nothing is to be.
    """

    store: ReadableStore
    ledger: Ledger
    today: str
    status: Status = Status()
    resolved: dict[tuple[str, str, tuple[str, ...]], Subject] = field(default_factory=dict, repr=False, compare=False)
    names_at: Path | None = None
    home: Home = HOME
    use: str | None = None
    left_out: dict[str, Permission] = field(default_factory=dict, repr=False, compare=False)
    rows_read: list[Sequence[Row]] = field(default_factory=list, repr=False, compare=False)
    unlogged: str = field(default="", repr=False, compare=False)
    _protections: dict[str, Protection] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[Ref, EvidenceRow | None] = field(default_factory=dict, repr=False, compare=False)
    _reads: KeptReads = field(default_factory=KeptReads, repr=False, compare=False)
    _names: list[NameIndex] = field(default_factory=list, repr=False, compare=False)
    _naming: RLock = field(default_factory=RLock, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        store: Store,
        ledger: Ledger,
        *,
        today: str,
        known_on: str | None = None,
        names_at: Path | None = None,
        home: Home = HOME,
    ) -> "Session":
        """Return the context for what a store holds now.

        Args:
            store: The graph, of one view.
            ledger: The ledger it was projected from.
            today: Full day.
            known_on: Day or load that the store's view was built for.
            names_at: File of the index of names; None keeps it in memory.
            home: Our own government and office.

        Raises:
            StoreRefused: The store holds something else than our graph.
            StoreError: The store did not answer.
        """
        held = as_seen(held, ledger) if (held := meta(store)) else None
        status = Status.of(held, known_on=known_on)
        if (held.through if held else 0) < ledger.through():
            status = replace(status, projecting=True)
        return cls(store, ledger, today, status, names_at=names_at, home=home)

    @classmethod
    def at(cls, workspace: Workspace, reading: Snapshot) -> "Session":
        """Return the context for what is open for reading, today; errors are those of `of`."""
        context = cls.of(
            reading.store,
            reading.ledger,
            today=workspace.today(),
            known_on=reading.known_on,
            names_at=reading.names_at,
            home=workspace.settings.home,
        )
        return replace(context, unlogged=workspace.audit_log.why_not_written())

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        What a finished projection holds never changes under its version, so each read is made once.

        Raises:
            StoreError: The store did not answer.
            NotNoted: They name somebody protected, which could not be noted.
        """
        rows = self._read(query, params)
        rows = rows if self.use is None else self._permitted(rows)
        self.rows_read.append(rows)
        if self.unlogged and self.protected(_people_in(rows)):
            self.refuse_unlogged("protected people are shown")
        return rows

    def refuse_unlogged(self, what: str) -> None:
        """Refuse what must be noted in the audit log, such as "a paper is made", while nothing can be noted.

        Raises:
            NotNoted: Nothing can be noted now.
        """
        if self.unlogged:
            raise NotNoted(f"{what} only where that is noted; {self.unlogged}")

    def _read(self, query: Query[P, R], params: P) -> list[R]:
        if self.status.projecting:
            return self.store.read(query, params)
        kept: tuple[R, ...] | None = self._reads.rows(query, params)
        if kept is not None:
            return list(kept)
        found = self.store.read(query, params)
        self._reads.keep(query, params, found)
        return found

    def for_request(self, *, unlogged: str = "") -> "Session":
        """Return this session with a record of its own of what is read and left out."""
        own = self.used_for(self.use)
        object.__setattr__(own, "unlogged", unlogged)
        object.__setattr__(own, "rows_read", [])
        object.__setattr__(own, "resolved", {})
        return own

    def used_for(self, use: str | None) -> "Session":
        """Return the session of a use that people must have agreed to: whoever did not is left out of what it reads.

        None is the session of a look-up that uses nobody.
        """
        used = copy(self)  # with what it has looked up
        object.__setattr__(used, "use", use)
        object.__setattr__(used, "left_out", {})
        return used

    def permissions(self, people: Iterable[str]) -> dict[str, Permission]:
        """Return whether people may be shown for the session's use today, by id.

        Raises:
            LedgerError: The ledger did not answer.
        """
        known = self._protections_of(people)
        return {it: protection.for_use(self.use or "", day=self.today) for it, protection in known.items()}

    def protected(self, people: Iterable[str]) -> list[str]:
        """Return which of some people are shown for a use only where a consent covers it, in their order.

        Raises:
            LedgerError: The ledger did not answer.
        """
        return [it for it, protection in self._protections_of(people).items() if protection.is_protected]

    def _protections_of(self, people: Iterable[str]) -> dict[str, Protection]:
        wanted = dict.fromkeys(people)
        if missing := [person for person in wanted if person not in self._protections]:
            self._protections.update(protections(self.ledger.whole, missing))
        return {person: self._protections[person] for person in wanted}

    def refuse_unless_agreed(self, ids: Iterable[str]) -> None:
        """Refuse a use of people that no consent of theirs covers; what is no use refuses nobody.

        Raises:
            Denied: One of them did not agree; the message names the permitted way.
            LedgerError: The ledger did not answer.
        """
        if self.use is None:
            return
        for it, known in self.permissions(filter(is_person, ids)).items():
            if not known.is_given:
                instead = f"; make contact through {known.via} instead" if known.via else ""
                why = known.reason if self.ledger.is_whole else "no consent for it stands"
                raise Denied(f"{it} did not agree to {self.use}: {why}{instead}")

    def _permitted(self, rows: list[R]) -> list[R]:
        """Return rows without whom no consent covers: without what is theirs, and without name where they are named."""
        channels = (row.id for row in rows if isinstance(row, Entity | EdgeRow) and row.cls == ContactPoint.label())
        owners = self.owners_of_channels(channels)
        people = _people_in(rows).union(*owners.values())
        refused = {it: known for it, known in self.permissions(people).items() if not known.is_given}
        if not refused:
            return rows
        self.left_out.update(refused)
        left_out = {*refused, *(channel for channel, theirs in owners.items() if theirs & refused.keys())}
        return [kept for row in rows if (kept := _without(row, left_out))]

    def owners_of_channels(self, channels: Iterable[str]) -> dict[str, set[str]]:
        """Return whose channels are, ids of people by the id of the channel.

        The channel of a post is somebody's own, too, where its address holds the name of who ever held the post, or
        where whatever ties it to the post names the holder there, as a list of contacts does.

        Raises:
            StoreError: The store did not answer.
        """
        ids = tuple(sorted(set(channels)))
        ties = self._read(REACHED_THROUGH, OfIds(ids=ids)) if ids else []
        posts = tuple(sorted({tie.id for tie in ties if tie.cls == Post.label()}))
        holding = grouped(self._read(HOLDERS_OF, OfIds(ids=posts))) if posts else {}
        known = self._read(ENTITIES_BY_ID, OfIds(ids=ids)) if posts else []
        addresses = {channel.id: str(channel.values.get("channel_value") or "") for channel in known}
        owners: dict[str, set[str]] = {}
        for tie in ties:
            own = {term.id for term in holding.get(tie.id, ()) if _is_own(tie, addresses[tie.subject], term)}
            owners.setdefault(tie.subject, set()).update({tie.id} if is_person(tie.id) else own)
        return owners

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """The newest card of each source, of the loads that count here."""
        return cards(self.ledger, upto=self.status.through)

    @cached_property
    def headers(self) -> Sequence[LoadHeader]:
        """The header of every load, oldest first."""
        return self.ledger.headers()

    @cached_property
    def lens(self) -> Lens:
        """How the projection that answers reads the ledger."""
        through, view, headers = self.status.through, self.status.view, self.headers
        return Lens(headers, view) if through is None else Lens(headers, view, horizon=max(through, view.upto or 0))

    @property
    def names(self) -> NameIndex:
        """The index of names, brought up to the graph when it is first asked for."""
        with self._naming:
            if not self._names:
                self._names.append(self._brought_up(NameIndex(self.names_at)))
            return self._names[0]

    def looked_up(self, look: Callable[[NameIndex], T]) -> T:
        """Return what a look-up in the index of names gives; an index that turns out to be damaged is made anew.

        Raises:
            StoreError: The store did not answer.
        """
        index = self.names
        try:
            return look(index)
        except IndexBroken as error:
            with self._naming:
                if self._names == [index]:
                    if isinstance(error, IndexDamaged):
                        index.discard()
                    self._names.clear()
            return look(self.names)

    def _brought_up(self, index: NameIndex) -> NameIndex:
        # What is read while a load is being projected may be half of it: it is not kept for the whole.
        version = f"{self.status.data_version}{' projecting' if self.status.projecting else ''}"
        try:
            self._fill(index, version)
        except IndexDamaged:
            index.discard()
            index = NameIndex(self.names_at)
            self._fill(index, version)
        except IndexBroken:  # nothing can be written there: this process makes its own
            index = NameIndex(None)
            self._fill(index, version)
        return index

    def _fill(self, index: NameIndex, version: str) -> None:
        bring_up(
            index, self.store, version=version, others=lambda entities: other_names(self.ledger, self.lens, entities)
        )

    def looks_back(self, refs: Iterable[Ref], *, day: str) -> bool:
        """Say whether a later day than `day` is known to any of these source rows.

        What a row or its source is stated for counts, and without such a day when it was loaded. The day on which
        it is asked does not, so that a question for a day is answered the same ever after.
        """
        rows = self.evidence(refs).values()
        return any(first_day(max(row.stated_on, row.card.as_of) or row.at[:10]) > day for row in rows)

    def evidence(self, refs: Iterable[Ref]) -> dict[Ref, EvidenceRow]:
        """Return what the ledger knows of source rows, in their order; rows that it lacks are left out.

        A row as of a load never changes, so each is looked up once.

        Raises:
            LedgerError: The ledger did not answer.
        """
        wanted = tuple(dict.fromkeys(refs))
        missing = [ref for ref in wanted if ref not in self._kept]
        if missing:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            found = evidence(self.ledger, missing, upto=self.status.through, known=self.cards)
            self._kept.update({ref: found.get(ref) for ref in missing})
        known = ((ref, self._kept.get(ref)) for ref in wanted)
        return {ref: row for ref, row in known if row is not None}
