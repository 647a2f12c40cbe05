"""A document as GitHub-flavoured Markdown, its endnotes as footnotes."""

import re
import zlib
from base64 import b64encode

from markupsafe import Markup

from iga.exports.paper.charts import MarkChart
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.record import record_text
from iga.exports.render.style import STANDARD, Style
from iga.exports.render.templated import filled
from iga.exports.wording import plain

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$])")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(document: PaperDocument, *, style: Style = STANDARD) -> str:
    """Return the document as Markdown text; equal documents give equal text."""
    packed = b64encode(zlib.compress(record_text(document).encode("ascii"), 9)).decode("ascii")
    return filled(
        document, style, markdown_text, template="md", record=Markup(packed), code=_code, exact=Markup, letters=_letters
    )


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is written."""
    return _LIST_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _code(command: str) -> Markup:
    """Return a command as code; a backtick would end it."""
    return Markup(f"`{plain(command).replace('`', chr(39))}`")


def _letters(chart: MarkChart) -> Markup:
    """Return a chart of marks drawn with letters."""
    room = max(len(label) for label in (chart.axis, *(line.label for line in chart.lines)))
    wide = max(len(column) for column in chart.short_columns) + 1
    rows = [(chart.axis, chart.short_columns), *((line.label, line.marks) for line in chart.lines)]
    drawn = (label.ljust(room) + "".join((mark or "·").rjust(wide) for mark in marks) for label, marks in rows)
    return Markup("\n".join(drawn))
