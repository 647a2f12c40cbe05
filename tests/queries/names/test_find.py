"""A search finds by code, by name in any language and spelling, and says how."""

import pytest

from iga.graph.errors import IgaError, UsageError
from iga.queries.core.names.find import find
from iga.queries.core.names.narrowing import Narrowing
from iga.queries.core.session import Session


@pytest.mark.parametrize(
    ("typed", "found", "how"),
    [
        ("gov:gha", "gov:gha", "id"), ("GHA", "gov:gha", "code"), ("eso", "org:eso", "acronym"),
        ("cote d'ivoire", "gov:civ", "name"), ("Costa de Marfil", "gov:civ", "name"), ("Гана", "gov:gha", "name"),
        ("加纳", "gov:gha", "name"), ("غانا", "gov:gha", "name"), ("nouvelle zelande", "gov:nzl", "name"),
        ("ivory coast", "gov:civ", "alias"), ("conference example", "engagement:s1", "text"),
        ("mongol", "gov:mng", "prefix"), ("mongolja", "gov:mng", "fuzzy"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_the_best_hit_is_what_was_meant(session: Session, typed: str, found: str, how: str) -> None:
    hit = find(session, typed).hits[0]
    assert (hit.id, hit.how) == (found, how)


def test_a_guess_is_also_a_suggestion(session: Session) -> None:
    assert find(session, "Mongollia").suggestions == ("Mongolia",)
    assert find(session, "Mongolia").suggestions == ()


def test_facets_and_total_count_all_hits_beyond_the_limit(session: Session) -> None:
    found = find(session, "example conference", limit=2)
    assert len(found.hits) == 2
    assert (found.total.value, found.facets) == (5, {"Engagement": 5})
    assert [(each.value, each.name, each.count) for each in found.facets_by.kind] == [("Engagement", "engagement", 5)]


@pytest.mark.parametrize(
    ("typed", "narrowing", "found"),
    [
        ("example", Narrowing(kind=("ngo",)), ["ngo:relief"]),
        ("example", Narrowing(kind=("forums", "compact")), ["forum:exp", "compact:gha-2020", "forum:eso-committee"]),
        ("example", Narrowing(country="Ghana", kind=("agreement",)), ["compact:gha-2020"]),
        ("ada", Narrowing(body="ESO"), ["person:one"]),
        ("ada", Narrowing(body="EXP"), []),
        ("committee", Narrowing(body="org:eso"), ["forum:eso-committee", "engagement:committee"]),
        ("representative", Narrowing(topic="THB"), ["post:eso-head", "person:one"]),
        ("event", Narrowing(topic="THB"), ["engagement:side"]),
        ("event", Narrowing(topic="child labour"), []),
        ("gov:gha", Narrowing(kind=("ngo",)), []),
    ],
)
def test_a_search_is_narrowed_to_kind_country_body_and_topic(
    session: Session, typed: str, narrowing: Narrowing, found: list[str]
) -> None:
    assert [hit.id for hit in find(session, typed, narrowing=narrowing).hits] == found


def test_what_a_search_was_narrowed_to_is_told_as_understood(session: Session) -> None:
    given = Narrowing(kind=("Ngo",), country="GHA", body="ESO", topic="smuggling")
    assert find(session, "example", narrowing=given).narrowed_to == {
        "kind": ("Ngo",),
        "country": ("gov:gha",),
        "body": ("org:eso",),
        "topic": ("migrant-smuggling",),
    }


def test_each_facet_is_counted_with_its_names_most_hits_first(session: Session) -> None:
    by = find(session, "conference").facets_by
    assert [(each.value, each.name) for each in by.country] == [("gov:gha", "Ghana")]
    assert [(each.value, each.count) for each in by.body] == [("org:eso", 5)]
    assert [each.value for each in by.topic] == ["trafficking-in-persons", "data-and-research"]


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        (Narrowing(kind=("ngoo",)), "there is no kind 'ngoo'; did you mean ngo"),
        (Narrowing(country="ESO"), "country: 'ESO' is Example Security Organization"),
        (Narrowing(country="Mongollia"), "did you mean Mongolia"),
        (Narrowing(body="Nowhere"), "body: nothing here is called 'Nowhere'"),
        (Narrowing(topic="weather"), "topic: nothing is called 'weather'"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_with_a_way_out(
    session: Session, narrowing: Narrowing, said: str
) -> None:
    with pytest.raises(IgaError) as caught:
        find(session, "example", narrowing=narrowing)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anti-trafficking head ESO", "post:eso-head"),
        ("ESO special representative", "post:eso-head"),
        ("representative Ada", "person:one"),
        ("conferences of the ESO", "engagement:s1"),
        ("committee ESO", "forum:eso-committee"),
        ("CPC Ghana", "compact:gha-2020"),
    ],
)
def test_posts_people_and_meetings_are_found_by_what_stands_beside_them(
    session: Session, typed: str, found: str
) -> None:
    assert find(session, typed).hits[0].id == found


def test_a_name_that_a_better_source_beat_and_that_of_a_merged_id_still_find(session: Session) -> None:
    assert find(session, "US money").hits[0].id == "contribution:gha-usa"
    assert find(session, "named:government:gold-coast").hits[0].id == "gov:gha"
    assert [hit.id for hit in find(session, "Gold Coast").hits] == ["gov:gha"]


def test_a_shared_name_lists_what_it_may_mean(session: Session) -> None:
    [caveat] = find(session, "Congo").caveats
    assert caveat.kind == "ambiguous"
    assert "Democratic Republic of the Congo (gov:cod) or Republic of the Congo (gov:cog)" in caveat.text
    assert find(session, "Ghana").caveats == ()


def test_several_of_one_name_are_all_found_in_a_stable_order(session: Session) -> None:
    assert [hit.id for hit in find(session, "Congo").hits] == ["gov:cod", "gov:cog"]


def test_nothing_is_found_by_nonsense_and_nothing_is_searched_without_letters(session: Session) -> None:
    assert find(session, "qqqqqqqq").hits == ()
    with pytest.raises(UsageError, match="holds no letter or digit"):
        find(session, "…")


@pytest.mark.parametrize("hidden", ["Quiet Partner", "Soon Released Relief"])
def test_what_is_above_the_ceiling_or_under_embargo_is_neither_found_nor_suggested(
    session: Session, as_the_public: Session, hidden: str
) -> None:
    assert find(session, hidden).total.value == 1
    assert find(as_the_public, hidden).total.value == 0
    assert hidden not in find(as_the_public, f"{hidden}e").suggestions


def test_what_nobody_checked_is_marked_and_what_somebody_states_as_well_is_not(session: Session) -> None:
    marks = {hit.name: hit.unverified for hit in find(session, "relief").hits}
    assert (marks["Unchecked Relief"], marks["Refuge Relief"], marks["Example Relief"]) == (True, False, False)


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("XKS", ["gov:xkx"]),  # GENC, where ISO 3166 has no code of its own
        ("CE", ["gov:lka"]),  # FIPS, where ISO has none
        ("CH", ["gov:che", "gov:chn"]),  # ISO goes before FIPS
    ],
)
def test_codes_of_genc_and_fips_find_their_government(bundled: Session, code: str, ids: list[str]) -> None:
    hits = [hit for hit in find(bundled, code).hits if hit.how == "code" and hit.cls == "Government"]
    assert [hit.id for hit in hits] == ids


def test_a_government_that_a_list_turned_round_comes_before_those_that_only_name_it(bundled: Session) -> None:
    assert find(bundled, "China, Government of").hits[0].id == "gov:chn"


def test_a_search_that_would_show_nothing_is_refused(session: Session) -> None:
    with pytest.raises(UsageError, match="a limit of 0 shows nothing; give one of at least 1"):
        find(session, "Ghana", limit=0)
