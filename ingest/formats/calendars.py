"""iCalendar: engagements and due days of a calendar; of several versions of one entry the newest counts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, timedelta
from pathlib import Path

from icalendar import vDuration, vRecur

from iga.ingest.formats.content_lines import (
    Component,
    ContentProperties,
    ContentProperty,
    component_file,
    component_records,
    name_of,
    parsed,
    unread,
)
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.name_tables import bodies
from iga.ingest.readers.file_table import Progress
from iga.ingest.record_builder import LONGEST_KEY, RecordBuilder, as_line, opaque_id
from iga.ingest.rejections import CELL, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, StatedRow
from iga.ingest.subjects import digest_of
from iga.ingest.value_readers import known_topics

_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?", re.ASCII)
_LONGEST_RULE = 500
_UNITS = {
    "SECONDLY": "second",
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def day_of(line: ContentProperty) -> str:
    """Return the day of a date or date-time as its own time zone has it; refuse what is none."""
    return _moment(line)[0].isoformat()


def period_of(component: ContentProperties) -> dict[str, str]:
    """Return the first and last day of an event; empty when it states none.

    DTEND is the first moment that is no longer part of it (RFC 5545 3.6.1): the day before, for whole days and at
    midnight. Without an end an event lasts its day.
    """
    start, end = component.first("DTSTART"), component.first("DTEND")
    if start is None:
        return {}
    first, starts_at = _moment(start)
    if end is not None:
        last, ends_at = _moment(end)
        if last > first and ends_at in ("", "0000", "000000"):
            last -= timedelta(days=1)
    elif lasts := component.first("DURATION"):
        last = _after(first, starts_at, lasts)
    else:
        last = first
    return {"start": first.isoformat(), "end": last.isoformat()}


def takes_whole_days(component: ContentProperties) -> bool:
    """True if an event is stated for whole days; no start is no statement."""
    start = component.first("DTSTART")
    return start is not None and not _moment(start)[1]


def hours_of(component: ContentProperties) -> str:
    """Return the hours of an event as stated: ``10:00-10:45``, in UTC if it says so; blank for whole days."""
    start, end = component.first("DTSTART"), component.first("DTEND")
    if start is None or not _moment(start)[1]:
        return ""
    (first, starts_at), (last, ends_at) = _moment(start), _moment(end) if end else _moment(start)
    until = f"-{_clock(ends_at)}" if end and first == last and ends_at > starts_at else ""
    return _clock(starts_at) + until + (" UTC" if start.value.strip().endswith("Z") else "")


def _clock(time: str) -> str:
    return f"{time[:2]}:{time[2:4]}"


def series_period(component: ContentProperties) -> dict[str, str]:
    """Return from when until when an event repeats: to the rule's last day, open without one, else unknown."""
    start, rule = component.first("DTSTART"), component.first("RRULE")
    period = {"start": day_of(start)} if start else {}
    if rule is None:
        return period
    parts = _parts(rule)
    if until := parts.get("UNTIL"):
        return {**period, "end": day_of(ContentProperty("UNTIL", until, line=rule.line))}
    return period if "COUNT" in parts else {**period, "end_kind": "open"}


def in_words(component: ContentProperties) -> str:
    """Return how an event repeats, in words, with its rule; blank when it does not; refuse a rule that is none."""
    rules = component.all("RRULE")
    clauses = [f"{_rule_in_words(_parts(rule))} ({rule.value.strip()[:_LONGEST_RULE]})" for rule in rules]
    if others := len(component.listed("RDATE")):
        clauses.append(f"on {others} other {'day' if others == 1 else 'days'}")
    if clauses and (without := len(component.listed("EXDATE"))):
        clauses.append(f"except on {without} {'day' if without == 1 else 'days'}")
    return f"Repeats {'; '.join(clauses)}." if clauses else ""


def _moment(line: ContentProperty) -> tuple[date, str]:
    """Return the day of a value and the time behind it, blank for a whole day."""
    match = _STAMP.fullmatch(line.value.strip())
    try:
        if match:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return day, f"{match[4]}{match[5]}{match[6] or ''}" if match[4] else ""
    except ValueError:
        pass
    raise _refused(line, "date or date-time", "write it as 20310105 or 20310105T100000")


def _refused(line: ContentProperty, what: str, fix: str, shown: int = 50) -> Refusal:
    reason = f"line {line.line}: {line.value[:shown]!r} is no {what}"
    return Refusal(reason, fix=fix, code=CELL, column=line.name, value=line.value)


def _after(first: date, starts_at: str, lasts: ContentProperty) -> date:
    try:
        # the library's class is not typed
        length: timedelta = vDuration.from_ical(lasts.value.strip()[:50])  # type: ignore[no-untyped-call]
        into = timedelta(hours=int(starts_at[:2] or 0), minutes=int(starts_at[2:4] or 0)) if starts_at else timedelta(0)
        whole = length + into
        days = whole.days if whole % timedelta(days=1) or whole.days <= 0 else whole.days - 1
        return first + timedelta(days=max(days, 0))
    except (ValueError, OverflowError):
        raise _refused(lasts, "duration", "write it as PT1H30M or P2D") from None


