"""The samples: useful for a demonstration, fictional wherever one looks, and of one cast."""

import re
from collections import Counter

from openpyxl import load_workbook

from iga.ingest.reference_files import REFERENCE
from tests.ingest.reference.reading_bundled import SAMPLE, Bundled, bundled
from tests.reading import some

INVENTED = {
    "Example", "Fictional", "Imaginary", "Invented", "Madeup", "Mockup", "Placeholder", "Pretend", "Sample",
    "Specimen",
}  # fmt: skip  # read across, like the rows of a table


def test_the_sample_says_that_it_is_fictional_wherever_one_looks() -> None:
    sample = bundled(SAMPLE)
    assert sample.mapping.card.fictional
    assert sample.mapping.card.title == "Fictional sample contacts (not real people)"
    assert sample.mapping.card.rank == 90
    assert all(content.note.startswith("fictional sample") for content in some(sample.said.values()))
    sheet = load_workbook(SAMPLE.with_suffix(".xlsx"))["Contacts"]
    assert "FICTIONAL" in sheet["A1"].value
    assert "FICTIONAL" in sheet["A2"].value
    assert [row["Ref"] for row in sample.cells] == list(sample.said)


def test_nobody_in_the_sample_can_be_taken_for_somebody() -> None:
    for row in some(bundled(SAMPLE).cells):
        assert not row["Name"] or row["Name"].split()[-1] in INVENTED
        assert not row["Checked by"] or row["Checked by"].split()[-1] in INVENTED
        assert not row["E-mail"] or row["E-mail"].endswith("@example.org")
        assert not row["Phone"] or re.fullmatch(r"\+1 555 01\d\d", row["Phone"])
        assert sum("@" in value for value in row.values()) == bool(row["E-mail"])


def test_the_sample_holds_each_state_that_a_contact_can_be_in() -> None:
    rows = bundled(SAMPLE).cells
    osce = [row for row in rows if row["Organization"] == "OSCE CTHB"]
    assert any(row["Vacant on"] and not row["Name"] for row in osce)
    assert any(row["Capacity"] == "acting" for row in osce)
    assert any(row["Bounced on"] for row in osce)
    assert any(row["Checked on"] > "2026-11" for row in osce)
    assert any(not row["Title"] and row["E-mail"] for row in osce)
    assert any(row["Checked on"] < "2023" for row in rows if row["Checked on"])
    assert {row["Standing"] for row in rows if "OSCE" in row["Owns"].split("; ")} == {"primary", "backup"}


def test_the_organizations_of_the_sample_are_those_of_the_bundled_tables() -> None:
    ends = {edge.target for edge in bundled(SAMPLE).edges("POST_IN")}
    ends |= {edge.target for edge in bundled(SAMPLE).edges("OWNS_RELATIONSHIP")}
    assert {"org:osce", "org:osce-osr-cthb", "org:odihr", "body:us-state-tip-iga", "gov:gha"} <= ends
    assert not any(end.startswith("named:") for end in ends)


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
