"""What is held on a compact: every value of every source, side by side, and nothing added up."""

import csv

import pytest

from iga.ingest.reference_files import reference_file
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask

COMPACTS = ("Ghana", "Philippines", "Peru", "Jamaica", "Mongolia", "Colombia", "CIV", "Romania")


def test_sources_that_differ_have_a_row_each_and_the_stronger_one_is_marked(answer_to: Ask) -> None:
    rows = [row for row in answer_to("compact", party="Ghana").rows if row.fact == "signed_on"]
    assert [(row.value, row.disputed, row.preferred, len(row.evidence)) for row in rows] == [
        ("2020-06-23", True, True, 1),
        ("2020-06-24", True, False, 1),
    ]


def test_sources_that_agree_share_a_row(answer_to: Ask) -> None:
    [row] = [row for row in answer_to("compact", party="Ghana").rows if row.fact == "duration"]
    assert (row.value, row.disputed, row.preferred, len(row.evidence)) == ("4 years", False, True, 2)


def test_amounts_stand_beside_each_other_and_are_not_added(answer_to: Ask) -> None:
    answer = answer_to("compact", party="Ghana")
    money = [row.value for row in answer.rows if row.fact in ("money", "stated_total")]
    assert money == ["2000000 USD (obligation)", "5000000 USD (pledge)", "5500000 USD (announced)"]
    amounts = {(row.amount, row.currency, row.measure) for row in answer.rows if row.amount}
    assert ("5000000", "USD", "pledge") in amounts
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("headline", "Example Compact with Ghana was signed 2020-06-23; its end is not on file."),
        (
            "disputed",
            "Sources differ on signed on, party of Ghana, party of United States and money of US contribution; each "
            "value is shown.",
        ),
        ("amounts", "Amounts are of different kinds and are not added up."),
    ]


def test_parties_whose_day_is_disputed_have_a_row_for_each_day(answer_to: Ask) -> None:
    rows = [row for row in answer_to("compact", party="Ghana").rows if row.fact == "party"]
    assert {row.start for row in rows} == {"2020-06-23", "2020-06-24"}
    assert [(row.about_name, row.value, row.preferred) for row in rows] == [
        ("Ghana", "signed 2020-06-23", True),
        ("Ghana", "signed 2020-06-24", False),
        ("United States", "signed 2020-06-23", True),
        ("United States", "signed 2020-06-24", False),
    ]


def test_whoever_gives_and_receives_is_named(answer_to: Ask) -> None:
    rows = {row.fact: row for row in answer_to("compact", party="Ghana").rows}
    assert (rows["contributor"].value, rows["contributor"].value_id) == ("United States", "gov:usa")
    assert (rows["recipient"].value, rows["recipient"].value_id) == ("Example Relief", "ngo:relief")
    assert rows["duration"].value_id is None


def test_before_its_signature_there_is_no_compact(answer_to: Ask) -> None:
    answer = answer_to("compact", party="Ghana", as_of="2019-01-01")
    assert answer.rows == ()
    assert answer.headline == "Not confirmed: no Child Protection Compact with Ghana is on file as signed by that day."


def test_what_nothing_is_held_on_is_said(answer_to: Ask) -> None:
    [gap] = [caveat for caveat in answer_to("compact", party="Ghana").caveats if caveat.kind == "unknown"]
    assert gap.text == (
        "Not on file of Example Compact with Ghana: objectives, target of each indicator, contributions of Ghana and "
        "dialogues."
    )


def test_an_indicator_is_followed_by_what_was_measured(answer_to: Ask) -> None:
    rows = {(row.about_name, row.fact): row.value for row in answer_to("compact", party="Ghana").rows}
    assert rows["Children identified", "baseline"] == "120"
    assert rows["Children identified, 2021", "value"] == "180"


@pytest.mark.parametrize("party", COMPACTS)
def test_every_assertion_on_a_bundled_compact_is_shown_by_some_row(bundled: Session, party: str) -> None:
    answer = ask(bundled, "compact", {"party": party})
    iso3 = answer.subjects[0].iso3
    with reference_file("compacts.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {
            f"compacts.csv:{line}"
            for line, row in enumerate(csv.DictReader(lines), start=2)
            if row["compact"].startswith(f"compact:{(iso3 or '').lower()}-")
        }
    shown = {answer.evidence[number].locator for row in answer.rows for number in row.evidence}
    assert wanted <= shown
    assert any(caveat.text.startswith("Not on file of") and ": objectives" in caveat.text for caveat in answer.caveats)
