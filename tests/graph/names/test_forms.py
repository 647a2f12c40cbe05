"""Names are compared in forms that do not depend on how somebody happened to type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.names.forms import LONGEST, forms, joined, latin, spelled, typed_forms, typed_words, words
from tests.reading import some

_NAMES = st.text(max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "COTE D IVOIRE"), ("Ёлка", "елка"), ("Алексѐй", "алексей"), ("ＯＳＣＥ", "osce"),
        ("Łódź", "lodz"), ("أفغانستان", "افغانستان"), ("القاهرة", "القاهره"), ("مستشفى", "مستشفي"), ("کنیا", "كنيا"),
        ("OS\u200bCE", "OSCE"), ("\u202eOSCE\u202c", "OSCE"), ("  UN\tWomen ", "un women"),
    ],
)  # fmt: skip
def test_ways_of_writing_one_name_are_one_form(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("ОБСЕ", "obse"),
        ("Россия", "rossiya"),
        ("中国", "zhongguo"),
        ("International Labour Organisation", "international labor organization"),
        ("Intl Labour Org.", "international labor organization"),
        ("Dept. of Labour", "department of labor"),
        ("…", ""),
    ],
)
def test_a_name_in_latin_letters(name: str, plain: str) -> None:
    assert latin(name) == plain


@given(_NAMES)
def test_forms_made_twice_are_the_same(name: str) -> None:
    assert spelled(spelled(name)) == spelled(name)
    assert latin(latin(name)) == latin(name)
    assert latin(spelled(name)) == latin(name)


@given(_NAMES)
def test_a_form_has_single_spaces_and_no_edges(name: str) -> None:
    for form in (spelled(name), latin(name)):
        assert form == " ".join(form.split())


@given(_NAMES)
def test_the_first_form_is_the_name_itself_and_all_are_found_by_their_words(name: str) -> None:
    assert next(forms(name)) == name
    assert next(typed_forms(name)) == name
    assert all(set(spelled(form).split()) <= set(words(form)) for form in forms(name))


def test_a_name_is_only_compared_as_far_as_anybody_types() -> None:
    assert len(spelled("a" * 10_000)) == LONGEST


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Bahamas, The", "bahamas"), ("Korea, Republic of", "republic of korea"), ("Gambia (the)", "gambia"),
        ("La République française", "republique francaise"), ("St. Lucia", "saint lucia"),
        ("Trinidad & Tobago", "trinidad and tobago"), ("U.S.A.", "usa"),
        ("President's Task Force", "presidents task force"), ("Example Relief Ltd.", "example relief"),
        ("XM-DAC-41304:1", "1"), ("Swaziland (until 2018-04)", "swaziland"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_printed_name_has_the_shorter_forms_that_people_type(printed: str, typed: str) -> None:
    assert typed in {spelled(form) for form in forms(printed)}


def test_what_is_typed_in_brackets_stays_unless_it_is_an_article_or_a_code() -> None:
    assert "georgia" not in {spelled(form) for form in some(typed_forms("Georgia (US state)"))}
    assert "georgia" in {spelled(form) for form in typed_forms("Georgia (the)")}
    assert "example relief" in {spelled(form) for form in typed_forms("Example Relief (ER)")}


def test_small_words_are_not_asked_for_where_others_stand_beside_them() -> None:
    assert typed_words("Ministry of the Interior") == ("ministry", "interior")
    assert typed_words("of the") == ("of", "the")
    assert typed_words("U.S. embassy") == ("us", "embassy")


def test_a_script_without_spaces_is_found_by_pairs_of_letters() -> None:
    assert typed_words("国际劳工组织") == ("国际", "际劳", "劳工", "工组", "组织")
    assert set(typed_words("劳工组织")) <= set(words("国际劳工组织"))


def test_a_short_name_is_also_one_word_and_a_name_beside_another_is_not() -> None:
    assert joined("south korea") == "southkorea"
    assert "=southkorea" in words("South Korea")
    assert "=southkorea" not in words("South Korea", is_own=False)
