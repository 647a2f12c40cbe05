import pytest

from iga.ingest.rejections import Refusal
from iga.ingest.subjects import LONGEST, slug
from iga.ingest.value_readers import number, subject_id, topic, whole, yes_no


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("750", "750"),
        ("$750,000", "750000"),
        ("-1,200.50", "-1200.50"),
        ("-$5", "-5"),
        ("1,234,567", "1234567"),
        ("1,5", "1.5"),
        ("12,34", "12.34"),
        ("1.234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1 234 567,8", "1234567.8"),
        ("1\u202f200", "1200"),
        ("1'200.50", "1200.50"),
        ("(5)", "-5"),
        ("($1,200.50)", "-1200.50"),
    ],
)
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
