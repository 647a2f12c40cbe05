"""The formats of papers, told by the ending of a file."""

import re
import zlib
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import typst
from anyascii import anyascii
from markupsafe import Markup

from iga.exports.paper.charts import MarkChart
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.length import WHOLE
from iga.exports.paper.record import record_text
from iga.exports.render.style import STANDARD, Style
from iga.exports.render.templated import filled
from iga.exports.wording import plain
from iga.exports.writing import sealed
from iga.graph.errors import UsageError

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


# One round for the letters that the compiler names, one for all that may be missing, one to be sure.
_ROUNDS = 3
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
# Every typeface that may stand in has these: Latin with its marks, general punctuation, the marks of charts.
_COMMON = re.compile(r"[^\n\u0020-\u007e\u00a0-\u017f\u2010-\u2027\u2030-\u205e●○]")


def to_pdf(document: PaperDocument, *, style: Style = STANDARD) -> bytes:
    """Return the document as the bytes of a PDF/UA-1 file."""
    made_at = datetime.fromisoformat(document.making.as_of).replace(tzinfo=UTC)
    inputs = {"record": record_text(document), "font": style.font}
    missing: frozenset[str] = frozenset()
    for round_ in range(_ROUNDS + 1):
        source = _source(document, style, made_at, missing)
        try:
            compiler = typst.Compiler(source.encode(), sys_inputs=inputs)
            content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()))
        except typst.TypstError as error:
            named = _missing_letters(error.diagnostic) if round_ != 1 else frozenset()
            more = (named or frozenset(_COMMON.findall(source))) - missing
            if not more or round_ == _ROUNDS:
                raise
            missing |= more
        else:
            assert isinstance(content, bytes)
            return content
    raise AssertionError


def _source(document: PaperDocument, style: Style, day: datetime, missing: frozenset[str]) -> str:
    """Return the page for the compiler, with other letters in the place of those that are missing."""
    source = filled(document, style, typst_string, template="typ", whole=WHOLE, day=day, is_replaced=bool(missing))
    return source.translate({ord(letter): _instead(letter) for letter in missing})


def typst_string(text: str) -> str:
    """Return text as a string of typst, of which no letter is read as markup."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _instead(letter: str) -> str:
    """Return Latin letters that sound alike, else the number that Unicode gives it; none that means something."""
    latin = anyascii(letter).strip()
    return latin if latin and not set(latin) & set('"\\<>&') else f"[U+{ord(letter):04X}]"


def _missing_letters(diagnostic: str) -> frozenset[str]:
    """Return the letters that a compiler says it could not display; empty where it complains of something else."""
    texts = (_ESCAPED.sub(_unescaped, text) for text in _MISSING.findall(diagnostic))
    return frozenset(letter for text in texts for letter in text)


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else {"n": "\n", "t": "\t", "r": "\r"}.get(escape[2], escape[2])


FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""Media type by ending."""


def format_of(path: Path) -> str:
    """Return the format that the ending of a file stands for.

    Raises:
        UsageError: It stands for none.
    """
    ending = path.suffix.lower().removeprefix(".")
    ending = {"htm": "html", "markdown": "md"}.get(ending, ending)
    if ending not in FORMATS:
        names = " or ".join(f"{path.stem or 'memo'}.{known}" for known in FORMATS)
        raise UsageError(f"-o {path.name}: the ending says the format; write {names}")
    return ending


def rendered(document: PaperDocument, ending: str, *, style: Style = STANDARD) -> bytes:
    """Return a paper as the bytes of a file, sealed; each format is imported only when it is asked for."""
    return sealed(_written(document, ending, style), ending=ending)


def _written(document: PaperDocument, ending: str, style: Style) -> bytes:
    if ending == "docx":
        from iga.exports.render.word_file import to_docx

        return to_docx(document, style=style)
    if ending == "pdf":
        from iga.exports.render.formats import to_pdf

        return to_pdf(document, style=style)
    if ending == "html":
        from iga.exports.render.templated import to_html

        return to_html(document, style=style).encode()
    from iga.exports.render.formats import to_markdown

    return to_markdown(document, style=style).encode()
