"""Lists of sponsors: a symbol and a running list of countries, or a table of symbol, sponsor and role."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from iga.graph.suggestions import nearest
from iga.ingest.classified import stop_if_classified
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file, head_of
from iga.ingest.formats.plain_table import Cells, plain_table, table_layout
from iga.ingest.name_tables import bodies, governments, un_names, un_table
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import TextLine, text_lines
from iga.ingest.record_builder import LONGEST_URL, RecordBuilder, as_line
from iga.ingest.rejections import CELL, CLASH, KEY, MISSING, SHAPE, Refusal
from iga.ingest.source_reader import OpenFile, SourceReader, SourceRecord, StatedRow, refusing
from iga.ingest.subjects import body_of_symbol, is_id, resolution_id

_SYMBOL = r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.\-]+)+(?:\s?\([\w/.\-]+\))?"
_TITLE_LINE = re.compile(
    rf"^\s*(?:(?:symbol|document|draft|resolution)\s*:?\s*)?(?P<symbol>{_SYMBOL})(?P<rest>\s*[:,;\t–—|-].*|\s*)$",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d")
_ROLES: tuple[tuple[str, str], ...] = (
    (
        "added later",
        r"(?:and\s+)?(?:(?:was|were)\s+)?(?:later|subsequently)\s+joined\s+by|joined\s+later\s+by"
        r"|added\s+later\s*:|additional\s+(?:co-?)?sponsors?\s*:|later\s+(?:co-?)?sponsors?\s*:",
    ),
    ("main", r"(?:main|principal)\s+sponsors?\s*:|introduced\s+by\s*:?|tabled\s+by\s*:?|penholders?\s*:"),
    ("co", r"co-?sponsors?\s*:|co-?sponsored\s+by\s*:?|sponsors?\s*:|sponsored\s+by\s*:?"),
)
_MARK = re.compile("|".join(f"(?P<r{place}>{words})" for place, (_, words) in enumerate(_ROLES)), re.IGNORECASE)
# Documents close the list so: "Belarus, Egypt and Ghana: revised draft resolution".
_ENDING = re.compile(
    r"[ \t]*:[ \t]*(?:revised[ \t]+)?(?:draft[ \t]+)?(?:resolution|decision|amendments?)\.?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_DONE = re.compile(r"(?<![,;\s])[ \t]*\n", re.IGNORECASE)
# A sponsor list of all members of the United Nations has 4,000 characters.
LONGEST_PARAGRAPH = 50_000


class Sponsor(NamedTuple):
    """One sponsor of a list, or a place of the list that could not be read.

    Attributes:
        line: Physical line at which the name starts; while only its text is read, its place there.
        text: The name as written, without footnote marks.
        party: Id of the government or body; blank when `fault` says why not.
        fault: Why it was not read; None when it was.
        note: For whom it acts, as written: ``on behalf of the European Union``.
    """

    line: int
    symbol: str
    text: str
    party: str
    role: str
    fault: Refusal | None = None
    note: str = ""


def symbol_of_line(text: str) -> tuple[str, str] | None:
    """Return the symbol that a line starts with, and what stands behind it; None when it starts with none."""
    match = _TITLE_LINE.match(text)
    if not match or not _HAS_NUMBER.search(match["symbol"]):
        return None
    return match["symbol"], match["rest"].lstrip(" \t:,;–—|-")


def sponsors(lines: Iterable[TextLine]) -> Iterator[Sponsor]:
    """Give the sponsors of a text file in its order.

    A symbol at the start of a line counts until the next one; a role until the next or a blank line, that of main
    sponsors until their line is done.
    """
    symbol = ""
    paragraph: list[tuple[int, str]] = []
    size = 0
    for line in lines:
        head = symbol_of_line(line.text)
        if head or not line.text.strip() or size > LONGEST_PARAGRAPH:
            yield from _read(symbol, paragraph)
            paragraph, size = [], 0
        symbol, text = head or (symbol, line.text)
        if line.is_cut:
            yield _fault(line.number, symbol, line.text, "the line is too long for a list of countries")
        elif "\0" in text:
            yield _fault(line.number, symbol, line.text, "the line holds a NUL character")
        elif text.strip():
            paragraph.append((line.number, text))
            size += len(text)
    yield from _read(symbol, paragraph)


def _read(symbol: str, paragraph: list[tuple[int, str]]) -> Iterator[Sponsor]:
    if not paragraph:
        return
    text = "\n".join(words for _, words in paragraph)
    if not symbol:
        fix = "write the symbol of the text above it"
        yield _fault(paragraph[0][0], "", text, "the list stands under no symbol", fix)
        return
    for start, role, part in _parts(_ENDING.sub(lambda ending: " " * len(ending[0]), text)):
        for sponsor in listed_sponsors(part):
            yield sponsor._replace(line=_line_at(paragraph, start + sponsor.line), symbol=symbol, role=role)


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Give the parts of a paragraph between the words that tell a role, each with its place and role.

    Main sponsors end with their line, unless a comma goes on to the next.
    """
    start, role = 0, _ROLES[-1][0]
    for mark in (*_MARK.finditer(text), None):
        end = mark.start() if mark else len(text)
        if role == "main" and (done := _LINE_DONE.search(text, start, end)):
            yield start, role, text[start : done.start()]
            start, role = done.start(), "co"
        yield start, role, text[start:end]
        if mark:
            start, role = mark.end(), _ROLES[int((mark.lastgroup or "r0")[1:])][0]


