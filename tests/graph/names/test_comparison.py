"""How two names compare: tiers and sentences on names of many sorts, and what holds for any names at all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iga.graph.names.comparison import LIKELY, POSSIBLE, TIERS, compared, tier_of
from iga.graph.names.parts import Kind, parts_of

ORGANIZATION: Kind = "organization"
PERSON: Kind = "person"


def sentences(first: str, second: str, kind: Kind = ORGANIZATION) -> list[str]:
    return [reason.sentence for reason in compared(first, second, kind).reasons]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Example Relief", "EXAMPLE RELIEF"),
        ("The Example Relief", "Example Relief, Inc."),
        ("Example Aktiengesellschaft", "Example AG"),
        ("ООО Пример и Партнеры", "Primer i Partnery OOO"),
        ("Smith & Jones Ltd.", "Smith and Jones Limited"),
        ("U.S. Department of State", "United States Department of State"),
        ("Ministry of Labour", "Ministry of Labor"),
        ("3rd Example Bank", "Third Example Bank"),
        ("Forty-Fourth Brigade Trust", "44th Brigade Trust"),
        ("Université d'Exemple", "Universite d’Exemple"),
        ("ExampleHouse Trust", "Example House Trust"),
        ("Karlsruhe Institute of Technology (KIT)", "Karlsruhe Institute of Technology"),
        ("Ministry of Justice of Ghana", "Ministère de la Justice du Ghana"),
        ("Ministry of Justice of Georgia", "Министерство юстиции Грузии"),
        ("Ministry of Foreign Affairs of Iraq", "伊拉克外交部"),
        ("Ministerio de Justicia", "وزارة العدل"),
        ("International Organization for Migration", "国际移民组织"),
        ("Example Joynt Stock Company", "Example JSC"),
    ],
)
def test_one_name_written_in_two_ways_is_likely_the_same(first: str, second: str) -> None:
    assert compared(first, second, ORGANIZATION).tier == "likely"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Embassy of Iran", "Embassy of Iraq"),
        ("Government of Mali", "Government of Malawi"),
        ("Government of Austria", "Gouvernement de l'Australie"),
        ("Правительство Нигера", "Government of Nigeria"),
        ("Ministry of Justice of Georgia", "Ministry of Justice of Ghana"),
        ("Ministry of Justice", "Ministry of the Interior"),
        ("وزارة العدل", "وزارة العمل"),
        ("وزارة العدل", "Ministry of the Interior"),
        ("Example Gas Company", "Example Oil Company"),
        ("BQ Ltd.", "BX Ltd."),
        ("ANO Example House", "Example House LLC"),
        ("Management Company", "Westbridge Management Company"),
    ],
)
def test_names_that_look_alike_but_say_another_thing_are_unlike(first: str, second: str) -> None:
    assert compared(first, second, ORGANIZATION).tier == "unlike"


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("Example Brigade 5", "Example Brigade 6", "different numbers: 5, 6"),
        ("Example Brigade", "Example Brigade 6", "a number stands in one name only: 6"),
        ("Example Relief", "Example Relief Kenya", "a place stands in one name only: Kenya"),
        ("Relief Example", "Example Relief", "the same words in another order"),
        ("Example Releif", "Example Relief", "one letter differs in 'Releif' and 'Relief'"),
        ("Example Relief GmbH", "Example Relief", "legal form left out: 'GmbH'"),
        ("Example Relief House", "Example House", "a word stands in one name only: 'Relief'"),
        ("ERH", "Example Relief House", "'ERH' is the acronym of the other"),
        ("ОБСЕ", "Организация по безопасности и сотрудничеству в Европе", "'ОБСЕ' is the acronym of the other"),
        ("UFEX", "Universidade Federal de Exemplo", "'UFEX' is the acronym of the other"),
        ("Example Relief", "ООО", "no word in common"),
        ("Example Relief", "EXAMPLE RELIEF", "the same name"),
    ],
)
def test_each_difference_is_told_in_a_sentence(first: str, second: str, sentence: str) -> None:
    assert sentence in sentences(first, second)


def test_a_country_in_one_name_is_no_difference_where_the_other_is_at_home() -> None:
    names = ("Ministry of Justice of Kenya", "Ministry of Justice")
    assert compared(*names, ORGANIZATION).tier != "likely"
    assert compared(*names, ORGANIZATION, homes=("", "KEN")).tier == "likely"
    assert compared(*names, ORGANIZATION, homes=("KEN", "GHA")).tier != "likely"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("EXAMPLE, Ana Maria", "Ana Maria Example"), ("Dr. Ana Example", "Ana Example"),
        ("Sergei Primerov", "Сергей Примеров"), ("Muammar Kaddafi-Primer", "Moammar Qaddafi Primer"),
        ("Fernando Primer", "فرناندو بريمر"), ("AnaMaria Example", "Ana Maria Example"),
        ("Bob Example", "Robert Example"), ("Ana Exmaple", "Ana Example"), ("Ana Lucia Example", "Ana Example"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_one_person_written_in_two_ways_is_likely_the_same(first: str, second: str) -> None:
    assert compared(first, second, PERSON).tier == "likely"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ana Example", "Pedro Example"),
        ("Ana Example", "Ana Sample"),
        ("Salman bin Omar Al-Example", "Omar bin Salman Al-Example"),
        ("Kim Jong Example", "Kim Yong Sample"),
        ("习近例", "习近平"),
        ("Ana B. Nugent", "Ana Blumental"),
    ],
)
def test_two_people_with_names_in_common_are_never_likely_one(first: str, second: str) -> None:
    assert compared(first, second, PERSON).tier != "likely"


def test_an_initial_beside_all_else_the_same_is_likely_and_beside_a_name_left_out_no_more() -> None:
    assert compared("A. Example", "Ana Example", PERSON).tier == "likely"
    assert compared("A. Example", "Ana Bea Example", PERSON).tier == "possible"
    assert compared("B. Example", "Ana Example", PERSON).tier == "unlike"


@pytest.mark.parametrize(
    ("first", "second", "tier"),
    [
        ("Trafalgura Group", "Trafigura Group", "possible"),  # two letters
        ("Sigmar Group", "Cigmat Group", "unlike"),  # two letters, of which the first
        ("Sparklets Business House", "Sporkels Business House", "unlike"),  # three
    ],
)
def test_two_letters_are_slips_but_three_or_the_first_and_another_are_not(first: str, second: str, tier: str) -> None:
    assert compared(first, second, "organization").tier == tier


HARD = (
    "", " ", "\x00\x01", "😀🎉🚀", "\u202e\u200b", "name:(a OR b)~2^3 AND *", "MATCH (n) DETACH DELETE n //", "'\"`$\\",
)  # fmt: skip  # read across, like the rows of a table


@pytest.mark.parametrize("hard", [*HARD, "a" * 10_000, "ab " * 4_000, "ア" * 10_000, "ا ل " * 3_000, "S.A. " * 2_000])
@pytest.mark.parametrize("kind", [ORGANIZATION, PERSON])
def test_any_text_gets_an_answer(hard: str, kind: Kind) -> None:
    assert compared(hard, "Example Relief", kind).tier == "unlike"
    assert compared(hard, hard, kind).tier in TIERS


def test_a_name_without_letters_says_so() -> None:
    assert sentences("😀", "Example Relief") == ["a name without letters or digits says nothing"]


def test_tiers_are_limits_on_the_points() -> None:
    assert [tier_of(points) for points in (0, LIKELY, LIKELY + 1, POSSIBLE, POSSIBLE + 1)] == [
        "likely",
        "likely",
        "possible",
        "possible",
        "unlike",
    ]


USUAL = """
Example Relief House Ministry of Justice Kenya Ghana Iran Iraq 5 6 IV V Ltd GmbH bin al- Ana A. Dr. Muhammad Mohamed
Международная Организация وزارة العدل 司法部 Sergei Сергей (UN) OSCE d'Exemple
"""
WORDS = st.sampled_from(USUAL.split())
NAMES = st.one_of(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), st.text(max_size=40))
KINDS = st.sampled_from([ORGANIZATION, PERSON])


@given(NAMES, NAMES, KINDS)
def test_it_does_not_matter_which_name_comes_first(first: str, second: str, kind: Kind) -> None:
    assert compared(first, second, kind) == compared(second, first, kind)


@given(NAMES, NAMES, KINDS)
def test_a_name_alone_is_never_certain(first: str, second: str, kind: Kind) -> None:
    assert compared(first, second, kind).tier != "certain"


@given(NAMES, KINDS)
@example("Relief bin Example bin Relief", "person")
def test_a_name_is_like_itself_unless_it_says_nothing(name: str, kind: Kind) -> None:
    found = compared(name, name, kind)
    assert (found.points == 0) == bool(parts_of(name, kind).words) or found.reasons[0].feature == "one_word"
    assert not found.points or found.tier != "unlike" or not parts_of(name, kind).words


@given(NAMES, NAMES, KINDS)
def test_points_are_the_sum_of_the_reasons(first: str, second: str, kind: Kind) -> None:
    found = compared(first, second, kind)
    assert found.points == sum(reason.points for reason in found.reasons)
    assert found.reasons
    assert all(reason.sentence and reason.points >= 0 for reason in found.reasons)
