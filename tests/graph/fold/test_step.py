"""The changes of one step; edges: identity, terms, and why one waits."""

from iga.graph.domain.marking import Marking
from iga.graph.fold.between import Moment, between
from iga.graph.fold.groups import fold_pair
from iga.graph.fold.live import Said
from iga.graph.fold.nodes import Landscape
from iga.graph.fold.shapes import DropItem, FoldedEdge, FoldedNode, PutItem, Triple, View, Waiting, item_digest
from iga.graph.fold.step import Step, step
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Value
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


PRESENT = Landscape(
    aliases={"gov:usa": "gov:us", "gov:us": "gov:us"},
    classes={"gov:us": "Government", "gov:ken": "Government", "forum:g": "Forum", "engagement:e": "Engagement"},
)


def fold(triple: Triple, *stated: dict[str, Value]) -> list[FoldedEdge | Waiting]:
    return fold_pair(
        triple, [Said(50, "", ("list:a", str(n)), triple[0], values, 0) for n, values in enumerate(stated)], PRESENT
    )


def reason(triple: Triple, *stated: dict[str, Value]) -> str:
    (item,) = fold(triple, *stated)
    assert isinstance(item, Waiting)
    return item.reason


def starts(*given: str) -> list[dict[str, Value]]:
    return [{"period": {"start": start, "end_kind": "unknown", "end": ""}} for start in given]


MEMBER: Triple = ("MEMBER_OF", "gov:ken", "forum:g")


def test_a_start_joins_the_one_most_precise_that_refines_it() -> None:
    assert len(fold(MEMBER, *starts("", "1963", "1963-12-16"))) == 1


def test_a_start_that_several_refine_stands_alone() -> None:
    assert len(fold(MEMBER, *starts("", "1963", "1975"))) == 3


def test_two_dated_terms_are_two_edges() -> None:
    assert len({item.key for item in fold(MEMBER, *starts("1963", "1975"))}) == 2


def test_a_start_outside_the_identity_is_one_edge_with_a_conflict() -> None:
    (edge,) = fold(("PART_OF", "gov:ken", "forum:g"), *starts("1963", "1975"))
    assert isinstance(edge, FoldedEdge)
    assert edge.conflicts == ("period",)


def test_delegations_named_by_two_ids_of_one_government_are_one_edge() -> None:
    behalf: list[dict[str, Value]] = [{"on_behalf_of": "gov:usa"}, {"on_behalf_of": "gov:us"}]
    (edge,) = fold(("PARTICIPATED", "gov:ken", "engagement:e"), *behalf)
    assert isinstance(edge, FoldedEdge)
    assert edge.values == {"on_behalf_of": "gov:us"}


def test_an_edge_waits_for_each_end_that_is_absent() -> None:
    triple: Triple = ("MEMBER_OF", "gov:tza", "forum:h")
    assert reason(triple, {}) == "No row says what gov:tza is. No row says what forum:h is."


def test_an_edge_waits_for_the_subject_it_names() -> None:
    triple: Triple = ("PARTICIPATED", "gov:ken", "engagement:e")
    assert reason(triple, {"on_behalf_of": "gov:tza"}) == "No row says what gov:tza is."


def test_an_edge_waits_when_both_its_ends_are_one() -> None:
    assert reason(("PART_OF", "gov:us", "gov:us"), {}) == "Both ends are gov:us."


def test_an_edge_waits_when_an_end_is_of_another_class() -> None:
    said = reason(("PARTY_TO", "gov:us", "gov:ken"), {})
    assert said == "gov:ken is of class Government; Agreement is needed here."
