"""What every question needs besides its parameters: the graph, the ledger and the day."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from iga.graph.domain.values import first_day
from iga.graph.errors import NotNoted
from iga.graph.fold.live import Lens
from iga.graph.ledger.evidence import EvidenceRow, cards, evidence, lost_row
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import subjects_in
from iga.graph.names.index import NameIndex
from iga.graph.names.table import IndexBroken, IndexDamaged
from iga.graph.projection.meta import as_seen, meta
from iga.graph.query import P, Query, R, Row
from iga.graph.settings import HOME, Home
from iga.graph.statements import Card, LoadHeader
from iga.graph.stores.door import ReadableStore, Store
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.consent_gate import ConsentGate, Shown, people_in
from iga.queries.core.moving import with_beginnings, with_moves
from iga.queries.core.names.name_index import Indexed, index_at, other_names
from iga.queries.core.permissions import KnownProtections, Permission
from iga.queries.core.state import KeptReads, KeptValues, Status
from iga.queries.core.ties import KeptTies, Ties

if TYPE_CHECKING:
    from iga.graph.snapshot import Snapshot
    from iga.graph.workspace import Workspace

T = TypeVar("T")
# Rows of evidence kept in memory: some 2 kB each, so at most about 100 MB.
_KEPT = 50_000


@dataclass(frozen=True)
class Session(ConsentGate):
    """The context of a question: equal contexts give equal answers.

    One is good for one state of the projection: make another after a load. Threads may share it.

    Attributes:
        store: The graph as one view of it shows.
        ledger: Where evidence is looked up, as far as the reader sees it.
        today: Full day that stands for ``as_of`` when none is asked for.
        resolved: What names were found to stand for, by text, parameter and labels.
        names_at: File of the index of names; None keeps it in memory.
        is_practice: Whether made-up people, meetings and money are among what it holds, so that answers say so.
        use, is_duty, left_out, left_telling: Who and what is left out of what is read, and was: see `ConsentGate`.
        rows_read: Every answer to a read so far, for the audit log.
        unlogged: Why nothing can be noted in the audit log; blank if it can, or if nothing is to be.
    """

    store: ReadableStore
    ledger: Ledger
    today: str
    status: Status = field(default_factory=Status)
    resolved: dict[Hashable, Subject] = field(default_factory=dict, repr=False, compare=False)
    names_at: Path | None = None
    home: Home = HOME
    is_practice: bool = False
    use: str | None = None
    is_duty: bool = False
    left_out: dict[str, Permission] = field(default_factory=dict, repr=False, compare=False)
    left_telling: set[str] = field(default_factory=set, repr=False, compare=False)
    rows_read: list[Sequence[Row]] = field(default_factory=list, repr=False, compare=False)
    unlogged: str = field(default="", repr=False, compare=False)
    _protections: KnownProtections = field(default_factory=KnownProtections, repr=False, compare=False)
    _kept: dict[Ref, EvidenceRow] = field(default_factory=dict, repr=False, compare=False)
    _reads: KeptReads = field(default_factory=KeptReads, repr=False, compare=False)
    _names: list[NameIndex] = field(default_factory=list, repr=False, compare=False)
    _ties: KeptTies = field(default_factory=KeptTies, repr=False, compare=False)
    _made: KeptValues = field(default_factory=KeptValues, repr=False, compare=False)
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
        """Return the context for what a store holds now: `known_on` is the day or load that its view was built for.

        Raises:
            StoreRefused: The store holds something else than our graph.
            StoreError: The store did not answer.
        """
        held = as_seen(held, ledger) if (held := meta(store)) else None
        return cls(store, ledger, today, Status.of(held, ledger, known_on=known_on), names_at=names_at, home=home)

    @classmethod
    def at(cls, workspace: "Workspace", reading: "Snapshot") -> "Session":
        """Return the context for what is open for reading, today; a `LedgerError` where the ledger did not answer."""
        return cls(
            reading.store,
            reading.ledger,
            workspace.today(),
            Status.of(reading.meta, reading.ledger, known_on=reading.known_on, mark=reading.store_mark),
            names_at=reading.names_at,
            home=workspace.settings.home,
            is_practice=workspace.settings.is_practice,
            unlogged=workspace.audit_log.why_not_written(),
        )

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        What a finished projection holds never changes under its version, so each read is made once.

        Raises:
            StoreError: The store did not answer.
            NotNoted: They name somebody protected, which could not be noted.
        """
        shown = self._shown(query, params)
        self.left_out.update(shown.refused)
        self.left_telling.update(shown.telling)
        rows = with_moves(self._seen, query, shown.rows)
        rows = with_beginnings(self._read, query, rows)
        self.rows_read.append(rows)
        if self.unlogged and self.protected(people_in(rows)):
            self.refuse_unlogged("protected people are shown")
        return rows

    def unnoted(self, query: Query[P, R], params: P) -> list[R]:
        """Return rows for `ends_of_terms` alone, which takes days from them: who they name is in no answer and no log.

        These days stand on terms that are read, and noted, by themselves; whoever is left out is left out here as well.
        """
        return with_moves(self._seen, query, self._seen(query, params))

    def _seen(self, query: Query[P, R], params: P) -> Sequence[R]:
        return self._shown(query, params).rows

    def _shown(self, query: Query[P, R], params: P) -> Shown[R]:
        def decide() -> Shown[R]:
            return self._permitted(self._read(query, params), params)

        whom = (self.shows, self.today)
        return decide() if self.status.projecting else self._reads.shown(query, params, whom, decide)

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
        return self._reads.of(self.store, query, params)

    def for_request(self, *, unlogged: str = "") -> "Session":
        """Return this session with a record of its own of what is read and left out."""
        _ = self.cards, self.lens  # looked up here, for all requests
        return self._copied(unlogged=unlogged, rows_read=[], resolved={})

    def used_for(self, use: str | None) -> "Session":
        """Return the session of a use that people must have agreed to: whoever did not is left out of what it reads.

        None is the session of a look-up.
        """
        return self._copied(use=use, is_duty=False)

    def for_duty(self) -> "Session":
        """Return the session of a duty to people, such as answering their request: it leaves nobody out."""
        return self._copied(use=None, is_duty=True)

    def on_duty(self) -> "Session":
        """Return the session of a duty to people where everything may be seen, else this one."""
        return self.for_duty() if self.use is None and self.ledger.is_whole else self

    def _copied(self, **values: object) -> "Session":
        own = copy(self)  # with what it has looked up
        vars(own).update(left_telling=set(), left_out={}, **values)
        if own.shows != self.shows:
            vars(own).pop("cards", None)
        return own

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """The newest card of each source, as it may be shown, by the source's id and the one shown for it."""
        shown = {source: self.shown_card(card) for source, card in self._stated_cards.items()}
        return {card.source: card for card in shown.values()} | shown

    @cached_property
    def _stated_cards(self) -> Mapping[str, Card]:
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
                # What is read while a load is being projected may be half of it: it is not kept for the whole.
                version = f"{self.status.graph_hash}{' projecting' if self.status.projecting else ''}"
                others = partial(other_names, self.ledger, self.lens)
                graph = Indexed(self.store, version, others, self.status.recent)
                self._names.append(index_at(self.names_at, graph))
            return self._names[0]

    @property
    def ties(self) -> Ties | None:
        """The relationships of the graph as arrays; None where it has too many, or is being projected."""
        return None if self.status.projecting else self._ties.of(self.store, self.names_at, self.status.graph_hash)

    def once(self, make: Callable[["Session"], T]) -> T:
        """Return what is made of the graph alone, naming nobody: made once for as long as the graph stays the same."""
        return make(self) if self.status.projecting else self._made.get((make, self.shows), lambda: make(self))

    def looked_up(self, look: Callable[..., T], *asked: Hashable) -> T:
        """Return what a look-up in the index of names gives; an index that turns out to be damaged is made anew.

        What is looked up by values of its own is looked up once. Whoever is left out is found by no name.

        Raises:
            StoreError: The store did not answer.
        """
        index = self.names
        try:
            with index.looking(veil=self):
                return self._made.get((look, self.shows, *asked), lambda: look(index, *asked)) if asked else look(index)
        except IndexBroken as error:
            with self._naming:
                if self._names == [index]:
                    if isinstance(error, IndexDamaged):
                        index.discard()
                    self._names.clear()
            with self.names.looking(veil=self):
                return look(self.names, *asked)

    def looks_back(self, refs: Iterable[Ref], *, day: str) -> bool:
        """True if a later day than `day` is known to any of these source rows.

        What a row or its source is stated for counts, and without such a day when it was loaded. The day on which
        it is asked does not, so that a question for a day is answered the same ever after.
        """
        rows = self.evidence(refs).values()
        return any(first_day(max(row.stated_on, row.card.as_of) or row.at[:10]) > day for row in rows)

    def evidence(self, refs: Iterable[Ref]) -> dict[Ref, EvidenceRow]:
        """Return what the ledger knows of source rows that the graph names, in their order.

        A row as of a load never changes, so each is looked up once. One that the ledger lacks is left out while a load
        is being projected; else the ledger is damaged.

        Raises:
            LedgerError: The ledger did not answer, or is damaged.
        """
        wanted = tuple(dict.fromkeys(refs))
        known = {ref: row for ref in wanted if (row := self._kept.get(ref))}
        if missing := [ref for ref in wanted if ref not in known]:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            found = evidence(self.ledger, missing, upto=self.status.through, known=self._stated_cards)
            if len(found) < len(missing) and not self.status.projecting:
                raise lost_row(next(ref for ref in missing if ref not in found))
            self._kept.update(found)
            known |= found
        return self.without_names({ref: known[ref] for ref in wanted if ref in known})

    def without_names(self, book: Mapping[Ref, EvidenceRow]) -> dict[Ref, EvidenceRow]:
        """Return source rows without what of their keys, places, pages, remarks and sources names somebody hidden."""
        shown: dict[Ref, EvidenceRow] = {}
        fields = ("row_key", "locator", "url", "note")
        of_sources = {
            source: self.shown_card(row.card) for source, row in {it.source: it for it in book.values()}.items()
        }
        for ref, stated in book.items():
            card = of_sources[stated.source]
            row = stated if card is stated.card else replace(stated, source=card.source, card=card)
            told = {name: getattr(row, name) for name in fields}
            if self.masked(told) is not told:
                about = set().union(*map(subjects_in, row.statements))
                row = replace(row, **self.masked(told, *sorted(about)))
            shown[ref] = row
        return shown
