"""The changes of one step."""

from iga.graph.domain.marking import Marking
from iga.graph.fold.between import Moment, between
from iga.graph.fold.shapes import DropItem, FoldedEdge, FoldedNode, PutItem, View, Waiting, item_digest
from iga.graph.fold.step import Step, step
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement
from tests.properties.ledger_model import Load, ModelLedger, judged
from tests.properties.projection_model import ModelProjection, graph_of

CARD = Card("list:a", "a")
TOPICS = {f"{n}": Content((NodeStatement("Topic", f"topic:t{n}", {"name": "t"}),)) for n in range(20)}
TIE = Content((EdgeStatement("COVERS", "body:b", "ngo:n"),))


def node(cls: str, id: str, **values: str) -> Content:  # noqa: A002
    return Content((NodeStatement(cls, id, dict(values)),))


def stepping(*loads: Load) -> tuple[ModelProjection, Step]:
    """The projection of all loads but the last one, and the step that the last one asks for."""
    ledger = ModelLedger([Load(CARD, TOPICS), *loads[:-1]])
    projection = graph_of(ledger, View())
    since = ledger.through()
    ledger.write(loads[-1])
    return projection, step(ledger, projection, view=View(), since=since, embargo_since="")


def sorts(done: Step) -> list[tuple[type, type]]:
    return [(type(change), type(change.item)) for change in done.changes]


BASE = Load(CARD, {"n": node("Ngo", "ngo:n"), "b": node("PublicBody", "body:b"), "e": TIE})


def test_a_changed_name_touches_one_node_and_no_edge() -> None:
    _, done = stepping(BASE, Load(CARD, {"n": node("Ngo", "ngo:n", name="x")}))
    assert sorts(done) == [(PutItem, FoldedNode)]


def test_a_load_that_says_nothing_new_changes_nothing() -> None:
    _, done = stepping(BASE, BASE)
    assert done == Step()


def test_a_changed_class_drops_the_node_with_its_edges_and_puts_them_anew() -> None:
    projection, done = stepping(BASE, Load(CARD, {"n": node("Company", "ngo:n")}))
    assert sorts(done) == [(DropItem, FoldedEdge), (DropItem, FoldedNode), (PutItem, FoldedNode), (PutItem, FoldedEdge)]
    assert projection.apply(done.changes).nodes["ngo:n"].cls == "Company"


def test_a_withdrawn_end_leaves_its_edges_waiting() -> None:
    _, done = stepping(BASE, Load(CARD, withdrawn=("n",)))
    assert sorts(done) == [(DropItem, FoldedEdge), (DropItem, FoldedNode), (PutItem, Waiting)]


def test_a_merge_moves_edges_and_keeps_the_old_id_resolving() -> None:
    other = Load(CARD, {"m": node("Ngo", "ngo:m")})
    projection, done = stepping(BASE, other, judged("ngo:m", "ngo:n"))
    projection.apply(done.changes)
    assert projection.aliases == {"ngo:n": "ngo:m"}
    assert [edge.target for edge in projection.edges.values()] == ["ngo:m"]


def test_more_than_a_third_touched_asks_for_a_rebuild() -> None:
    renamed = {key: node("Topic", f"topic:t{key}", name="u") for key in TOPICS}
    assert stepping(BASE, Load(CARD, renamed))[1] == Step(rebuild=True)


def test_equal_items_have_equal_digests_whatever_the_order_of_their_values() -> None:
    one = FoldedNode("ngo:n", "Ngo", {"name": "x", "website": "y"}, (), ("ngo:n",), (), 0)
    two = FoldedNode("ngo:n", "Ngo", {"website": "y", "name": "x"}, (), ("ngo:n",), (), 0)
    assert item_digest(one) == item_digest(two) != item_digest(FoldedNode("ngo:n", "Ngo", {}, (), ("ngo:n",), (), 0))


def test_what_touches_too_much_by_its_relationships_is_not_stepped() -> None:
    ties = {f"t{n}": Content((EdgeStatement("COVERS", "body:b", f"topic:t{n}"),)) for n in range(9)}
    later = Load(CARD, {"b": node("Ngo", "body:b")})
    ledger = ModelLedger([Load(CARD, TOPICS), Load(CARD, {"b": node("PublicBody", "body:b"), **ties}), later])
    before, now = Moment(2, "9"), Moment(3, "9")
    assert between(ledger, ceiling=Marking.SENSITIVE, since=before, until=now, limit=3) is None
    assert between(ledger, ceiling=Marking.SENSITIVE, since=before, until=now, limit=30) is not None
