import pytest

from iga.graph.names.look_alikes import seen_as, suspicion, visible
from iga.ingest.name_tables import bodies, governments
from iga.ingest.oddities import taken_for
from iga.ingest.subjects import slug


@pytest.mark.parametrize(
    ("name", "reason", "looks_like"),
    [
        ("\u041eSCE", "mixes Cyrillic and Latin letters in one word: U+041E CYRILLIC CAPITAL LETTER O", "OSCE"),
        ("UN\u039fDC", "mixes Greek and Latin letters in one word: U+039F GREEK CAPITAL LETTER OMICRON", "UNODC"),
        ("office@ex\u0430mple.org", "U+0430 CYRILLIC SMALL LETTER A", "office@example.org"),
        ("OSCE\u200b", "not seen: U+200B ZERO WIDTH SPACE", "OSCE"),
        ("\u202eECSO", "not seen: U+202E RIGHT-TO-LEFT OVERRIDE", "OSCE"),
        ("Ken\u00adya", "not seen: U+00AD SOFT HYPHEN", "Kenya"),
        ("\ufeffKenya", "not seen: U+FEFF", "Kenya"),
        ("\x1b[31mKenya", "not seen: U+001B control character", "[31mKenya"),
        ("\U0001d40e\U0001d412\U0001d402\U0001d404", "symbols in place of letters", "OSCE"),
        ("Z\u0351\u036b\u0343\u036a\u0302\u036ba", "piles 6 accents on one letter", "Za"),
        ("\u041e\u0405\u0421\u0415 House", "a word of Cyrillic letters that all pass for Latin ones", "OSCE House"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_name_that_is_not_what_it_looks_like_is_suspected(name: str, reason: str, looks_like: str) -> None:
    found = suspicion(name)
    assert found is not None
    assert reason in found.reason
    assert found.looks_like == looks_like


@pytest.mark.parametrize(
    "name",
    [
        "OSCE", "Côte d’Ivoire", "Łódź", "Nguyễn Văn A", "İstanbul", "Hawaiʻi", "Oʻzbekiston", "naïve", "1ª Oficina",
        "5µm", "Россия", "СССР", "ОАО", "Українська Гельсінська спілка", "Ελληνική Δημοκρατία", "مؤسسة كفى",
        "نمی\u200cخواهم",
        "क्\u200dष", "ห้องสมุด", "日本国際交流センター", "Tシャツ", "KDDI株式会社", "한국 NGO", "北京",
        "々木さん", "მშვიდობა", "Հայաստան",
        "Россия (Russia)", "Москва / Moscow", "ΕΛΛΑΔΑ Greece", "👩\u200d👩\u200d👧 Family", "❤\ufe0f Care",
        "ＯＳＣＥ", "ﬁnance", "Ⅷ Congress",
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_name_of_one_script_or_of_scripts_that_go_together_is_not_suspected(name: str) -> None:
    assert suspicion(name) is None


@pytest.mark.parametrize("name", ["\u041eSCE", "OSCE\u200b", "\u202eECSO", "\u041e\u0405\u0421\u0415", "\u1d0fSCE"])
def test_a_look_alike_is_never_the_body_it_looks_like_and_shares_no_id_with_it(name: str) -> None:
    assert bodies().resolve("OSCE") == "org:osce"
    assert bodies().resolve(name) is None
    assert slug(name) != slug("OSCE")
    assert slug(name) == slug(name)


def test_a_name_wholly_in_another_script_is_suspected_where_a_bundled_body_looks_like_it() -> None:
    found = taken_for("\u0406\u041e\u041c")
    assert found is not None
    assert found.looks_like == "IOM"
    assert "U+0406 CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I" in found.reason
    assert taken_for("МОТ") is None  # the Russian acronym of the ILO


def test_marks_that_are_not_seen_do_not_let_a_government_be_found() -> None:
    assert governments().resolve("Kenya") == "gov:ken"
    assert governments().resolve("Kenya\u200e") is None


def test_what_is_not_seen_is_written_out_for_people() -> None:
    assert visible("OS\u200bCE\u202e") == "OS<U+200B>CE<U+202E>"
    assert seen_as("а\u200bb") == "ab"
