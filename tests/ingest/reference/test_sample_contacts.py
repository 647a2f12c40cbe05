"""The sample workbook: useful for a demonstration, and fictional wherever one looks."""

import re

from openpyxl import load_workbook

from tests.ingest.reference.reading_bundled import SAMPLE, bundled
from tests.reading import some

INVENTED = {
    "Example",
    "Fictional",
    "Imaginary",
    "Invented",
    "Madeup",
    "Mockup",
    "Placeholder",
    "Pretend",
    "Sample",
    "Specimen",
}


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
