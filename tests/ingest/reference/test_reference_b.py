"""The bundled sources on posts, our side, compacts and engagements: whole, consistent and safe to show."""

import re
from collections import defaultdict

from iga.graph.domain.marking import Marking
from iga.graph.domain.topics import THESAURUS
from iga.graph.statements import NodeStatement
from tests.ingest.reference.reading_bundled import everything, named
from tests.reading import some


def test_ids_of_people_hold_no_part_of_their_names() -> None:
    people = [person for source in everything() for person in source.nodes("Person")]
    assert len({person.id for person in people}) > 100
    for person in people:
        parts = set(re.split(r"\W+", str(person.values["name"]).casefold())) - {"fictional"}
        assert not parts & set(re.split(r"\W+", person.id)), person.id


def test_topics_are_the_thesaurus_of_the_domain() -> None:
    rows = [(row["id"], row["name"], row["aliases"], row["broader"]) for row in named("topics").cells]
    assert rows == sorted(
        (f"topic:{entry.code}", entry.label, ";".join(entry.also), entry.broader or "") for entry in THESAURUS
    )


def test_mailboxes_are_those_of_offices() -> None:
    for name in ("us_missions", "office_contacts"):
        for channel in some(named(name).nodes("ContactPoint")):
            assert channel.values["kind_of_owner"] == "body"
            value = channel.values["channel"]
            assert isinstance(value, dict)
            if value["kind"] == "email":
                box, domain = value["value"].casefold().split("@")
                assert domain in {"state.gov", "coe.int", "migranthelpuk.org", "embassy.mzv.cz"}
                assert "." not in box.removeprefix("acs."), "first.last is a person's mailbox"
        owners = {edge.source.split(":")[0] for edge in named(name).edges("REACHED_AT")}
        assert owners <= {"body", "gov", "org", "forum", "ngo"}


def test_members_of_the_advisory_council_carry_their_public_role_alone() -> None:
    for person in some(named("advisory_council_members").nodes("Person")):
        assert set(person.values) == {"name", "public_role"}


def test_the_task_force_has_twelve_members_by_statute_and_a_chair() -> None:
    members = [edge for edge in named("us_task_force").edges("MEMBER_OF") if edge.target == "forum:pitf"]
    by_statute = {edge.source for edge in members if edge.values.get("category") == "statutory member"}
    designated = {edge.source for edge in members if edge.values.get("category") == "designated member"}
    assert (len(by_statute), len(designated), by_statute & designated) == (12, 8, set())
    assert [edge.source for edge in members if edge.values.get("office")] == ["post:us-secretary-of-state"]


def test_the_vacancy_of_the_ambassador_is_a_day_on_the_post_and_not_a_holder() -> None:
    (post,) = (post for post in named("posts").nodes("Post") if post.id == "post:us-tip-ambassador")
    assert "2026-01-23" in post.values["vacant_on"]  # type: ignore[operator]  # a list of days
    assert not any("vacant" in str(person.values["name"]) for person in some(named("post_holders").nodes("Person")))


def test_a_blank_end_of_a_term_stays_unknown() -> None:
    periods = [edge.values.get("period") for edge in named("post_holders").edges("HOLDS")]
    assert {period["end_kind"] for period in periods if isinstance(period, dict)} == {"dated", "unknown"}


def test_the_osce_and_its_trafficking_office_are_covered_by_the_us_mission() -> None:
    covers = [edge for edge in named("us_coverage").edges("COVERS") if edge.source == "body:us-mission-osce"]
    assert {edge.target for edge in covers} == {"org:osce", "org:odihr", "org:osce-osr-cthb"}


def test_a_suspended_embassy_is_not_called_open() -> None:
    status = {node.id: node.values.get("status") for node in named("us_missions").nodes("PublicBody")}
    assert {node for node, word in status.items() if word == "suspended" and "embassy" in node} == {
        f"body:us-embassy-{code}" for code in ("afg", "blr", "lby", "sdn", "syr", "ven", "yem")
    }


def test_all_98_assertions_on_compacts_are_there_each_with_its_page() -> None:
    said = named("compacts").said
    assert sorted(said) == [f"{number:03d}" for number in range(1, 99)]
    assert all(content.url.startswith("http") for content in some(said.values()))


def test_every_assertion_says_something_beyond_naming_its_compact() -> None:
    for key, content in some(named("compacts").said.items()):
        compact, *rest = content.statements
        assert isinstance(compact, NodeStatement)
        assert rest or set(compact.values) - {"topics"}, key


def test_disagreeing_signing_days_stay_side_by_side() -> None:
    days = defaultdict(list)
    for compact in named("compacts").nodes("ChildProtectionCompact"):
        if day := compact.values.get("signed_on"):
            days[compact.id].append(day)
    assert len(days) == 8
    assert days["compact:jam-2018"] == ["2018-05-31", "2018-05-30"]
    assert days["compact:col-2022"] == ["2022-04-26", "2024-09"]


def test_every_amount_of_a_compact_is_a_node_of_its_own() -> None:
    amounts = [node.id for node in named("compacts").nodes("Contribution")]
    assert len(amounts) == len(set(amounts))
    peru = [
        row["amount"]
        for row in named("compacts").cells
        if row["compact"] == "compact:per-2017" and row["contributor"] == "gov:usa"
    ]
    assert peru == ["5000000", "6700000", "7100000", "11000000", "9800000", "1700000"]


def test_both_governments_are_parties_of_each_compact() -> None:
    edges = [edge for edge in named("compacts").edges("PARTY_TO") if edge.target.startswith("compact:")]
    parties = {(edge.target, edge.source) for edge in edges}
    assert len(parties) == 16
    assert all((compact, "gov:usa") in parties for compact, _ in parties)


def test_planned_engagements_are_internal_and_held_ones_public() -> None:
    for engagement in some(named("events").nodes("Engagement")):
        planned = engagement.values.get("status") == "planned"
        assert engagement.marking == (Marking.INTERNAL if planned else Marking.PUBLIC), engagement.id
    assert all(edge.marking == Marking.PUBLIC for edge in some(named("events").edges("PARTICIPATED")))


def test_every_engagement_but_a_series_is_dated() -> None:
    for engagement in some(named("events").nodes("Engagement")):
        if engagement.values.get("engagement_kind") not in ("series", None):
            assert "period" in engagement.values, engagement.id
            assert engagement.values["period"]["end_kind"] == "dated"  # type: ignore[index,call-overload]
