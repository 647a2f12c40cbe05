import pytest
from pydantic import Field, ValidationError

from iga.graph.domain.catalog import EDGES, NODE, NODES, fits
from iga.graph.domain.edges import MemberOf, Participated, PartyTo
from iga.graph.domain.marking import Marking
from iga.graph.domain.model import Edge, Node, said
from iga.graph.domain.parties import ContactPoint, Government
from iga.graph.domain.values import Line
from iga.graph.errors import DomainError


def test_a_field_without_a_description_is_refused() -> None:
    with pytest.raises(DomainError, match=r"Bad\.name is not described: declare it with said"):

        class Bad(Node):
            """A node."""

            kind = "bad"
            name: Line | None = Field(default=None)


def test_a_class_without_a_docstring_is_refused() -> None:
    with pytest.raises(DomainError, match="Silent has no docstring"):

        class Silent(Node):
            kind = "silent"


def test_a_node_class_without_a_kind_is_refused() -> None:
    with pytest.raises(DomainError, match="Kindless has no kind"):

        class Kindless(Node):
            """A node."""


def test_an_edge_class_that_joins_nothing_is_refused() -> None:
    with pytest.raises(DomainError, match="Loose does not say what it joins"):

        class Loose(Edge):
            """An edge."""


def test_an_identity_that_names_no_field_is_refused() -> None:
    with pytest.raises(DomainError, match=r"identity names no field of it: \['office'\]"):

        class Nameless(Edge):
            """An edge."""

            ends = ("Party",), ("Party",)
            identity = ("office",)


def test_an_edge_class_that_no_sentence_can_say_is_refused() -> None:
    with pytest.raises(DomainError, match="Mute is not put in words: write phrase"):

        class Mute(Edge):
            """An edge."""

            ends = ("Party",), ("Party",)
            phrase = ("knows", "is known by")


def test_a_type_the_fold_does_not_know_is_refused() -> None:
    class Odd(Node):
        """A node."""

        kind = "odd"
        share: float | None = said("A share.", example=0.5)

    with pytest.raises(DomainError, match=r"Odd\.share has a type the fold does not know"):
        Odd.rules()


def test_rules_say_how_each_field_folds() -> None:
    shapes = {name: rule.shape for name, rule in MemberOf.rules().items()}
    assert shapes == {
        "period": "interval", "attested_on": "list", "category": "scalar", "office": "scalar",
        "status": "scalar", "status_on": "day", "basis": "scalar",
        "withdrawal_announced_on": "day", "withdrawal_notified_on": "day", "withdrawn_on": "day", "bears_on": "scalar",
    }  # fmt: skip
    assert Participated.rules()["on_behalf_of"].refers_to == "Party"
    assert ContactPoint.rules()["verified_by"].marking is Marking.INTERNAL
    assert Government.rules()["name_ar"].searched


def test_relationship_types_follow_the_class_names() -> None:
    assert PartyTo.type() == "PARTY_TO"
    assert len({edge.type() for edge in EDGES}) == len(EDGES)


def test_only_agreements_have_parties() -> None:
    assert [n.label() for n in NODES if fits(n.label(), PartyTo.target)] == [
        "Treaty", "ChildProtectionCompact", "Memorandum", "Declaration",
    ]  # fmt: skip


@pytest.mark.parametrize("declared", [*NODES, *EDGES], ids=lambda c: c.__name__)
def test_every_example_is_a_value_of_its_field(declared: type[Node | Edge]) -> None:
    examples = {name: field.examples[0] for name, field in declared.model_fields.items() if field.examples}
    declared.model_validate(examples)


def test_a_field_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        NODE["Government"].model_validate({"shoe_size": 43})
