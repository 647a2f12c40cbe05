"""What a person types for a parameter: ids, codes, names in six languages, and the answer when nothing fits."""

import pytest

from iga.graph.errors import Ambiguous, NotFound, UsageError
from tests.queries.conftest import Ask


@pytest.mark.parametrize(
    "typed",
    ["gov:civ", "CIV", "ci", "Côte d’Ivoire", "cote d'ivoire", "COTE D IVOIRE", "Ivory Coast", "Costa de Marfil",
     "Кот-д’Ивуар", "科特迪瓦", "كوت ديفوار"],
)  # fmt: skip
def test_a_government_is_taken_by_id_code_and_name_in_any_language(answer_to: Ask, typed: str) -> None:
    [subject] = answer_to("memberships", party=typed).subjects
    assert subject.id == "gov:civ"


@pytest.mark.parametrize("typed", ["named:government:gold-coast", "Gold Coast"])
def test_a_merged_id_and_a_former_name_still_lead_there(answer_to: Ask, typed: str) -> None:
    answer = answer_to("tier-history", party=typed)
    assert answer.parameters["party"] == "gov:gha"


def test_an_answer_repeats_its_parameters_as_ids_so_that_it_can_be_asked_again(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="Example Protocol", party="ESO")
    again = answer_to("gaps", **answer.parameters)
    assert answer.parameters == {"agreement": "treaty:whole", "party": "org:eso", "as_of": "2026-06-01"}
    assert again == answer


def test_an_unknown_name_is_answered_with_suggestions(answer_to: Ask) -> None:
    with pytest.raises(NotFound, match=r"did you mean .*Mongolia") as caught:
        answer_to("memberships", party="Mongol empire")
    assert "Mongolia" in caught.value.suggestions


def test_a_name_that_only_one_thing_comes_near_is_taken_for_it_and_said(answer_to: Ask) -> None:
    answer = answer_to("memberships", party="Mongollia")
    assert [(taken.parameter, taken.typed, taken.id) for taken in answer.understood_as] == [
        ("party", "Mongollia", "gov:mng")
    ]
    assert answer_to("memberships", party="Mongolia").understood_as == ()


def test_days_are_taken_as_people_write_them(answer_to: Ask) -> None:
    assert answer_to("members", party="ESO", as_of="31.12.2020").as_of == "2020-12-31"
    with pytest.raises(UsageError, match="may be 2020-03-06 or 2020-06-03"):
        answer_to("members", party="ESO", as_of="3/6/2020")


def test_several_matches_are_listed(answer_to: Ask) -> None:
    with pytest.raises(Ambiguous, match=r"Republic of the Congo \(Government, gov:cog\)") as caught:
        answer_to("memberships", party="Congo")
    assert caught.value.suggestions == ("gov:cod", "gov:cog")


def test_a_name_of_another_class_is_refused_with_its_class(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="'ESO' is Example Security Organization"):
        answer_to("tier-history", party="ESO")


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("members", {"partie": "ESO"}, "members takes no parameter 'partie'; did you mean party"),
        ("members", {}, "members needs party"),
        ("members", {"party": "ESO", "as_of": "the other day"}, "'the other day' is not a date"),
        ("members", {"party": "ESO", "as_of": "31.13.2020"}, "'31.13.2020' is not a date"),
        ("members", {"party": "ESO", "as_of": "2021-02-30"}, "'2021-02-30' is not a date"),
        ("members", {"party": ["ESO", "EXP"]}, "members takes party once, not 2 times"),
        ("members", {"party": "…"}, "names nothing"),
        ("parties", {"agreement": "treaty:whole", "status": "joined"}, "status: 'joined' cannot be used"),
        ("tier-history", {"party": "GHA", "year": "last"}, "year: 'last' cannot be used"),
        ("engagements", {"party": "ESO", "since": "soon"}, "since: 'soon' is not a date"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused_in_one_sentence(
    answer_to: Ask, question: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        answer_to(question, **given)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_topic_and_an_unknown_question_are_answered_with_suggestions(answer_to: Ask) -> None:
    with pytest.raises(NotFound, match=r"did you mean .*child-trafficking"):
        answer_to("engagements", party="ESO", topic="child things")
    with pytest.raises(NotFound, match="there is no question 'memberz'; did you mean members"):
        answer_to("memberz", party="ESO")
