"""What began later is not told of an earlier day: awards, compacts, and what is given or promised under a compact."""

from typing import Any

import pytest

from iga.exports.memos.write import write_memo
from iga.graph.domain.edges import AwardedTo, PartyTo
from iga.graph.domain.funding import Award
from iga.graph.domain.instruments import ChildProtectionCompact
from iga.graph.domain.values import first_day
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.day_steps import day_before
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from iga.queries.core.reads import THINGS_UNDER
from iga.queries.core.session import Session
from tests.reading import some

_AWARDS, _COMPACTS = all_of(Award), all_of(ChildProtectionCompact)
_GIVEN = ("Award", "Contribution", "Commitment", "Project")


def _compacts(session: Session) -> list[Entity]:
    return some([one for one in session.read(_COMPACTS, Everything()) if one.values.get("signed_on")])


def _is_undated(edge: FullEdgeRow) -> bool:
    """True if something is given under a compact on no day of its own: some is announced before it is signed."""
    return edge.cls in _GIVEN and not edge.values.get("money_value_date") and not edge.values.get("period_start")


def _rows(session: Session, question: str, party: str, day: str) -> list[Any]:
    return list(ask(session, question, {"party": party, "as_of": day}).rows)


def test_no_award_is_told_of_a_day_before_it_or_its_compact_began(bundled: Session) -> None:
    awards = [one for one in bundled.read(_AWARDS, Everything()) if one.values.get("start_min")]
    received = grouped(bundled.read(hop(AwardedTo), OfIds(ids=tuple(one.id for one in awards))))
    assert len(awards) > 20
    for award in awards:
        day = day_before(award.values["start_min"])
        for edge in received.get(award.id, ()):
            assert award.id not in {row.other for row in _rows(bundled, "profile", edge.id, day)}, (edge.id, day)


def test_no_trace_of_money_comes_by_an_award_of_a_later_day(bundled: Session) -> None:
    compacts = _compacts(bundled)
    under = bundled.read(THINGS_UNDER, OfIds(ids=tuple(one.id for one in compacts)))
    awards = {edge.id: edge.subject for edge in under if edge.cls == "Award" and _is_undated(edge)}
    signed = {one.id: first_day(one.values["signed_on"]) for one in compacts}
    for edge in some(bundled.read(hop(AwardedTo), OfIds(ids=tuple(awards)))):
        day = day_before(signed[awards[edge.subject]])
        hops = _rows(bundled, "funding-of", edge.id, day)
        assert edge.subject not in {end for hop in hops for end in (hop.source, hop.target)}, (edge.id, day)


def test_nothing_given_under_a_compact_is_told_of_a_day_before_it_was_signed(bundled: Session) -> None:
    compacts = _compacts(bundled)
    ids = OfIds(ids=tuple(one.id for one in compacts))
    under, parties = grouped(bundled.read(THINGS_UNDER, ids)), grouped(bundled.read(hop(PartyTo, into=True), ids))
    for compact in compacts:
        day = day_before(first_day(compact.values["signed_on"]))
        given = {edge.id for edge in under.get(compact.id, ()) if _is_undated(edge)}
        of_it = ask(bundled, "agreement", {"agreement": compact.id, "as_of": day})
        assert " was signed only " in of_it.headline, compact.id
        assert not given & {getattr(row, "other", None) for row in of_it.rows}, compact.id
        for party in parties.get(compact.id, ()):
            if party.id != "gov:usa":
                for question in ("funding", "funding-summary"):
                    told = {getattr(row, "about", None) for row in _rows(bundled, question, party.id, day)}
                    assert not given & told, (question, party.id, day)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "party", "day", "later"), [
    ("partner", "Warnath Group", "2017-01-01", "Puntarenas"),
    ("government", "Philippines", "2016-06-01", "800,000"),
])  # fmt: skip  # read across, like the rows of a table
def test_a_paper_of_an_early_day_tells_nothing_later(
    bundled: Session, kind: str, party: str, day: str, later: str
) -> None:
    assert later not in repr(write_memo(bundled, kind, {"party": party, "as_of": day}))
    assert later in repr(write_memo(bundled, kind, {"party": party}))
