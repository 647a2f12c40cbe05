"""A paper through a template, each language with its own escaping; and as HTML, which needs nothing else.

An HTML file loads and runs nothing: headings, tables with scopes, charts with alt text.
"""

from base64 import b64encode
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from iga.exports.paper.blocks import Bullets, Series
from iga.exports.paper.charts import FIRM, BarChart, MarkChart
from iga.exports.paper.document import PaperDocument, raised
from iga.exports.paper.record import record_text
from iga.exports.paper.statements import BLANK_START
from iga.exports.render import frame
from iga.exports.render.style import STANDARD, Style, head_lines
from iga.exports.wording import plain
from iga.queries.core.clauses import KeptTemplates

# Points between the margins of a letter page; charts are drawn as wide, with places for labels and for amounts.
_WIDTH, _LABELS, _AMOUNTS = 468.0, 96.0, 112.0
# Inside a script nothing can be written with a reference: JSON has its own.
_IN_SCRIPT = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&"})


@cache
def templates(escaped: Callable[[str], str], package: str = "iga.exports.render") -> Environment:
    """Return the templates of a language; whatever they insert is escaped, whether they ask for it or not."""

    def inserted(value: Any) -> Markup:
        if isinstance(value, (Markup, int, float)):
            return Markup(value)
        return Markup(escaped(plain(value if isinstance(value, str) else "".join(value))))  # an `if` without `else`

    return Environment(
        loader=PackageLoader(package),
        bytecode_cache=KeptTemplates(),
        auto_reload=False,
        autoescape=True,
        finalize=inserted,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def filled(document: PaperDocument, style: Style, escaped: Callable[[str], str], *, template: str, **more: Any) -> str:
    """Return the template of a format filled with a paper."""
    page = templates(escaped).get_template(f"paper.{template}.j2")
    return page.render(_context(document, style), **more)


def _context(document: PaperDocument, style: Style) -> dict[str, Any]:
    """Return what every template inserts: the paper, what stands around its sections, and how it is marked."""
    scheme = style.scheme
    return {
        "document": document,
        "style": style,
        "frame": frame,
        "head": head_lines(document, scheme, is_final=style.is_final),
        "banner": scheme.banner(document),
        "controls": frame.CONTROLLED if scheme.controls(document) else (),
        "bottom_line": Series(document.bottom_line, is_prose=True),
        "gaps": Bullets(document.gaps),
        "address": frame.address(document),
        "blank_start": BLANK_START,
        "annex": tuple(frame.annexes(document)),
        "making": frame.making_lines(document),
        "notes": list(map(frame.note_text, document.endnotes)),
        "mark": lambda marking: scheme.portion(marking, document),
        "numbers": document.numbers,
        "raised": lambda citations: raised(document.numbers(citations)),
        "kind": lambda block: type(block).__name__,
        "drawing": lambda chart: drawn(chart, font=style.font),
    }


def drawn(chart: MarkChart | BarChart, *, font: str) -> str:
    """Return a chart as SVG, equal bytes for equal charts; its caption, key and table stand outside of it."""
    page = templates(escape).get_template("chart.svg.j2")
    shape: dict[str, Any] = {"chart": chart, "font": font, "width": _WIDTH, "left": _LABELS, "firm": FIRM, "n": _digits}
    if isinstance(chart, MarkChart):
        return page.render(**shape, rows=len(chart.lines))
    values = [Decimal(0), *(bar.value for bar in chart.bars if bar.value is not None)]
    least, most = min(values), max(values)
    scale = (_WIDTH - _LABELS - _AMOUNTS) / float(most - least) if most > least else 0.0
    return page.render(**shape, rows=len(chart.bars), scale=scale, zero=_LABELS - float(least) * scale)


def _digits(number: float) -> Markup:
    """Return a number with two digits at most, the same on every machine."""
    return Markup(f"{number:.2f}".rstrip("0").rstrip("."))


def to_html(document: PaperDocument, *, style: Style = STANDARD) -> str:
    """Return the document as HTML text; equal documents give equal text."""
    record = record_text(document).translate(_IN_SCRIPT)
    return filled(
        document,
        style,
        escape,
        template="html",
        record=Markup(record),
        css_name=_css_name,
        base64=lambda text: b64encode(text.encode()).decode(),
    )


def _css_name(font: str) -> Markup:
    """Return the name of a typeface as CSS takes it: letters that could end the name or the sheet are left out."""
    return Markup('"' + "".join(letter for letter in font if letter.isalnum() or letter in " -_.") + '"')
