"""Edges: identity, terms, and why one waits."""

from iga.graph.fold.groups import fold_pair
from iga.graph.fold.live import Said
from iga.graph.fold.nodes import Landscape
from iga.graph.fold.shapes import FoldedEdge, Triple, Waiting
from iga.graph.statements import Value

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
