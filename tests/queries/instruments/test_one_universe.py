"""Who is not party is decided once: gaps, parties, treaty-status and coverage say it of the same governments."""

from typing import Any

import pytest

from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.sweep import Sweep
from tests.reading import some

BOUND = "party"


def _rows(answer: Answer) -> list[Any]:
    return list(answer.rows)


def _names(answer: Answer) -> tuple[int, int]:
    """Return of how many the sentence is sure that they are not party, and of how many it is not."""
    values = next(clause.values for clause in answer.clauses if clause.id in ("headline", "outside"))
    if "governments" in values:
        return values["outside"], values["unknown"]
    return len(values["outside"]), len(values["open"])


@pytest.mark.slow
def test_four_questions_say_the_same_of_who_is_not_party(bundled: Session) -> None:
    seats = [row.model_dump() for row in ask(bundled, "members", {"party": "UN"}).rows]
    members = {seat["id"] for seat in seats if seat["category"] == "member"}
    for treaty in some(Sweep(1).treaties):
        gaps = ask(bundled, "gaps", {"party": "org:un", "agreement": treaty})
        if any(clause.id == "not-adopted" for clause in gaps.clauses):
            continue
        outside = {row.id for row in _rows(gaps) if row.id in members}
        listed = ask(bundled, "parties", {"agreement": treaty, "status": "not party"})
        assert outside == {row.id for row in _rows(listed) if row.id in members}, treaty
        cells = _rows(ask(bundled, "coverage", {"party": "org:un", "agreement": treaty}))
        assert outside == {row.id for row in cells if (row.standing, row.held) != (BOUND, "yes") and row.id in members}
        sure = {row.id for row in _rows(gaps) if row.held == "yes"}
        assert sure & outside == {row.id for row in cells if row.id in outside and row.held == "yes"}, treaty
        for row in [row for row in _rows(gaps) if row.id in members][:3]:
            said = ask(bundled, "treaty-status", {"party": row.id, "agreement": treaty}).headline
            assert said.startswith("No: " if row.id in sure else "Not confirmed: "), (said, row)


@pytest.mark.parametrize("treaty", ["ICMW", "CEDAW", "C138", "C189", "CETS 197", "UNTOC"])
def test_a_list_of_parties_has_one_count_and_its_own_day(bundled: Session, treaty: str) -> None:
    every, outside, unclear = (
        ask(bundled, "parties", {"agreement": treaty} | ({"status": status} if status else {}))
        for status in ("", "not party", "unknown")
    )
    rows: list[Any] = list(every.rows)
    bound = {row.id for row in rows if (row.standing, row.held) == (BOUND, "yes")}
    assert every.clauses[0].values["governments"] + len(every.clauses[0].values["others"]) == len(bound)
    assert bound.isdisjoint(_ids(outside) | _ids(ask(bundled, "gaps", {"party": "UN", "agreement": treaty})))
    for row in [row for row in rows if row.id not in bound and row.standing == BOUND]:
        said = ask(bundled, "treaty-status", {"party": row.id, "agreement": treaty}).headline
        assert (said[:15], row.id in _ids(outside)) == ("Not confirmed: ", True)
    not_party = {row.id for row in rows if row.standing not in (BOUND, "unknown")}
    assert not_party <= _ids(outside)
    assert sum(_names(outside)) == len(outside.rows)
    assert "are listed without a clear status" not in unclear.answer
    assert _ids(unclear).isdisjoint(bound | not_party)
    assert "2025-10" not in unclear.headline
    assert "members of the UN may" not in unclear.answer + outside.answer


def test_the_day_of_the_list_is_told_with_who_may_have_joined_since(bundled: Session) -> None:
    gaps = ask(bundled, "gaps", {"party": "UN", "agreement": "Palermo"}).headline
    assert gaps.startswith("Not confirmed for every one: all 193 ")
    listed = ask(bundled, "parties", {"agreement": "Palermo", "status": "not party"})
    assert listed.headline.endswith("has 181 of 182, as listed on 2022-11-04.")
    alone = ask(bundled, "treaty-status", {"party": "Cabo Verde"}).answer
    assert "On the list of 2023-06-25 it was not party to 1: Forced Labour Protocol." in alone


def _ids(answer: Answer) -> set[str]:
    rows: tuple[Any, ...] = tuple(answer.rows)
    return {row.id for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-06-01", "2022-11-04", "2014-12-31", "2010-06-30", "2003"])
def test_parties_those_outside_and_those_of_whom_it_is_open_are_all_governments_in_the_un(
    bundled: Session, day: str
) -> None:
    seats = [row.model_dump() for row in ask(bundled, "members", {"party": "UN", "as_of": day}).rows]
    members = {seat["id"] for seat in seats if seat["category"] == "member"}
    assert len(members) > 190
    for treaty in Sweep(1).treaties:
        gaps = ask(bundled, "gaps", {"party": "org:un", "agreement": treaty, "as_of": day})
        if any(clause.id == "not-adopted" for clause in gaps.clauses):
            continue
        asked = {"agreement": treaty, "as_of": day}
        listed = _rows(ask(bundled, "parties", {**asked, "status": "not party"}))
        bound = {row.id for row in _rows(ask(bundled, "parties", {**asked, "status": BOUND})) if row.held == "yes"}
        outside = {row.id: row.held for row in listed if row.id in members}
        assert outside == {row.id: row.held for row in _rows(gaps) if row.id in members}, treaty
        assert bound & members == members - outside.keys(), treaty
