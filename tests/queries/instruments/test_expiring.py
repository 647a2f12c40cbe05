"""What ends in a period, why, and what must be done."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def by_kind(answer: Any) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in answer.rows:
        found.setdefault(row.kind, []).append((row.ends_on, row.what_name, row.whose_name))
    return found


def test_everything_of_a_government_that_ends_within_a_year_is_listed_with_its_kind(answer_to: Ask) -> None:
    assert by_kind(answer_to("expiring", party="Chile")) == {
        "plan": [("2026", "Plan of Chile", "Chile")],
        "membership": [("2026-12-31", "Specimen Agency", "Chile")],
        "office": [("2026-12-31", "Club of Agencies", "Chile")],
    }


def test_kinds_are_counted_and_the_first_ends_are_named(answer_to: Ask) -> None:
    headline, kinds = answer_to("expiring", party="Chile").clauses
    assert headline.text == "Next to end: Plan of Chile (2026); 2 more by 2027-06-01."
    first = headline.values["things"][0]
    assert (first["name"], first["on"]) == ("plan of Chile: Plan of Chile", "2026")
    assert kinds.text == "In all: 1 membership, 1 office and 1 plan."


def test_where_nothing_ends_in_the_period_the_nearest_is_named(answer_to: Ask) -> None:
    ahead = answer_to("expiring", party="Chile", kind="office", since="2020", until="2021").headline
    assert ahead == (
        "Not confirmed: no office of Chile on file ends from 2020-01-01 to 2021-12-31; the next is the term of Chile "
        "as chair of Club of Agencies (2026-12-31)."
    )
    behind = answer_to("expiring", party="Chile", kind="office", since="2030", until="2031").headline
    assert "; the last was the term of Chile as chair of Club of Agencies (2026-12-31)." in behind


def test_what_follows_is_said_where_it_is_held(answer_to: Ask) -> None:
    next_step = {row.kind: row.next_step for row in answer_to("expiring", party="Chile").rows}
    assert next_step["plan"] == "a later plan is on file: Next plan of Chile"
    assert next_step["membership"] == "followed by another term, 2027-01-01 to 2028-12-31"
    assert next_step["office"] == "next chair: Peru (2027-01-01 to 2027-12-31)"


def test_an_end_that_may_lie_outside_the_period_is_unknown(answer_to: Ask) -> None:
    held = {row.kind: row.held for row in answer_to("expiring", party="Chile", since="2026-07").rows}
    assert (held["plan"], held["membership"]) == ("unknown", "yes")


def test_seats_tell_the_rule_the_basis_and_whether_the_holder_may_be_appointed_again(answer_to: Ask) -> None:
    answer = answer_to("expiring", kind="seat", until="2027-12")
    told = {row.whose_name: (row.ends_on, row.held, row.is_derived, row.reappointable) for row in answer.rows}
    assert told == {
        "Member one": ("2027-01-31", "yes", False, "may be reappointed once; no earlier term on file"),
        "Member two": ("2026-09-01", "unknown", True, "reappointed once already, as far as on file: not again"),
    }
    assert {row.legal_basis for row in answer.rows} == {"22 USC 1"}
    assert any("We have no end for 1 seat in a council on file" in doubt.text and "Member three" in doubt.text
               for doubt in answer.caveats)  # fmt: skip


def test_an_award_that_ends_asks_for_final_reports_by_a_day(answer_to: Ask) -> None:
    [row] = answer_to("expiring", kind="award", party="Peru Relief").rows
    assert (row.what_name, row.ends_on, row.whose_name) == ("Award in Peru", "2026-12-31", "Peru Relief")
    assert "by 2027-04-30" in row.next_step


def test_a_withdrawal_that_takes_effect_is_listed_with_its_steps(answer_to: Ask) -> None:
    [row] = answer_to("expiring", kind="withdrawal").rows
    assert (row.ends_on, row.what_name, row.iso3) == ("2026-12-31", "Specimen Agency", "USA")
    assert row.reason == "withdrawal takes effect (announced 2026-01-07, notified 2026-01-22)"


def test_a_term_in_a_post_says_whether_a_successor_is_held(answer_to: Ask) -> None:
    [row] = answer_to("expiring", kind="term in a post", party="Head of the Agency").rows
    assert (row.ends_on, row.whose_name) == ("2026-10-31", "Hedda Sample")
    assert row.next_step.startswith("no successor on file")


def test_a_plan_adopted_after_the_day_is_not_known_yet(answer_to: Ask) -> None:
    answer = answer_to("expiring", party="Chile", kind="plan", since="2030", as_of="2026-01-01")
    assert answer.rows == ()


def test_real_compacts_end_by_their_length_and_those_without_an_end_are_named(bundled: Session) -> None:
    answer = ask(bundled, "expiring", {"kind": "compact", "since": "2027", "until": "2029-12"})
    rows: list[Any] = list(answer.rows)
    assert [(row.ends_on, row.iso3, row.is_derived) for row in rows] == [
        ("2027", "COL", False),
        ("2027-12-07", "CIV", True),
        ("2029-09-16", "ROU", True),
    ]
    assert any("Peru" in doubt.text and doubt.kind == "unknown" for doubt in answer.caveats)
