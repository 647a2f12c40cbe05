"""Who is the same as whom: judgements counted, joined into clusters, each with its canonical id."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from iga.graph.fold.history import History, RowHistory
from iga.graph.fold.live import Lens, known_ids, verdicts_said
from iga.graph.fold.shapes import ClusterContradiction, short_digest
from iga.graph.grouping import by_key
from iga.graph.statements import PERSON_JUDGE, Verdict, Word

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Ids that are one subject; ids on their own are not listed.

    Attributes:
        aliases: Canonical id of every id in a cluster, the canonical one included.
        members: All ids of each cluster, sorted, by canonical id.
        contradictions: The rings that were not merged, by key.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contradictions: dict[str, ClusterContradiction] = field(default_factory=dict)

    def canonical(self, written: str) -> str:
        """Return the id that one as written resolves to; itself when it is in no cluster."""
        return self.aliases.get(written, written)

    def members_of(self, canonical: str) -> tuple[str, ...]:
        """Return the ids that resolve to this one; none when it resolves to another itself."""
        if canonical in self.aliases:
            return self.members.get(canonical, ())
        return (canonical,)

    def kin_of(self, written: str) -> tuple[str, ...]:
        """Return all ids of the cluster of one as written."""
        return self.members_of(self.canonical(written))

    def add(self, other: "Clusters") -> None:
        """Take in clusters that share no id with these."""
        self.aliases.update(other.aliases)
        self.members.update(other.members)
        self.contradictions.update(other.contradictions)


def all_clusters(history: History, lens: Lens) -> Clusters:
    """Return every cluster of a view."""
    rows = list(history.rows_judging(None))
    judged = judged_ids(rows)
    return clusters_of(verdicts(rows, lens), known_ids(history.rows_naming(judged), lens, judged))


def judged_ids(rows: Iterable[RowHistory]) -> set[str]:
    """Return every id that any version of these judgement rows names."""
    statements = chain.from_iterable(version.content.statements for row in rows for version in row)
    pairs = ((verdict.first, verdict.second) for verdict in statements if isinstance(verdict, Verdict))
    return set(chain.from_iterable(pairs))


def verdicts(rows: Iterable[RowHistory], lens: Lens) -> dict[Pair, Word]:
    """Return the word on each judged pair of a view: a person's before a rule's."""
    rules: dict[Pair, Word] = {}
    persons: dict[Pair, Word] = {}
    for row in sorted(rows, key=lambda row: (row[0].source, row[0].row_key)):
        words = persons if row[0].source == PERSON_JUDGE else rules
        for verdict in verdicts_said(row, lens):
            words[verdict.first, verdict.second] = verdict.word
    return rules | persons


def counts(pair: Pair, known: Container[str]) -> bool:
    """True if a verdict counts: both ends are known ids of the view."""
    return pair[0] in known and pair[1] in known


def clusters_of(words: Mapping[Pair, Word], known: Container[str]) -> Clusters:
    """Return the clusters that the counting verdicts make.

    A ring of *same* that holds a *different* is not merged at all: what to merge would depend on the order.
    """
    counting = {pair: word for pair, word in words.items() if counts(pair, known)}
    rings = _components(pair for pair, word in counting.items() if word == "same")
    different = [pair for pair, word in sorted(counting.items()) if word == "different"]
    clusters = Clusters()
    for ring in rings:
        inside = set(ring)
        if pairs := tuple(pair for pair in different if inside.issuperset(pair)):
            key = f"ring:{short_digest(ring)}"
            clusters.contradictions[key] = ClusterContradiction(key, ring, pairs)
        else:
            _merge(ring, clusters)
    return clusters


def _merge(ring: tuple[str, ...], clusters: Clusters) -> None:
    canonical = min(ring, key=lambda known: (known.startswith("named:"), known))  # what is only a name comes last
    clusters.members[canonical] = ring
    clusters.aliases.update(dict.fromkeys(ring, canonical))


def _components(pairs: Iterable[Pair]) -> Iterator[tuple[str, ...]]:
    """Give the connected components, each sorted."""
    parent: dict[str, str] = {}
    for first, second in pairs:
        parent[_root(first, parent)] = _root(second, parent)
    return (tuple(sorted(ring)) for ring in by_key(list(parent), lambda end: _root(end, parent)).values())


def _root(end: str, parent: dict[str, str]) -> str:
    parent.setdefault(end, end)
    while parent[end] != end:
        parent[end] = parent[parent[end]]
        end = parent[end]
    return end
