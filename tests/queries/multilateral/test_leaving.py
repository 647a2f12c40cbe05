"""Memberships and withdrawals know of each other, on every day around every withdrawal, whichever question is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from iga.exports.memos.write import write_memo
from iga.exports.paper.record import record_of
from iga.graph.domain.edges import MemberOf, PartyTo
from iga.graph.domain.parties import Government
from iga.graph.domain.values import last_day
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.compiled import Everything, OwnEdgeRow, edges_from
from iga.queries.core.relationships import left_on, stood
from iga.queries.core.session import Session
from iga.queries.multilateral.members import MembershipRow
from iga.queries.multilateral.withdrawals import WithdrawalRow
from iga.queries.whole.profile import ProfileRow

STEPS = ("withdrawal_announced_on", "withdrawal_notified_on")


class Leaving(NamedTuple):
    """A party that leaves a body or an agreement, or has left it, and the days of it."""

    party: str
    body: str
    edge: OwnEdgeRow

    @property
    def left_on(self) -> str | None:
        return left_on(self.edge.properties)

    @property
    def days(self) -> Iterator[str]:
        """The days around each of its days, and one long after."""
        for on in filter(None, (self.left_on, *map(self.edge.properties.get, STEPS))):
            for near in (-1, 0, 1):
                yield (date.fromisoformat(last_day(str(on))) + timedelta(days=near)).isoformat()
        yield "2030-01-01"


def leavings(session: Session, kind: type[MemberOf | PartyTo]) -> list[Leaving]:
    found = (Leaving(edge.subject, edge.id, edge) for edge in session.read(edges_from(Government, kind), Everything()))
    return [one for one in found if one.left_on or any(map(one.edge.properties.get, STEPS))]


class Asked:
    """Answers, each asked for once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._kept: dict[tuple[str, ...], Answer] = {}

    def __call__(self, question: str, day: str, **params: str) -> Answer:
        key = (question, day, *params.values())
        if key not in self._kept:
            self._kept[key] = ask(self.session, question, {**params, "as_of": day})
        return self._kept[key]


@pytest.fixture(scope="module")
def asked(bundled: Session) -> Asked:
    return Asked(bundled)


@pytest.mark.slow
def test_whoever_left_a_body_is_in_it_no_more_and_whoever_is_about_to_leave_still_is(asked: Asked) -> None:
    """Members, memberships, of one body or of all, and withdrawals say the same of each day."""
    tried = gone = staying = 0
    for one in leavings(asked.session, MemberOf):
        for day in dict.fromkeys(one.days):
            tried += 1
            rows = asked("memberships", day, party=one.party).rows
            listed = [row.held for row in rows if isinstance(row, MembershipRow) and row.body == one.body]
            there = [row.held for row in asked("members", day, party=one.body).rows if row.id == one.party]  # type: ignore[attr-defined]
            assert sorted(listed) == sorted(there), (one.party, one.body, day)
            steps = [
                row
                for row in asked("withdrawals", day, party=one.party).rows
                if isinstance(row, WithdrawalRow) and row.what == one.body
            ]
            reply = asked("memberships", day, party=one.party, other=one.body).headline
            came_back = bool(one.left_on) and last_day(str(one.left_on)) < (one.edge.properties.get("start_min") or "")
            if [row for row in steps if row.step == "in effect"] and not came_back:
                gone += 1
                assert not listed, (one.party, one.body, day)
                assert "Yes: " not in reply, reply
            elif steps and steps[0].takes_effect_on:
                staying += 1
                assert "yes" in listed, (one.party, one.body, day)
    assert tried > 200
    assert gone > 10
    assert staying > 3


@pytest.mark.parametrize("day", ["2023-07-11", "2024-12-31", "2025-07-21", "2025-07-22", "2026-12-30"])
def test_whoever_leaves_on_a_known_day_was_in_it_from_its_start_until_then(asked: Asked, day: str) -> None:
    headline = asked("memberships", day, party="gov:usa", other="org:unesco").headline
    assert "Yes: the United States is in UNESCO" in headline, headline


