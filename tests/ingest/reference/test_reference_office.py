"""The bundled sources on what follows the TIP Report and on the law: whole, consistent, and flagged where unsure."""

from collections import Counter

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.statements import EdgeStatement
from iga.queries.core.periods import occurrences
from tests.ingest.reference.reading_bundled import named
from tests.reading import some


def tiers() -> dict[tuple[str, str], str]:
    return {(row["year"], f"gov:{row['iso3'].lower()}"): row["tier"] for row in named("tip_tiers").cells}


def test_what_a_determination_names_was_on_tier_3_in_the_edition_before() -> None:
    placed = tiers()
    known = [row for row in named("determinations").cells if (row["edition_year"], row["government"]) in placed]
    assert len(known) > 290
    wrong = [row["key"] for row in known if placed[row["edition_year"], row["government"]] != "Tier 3"]
    assert wrong == []


def test_a_waived_downgrade_is_of_a_government_on_the_watch_list() -> None:
    placed = tiers()
    rows = [row for row in named("downgrade_waivers").cells if (row["edition_year"], row["government"]) in placed]
    assert len(rows) > 50
    assert {placed[row["edition_year"], row["government"]] for row in rows} == {"Tier 2 Watch List"}


def test_a_fiscal_year_answers_the_edition_of_the_year_before() -> None:
    for row in some(named("determinations").cells):
        assert int(row["fiscal_year"]) == int(row["edition_year"]) + 1


def test_what_comes_from_a_page_made_by_a_machine_is_of_low_confidence() -> None:
    of_2026 = [row for row in named("determinations").cells if row["fiscal_year"] == "2026"]
    assert len(of_2026) == 11
    assert {row["confidence"] for row in of_2026} == {"low"}


def test_the_determination_that_was_not_found_is_named_as_a_gap_and_not_made_up() -> None:
    assert "2016" not in {row["fiscal_year"] for row in some(named("determinations").cells)}
    assert any("2016" in gap for gap in named("determinations").mapping.card.gaps)


def test_the_sorting_by_p_is_said_to_be_ours_and_a_topic_line_is_derived() -> None:
    source = named("recommendations_tip_report")
    assert {node.values["pillar_is_ours"] for node in source.nodes("Recommendation")} == {True}
    ruled = [row for row in source.cells if row["note"].startswith("derived: its topic")]
    assert len(ruled) == 1592
    assert {row["confidence"] for row in ruled} == {"derived"}


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("recommendations_tip_report", "body:us-state-tip"),
        ("recommendations_labor_department", "body:us-dol"),
        ("recommendations_gao", "body:us-gao"),
        ("advisory_council_recommendations", "council:us-advisory-council"),
    ],
)
def test_every_recommendation_has_its_issuer_its_party_and_its_report(name: str, issuer: str) -> None:
    source = named(name)
    recommended = {node.id for node in source.nodes("Recommendation")}
    assert {edge.target for edge in source.edges("MADE") if edge.source == issuer} == recommended
    assert {edge.source for edge in source.edges("RECOMMENDED_TO")} == recommended
    assert {edge.source for edge in source.edges("UNDER")} == recommended


def test_numbers_of_recommendations_run_in_the_order_of_the_report_without_a_twin() -> None:
    rows = named("recommendations_tip_report").cells
    places = Counter((row["year"], row["government"], row["ordinal"]) for row in rows)
    assert set(places.values()) == {1}


def test_a_plan_that_is_over_by_its_dates_is_not_called_in_force_after_them() -> None:
    for row in some(named("national_action_plans").cells):
        if row["status"] == "in force" and row["end"] and row["status_on"]:
            assert row["end"] >= row["status_on"][:4] or "extended" in row["remark"], row["key"]


def test_coordinators_and_rapporteurs_are_posts_and_nobody_is_named_in_them() -> None:
    source = named("national_bodies")
    assert Counter(row["cls"] for row in source.cells) == {"PublicBody": 62, "Post": 14, "Forum": 1}
    assert {node.values["role"] for node in source.nodes("Post")} == {"coordinator", "rapporteur"}
    assert source.nodes("Person") == []


def test_every_body_of_a_government_was_seen_on_a_day() -> None:
    for edge in [*named("national_bodies").edges("PART_OF"), *named("national_bodies").edges("POST_IN")]:
        assert edge.values["attested_on"]
        assert edge.target.startswith("gov:")


