"""A list of advisories is refused when it is old, unless somebody said lately that no newer one could be had."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from docs.making.advisories import KNOWN, MOST_DAYS, age

HEAD = "# Generated: what pypa/advisory-database (3ccb6125 of {}; CC BY 4.0) knows\n"
DAY = date(2026, 11, 30)


@given(days=st.integers(0, 2000), since=st.none() | st.integers(-5, 400), is_final=st.booleans())
def test_an_old_list_passes_only_where_that_was_accepted_lately_and_for_no_final_version(
    days: int, since: int | None, is_final: bool
) -> None:
    text = HEAD.format(DAY - timedelta(days))
    if since is not None:
        text += f"# Accepted on {DAY - timedelta(since)}: no newer one could be had.\n"
    told, is_refused = age(text, day=DAY, version="1.0.0" if is_final else "1.0.0rc1")
    assert f"{days:,} days before {DAY}" in told
    is_accepted = not is_final and since is not None and 0 <= since <= MOST_DAYS
    assert is_refused == (days > MOST_DAYS and not is_accepted)
    assert ("no newer one could be had" in told) == (days > MOST_DAYS and is_accepted)


def test_the_list_that_is_kept_says_how_old_it_is() -> None:
    told, _ = age(KNOWN.read_text("utf-8"), day=DAY, version="1.0.0rc1")
    assert told.startswith("The advisories are of 2")