def test_the_profile_counts_the_memberships_that_the_question_lists(asked: Asked) -> None:
    tried = 0
    for party in dict.fromkeys(one.party for one in leavings(asked.session, MemberOf)):
        for day in ("2024-06-30", "2026-01-21", "2026-01-22", "2026-12-31", "2027-01-15"):
            listed = asked("memberships", day, party=party).rows
            shown = [row for row in asked("profile", day, party=party).rows if isinstance(row, ProfileRow)]
            counts = {row.section_count for row in shown if row.section == "memberships"}
            assert counts == ({len(listed)} if listed else set()), (party, day)
            tried += 1
    assert tried >= 10


def test_an_agreement_that_was_left_is_no_agreement_of_the_party_in_its_profile(asked: Asked) -> None:
    tried = 0
    for one in leavings(asked.session, PartyTo):
        left = last_day(str(one.left_on))
        for day, stands in ((left, False), ((date.fromisoformat(left) - timedelta(days=1)).isoformat(), True)):
            if one.edge.properties.get("action_on") and str(one.edge.properties["action_on"]) > left:
                continue  # it joined again
            steps = [row.step for row in asked("withdrawals", day, party=one.party, other=one.body).rows]  # type: ignore[attr-defined]
            assert ("in effect" in steps) is not stands, (one.party, one.body, day)
            listed = asked("treaty-status", day, party=one.party).rows
            [standing] = [row.standing for row in listed if row.agreement == one.body]  # type: ignore[attr-defined]
            assert (standing == "withdrawn") is not stands, (one.party, one.body, day)
            stood_then = stood("PARTY_TO", one.edge.properties, "Treaty", {}, day=day)
            assert (stood_then == "no") is not stands, (one.party, one.body, day)
            tried += 1
    assert tried > 4


def test_a_day_ahead_is_said_to_be_ahead(asked: Asked) -> None:
    """Today is June 1, 2026; UNESCO is left on December 31."""
    day = "2027-01-15"
    one_body = asked("memberships", day, party="gov:usa", other="UNESCO")
    assert one_body.headline == (
        "Ahead, as of 2027-01-15, by what is known on 2026-06-01: "
        "No: the United States is to leave UNESCO on 2026-12-31."
    )
    assert asked("withdrawals", day, party="gov:usa", other="UNESCO").headline.endswith(
        "Yes: the United States is to leave UNESCO: announced 2025-07-22, notified 2025-07-22, takes effect 2026-12-31."
    )
    for question, params in {"tier-history": {"party": "Ghana"}, "members": {"party": "OSCE"}, "due": {}}.items():
        answer = ask(asked.session, question, {**params, "as_of": day})
        assert answer.headline.startswith("Ahead, as of 2027-01-15"), question
        assert answer.answer.startswith("Ahead, as of 2027-01-15"), question
    paper = write_memo(asked.session, "government", {"party": "Ghana", "as_of": day})
    assert "(a day ahead, by what is known on June 1, 2026)" in paper.subject


@pytest.mark.slow
def test_a_paper_names_no_body_that_was_left(bundled: Session) -> None:
    for day, is_member in (("2026-01-21", True), ("2027-01-15", False)):
        paper = record_of(write_memo(bundled, "government", {"party": "United States", "as_of": day}, is_full=True))
        said = [line.text for line in paper.said if "membership" in line.section.casefold()]
        assert any("UNESCO" in text or "Educational" in text for text in said) is is_member, said


def test_nobody_is_said_to_have_left_before_the_day_on_which_it_leaves(asked: Asked) -> None:
    """Before a step, between the steps and after the last, for every withdrawal with a day to come or past."""
    begun = {"Yes": 0, "Not yet": 0, "Not confirmed": 0}
    for one in leavings(asked.session, MemberOf):
        for day in (it for it in dict.fromkeys(one.days) if it <= "2026-05-31"):
            reply = asked("withdrawals", day, party=one.party, other=one.body).headline
            reply = reply.removeprefix(f"As of {day}: ")
            word = reply.partition(":")[0]
            begun[word] += 1
            has_left = " has left " in reply or " is to leave " in reply
            assert (word == "Yes") is has_left, reply
            if word == "Not yet" and one.left_on:
                assert f"takes effect {one.left_on}" in reply, reply
    assert min(begun.values()) > 10, begun
