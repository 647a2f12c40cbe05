"""The invariants of the fold, each a check that fails with an AssertionError."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from iga.graph.domain.marking import Marking
from iga.graph.fold.live import Lens, live_version, seen_statements
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import FoldedNode, View, Waiting
from iga.graph.statements import NodeStatement, RowVersion, Statement, Verdict
from tests.properties.ledger_model import Load, ModelLedger, ends_in
from tests.properties.projection_model import ModelProjection, graph_of, stepped

COMPOSITES = ("interval", "money", "channel")


def check_order(loads: Sequence[Load], reordered: Sequence[Load], view: View) -> None:
    """Any interleaving of the same loads gives the same graph."""
    assert graph_of(ModelLedger(loads), view) == graph_of(ModelLedger(reordered), view)


def check_incremental(
    loads: Sequence[Load], cuts: Sequence[int], ceiling: Marking, nows: Sequence[str], *, is_sloppy: bool = False
) -> None:
    """Projecting step by step, or several loads at once, is a rebuild."""
    ledger = ModelLedger(is_sloppy=is_sloppy)
    projection = ModelProjection()
    since = (0, nows[0])
    for (done, cut), now in zip(pairwise((0, *cuts)), nows, strict=False):
        for load in loads[done:cut]:
            ledger.write(load)
        view = View(ceiling=ceiling, now=now)
        stepped(projection, ledger, view=view, since=since)
        assert projection == graph_of(ledger, view)
        since = (cut, now)


def check_twice(loads: Sequence[Load]) -> None:
    """The same load again writes nothing."""
    ledger = ModelLedger(loads)
    assert ledger.write(loads[-1]) == 0


def check_last_wins(loads: Sequence[Load], ledger: ModelLedger) -> None:
    """After each load, each of its rows says what the load said."""
    for load in loads:
        ledger.write(load)
        lens = Lens(ledger.headers(), View())
        for key, content in load.rows.items():
            live = live_version(tuple(ledger.rows[load.card.source, key]), lens)
            assert live is not None
            assert live.content == content
        for key in load.withdrawn:
            versions = ledger.rows.get((load.card.source, key), [])
            assert not versions or versions[-1].content.statements == ()


def check_live(loads: Sequence[Load]) -> None:
    """No node is stated by a row whose live version does not name it."""
    ledger = ModelLedger(loads)
    for node in graph_of(ledger, View()).nodes.values():
        for ref in node.evidence:
            named = {s.id for s in ledger.rows[ref][-1].content.statements if isinstance(s, NodeStatement)}
            assert named & set(node.members)


def check_unmerge(loads: Sequence[Load], judgement: Load, withdrawal: Load, view: View) -> None:
    """Judge, then withdraw the judgement: an identical graph."""
    assert graph_of(ModelLedger([*loads, judgement, withdrawal]), view) == graph_of(ModelLedger(loads), view)


def check_known_on(loads: Sequence[Load], ceiling: Marking) -> None:
    """The view at load n is the fold of the first n loads."""
    ledger = ModelLedger(loads)
    for count in range(len(loads) + 1):
        then = graph_of(ModelLedger(loads[:count]), View(ceiling=ceiling))
        assert graph_of(ledger, View(ceiling=ceiling, upto=count)) == then


def check_unseen(loads: Sequence[Load], view: View) -> None:
    """With or without the rows that were never visible, the view is the same."""
    ledger = ModelLedger(loads)
    seen = {row for row, _ in visible_statements(ledger, view)}
    assert graph_of(ledger, view) == graph_of(_without_hidden(ledger, seen), view)


def _without_hidden(ledger: ModelLedger, seen: set[tuple[str, str]]) -> ModelLedger:
    bare = ModelLedger(Load(header.card) for header in ledger.headers())
    bare.rows = {row: versions for row, versions in ledger.rows.items() if row in seen}
    return bare


def visible_statements(ledger: ModelLedger, view: View) -> Iterator[tuple[tuple[str, str], Statement]]:
    """Give every statement, live or not, that lies under the ceiling of a view, with its row."""
    lens = Lens(ledger.headers(), view)
    for key, versions in ledger.rows.items():
        for version in versions:
            for _, statement, _ in seen_statements(tuple(versions), version, lens):
                yield key, statement


def check_raised(loads: Sequence[Load], ceiling: Marking) -> None:
    """A row version is in no view below its own or any later version's marking, whatever day is asked."""
    ledger = ModelLedger(loads)
    newest = {header.source: header.card.marking for header in ledger.headers()}
    for count in range(1, len(loads) + 1):
        graph = graph_of(ledger, View(ceiling=ceiling, upto=count))
        for item in graph.items():
            for ref in item.evidence:
                assert newest[ref[0]] <= ceiling
                versions = [version for version in ledger.rows[ref] if version.load <= count]
                since = ledger.rows[ref][len(versions) - 1 :]
                assert max(version.content.marking for version in since) <= ceiling
                if isinstance(item, FoldedNode) and len(item.members) == 1:
                    assert _asked_for(item.id, since) <= ceiling


def _asked_for(node: str, versions: Sequence[RowVersion]) -> int:
    """The least that all versions ask for a node; a row may state it twice, and one may be visible."""
    said = [
        [s.marking for s in v.content.statements if isinstance(s, NodeStatement) and s.id == node] for v in versions
    ]
    later = [max(markings, default=0) for markings in said[1:]]
    return max([min(said[0]), *later])


def check_no_stray_id(loads: Sequence[Load], view: View) -> None:
    """Each id of a view was named by a statement visible in it."""
    ledger = ModelLedger(loads)
    named: set[str] = set()
    for _, statement in visible_statements(ledger, view):
        if isinstance(statement, NodeStatement):
            named.add(statement.id)
        if not isinstance(statement, Verdict):
            named |= ends_in(statement)
    assert ids_in(graph_of(ledger, view)) <= named


def ids_in(graph: ModelProjection) -> set[str]:
    """Return every id that stands anywhere in a graph."""
    ids = {*graph.aliases, *graph.aliases.values()}
    for node in graph.nodes.values():
        ids |= {*node.members, *(str(node.values[name]) for name in recipe(node.cls).refs if name in node.values)}
    for edge in graph.edges.values():
        refs = (str(edge.values[name]) for name in recipe(edge.type).refs if name in edge.values)
        ids |= {edge.source, edge.target, *refs}
    for waiting in graph.waiting.values():
        ids |= {waiting.source, waiting.target}
    return ids.union(*(ring.members for ring in graph.rings.values()))


def check_whole(loads: Sequence[Load], view: View) -> None:
    """No dangling edge, no alias to an absent node, no composite value that nobody stated."""
    ledger = ModelLedger(loads)
    graph = graph_of(ledger, view)
    assert all({edge.source, edge.target} <= graph.nodes.keys() for edge in graph.edges.values())
    assert set(graph.aliases.values()) <= graph.nodes.keys()
    assert not graph.aliases.keys() & graph.nodes.keys()
    for item in graph.items():
        if isinstance(item, Waiting):
            continue
        said = [s for ref in item.evidence for v in ledger.rows[ref] for s in v.content.statements]
        stated = [value for s in said if not isinstance(s, Verdict) for value in s.values.values()]
        rules = recipe(item.cls if isinstance(item, FoldedNode) else item.type).rules
        composites = [value for name, value in item.values.items() if rules[name].shape in COMPOSITES]
        assert all(value in stated for value in composites)