def test_a_duty_with_a_rule_comes_back_and_one_in_words_has_no_date_made_up_for_it() -> None:
    for row in some(named("statutory_dates").cells):
        start = row["due_on"] or None
        days = occurrences(row["recurrence"], start=start, since="2026-01-01", until="2026-12-31")
        if row["recurrence"].startswith("FREQ="):
            assert days is not None
            assert len(days) == (0 if "UNTIL" in row["recurrence"] else 1), row["key"]
        else:
            assert (days, row["due_on"]) == (None, ""), row["key"]


def test_every_duty_has_an_owner_and_a_legal_basis() -> None:
    for node in some(named("statutory_dates").nodes("Obligation")):
        assert {"owner", "legal_basis", "recurrence"} <= set(node.values)


def test_the_act_and_its_reauthorizations_are_there_with_number_and_day() -> None:
    laws = {node.id: node.values for node in named("us_laws").nodes("Law")}
    days = {key: laws[f"law:{key}"]["adopted_on"] for key in ("tvpa-2000", "tvpra-2003", "tvpra-2005", "tvpra-2008")}
    assert days == {
        "tvpa-2000": "2000-10-28",
        "tvpra-2003": "2003-12-19",
        "tvpra-2005": "2006-01-10",
        "tvpra-2008": "2008-12-23",
    }
    assert all("Public Law" in str(values["citation"]) for values in some(laws.values()))
    amended = {edge.source for edge in named("us_laws").edges("UNDER")}
    parts = {edge.source for edge in named("us_laws").edges("PART_OF")}
    assert amended | parts | {"law:vtvpa-2000", "law:vawra-2013"} == set(laws)


def test_general_knowledge_on_the_law_is_never_of_high_confidence() -> None:
    for name in ("us_laws", "minimum_standards", "us_post_holders"):
        for row in some(named(name).cells):
            if "general knowledge" in row["note"]:
                assert row["confidence"] != "high", row["key"]


def test_the_minimum_standards_are_one_whole_with_four_standards_and_twelve_criteria() -> None:
    parts: Counter[str] = Counter(edge.target for edge in named("minimum_standards").edges("PART_OF"))
    assert parts == {"standard:tvpa-108": 4, "standard:tvpa-108-a4": 12}


def test_the_intergovernmental_team_owns_the_five_bodies_that_the_overview_names() -> None:
    owned = named("relationship_owners").edges("OWNS_RELATIONSHIP")
    assert {edge.source for edge in owned} == {"body:us-state-tip-iga"}
    assert {edge.target for edge in owned} == {"org:un", "org:ilo", "org:osce", "org:oas", "forum:bali-process"}


def test_who_sits_on_the_advisory_council_is_marked_internal() -> None:
    source = named("advisory_council_members")
    assert {node.marking for node in source.nodes("Person")} == {Marking.INTERNAL}
    assert {edge.marking for edge in source.edges("MEMBER_OF")} == {Marking.INTERNAL}


def test_the_office_stood_under_other_parents_on_days_that_are_known() -> None:
    parents = [edge for edge in named("us_bodies").edges("PART_OF") if edge.source == "body:us-state-tip"]
    seen = {edge.target: _attested(edge) for edge in parents if _attested(edge)}
    assert seen == {"body:us-state-g": ["2007-10", "2011-04"], "body:us-state-j": ["2012-10"]}


def _attested(edge: EdgeStatement) -> list[str]:
    days = edge.values.get("attested_on", [])
    assert isinstance(days, list)
    return days


def test_a_secretary_is_shown_in_office_on_days_of_meetings_alone() -> None:
    holds = named("us_post_holders").edges("HOLDS")
    assert all(set(edge.values) == {"capacity", "attested_on"} for edge in some(holds))


def test_the_department_of_labor_addresses_as_many_governments_as_its_report_says() -> None:
    source = named("recommendations_labor_department")
    [report] = [row for row in named("us_reports").cells if row["key"] == "dol-child-labor-2022"]
    governments = {edge.target for edge in source.edges("RECOMMENDED_TO")}
    assert (
        f"{len(source.nodes('Recommendation'))} suggested actions on {len(governments)} governments"
        in report["coverage_note"]
    )
    naming = sum("trafficking-in-persons" in row["topics"] for row in source.cells)
    assert f"{naming} name trafficking in persons" in report["coverage_note"]
