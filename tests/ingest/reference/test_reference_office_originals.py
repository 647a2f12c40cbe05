"""The bundled sources on the TIP Report, its consequences and national plans against the files they were made from."""

import csv
from pathlib import Path

import pytest

from tests.ingest.reference.reading_bundled import Row, named
from tests.reading import some

pytestmark = pytest.mark.shared


def originals(shared: Path, name: str) -> list[Row]:
    with (shared / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_determination_is_that_of_the_original_file(shared: Path) -> None:
    names = ("fiscal_year", "kind", "number", "basis", "scope", "confidence", "source_url")
    ours = sorted(
        (row["government"], row["decided_on"], *(row[n] for n in names)) for row in named("determinations").cells
    )
    source = originals(shared, "determinations/presidential_determinations.csv")
    assert ours == sorted((f"gov:{row['iso3'].lower()}", row["signed_on"], *(row[n] for n in names)) for row in source)


def test_every_document_is_that_of_the_original_file(shared: Path) -> None:
    ours = {row["year"]: row for row in named("determination_documents").cells if row["key"].startswith("pd-")}
    for row in some(originals(shared, "determinations/documents.csv")):
        own = ours[row["fiscal_year"]]
        assert (own["published_on"], own["coverage_note"]) == (row["signed_on"], row["completeness"])
        assert row["number"] in own["number"]


def test_every_waiver_is_that_of_the_original_file(shared: Path) -> None:
    ours = {(row["edition_year"], row["government"], row["decided_on"]) for row in named("downgrade_waivers").cells}
    source = originals(shared, "determinations/downgrade_waivers.csv")
    assert ours == {(row["report_edition"], f"gov:{row['iso3'].lower()}", row["dated"]) for row in source}
    assert len(named("downgrade_waivers").cells) == len(source)


def test_every_recommendation_of_the_report_is_that_of_the_original_file(shared: Path) -> None:
    ours = sorted(
        (row["year"], row["government"], row["ordinal"], row["pillar"] or "other", row["wording"], row["confidence"])
        for row in named("recommendations_tip_report").cells
    )
    source = originals(shared, "tip_report/tip_recommendations.csv")
    assert ours == sorted(
        (row["report_year"], f"gov:{row['iso3'].lower()}", row["order"], row["p"], row["paraphrase"], row["confidence"])
        for row in source
    )


def test_every_suggested_action_is_that_of_the_original_file(shared: Path) -> None:
    ours = sorted((row["area"], row["wording"]) for row in named("recommendations_labor_department").cells)
    source = originals(shared, "tip_report/dol_suggested_actions_2022.csv")
    assert ours == sorted(
        (row["area"].replace("_", " ").lower(), " ".join(row["recommended_action"].split())) for row in source
    )


def test_every_plan_is_that_of_the_original_file(shared: Path) -> None:
    ours = sorted(
        (row["government"], row["start"], row["end"], row["status"], row["status_on"], row["owner"], row["kind"])
        for row in named("national_action_plans").cells
    )
    files = ("national_action_plans.csv", "national_action_plans_2026_11.csv")
    source = [row for file in files for row in originals(shared, f"plans/{file}")]
    assert ours == sorted(
        (f"gov:{row['iso3'].lower()}", row["period_from"], row["period_to"], row["status"], row["status_as_of"],
         row["issuing_body"], row["document_kind"])
        for row in source
    )  # fmt: skip  # read across, like the rows of a table
    titles = {
        row["title_as_found"] for row in source if len(row["title_as_found"]) > len("National action plan 2022-2026")
    }
    assert titles <= {row["name"] for row in named("national_action_plans").cells}


def test_every_national_body_but_the_one_that_does_not_exist_is_there(shared: Path) -> None:
    ours = sorted((row["government"], row["role"], row["attested_on"]) for row in named("national_bodies").cells)
    source = originals(shared, "plans/national_bodies.csv")
    there = [row for row in source if not row["office_name"].startswith("none")]
    assert ours == sorted((f"gov:{row['iso3'].lower()}", row["role"], row["as_of"]) for row in there)
    assert len(source) - len(there) == 1


def test_every_bureau_and_office_of_the_original_file_is_there(shared: Path) -> None:
    held = {row["name"] for name in ("us_bodies", "us_missions") for row in named(name).cells}
    names = {row["name"] for row in originals(shared, "organizations/us_state_bureaus_offices.csv")}
    # the front office of IO is held under a name that tells whose it is
    assert names - held == {"Front Office"}


def test_every_government_with_an_embassy_or_an_accredited_post_is_covered_by_it(shared: Path) -> None:
    covered = {edge.target for edge in named("us_coverage").edges("COVERS") if "us-state" not in edge.source}
    missions = originals(shared, "organizations/us_bilateral_missions.csv")
    with_post = {f"gov:{row['host_iso3'].lower()}" for row in missions if not row["kind"].startswith("no mission")}
    assert with_post - covered == set()


def test_every_member_of_the_task_force_and_the_council_is_there(shared: Path) -> None:
    source = originals(shared, "organizations/bodies_and_members.csv")
    council = {row["member"] for row in source if "Advisory Council" in row["body"]}
    council |= {"Courtney Litvak"}
    assert council == {row["name"] for row in named("advisory_council_members").cells}
    statutory = [row for row in source if row["body"] == "PITF" and "statutory" in row["member_type"]]
    ours = [row for row in named("us_task_force").cells if row["category"] == "statutory member"]
    assert len(ours) == len(statutory)


def test_every_chair_of_a_meeting_of_the_task_force_held_the_post_that_day(shared: Path) -> None:
    held = {row["attested_on"]: row["name"].split()[-1] for row in named("us_post_holders").cells}
    meetings = originals(shared, "organizations/pitf_meetings.csv")
    chaired = {row["held_on"]: row["chair"].split()[-1] for row in meetings if row["body"] == "PITF"}
    assert held == chaired | {"2026-01-08": "Rubio"}
