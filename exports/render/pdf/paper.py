"""A document as a tagged PDF (PDF/UA-1), equal bytes for equal content on machines with the same typefaces."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import typst

from exports.paper.document import Document
from exports.paper.record import record_text
from exports.paper.scheme import head_lines
from exports.render.pdf.letters import missing_letters, texts_of, uncommon_letters, without
from exports.render.pdf.parts import Sheet
from exports.render.style import STANDARD, Style
from exports.wording import plain

# As wide as Times New Roman where a machine lacks it; the last one comes with the compiler.
_STAND_INS = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "Libertinus Serif", "DejaVu Sans Mono")
_REPLACED = "Letters that no typeface at hand has are written in Latin letters, or as their Unicode number."
# One round for the letters that the compiler names, one for all that may be missing, one to be sure.
_ROUNDS = 3


def to_pdf(document: Document, *, style: Style = STANDARD) -> bytes:
    """Return the document as the bytes of a PDF/UA-1 file."""
    made_at = datetime.fromisoformat(document.making.as_of).replace(tzinfo=UTC)
    paper = _paper(document, style, made_at)
    missing: frozenset[str] = frozenset()
    for round_ in range(_ROUNDS):
        try:
            return _compiled(paper, made_at)
        except typst.TypstError as error:
            found = missing_letters(error.diagnostic) or uncommon_letters(texts_of(paper["parts"]))
            if round_ == 1:
                found |= uncommon_letters(texts_of(paper["parts"]))
            if not found - missing:
                raise
            missing |= found
            paper = _replaced(_paper(document, style, made_at), missing)
    return _compiled(paper, made_at)


def _compiled(paper: dict[str, Any], made_at: datetime) -> bytes:
    inputs = {"paper": json.dumps(paper, ensure_ascii=False)}
    page = files("exports.render.pdf").joinpath("paper.typ").read_bytes()
    compiler = typst.Compiler(page, sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()))
    assert isinstance(made, bytes)
    return made


def _replaced(paper: dict[str, Any], missing: frozenset[str]) -> dict[str, Any]:
    """Return a paper that says at its end that letters were replaced; its record keeps them as they are."""
    kept = {name: paper[name] for name in ("record", "fonts")}
    changed: dict[str, Any] = without(paper, missing) | kept
    if changed["parts"] != paper["parts"]:
        changed["parts"].append({"kind": "small", "size": "note", "spans": [{"text": _REPLACED}]})
    return changed


def _paper(document: Document, style: Style, made_at: datetime) -> dict[str, Any]:
    head = head_lines(document, style.scheme, is_final=style.is_final)
    return {
        "title": plain(document.title),
        "subtitle": plain(document.subtitle),
        "subject": plain(document.subject),
        "author": "IGA Graph",
        "keywords": list(head),
        "day": [made_at.year, made_at.month, made_at.day],
        "fonts": list(dict.fromkeys((style.font, *_STAND_INS))),
        "sizes": {"text": style.text, "table": style.table, "note": style.note, "margin": style.note + 1},
        "head": list(head),
        "foot": style.scheme.banner(document),
        "parts": list(Sheet(document, style).parts()),
        "record": record_text(document),
    }
