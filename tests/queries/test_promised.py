"""What became of a promise, by its status."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.core.promised import became_of, is_open


@pytest.mark.parametrize(
    ("status", "became"),
    [
        (None, "open"),
        ("open", "open"),
        ("Fulfilled", "fulfilled"),
        ("done, as the ministry wrote", "fulfilled"),
        ("kept", "fulfilled"),
        ("withdrawn", "dropped"),
        ("cancelled", "dropped"),
        ("not met", "open"),
        ("partly delivered", "open"),
    ],
)
def test_the_words_of_a_status_tell_what_became_of_it(status: str | None, became: str) -> None:
    assert became_of({"status": status}, day="2026-06-01") == became


def test_what_was_kept_later_was_open_before() -> None:
    said = {"status": "fulfilled", "status_on": "2026-05-10"}
    assert became_of(said, day="2026-05-09") == "open"
    assert became_of(said, day="2026-05-10") == "fulfilled"


def test_a_promise_is_not_open_before_it_is_made() -> None:
    assert not is_open({"said_on": "2026-05-10"}, day="2026-05-09")
    assert is_open({"said_on": "2026-05-10"}, day="2026-05-10")


days = st.dates().map(lambda day: day.isoformat())


@given(status=st.sampled_from(["open", "fulfilled", "dropped", "kept", ""]), on=days, early=days, late=days)
def test_a_promise_that_is_closed_stays_closed(status: str, on: str, early: str, late: str) -> None:
    first, last = sorted((early, late))
    said = {"status": status, "status_on": on}
    if became_of(said, day=first) != "open":
        assert became_of(said, day=last) == became_of(said, day=first)
