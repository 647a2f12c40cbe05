"""A small ledger in dicts, for tests: it keeps what `iga.graph.fold.history.History` promises."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from iga.graph.fold.history import RowHistory
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import Ref, Triple
from iga.graph.statements import (
    PERSON_JUDGE,
    RULE_JUDGE,
    Card,
    Content,
    EdgeStatement,
    LoadHeader,
    NodeStatement,
    RowVersion,
    Statement,
    Verdict,
)


class Load(NamedTuple):
    """What one run says: rows by key, and the keys of rows it withdraws."""

    card: Card
    rows: Mapping[str, Content] = {}
    withdrawn: tuple[str, ...] = ()


def judged(first: str, second: str, word: str = "same", *, judge: str = PERSON_JUDGE, marking: int = 0) -> Load:
    """Return the load of one verdict."""
    one, two = sorted((first, second))
    verdict = Verdict(one, two, word, marking=marking)  # type: ignore[arg-type]
    return Load(Card(judge, judge), {f"{one} {two}": Content((verdict,))})


def unjudged(first: str, second: str, *, judge: str = PERSON_JUDGE) -> Load:
    """Return the load that withdraws a verdict."""
    return Load(Card(judge, judge), withdrawn=(" ".join(sorted((first, second))),))


class ModelLedger:
    """A ledger in memory.

    Args:
        loads: Written at once, in this order.
        is_sloppy: Whether look-ups answer with every row there is, as a ledger with colliding hashes may.
    """

    def __init__(self, loads: Iterable[Load] = (), *, is_sloppy: bool = False) -> None:
        self.rows: dict[Ref, list[RowVersion]] = {}
        self._headers: list[LoadHeader] = []
        self._is_sloppy = is_sloppy
        for load in loads:
            self.write(load)

    def write(self, load: Load) -> int:
        """Write one load; return how many row versions it added."""
        no = len(self._headers) + 1
        at = f"2026-01-01T00:{no // 60:02d}:{no % 60:02d}.000000Z"
        self._headers.append(LoadHeader(no, load.card.source, at, load.card))
        contents = {**load.rows, **dict.fromkeys(load.withdrawn, Content())}
        return sum(self._put(load.card.source, key, no, content) for key, content in contents.items())

    def _put(self, source: str, key: str, no: int, content: Content) -> bool:
        versions = self.rows.setdefault((source, key), [])
        if self.is_unchanged(versions, content):
            if not versions:
                del self.rows[source, key]
            return False
        versions.append(RowVersion(source, key, no, f"{source}:{key}", content))
        return True

    def is_unchanged(self, versions: list[RowVersion], content: Content) -> bool:
        """True if a row says nothing new: equal to its live version, not to any ever written."""
        return (versions[-1].content if versions else Content()) == content

    def through(self) -> int:
        return len(self._headers)

    def headers(self) -> list[LoadHeader]:
        return list(self._headers)

    def _where(self, wanted: Iterable[tuple[RowHistory, bool]]) -> Iterator[RowHistory]:
        return (row for row, is_wanted in wanted if is_wanted or self._is_sloppy)

    def _all(self) -> list[RowHistory]:
        return [tuple(versions) for versions in self.rows.values()]

    def rows_after(self, load: int) -> Iterator[RowHistory]:
        return self._where((row, row[-1].load > load) for row in self._all())

    def rows_between(self, load: int, last: int) -> Iterator[RowHistory]:
        return self._where((row, any(load < v.load <= last for v in row)) for row in self._all())

    def rows_of(self, source: str) -> Iterator[RowHistory]:
        return self._where((row, row[0].source == source) for row in self._all())

    def rows_embargoed(self) -> Iterator[RowHistory]:
        return self._where((row, any(v.content.public_from for v in row)) for row in self._all())

    def rows_naming(self, ids: Collection[str]) -> Iterator[RowHistory]:
        return self._where((row, not nodes_of(row).isdisjoint(ids)) for row in self._all())

    def rows_joining(self, pairs: Collection[Triple]) -> Iterator[RowHistory]:
        return self._where((row, not triples_of(row).isdisjoint(pairs)) for row in self._all())

    def rows_touching(self, ids: Collection[str]) -> Iterator[RowHistory]:
        return self._where((row, not ends_of(row).isdisjoint(ids)) for row in self._all())

    def rows_about(self, ids: Collection[str]) -> Iterator[RowHistory]:
        named = (nodes_of, ends_of, judged_in)
        return self._where((row, any(not ids_in(row).isdisjoint(ids) for ids_in in named)) for row in self._all())

    def rows_judging(self, ids: Collection[str] | None) -> Iterator[RowHistory]:
        judgements = [row for row in self._all() if row[0].source in (PERSON_JUDGE, RULE_JUDGE)]
        return self._where((row, ids is None or not judged_in(row).isdisjoint(ids)) for row in judgements)

    def by_node(self) -> Iterator[tuple[str, list[RowHistory]]]:
        for node in sorted(set().union(*map(nodes_of, self._all()))):
            yield node, list(self.rows_naming({node}))

    def by_pair(self) -> Iterator[tuple[Triple, list[RowHistory]]]:
        for triple in sorted(set().union(*map(triples_of, self._all()))):
            yield triple, list(self.rows_joining({triple}))

    def subject_count(self) -> int:
        rows = self._all()
        return len(set().union(*map(nodes_of, rows))) + len(set().union(*map(triples_of, rows)))


def statements_of(row: RowHistory) -> list[Statement]:
    """Return every statement of every version of a row."""
    return [statement for version in row for statement in version.content.statements]


def nodes_of(row: RowHistory) -> set[str]:
    """Return the ids that any version of a row has node statements about."""
    return {said.id for said in statements_of(row) if isinstance(said, NodeStatement)}


def triples_of(row: RowHistory) -> set[Triple]:
    """Return the triples that any version of a row has edge statements about."""
    return {(s.type, s.source, s.target) for s in statements_of(row) if isinstance(s, EdgeStatement)}


def ends_of(row: RowHistory) -> set[str]:
    """Return the ids that any version of a row names as an end or in a ref field."""
    return {end for statement in statements_of(row) for end in ends_in(statement)}


def ends_in(statement: Statement) -> set[str]:
    """Return the ids that a statement names as an end or in a ref field."""
    if isinstance(statement, Verdict):
        return set()
    word = statement.cls if isinstance(statement, NodeStatement) else statement.type
    refs = {str(statement.values[name]) for name in recipe(word).refs if name in statement.values}
    return refs | ({statement.source, statement.target} if isinstance(statement, EdgeStatement) else set())


def judged_in(row: RowHistory) -> set[str]:
    """Return the ids that any version of a row judges."""
    verdicts = [said for said in statements_of(row) if isinstance(said, Verdict)]
    return {end for verdict in verdicts for end in (verdict.first, verdict.second)}
