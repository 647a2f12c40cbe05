"""Values as somebody types them, and as they are printed to be typed again."""

import csv
from importlib.resources import files

import pytest

from iga.graph.domain.catalog import NODE
from iga.graph.statements import Value
from iga.ingest.column_meanings import choices_of
from iga.ingest.conditions import is_masked
from iga.ingest.record_builder import named_id
from iga.ingest.rejections import Refusal
from iga.ingest.subjects import LONGEST, body_of_symbol, is_draft, resolution_id, slug
from iga.ingest.typed_values import subject, typed
from iga.ingest.value_readers import number, subject_id, topic, whole, yes_no


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("750", "750"), ("$750,000", "750000"), ("-1,200.50", "-1200.50"), ("-$5", "-5"), ("1,234,567", "1234567"),
        ("1,5", "1.5"), ("12,34", "12.34"), ("1.234,56", "1234.56"), ("1.234.567", "1234567"),
        ("1 234 567,8", "1234567.8"), ("1\u202f200", "1200"), ("1'200.50", "1200.50"), ("(5)", "-5"),
        ("($1,200.50)", "-1200.50"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_number_is_plain_digits_with_separators(text: str, plain: str) -> None:
    assert number(text) == plain


@pytest.mark.parametrize("text", ["1.5 million", "€5", "EUR 5", "1e5", "NaN", "", "٣", "$$5", "1,23,4", "(5"])
def test_a_number_in_words_or_of_another_kind_is_not_guessed(text: str) -> None:
    with pytest.raises(Refusal, match="not a plain number"):
        number(text)


def test_whole_numbers_have_no_fraction_and_an_end() -> None:
    assert whole("1,200") == 1200
    for text in ("4.5", "1" * 19, "x"):
        with pytest.raises(Refusal):
            whole(text)


def test_yes_and_no_are_read_in_any_case_and_nothing_else() -> None:
    assert yes_no("YES") is True
    assert yes_no("n") is False
    with pytest.raises(Refusal, match="neither yes nor no"):
        yes_no("maybe")


def test_a_topic_is_known_by_every_word_of_the_thesaurus() -> None:
    assert topic("THB") == topic("human trafficking") == "trafficking-in-persons"
    assert topic("child labour") == "child-labor"
    with pytest.raises(Refusal) as caught:
        topic("smugling")
    assert "smuggling" in caught.value.fix


@pytest.mark.parametrize("text", ["Gov:ken", "ken", "gov:", "nothing:x", "named:nothing:x", "gov:a b"])
def test_an_id_has_a_kind_that_exists(text: str) -> None:
    with pytest.raises(Refusal, match="not an id"):
        subject_id(text)


def test_slugs_are_ascii_stable_and_tell_names_of_any_script_apart() -> None:
    assert slug("Côte d'Ivoire") == "cote-d-ivoire"
    assert slug("肯尼亚") != slug("乌干达")
    assert slug("肯尼亚").isascii()
    assert slug("--") == ""
    assert slug("a" * 200) != slug("a" * 201)
    assert len(slug("a" * 200)) <= LONGEST + 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (["a", "b"], "a; b"),
        (7, "7"),
        ({"kind": "email", "value": "a@example.org"}, "email a@example.org"),
        ({"start": "2026-01", "end_kind": "open"}, "2026-01/.."),
        ({"start": "2026-01", "end": "2026-05", "end_kind": "dated"}, "2026-01/2026-05"),
    ],
)
def test_a_value_is_printed_as_it_is_typed(value: Value, text: str) -> None:
    assert typed(value) == text


@pytest.mark.parametrize(("text", "id_"), [("gov:gha", "gov:gha"), ("GHA", "gov:gha"), ("UNODC", "org:unodc")])
def test_a_subject_is_typed_as_id_code_or_name(text: str, id_: str) -> None:
    assert subject(text) == id_


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("A/RES/74/176", "resolution:a-res-74-176"), (" a/res/74/176 ", "resolution:a-res-74-176"),
        ("A/RES/62/223B", "resolution:a-res-62-223-b"), ("A/RES/62/223 B", "resolution:a-res-62-223-b"),
        ("A/RES/ES-10/21", "resolution:a-res-es-10-21"), ("S/RES/2331 (2016)", "resolution:s-res-2331-2016"),
        ("S/RES/2331(2016)", "resolution:s-res-2331-2016"), ("A/RES/740(VIII)", "resolution:a-res-740-viii"),
        ("A/C.3/74/L.12", "resolution:a-c-3-74-l-12"), ("MC.DEC/2/03", "resolution:mc-dec-2-03"), ("//", ""),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_one_text_has_one_id_however_its_symbol_is_printed(symbol: str, expected: str) -> None:
    assert resolution_id(symbol) == expected


def test_a_symbol_names_its_body_only_where_its_series_tells() -> None:
    assert body_of_symbol("A/RES/74/176") == "forum:unga"
    assert body_of_symbol("S/RES/2331 (2016)") == "forum:unsc"
    assert body_of_symbol("A/HRC/RES/53/9") == "forum:hrc"
    assert body_of_symbol("A/C.3/74/L.12") == "forum:unga-third-committee"
    assert body_of_symbol("A/71/L.30") is None


def test_a_draft_is_told_from_what_was_adopted() -> None:
    assert is_draft("A/C.3/74/L.12")
    assert not is_draft("A/RES/74/176")


def test_what_is_yes_or_no_is_chosen_from_the_two() -> None:
    assert choices_of(NODE["Treaty"], "is_binding") == (("yes", "no"), True)


def test_a_name_without_a_letter_names_nothing() -> None:
    with pytest.raises(Refusal, match=r"'\?\?\?' holds no letter or digit to name a subject by"):
        named_id("ngo", "???")


@pytest.mark.parametrize(
    "name",
    [
        "MISCELLANEOUS FOREIGN AWARDEES",
        "Miscellaneous Foreign Awardees",
        "Multiple Recipients",
        "REDACTED DUE TO PII",
        "DOMESTIC AWARDEES (UNDISCLOSED)",
        "Enterprise - United States Unknown",
        "NGO - Non United States Unknown",
        "USAID redacted this field in accordance with the exceptions of an act.",
    ],
)
def test_a_name_that_stands_for_nobody_is_masked(name: str) -> None:
    assert is_masked(name)


@pytest.mark.parametrize(
    "name",
    ["Example Relief", "Enterprise Works", "NGO - International", "Multiple Recipients Fund", "Unknown Heroes", ""],
)
def test_a_name_that_only_resembles_one_is_not(name: str) -> None:
    assert not is_masked(name)


def test_each_masked_name_has_a_source_and_a_confidence() -> None:
    rows = list(csv.DictReader((files("iga.ingest") / "masked_names.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"].casefold() for row in rows] == sorted(row["name"].casefold() for row in rows)
    for row in rows:
        assert row["source_url"].startswith("https://"), row
        assert row["confidence"] in ("high", "medium", "low", "derived")
        assert row["match"] in ("whole", "opening", "form")
        assert row["note"]
