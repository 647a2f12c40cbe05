"""Candidates kept in step with the graph: what a load changed is compared with all that is there."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from iga.graph.domain.marking import Marking
from iga.graph.fold.history import History
from iga.graph.fold.live import Lens, node_said
from iga.graph.fold.shapes import View
from iga.graph.ledger.judgements import Judged
from iga.graph.names.naming import called
from iga.graph.names.table import removed
from iga.graph.projection.meta import Meta
from iga.graph.snapshot import Snapshot
from iga.graph.statements import NodeStatement, Verdict, Word, pair_key
from iga.graph.stores.door import ReadableStore
from iga.ingest.resolution.book import Book, PairCandidate
from iga.ingest.resolution.party import Party, all_party_ids, canonical_ids, parties
from iga.ingest.resolution.weighing import is_ruled_out, may_be_compared, weighed

AFTER_A_LOAD = 1_000
"""Parties compared after a load; more of them wait until somebody asks for the candidates."""

Progress = Callable[[int, int], None]
"""Is told how many parties were compared, and of how many."""

_BATCH = 200


@dataclass(frozen=True)
class ComparedParties:
    """What came of a round of comparing.

    Attributes:
        new: Candidates that came up and were not in the book before, surest first.
    """

    new: tuple[PairCandidate, ...]
    waiting: int


def bring_up(book: Book, store: ReadableStore, history: History, *, held: Meta) -> None:
    """Make a book hold the parties of a graph; those that are new or changed wait to be compared.

    Raises:
        StoreError: The store did not answer.
    """
    if book.noted("version") == held.hash:
        return
    known = int(book.noted("through") or -1)
    is_hidden_from = held.ceiling < Marking.SENSITIVE  # what a later load hides is not in its rows any more
    touched = None if known < 0 or is_hidden_from or _has_new_cards(history, known) else _touched(history, known)
    if touched is None:
        wanted = set(all_party_ids(store))
        gone = book.ids() - wanted
    else:
        merged = (book.party_with(id_) for id_ in touched)
        touched |= {member for party in merged if party for member in (party.id, *party.members)}
        touched |= {part for id_ in touched for part in book.parts_of(id_)}
        wanted = touched | set(canonical_ids(store, touched).values())
        gone = wanted  # what is there still comes back at once
    lost = LostNames(history, View(Marking(held.ceiling), None, held.projected_at))
    there = list(parties(store, wanted, lost=lost))
    with book.writing():
        book.drop(set(gone) - {party.id for party in there})
        for party in there:
            book.put(party)
        book.note("version", held.hash)
        book.note("through", str(held.through))


def compare_waiting(book: Book, *, limit: int = -1, progress: Progress | None = None) -> ComparedParties:
    """Compare parties that wait, at most `limit` of them, and return what came up."""
    waiting = book.waiting(limit=limit)
    done: set[str] = set()
    new: dict[tuple[str, str], PairCandidate] = {}
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        with book.writing():
            for id_ in batch:
                new |= _compare(book, id_, done)
                done.add(id_)
        if progress:
            progress(min(start + _BATCH, len(waiting)), len(waiting))
    return ComparedParties(tuple(new.values()), book.waiting_count())


def _compare(book: Book, id_: str, done: set[str]) -> dict[tuple[str, str], PairCandidate]:
    """Compare a party with its mates but those done in this round, which met it then; return the new candidates."""
    before = {pair for candidate in book.candidates_of((id_,)) if not {*(pair := _pair(candidate))} & done}
    current = {_pair(candidate): candidate for candidate in candidates_of(book, id_, leaving=done)}
    book.compared(id_, current.values(), gone=before - current.keys())
    return {pair: candidate for pair, candidate in current.items() if pair not in before}


def candidates_of(book: Book, id_: str, *, leaving: Collection[str] = ()) -> Iterator[PairCandidate]:
    """Give the candidates that a party is in, as they are weighed now, without some others."""
    party = book.party(id_)
    for mate in book.mates(id_, leaving=leaving) if party else ():
        if party and may_be_compared(party, mate) and (pair := candidate(party, mate)):
            yield pair


def candidate(first: Party, second: Party) -> PairCandidate | None:
    """Return two parties as a candidate; None when they are unlike."""
    if is_ruled_out(first, second):
        return None
    lower, higher = sorted((first, second), key=lambda party: party.id)
    finding = weighed(lower, higher)
    return None if finding.tier == "unlike" else PairCandidate(lower, higher, finding)


def open_candidates(book: Book, judged: Iterable[Judged]) -> Iterator[PairCandidate]:
    """Give the candidates on which nobody has judged, surest first."""
    verdicts = judged_pairs(judged)
    yield from (pair for pair in book.candidates() if word_on(pair.first, pair.second, verdicts) is None)


def judged_pairs(judged: Iterable[Judged]) -> dict[tuple[str, str], Word]:
    """Return the word on each judged pair; a person's stands before a rule's."""
    ordered = sorted(judged, key=lambda judgement: judgement.judge, reverse=True)  # judgements:person comes last
    return {(judged.verdict.first, judged.verdict.second): judged.verdict.word for judged in ordered}


def word_on(first: Party, second: Party, verdicts: dict[tuple[str, str], Word]) -> Word | None:
    """Return the word on two parties by any of their ids; None when there is none."""
    pairs = (pair_key(member, other) for member in (first.id, *first.members) for other in (second.id, *second.members))
    return next((verdicts[pair] for pair in pairs if pair in verdicts), None)


def _pair(candidate: PairCandidate) -> tuple[str, str]:
    return candidate.first.id, candidate.second.id


def _touched(history: History, through: int) -> set[str]:
    """Return every id that later loads say something of, in any version of their rows, and ids they judge."""
    statements = chain.from_iterable(
        version.content.statements for row in history.rows_after(through) for version in row
    )
    ids: set[str] = set()
    for statement in statements:
        if isinstance(statement, NodeStatement):
            ids.add(statement.id)
        elif isinstance(statement, Verdict):
            ids |= {statement.first, statement.second}
        else:
            ids |= {statement.source, statement.target}
    return ids


def _has_new_cards(history: History, through: int) -> bool:
    """True if a source changed its rank or marking, by which all it says may stand otherwise."""
    before: dict[str, tuple[int, int]] = {}
    for header in history.headers():
        card = header.card.rank, header.card.marking
        if header.no > through and before.get(header.source, card) != card:
            return True
        before[header.source] = card
    return False


@dataclass(frozen=True)
class LostNames:
    """Looks up the names that sources give a party, as far as a view shows them."""

    history: History
    view: View

    @cached_property
    def _lens(self) -> Lens:
        return Lens(self.history.headers(), self.view)

    def __call__(self, members: Mapping[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
        """Return how each party is called and the text, for ids that stand for parties, by the party's id."""
        party = {member: id_ for id_, ids in members.items() for member in (id_, *ids)}
        names_by_party: dict[str, list[tuple[str, str]]] = {}
        for row in self.history.rows_naming(party.keys()):
            for member, statement in node_said(row, self._lens, party.keys()):
                names = ((match.how, match.matched) for match in called(statement.word, statement.values))
                names_by_party.setdefault(party[member], []).extend(names)
        return {id_: sorted(set(names)) for id_, names in names_by_party.items()}


