"""How papers look and are marked: settings of the environment, of a file, and of one paper."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from iga.exports.paper.document import PaperDocument
from iga.graph.domain.marking import Marking
from iga.graph.errors import SettingsError, UsageError

_SIZES = {"text": (8, 24), "table": (6, 24), "note": (6, 24)}
_FONT_LENGTH = 100


PRACTICE_LINE = "CONTAINS PRACTICE RECORDS"
DRAFT_LINE = "DRAFT"


@dataclass(frozen=True)
class Scheme:
    """How a paper is marked; the program never holds anything classified.

    Attributes:
        open_banner: Banner of a paper of which nothing is protected; blank is none.
        open_mark: Mark before a paragraph of which nothing is protected, blank is none.
        protected_mark: Mark before one of which something is.
        controlled_by: Whether the first page says who controls it, as 32 CFR 2002.20(b) wants for CUI.
    """

    name: str
    open_banner: str
    protected_banner: str
    open_mark: str
    protected_mark: str
    controlled_by: bool = False

    def banner(self, document: PaperDocument) -> str:
        """Return the banner of a paper: the high-water mark of all that is inside."""
        return self.open_banner if document.marking is Marking.PUBLIC else self.protected_banner

    def portion(self, marking: Marking, document: PaperDocument) -> str:
        """Return the mark of a paragraph with a space behind it.

        Blank where the scheme has none, and in a paper of which nothing is protected: its banner says so of every
        paragraph.
        """
        if document.marking is Marking.PUBLIC:
            return ""
        mark = self.open_mark if marking is Marking.PUBLIC else self.protected_mark
        return f"{mark} " if mark else ""

    def controls(self, document: PaperDocument) -> bool:
        """True if the paper has to name who controls it."""
        return self.controlled_by and document.marking is not Marking.PUBLIC


SCHEMES = {
    scheme.name: scheme
    for scheme in (
        Scheme("none", "", "", "", ""),
        Scheme("sbu", "UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", "(U)", "(SBU)"),
        Scheme("cui", "UNCLASSIFIED", "CUI", "(U)", "(CUI)", controlled_by=True),
    )
}
"""The schemes by name. State marks by the Foreign Affairs Manual (SBU); most other agencies by 32 CFR 2002 (CUI)."""


def head_lines(document: PaperDocument, scheme: Scheme, *, is_final: bool) -> tuple[str, ...]:
    """Return the lines that stand at the head of every page, two at most: more would run into the title."""
    state = ("" if is_final else DRAFT_LINE, PRACTICE_LINE if document.is_fictional else "")
    return tuple(filter(None, (scheme.banner(document), " · ".join(filter(None, state)))))


@dataclass(frozen=True)
class Style:
    """The typeface with its sizes in points, the marking scheme, and whether the paper is a draft.

    Papers to the Executive Secretariat are in Times New Roman 14 since December 10, 2025, treaty papers in
    Courier New 12: https://daringfireball.net/misc/2025/12/state-department-return-to-tradition.text

    Attributes:
        font: Typeface of everything; where a machine lacks it, one that is as wide stands in.
        table: Size of what stands in tables and charts.
        note: Size of endnotes, and of what is behind the body.
        is_final: Whether the line that says DRAFT is left out.
        reference: A .docx whose styles, margins and page size are taken; None is our own. Only for .docx.
    """

    font: str = "Times New Roman"
    text: float = 14
    table: float = 11
    note: float = 9
    scheme: Scheme = field(default=SCHEMES["sbu"])
    is_final: bool = False
    reference: bytes | None = field(default=None, repr=False)


STANDARD = Style()


def style_of(environ: Mapping[str, str]) -> Style:
    """Return the style that the environment asks for.

    Raises:
        SettingsError: A value cannot be used.
    """
    base = STANDARD
    try:
        if font := environ.get("IGA_PAPER_FONT"):
            base = replace(base, font=_font(font))
        if size := environ.get("IGA_PAPER_SIZE"):
            text = _size("text", size)
            base = replace(base, text=text, table=max(6, text - 3), note=max(6, text - 5))
        if scheme := environ.get("IGA_PAPER_MARKING"):
            base = replace(base, scheme=scheme_named(scheme))
    except UsageError as error:
        raise SettingsError(f"IGA_PAPER_…: {error.message}") from error
    return base


def scheme_named(name: str) -> Scheme:
    """Return a marking scheme.

    Raises:
        UsageError: There is no such scheme.
    """
    if name not in SCHEMES:
        raise UsageError(f"there is no marking scheme {name!r}; schemes are {', '.join(SCHEMES)}")
    return SCHEMES[name]


def styled(path: Path, *, base: Style) -> Style:
    """Return the style of a TOML file, such as ``font = "Courier New"`` and ``text = 12``.

    Raises:
        UsageError: The file cannot be read, or holds something else.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"the style {path.name} cannot be read: {error}") from error
    known = {field.name for field in fields(Style)} - {"is_final", "reference", "scheme"} | {"marking"}
    if wrong := sorted(set(settings) - known):
        raise UsageError(f"the style {path.name} has {', '.join(wrong)}; it may have {', '.join(sorted(known))}")
    return replace(base, **dict(_setting(name, value) for name, value in settings.items()))


def _setting(name: str, value: Any) -> tuple[str, Any]:
    if name == "marking":
        return "scheme", scheme_named(str(value))
    return (name, _font(value)) if name == "font" else (name, _size(name, value))


def _font(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > _FONT_LENGTH or not name.isprintable():
        raise UsageError(f"font: {name!r} is no name of a typeface, such as Times New Roman")
    return name.strip()


def _size(name: str, value: Any) -> float:
    least, most = _SIZES[name]
    try:
        size = float(value)
    except (TypeError, ValueError):
        size = float("nan")
    if not least <= size <= most or isinstance(value, bool):
        raise UsageError(f"{name}: {value!r} is no size in points; write a number from {least} to {most}")
    return size
