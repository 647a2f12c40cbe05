"""Kinds of things are asked for in the words people use."""

import pytest

from iga.graph.domain.catalog import NODE
from iga.graph.errors import NotFound
from iga.graph.names.kinds import LAST_STEP, STEPS, kind_of, step_of


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ngo", "Ngo"),
        ("NGOs", "Ngo"),
        ("civil society", "Ngo"),
        ("Government", "Government"),
        ("countries", "Government"),
        ("forum", "Forum"),
        ("treaty", "Treaty"),
        ("conventions", "Treaty"),
        ("InternationalOrganization", "InternationalOrganization"),
        ("international organisation", "InternationalOrganization"),
        ("org", "InternationalOrganization"),
        ("ministry", "PublicBody"),
        ("universities", "AcademicInstitution"),
        ("party", "Party"),
        ("agreement", "Agreement"),
        ("post", "Post"),
        ("focal points", "Post"),
        ("CPC", "ChildProtectionCompact"),
        ("event", "Engagement"),
        ("person", "Person"),
        ("people", "Person"),
    ],
)
def test_a_word_for_a_kind_is_its_class_or_group(typed: str, kind: str) -> None:
    assert kind_of(typed) == kind


@pytest.mark.parametrize("cls", NODE)
def test_every_class_is_called_by_its_name_and_by_its_kind(cls: str) -> None:
    assert kind_of(cls) == cls
    assert kind_of(NODE[cls].kind) == cls


def test_an_unknown_kind_is_answered_with_suggestions() -> None:
    with pytest.raises(NotFound, match="there is no kind 'ngoo'; did you mean ngo"):
        kind_of("ngoo")
    with pytest.raises(NotFound, match="kinds are AcademicInstitution"):
        kind_of("𒀀𒀀")


def test_what_people_look_for_comes_before_what_is_derived_from_it() -> None:
    assert STEPS.keys() <= NODE.keys()
    assert step_of("Post") < step_of("Engagement") < step_of("Publication") < step_of("Assessment") == LAST_STEP