def _line_at(paragraph: list[tuple[int, str]], place: int) -> int:
    for number, words in paragraph:
        if place <= len(words):
            return number
        place -= len(words) + 1
    return paragraph[-1][0]


def _fault(line: int, symbol: str, text: str, reason: str, fix: str = "correct the line") -> Sponsor:
    return Sponsor(line, symbol, text[:100], "", "co", Refusal(reason, fix=fix, code=SHAPE, value=text[:100]))


# A line may end between two names as well as inside one.
_SEPARATOR = re.compile(r"[ \t]*(?:[,;]\s*and\s|[,;]|\sand\s|&|\n)\s*", re.IGNORECASE)
_BEHALF = re.compile(r"\s*\((?P<words>(?:also )?on behalf of [^()]*)\)|,?\s+(?P<bare>on behalf of .*)$", re.IGNORECASE)
# Asterisks mark observers in lists of the Human Rights Council, daggers and small figures are footnotes.
_FOOTNOTE = re.compile(r"[*†‡§¹²³⁰-⁹]+")
# "Saint Vincent and the Grenadines" has two pieces, "Korea, Democratic People's Republic of" as well.
_MOST_PIECES = 4


def listed_sponsors(text: str) -> Iterator[Sponsor]:
    """Give the names of a list in its order; what is not known comes with its fault, never with a guess."""
    pieces = _pieces(_FOOTNOTE.sub(lambda mark: " " * len(mark[0]), text))
    start = 0
    while start < len(pieces):
        place, first, _ = pieces[start]
        last = _longest(text, pieces, start)
        if last is None:
            yield Sponsor(place, "", first, "", "", unknown_party(first))
            start += 1
            continue
        whole = _between(text, pieces, start, last)
        bare, note = _without_behalf(whole)
        fault = _two_or_one(whole, pieces[start : last + 1]) if last > start else None
        yield Sponsor(place, "", whole, "" if fault else known_party(bare) or "", "", fault, note)
        start = last + 1


def known_party(text: str) -> str | None:
    """Return the id of a government, else of a body, by UN name, code or any name; None when none has it."""
    return next((known for table in (un_table(), governments(), bodies()) if (known := table.resolve(text))), None)


def unknown_party(text: str) -> Refusal:
    """Return the refusal of a name that no table knows."""
    near = nearest(text, un_names()) if len(text) < 100 else ()
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return Refusal(
        f"{text[:100]!r} is no government or body that is known",
        fix=f"{hint}write the UN name or the ISO code of each, parted by commas",
        code=CELL,
        column="sponsor",
        value=text,
    )


def _pieces(text: str) -> list[tuple[int, str, int]]:
    """Return what stands between separators outside of brackets: place, text, end; blank pieces are left out."""
    pieces, start = [], 0
    for separator in (*_SEPARATOR.finditer(text), None):
        end = separator.start() if separator else len(text)
        if separator and text.count("(", start, end) > text.count(")", start, end):
            continue
        piece = text[start:end]
        if words := piece.strip(" \t\r\n.:"):
            at = start + piece.index(words[0])
            pieces.append((at, " ".join(words.split()), at + len(words)))
        start = separator.end() if separator else end
    return pieces


def _longest(text: str, pieces: list[tuple[int, str, int]], start: int) -> int | None:
    """Return the last piece of the longest name that begins at a piece; None when nothing there is known."""
    for last in range(min(start + _MOST_PIECES, len(pieces)) - 1, start - 1, -1):
        if known_party(_without_behalf(_between(text, pieces, start, last))[0]):
            return last
    return None


def _between(text: str, pieces: list[tuple[int, str, int]], start: int, last: int) -> str:
    return " ".join(_FOOTNOTE.sub(" ", text[pieces[start][0] : pieces[last][2]]).split())


def _without_behalf(text: str) -> tuple[str, str]:
    match = _BEHALF.search(text)
    if not match:
        return text, ""
    return (text[: match.start()] + text[match.end() :]).strip(), (match["words"] or match["bare"]).strip()


def _two_or_one(whole: str, pieces: list[tuple[int, str, int]]) -> Refusal | None:
    """Return why a name of several pieces is not read, where each of them is a country by itself."""
    parts = {known_party(words) for _, words, _ in pieces}
    if None in parts or len(parts) < len(pieces):
        return None
    return Refusal(
        f"{whole!r} may be {len(pieces)} governments or one that had this name",
        fix="write one line or row for each that is meant",
        code=CELL,
        column="sponsor",
        value=whole,
    )


_FEWEST_COUNTRIES = 3


class _Sponsors:
    """What was said in a load so far, so that a sponsor that is named twice is taken once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[str, str]] = {}

    def stated(self, sponsor: Sponsor, place: str, url: str = "") -> StatedRow | None:
        """Return key and content; None where the same was said before."""
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
    """True if a file is a table of sponsors, or begins with a symbol and soon lists countries."""
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
