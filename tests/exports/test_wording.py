import pytest

from iga.exports.wording import is_link, plain
from iga.graph.text import counted
from iga.queries.core.wording import long_day, money


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        ("2015-06-23", "June 23, 2015"),
        ("2015-06", "June 2015"),
        ("2015", "2015"),
        ("2020-01-01", "January 1, 2020"),
    ],
)
def test_a_day_is_printed_as_precisely_as_it_is_known(day: str, printed: str) -> None:
    assert long_day(day) == printed


def test_text_stays_on_one_line_without_control_characters() -> None:
    assert plain(" a\x00b\n\tc\u2028d\ud800 ") == "a b c d"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a.org; https://b.org", "https://a.org (copy)", "", "ftp://a.org"],
)
def test_only_one_plain_web_address_is_a_link(address: str) -> None:
    assert not is_link(address)
    assert is_link("https://www.state.gov/child-protection-compact-partnerships-ghana/?a=1&b=2#c")


def test_a_count_agrees_with_its_noun() -> None:
    assert (counted(1, "entry", "entries"), counted(1200, "entry", "entries"), counted(0, "row")) == (
        "1 entry",
        "1,200 entries",
        "no rows",
    )


@pytest.mark.parametrize(("value", "printed"), [("1E+6", "EUR 1,000,000"), ("0.50", "EUR 0.5"), ("-12", "EUR -12")])
def test_amounts_are_printed_in_full(value: str, printed: str) -> None:
    assert money(value, "EUR") == printed
