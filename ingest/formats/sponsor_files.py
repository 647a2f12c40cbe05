"""Lists of sponsors: a symbol and a running list of countries, or a table of symbol, sponsor and role."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from iga.ingest.classified import stop_if_classified
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file, head_of
from iga.ingest.formats.plain_table import Cells, plain_table, table_layout
from iga.ingest.formats.sponsor_lists import (
    LONGEST_PARAGRAPH,
    Sponsor,
    known_party,
    listed_sponsors,
    sponsors,
    symbol_of_line,
    unknown_party,
)
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import TextLine, text_lines
from iga.ingest.record_builder import LONGEST_URL, RecordBuilder, as_line
from iga.ingest.rejections import CELL, CLASH, KEY, MISSING, Refusal
from iga.ingest.source_reader import OpenFile, SourceReader, SourceRecord, StatedRow, refusing
from iga.ingest.subjects import is_id
from iga.ingest.symbols import body_of_symbol, resolution_id

_FEWEST_COUNTRIES = 3


class _Sponsors:
    """What was said in a load so far, so that a sponsor that is named twice is taken once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[str, str]] = {}

    def stated(self, sponsor: Sponsor, place: str, url: str = "") -> StatedRow | None:
        """Return key and content; None where the same was said before.

        Raises:
            Refusal: It is said of no text, or was said before with another role.
        """
        if not (resolution := resolution_id(sponsor.symbol)):
            raise Refusal("no symbol is given", fix="write the symbol of the text", code=KEY, column="symbol")
        key = (resolution, sponsor.party)
        here = f"{place}{sponsor.line}"
        role, before = self._seen.setdefault(key, (sponsor.role, here))
        if role != sponsor.role:
            raise Refusal(
                f"{sponsor.text} sponsors {sponsor.symbol} as {role!r} in {before} and as {sponsor.role!r} here",
                fix="keep one of the two; the first was taken",
                code=CLASH,
                column="role",
                value=sponsor.text,
            )
        if before != here:
            return None
        record = RecordBuilder(notes=[sponsor.note])
        record.node(resolution, {"symbol": as_line(sponsor.symbol), "body": body_of_symbol(sponsor.symbol)})
        record.edge("SPONSORED", sponsor.party, resolution, {"role": sponsor.role})
        return json.dumps(key), record.content(url=url[:LONGEST_URL])


def _row(seen: _Sponsors, name: str, cells: Cells) -> StatedRow | None:
    text, role = cells.get("sponsor", ""), cells.get("role", "")
    meant = table_layout("co-sponsors").meanings["role"].get(role.casefold())
    if meant is None:
        fix = "write main, co or added later"
        raise Refusal(f"{role!r} is not a role of a sponsor", fix=fix, code=CELL, column="role", value=role)
    if not text:
        raise Refusal("no sponsor is named", fix="write its UN name or code", code=MISSING, column="sponsor")
    party = text if is_id(text) else known_party(text)
    if not party:
        raise unknown_party(text)
    sponsor = Sponsor(0, cells.get("symbol", ""), text, party, meant, note=cells.get("note", ""))
    return seen.stated(sponsor, f"a row of {name} ", cells.get("url", ""))


def _records(lines: Iterator[TextLine], seen: _Sponsors, place: str) -> Iterator[SourceRecord]:
    for sponsor in sponsors(_looked_over(lines, place)):
        stated = refusing(sponsor.fault) if sponsor.fault else partial(seen.stated, sponsor, place)
        yield SourceRecord(sponsor.line, (sponsor.symbol, sponsor.text, sponsor.role), stated)


def _looked_over(lines: Iterator[TextLine], place: str) -> Iterator[TextLine]:
    for line in lines:
        stop_if_classified((line.text,), header=("text",), where=f"{place}{line.number}")
        yield line


def _fits(head: Head) -> bool:
    """Say whether a file is a table of sponsors, or begins with a symbol and soon lists countries."""
    layout, header = table_layout("co-sponsors"), _header(head)
    if layout.fits(header):
        return all(layout.named(header))
    lines = [line for line in head.text.splitlines() if line.strip()][:10]
    if not lines or not any(map(symbol_of_line, lines[:3])):
        return False
    text = " ".join(titled[1] if (titled := symbol_of_line(line)) else line for line in lines)
    known = (sponsor for sponsor in listed_sponsors(text[:2_000]) if sponsor.party)
    return len(list(islice(known, _FEWEST_COUNTRIES))) == _FEWEST_COUNTRIES


def _header(head: Head) -> tuple[str, ...]:
    return next((row for row in head.rows if any(row)), ())


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    card = card_of_file("sponsors", "Sponsors as listed in", files[0], words)
    return SourceReader(card, ("symbol", "sponsor"), partial(_opened, _Sponsors()))


@contextmanager
def _opened(seen: _Sponsors, path: Path, progress: Progress | None) -> Iterator[OpenFile]:
    layout = table_layout("co-sponsors")
    if layout.fits(_header(head_of(path))):
        with plain_table(path, layout, partial(_row, seen, path.name), progress=progress) as table:
            yield table
        return
    with text_lines(path, longest=LONGEST_PARAGRAPH, progress=progress) as (lines, note):
        place = f"{path.name}:"
        yield OpenFile(path.name, place, ("symbol", "sponsor", "role"), _records(lines, seen, place), [note])


CO_SPONSORS = Format(
    name="co-sponsors",
    title="a list of sponsors",
    suffixes=(".csv", ".tsv", ".txt", ".xlsx"),
    fits=_fits,
    feed=_reader,
    example=(
        "A/C.3/99/L.99\nMain sponsor: Peru\nBolivia (Plurinational State of), Ghana, Korea, Republic of, Bosnia and"
        " Herzegovina and Kenya, and later joined by Costa Rica.\n"
    ),
)
