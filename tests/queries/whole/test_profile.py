"""Everything on one party: counted by section, capped, and as of a day."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.whole.profile import ProfileRow
from tests.ingest.reference.reading_bundled import named
from tests.queries.conftest import Ask
from tests.reading import some


def test_sections_are_counted_and_capped(answer_to: Ask) -> None:
    answer = answer_to("profile", party="person:one")
    attended = [row for row in answer.rows if row.section == "engagements attended"]
    assert (len(attended), attended[0].section_count) == (10, 12)
    assert (answer.total.value, answer.total.relation) == (len(answer.rows) + 2, "eq")
    sections = next(clause for clause in answer.clauses if clause.id == "sections")
    assert sections.values["counts"] == {"engagements attended": 12, "posts held": 1}
    assert sections.text == "Most of what is listed: engagements attended 12 and posts held 1."
    assert answer.clauses[-1].text == "2 more are not shown here."


def test_what_matters_most_of_a_party_comes_first(answer_to: Ask, bundled_answer: Ask) -> None:
    assert answer_to("profile", party="person:one").headline.startswith("Ada Example holds the post ")
    ghana = bundled_answer("profile", party="Ghana").headline
    assert ghana.startswith("Ghana is an independent state in Western Africa: Tier 2 in 2025; party to the Palermo")
    assert bundled_answer("profile", party="OSCE").headline.startswith(
        "The OSCE is an international organization: chaired by Switzerland; 57 members"
    )


def test_facts_come_first_and_name_what_they_point_to(answer_to: Ask) -> None:
    rows = answer_to("profile", party="body:us-mission-eso").rows
    stated = [row.what for row in rows if row.section == "facts"]
    assert stated == ["name: US Mission to the ESO", "government: United States"]


def test_what_is_not_known_yet_on_the_day_is_left_out(answer_to: Ask) -> None:
    def assessments(as_of: str) -> list[str]:
        rows = answer_to("profile", party="Ghana", as_of=as_of).rows
        return [row.other_name for row in rows if row.section == "assessments"]

    assert "GHA, TIP Report 2026" not in assessments("2026-06-30")
    assert assessments("2026-07-01")[0] == "GHA, TIP Report 2026"


def test_a_placement_is_told_with_its_tier_and_an_engagement_with_its_day(answer_to: Ask) -> None:
    rows = {row.other_name: row for row in answer_to("profile", party="Ghana").rows}
    assert rows["GHA, TIP Report 2025"].what == "Tier 1"
    attended = rows["Example Conference 1"]
    assert (attended.period, attended.held) == ("2018-05-02", "yes")
    assert "on behalf of: European Union" in attended.what


def test_a_term_that_ended_is_left_out(answer_to: Ask) -> None:
    sections = {row.section for row in answer_to("profile", party="Kenya").rows}
    assert "memberships" not in sections
    assert "memberships" in {row.section for row in answer_to("profile", party="Kenya", as_of="2005").rows}


def test_an_organization_is_told_with_what_is_not_held_and_that_this_is_no_vetting(answer_to: Ask) -> None:
    texts = [caveat.text for caveat in answer_to("profile", party="Refuge Relief").caveats]
    assert any(text.startswith("This is not vetting") for text in texts)
    [lacking] = [text for text in texts if text.startswith("Not on file of Refuge Relief")]
    assert "awards or sub-awards" in lacking
    assert "projects or compacts carried out" not in lacking
    assert not any("vetting" in caveat.text for caveat in some(answer_to("profile", party="Ghana").caveats))


def test_work_that_ended_is_told_as_carried_out_before_with_its_days(bundled: Session) -> None:
    carried = [one for one in named("compacts").edges("IMPLEMENTS") if one.values.get("period")]
    ended = [one for one in carried if "" < cast(Mapping[str, Any], one.values["period"]).get("end", "") < "2026"]
    assert len(ended) > 3
    for one in ended:
        answer = ask(bundled, "profile", {"party": one.source})
        rows = [row for row in cast(Sequence[ProfileRow], answer.rows) if row.other == one.target]
        assert [(row.section, bool(row.period)) for row in rows] == [("projects carried out before", True)]
        assert f"carries out {rows[0].other_name}" not in answer.headline
