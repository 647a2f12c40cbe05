"""iCalendar: engagements and due days of a calendar; of several versions of one entry the newest counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from iga.ingest.formats.calendar_days import day_of, hours_of, in_words, period_of, series_period, takes_whole_days
from iga.ingest.formats.content_lines import Component, component_file, component_records
from iga.ingest.formats.content_properties import ContentProperties, name_of, parsed, unread
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.name_tables import bodies
from iga.ingest.readers.file_table import Progress
from iga.ingest.record_builder import LONGEST_KEY, RecordBuilder, as_line, opaque_id
from iga.ingest.rejections import Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, StatedRow
from iga.ingest.subjects import digest_of
from iga.ingest.value_readers import known_topics

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
