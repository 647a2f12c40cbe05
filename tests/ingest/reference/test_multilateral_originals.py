"""The bundled multilateral sources against the files they were made from, where those are at hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from iga.ingest.reference_files import REFERENCE
from iga.ingest.subjects import slug
from tests.ingest.reference.reading_bundled import Row, bundled, named
from tests.reading import some

pytestmark = pytest.mark.shared

TREATIES = {
    "UNTOC", "PALERMO", "SMUGGLING", "FIREARMS", "OPSC", "OPAC", "CRC", "ICMW", "CEDAW", "TRAFFIC1950", "CETS197",
    "ACTIP", "ILO_C029", "ILO_P029", "ILO_C105", "ILO_C138", "ILO_C182", "ILO_C188", "ILO_C189", "ILO_C190",
}  # fmt: skip  # read across, like the rows of a table


def originals(shared: Path, name: str) -> list[Row]:
    with (shared / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
