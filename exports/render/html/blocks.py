"""Each block of a document as HTML."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

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


def text(words: str) -> str:
    """Return words on one line that HTML shows as they are, in text and in attributes."""
    return escape(plain(words))


@dataclass(frozen=True)
class Sheet:
    """The document that is written and its style."""

    document: Document
    style: Style

    def block(self, block: Block) -> Iterator[str]:
        """Return the elements of a block."""
        match block:
            case Claim() | Unknown():
                yield f"<p>{self.statement(block)}</p>"
            case Blank():
                yield f'<p class="drafter">{text(block.text)}</p>'
            case Bullets():
                yield self.list_of(block.items, block.more)
            case Series():
                yield f"<p>{self._series(block)}</p>"
            case Table():
                yield self._table(block)
            case MarkChart():
                yield self._figure(block, self._marks(block.citations), f'<p class="key">{text(block.key)}</p>')
                yield self._table(block.twin, is_marked=False)
            case BarChart():
                yield self._figure(block, "", f'<p class="key">{text(block.note)}</p>' if block.note else "")
                yield self._table(block.twin)

    def list_of(self, items: Sequence[Statement], more: More | None = None) -> str:
        """Return statements as a list."""
        lines = [self.statement(item) for item in items] + ([_more(more)] if more else [])
        return "<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ul>"

    def statement(self, said: Statement) -> str:
        """Return a statement with its portion mark, its lead and its endnotes."""
        return f"{self._portion(said.marking)}{self._said(said)}"

    def clearances(self) -> Iterator[str]:
        """Return the block of clearances."""
        yield f"<h2>{frame.CLEARANCE}</h2>"
        for role, blank in (frame.DRAFTED, frame.APPROVED):
            yield f'<p class="drafter"><strong>{role}:</strong> {text(blank)}</p>'
        rows = [
            (
                f"{self._portion(one.marking)}{text(one.office)}{self._marks(one.citations)}",
                text(one.reason),
                text(frame.TO_CLEAR),
            )
            for one in self.document.clearers
        ]
        rows.append((text(frame.FURTHER[0]), text(frame.FURTHER[1]), text(frame.FURTHER[2])))
        yield _grid(frame.CLEARANCE_TITLE, frame.CLEARANCE_HEADER, rows)

    def _said(self, said: Statement) -> str:
        lead = f"<strong>{text(said.lead)}</strong> " if said.lead else ""
        words = said.text + (said.credit if isinstance(said, Unknown) else "")
        return f"{lead}{text(words)}{self._marks(said.citations)}"

    def _series(self, series: Series) -> str:
        lead = f"<strong>{text(series.lead)}</strong> " if series.lead else ""
        items = "; ".join(self._said(item) for item in series.items)
        more = f"; {_more(series.more)}" if series.more else ""
        return f"{self._portion(series.marking)}{lead}{items}{more}."

    def _table(self, table: Table, *, is_marked: bool = True) -> str:
        rows = [self._row(row, is_marked=is_marked) for row in table.rows]
        more = f'\n<p class="more">{_more(table.more)}</p>' if table.more else ""
        return _grid(table.title, table.header, rows) + more

    def _row(self, row: TableRow, *, is_marked: bool) -> tuple[str, ...]:
        first, *others = (text(cell) or "–" for cell in row.cells)
        if is_marked:
            first = f"{self._portion(row.marking)}{first}{self._marks(row.citations)}"
        return first, *others

    def _figure(self, chart: MarkChart | BarChart, marks: str, below: str) -> str:
        # In an image of its own, so that nothing in it can reach the page.
        source = b64encode(drawn(chart, font=self.style.font).encode()).decode()
        image = f'<img src="data:image/svg+xml;base64,{source}" alt="{text(chart.alt)}">'
        caption = f"{self._portion(chart.marking)}{text(chart.caption)}{marks}"
        return f"<figure><figcaption>{caption}</figcaption>{image}{below}</figure>"

    def _portion(self, marking: Marking) -> str:
        return text(mark) + " " if (mark := self.style.scheme.portion(marking, self.document)) else ""

    def _marks(self, citations: Citations) -> str:
        runs = spans(self.document.numbers(citations))
        if not runs:
            return ""
        told = ",".join(_run(first, last) for first, last in runs)
        return f'<sup><span class="hidden"> endnote </span>{told}</sup>'


def _run(first: int, last: int) -> str:
    if first == last:
        return _link(first)
    return f"{_link(first)}{',' if last == first + 1 else '–'}{_link(last)}"


def _link(number: int) -> str:
    return f'<a href="#note{number}">{number}</a>'


def _more(more: More) -> str:
    return f"{text(more.text)} <code>{text(more.command)}</code>"


def _grid(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    heads = "".join(f'<th scope="col">{text(cell)}</th>' for cell in header)
    lines = "\n".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
        for first, *others in rows
    )
    caption = f'<caption class="hidden">{text(title)}</caption>'
    return f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody></table>"
