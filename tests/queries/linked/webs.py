"""Made-up webs of partners as arrays, for questions that count what hangs together."""

from collections.abc import Iterable

from hypothesis import strategies as st

from iga.queries.core.relationships import EDGE_DATES
from iga.queries.core.ties import Dating, Ties, _arranged
from iga.queries.linked.joined import JoinedParties
from iga.queries.linked.near import StandingTies

Pairs = Iterable[tuple[int, int]]

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), max_size=25)


def ngo(number: int) -> str:
    return f"ngo:{number:02}"


def ties_of(pairs: Pairs, *, count: int = 10, cls: str = "Ngo") -> Ties:
    """Return the ties of so many partners: each pair is a membership without a date."""
    subjects = {ngo(number): (cls, f"Partner {number}", None) for number in range(count)}
    undated = Dating("MEMBER_OF", (None,) * len(EDGE_DATES), "", (), "", ())
    edges = [(f"rel:{here:02}-{there:02}", ngo(here), ngo(there), undated) for here, there in pairs]
    return _arranged("state", subjects, edges)


def joined_by(pairs: Pairs, *, count: int = 10, cls: str = "Ngo") -> JoinedParties:
    """Return whom so many partners have to do with."""
    return JoinedParties(StandingTies(ties_of(pairs, count=count, cls=cls), day="2026-06-01", any_time=False, ends={}))
