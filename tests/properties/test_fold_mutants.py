"""Each rule of the fold, turned off: the smallest history that needs it must then break its invariant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold import affected, clusters, groups, live, nodes, step
from iga.graph.fold.affected import Kinship, Span, Subjects
from iga.graph.fold.clusters import Clusters
from iga.graph.fold.live import Lens, Standing
from iga.graph.fold.shapes import FoldedNode, View
from iga.graph.fold.step import Side, fetch_pairs
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, Card, Content, EdgeStatement, NodeStatement, Value
from tests.properties.invariants import (
    check_incremental,
    check_known_on,
    check_last_wins,
    check_live,
    check_no_stray_id,
    check_order,
    check_raised,
    check_unmerge,
    check_unseen,
    check_whole,
)
from tests.properties.ledger_model import Load, ModelLedger, judged, unjudged
from tests.properties.projection_model import ModelProjection, graph_of, stepped

LATER = "2026-06-30T14:00:00Z"
SENSITIVE = int(Marking.SENSITIVE)


def node(named: str, name: str = "x", *, cls: str = "Ngo", **more: Value) -> NodeStatement:
    return NodeStatement(cls, named, {"name": name, **more})


def edge(source: str, target: str, *, kind: str = "PART_OF", **said: Value) -> EdgeStatement:
    return EdgeStatement(kind, source, target, said)


def load(source: str, *rows: NodeStatement | EdgeStatement | None, marking: int = 0, **card: Any) -> Load:
    """Rows 1, 2, … of a source; None withdraws."""
    said = {str(n): Content((row,), marking) for n, row in enumerate(rows, 1) if row is not None}
    withdrawn = tuple(str(n) for n, row in enumerate(rows, 1) if row is None)
    return Load(Card(source, source, **card), said, withdrawn)


def term(start: str = "", end: str = "") -> dict[str, str]:
    return {"start": start, "end_kind": "dated" if end else "unknown", "end": end}


Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """A rule turned off, and the check that must then fail."""

    name: str
    patch: Patch
    check: Callable[[], None]


def attribute(owner: object, name: str, value: object) -> Patch:
    return lambda patch: patch.setattr(owner, name, value)


def each_step(*loads: Load, nows: Sequence[str] = ("",) * 9, ceiling: Marking = Marking.SENSITIVE) -> None:
    check_incremental(loads, range(1, len(loads) + 1), ceiling, nows)


def by_load_number(_: Lens, version: Any, __: Any) -> str:
    return f"{version.load:09d}"


def newest_that_names(row: Any, _: Lens) -> Iterable[Any]:
    """A key that holds the subject: each subject lives on until the row says something else of it."""
    latest = {live._subject(said): (version, said) for version in row for said in version.content.statements}
    return ((version, said, said.marking) for version, said in latest.values())


def filtered_first(row: Any, lens: Lens) -> Iterable[Any]:
    seen = [version for version in row if version.content.marking <= lens.ceiling]
    return ((seen[-1], said, said.marking) for said in (seen[-1].content.statements if seen else ()))


def ever_written(_: ModelLedger, versions: Any, content: Content) -> bool:
    return any(version.content == content for version in versions)


def resolved_at_load(self: ModelLedger, given: Load, write: Any = ModelLedger.write) -> int:
    """Names resolve against what is loaded so far."""
    said = [s for versions in self.rows.values() for version in versions for s in version.content.statements]
    ids = {s.values.get("name"): s.id for s in said if isinstance(s, NodeStatement)}

    def resolved(statement: Any) -> Any:
        if not isinstance(statement, NodeStatement) or not statement.id.startswith("named:"):
            return statement
        return NodeStatement(statement.cls, str(ids.get(statement.values["name"], statement.id)), statement.values)

    rows = {key: Content(tuple(map(resolved, content.statements))) for key, content in given.rows.items()}
    return int(write(self, Load(given.card, rows, given.withdrawn)))


def by_parts(stated: Any) -> Any:
    ends = [value for value in stated if value["end"]]
    return {**stated[0], **({"end_kind": "dated", "end": ends[0]["end"]} if ends else {})}, False


def known_unless_hidden(rows: Any, lens: Lens, ids: Any, known: Any = live.known_ids) -> set[str]:
    rows = list(rows)
    named = {s.id for row in rows for v in row for s in v.content.statements if isinstance(s, NodeStatement)}
    hidden: set[str] = named - known(rows, lens, ids)
    return set(ids) - hidden


def in_order_of_loading(rows: Any, lens: Lens) -> Any:
    ordered = sorted(rows, key=lambda row: row[-1].load)
    return {(said.first, said.second): said.word for row in ordered for said in live.verdicts_said(row, lens)}


def greedily(words: Any, _: Any) -> Clusters:
    """Join pair by pair, leaving out what contradicts what came before."""
    rings: dict[str, set[str]] = {}
    apart: set[tuple[str, str]] = {pair for pair, word in words.items() if word == "different"}
    for (first, second), word in words.items():
        joined = rings.get(first, {first}) | rings.get(second, {second})
        if word == "same" and not any(set(pair) <= joined for pair in apart):
            rings.update(dict.fromkeys(joined, joined))
    found = Clusters()
    for ring in rings.values():
        clusters._merge(tuple(sorted(ring)), found)
    return found


def greedy(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clusters, "verdicts", in_order_of_loading)
    patch.setattr(clusters, "clusters_of", greedily)


def newest_only(row: Any) -> Any:
    return iter(row[-1].content.statements)


def without_old_groups(history: Any, sides: tuple[Side, Side], written: Any) -> None:
    fetch_pairs(history, sides, written)
    for triple in sides[0].pairs.keys() - {sides[1].triple(raw) for raw in written}:
        del sides[0].pairs[triple]


def without_class_changes(kin: Kinship, sides: Any, moved_ends: Any = step.moved_ends) -> Any:
    before, now = (side.classes.keys() for side in sides)
    stayed = {raw for node in before & now for side in sides for raw in side.clusters.members_of(node)}
    return moved_ends(kin, sides) - stayed


def without_presence(kin: Kinship, _: Any) -> set[str]:
    return {raw for raw in kin.moved() if kin.before.canonical(raw) != kin.now.canonical(raw)}


def without_n4(self: Kinship, ids: Iterable[str], include: Any = Kinship.include) -> None:
    include(self, set(ids) - {"ngo:n4"})


def only_the_pair(self: Kinship, moved: Any = Kinship.moved) -> Any:
    return moved(self) & {"ngo:n4", "ngo:n5"}


def adding(self: ModelProjection, new: FoldedNode) -> None:
    old = self.nodes.get(new.id)
    both = {**(old.values if old else {}), **new.values}
    fields = {name: getattr(new, name) for name in FoldedNode.__struct_fields__}
    self.nodes[new.id] = FoldedNode(**{**fields, "values": both})


def check_one_term() -> None:
    """Blank, 1963 and 1963-12-16 from three sources are one membership; beside 1975, a blank stands alone."""
    ends = [node("gov:ken", cls="Government"), node("org:un", cls="InternationalOrganization")]
    terms = [edge("gov:ken", "org:un", kind="MEMBER_OF", period=term(s)) for s in ("", "1963", "1963-12-16")]
    loads = [load("list:z", *ends), *(load(f"list:{n}", said) for n, said in enumerate(terms))]
    assert len(graph_of(ModelLedger(loads), View()).edges) == 1
    again = load("list:y", edge("gov:ken", "org:un", kind="MEMBER_OF", period=term("1975")))
    assert len(graph_of(ModelLedger([*loads, again]), View()).edges) == 3


def check_embargo() -> None:
    each_step(
        load("list:a", node("ngo:n1"), public_from=LATER),
        Load(Card("list:b", "b")),
        nows=("2026-01-01T00:00:00Z", LATER),
    )


def check_row_embargo() -> None:
    held = Load(Card("list:a", "a"), {"1": Content((node("ngo:n1"),), public_from=LATER)})
    each_step(held, Load(Card("list:b", "b")), nows=("2026-01-01T00:00:00Z", LATER), ceiling=Marking.PUBLIC)


def check_orders(*loads: Load, view: View | None = None) -> None:
    check_order(loads, loads[::-1], view or View())


PUBLIC = View(ceiling=Marking.PUBLIC)
TWO_NAMES = (load("list:a", node("ngo:n1", "y")), load("list:b", node("ngo:n1", "x")))
TWO_STATED = (load("list:a", node("ngo:n1", "y"), as_of="2021"), load("list:b", node("ngo:n1", "x"), as_of="2021-03"))
MOVED_ROW = (load("list:a", node("ngo:n1")), load("list:a", node("ngo:n2")))
RAISED = (load("list:a", node("ngo:n1", "x")), load("list:a", node("ngo:n1", "y"), marking=SENSITIVE))
RAISED_GONE = (*RAISED, load("list:a", None))
RAISED_CARD = (
    load("list:a", node("ngo:n1")),
    load("list:a", node("ngo:n1"), marking=0),
    Load(Card("list:a", "a", marking=2)),
)
PARTS = (
    load("list:a", node("project:p", cls="Project", period=term("2021")), rank=1),
    load("list:b", node("project:p", cls="Project", period=term("2015", "2019")), rank=2),
)
HIDDEN_END = (load("list:a", node("ngo:n5")), judged("ngo:n2", "ngo:n5"))
HIDDEN_ROW = (
    load("list:a", node("ngo:n1"), edge("ngo:n1", "ngo:n2")),
    load("list:b", node("ngo:n2"), marking=SENSITIVE),
    judged("ngo:n1", "ngo:n2"),
)
RING = (
    load("list:a", node("ngo:n1"), node("ngo:n2"), node("ngo:n3")),
    judged("ngo:n1", "ngo:n3", "different"),
    judged("ngo:n2", "ngo:n3"),
    judged("ngo:n1", "ngo:n2", judge=RULE_JUDGE),
)
EDGE = load("list:a", node("ngo:n1"), node("ngo:n2"), node("ngo:n3"), edge("ngo:n2", "ngo:n3"))
CLASS_CHANGE = (
    load(
        "list:a",
        node("gov:g", cls="Government"),
        node("treaty:t", cls="Treaty"),
        edge("gov:g", "treaty:t", kind="PARTY_TO"),
    ),
    load("list:a", node("gov:g", cls="Topic")),
)
APART = (
    load("list:a", node("ngo:n0"), node("ngo:n3"), node("ngo:n4"), node("ngo:n5")),
    judged("ngo:n0", "ngo:n3"),
    judged("ngo:n0", "ngo:n5"),
    judged("ngo:n0", "ngo:n4", "different"),
    judged("ngo:n4", "ngo:n5"),
)
RERANKED = (
    load("list:a", node("ngo:n1", "x"), rank=20),
    load("list:b", node("ngo:n1", "y"), rank=30),
    Load(Card("list:a", "list:a", rank=40)),
)
REDATED = (
    load("list:a", node("ngo:n1", "x"), as_of="2022", complete=True),
    load("list:b", node("ngo:n1", "y"), as_of="2023"),
    Load(Card("list:a", "list:a", as_of="2024", complete=True)),
)
NAMED_LATE = (
    load("list:a", NodeStatement("Transaction", "transaction:t", {"provider": "ngo:n1"})),
    load("list:b", node("ngo:n1")),
)
WITHDRAWN_FIELD = (load("list:a", node("ngo:n1", website="w")), load("list:a", node("ngo:n1")))
UNRESOLVED = (load("list:orgs", node("ngo:1", "Acme")), load("list:awards", node("named:ngo:acme", "Acme")))


def check_raised_public(*loads: Load) -> None:
    check_raised(loads, Marking.PUBLIC)


MUTANTS = [
    Mutant("recency is the load", attribute(Lens, "stated_on", by_load_number), lambda: check_orders(*TWO_NAMES)),
    Mutant(
        "the key holds the subject",
        attribute(live, "live_statements", newest_that_names),
        lambda: check_live(MOVED_ROW),
    ),
    Mutant(
        "content ever seen is skipped",
        attribute(ModelLedger, "is_unchanged", ever_written),
        lambda: check_last_wins([TWO_NAMES[0], load("list:a", node("ngo:n1", "x")), TWO_NAMES[0]], ModelLedger()),
    ),
    Mutant(
        "a row that comes back is skipped",
        attribute(ModelLedger, "is_unchanged", ever_written),
        lambda: check_last_wins([TWO_NAMES[0], load("list:a", None), TWO_NAMES[0]], ModelLedger()),
    ),
    Mutant(
        "names resolve at load", attribute(ModelLedger, "write", resolved_at_load), lambda: check_orders(*UNRESOLVED)
    ),
    Mutant(
        "interval by parts",
        lambda patch: patch.setitem(nodes.FOLDS, "interval", by_parts),
        lambda: check_whole(PARTS, View()),
    ),
    Mutant("identity by start text", attribute(groups, "joined_start", lambda start, _: start), check_one_term),
    Mutant(
        "filter, then live", attribute(live, "live_statements", filtered_first), lambda: check_raised_public(*RAISED)
    ),
    Mutant(
        "newest marking only", attribute(Lens, "raised_to", lambda *_: 0), lambda: check_raised_public(*RAISED_GONE)
    ),
    Mutant(
        "markings as of then",
        attribute(live, "_standing", lambda card, _: Standing(card.rank, card.marking, None)),
        lambda: check_raised_public(*RAISED_CARD),
    ),
    Mutant(
        "pairs with hidden ends count",
        attribute(clusters, "counts", lambda *_: True),
        lambda: check_no_stray_id(HIDDEN_END, PUBLIC),
    ),
    Mutant(
        "only pairs with a hidden end are hidden",
        attribute(clusters, "known_ids", known_unless_hidden),
        lambda: check_unseen(HIDDEN_ROW, PUBLIC),
    ),
    Mutant("merging is greedy", greedy, lambda: check_order(RING, [RING[0], RING[3], RING[1], RING[2]], View())),
    Mutant(
        "only new subjects are touched", attribute(affected, "stated_in", newest_only), lambda: each_step(*MOVED_ROW)
    ),
    Mutant(
        "old groups are forgotten",
        attribute(step, "fetch_pairs", without_old_groups),
        lambda: each_step(EDGE, judged("ngo:n1", "ngo:n2")),
    ),
    Mutant(
        "class changes are forgotten",
        attribute(step, "moved_ends", without_class_changes),
        lambda: each_step(*CLASS_CHANGE),
    ),
    Mutant(
        "presence is forgotten",
        attribute(step, "moved_ends", without_presence),
        lambda: each_step(load("list:a", edge("ngo:n1", "ngo:n2")), load("list:b", node("ngo:n1"), node("ngo:n2"))),
    ),
    Mutant(
        "newly known ids are forgotten",
        attribute(Kinship, "include", without_n4),
        lambda: each_step(load("list:a", node("ngo:n1")), judged("ngo:n1", "ngo:n4"), load("list:b", node("ngo:n4"))),
    ),
    Mutant("only the judged pair is touched", attribute(Kinship, "moved", only_the_pair), lambda: each_step(*APART)),
    Mutant("rank of the card ignored", attribute(Span, "changed_sources", lambda *_: []), lambda: each_step(*RERANKED)),
    Mutant("day of the card ignored", attribute(Span, "changed_sources", lambda *_: []), lambda: each_step(*REDATED)),
    Mutant(
        "marking of the card ignored",
        attribute(Span, "changed_sources", lambda *_: []),
        lambda: each_step(*RAISED_CARD, ceiling=Marking.PUBLIC),
    ),
    Mutant("embargo of a load ignored", attribute(Span, "has_flipped", lambda *_: False), check_embargo),
    Mutant("embargo of a row ignored", attribute(Span, "has_flipped", lambda *_: False), check_row_embargo),
    Mutant("refs are no ends", attribute(Subjects, "add_touching", lambda *_: None), lambda: each_step(*NAMED_LATE)),
    Mutant("put adds", attribute(ModelProjection, "put_node", adding), lambda: each_step(*WITHDRAWN_FIELD)),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name.replace(" ", "-"))
def test_a_rule_turned_off_is_caught(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.check()
    mutant.patch(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        mutant.check()


def test_recency_is_what_the_sources_state() -> None:
    check_orders(*TWO_STATED)
    assert graph_of(ModelLedger(TWO_STATED), View()).nodes["ngo:n1"].values == {"name": "x"}


def test_an_interrupted_step_cannot_be_run_again() -> None:
    ledger = ModelLedger([load("list:a", node("ngo:n1", "x"))])
    projection = graph_of(ledger, View())
    ledger.write(load("list:a", node("ngo:n1", "y")))
    stepped(projection, ledger, view=View(), since=(1, ""))  # applied, but killed before it could say so
    ledger.write(load("list:a", node("ngo:n1", "x")))
    stepped(projection, ledger, view=View(), since=(1, ""))
    assert projection != graph_of(ledger, View())


def test_a_ring_with_a_different_is_listed_and_not_merged() -> None:
    graph = graph_of(ModelLedger(RING), View())
    assert graph.aliases == {}
    assert [ring.pairs for ring in graph.rings.values()] == [(("ngo:n1", "ngo:n3"),)]


def test_a_withdrawn_merge_gives_the_edge_back() -> None:
    check_unmerge([EDGE], judged("ngo:n1", "ngo:n2"), unjudged("ngo:n1", "ngo:n2"), View())


def test_a_rank_of_then_counts_then() -> None:
    check_known_on(RERANKED, Marking.SENSITIVE)


def test_a_person_overrules_a_rule() -> None:
    said = [EDGE, judged("ngo:n1", "ngo:n2", judge=RULE_JUDGE)]
    assert graph_of(ModelLedger(said), View()).aliases == {"ngo:n2": "ngo:n1"}
    said.append(judged("ngo:n1", "ngo:n2", "unsure", judge=PERSON_JUDGE))
    assert graph_of(ModelLedger(said), View()).aliases == {}
