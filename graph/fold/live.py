"""What a view sees of a row: its live version, and how far each of its statements may travel."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from iga.graph.domain.marking import Marking
from iga.graph.fold.history import RowHistory
from iga.graph.fold.recipes import LEAST, recipe
from iga.graph.fold.shapes import Ref, Triple, View
from iga.graph.statements import Card, EdgeStatement, LoadHeader, NodeStatement, RowVersion, Statement, Values, Verdict

WITHOUT_END = 1 << 62
"""A load number above all others."""


class Said(NamedTuple):
    """A visible statement as the fold weighs it: where it stands in the order of trust, and what it says."""

    rank: int
    stated_on: str
    evidence: Ref
    word: str
    values: Values
    marking: int


Seen: TypeAlias = tuple[RowVersion, Statement, int]
"""A statement in its version, with its effective marking."""


class Standing(NamedTuple):
    """How a source's cards bear on all its rows; ``stated_on`` is None unless its newest card is complete."""

    rank: int
    marking: int
    stated_on: str | None


# A view may go by judgements whose loads it does not tell of.
_NOT_TOLD = Standing(0, int(Marking.PUBLIC), None)


def sortable(instant: str) -> str:
    """Return a UTC instant as text that sorts in time: fractions of a second padded to six digits."""
    seconds, _, fraction = instant.removesuffix("Z").partition(".")
    return f"{seconds}.{fraction:0<6}"


class Lens:
    """How a view reads row versions.

    Attributes:
        upto: Last load whose versions can be live.
        horizon: Last load that is looked at; versions up to it reclassify earlier ones, others do not exist.
        standings: The standing of each source, by name.
    """

    __slots__ = ("_as_of", "_embargoed_loads", "_now", "ceiling", "horizon", "standings", "upto")

    def __init__(self, headers: Iterable[LoadHeader], view: View, *, horizon: int = WITHOUT_END) -> None:
        self.ceiling = int(view.ceiling)
        self.horizon = horizon
        self.upto = horizon if view.upto is None else min(view.upto, horizon)
        self._now = sortable(view.now) if view.now else ""
        seen = [header for header in headers if header.no <= horizon]
        newest = {header.source: header.card for header in seen}
        self._as_of = {header.no: header.card.as_of for header in seen}
        self._embargoed_loads = {header.no for header in seen if self.embargoes(header.card.public_from)}
        counting = [header for header in seen if header.no <= self.upto]
        if self.ceiling < Marking.INTERNAL:  # what cannot be seen yet counts for nothing, where anything else does
            counting.sort(key=lambda header: header.no not in self._embargoed_loads)
        cards = {header.source: header.card for header in counting}
        self.standings = {source: _standing(card, newest[source]) for source, card in cards.items()}

    def embargoes(self, public_from: str) -> bool:
        """True if the instant `public_from` is yet to come."""
        return bool(self._now and public_from) and self._now < sortable(public_from)

    def stated_on(self, version: RowVersion, statement: NodeStatement | EdgeStatement) -> str:
        """Return the day a statement is stated for: its own, else by the card of its source or load."""
        if statement.stated_on:
            return statement.stated_on
        complete = self.standings[version.source].stated_on
        return self._as_of[version.load] if complete is None else complete

    def least_marking(self, version: RowVersion) -> int:
        """Return the marking of all statements of a version at least: by source, row and embargoes."""
        standing = self.standings.get(version.source, _NOT_TOLD)
        return max(standing.marking, self._row_marking(version))

    def _row_marking(self, version: RowVersion) -> int:
        content = version.content
        if version.load in self._embargoed_loads or self.embargoes(content.public_from):
            return max(content.marking, Marking.INTERNAL)
        return content.marking

    def raised_to(self, row: RowHistory, version: RowVersion, statement: Statement) -> int:
        """Return the strictest marking that later versions ask for what a statement says; 0 without any."""
        if row[-1] is version:
            return 0
        later = (other for other in row if version.load < other.load <= self.horizon)
        return max((max(self._row_marking(o), _matching_marking(o, statement)) for o in later), default=0)


