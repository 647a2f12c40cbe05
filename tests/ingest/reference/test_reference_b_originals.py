"""The bundled sources against the files they were made from, where those are at hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from iga.graph.text import folded
from iga.ingest.doubts import doubts_in
from tests.ingest.reference.reading_bundled import Row, named
from tests.reading import some

pytestmark = pytest.mark.shared


def originals(shared: Path, name: str) -> list[Row]:
    with (shared / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
