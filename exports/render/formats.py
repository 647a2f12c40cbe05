"""The formats of papers, told by the ending of a file."""

from pathlib import Path

from iga.exports.paper.document import PaperDocument
from iga.exports.render.style import STANDARD, Style
from iga.exports.writing import sealed
from iga.graph.errors import UsageError

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
        from iga.exports.render.pdf import to_pdf

        return to_pdf(document, style=style)
    if ending == "html":
        from iga.exports.render.templated import to_html

        return to_html(document, style=style).encode()
    from iga.exports.render.markdown import to_markdown

    return to_markdown(document, style=style).encode()
