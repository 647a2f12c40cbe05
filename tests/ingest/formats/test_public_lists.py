"""Public lists are recognized by their columns, and state what they say, not who holds a post."""

import pytest

from tests.ingest.formats.conftest import Loads

POSTS = (
    b"iso3,country,role,title,holder,since,stated_as_of\n"
    b"GHA,Ghana,chief of state,President,Ada Example,2031-01-07,2031-05-01\n"
    b"GHA,Ghana,minister,Minister of Examples,,,2031-05-01\n"
)
MISSIONS = (
    b"iso3,country,post,holder,rank,since,listed_on_last_copy,stated_as_of\n"
    b"GHA,Ghana,chief of the U.S. mission,Ada Example,ambassador,2031-01-07,yes,2031-05-01\n"
    b"GHA,Ghana,chief of the U.S. mission,Old Example,ambassador,2027-01-07,no,2030-05-01\n"
)
MEMBERS = b"bioguide,name,chamber,term_start,stated_as_of\nX000001,Ada Example,house,2031-01-03,2031-05-01\n"


@pytest.mark.parametrize(("text", "lines"), [(POSTS, 2), (MISSIONS, 1), (MEMBERS, 1)])
def test_each_line_is_what_the_list_says_and_nobody_holds_a_post_by_it(loads: Loads, text: bytes, lines: int) -> None:
    loaded = loads(text, name="list.csv")
    assert (loaded.report.source, loaded.report.new) == ("listed:list", lines)
    assert {statement.cls for statement in loaded.nodes} == {"Listing"}
    assert not loaded.edges
