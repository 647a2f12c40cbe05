"""One ranking: the kind of match first, then what people look for, then the likeness, then the name."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from iga.graph.names.index import NameIndex, Only, Vocabulary
from iga.graph.names.ranking import KINDS, exactly, meant, ranked
from iga.graph.names.table import Called


def thing(written: str, cls: str, name: str, *names: tuple[str, str], context: tuple[str, ...] = ()) -> Called:
    return Called(written, "1", cls, name, (("name", name), *names), context)


def index_of(*things: Called) -> NameIndex:
    index = NameIndex()
    index.update("v1", since="", changed=things, gone=())
    return index


def told(index: NameIndex, text: str) -> list[tuple[str, str]]:
    return [(one.id, one.how) for one in ranked(index, text)]


def test_the_kinds_of_match_come_in_their_order() -> None:
    index = index_of(
        thing("org:code", "Forum", "Something", ("code", "RSO")),
        thing("org:name", "Forum", "RSO"),
        thing("org:acronym", "Forum", "Regional Office", ("acronym", "RSO")),
        thing("org:alias", "Forum", "Another", ("alias", "RSO")),
        thing("org:prefix", "Forum", "RSO of the Process"),
        thing("org:text", "Forum", "Friends of the RSO"),
    )
    assert told(index, "rso") == [
        ("org:code", "code"), ("org:name", "name"), ("org:acronym", "acronym"), ("org:alias", "alias"),
        ("org:prefix", "prefix"), ("org:text", "text"),
    ]  # fmt: skip  # read across, like the rows of a table


def test_scores_fall_with_the_order_and_kinds_never_mix() -> None:
    index = index_of(*(thing(f"ngo:{n}", "Ngo" if n % 2 else "Assessment", f"Relief {'x' * n}") for n in range(9)))
    found = ranked(index, "relief")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert [KINDS[one.how] for one in found] == sorted(KINDS[one.how] for one in found)


def test_among_equal_matches_what_people_look_for_comes_first() -> None:
    index = index_of(
        thing("assessment:gha", "Assessment", "Ghana, TIP Report"),
        thing("publication:gha", "Publication", "Ghana report"),
        thing("engagement:gha", "Engagement", "Ghana conference of several days"),
        thing("ngo:gha", "Ngo", "Ghana network of shelters and of legal aid"),
    )
    assert [it for it, _ in told(index, "ghana")] == ["ngo:gha", "engagement:gha", "publication:gha", "assessment:gha"]


def test_the_words_of_a_name_come_before_the_words_beside_it() -> None:
    index = index_of(
        thing("person:a", "Post", "Ada", context=("Labour Office",)),
        thing("org:b", "Forum", "Governing Body of the International Labour Office in Geneva"),
    )
    assert told(index, "office labour") == [("org:b", "text"), ("person:a", "text")]


@pytest.mark.parametrize("typed", ["Mongolja", "Mongollia", "mnogolia", "Mongola", "Mongo1ia", "Mon golia", "Монголія"])
def test_a_misspelt_name_is_found_nearly(typed: str) -> None:
    index = index_of(thing("gov:mng", "Government", "Mongolia"), thing("gov:mex", "Government", "Mexico"))
    assert told(index, typed)[0][0] == "gov:mng"


def test_a_crowd_with_the_word_does_not_hide_its_owner() -> None:
    crowd = (thing(f"project:{n}", "Project", f"Project {n} in Mexico") for n in range(300))
    assert told(index_of(thing("gov:mex", "Government", "Mexico"), *crowd), "Mexcio")[0] == ("gov:mex", "fuzzy")


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("kids trafficking", True), ("Zanzibar", False), ("qqqqqqqq", False), ("Relief of Nowhere at all", True)],
)
def test_a_name_like_nothing_is_at_most_suggested(typed: str, suggested: bool) -> None:
    index = index_of(thing("ngo:heal", "Ngo", "HEAL Trafficking"), thing("ngo:relief", "Ngo", "Relief Example"))
    found = ranked(index, typed)
    assert bool(found) is suggested
    assert all(one.is_far for one in found)


def test_a_name_as_printed_settles_what_is_meant_and_shared_names_do_not() -> None:
    index = index_of(
        thing("gov:cog", "Government", "Republic of the Congo", ("name", "Congo"), ("alias", "Congo (Brazzaville)")),
        thing("gov:cod", "Government", "Democratic Republic of the Congo", ("alias", "Congo")),
        thing("gov:maf", "Government", "Saint Martin"),
        thing("gov:sxm", "Government", "Sint Maarten", ("alias", "Saint Martin (Dutch part)")),
    )
    expected = {
        "Congo": ["gov:cog", "gov:cod"],
        "Congo (Brazzaville)": ["gov:cog"],
        "Republic of the Congo": ["gov:cog"],
        "Saint Martin": ["gov:maf"],
        "Saint Martin (Dutch part)": ["gov:sxm"],
    }
    assert {text: [one.id for one in meant(index, text)] for text in expected} == expected


def test_a_code_and_an_acronym_of_two_things_settle_nothing() -> None:
    index = index_of(
        thing("gov:aus", "Government", "Australia", ("code", "AU")),
        thing("org:au", "InternationalOrganization", "African Union", ("acronym", "AU")),
    )
    assert [one.id for one in meant(index, "AU")] == ["gov:aus", "org:au"]
    assert [one.id for one in meant(index, "AU", Only(classes=frozenset({"Government"})))] == ["gov:aus"]


def test_other_letters_that_sound_like_a_code_or_a_name_are_not_it() -> None:
    index = index_of(
        thing("gov:hnd", "Government", "Honduras", ("code", "HND")),
        thing("gov:egy", "Government", "Egypt", ("name", "مصر")),
        thing("gov:msr", "Government", "Montserrat", ("code", "MSR")),
        thing("org:osce", "Forum", "Security Organization", ("alias", "ОБСЕ")),
    )
    assert exactly(index, "ህንድ") == []
    assert [one.id for one in meant(index, "MSR")] == ["gov:msr"]
    assert [one.id for one in meant(index, "مصر")] == ["gov:egy"]
    assert [one.id for one in meant(index, "OBSE")] == ["org:osce"]


_WORDS = st.lists(st.sampled_from(["relief", "Harbor", "Дом", "加纳", "House", "of", "St."]), min_size=1, max_size=4)


@given(st.lists(_WORDS.map(" ".join), min_size=1, max_size=6, unique=True))
def test_an_exact_name_is_always_a_match_of_the_second_kind(names: list[str]) -> None:
    index = index_of(*(thing(f"ngo:{n}", "Ngo", name) for n, name in enumerate(names)))
    for number, name in enumerate(names):
        found = {one.id: one.how for one in ranked(index, name)}
        assert found[f"ngo:{number}"] == "name"
        assert f"ngo:{number}" in {one.id for one in meant(index, name)}


def test_a_word_of_few_letters_allows_no_slip_and_a_longer_one_two() -> None:
    vocabulary = Vocabulary(["ilo", "ghana", "taiwan", "trafficking"])
    assert vocabulary.near("iol") == []
    assert [word for word, _ in vocabulary.near("gahna")] == ["ghana"]
    assert vocabulary.near("gaanh") == []
    assert [word for word, _ in vocabulary.near("tawain")] == ["taiwan"]
    assert [word for word, _ in vocabulary.near("trafikking")] == ["trafficking"]


_SPELT = st.text("abcmnzé7й", min_size=1, max_size=8)


@given(typed=_SPELT, words=st.sets(_SPELT, max_size=30))
def test_no_word_that_is_spelt_almost_so_is_missed(typed: str, words: set[str]) -> None:
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 6 else 2
    almost = {word for word in words if OSA.distance(typed, word) <= allowed}
    assume(len(almost) <= 12)
    assert {word for word, _ in Vocabulary(words).near(typed)} == almost
