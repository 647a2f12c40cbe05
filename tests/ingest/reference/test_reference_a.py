"""The bundled names, bodies, memberships, treaties and tiers say what their sources say and fit together."""

from collections import Counter, defaultdict

import pytest

from iga.graph.statements import EdgeStatement
from iga.graph.text import folded
from iga.ingest import name_tables
from tests.ingest.reference.reading_bundled import named
from tests.reading import some

# what each body or depositary states of itself, by category; the notes of the sources say since when
MEMBERS = {
    "un": {"member": 193, "non-member observer State": 2, "observer": 1},
    "osce": {"participating State": 57, "Partner for Co-operation": 11},
    "coe": {"member": 46, "observer": 6},
    "eu": {"member": 27},
    "ilo": {"member": 187},
    "oas": {"member": 34},
    "asean": {"member": 11},
    "au": {"member": 55},
    "commonwealth": {"member": 56},
    "interpol": {"member": 196},
    "bali": {"member State": 45, "member organization": 4, "observer State": 18},
}
PARTIES = {
    "untoc": 188, "palermo": 181, "cets197": 48, "ilo_c182": 187, "ilo_c029": 181, "ilo_c105": 176, "ilo_p029": 60,
    "ilo_c138": 176, "ilo_c188": 14, "ilo_c189": 31, "ilo_c190": 37, "actip": 6, "crc": 196, "opsc": 178, "cedaw": 189,
    "icmw": 58, "opac": 172, "opic": 50, "ilo_further": 1000,
}  # fmt: skip  # read across, like the rows of a table
TIERS = {
    2015: 187, 2016: 47, 2017: 187, 2018: 187, 2019: 30, 2020: 185, 2021: 188, 2022: 185, 2023: 185, 2024: 185,
    2025: 188,
}  # fmt: skip  # read across, like the rows of a table
NAME_FIELDS = ("name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh", "iso2", "iso3")
AMBIGUOUS_ON_PURPOSE = {"congo", "korea", "virgin islands"}


def present(name: str) -> Counter[str]:
    """Return how many memberships that are not over a source holds, by category."""
    return Counter(
        str(edge.values["category"]) for edge in named(name).edges() if _period(edge).get("end_kind") != "dated"
    )


def _period(edge: EdgeStatement) -> dict[str, str]:
    period = edge.values.get("period", {})
    assert isinstance(period, dict)
    return period


