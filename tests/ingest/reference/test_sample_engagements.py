"""The sample meetings, participants and promises: fictional wherever one looks, and tied to the cast of contacts."""

from collections import Counter

from iga.ingest.reference_files import REFERENCE
from tests.ingest.reference.reading_bundled import SAMPLE, Bundled, bundled
from tests.reading import some

TODAY = "2026-11-25"


def sample(name: str) -> Bundled:
    return bundled(REFERENCE / "sample" / f"{name}_fictional.yaml")


def test_made_up_people_hold_made_up_posts_only() -> None:
    terms = [*sample("participants").edges("HOLDS"), *bundled(SAMPLE).edges("HOLDS")]
    assert terms
    assert all("fictional" in term.source and "fictional" in term.target for term in terms)


def test_what_is_planned_lies_ahead_and_what_was_held_lies_behind() -> None:
    for row in some(sample("engagements").cells):
        if row["status"] == "held":
            assert row["start"] <= TODAY
        elif row["status"] in ("planned", "confirmed") and row["start"]:
            assert row["start"] > TODAY


def test_nobody_is_seen_at_a_meeting_that_is_still_ahead() -> None:
    held = {row["id"] for row in sample("engagements").cells if row["status"] == "held"}
    for row in some(sample("participants").cells):
        assert row["engagement"] in held or not (row["attended"] or row["spoke"])


def test_the_sample_holds_each_state_that_a_promise_can_be_in() -> None:
    rows = sample("commitments").cells
    assert {row["kind"] for row in rows} == {"political", "pledge of money", "legal duty"}
    assert {row["status"] for row in rows} == {"open", "fulfilled", "dropped"}
    assert all(bool(row["evidence"]) == (row["status"] != "open") for row in rows)
    assert any(row["status"] == "open" and row["due"] and row["due"] < TODAY for row in rows)
    assert any(not row["due"] for row in rows)
    osce = [row for row in rows if "org:osce-osr-cthb" in (row["by"], row["to"])]
    assert {row["by"] == "org:osce-osr-cthb" for row in osce} == {True, False}


def test_twelve_posts_are_told_one_by_one_for_the_demarche() -> None:
    parts = [row for row in sample("engagements").cells if row["part_of"] == "engagement:fictional-demarche-2026-10"]
    assert Counter(row["status"] for row in parts) == {"held": 11, "planned": 1}
    assert any(row["status"] == "held" and not row["response"] for row in parts)
    assert any(row["status"] == "held" and not row["cable"] for row in parts)
