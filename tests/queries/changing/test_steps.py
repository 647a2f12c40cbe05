"""Every dated change of standing in the bundled data is told by what changed in its time, and what is over as past."""

from collections.abc import Iterator
from typing import Any

import pytest

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.edges import Holds, MemberOf, PartyTo
from iga.graph.domain.parties import Government
from iga.graph.domain.records import Resolution
from iga.graph.fold.recipes import recipe
from iga.queries.ask import ask
from iga.queries.changing.facts import EDGE_STEPS, STEPS, WHOSE, _turns, began_or_ended, period_of
from iga.queries.core.compiled import Everything, all_of, edges_from
from iga.queries.core.relationships import _WAS, left_on
from iga.queries.core.session import Session

KINDS = (MemberOf, PartyTo)
# What tells what was done, or what stays so, has no other form once its days are over.
DONE = {"PARTICIPATED", "ORGANIZED", "MADE", "ASSESSED", "RECOMMENDED_TO", "AWARDED_TO", "SUBAWARDED_TO", "MANDATES"}
DONE |= {"SUCCEEDED_BY", "ANSWERS"}


def events(session: Session, kind: type[MemberOf | PartyTo]) -> Iterator[tuple[str, str]]:
    """Give the key of a relationship with each day on which its standing changed."""
    for edge in session.read(edges_from(Government, kind), Everything()):
        stated = edge.properties
        days = (left_on(stated), stated.get("period_end"), *map(stated.get, EDGE_STEPS[kind.type()]))
        yield from ((edge.key, str(day)) for day in days if day and stated.get("period_end_kind") != "inferred")


def told(session: Session, **asked: str) -> Iterator[Any]:
    for skip in range(0, 20_000, 1000):
        rows = ask(session, "what-changed", {**asked, "limit": "1000", "skip": str(skip)}).rows
        yield from rows
        if len(rows) < 1000:
            return


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_dated_change_of_standing_is_a_fact_of_its_time(bundled: Session, kind: type[MemberOf | PartyTo]) -> None:
    """Told page by page they take minutes: what sentences make of them is tested below, of some."""
    until = "2026-05-31"
    wanted = {it for it in events(bundled, kind) if it[1] <= until and len(it[1]) == 10}
    facts = list(began_or_ended(bundled, period_of(bundled, "1900", until, day=until), None))
    found = {(fact.key, fact.after) for fact in facts if fact.what == "step"}
    found |= {
        (fact.key, of["end"]) for fact in facts if isinstance(of := fact.values.get("period"), dict) if "end" in of
    }
    assert len(wanted) > 100
    assert sorted(wanted - found) == []


def test_what_has_ended_is_told_as_past(bundled: Session) -> None:
    rows = list(told(bundled, since="2021-12-25", until="2022-01-05", kind="MEMBER_OF"))
    ended = [row.says for row in rows if row.what == "ended"]
    assert len(ended) > 10
    assert [says for says in ended if " was " not in says] == []


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (
            ("2025-07-22", "2025-07-22"),
            "United States gave notice that it leaves United Nations Educational, Scientific and Cultural Organization "
            "(effective 2026-12-31)",
        ),
        (("2025-02-01", "2025-02-28"), "United States left United Nations Human Rights Council"),
        (
            ("2026-12-01", "2026-12-31"),
            "United States is to leave United Nations Educational, Scientific and Cultural Organization",
        ),
        (("1983-09", "1983-09"), "United Kingdom left Protection of Wages Convention, 1949 (No. 95)"),
        (("2015-03", "2015-03"), "U.S. Embassy Sanaa suspended its work"),
        (
            ("2003-12-25", "2003-12-25"),
            "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children "
            "entered into force",
        ),
    ],
)
def test_a_step_is_told_on_its_day_as_done_or_as_to_come(bundled: Session, days: tuple[str, str], says: str) -> None:
    assert says in [row.says for row in told(bundled, since=days[0], until=days[1])]


def test_what_is_tied_to_a_party_is_among_what_changed_about_it(bundled: Session) -> None:
    rows = list(told(bundled, since="2024-06", until="2024-06", party="Ghana"))
    assert "Ghana, TIP Report 2024 was published: Tier 2" in [row.says for row in rows]


def test_a_text_that_was_voted_down_is_nowhere_said_to_be_adopted(bundled: Session) -> None:
    texts = bundled.read(all_of(Resolution), Everything())
    rejected = {text.id for text in texts if "rejected" in (text.values.get("adopted_by") or "")}
    assert rejected
    for text in (text for text in texts if text.id in rejected):
        days = {"since": text.values["adopted_on"], "until": text.values["adopted_on"]}
        steps = {row.subject: row.says for row in told(bundled, kind="Resolution", **days)}
        assert {id_ for id_, says in steps.items() if says.endswith(" was rejected")} == rejected & steps.keys()
        assert {id_ for id_, says in steps.items() if says.endswith(" was adopted")} == steps.keys() - rejected
        assert "rejected 1" in ask(bundled, "resolutions", {"party": text.values["body"], **days}).answer
        assert "adopted" not in ask(bundled, "resolution", {"resolution": text.id, "as_of": "2010-01-01"}).answer


@pytest.mark.slow
def test_what_a_party_adopted_or_published_changed_about_it(bundled: Session) -> None:
    period = period_of(bundled, "1900", "2026-05-31", day="2026-05-31")
    # Every twentieth party that has plans or papers.
    things = [
        (whose, it)
        for cls, whose in WHOSE.items()
        for it in bundled.read(all_of(cls), Everything())[:: 1 if cls in ("Resolution", "Law") else 20]
    ]
    wanted = {(party, it.id) for of, it in things if (party := it.values.get(of)) and _turns(it.values, STEPS, period)}
    parties = {party for party, _ in wanted}
    facts = [(party, fact) for party in parties for fact in began_or_ended(bundled, period, frozenset({party}))]
    found = {(party, fact.nodes[0]) for party, fact in facts if party in fact.nodes}
    assert len(wanted) > 50
    assert sorted(wanted - found) == []


def test_a_text_of_a_day_is_told_of_the_body_that_adopted_it(bundled: Session) -> None:
    rows = told(bundled, party="UNGA", since="2017-12-19", until="2017-12-19")
    assert any("(A/RES/72/195) was adopted" in row.says for row in rows)


def test_every_type_that_can_end_is_said_as_past_when_it_has() -> None:
    assert {kind for kind in EDGE if recipe(kind).interval} == {*_WAS, *DONE, Holds.type()}  # said by how it is held
