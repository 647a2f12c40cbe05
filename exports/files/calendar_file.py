"""A calendar of all-day entries (RFC 5545) from rows that have days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import BinaryIO

from icalendar import Calendar, Event

from exports.files.days import Entry
from exports.wording import counted, plain
from graph.domain.values import last_day

_STATUS = {
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
    "dropped": "CANCELLED",
    "planned": "TENTATIVE",
    "postponed": "TENTATIVE",
}
_FULL = len("2026-01-01")
_LAST = "9999-12-31"


def write_calendar(
    file: BinaryIO, entries: Iterable[Entry], *, title: str, made_at: str, marking: str
) -> tuple[int, tuple[str, ...]]:
    """Write a calendar; return how many entries it holds, and sentences on what was left out.

    Entries are all-day and do not block time. What has no full first day has no place in a calendar and is left out;
    a last day that is not known to the day is left out of its entry. The same thing on the same days is one entry.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//IGA Graph//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", plain(title))
    calendar.add("X-IGA-MARKING", marking)
    stamp = datetime.fromisoformat(made_at)
    seen: dict[tuple[str, str, str], Entry] = {}
    vague, open_ended, repeated = 0, 0, 0
    for entry in entries:
        if len(entry.start) != _FULL or entry.start == _LAST:
            vague += 1
        elif (entry.it, entry.start, entry.end) in seen:
            repeated += 1
        else:
            seen[(entry.it, entry.start, entry.end)] = entry
            open_ended += 0 < len(entry.end) < _FULL
    starts = [entry.it for entry in seen.values()]
    for entry in seen.values():
        calendar.add_component(_event(entry, stamp, is_one_of_several=starts.count(entry.it) > 1))
    file.write(calendar.to_ical())
    notes = (
        f"{counted(vague, 'row')} without a full day left out: a calendar has no place for 2026-09 or 'not fixed'",
        f"the last day of {counted(open_ended, 'entry', 'entries')} is not known to the day and was left out",
        f"{counted(repeated, 'row')} about a thing and days that another row is about made no further entry",
    )
    return len(seen), tuple(note for note, count in zip(notes, (vague, open_ended, repeated), strict=True) if count)


def _event(entry: Entry, stamp: datetime, *, is_one_of_several: bool) -> Event:
    event = Event()
    # A thing that moves keeps its entry; of one that comes back, each day has an entry of its own.
    event.add("UID", _uid(entry.it, entry.start if is_one_of_several else ""))
    event.add("DTSTAMP", stamp)
    event.add("SUMMARY", plain(f"Postponed: {entry.name}" if entry.status == "postponed" else entry.name))
    event.add("DTSTART", date.fromisoformat(entry.start))
    end = entry.end if len(entry.end) == _FULL and entry.end < _LAST else entry.start
    event.add("DTEND", date.fromisoformat(last_day(end)) + timedelta(days=1))  # the first day after it
    event.add("STATUS", _STATUS.get(entry.status, "CONFIRMED" if entry.held == "yes" else "TENTATIVE"))
    event.add("TRANSP", "TRANSPARENT")
    if entry.place:
        event.add("LOCATION", plain(entry.place))
    event.add("DESCRIPTION", "\n".join(plain(line) for line in (*entry.told, f"Marking: {entry.marking}")))
    event.add("X-IGA-MARKING", entry.marking)
    return event


def _uid(*texts: str) -> str:
    """Return a UID that stays the same in every export and tells nothing."""
    return f"{blake2b(chr(31).join(texts).encode(), digest_size=16).hexdigest()}@iga-graph"
