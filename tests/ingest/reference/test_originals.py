"""The bundled sources against the files they were made from, where those are at hand."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from iga.graph.text import folded
from iga.ingest.doubts import doubts_in
from iga.ingest.reference_files import REFERENCE
from iga.ingest.subjects import slug
from tests.ingest.reference.reading_bundled import Row, bundled, named, originals
from tests.reading import some

pytestmark = pytest.mark.shared


def test_each_assertion_is_the_one_of_the_original_file(shared: Path) -> None:
    for number, (row, original) in enumerate(
        zip(named("compacts").cells, originals(shared, "cpc/cpc_assertions.csv"), strict=True), start=1
    ):
        assert row["assertion"] == f"{number:03d}"
        assert row["compact"].startswith(f"compact:{original['iso3'].lower()}-")
        assert row["attribute"] == original["attribute"]
        assert row["as_stated"] == original["value"]
        assert row["stated_for"] == original["value_date_or_period"]
        assert row["source_url"] == original["source_url"]
        assert original["note"].split(" already in")[0] in row["note"] or doubts_in(row["note"])


def test_every_holder_of_the_original_file_is_there(shared: Path) -> None:
    held = {(row["name"], row["start"], row["end"]) for row in named("post_holders").cells}
    people = [
        row
        for row in originals(shared, "posts/post_holders.csv")
        if row["body"] != "ICAT" and row["holder"] != "(vacant)"
    ]
    assert [row for row in some(people) if (row["holder"], row["from"], row["to"]) not in held] == []


def test_every_meeting_of_the_original_files_is_there(shared: Path) -> None:
    held = {row["key"]: (row["start"], row["end"], row["source_url"]) for row in named("events").cells}
    for row in some(originals(shared, "events/events.csv")):
        # the entry into force of a convention is no meeting
        if row["event_id"] != "actip-eif":
            start, end, url = held[row["event_id"]]
            assert (start, url) == (row["start"], row["source_url"])
            assert end == row["end"] or (row["series"] == "ILC" and end == start[:4])
    meetings = [row for row in originals(shared, "organizations/pitf_meetings.csv") if row["body"] == "PITF"]
    assert sum(row["key"].startswith("pitf-meeting") for row in named("events").cells) == len(meetings)


def test_every_mission_and_consulate_of_the_original_files_is_there(shared: Path) -> None:
    kinds = Counter(row["body_kind"] for row in named("us_missions").cells)
    bilateral = originals(shared, "organizations/us_bilateral_missions.csv")
    names = ("U.S. Embassy", "U.S. Consulate", "American Institute")
    with_post = [row for row in bilateral if row["mission"].startswith(names)]
    consulates = originals(shared, "organizations/us_consulates.csv")
    assert sum(kinds.values()) == len(with_post) + len(consulates) + 14
    boxes = {row["email"] for row in named("us_missions").cells}
    assert {row["office_mailbox"] for row in with_post} - boxes == set()


def test_every_office_channel_of_the_original_file_is_there(shared: Path) -> None:
    values = {row["value"] for row in named("office_contacts").cells}
    given = {row["value"] for row in originals(shared, "contacts/office_contacts.csv")}
    # one cell of the original holds two addresses; the page of the office itself is kept
    assert {value.split(" ")[0] for value in given - values} == {"https://www.state.gov/bureaus-offices/"}


# These codes of ISO 3166 stand for several entries of the U.S. list, or for a part of one.
_NO_ONE_ENTRY = {"ALA", "PSE", "SJM", "UMI"}


def test_every_government_has_the_name_that_us_practice_prints(shared: Path) -> None:
    practice = {
        row["iso3"] or row["genc3"]: row["us_short_name"]
        for row in originals(shared, "countries/us_practice_names.csv")
    }
    ours = {row["iso3"] or row["genc3"]: row["name"] for row in named("governments").cells}
    assert len(ours.keys() & practice.keys()) > 230
    for code in some(ours.keys() & practice.keys() - _NO_ONE_ENTRY):
        # Lists print inverted what is read aloud the other way: Korea, South.
        aloud = " ".join(reversed(practice[code].split(", ")))
        assert folded(ours[code]) in (folded(practice[code]), folded(aloud))


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


TREATIES = {
    "UNTOC", "PALERMO", "SMUGGLING", "FIREARMS", "OPSC", "OPAC", "CRC", "ICMW", "CEDAW", "TRAFFIC1950", "CETS197",
    "ACTIP", "ILO_C029", "ILO_P029", "ILO_C105", "ILO_C138", "ILO_C182", "ILO_C188", "ILO_C189", "ILO_C190",
}  # fmt: skip  # read across, like the rows of a table


def governments() -> dict[str, str]:
    return {row["iso3"]: row["id"] for row in named("governments").cells if row["iso3"]}


def test_all_80_texts_of_the_original_file_are_there(shared: Path) -> None:
    held = {row["symbol"] or row["draft_symbol"]: row for row in named("resolutions").cells}
    titles = {row["name"].partition(" (")[0] for row in named("resolutions").cells}
    texts = originals(shared, "resolutions/resolutions.csv")
    assert len(texts) == 80
    for text in texts:
        assert text["title"] in titles or text["title"].partition(" (")[0] in titles
        if row := held.get(text["symbol"]):
            assert [row[name] for name in ("adopted_on", "yes_count", "no_count", "abstain_count", "confidence")] == [
                text[name] for name in ("adopted_on", "yes", "no", "abstain", "confidence")
            ]
            assert row["follows"] == text["follows"] or "not seen" in text["follows"]


def test_every_sponsor_of_the_original_file_is_there_in_its_role(shared: Path) -> None:
    held = {(row["resolution"], row["sponsor"]): row["role"] for row in named("resolution_sponsors").cells}
    codes = governments()
    given = originals(shared, "resolutions/resolution_sponsors.csv")
    roles = {(f"resolution:{slug(row['symbol'])}", codes[row["iso3"]]): row["role"] for row in given}
    assert len(given) == 194
    seen = {key: role for key, role in roles.items() if "not-seen" not in key[0]}
    assert {key: held.get(key) for key in seen} == seen
    assert set(held) - set(roles) == {
        ("resolution:a-res-74-176", "gov:usa"),
        ("resolution:ccpcj-32-business-operations", "gov:blr"),
    }


def test_every_vote_of_the_original_file_is_there(shared: Path) -> None:
    word = {"Y": "yes", "N": "no", "A": "abstain"}
    codes = governments()
    given = originals(shared, "resolutions/resolution_votes.csv")
    cast = Counter((slug(row["symbol"]), codes.get(row["iso3"], ""), word[row["vote"]]) for row in given)
    held = Counter(
        (
            row["resolution"].removeprefix("resolution:"),
            row["government"] if not row["former_state"] else "",
            row["vote"],
        )
        for row in named("resolution_votes").cells
    )
    assert held == cast


def test_every_stage_of_the_original_file_is_there(shared: Path) -> None:
    held = Counter((row["party"], row["round"], row["source_url"], row["confidence"]) for row in named("reviews").cells)
    codes = governments()
    given = Counter(
        (codes[row["iso3"]], row["round"], row["source_url"], row["confidence"])
        for file in ("greta_reviews.csv", "greta_reviews_2026_11.csv")
        for row in originals(shared, f"reviews/{file}")
        # said already by the older file, of both rounds together
        if (file, row["iso3"]) != ("greta_reviews_2026_11.csv", "ABW")
    )
    assert held == given
    assert len({row["party"] for row in named("reviews").cells}) == 45


def test_every_round_and_cluster_of_the_original_file_is_there(shared: Path) -> None:
    rounds = [row for row in named("review_rounds").cells if row["kind"] != "series"]
    mechanisms = originals(shared, "reviews/mechanisms.csv")
    assert Counter((row["start"], row["confidence"]) for row in rounds) == Counter(
        (row["launched_on"], row["confidence"]) for row in mechanisms
    )


def test_every_row_of_the_newer_treaty_tables_is_held(shared: Path) -> None:
    codes = governments() | {"EU": "org:eu"}
    further = {(row["treaty"], row["party"]): row for row in named("parties_ilo_further").cells}
    for row in some(originals(shared, "treaties/untc_normlex_2023.csv")):
        name, party = row["treaty"].lower(), codes[row["iso3"]]
        id_ = f"treaty:{name.replace('_', '-')}"
        file = REFERENCE / "treaties" / f"parties_{name}.yaml"
        held = rows_by_party(file)[party] if file.exists() else further[id_, party]
        assert (held["action_on"], held.get("signed_on", "")) == (
            "" if row["status"] == "signatory" else row["action_date"],
            row["signature_date"],
        )
        assert row["status"].startswith("denounced") or held["status"] == row["status"]


def rows_by_party(file: Path) -> dict[str, Row]:
    return {row["party"]: row for row in bundled(file).cells}


def test_every_older_cell_is_held_where_no_newer_table_takes_its_place(shared: Path) -> None:
    codes = governments() | {"EU": "org:eu"}
    older = originals(shared, "treaties/treaty_status_long.csv")
    assert {row["treaty"] for row in older} == TREATIES
    newer = {row["treaty"] for row in originals(shared, "treaties/untc_normlex_2023.csv")}
    differ = Counter[str]()
    for row in older:
        if row["treaty"] in newer or row["status"] == "n/a":
            continue
        name = row["treaty"].lower().replace("traffic1950", "traffic_1950")
        held = rows_by_party(REFERENCE / "treaties" / f"parties_{name}.yaml")[codes.get(row["iso3"], "org:eu")]
        assert held["status"] == row["status"].replace("non-party", "not party")
        assert held.get("signed_on", "") == row["signature_date"]
        # a year without a day stands in the note of the original; a party that follows from another treaty is derived
        differ["year"] += held["action_on"] != row["action_date"] and row["note"].startswith("year ")
        differ["derived"] += held["confidence"] != row["confidence"] and held["confidence"] == "derived"
        assert held["action_on"] == row["action_date"] or row["note"].startswith("year ")
        assert held["confidence"] in (row["confidence"], "derived")
    assert differ == {"year": 0, "derived": 9}


def test_each_day_of_the_icrc_that_differs_is_held_beside_the_un_s(shared: Path) -> None:
    held = {(row["treaty"], row["party"]): row["action_on"] for row in named("parties_other_days").cells}
    newer = {(row["treaty"], row["iso3"]): row for row in originals(shared, "treaties/untc_normlex_2023.csv")}
    codes = governments()
    differing = {
        (f"treaty:{row['treaty'].lower()}", codes[row["iso3"]]): row["action_date"]
        for row in originals(shared, "treaties/icrc_table_2020.csv")
        if newer[row["treaty"], row["iso3"]]["action_date"] != row["action_date"]
    }
    assert len(differing) == 6
    assert held == differing | {("treaty:palermo", "gov:afg"): "2014-08-14"}


def test_every_row_of_the_factbook_that_says_something_is_in_the_list_on_request(shared: Path) -> None:
    given = originals(shared, "memberships/factbook_io_participation_long.csv")
    held = bundled(REFERENCE / "on_request" / "factbook_memberships.yaml").cells
    assert len(given) == 10_906
    # two entities answer "none", four rows repeat another under a second abbreviation of the same body
    assert len(given) - len(held) == 6


def test_every_member_of_the_original_file_is_held_but_of_bodies_with_fuller_lists(shared: Path) -> None:
    bodies = {
        "OIF": "org:oif", "APEC": "forum:apec", "SICA": "org:sica", "CIS": "org:cis", "MERCOSUR": "org:mercosur",
        "SAARC": "org:saarc", "G7": "forum:g7", "G20": "forum:g20", "NATO": "org:nato", "OIC": "org:oic",
        "ECOWAS": "org:ecowas", "SADC": "org:sadc", "GCC": "org:gcc",
        "League of Arab States": "org:league-of-arab-states", "Pacific Islands Forum": "org:pif",
    }  # fmt: skip  # read across, like the rows of a table
    held = {(row["body"], row["member"]) for row in named("members_other").cells}
    codes = governments() | {"EU": "org:eu"}
    for row in some(originals(shared, "memberships/memberships.csv")):
        if body := bodies.get(row["organization"]):
            assert (body, codes[row["member_id"]]) in held, row


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


def test_every_government_of_the_us_list_is_held_under_its_codes(shared: Path) -> None:
    held = {line["genc3"] or line["iso3"]: line for line in named("governments").cells}
    for line in some(originals(shared, "countries/us_practice_names.csv")):
        ours = held[line["genc3"] or line["iso3"]]
        assert ours["fips"] == line["fips_gec"].strip()
        assert ours["iso3"] in ("", line["iso3"])


def test_every_party_action_equals_the_source(shared: Path) -> None:
    older = originals(shared, "treaties/treaty_status_long.csv")
    newer = originals(shared, "treaties/untc_normlex_2023.csv")
    source = {(line["treaty"].lower(), line["iso3"]): line for line in (*older, *newer)}
    ids = {line["id"]: line["iso3"] for line in named("governments").cells}
    treaties = ("untoc", "palermo", "smuggling", "firearms", "cets197", "actip", "opsc", "opac", "ilo_c029", "ilo_c189")
    for treaty in treaties:
        for edge in some(named(f"parties_{treaty}").edges()):
            line = source.get((treaty, ids.get(edge.source, "EU")))
            if line is None:
                # who a whole table does not name is held as not party
                assert edge.values["status"] == "not party"
                continue
            assert edge.values.get("signed_on", "") == line["signature_date"]
            # the source gives a year without a day in its note alone
            assert edge.values.get("action_on", "") == line["action_date"] or line["note"].startswith("year ")


def test_every_tier_equals_the_source(shared: Path) -> None:
    ours = {(line["year"], line["iso3"]): line["tier"] for line in named("tip_tiers").cells}
    files = ("tip_tiers.csv", "tier_facts_2026_11.csv")
    source = [line for file in files for line in originals(shared, f"tip_report/{file}")]
    # all that is said of Laos in 2019 is that it was not on Tier 3
    stated = [line for line in source if line["tier"] != "not Tier 3"]
    assert ours == {(line["report_year"], line["iso3"]): line["tier"] for line in stated}
