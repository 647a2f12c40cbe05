"""Each block of a document as plain data that the page is set from."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from exports.paper.blocks import Bullets, More, Series, Table, TableRow
from exports.paper.charts import BarChart, MarkChart
from exports.paper.citation import Citations
from exports.paper.document import Block, Document, spans
from exports.paper.statements import Blank, Claim, Statement, Unknown
from exports.render import frame
from exports.render.drawing import drawn
from exports.render.style import Style
from exports.wording import plain
from graph.domain.marking import Marking

Part: TypeAlias = dict[str, Any]
Spans: TypeAlias = list[Part]

# More offices than that run over a page, and what is kept together cannot.
_ON_ONE_PAGE = 10


class Sheet:
    """Turns the content of a document into the parts of a page, with its marks and its portion marks."""

    def __init__(self, document: Document, style: Style) -> None:
        self.document = document
        self.style = style

    def parts(self) -> Iterator[Part]:
        """Return everything that is printed under the subtitle, from the top."""
        document = self.document
        if self.style.scheme.controls(document):
            yield from (_blank([_text(line)]) for line in frame.CONTROLLED)
        if document.bottom_line:
            yield _heading(frame.BOTTOM_LINE)
            yield from self._block(Bullets(document.bottom_line))
        for section in document.sections:
            yield _heading(section.heading, level=section.level) | {"new-page": section.starts_page}
            for block in section.blocks:
                yield from self._block(block)
        clearances = list(self._clearances())
        if len(document.clearers) <= _ON_ONE_PAGE:
            yield {"kind": "together", "parts": clearances}
        else:
            yield from clearances
        yield from self._end()

    def _end(self) -> Iterator[Part]:
        yield _heading(frame.MAKING) | {"new-page": True}
        yield from (_small([_text(line)], "note") for line in frame.made(self.document, "pdf"))
        if self.document.endnotes:
            yield _heading(frame.ENDNOTES)
            yield {"kind": "notes", "items": [_note(*frame.note_parts(note)) for note in self.document.endnotes]}
        if self.document.gaps:
            yield _heading(frame.GAPS)
            yield from (_small(self._statement(gap), "note") for gap in self.document.gaps)

    def _block(self, block: Block) -> Iterator[Part]:
        match block:
            case Claim() | Unknown():
                yield {"kind": "paragraph", "spans": self._statement(block)}
            case Blank():
                yield _blank([_text(block.text)])
            case Bullets():
                items = [self._statement(item) for item in block.items]
                yield {"kind": "list", "items": [*items, *([_more(block.more)] if block.more else [])]}
            case Series():
                yield {"kind": "paragraph", "spans": self._series(block)}
            case Table():
                yield from self._table(block)
            case MarkChart():
                yield from self._chart(block, self._marks(block.citations))
                yield _small([_text(block.key)], "table")
                yield from self._table(block.twin, is_marked=False)
            case BarChart():
                yield from self._chart(block, [])
                yield from self._table(block.twin)
                yield from ([_small([_text(block.note)], "table")] if block.note else [])

    def _statement(self, said: Statement) -> Spans:
        return [*self._portion(said.marking), *self._said(said)]

    def _said(self, said: Statement) -> Spans:
        text = said.text + (said.credit if isinstance(said, Unknown) else "")
        lead = [_text(f"{plain(said.lead)} ", bold=True)] if said.lead else []
        return [*lead, _text(text), *self._marks(said.citations)]

    def _series(self, series: Series) -> Spans:
        made = self._portion(series.marking)
        if series.lead:
            made.append(_text(f"{plain(series.lead)} ", bold=True))
        for place, item in enumerate(series.items):
            made += [*([_text("; ")] if place else []), *self._said(item)]
        return [*made, *([_text("; "), *_more(series.more)] if series.more else []), _text(".")]

    def _table(self, table: Table, *, is_marked: bool = True) -> Iterator[Part]:
        rows = [self._row(row, is_marked=is_marked) for row in table.rows]
        yield _grid(table.header, rows, table.widths)
        if table.more:
            yield _small(_more(table.more), "table")

    def _row(self, row: TableRow, *, is_marked: bool) -> list[Spans]:
        first, *others = ([_text(cell or "–")] for cell in row.cells)
        if is_marked:
            first = [*self._portion(row.marking), *first, *self._marks(row.citations)]
        return [first, *others]

    def _chart(self, chart: MarkChart | BarChart, marks: Spans) -> Iterator[Part]:
        caption = [*self._portion(chart.marking), _text(chart.caption, bold=True), *marks]
        yield {"kind": "caption", "spans": caption}
        yield {"kind": "drawing", "svg": drawn(chart, font=self.style.font), "alt": plain(chart.alt)}

    def _clearances(self) -> Iterator[Part]:
        yield _heading(frame.CLEARANCE)
        for role, blank in (frame.DRAFTED, frame.APPROVED):
            yield _blank([_text(f"{role}: ", bold=True), _text(blank)])
        rows: list[list[Spans]] = []
        for clearer in self.document.clearers:
            office = [*self._portion(clearer.marking), _text(clearer.office), *self._marks(clearer.citations)]
            rows.append([office, [_text(clearer.reason)], [_text(frame.TO_CLEAR)]])
        rows.append([[_text(cell)] for cell in frame.FURTHER])
        yield _grid(frame.CLEARANCE_HEADER, rows, (35, 35, 30))

    def _portion(self, marking: Marking) -> Spans:
        mark = self.style.scheme.portion(marking, self.document)
        return [_text(mark)] if mark else []

    def _marks(self, citations: Citations) -> Spans:
        runs = spans(self.document.numbers(citations))
        return [{"marks": [list(run) for run in runs]}] if runs else []


def _text(text: str, *, bold: bool = False, italic: bool = False) -> Part:
    kept = " " * text.startswith(" ") + plain(text) + " " * (text.endswith(" ") and len(text) > 1)
    return {"text": kept, **({"bold": True} if bold else {}), **({"italic": True} if italic else {})}


def _heading(text: str, *, level: int = 1) -> Part:
    return {"kind": "heading", "level": level, "text": plain(text)}


def _blank(made: Spans) -> Part:
    return {"kind": "blank", "spans": made}


def _small(made: Spans, size: str) -> Part:
    return {"kind": "small", "spans": made, "size": size}


def _more(more: More) -> Spans:
    return [_text(f"{more.text} {more.command}", italic=True)]


def _grid(header: tuple[str, ...], rows: list[list[Spans]], widths: tuple[int, ...]) -> Part:
    return {"kind": "table", "header": [plain(cell) for cell in header], "rows": rows, "widths": list(widths)}


def _note(title: str, link: str, rest: str) -> Spans:
    linked = [{"text": link, "url": link}, _text(", ")] if link else []
    return [_text(f"{title}, "), *linked, _text(rest)]
