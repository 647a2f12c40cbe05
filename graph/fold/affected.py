"""What a step touches: rows said anew, changed cards, ended embargoes, ids that judgements moved."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from iga.graph.fold.clusters import Clusters, clusters_of, judged_ids, verdicts
from iga.graph.fold.history import History, RowHistory
from iga.graph.fold.live import Lens, known_ids, word_of
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import Triple
from iga.graph.statements import EdgeStatement, LoadHeader, NodeStatement, Statement


@dataclass(slots=True)
class Subjects:
    """Subjects as written: nodes, pairs joined by an edge, and ids that a judgement is about."""

    ids: set[str] = field(default_factory=set)
    triples: set[Triple] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)

    def count(self) -> int:
        """Return how many nodes and pairs there are."""
        return len(self.ids) + len(self.triples)

    def add(self, row: RowHistory) -> None:
        """Take in every subject that any version of a row names."""
        for statement in stated_in(row):
            if isinstance(statement, NodeStatement):
                self.ids.add(statement.id)
            elif isinstance(statement, EdgeStatement):
                self.triples.add((statement.type, statement.source, statement.target))
            else:
                self.judged.update((statement.first, statement.second))

    def add_touching(self, row: RowHistory, ends: Collection[str]) -> None:
        """Take in what any version of a row joins to one of `ends`, and what names one in a ref."""
        for statement in stated_in(row):
            if isinstance(statement, EdgeStatement):
                if statement.source in ends or statement.target in ends or _names(statement, ends):
                    self.triples.add((statement.type, statement.source, statement.target))
            elif isinstance(statement, NodeStatement) and _names(statement, ends):
                self.ids.add(statement.id)


def stated_in(row: RowHistory) -> Iterator[Statement]:
    """Give every statement of every version of a row."""
    return (statement for version in row for statement in version.content.statements)


def _names(statement: NodeStatement | EdgeStatement, ids: Collection[str]) -> bool:
    return any(statement.values.get(name) in ids for name in recipe(word_of(statement)).refs)


@dataclass(frozen=True, slots=True)
class Span:
    """The two sides of a step: how rows are read before it, and how now.

    Attributes:
        until: Last load of the side now; None is the last there is.
    """

    headers: Sequence[LoadHeader]
    before: Lens
    now: Lens
    since: int
    until: int | None = None

    def touched_rows(self, history: History) -> Iterator[RowHistory]:
        """Give every row whose part in the graph may differ between the sides; some come twice."""
        if self.until is None:
            yield from history.rows_after(self.since)
        else:
            yield from history.rows_between(self.since, self.until)
        for source in self.changed_sources():
            yield from history.rows_of(source)
        yield from filter(self._is_released, history.rows_embargoed())

    def touched_rows_about(self, history: History, ids: Collection[str]) -> Iterator[RowHistory]:
        """Give those of the touched rows that name one of these ids, or judge one."""
        changed = set(self.changed_sources())
        last = self.now.upto if self.until is None else self.until
        for row in history.rows_about(ids):
            is_said_anew = any(self.since < version.load <= last for version in row)
            if is_said_anew or row[0].source in changed or self._is_released(row):
                yield row

    def _is_released(self, row: RowHistory) -> bool:
        """True if an embargo of a version's own holds on one side only."""
        return any(self.has_flipped(version.content.public_from) for version in row)

    def changed_sources(self) -> list[str]:
        """Return the sources whose rank, marking or day changed, or a load of which left its embargo."""
        flipped = {header.source for header in self.headers if self.has_flipped(header.card.public_from)}
        now = self.now.standings
        changed = {source for source, was in self.before.standings.items() if now[source] != was}
        return sorted(changed | flipped)

    def has_flipped(self, public_from: str) -> bool:
        """True if an embargo holds on one side only."""
        return self.before.embargoes(public_from) != self.now.embargoes(public_from)


class Kinship:
    """The clusters of the ids it was asked about, before and now, as far as any judgement reaches."""

    def __init__(self, history: History, span: Span) -> None:
        self.before, self.now = Clusters(), Clusters()
        self._history, self._span = history, span
        self._asked: set[str] = set()

    def include(self, ids: Iterable[str]) -> None:
        """Work out the clusters of these ids, if that was not done before."""
        rows = self._rows_reached(set(ids))
        if not rows:
            return
        judged = judged_ids(rows)
        naming = list(self._history.rows_naming(judged))
        for clusters, lens in ((self.before, self._span.before), (self.now, self._span.now)):
            clusters.add(clusters_of(verdicts(rows, lens), known_ids(naming, lens, judged)))

    def _rows_reached(self, ids: set[str]) -> list[RowHistory]:
        """Return all judgements that hang together with these ids, whatever their word."""
        reached: dict[tuple[str, str], RowHistory] = {}
        while frontier := ids - self._asked:
            self._asked |= frontier
            for row in self._history.rows_judging(frontier):
                reached[row[0].source, row[0].row_key] = row
            ids = judged_ids(reached.values())
        return list(reached.values())

    def moved(self) -> set[str]:
        """Return the ids whose cluster, among those asked about, is not what it was."""
        either = self.before.aliases.keys() | self.now.aliases.keys()
        return {kin for kin in either if self.before.kin_of(kin) != self.now.kin_of(kin)}

    def canonicals(self, ids: Iterable[str]) -> set[str]:
        """Return the canonical ids, before and now, of ids that were included."""
        return {clusters.canonical(written) for written in ids for clusters in (self.before, self.now)}
