"""A document as one HTML file that loads and runs nothing: headings, tables with scopes, charts with alt text."""

from base64 import b64encode

from markupsafe import Markup, escape

from exports.paper.document import Document
from exports.paper.record import record_text
from exports.render.style import STANDARD, Style
from exports.render.templated import filled

# Inside a script nothing can be written with a reference: JSON has its own.
_IN_SCRIPT = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&"})


def to_html(document: Document, *, style: Style = STANDARD) -> str:
    """Return the document as HTML text; equal documents give equal text."""
    record = record_text(document).translate(_IN_SCRIPT)
    return filled(
        document,
        style,
        escape,
        ending="html",
        record=Markup(record),
        css_name=_css_name,
        base64=lambda text: b64encode(text.encode()).decode(),
    )


def _css_name(font: str) -> Markup:
    """Return the name of a typeface as CSS takes it: letters that could end the name or the sheet are left out."""
    return Markup('"' + "".join(letter for letter in font if letter.isalnum() or letter in " -_.") + '"')
