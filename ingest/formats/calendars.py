"""iCalendar: engagements and due days of a calendar; of several versions of one entry the newest counts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from ingest.feed import Feed, OpenFile, Record, Said
from ingest.formats.calendar_entry import ENTRIES, NOT_READ, EntryReader, key_of, version_of
from ingest.formats.content_lines import LONGEST_LINE, Component, Outside, components, looked_over, unfolded
from ingest.formats.format import CardWords, Format, Head
from ingest.formats.mapped_format import worded
from ingest.formats.noted import listed, noted
from ingest.mapping import SourceCard
from ingest.readers.table import Progress
from ingest.readers.text_file import text_lines
from ingest.rejections import Refusal
from ingest.subjects import slug

Version = tuple[int, str, str]

_OLDER = "older versions of an entry, of which the newest counts"


@contextmanager
def _components(path: Path, outside: Outside, progress: Progress | None) -> Iterator[tuple[Iterator[Component], str]]:
    with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
        looked = looked_over(unfolded(lines), file=path.name)
        yield components(looked, (*ENTRIES, *NOT_READ), file=path.name, outside=outside), note


def _newest(files: Sequence[Path]) -> dict[str, Version]:
    """Return the newest version of each entry that the files of a load hold several times, by its key."""
    found: dict[str, Version] = {}
    for path in files:
        with _components(path, Outside(), None) as (entries, _):
            for entry in entries:
                with suppress(Refusal):
                    key = key_of(entry)
                    found[key] = max(found.get(key, (0, "", "")), version_of(entry))
    return found


def _said(reader: EntryReader, newest: Mapping[str, Version], component: Component) -> Said | None:
    is_entry = component.name in ENTRIES and not component.fault
    if is_entry and version_of(component) < newest.get(key_of(component), (0, "", "")):
        reader.skipped[_OLDER] += 1
        return None
    return reader.said(component)


def _feed(files: Sequence[Path], words: CardWords) -> Feed:
    card = worded(
        SourceCard(
            source=f"calendar:{slug(files[0].stem) or 'entries'}",
            title=f"Calendar {files[0].name}"[:300],
            rank=10,
            marking="internal",
        ),
        words,
    ).card()
    newest: dict[str, Version] = {}

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        if not newest:
            newest.update(_newest(files))
        reader, outside = EntryReader(card.source), Outside()
        with _components(path, outside, progress) as (entries, note):
            records = (
                Record(entry.line, (f"{entry.name} of line {entry.line}",), partial(_said, reader, newest, entry))
                for entry in entries
            )
            file = OpenFile(path.name, f"{path.name}:", ("entry",), records, [note])
            yield noted(file, lambda: _notes(path.name, reader, outside))

    return Feed(card, ("UID",), opened, reloads=False)


def _notes(file: str, reader: EntryReader, outside: Outside) -> Iterator[str]:
    if reader.skipped:
        yield f"{file}: skipped: {listed(reader.skipped)}"
    if reader.properties:
        yield (
            f"{file}: never read, because they are people's own, may hold anything, or have no place:"
            f" {listed(reader.properties)}"
        )
    if reader.in_utc:
        yield f"{file}: {reader.in_utc} events state their time in UTC; their day is that of UTC"
    if outside.count:
        yield f"{file}: {outside.count} lines outside of every calendar were not read"


def _fits(head: Head) -> bool:
    return head.text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


ICALENDAR = Format(
    name="icalendar",
    title="iCalendar",
    suffixes=(".ics", ".ical", ".ifb"),
    fits=_fits,
    feed=_feed,
    example=(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nBEGIN:VEVENT\nUID:dialogue-2031@example.org\n"
        "SUMMARY:TBD Sept: annual dialogue with Examplia\nDTSTART;VALUE=DATE:20310908\nDTEND;VALUE=DATE:20310910\n"
        "STATUS:TENTATIVE\nLOCATION:Vienna\nCATEGORIES:TIP\nEND:VEVENT\nEND:VCALENDAR\n"
    ),
)
