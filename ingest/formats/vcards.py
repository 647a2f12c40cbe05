"""vCard: people and offices of an address book, as posts, holders and channels at work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ingest.feed import Feed, OpenFile, Record
from ingest.formats.content_lines import LONGEST_LINE, Component, Outside, components, looked_over, unfolded
from ingest.formats.format import CardWords, Format, Head
from ingest.formats.mapped_format import worded
from ingest.formats.noted import listed, noted
from ingest.formats.vcard_card import CardReader, LeftOut
from ingest.mapping import SourceCard
from ingest.readers.table import Progress
from ingest.readers.text_file import text_lines
from ingest.subjects import slug


def _feed(files: Sequence[Path], words: CardWords) -> Feed:
    card = worded(
        SourceCard(
            source=f"vcard:{slug(files[0].stem) or 'cards'}",
            title=f"Address book {files[0].name}"[:300],
            rank=10,
            marking="internal",
        ),
        words,
    ).card()

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        reader, outside = CardReader(card.source, card.as_of), Outside()
        with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
            looked = looked_over(unfolded(lines), file=path.name)
            found = components(looked, ("VCARD",), file=path.name, outside=outside)
            records = (_record(component, reader) for component in found)
            file = OpenFile(path.name, f"{path.name}:", ("card",), records, [note])
            yield noted(file, lambda: _notes(path.name, reader.left_out, outside))

    return Feed(card, ("UID",), opened, reloads=False)


def _record(component: Component, reader: CardReader) -> Record:
    return Record(component.line, (f"card of line {component.line}",), partial(reader.said, component))


def _notes(file: str, left_out: LeftOut, outside: Outside) -> Iterator[str]:
    if older := {name: count for name, count in left_out.versions.items() if name != "4.0"}:
        yield f"{file}: cards of other versions than 4.0 were read as well as they can be: {listed(older)}"
    if left_out.home:
        yield f"{file}: {left_out.home} addresses, numbers or pages at home were left out"
    if left_out.properties:
        yield (
            f"{file}: never read, because they are private or may hold anything, or have no place:"
            f" {listed(left_out.properties)}"
        )
    if left_out.kinds:
        yield f"{file}: skipped, being neither people, offices nor groups: {listed(left_out.kinds)}"
    if left_out.other:
        yield f"{file}: left out: {listed(left_out.other)}"
    if outside.count:
        yield f"{file}: {outside.count} lines outside of every card were not read"


def _fits(head: Head) -> bool:
    return head.text.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


VCARD = Format(
    name="vcard",
    title="vCard",
    suffixes=(".vcf", ".vcard"),
    fits=_fits,
    feed=_feed,
    example=(
        "BEGIN:VCARD\nVERSION:4.0\nUID:example-1\nFN:Ada Okafor\nN:Okafor;Ada;;Ambassador;\n"
        "ORG:Ministry of Example;Anti-Trafficking Unit\nTITLE:Focal Point\nCATEGORIES:TIP\n"
        "EMAIL;TYPE=work;PREF=1:a.okafor@example.org\nTEL;TYPE=home:+1 555 0100\nREV:20310105T100000Z\nEND:VCARD\n"
    ),
)
