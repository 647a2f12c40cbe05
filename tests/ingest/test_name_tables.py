import pytest

from iga.ingest.name_tables import bodies, body_table, government_table, governments


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("KE", "ken"), ("KEN", "ken"), ("ken", "ken"), ("Kenya", "ken"), ("REPUBLIC OF KENYA", "ken"),
        ("肯尼亚", "ken"), ("Кения", "ken"), ("كينيا", "ken"), ("Swaziland", "swz"), ("Côte d’Ivoire", "civ"),
        ("Trinidad & Tobago", "tto"), ("St. Lucia", "lca"), ("The Gambia", "gmb"), ("Türkiye", "tur"),
        ("Turkey", "tur"), ("Kosovo", "xkx"), ("Taiwan", "twn"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_government_is_found_by_code_and_by_name_in_six_languages(text: str, iso3: str) -> None:
    assert governments().resolve(text) == f"gov:{iso3}"


@pytest.mark.parametrize(("text", "body"), [("OSCE", "org:osce"), ("European Union", "org:eu"), ("ICAT", "forum:icat")])
def test_a_body_is_found_by_acronym_and_name(text: str, body: str) -> None:
    assert bodies().resolve(text) == body


def test_a_name_that_several_have_means_none_of_them() -> None:
    table = government_table(
        [{"id": "gov:cog", "iso3": "COG", "aliases": "Congo"}, {"id": "gov:cod", "iso3": "COD", "aliases": "Congo"}]
    )
    assert table.resolve("Congo") is None
    assert table.resolve("COG") == "gov:cog"


def test_a_former_name_is_found_without_its_last_day() -> None:
    table = government_table([{"id": "gov:swz", "former_names": "Swaziland (until 2018-04)"}])
    assert table.resolve("swaziland") == "gov:swz"


def test_codes_of_two_letters_are_read_only_as_they_are_written() -> None:
    assert governments().resolve("is") is None
    assert governments().resolve("IS") == "gov:isl"


def test_the_nickname_of_one_letter_names_no_body() -> None:
    assert body_table([{"id": "body:l", "acronym": "L", "name": "Legal Adviser"}]).resolve("L") is None
