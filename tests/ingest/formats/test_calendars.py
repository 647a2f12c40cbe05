from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from iga.graph.domain.marking import Marking
from iga.graph.errors import ClassifiedText, FileRefused
from iga.ingest.formats.calendars import ICALENDAR
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.rejections import Rejection
from tests.ingest.formats.conftest import Loads
from tests.reading import some


def event(uid: str, *lines: str, kind: str = "VEVENT") -> str:
    return "\r\n".join((f"BEGIN:{kind}", f"UID:{uid}", *lines, f"END:{kind}", ""))


def calendar(*events: str, method: str = "PUBLISH") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{''.join(events)}END:VCALENDAR\r\n"


def period(start: str, end: str) -> dict[str, str]:
    return {"start": start, "end_kind": "dated", "end": end}


def test_a_planned_event_keeps_its_words_and_is_internal(loads: Loads) -> None:
    loaded = loads(ICALENDAR.example, words=CardWords(marking="public"))
    found = loaded.node("Engagement")
    assert found.values == {
        "name": "TBD Sept: annual dialogue with Examplia",
        "status": "planned",
        "period": period("2031-09-08", "2031-09-09"),
        "all_day": True,
        "place": "Vienna",
        "topics": ["trafficking-in-persons"],
    }
    assert found.marking == Marking.INTERNAL
    assert loads(ICALENDAR.example, name="y.ics").card_marking == Marking.INTERNAL


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        (("DTSTART:20310908T090000", "DTEND:20310908T103000"), "09:00-10:30"),
        (("DTSTART:20310908T200000Z", "DTEND:20310908T210000Z"), "20:00-21:00 UTC"),
        (("DTSTART:20310908T0900", "DTEND:20310909T120000"), "09:00"),
        (("DTSTART;TZID=America/New_York:20310908T200000", "DURATION:PT5H"), "20:00"),
    ],
)
def test_the_hours_of_an_event_are_kept_as_stated(loads: Loads, lines: tuple[str, ...], hours: str) -> None:
    found = loads(calendar(event("1", "SUMMARY:Dialogue", *lines))).node("Engagement").values
    assert found["hours"] == hours
    assert "all_day" not in found


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("DTSTART;VALUE=DATE:20310908", "DTEND;VALUE=DATE:20310909"), ("2031-09-08", "2031-09-08")),
        (("DTSTART;VALUE=DATE:20310908",), ("2031-09-08", "2031-09-08")),
        (("DTSTART;TZID=America/New_York:20310908T200000", "DURATION:PT5H"), ("2031-09-08", "2031-09-09")),
        (("DTSTART:20310908T200000Z", "DTEND:20310909T000000Z"), ("2031-09-08", "2031-09-08")),
        (("DTSTART:20310908T090000", "DTEND:20310909T120000"), ("2031-09-08", "2031-09-09")),
        (("DTSTART;VALUE=DATE:20310908", "DURATION:P3D"), ("2031-09-08", "2031-09-10")),
    ],
)
def test_the_last_day_is_the_last_on_which_it_still_goes_on(
    loads: Loads, lines: tuple[str, ...], days: tuple[str, str]
) -> None:
    found = loads(calendar(event("1", "SUMMARY:Dialogue", *lines))).node("Engagement")
    assert found.values["period"] == period(*days)


@pytest.mark.parametrize(
    ("status", "expected"),
    [("TENTATIVE", "planned"), ("CONFIRMED", "confirmed"), ("CANCELLED", "cancelled"), ("", None), ("HELD", None)],
)
def test_nothing_in_a_calendar_says_that_an_event_was_held(loads: Loads, status: str, expected: str | None) -> None:
    lines = (f"STATUS:{status}",) if status else ()
    found = loads(calendar(event("1", "SUMMARY:Dialogue", "DTSTART:20010101", *lines))).node("Engagement")
    assert found.values.get("status") == expected


def test_an_invitation_that_is_taken_back_is_cancelled(loads: Loads) -> None:
    found = loads(calendar(event("1", "SUMMARY:Dialogue", "DTSTART:20310101"), method="CANCEL")).node("Engagement")
    assert found.values["status"] == "cancelled"


