"""Who should meet whom: shared partners that are rare, no meeting on record, and what was offered before."""

from collections.abc import Iterable
from math import log2
from typing import Any

import networkx
import pytest
from hypothesis import given

from iga.graph.errors import Denied, UsageError
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from iga.queries.linked.introductions import matches
from tests.queries.asking import asked_by_a_module
from tests.queries.contacts.two_sides import meeting, side
from tests.queries.linked.webs import PAIRS, joined_by, ngo
from tests.queries.world import edge, node, since

EVERYBODY = {(ngo(one), ngo(other)) for one in range(10) for other in range(one)}


def world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield from side("body:ours", "gov:usa", desk=(("Uma", since("2023-01-01")),))
    for name in ("alfa", "bravo", "charlie", "delta", "echo", "partner"):
        yield node("Ngo", f"ngo:{name}", name=name.title())
    yield from meeting("spring", "2026-03-01", "ngo:alfa", "ngo:partner")
    yield from meeting("summer", "2026-04-01", "ngo:bravo", "ngo:partner", "post:desk")
    yield from meeting("autumn", "2025-10-01", "ngo:charlie", "ngo:partner")
    yield from meeting("winter", "2025-12-01", "ngo:charlie", "ngo:alfa")
    yield from meeting("fair", "2026-09-01", "ngo:alfa", "ngo:bravo", "ngo:charlie", "ngo:delta", status="planned")
    yield from meeting("call", "2026-05-01", "ngo:delta", "post:desk")
    yield node("Forum", "forum:club", name="Club")
    for name in ("delta", "echo"):
        yield edge("MEMBER_OF", f"ngo:{name}", "forum:club", period=since("2020-01-01"))
    # Nobody asked the survivor: Foxtrot and Golf share nobody else.
    yield node("Person", "person:survivor", name="Ada Example", is_protected=True)
    for name in ("foxtrot", "golf"):
        yield node("Ngo", f"ngo:{name}", name=name.title())
        yield from meeting(f"with-{name}", "2026-02-01", f"ngo:{name}", "person:survivor")
    yield edge("INTRODUCED_TO", "ngo:bravo", "ngo:charlie", status="declined", status_on="2026-05-05")


fair = asked_by_a_module(world)


def _asked(session: Session, **given: str) -> Answer:
    return ask(session, "introductions", given)


def test_two_guests_who_share_a_partner_and_never_met_should_meet(fair: Session) -> None:
    answer = _asked(fair, engagement="The fair")
    rows: Any = answer.rows
    assert [(row.one_name, row.other_name, row.through_name, row.shared) for row in rows] == [
        ("Alfa", "Bravo", "Partner", 1)
    ]
    assert rows[0].one_says == "was listed for The spring (2026-03-01), which listed as a participant Alfa (2026-03-01)"
    assert answer.headline == "Alfa should meet Bravo before The fair: we have no meeting of the two on file."
    assert all(row.evidence for row in rows)


def test_what_was_declined_is_told_and_not_offered_again(fair: Session) -> None:
    [told] = [clause.text for clause in _asked(fair, engagement="The fair").clauses if clause.id == "recorded"]
    assert told == "Not offered again: Bravo and Charlie (declined on 2026-05-05)."


def test_a_party_is_introduced_to_whom_its_partners_know(fair: Session) -> None:
    rows: Any = _asked(fair, party="Alfa").rows
    assert [row.other_name for row in rows] == ["Bravo", "Desk"]


def test_whom_our_own_side_alone_knows_is_not_offered(fair: Session) -> None:
    rows: Any = _asked(fair, party="Delta").rows
    assert "Bravo" not in [row.other_name for row in rows]


def test_fellow_members_of_a_small_body_know_each_other(fair: Session) -> None:
    assert not _asked(fair, party="Echo").rows


def test_whom_no_consent_covers_is_neither_introduced_nor_named_as_shared(fair: Session) -> None:
    with pytest.raises(Denied, match="did not agree to be contacted"):
        _asked(fair, party="person:survivor")
    answer = _asked(fair, party="Foxtrot")
    assert not answer.rows
    assert "Ada" not in answer.model_dump_json()


def test_neither_party_nor_engagement_is_refused(fair: Session) -> None:
    with pytest.raises(UsageError, match="introductions needs party"):
        _asked(fair)


@given(pairs=PAIRS)
def test_whoever_shares_a_neighbour_and_is_none_is_offered(pairs: set[tuple[int, int]]) -> None:
    joined = joined_by(pairs)
    graph = networkx.Graph([(ngo(here), ngo(there)) for here, there in pairs])
    graph.add_nodes_from(map(ngo, range(10)))
    found = {(it.one, it.other): it.worth for it in matches(joined, EVERYBODY, _known(pairs))}
    expected = {}
    for one, other in EVERYBODY - {(ngo(b), ngo(a)) for a, b in pairs}:
        met = set(networkx.common_neighbors(graph, one, other))
        fellows = {it for it in met if it > one and it > other}  # the lower number is the member
        if met - fellows and not fellows:
            expected[one, other] = sum(1 / log2(1 + graph.degree(it)) for it in met)
    assert found == pytest.approx(expected)


@given(pairs=PAIRS, beside=PAIRS)
def test_a_part_that_is_tied_to_none_of_it_changes_nothing(
    pairs: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> None:
    apart = {(here + 10, there + 10) for here, there in beside}
    alone = matches(joined_by(pairs), EVERYBODY, _known(pairs))
    assert matches(joined_by(pairs | apart, count=20), EVERYBODY, _known(pairs)) == alone


def _known(pairs: set[tuple[int, int]]) -> dict[str, frozenset[str]]:
    joined = joined_by(pairs)
    return {ngo(number): frozenset(joined.of(ngo(number))) for number in range(10)}