def meanings(name: str, fields: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the folded names of a source's nodes that mean more than one of them, with their ids."""
    meant = defaultdict(set)
    for node in named(name).nodes():
        aliases = node.values.get("aliases", [])
        assert isinstance(aliases, list)
        for text in (*(str(node.values.get(field, "")) for field in fields), *aliases):
            meant[folded(text)].add(node.id)
    return {text: ids for text, ids in meant.items() if text and len(ids) > 1}


def test_no_name_means_two_governments_but_the_few_that_people_use_for_two() -> None:
    assert set(meanings("governments", NAME_FIELDS)) == AMBIGUOUS_ON_PURPOSE


def test_no_name_or_acronym_means_two_bodies() -> None:
    assert not meanings("bodies", ("name", "acronym"))


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("BHS", "The Bahamas"), ("KOR", "South Korea"), ("PRK", "North Korea"), ("MMR", "Burma"),
        ("GMB", "The Gambia"), ("CIV", "Côte d'Ivoire"), ("COD", "Congo (Kinshasa)"), ("COG", "Congo (Brazzaville)"),
        ("VAT", "Holy See"), ("XKX", "Kosovo"), ("TWN", "Taiwan"), ("MAC", "Macau"), ("USA", "United States"),
        ("PSE", "West Bank and Gaza Strip"), ("SWZ", "Eswatini"), ("CZE", "Czechia"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_the_printed_name_is_us_practice_in_natural_order(iso3: str, name: str) -> None:
    assert {line["iso3"]: line["name"] for line in named("governments").cells}[iso3] == name


@pytest.mark.parametrize(
    ("written", "government"),
    [
        ("Myanmar", "gov:mmr"), ("Korea, South", "gov:kor"), ("République de Corée", "gov:kor"),
        ("Bahamas (the)", "gov:bhs"), ("Swaziland", "gov:swz"), ("Zaire", "gov:cod"), ("DRC", "gov:cod"),
        ("Alemania", "gov:deu"), ("Китай", "gov:chn"), ("肯尼亚", "gov:ken"), ("كينيا", "gov:ken"),
        ("Chinese Taipei", "gov:twn"), ("Palestine", "gov:pse"), ("XKS", "gov:xkx"), ("Türkiye", "gov:tur"),
        ("Ivory Coast", "gov:civ"), ("Macao", "gov:mac"), ("UK", "gov:gbr"), ("Gaza", "gov:xgz"),
        ("St. Lucia", "gov:lca"), ("Vatican City", "gov:vat"), ("Cabo Verde", "gov:cpv"), ("XWB", "gov:xwb"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_government_is_found_by_what_people_call_it(written: str, government: str) -> None:
    assert name_tables.governments().resolve(written) == government


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("OSCE", "org:osce"), ("OSZE", "org:osce"), ("European Union", "org:eu"),
        ("Human Rights Council", "forum:hrc"), ("CCPCJ", "forum:ccpcj"),
        ("Third Committee", "forum:unga-third-committee"), ("Bali Process", "forum:bali-process"),
        ("ODIHR", "org:odihr"), ("Council of Europe", "org:coe"), ("GRETA", "forum:greta"), ("ICAT", "forum:icat"),
        ("International Labour Organization", "org:ilo"), ("RSO", "org:bali-rso"), ("ISTAC", "council:istac"),
        ("OEA", "org:oas"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_body_is_found_by_what_people_call_it(written: str, body: str) -> None:
    assert name_tables.bodies().resolve(written) == body


def test_each_iso_code_stands_for_one_government_and_none_is_lost() -> None:
    codes = Counter(line["iso3"] for line in named("governments").cells if line["iso3"])
    assert set(codes.values()) == {1}
    assert len(named("governments").cells) == 276
    assert {"TWN", "HKG", "MAC", "XKX", "PSE", "ESH", "VAT"} <= set(codes)


def test_status_is_in_the_words_of_the_us_lists_and_a_dependency_names_its_state() -> None:
    assert Counter(line["status"] for line in named("governments").cells) == {
        "independent state": 197,
        "dependency": 70,
        "other": 8,
        "": 1,
    }
    assert all(line["sovereignty"] for line in named("governments").cells if line["status"] == "dependency")


@pytest.mark.parametrize("body", MEMBERS)
def test_as_many_members_are_held_as_the_body_states(body: str) -> None:
    held = present(f"members_{body}")
    assert {category: held[category] for category in MEMBERS[body]} == MEMBERS[body]


def test_47_states_sit_on_the_human_rights_council_in_every_year() -> None:
    terms = [_period(edge) for edge in named("members_hrc").edges()]
    for year in range(2013, 2027):
        assert sum(term["start"] <= f"{year}-01-01" <= term["end"] for term in terms) == 47, year


def test_members_that_left_are_kept_with_their_last_day() -> None:
    left = {
        (name, edge.source): _period(edge)["end"]
        for name in ("members_coe", "members_eu", "members_oas")
        for edge in named(name).edges()
        if edge.values.get("status") in ("withdrawn", "excluded")
    }
    assert left == {
        ("members_coe", "gov:rus"): "2022-03-16",
        ("members_eu", "gov:gbr"): "2020-01-31",
        ("members_oas", "gov:nic"): "2023-11-19",
    }


def test_what_is_general_knowledge_is_marked_as_uncertain() -> None:
    unsure = [row for row in named("members_bali").said.values() if "general knowledge" in row.note]
    assert len(unsure) == 24 + 18
    assert {row.confidence for row in unsure} == {"low"}


@pytest.mark.parametrize("treaty", PARTIES)
def test_as_many_parties_are_held_as_the_card_says(treaty: str) -> None:
    assert Counter(edge.values["status"] for edge in named(f"parties_{treaty}").edges())["party"] == PARTIES[treaty]


def test_the_european_union_is_a_party_of_its_own() -> None:
    assert "org:eu" in {edge.source for edge in named("parties_palermo").edges()}


def test_each_edition_holds_as_many_placements_as_it_says() -> None:
    held = Counter(int(str(node.values["year"])) for node in named("tip_tiers").nodes())
    assert {year: held[year] for year in TIERS} == TIERS
    for node in some(named("tip_editions").nodes()):
        assert str(held[int(str(node.values["edition_year"]))]) in str(node.values["coverage_note"])


@pytest.mark.parametrize(
    ("year", "totals"),
    [
        (2017, {"Tier 1": 36, "Tier 2": 80, "Tier 2 Watch List": 45, "Tier 3": 23, "Special Case": 3}),
        (2024, {"Tier 1": 33, "Tier 2": 98, "Tier 2 Watch List": 32, "Tier 3": 21, "Special Case": 1}),
    ],
)
def test_placements_add_up_to_the_published_totals(year: int, totals: dict[str, int]) -> None:
    edition = [node.values for node in named("tip_tiers").nodes() if node.values["year"] == year]
    assert Counter(values["tier"] for values in edition) == totals


def test_an_assessment_is_stated_on_the_publication_day_of_its_edition() -> None:
    published = {node.values["edition_year"]: node.values["published_on"] for node in named("tip_editions").nodes()}
    for node in some(named("tip_tiers").nodes()):
        assert node.stated_on == node.values["published_on"] == published[node.values["year"]]
