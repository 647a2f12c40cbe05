"""How a promise stands on a day: by its status and its day, and the same whichever question is asked."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.promises import UNSETTLED, is_unsettled, standing
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module
from tests.queries.contacts.two_sides import side
from tests.queries.world import between, edge, node, since


@pytest.mark.parametrize(
    ("status", "stood"),
    [
        (None, "open"), ("open", "open"), ("Fulfilled", "fulfilled"), ("done, as the ministry wrote", "fulfilled"),
        ("kept", "fulfilled"), ("withdrawn", "dropped"), ("cancelled", "dropped"), ("not met", "open"),
        ("partly delivered", "open"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_the_words_of_a_status_tell_what_became_of_it(status: str | None, stood: str) -> None:
    assert standing({"status": status, "due_on": "2026-09"}, day="2026-06-01") == stood


def test_what_was_kept_later_was_open_before() -> None:
    said = {"status": "fulfilled", "status_on": "2026-05-10"}
    assert standing(said, day="2026-05-09") == "open"
    assert standing(said, day="2026-05-10") == "fulfilled"


def test_it_is_overdue_the_day_after_its_day_whether_or_not_somebody_entered_a_status() -> None:
    for status in (None, "open"):
        said = {"status": status, "due_on": "2026-05-10"}
        assert [standing(said, day=f"2026-05-{day}") for day in ("10", "11")] == ["open", "overdue"]
    assert standing({"due_on": "2026-05"}, day="2026-05-31") == "open"


def test_without_a_status_and_a_day_what_became_of_it_is_not_known() -> None:
    assert standing({}, day="2026-06-01") == "not known"


def test_a_promise_is_not_open_before_it_is_made() -> None:
    assert not is_unsettled({"said_on": "2026-05-10"}, day="2026-05-09")
    assert is_unsettled({"said_on": "2026-05-10"}, day="2026-05-10")


days = st.dates().map(lambda day: day.isoformat())


@given(status=st.sampled_from(["open", "fulfilled", "dropped", "kept", ""]), on=days, early=days, late=days)
def test_a_promise_that_is_closed_stays_closed(status: str, on: str, early: str, late: str) -> None:
    first, last = sorted((early, late))
    said = {"status": status, "status_on": on}
    if standing(said, day=first) not in UNSETTLED:
        assert standing(said, day=last) == standing(said, day=first)


_STATUSES = (None, "open", "kept", "dropped", "partly delivered")
_DUE = (None, "2025", "2026-03", "2026-05-10", "2026-09-01")
_SAID = (None, "2025-06-01", "2026-04")
_DAYS = ("2025-12-31", "2026-03-31", "2026-04-15", "2026-05-10", "2026-05-11", "2026-10-01")
_CONGRESS = {"open": "due", "not known": "no fixed day", "fulfilled": "done"}


def _promises() -> dict[str, dict[str, str]]:
    """Return every sort of promise by its id: with and without a status, its day, a day it is due, one it was made."""
    cases = product(_STATUSES, (None, "2026-05-10"), _DUE, _SAID)
    fields = [
        {"status": status, "status_on": on if status else None, "due_on": due, "said_on": said}
        for status, on, due, said in cases
        if status or not on
    ]
    return {
        f"commitment:p{number}": {name: value for name, value in of.items() if value}
        for number, of in enumerate(fields)
    }


def _world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("Government", "gov:per", name="Peru", iso3="PER")
    yield from side("body:ours", "gov:usa", alfa=(("Uma", since("2020-01-01")),))
    held = (("Dan", between("2020", "2024-12-31")), ("Fay", since("2025-01-15")))
    yield from side("body:theirs", None, desk=held)
    yield node("PublicBody", "body:hill", name="Hill", body_kind="legislature", government="gov:usa")
    yield node("ChildProtectionCompact", "compact:per", name="Compact with Peru", signed_on="2025-01-15")
    for party in ("gov:usa", "gov:per"):
        yield edge("PARTY_TO", party, "compact:per", signed_on="2025-01-15", status="signatory")
    for id_, fields in _promises().items():
        yield node("Commitment", id_, name=id_, **fields)
        yield edge("MADE", "post:alfa", id_)
        for owed_to in ("person:dan", "body:hill"):
            yield edge("OWED_TO", id_, owed_to)
        yield edge("UNDER", id_, "compact:per")


promised = asked_by_a_module(_world)


@pytest.mark.parametrize("day", _DAYS)
def test_every_question_tells_the_same_of_a_promise(promised: Session, day: str) -> None:
    def rows(question: str, **parameters: str) -> list[Any]:
        return list(ask(promised, question, {"as_of": day, **parameters}).rows)

    stands = {row.commitment: row.stands for row in rows("commitments", party="Alfa")}
    assert len(stands) > 40
    unsettled = {id_: word for id_, word in stands.items() if word in UNSETTLED}
    late = {id_ for id_, word in stands.items() if word == "overdue"}

    due = {row.what: row.is_overdue for row in rows("due", party="Ours", since="2024", until="2028")}
    assert {id_ for id_, is_overdue in due.items() if is_overdue} == late
    assert unsettled.keys() <= due.keys() <= stands.keys()
    listed = {row.what: row.is_overdue for row in rows("due", party="Ours", until="2028")}
    assert {id_ for id_, is_overdue in listed.items() if is_overdue} == late

    handed = [row for row in rows("handover", party="Alfa") if row.part == "promise"]
    assert {row.what: row.stands for row in handed} == unsettled
    assert {row.what for row in handed if row.is_overdue} == late
    assert {row.what for row in rows("turnover", party="Desk") if row.part == "promise"} == unsettled.keys()

    with_day = {id_ for id_ in unsettled if "due_on" in _promises()[id_]}
    calendar = rows("calendar", party="Ours", kind="promise due", since="2024", until="2028")
    assert {row.what for row in calendar} == with_day

    touched = {row.what: row.state for row in rows("congress-touch") if row.matter == "promise"}
    expected = {id_: _CONGRESS.get(word, word) for id_, word in stands.items()}
    expected |= {id_: "no fixed day" for id_ in unsettled if id_ not in with_day}
    assert touched == expected

    progress = ask(promised, "compact-progress", {"as_of": day, "party": "Peru"})
    progress_rows: Any = progress.rows
    told = {row.what: row.standing for row in progress_rows if row.part == "promise"}
    assert told.keys() == stands.keys()
    assert {id_ for id_, words in told.items() if words == "overdue"} == late
    [counted] = [clause.values for clause in progress.clauses if clause.id == "promises"]
    counts = {word: list(stands.values()).count(word) for word in UNSETTLED}
    assert (counted["overdue"], counted["unknown"]) == (counts["overdue"], counts["not known"])
    assert counted["open"] == counts["open"] + counts["overdue"]
