"""The lists of words that names are compared by: well formed, in step with the reference data, each with its source."""

import csv
from importlib.resources import files

import pytest

from iga.graph.names.forms import spelled
from iga.graph.names.known_words import concepts, legal_forms, nicknames, number, places, roman
from iga.ingest.reference_files import reference_file

FACTS = files("iga.graph") / "names" / "facts"
LISTS = ("concepts", "costs", "honorifics", "legal_forms", "nicknames", "numbers", "particles", "places", "short_forms")


def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FACTS / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_sorted_and_says_where_it_comes_from(name: str) -> None:
    found = lines(name)
    assert found
    assert None not in {key for line in found for key in line}
    assert name in (FACTS / "README.md").read_text(encoding="utf-8")
    if name not in ("costs", "places", "legal_forms"):
        keys = [tuple(line.values())[:2] for line in found]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)
    if "confidence" in found[0]:
        assert {line["confidence"] for line in found} <= {"high", "medium", "low"}
        assert all(line["source_url"] for line in found)


def test_places_are_the_governments_of_the_reference_data() -> None:
    with reference_file("governments.csv").open(encoding="utf-8", newline="") as file:
        governments = {line["id"].removeprefix("gov:").upper(): line for line in csv.DictReader(file)}
    known = {line["iso3"] for line in lines("places")}
    assert known <= governments.keys()
    missing = {
        code
        for code, line in governments.items()
        for column in ("name", "name_fr", "name_es")
        if len(form := spelled(line[column])) > 3 and tuple(form.split()) not in places() and " " not in form
    }
    assert missing <= {"COG"}, "Congo alone may be either of two"


def test_a_word_of_public_bodies_is_known_in_six_languages() -> None:
    for word in ("ministry", "ministère", "ministerio", "министерство", "وزارة", "部"):
        assert concepts()[(spelled(word),)] == {"ministry"}


def test_names_of_countries_are_known_in_the_russian_genitive() -> None:
    assert {places()[(word,)] for word in ("грузия", "грузии")} == {"GEO"}
    assert places()[("ирака",)] == "IRQ"
    assert places()[("ирана",)] == "IRN"


def test_numbers_are_read_in_digits_words_and_roman() -> None:
    assert [number(word) for word in ("44", "007", "1st", "third", "forty", "house", "3e")] == [
        "44", "7", "1", "3", "40", "", "3",
    ]  # fmt: skip
    assert [roman(word) for word in ("iv", "xiii", "xl", "iiii", "mix", "")] == ["4", "13", "40", "", "", ""]


def test_short_forms_know_the_names_they_stand_for() -> None:
    assert not nicknames()["bob"].isdisjoint(nicknames()["robert"])
    assert nicknames()["ted"] >= {"theodore", "edward"}


def test_legal_forms_are_of_families() -> None:
    assert legal_forms()["gmbh",] == ("limited", False)
    assert legal_forms()["ооо" if ("ооо",) in legal_forms() else "ooo",][0] == "limited"
    assert {family for family, _ in legal_forms().values()} == {
        "company", "cooperative", "limited", "nonprofit", "partnership", "proprietor", "state", "stock",
    }  # fmt: skip