def test_of_a_meeting_that_moved_twice_the_newest_version_counts(loads: Loads) -> None:
    loaded = loads(
        calendar(
            event("1", "SEQUENCE:1", "SUMMARY:Dialogue", "DTSTART:20310201"),
            event("1", "SEQUENCE:2", "SUMMARY:Dialogue", "DTSTART:20310301"),
            event("1", "SUMMARY:Dialogue", "DTSTART:20310101"),
        )
    )
    assert loaded.counts == {"read": 3, "new": 1, "skipped": 2}
    assert loaded.node("Engagement").values["period"] == period("2031-03-01", "2031-03-01")
    assert "older versions of an entry, of which the newest counts 2" in loaded.told
    stamped = [event("2", f"LAST-MODIFIED:2031010{n}T000000Z", f"SUMMARY:{n}", "DTSTART:20310101") for n in (2, 1)]
    assert "2" in {node.values["name"] for node in loads(calendar(*stamped), name="y.ics").nodes}


def test_a_series_is_one_engagement_with_its_rule_in_words_and_changes_are_part_of_it(loads: Loads) -> None:
    loaded = loads(
        calendar(
            event(
                "w", "SUMMARY:Call", "DTSTART:20310106T100000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20310630"
            ),
            event("w", "RECURRENCE-ID:20310120T100000", "SUMMARY:Call, moved", "DTSTART:20310121T100000"),
        )
    )
    series, moved = loaded.nodes
    assert series.values["summary"] == (
        "Repeats every 2 weeks on Monday, until 2031-06-30 (FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20310630)."
    )
    assert series.values["period"] == period("2031-01-06", "2031-06-30")
    [part] = loaded.edges
    assert (part.type, part.source, part.target) == ("PART_OF", moved.id, series.id)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=2000000000", "FREQ=YEARLY;BYDAY=" + ",".join(["MO"] * 30)]
)
def test_a_rule_is_never_expanded(loads: Loads, rule: str) -> None:
    loaded = loads(calendar(event("1", "SUMMARY:Bomb", "DTSTART:20310101T000000Z", f"RRULE:{rule}")))
    assert loaded.counts == {"read": 1, "new": 1}
    assert len(loaded.nodes) == 1


def test_people_words_and_links_are_never_read_and_that_is_said(loads: Loads) -> None:
    loaded = loads(
        calendar(
            event(
                "1",
                "SUMMARY:Dialogue",
                "DTSTART:20310101",
                "ATTENDEE;CN=Ada Okafor:mailto:a.okafor@example.org",
                "ORGANIZER;CN=Georgia:mailto:georgia@example.org",
                "DESCRIPTION:anything",
                "LOCATION:https://meet.example.org/?pwd=1",
                "BEGIN:VALARM",
                "SUMMARY:Wake up",
                "END:VALARM",
            )
        )
    )
    assert loaded.edges == []
    days = {"period": period("2031-01-01", "2031-01-01"), "all_day": True}
    assert loaded.node("Engagement").values == {"name": "Dialogue", **days}
    for told in ("ATTENDEE 1", "DESCRIPTION 1", "LOCATION (a link) 1"):
        assert told in loaded.told


def test_a_body_that_organizes_is_known_by_its_name(loads: Loads) -> None:
    lines = ("SUMMARY:Conference", "DTSTART:20310101", "ORGANIZER;CN=ODIHR:mailto:o@example.org")
    [edge] = loads(calendar(event("1", *lines))).edges
    assert (edge.type, edge.source, edge.marking) == ("ORGANIZED", "org:odihr", 0)


def test_private_entries_and_those_without_a_name_are_skipped(loads: Loads) -> None:
    loaded = loads(
        calendar(
            event("1", "CLASS:CONFIDENTIAL", "SUMMARY:Doctor", "DTSTART:20310101"),
            event("2", "CLASS:PRIVATE", "SUMMARY:School", "DTSTART:20310101"),
            event("3", "DTSTART:20310101"),
            event("4", "SUMMARY:Diary", kind="VJOURNAL"),
        )
    )
    assert loaded.counts == {"read": 4, "skipped": 4}
    assert "marked private 2" in loaded.told


