"""A calendar of all-day entries (RFC 5545) from rows that have days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import BinaryIO

from icalendar import Calendar, Event

from iga.exports.files.row_files import JsonRow
from iga.exports.wording import plain
from iga.graph.domain.values import last_day
from iga.graph.text import counted

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
# A meeting runs from day to day; a duty, a mandate or a term falls on one.
_STRETCHES = (("on", "until"), ("start", "end"))
_DAYS = ("due_on", "ends_on", "last_day", "expires_on")
_LABELS = {
    "hours": "Hours",
    "owner_name": "Owner",
    "owed_to_name": "Owed to",
    "whose_name": "Whose",
    "reason": "Reason",
    "next_step": "Next step",
    "legal_basis": "Legal basis",
    "recurrence": "Comes back",
    "renewed_by_name": "Renewed by",
    "created_by_name": "Created by",
    "outcome": "Outcome",
}
_THINGS = ("what", "mandated", "commitment", "obligation", "engagement")


@dataclass(frozen=True)
class Appointment:
    """One entry of a calendar.

    Attributes:
        start: First day, possibly partial; blank is not known.
        end: Last day, possibly partial; blank is not known, or the same.
    """

    it: str
    name: str
    start: str
    end: str
    status: str
    held: str
    place: str
    lines: tuple[str, ...]
    marking: str


def has_days(fields: Sequence[str]) -> bool:
    """True if rows with these fields belong into a calendar: they fall due, or are meetings."""
    return _thing(fields) != "" and _place(fields) is not None


def appointment_of(row: JsonRow) -> Appointment:
    """Return the entry of a row that has days."""
    thing, place = _thing(tuple(row)), _place(tuple(row))
    assert place is not None
    start, end = (str(row.get(field) or "") for field in place)
    return Appointment(
        it=str(row[thing]),
        name=str(row[f"{thing}_name"]),
        start=start,
        end=end,
        status=str(row.get("status") or ""),
        held=str(row.get("held") or "yes"),
        place=str(row.get("place") or ""),
        lines=tuple(_lines(row)),
        marking="internal" if row.get("is_internal") and row["marking"] == "public" else str(row["marking"]),
    )


def _thing(fields: Sequence[str]) -> str:
    return next((thing for thing in _THINGS if thing in fields and f"{thing}_name" in fields), "")


def _place(fields: Sequence[str]) -> tuple[str, str] | None:
    """Return the fields of the first and the last day; none for terms of office, which are no appointments."""
    if day := next((field for field in _DAYS if field in fields), ""):
        return day, day
    return next((pair for pair in _STRETCHES if set(pair) <= set(fields)), None)


def _lines(row: JsonRow) -> list[str]:
    lines = [f"{label}: {row[field]}" for field, label in _LABELS.items() if row.get(field)]
    if row.get("held") == "unknown":
        lines.append("Not certain.")
    lines += [f"Source: {note['title']}, {note['locator']}" for note in row["evidence"]]
    return lines


def write_calendar(
    file: BinaryIO, entries: Iterable[Appointment], *, title: str, made_at: str, marking: str
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
    seen: dict[tuple[str, str, str], Appointment] = {}
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


def _event(entry: Appointment, stamp: datetime, *, is_one_of_several: bool) -> Event:
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
    event.add("DESCRIPTION", "\n".join(plain(line) for line in (*entry.lines, f"Marking: {entry.marking}")))
    event.add("X-IGA-MARKING", entry.marking)
    return event


def _uid(*texts: str) -> str:
    """Return a UID that stays the same in every export and tells nothing."""
    return f"{blake2b(chr(31).join(texts).encode(), digest_size=16).hexdigest()}@iga-graph"
