"""Calendars: all-day entries that keep their UID; what has no full day is left out and counted."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from icalendar import Calendar

from iga.exports.files.calendar_file import Appointment, appointment_of, has_days, write_calendar
from iga.exports.files.row_files import row_file
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.exports.exported_world import EVIL
from tests.exports.world_fixtures import made

TALK = Appointment(
    "engagement:talk", "Talk", "2027-03-01", "2027-03-02", "planned", "unknown", "Vienna", ("Source: a",), "internal"
)


def written(*entries: Appointment) -> tuple[list[Any], tuple[str, ...]]:
    file = io.BytesIO()
    count, notes = write_calendar(file, entries, title="A test", made_at="2026-11-25T10:00:00Z", marking="internal")
    events = Calendar.from_ical(file.getvalue()).walk("VEVENT")
    assert len(events) == count
    return events, notes


def test_an_entry_is_all_day_and_its_end_is_the_day_after_the_last() -> None:
    [[event], notes] = written(TALK)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2027, 3, 1), date(2027, 3, 3))
    assert (str(event["STATUS"]), str(event["TRANSP"]), str(event["LOCATION"])) == (
        "TENTATIVE",
        "TRANSPARENT",
        "Vienna",
    )
    assert "Source: a" in event["DESCRIPTION"]
    assert str(event["X-IGA-MARKING"]) == "internal"
    assert notes == ()


def test_status_says_how_sure_it_is() -> None:
    given = {"confirmed": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
    for status, expected in given.items():
        [[event], _] = written(replace(TALK, status=status))
        assert str(event["STATUS"]) == expected
    [[event], _] = written(replace(TALK, status="postponed"))
    assert str(event["SUMMARY"]) == "Postponed: Talk"


def test_partial_days_are_left_out_and_counted_never_padded() -> None:
    events, notes = written(
        TALK,
        replace(TALK, it="b", start="2027-09"),
        replace(TALK, it="c", start=""),
        replace(TALK, it="d", end="2027-03"),
    )
    assert len(events) == 2
    assert notes[0].startswith("2 rows without a full day left out")
    assert notes[1].startswith("the last day of 1 entry")


def test_a_thing_that_moves_keeps_its_uid_and_days_of_one_that_comes_back_have_their_own() -> None:
    [[first], _] = written(TALK)
    [[moved], _] = written(replace(TALK, start="2027-04-01", end="2027-04-02"))
    assert str(first["UID"]) == str(moved["UID"])
    both, _ = written(replace(TALK, end="2027-03-01"), replace(TALK, start="2028-03-01", end="2028-03-01"))
    assert len({str(event["UID"]) for event in both}) == 2


def test_a_name_cannot_end_its_entry() -> None:
    [[event], _] = written(replace(TALK, name=EVIL))
    assert str(event["SUMMARY"]).endswith("END:VCARD")
    assert "\n" not in str(event["SUMMARY"])


def test_rows_of_engagements_are_entries_and_terms_of_office_are_none(world: Session) -> None:
    answer = ask(world, "engagements", {"party": "Ghana"})
    table = row_file(answer, made(world)).main
    assert has_days(table.fields)
    entries = {entry.it: entry for entry in map(appointment_of, table.rows)}
    assert entries["engagement:talk"].name == "Talk, first round"
    assert entries["engagement:talk"].marking == "internal"
    terms = row_file(ask(world, "memberships", {"party": "Ghana"}), made(world)).main
    assert not has_days(terms.fields)


def test_a_promise_is_entered_on_the_day_it_is_due_not_as_the_meeting_it_was_made_at() -> None:
    row = {
        "commitment": "commitment:c", "commitment_name": "Three shelters", "due_on": "2027-05-01", "status": "open",
        "engagement": "engagement:talk", "engagement_name": "Talk", "held": "yes", "marking": "public", "evidence": [],
        "is_internal": True,
    }  # fmt: skip  # read across, like the rows of a table
    assert has_days(tuple(row))
    entry = appointment_of(row)
    assert (entry.name, entry.start, entry.marking) == ("Three shelters", "2027-05-01", "internal")
    [[event], _] = written(entry)
    assert str(event["STATUS"]) == "CONFIRMED"


def test_the_same_thing_on_the_same_days_is_one_entry() -> None:
    events, notes = written(TALK, replace(TALK, name="Talk, as its guest lists it"))
    assert [str(event["SUMMARY"]) for event in events] == ["Talk"]
    assert notes == ("1 row about a thing and days that another row is about made no further entry",)
