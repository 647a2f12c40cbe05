"""The feed of a contact list: its rows in order, each with its place, and every cell that could not be read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from iga.graph.errors import FileRefused
from iga.graph.statements import encoded
from iga.graph.text import folded
from iga.ingest.address_words import is_private
from iga.ingest.classified import stop_if_classified
from iga.ingest.contact_list.contact_rows import WHERE, Cells, ListedContact, SheetReading, taken_from_others
from iga.ingest.contact_list.grid import Grid, GridRow, first_rows_of, grids
from iga.ingest.contact_list.headings import SEARCHED_ROWS, Header, Meaning, header_in
from iga.ingest.contact_list.loose_days import DayReader, order_of, year_of
from iga.ingest.contact_list.offices import office
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.workbook_rows import rows_named
from iga.ingest.rejections import UNREAD, Rejection
from iga.ingest.rejections import short as shortened
from iga.ingest.source_reader import OpenFile, SourceRecord, StatedRow

_ROWS_BETWEEN_REPORTS = 500
_SILENT_COLUMNS = ("number",)


@contextmanager
def opened_contact_list(
    path: Path, progress: Progress | None, *, sheets: Sequence[str], as_of: str
) -> Iterator[OpenFile]:
    """Open a contact list and give its contacts.

    Raises:
        FileRefused: It cannot be read, holds no contact list, or its header has merged cells.
        ClassifiedText: A text looks classified.
    """
    sheets_read, notes = grids(path, sheets)
    headers = [(grid, header_in([row.texts() for row in grid.rows[:SEARCHED_ROWS]])) for grid in sheets_read]
    unread, keys = list[Rejection](), dict[str, list[bytes]]()
    lists = [_ContactSheet(grid, header, as_of, unread, keys) for grid, header in headers if header]
    if not lists:
        names = ", ".join(grid.name for grid in sheets_read)
        raise FileRefused(
            f"{path.name}: no sheet has the header of a contact list ({names}); a header names the person or the"
            " organization and the e-mail or phone"
        )
    others = [grid.name for grid, header in headers if grid.rows and not header]
    _take_from_others(lists)
    notes += [f"{name}: has no header of a contact list and was not read" for name in others]
    for sheet in lists:
        notes += sheet.notes()
    first = lists[0]
    yield OpenFile(path.name, first.grid.place, first.header.names, _watched(lists, progress), notes, unread=unread)


def _take_from_others(lists: Sequence["_ContactSheet"]) -> None:
    rows = [(sheet, *contact) for sheet in lists for contact in sheet.contacts()]
    for (sheet, line, *_), taken in zip(rows, taken_from_others([row[2:] for row in rows]), strict=True):
        if taken:
            sheet.taken[line] = taken


def _watched(lists: Sequence["_ContactSheet"], progress: Progress | None) -> Iterator[SourceRecord]:
    total = sum(len(sheet.grid.rows) for sheet in lists)
    for count, record in enumerate(chain.from_iterable(sheet.records() for sheet in lists), 1):
        yield record
        if progress and count % _ROWS_BETWEEN_REPORTS == 0:
            progress(count, total)


def as_of_in(path: Path, sheets: Sequence[str]) -> str:
    """Return the day, possibly partial, that a list says it is of; blank where it does not. Reads its first rows alone.

    Raises:
        FileRefused: It cannot be read.
    """
    for title, rows in first_rows_of(path).items():
        header = header_in(rows) if not sheets or title in sheets else None
        if header and (day := year_of([*map(" ".join, rows[: header.row]), title])):
            return day
    return ""


@dataclass
class _ContactSheet:
    """One sheet with its header.

    Attributes:
        stated: Day that whoever loads says the list is of; blank where they do not.
        unread: Cells of all sheets of the file that were not read.
        keys: What the contacts of each key say, in all sheets of the file.
        taken: By row, what it leaves blank and other rows of the same person say.
    """

    grid: Grid
    header: Header
    stated: str
    unread: list[Rejection]
    keys: dict[str, list[bytes]]
    taken: dict[int, Cells] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(top <= self.line <= last for top, last in self.grid.merged):
            raise FileRefused(
                f"{self.grid.name}: the header in row {self.line} has merged cells; unmerge it and name each column"
            )

    @property
    def line(self) -> int:
        """Row of the header."""
        return self.grid.rows[self.header.row].line

    @property
    def as_of(self) -> str:
        """The day that its title rows, or its sheet's name, say it is of."""
        above = [" ".join(row.texts()) for row in self.grid.rows[: self.header.row]]
        return self.stated or year_of([*above, self.grid.name.partition("!")[2]])

    def notes(self) -> list[str]:
        """Return how the sheet was read."""
        names = list(zip(self.header.names, self.header.meanings, strict=True))
        known = "; ".join(f"{name} = {meaning.replace('_', ' and ')}" for name, meaning in names if meaning)
        notes = [*self.grid.notes, f"{self.grid.name}: the header was found in row {self.line}: {known}"]
        left = [name for name, meaning in names if name and not meaning]
        if private := [name for name in left if is_private(name)]:
            notes.append(f"{self.grid.name}: private, and never read: the columns {', '.join(map(repr, private))}")
        if unknown := [name for name in left if name not in private]:
            notes.append(f"{self.grid.name}: not known, and not read: the columns {', '.join(map(repr, unknown))}")
        if self.taken:
            what = "what they leave blank of post and place is taken from other rows of the same person or body"
            notes.append(f"{self.grid.name}: {rows_named(sorted(self.taken))}: {what}")
        if self.as_of:
            notes.append(f"{self.grid.name}: its days without a year are taken to be of {self.as_of} or before it")
        return notes

    def contacts(self) -> Iterator[tuple[int, Cells, str, bool]]:
        """Give the contacts: row, cells, the line that stands alone above, and whether the family name stands first."""
        banner, last_first = "", self._last_first()
        for row in self.grid.rows[self.header.row + 1 :]:
            alone = self._banner(row)
            banner = banner if alone is None else alone
            if alone is None:
                yield row.line, self._cells(row), banner, last_first

    def records(self) -> Iterator[SourceRecord]:
        """Give the rows below the header."""
        above = self.grid.rows[: self.header.row + 1]
        for row in above:
            where = f"{self.grid.place}{row.line}, at or above the header"
            stop_if_classified(row.everything(), header=(), where=where)
        rows = self.grid.rows[self.header.row + 1 :]
        reading = SheetReading(DayReader(order_of(self._days(rows)), self.as_of), self._last_first())
        banner = ""
        for row in rows:
            stop_if_classified(row.everything(), header=self.header.names, where=f"{self.grid.place}{row.line}")
            cells = map(row.cell, range(len(self.header.names)))
            alone = self._banner(row)
            states: Callable[[], StatedRow | None] = partial(self._stated, row, banner, reading)
            if alone is not None:
                banner, states = alone, partial(self._passed_over, row, alone)
            yield SourceRecord(row.line, [cell.text or cell.struck for cell in cells], states, self.grid.place)

    def _days(self, rows: Sequence[GridRow]) -> Iterator[str]:
        for place in self.header.columns("day"):
            yield from (row.cell(place).text for row in rows)

    def _last_first(self) -> bool:
        names = [self.header.names[place].lower() for place in self.header.columns("person")]
        return any(re.search(r"last\s*,|family\s*,|surname\s*,|last name first", name) for name in names)

    def _banner(self, row: GridRow) -> str | None:
        """Return the government or body that stands alone in a row, above those that belong to it.

        None for any other row; blank where what stands alone is neither, such as the name of a region.
        """
        filled = [place for place, cell in row.cells.items() if cell.text]
        if len(filled) != 1 or any(cell.struck for cell in row.cells.values()):
            return None
        text = row.cell(filled[0]).text
        meaning = self.header.meanings[filled[0]] if filled[0] < len(self.header.meanings) else None
        if filled[0] > 1 or meaning == "notes" or any(letter in "@,0123456789" for letter in text):
            return None
        known = office(body=text.title() if text.isupper() and len(text) > 5 else text)
        if known.known:
            return known.body
        names, meanings = self.header.names, self.header.meanings
        # a cell under a heading that is not read may hold anything, and is not repeated
        heads = filled[0] == 0 and (not names[0] or meanings[0] in ("person", "number"))
        return "" if heads and text.isupper() else None

    def _passed_over(self, row: GridRow, banner: str) -> None:
        if not banner:
            text = next(cell.text for cell in row.cells.values() if cell.text)
            why = "it stands alone in its row and is no government or body that is known"
            self._tell(row.line, "", text, why, "write a contact in its row, or leave it: it is not read")

    def _stated(self, row: GridRow, banner: str, reading: SheetReading) -> StatedRow | None:
        repeats_header = Counter(row.texts()) == Counter(self.grid.rows[self.header.row].texts())
        if self._is_struck(row) or repeats_header:
            return None
        for place in self._places():
            if fault := row.cell(place).fault:
                self._tell(row.line, self.header.names[place], "", fault, "write the value in its place")
        if not (cells := self._cells(row)):
            return None

        def doubt(meaning: Meaning, value: str, why: str, fix: str) -> None:
            self._tell(row.line, self._heading(row, meaning), value, why, fix)

        key, content = ListedContact(cells, banner, reading, doubt, self.taken.get(row.line, {})).stated()
        # a list names the same person in the same post twice where the rest differs: two rows, one of each
        stated = self.keys.setdefault(key, [])
        if (text := encoded(content)) not in stated:
            stated.append(text)
        number = stated.index(text) + 1
        return (key if number == 1 else f"{key}#{number}"), content

    def _is_struck(self, row: GridRow) -> bool:
        struck = [(place, cell) for place, cell in row.cells.items() if cell.struck]
        if struck and not any(cell.text for cell in row.cells.values()):
            why = "the row is struck through, so it was not loaded"
            self._tell(row.line, "", "", why, "take the strike-through away if it still holds, or delete the row")
            return True
        for place, cell in struck:
            name = self.header.names[place] if place < len(self.header.names) else ""
            is_note = place < len(self.header.meanings) and self.header.meanings[place] in ("notes", None)
            value = "" if is_note else cell.struck
            why = "it is struck through, so it was not read"
            self._tell(row.line, name, value, why, "take the strike-through away")
        return False

    def _cells(self, row: GridRow) -> dict[Meaning, tuple[str, ...]]:
        """Return the filled cells of the columns that are read, by what they are."""
        cells: dict[Meaning, list[str]] = {}
        for place, meaning in self._places().items():
            text = row.cell(place).text
            if text and (meaning not in WHERE or folded(text)):
                cells.setdefault(meaning, []).append(text)
        return {meaning: tuple(texts) for meaning, texts in cells.items()}

    def _places(self) -> dict[int, Meaning]:
        """Return the columns that are read, and what each is."""
        meanings = ((place, self.header.meaning_at(place)) for place in range(len(self.header.meanings)))
        return {place: meaning for place, meaning in meanings if meaning and meaning not in _SILENT_COLUMNS}

    def _heading(self, row: GridRow, meaning: Meaning) -> str:
        places = self.header.columns(meaning)
        filled = [place for place in places if row.cell(place).text]
        return self.header.names[(filled or places or (0,))[0]]

    def _tell(self, line: int, column: str, value: str, why: str, fix: str) -> None:
        self.unread.append(Rejection(self.grid.name, line, column, shortened(value), why, fix, UNREAD))