def test_to_dos_are_obligations_until_they_are_done(loads: Loads) -> None:
    loaded = loads(
        calendar(
            event("1", "SUMMARY:Report", "DUE;VALUE=DATE:20310630", "RRULE:FREQ=YEARLY", kind="VTODO"),
            event("2", "SUMMARY:Old", "DUE:20300630T000000Z", "STATUS:COMPLETED", kind="VTODO"),
        )
    )
    assert loaded.counts == {"read": 2, "new": 1, "skipped": 1}
    assert loaded.node("Obligation").values == {"name": "Report", "due_on": "2031-06-30", "recurrence": "FREQ=YEARLY"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("DTSTART:20311340",), "no date"),
        (("DTSTART:20310101", "DTEND:20300101"), "lies before the start"),
        (("DTSTART:20310101", "DURATION:P99999999999W"), "no duration"),
        (("DTSTART:20310101", "RRULE:FREQ=BAD"), "no rule"),
        (("DTSTART:20310101", "RRULE:" + "X" * 5_000), "no rule"),
        (("DTSTART:2031\x000101",), "NUL"),
        (("LOCATION:" + "x" * 200_000,), "too long"),
        (("END:VCALENDAR",), "not closed"),
        (("END:VALARM",), "never began"),
    ],
)
def test_a_hostile_entry_is_rejected_and_the_file_goes_on(loads: Loads, lines: tuple[str, ...], said: str) -> None:
    good = event("ok", "SUMMARY:Fine", "DTSTART:20310101")
    loaded = loads(calendar(good, event("x", "SUMMARY:Bad", *lines), event("ok2", "SUMMARY:Fine", "DTSTART:20310101")))
    assert loaded.report.rejected == 1
    assert loaded.report.new == 2
    assert said in loaded.report.rejections[0].reason


def test_a_bottomless_file_is_refused_and_a_classified_description_stops_it(loads: Loads) -> None:
    with pytest.raises(FileRefused, match="nested"):
        loads("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 100_000)
    with pytest.raises(ClassifiedText):
        loads(calendar(event("1", "SUMMARY:A", "DTSTART:20310101", "DESCRIPTION:x\\nSECRET//NOFORN")))


def official() -> Iterator[Path]:
    """Give the calendars that the library is tested with: examples of RFCs, of real programs, and broken ones."""
    for folder in ("calendars", "events", "todos", "journals", "timezones"):
        with as_file(files("icalendar.tests") / folder) as path:
            yield from sorted(path.glob("*.ics"))


@pytest.mark.slow
def test_every_calendar_of_the_librarys_own_tests_is_read_or_refused_in_a_sentence(loads: Loads) -> None:
    found = list(official())
    assert len(found) > 100
    taken = 0
    rejected: list[Rejection] = []
    for path in found:
        loaded = None
        with suppress(FileRefused):
            loaded = loads(path.read_bytes(), name=path.name, format_="icalendar")
        if loaded:
            rejected += loaded.report.rejections
            taken += loaded.report.new + loaded.report.unchanged + loaded.report.changed
    assert taken > 80
    assert all(row.reason and row.fix for row in some(rejected))


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


@given(name=NAMES, first=st.dates(), more=st.integers(0, 400))
def test_what_the_library_writes_comes_back(loads: Loads, name: str, first: date, more: int) -> None:
    if not name.strip() or (date.max - first).days <= more + 1 or "(S)" in name or "(C)" in name:
        return
    written = Event()
    written.add("uid", "1")
    written.add("summary", name)
    written.add("dtstart", first)
    written.add("dtend", first + timedelta(days=more + 1))
    whole = Calendar()
    whole.add_component(written)
    loaded = loads(whole.to_ical(), format_="icalendar")
    found = loaded.node("Engagement").values
    assert found["name"] == normalize("NFC", " ".join(name.split()))
    assert found["period"] == period(first.isoformat(), (first + timedelta(days=more)).isoformat())
