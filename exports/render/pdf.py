"""A document as a tagged PDF (PDF/UA-1), equal bytes for equal content on machines with the same typefaces.

PDF/UA refuses a page with a letter that no typeface at hand has: Latin letters stand in, and the paper says so.
"""

import re
from datetime import UTC, datetime

import typst
from anyascii import anyascii

from iga.exports.paper.document import PaperDocument
from iga.exports.paper.length import WHOLE
from iga.exports.paper.record import record_text
from iga.exports.render.style import STANDARD, Style
from iga.exports.render.templated import filled

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
