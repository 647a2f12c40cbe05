"""Parties as Popolo: its terms, its partial dates, and every reference to a record that is there."""

import re
from typing import Any

import pytest

from iga.exports.files.party_file import party_rows
from iga.exports.files.popolo import popolo_of
from iga.queries.core.session import Session
from tests.reading import some

# http://www.popoloproject.com/schemas/membership.json, contact_detail.json and organization.json
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@pytest.fixture
def document(world: Session) -> dict[str, Any]:
    found, _ = popolo_of(party_rows(world, ["org:exo", "body:desk", "gov:gha"], day="2026-11-25").rows, about={})
    return found


def test_posts_holders_and_memberships_name_each_other(document: dict[str, Any]) -> None:
    people = {each["id"]: each for each in document["persons"]}
    organizations = {each["id"]: each for each in document["organizations"]}
    posts = {each["id"]: each for each in document["posts"]}
    assert (posts["post:focal"]["label"], posts["post:focal"]["organization_id"]) == ("Focal Point", "body:desk")
    [term] = [each for each in document["memberships"] if each.get("post_id")]
    assert (term["person_id"], term["organization_id"], term["start_date"]) == ("person:p1", "body:desk", "2024-09")
    [member] = [each for each in document["memberships"] if "member" in each]
    assert (member["member"]["id"], member["organization_id"], member["role"]) == ("gov:gha", "org:exo", "member")
    for each in document["memberships"]:
        assert each["organization_id"] in organizations
        assert each.get("person_id", "person:p1") in people


def test_days_stay_partial_and_nothing_is_null(document: dict[str, Any]) -> None:
    organizations = {each["id"]: each for each in document["organizations"]}
    assert organizations["org:exo"]["founding_date"] == "1975-08"
    records = [each for name in ("persons", "organizations", "posts", "memberships") for each in document[name]]
    for each in some(records):
        assert None not in each.values()
        for field in ("start_date", "end_date", "founding_date", "dissolution_date"):
            assert field not in each or DATE.fullmatch(each[field])


def test_channels_are_contact_details_and_those_not_to_be_used_are_left_out(world: Session) -> None:
    found, notes = popolo_of(party_rows(world, ["body:desk"], day="2026-11-25").rows, about={})
    [post] = found["posts"]
    assert [(each["type"], each["value"]) for each in post["contact_details"]] == [("email", "focal@example.org")]
    assert notes[0] == "1 channel that bounced or must not be used left out"
    assert "555 0100" not in str(found)


@pytest.mark.parametrize(("kind", "term"), [("phone", "voice"), ("mobile", "cell"), ("fax", "fax")])
def test_numbers_are_called_as_popolo_calls_them(world: Session, kind: str, term: str) -> None:
    rows = party_rows(world, ["body:desk"], day="2026-11-25").rows
    found, _ = popolo_of([row | {"channel_kind": kind} if row["part"] == "channel" else row for row in rows], about={})
    assert {each["type"] for post in found["posts"] for each in post["contact_details"]} == {term}


@pytest.mark.parametrize("parties", [["person:p1"], ["body:desk", "person:p1"]])
def test_a_post_that_a_person_holds_comes_with_its_body(world: Session, parties: list[str]) -> None:
    found, _ = popolo_of(party_rows(world, parties, day="2026-11-25").rows, about={})
    assert [it["id"] for it in found["organizations"]] == ["body:desk"]
    assert [it["name"] for it in found["organizations"]] == ["Anti-Trafficking Desk"]
    [term] = [it for it in found["memberships"] if it.get("post_id")]
    assert (term["person_id"], term["post_id"], term["organization_id"]) == ("person:p1", "post:focal", "body:desk")
