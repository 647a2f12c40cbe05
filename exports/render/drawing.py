"""Charts as SVG: small, the same bytes for the same chart, readable without colour."""

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from exports.paper.charts import FAINT, FIRM, Bar, BarChart, MarkChart
from exports.wording import plain

WIDTH = 468.0
"""Points between the margins of a letter page; charts are drawn as wide."""

INK, DEEP, LIGHT, RULE, QUIET = "#1B2A41", "#2F4B7C", "#C9D5E8", "#C4CAD4", "#4A5568"
_LABELS = 96.0
_AMOUNTS = 112.0
_LINE = 17.0
_BAR = 11.0
_TEXT = 10.0
_SMALL = 8.5


def drawn(chart: MarkChart | BarChart, *, font: str) -> str:
    """Return a chart as an SVG document; its caption, key and table stand outside of it."""
    parts = list(_marks(chart) if isinstance(chart, MarkChart) else _bars(chart))
    height = _LINE * (len(chart.lines) + 1) if isinstance(chart, MarkChart) else _LINE * (len(chart.bars) + 1)
    family = escape(f"{plain(font)}, Liberation Serif, Tinos, Libertinus Serif, serif")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(WIDTH)} {_n(height)}" '
        f'width="{_n(WIDTH)}pt" height="{_n(height)}pt" font-family="{family}" font-size="{_n(_TEXT)}" fill="{INK}">'
    )
    return "".join((head, *parts, "</svg>"))


def _marks(chart: MarkChart) -> Iterator[str]:
    step = (WIDTH - _LABELS) / len(chart.columns)
    radius = min(4.2, step * 0.36)
    yield _text(0, _LINE - 5, chart.axis, weight="bold")
    for place, column in enumerate(chart.short_columns):
        yield _text(_LABELS + step * (place + 0.5), _LINE - 5, column, size=_SMALL, anchor="middle")
    for row, line in enumerate(chart.lines, start=1):
        y = _LINE * row
        yield _rule(y)
        yield _text(0, y + _LINE - 5, line.label)
        for place, mark in enumerate(line.marks):
            yield from _mark(mark, _LABELS + step * (place + 0.5), y + _LINE / 2, radius)


def _mark(mark: str, x: float, y: float, radius: float) -> Iterator[str]:
    if mark == FIRM:
        yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{DEEP}"/>'
    elif mark == FAINT:
        ring = f'fill="#FFFFFF" stroke="{DEEP}" stroke-width="1.4"'
        yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius - 0.7)}" {ring}/>'


def _bars(chart: BarChart) -> Iterator[str]:
    yield _text(0, _LINE - 5, chart.axis, weight="bold")
    yield _text(_LABELS, _LINE - 5, chart.measure, weight="bold")
    values = [bar.value for bar in chart.bars if bar.value is not None]
    least, most = min((Decimal(0), *values)), max((Decimal(0), *values))
    room = WIDTH - _LABELS - _AMOUNTS
    scale = room / float(most - least) if most > least else 0.0
    zero = _LABELS - float(least) * scale
    for row, bar in enumerate(chart.bars, start=1):
        y = _LINE * row
        yield _rule(y)
        yield _text(0, y + _LINE - 5, bar.label)
        yield from _bar(bar, y, zero=zero, scale=scale)
    yield f'<path d="M{_n(zero)} {_n(_LINE)}V{_n(_LINE * (len(chart.bars) + 1))}" stroke="{INK}" stroke-width="0.8"/>'


def _bar(bar: Bar, y: float, *, zero: float, scale: float) -> Iterator[str]:
    if bar.value is None:
        yield _text(zero + 5, y + _LINE - 5, bar.printed or "not known", colour=QUIET)
        return
    length = float(bar.value) * scale
    if length:
        start, wide = min(zero, zero + length), abs(length)
        box = f'x="{_n(start)}" y="{_n(y + (_LINE - _BAR) / 2)}" width="{_n(wide)}" height="{_n(_BAR)}"'
        yield f'<rect {box} fill="{DEEP if length > 0 else LIGHT}"/>'
    yield _text(max(zero, zero + length) + 5, y + _LINE - 5, bar.printed)


def _rule(y: float) -> str:
    return f'<path d="M0 {_n(y)}H{_n(WIDTH)}" stroke="{RULE}" stroke-width="0.5"/>'


def _text(
    x: float, y: float, text: str, *, size: float = _TEXT, anchor: str = "", weight: str = "", colour: str = ""
) -> str:
    looks = (("text-anchor", anchor), ("font-weight", weight), ("fill", colour))
    more = "".join(f' {name}="{value}"' for name, value in looks if value)
    sized = f' font-size="{_n(size)}"' if size != _TEXT else ""
    return f'<text x="{_n(x)}" y="{_n(y)}"{sized}{more}>{escape(plain(text))}</text>'


def _n(number: float) -> str:
    """Return a number with two digits at most, the same on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