MOST_READ_AFTER_A_LOAD = 2_000
"""Rows, or things of a graph that was never looked through, that are read for candidates after a load: a second or two.

Of a larger load it would be half of what the load costs, and an office that loads a register asks for candidates when
it has time for them.
"""

_BEHIND = "behind"
"""Remark in a book that loads were left out of it."""


def book_of(reading: Snapshot) -> Book:
    """Return the book of the view that is open, holding its parties; in memory where nothing can be written.

    Raises:
        StoreError: The store did not answer.
    """
    book = open_book(place_of(reading))
    if reading.meta is not None:
        bring_up(book, reading.store, reading.ledger, held=reading.meta)
        with book.writing():
            book.note(_BEHIND, "")
    return book


def book_after_load(reading: Snapshot, *, changed: int) -> Book | None:
    """Return the book brought up to a load; None where that is left until somebody asks for the candidates.

    It is left after a large load, for it reads each party that changed, and so are the loads after that one. It is
    left, too, where no book outlives the program.

    Raises:
        StoreError: The store did not answer.
    """
    book = open_book(place_of(reading))
    if not book.is_kept or reading.meta is None:
        return None
    news = changed if book.noted("version") else reading.meta.node_count
    if book.noted(_BEHIND) or news > MOST_READ_AFTER_A_LOAD:
        with book.writing():
            book.note(_BEHIND, "yes")
        return None
    bring_up(book, reading.store, reading.ledger, held=reading.meta)
    return book


def place_of(reading: Snapshot) -> Path | None:
    """Return the file of the book of the view that is open; None when it has none."""
    names = reading.names_at
    return names.with_name(names.name.replace(".names.", ".pairs.")) if names else None


def open_book(place: Path | None) -> Book:
    """Return the book at a place, made anew if it is none; one in memory where nothing can be written."""
    for _ in range(2):
        try:
            return Book(place)
        except (OSError, sqlite3.OperationalError):
            break
        except sqlite3.DatabaseError:
            assert place is not None
            removed(place)
    return Book(None)
