"""The bundled money and partners against the files they were made from, where those are at hand."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from iga.ingest.reference_files import REFERENCE
from tests.ingest.reference.reading_bundled import Row, bundled, named
from tests.reading import some

pytestmark = pytest.mark.shared


def originals(shared: Path, name: str, *, encoding: str = "utf-8-sig") -> list[Row]:
    with (shared / name).open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def on_request(name: str) -> list[Row]:
    return list(bundled(REFERENCE / "on_request" / f"{name}.yaml").cells)


def test_every_project_of_every_list_is_there_with_its_amount_and_days(shared: Path) -> None:
    held = Counter((row["list"], row["amount"], row["start"], row["end"]) for row in named("project_lists").cells)
    given = Counter(
        (row["as_of_list"], row["amount_usd"], row["start"], row["end"])
        for row in originals(shared, "funding/tip_office_projects_sample.csv")
    )
    assert given - held == Counter()


def test_every_award_is_there_as_an_award_or_as_a_project_of_a_list(shared: Path) -> None:
    held = {row["key"]: row for row in named("awards").cells}
    lists = {(row["list"], row["amount"], row["end"]) for row in named("project_lists").cells}
    for row in some(originals(shared, "funding/awards.csv")):
        if row["kind"].startswith("project (list of "):
            day = row["kind"].removeprefix("project (list of ").removesuffix(")")
            assert (day, row["amount"], row["end"]) in lists
            continue
        ours = held[row["award_row"]]
        assert (ours["start"], ours["end"], ours["award_number"]) == (row["start"], row["end"], row["award_id"])
        assert ours["confidence"] == row["confidence"]
        if row["kind"] == "amendment":
            assert f"{int(row['amount']):,}" in ours["amendments"]
        else:
            assert ours["amount"] == row["amount"]
        if row["source_url"].startswith("http"):
            assert ours["source_url"] == row["source_url"]


def test_every_stated_total_is_there(shared: Path) -> None:
    held = Counter((row["amount"], row["source_url"]) for row in named("stated_totals").cells)
    given = Counter(
        (row["total_usd"], row["source_url"]) for row in originals(shared, "funding/tip_office_portfolio_totals.csv")
    )
    assert given - held == Counter()


def test_the_lines_of_the_office_add_up_to_the_printed_figure_of_each_year(shared: Path) -> None:
    held: Counter[str] = Counter()
    for row in named("budget_lines").cells:
        if row["place"] == "body:us-state-tip":
            held[row["fiscal_year"]] += int(row["amount"])
    given = {
        row["fiscal_year"]: int(row["amount_thousand_usd"]) * 1000
        for row in originals(shared, "funding/state_cbj_jtip_budget.csv")
    }
    assert held == given


def test_every_opportunity_is_a_competition_or_a_listing(shared: Path) -> None:
    deadlines = {row["deadline"] for row in named("opportunities").cells}
    listings = {row["identifiers"].removeprefix("assistance-listing:") for row in named("programmes").cells}
    for row in some(originals(shared, "funding/opportunities.csv")):
        assert row["deadline"] in deadlines if row["deadline"] else row["number"] in listings


def test_titles_of_labor_projects_are_those_of_the_list(shared: Path) -> None:
    given = {row["project_title"].strip() for row in originals(shared, "funding/dol_ilab_projects.csv")}
    assert {row["title"] for row in some(named("dol_ilab_projects").cells)} <= {
        " ".join(title.split()) for title in given
    }


def test_every_organization_is_there_with_its_confidence(shared: Path) -> None:
    given = originals(shared, "organizations/anti_trafficking_organizations.csv")
    held = named("partners").cells
    networks = {"ngo:child-helpline-international", "ngo:the-survivor-platform"}
    added = {"org:unvtf", "ngo:partners-of-the-americas", *networks}
    assert len(held) == len(given) + len(added)
    assert Counter(row["confidence"] for row in held if row["id"] not in added) == Counter(
        row["confidence"] for row in given
    )
    called = {name for row in held for name in (row["name"], row["acronym"], *row["aliases"].split(";"))}
    kept = {row["name"] for row in given if row["kind"] != "intergovernmental organization"}
    assert {name for name in some(kept) if name not in called and name != name.upper()} == set()


def test_the_big_lists_are_whole(shared: Path) -> None:
    assert len(on_request("antislavery_directory")) == len(
        originals(shared, "organizations/antislavery_directory_unverified.csv")
    )
    assert len(on_request("iati_publishers")) == len(originals(shared, "organizations/iati_publishers.csv"))
    companies = originals(shared, "organizations/modern_slavery_registry/companies.csv")
    assert Counter((row["registry_id"], row["number"]) for row in on_request("msr_companies")) == Counter(
        (row["id"], row["company_number"]) for row in companies
    )
    hotlines = json.loads((shared / "organizations/hotlines/tat_hotlines.json").read_text(encoding="utf-8"))
    assert {row["number"] for row in on_request("hotlines")} == {each["phoneNumber"] for each in hotlines}
    grants = json.loads((shared / "funding/360giving/lloyds_trafficking_grants.json").read_text(encoding="utf-8"))
    assert {(row["grant"], Decimal(row["amount"])) for row in on_request("lloyds_grants")} == {
        (each["id"], Decimal(each["amountAwarded"])) for each in grants["grants"]
    }


def test_each_code_of_an_organization_is_held_once_or_is_a_group(shared: Path) -> None:
    held = {row["identifier"] for row in (*named("organization_codes").cells, *on_request("iati_organization_codes"))}
    given = {
        row["code"]
        for row in originals(shared, "organizations/iati_organisation_codes.csv")
        if row["status"] == "active"
    }
    codes = {identifier.removeprefix("XM-DAC-").removeprefix("DAC-agency:") for identifier in held}
    assert len(codes) == len(held)
    missing = given - codes
    # groups of the channel codes, and agencies called other or various
    assert all(code[0] in "126" or code.endswith("00") or "-" in code or code == "90000" for code in some(missing)), (
        missing
    )


def test_accounts_of_countries_are_those_of_the_tables(shared: Path) -> None:
    printed = {}
    for year in range(2008, 2018):
        for row in originals(shared, f"funding/state_cbj_by_country_FY{year}.csv", encoding="latin-1"):
            country = " ".join((row.get("Country") or row.get("Country ") or "").split())
            printed[str(year), country] = {name.strip(): cell for name, cell in row.items() if name}
    for row in some(named("cbj_country_accounts").cells):
        cell = printed[row["fiscal_year"], row["printed_as"]][row["account"]]
        assert int(cell.replace(",", "")) * 1000 == int(row["amount"])