def _standing(card: Card, newest: Card) -> Standing:
    """Markings are always today's; rank and day are those of the loads that count."""
    return Standing(card.rank, newest.marking, card.as_of if card.complete else None)


def _matching_marking(later: RowVersion, statement: Statement) -> int:
    """Return what a later version asks for the same subject, else for its kind, else for anything."""
    statements = later.content.statements
    subject, word = _subject(statement), word_of(statement)
    alike = [other for other in statements if word_of(other) == word]
    same = [other for other in statements if _subject(other) == subject] or alike
    return max((other.marking for other in same or statements), default=0)


def _subject(statement: Statement) -> tuple[str, ...]:
    if isinstance(statement, NodeStatement):
        return (statement.id,)
    if isinstance(statement, EdgeStatement):
        return (statement.type, statement.source, statement.target)
    return (statement.first, statement.second)


def word_of(statement: Statement) -> str:
    """Return the class of a node statement or the type of an edge statement; a verdict has neither."""
    if isinstance(statement, NodeStatement):
        return statement.cls
    return statement.type if isinstance(statement, EdgeStatement) else ""


def live_version(row: RowHistory, lens: Lens) -> RowVersion | None:
    """Return the newest version of a row in the view, whatever its marking; None when there is none yet."""
    newest = row[-1]
    if newest.load <= lens.upto:
        return newest
    return next((version for version in reversed(row) if version.load <= lens.upto), None)


def live_statements(row: RowHistory, lens: Lens) -> Iterator[Seen]:
    """Give what the live version of a row says under the ceiling."""
    version = live_version(row, lens)
    return iter(()) if version is None else seen_statements(row, version, lens)


def seen_statements(row: RowHistory, version: RowVersion, lens: Lens) -> Iterator[Seen]:
    """Give the statements of one version that lie under the ceiling.

    The effective marking is the strictest of source, row, class, statement and every later version of the row.
    """
    least = lens.least_marking(version)
    if least > lens.ceiling:
        return
    for statement in version.content.statements:
        marking = max(
            least, statement.marking, LEAST.get(word_of(statement), 0), lens.raised_to(row, version, statement)
        )
        if marking <= lens.ceiling:
            yield version, statement, marking


def node_said(row: RowHistory, lens: Lens, ids: Container[str]) -> Iterator[tuple[str, Said]]:
    """Give what a row says, live and visible, about the nodes with these ids as written."""
    for version, statement, marking in live_statements(row, lens):
        if isinstance(statement, NodeStatement) and statement.id in ids:
            yield statement.id, _said(lens, version, statement, marking)


def edge_said(row: RowHistory, lens: Lens, triples: Container[Triple]) -> Iterator[tuple[Triple, Said]]:
    """Give what a row says, live and visible, about edges of these (type, source, target) as written."""
    for version, statement, marking in live_statements(row, lens):
        if isinstance(statement, EdgeStatement):
            triple = (statement.type, statement.source, statement.target)
            if triple in triples:
                yield triple, _said(lens, version, statement, marking)


def _said(lens: Lens, version: RowVersion, statement: NodeStatement | EdgeStatement, marking: int) -> Said:
    word = word_of(statement)
    values, strictest = recipe(word).visible(statement.values, lens.ceiling)
    rank = lens.standings[version.source].rank
    evidence = (version.source, version.row_key)
    return Said(rank, lens.stated_on(version, statement), evidence, word, values, max(marking, strictest))


def known_ids(rows: Iterable[RowHistory], lens: Lens, ids: Container[str]) -> set[str]:
    """Return which of `ids` any visible node statement of these rows ever named, live or not."""
    counting = ((row, version) for row in rows for version in row if version.load <= lens.upto)
    ever = (statement for row, version in counting for _, statement, _ in seen_statements(row, version, lens))
    return {statement.id for statement in ever if isinstance(statement, NodeStatement) and statement.id in ids}


def verdicts_said(row: RowHistory, lens: Lens) -> Iterator[Verdict]:
    """Give the live and visible verdict of a judgement row; none when it is withdrawn or hidden."""
    for _, statement, _ in live_statements(row, lens):
        if isinstance(statement, Verdict):
            yield statement