def _parts(rule: ContentProperty) -> dict[str, str]:
    try:
        if len(rule.value) > _LONGEST_RULE or "FREQ" not in vRecur.from_ical(rule.value.strip()):
            raise ValueError("no rule")
    except ValueError:
        raise _refused(rule, "rule of recurrence", "write it as FREQ=WEEKLY;UNTIL=20311231", shown=100) from None
    pairs = (part.partition("=") for part in rule.value.upper().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def _rule_in_words(parts: dict[str, str]) -> str:
    unit, every = _UNITS[parts["FREQ"]], parts.get("INTERVAL", "1")
    words = f"every {unit}" if every == "1" else f"every {every} {unit}s"
    days = [_WEEKDAYS.get(day, day) for day in parts.get("BYDAY", "").split(",") if day]
    if days:
        words += f" on {', '.join(days)}"
    if count := parts.get("COUNT"):
        words += f", {count} times"
    if until := parts.get("UNTIL"):
        words += f", until {until[:4]}-{until[4:6]}-{until[6:8]}"
    return words


ENTRIES = ("VEVENT", "VTODO")
NOT_READ = ("VAVAILABILITY", "VFREEBUSY", "VJOURNAL")

READ = (
    *("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "DUE", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"),
    *("STATUS", "LOCATION", "CATEGORIES", "CLASS", "ORGANIZER", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP"),
)
"""The properties that are read; all others never are."""

_SILENT = ("CREATED", "TRANSP", "PRIORITY", "PERCENT-COMPLETE", "COMPLETED")
_STATUS = {"TENTATIVE": "planned", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}
_DONE = ("COMPLETED", "CANCELLED")
_PRIVATE = ("PRIVATE", "CONFIDENTIAL")


_COMPONENTS = (*ENTRIES, *NOT_READ)

EntryVersion = tuple[int, str, str]
"""How new an entry is: its sequence number, then when it was changed, then when it was written."""

_NO_VERSION: EntryVersion = (0, "", "")
_REMARKS = {
    "skipped": "skipped: {listed}",
    "unread": "never read, because they are people's own, may hold anything, or have no place: {listed}",
    "utc": "events that state their time in UTC, whose day is that of UTC: {count}",
    "outside": "lines outside of every calendar, not read: {count}",
}


class EntryReader:
    """Reads the entries of one source, and counts what is not taken of them."""

    def __init__(self, source: str, newest: Mapping[str, EntryVersion]) -> None:
        """Read a source; `newest` is the newest version of each entry that the files of a load hold, by its key."""
        self._source = source
        self._newest = newest
        self.remarks = Remarks(_REMARKS)

    def stated(self, component: Component) -> StatedRow | None:
        """Return key and content of an entry; None for one that is not taken, which is counted by its reason.

        Raises:
            Refusal: It cannot be read; the refusal says why and what to do.
        """
        is_entry = component.name in ENTRIES and not component.fault
        if is_entry and _version_of(component) < self._newest.get(_key_of(component), _NO_VERSION):
            self.remarks["skipped"]["older versions of an entry, of which the newest counts"] += 1
            return None
        entry = ContentProperties(component, READ)
        if reason := _no_place(entry, component.name):
            self.remarks["skipped"][reason] += 1
            return None
        self.remarks["unread"].update(unread(component, (*READ, *_SILENT)))
        key, changed = _key_of(component), entry.first("LAST-MODIFIED")
        record = RecordBuilder(stated_on=day_of(changed) if changed else "")
        if component.name == "VEVENT":
            self._engagement(record, entry, component, key)
        else:
            self._obligation(record, entry, key)
        return key, record.content()

    def _engagement(self, record: RecordBuilder, entry: ContentProperties, component: Component, key: str) -> None:
        start = entry.first("DTSTART")
        self.remarks["utc"]["events"] += bool(start and start.value.strip().endswith("Z"))
        repeats = in_words(entry)
        values = {
            "name": as_line(entry.text("SUMMARY")),
            "status": _status(entry, component),
            "period": series_period(entry) if repeats else period_of(entry),
            "hours": hours_of(entry),
            "all_day": True if takes_whole_days(entry) else None,
            "place": self._place(entry),
            "summary": repeats,
            "topics": known_topics(entry.listed("CATEGORIES")),
        }
        engagement = record.node(opaque_id("engagement", self._source, key), values)
        if entry.first("RECURRENCE-ID"):
            series = opaque_id("engagement", self._source, _uid(entry.text("UID")))
            record.edge("PART_OF", engagement, series, stated_on="")
        for organizer in entry.all("ORGANIZER"):
            # only bodies: the name of a person may also be that of a country
            if body := bodies().resolve(as_line(" ".join(organizer.parameters.get("CN", ())))):
                record.edge("ORGANIZED", body, engagement, {"role": "organizer"}, stated_on="")

    def _obligation(self, record: RecordBuilder, entry: ContentProperties, key: str) -> None:
        due, rule = entry.first("DUE"), entry.first("RRULE")
        in_words(entry)  # refuses a rule that is none
        values = {
            "name": as_line(entry.text("SUMMARY")),
            "due_on": day_of(due) if due else "",
            "recurrence": as_line(rule.value) if rule else "",
            "topics": known_topics(entry.listed("CATEGORIES")),
        }
        record.node(opaque_id("obligation", self._source, key), values)

    def _place(self, entry: ContentProperties) -> str:
        """Return the place, unless it holds a link: links to meetings let people in."""
        place = as_line(entry.text("LOCATION"))
        if "://" in place:
            self.remarks["unread"]["LOCATION (a link)"] += 1
            return ""
        return place


def _no_place(entry: ContentProperties, name: str) -> str:
    """Return why an entry is not taken; blank when it is."""
    if name in NOT_READ:
        return f"{name}, which has no place here"
    if entry.text("CLASS").upper() in _PRIVATE:
        return "marked private"
    if not as_line(entry.text("SUMMARY")):
        return "without a name"
    is_done = name == "VTODO" and entry.text("STATUS").upper() in _DONE
    return "to-dos that are done or cancelled" if is_done else ""


def _key_of(component: Component) -> str:
    """Return the key of an entry: its UID, with the day of the occurrence that it changes; else a digest of it."""
    entry = ContentProperties(component, ("UID", "RECURRENCE-ID"))
    if not (uid := _uid(entry.text("UID"))):
        return digest_of("\n".join(line.text for line in component.lines), size=16)
    occurrence = entry.text("RECURRENCE-ID")
    return f"{uid}#{occurrence[:40]}" if occurrence else uid


def _version_of(component: Component) -> EntryVersion:
    """Return how new an entry is; what cannot be read of it counts as nothing."""
    stamps = {"SEQUENCE": "", "LAST-MODIFIED": "", "DTSTAMP": ""}
    for line in component.lines:
        if (name := name_of(line)) in stamps:
            try:
                stamps[name] = parsed(line).value.strip()[:20]
            except Refusal:
                continue
    sequence = stamps["SEQUENCE"]
    is_number = sequence.isascii() and sequence.isdecimal() and len(sequence) < 10
    return int(sequence) if is_number else 0, stamps["LAST-MODIFIED"], stamps["DTSTAMP"]


def _uid(text: str) -> str:
    return text if len(text) <= LONGEST_KEY - 50 else digest_of(text, size=16)


def _status(entry: ContentProperties, component: Component) -> str:
    """Return the status; blank when none is stated: nothing in a calendar says that an event was held."""
    if any(line.text.replace(" ", "").upper() == "METHOD:CANCEL" for line in component.around):
        return "cancelled"
    return _STATUS.get(entry.text("STATUS").upper(), "")


def _newest(files: Sequence[Path]) -> dict[str, EntryVersion]:
    """Return the newest version of each entry that the files of a load hold several times, by its key."""
    newest: dict[str, EntryVersion] = {}
    for path in files:
        with component_file(path, _COMPONENTS, outside=Counter()) as (entries, _):
            for entry in entries:
                with suppress(Refusal):
                    key = _key_of(entry)
                    newest[key] = max(newest.get(key, _NO_VERSION), _version_of(entry))
    return newest


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    card = card_of_file("calendar", "Calendar", files[0], words, rank=10, marking="internal")
    newest: dict[str, EntryVersion] = {}

    def opened(path: Path, progress: Progress | None) -> AbstractContextManager[OpenFile]:
        if not newest:
            newest.update(_newest(files))
        reader = EntryReader(card.source, newest)
        return component_records(path, _COMPONENTS, reader.stated, reader.remarks, progress)

    return SourceReader(card, ("UID",), opened, reloads=False)


def _fits(head: Head) -> bool:
    return head.text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


ICALENDAR = Format(
    name="icalendar",
    title="iCalendar",
    suffixes=(".ics", ".ical", ".ifb"),
    fits=_fits,
    feed=_reader,
    example=(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nBEGIN:VEVENT\nUID:dialogue-2031@example.org\n"
        "SUMMARY:TBD Sept: annual dialogue with Examplia\nDTSTART;VALUE=DATE:20310908\nDTEND;VALUE=DATE:20310910\n"
        "STATUS:TENTATIVE\nLOCATION:Vienna\nCATEGORIES:TIP\nEND:VEVENT\nEND:VCALENDAR\n"
    ),
)
