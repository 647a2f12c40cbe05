"""Which governments a determination restricts, and what runs there."""

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def test_the_fiscal_year_of_the_day_is_taken_when_nothing_is_asked_for(answer_to: Ask) -> None:
    answer = answer_to("restrictions")
    assert [(row.name, row.kind, row.fiscal_year) for row in answer.rows] == [
        ("Nicaragua", "restricted", 2026),
        ("Fiji", "waiver of automatic downgrade", None),
    ]
    assert answer.headline == (
        "For fiscal year 2026 1 government on file is restricted and 1 has a waiver of automatic downgrade."
    )
    assert answer.clauses[0].values["governments"] == {"restricted": 1, "waiver of automatic downgrade": 1}


def test_awards_that_may_run_under_the_restriction_are_named_with_who_receives_them(answer_to: Ask) -> None:
    answer = answer_to("restrictions", year="2026")
    assert answer.rows[0].awards == ("Award shelter, to Ministry of Example (a government)",)
    assert "1 award or project may run under a restriction" in answer.answer
    assert answer.rows[1].awards == ()


def test_what_was_not_seen_of_the_document_is_said(answer_to: Ask) -> None:
    doubts = [doubt.text for doubt in answer_to("restrictions", year="2026").caveats]
    assert "What was seen of the document for 2026: waivers not seen." in doubts
    missing = answer_to("restrictions", year="2020")
    assert missing.headline == (
        "Not confirmed: no determination is on file for fiscal year 2020; for 2026, the last that is, "
        "1 government on file is restricted and 1 has a waiver of automatic downgrade."
    )
    assert missing.rows == answer_to("restrictions", year="2026").rows
    assert missing.caveats[0].text == (
        "We have no Presidential Determination for fiscal year 2020 on file: whom it restricts is not known; "
        "the latest on file is for 2026."
    )


def test_a_year_on_tier_3_without_a_determination_is_said(answer_to: Ask) -> None:
    answer = answer_to("restrictions", party="Nicaragua")
    assert "Yes: Nicaragua is restricted in fiscal year 2026. By fiscal year: restricted 2026." in answer.answer
    assert any("no determination for fiscal year 2025 on file." in doubt.text for doubt in answer.caveats)


def test_a_determination_is_known_from_its_day_and_a_waiver_from_its_edition(answer_to: Ask) -> None:
    assert answer_to("restrictions", party="Nicaragua", as_of="2025-10-19").rows == ()
    assert len(answer_to("restrictions", party="Fiji", as_of="2025-09-29").rows) == 1
    assert answer_to("restrictions", party="Fiji", as_of="2025-09-28").rows == ()


def test_each_award_under_a_restriction_has_a_row_that_says_to_whom_it_goes(answer_to: Ask) -> None:
    [row] = [row for row in answer_to("restrictions", year="2026").rows if row.award]
    assert (row.award_name, row.recipient_name, row.is_to_government) == ("Award shelter", "Ministry of Example", True)
    assert "1 award or project may run under a restriction, 1 known to go to a government." in (
        answer_to("restrictions", year="2026").answer
    )


def test_what_rests_on_no_official_copy_says_so_whoever_and_whichever_year_is_asked_about(bundled: Session) -> None:
    """The rows decide, and not the year: those of 2026 alone are from a page that a machine made."""
    tried = 0
    for year in range(2004, 2027):
        said = [ask(bundled, "restrictions", {"year": str(year)})]
        said += [
            ask(bundled, "restrictions", {"year": str(year), "party": party}) for party in ("China", "Iran", "Cuba")
        ]
        for answer in said:
            assert ("unofficial copy" in answer.headline) is (year == 2026), answer.headline
            assert all(row.is_unofficial is (year == 2026) for row in answer.rows if row.fiscal_year)  # type: ignore[attr-defined]
            tried += len(answer.rows)
    assert tried > 300
