"""Notice text that looks classified, so that it is neither stored nor echoed by an unclassified tool."""

import re
import unicodedata
from collections.abc import Iterable

from iga.graph.errors import ClassifiedText
from iga.graph.names.look_alikes import seen_as

# Banner lines and portion marks as 32 CFR 2001.23-24 sets them, SECRET//NOFORN, (S//NF), "2. (C) …", the block of
# 2001.21 that names who classified a text and until when, and banners as cables space them, S E C R E T.
_WORDS = (
    *("noforn", "secret", "confidential", "s e c r e t", "c o n f i d e n t i a l"),
    *("(ts", "(s", "(c", "(u//", "ts//", "s//", "declassify on", "classified by", "decl:"),
)
_CONTROL = "NF|NOFORN|OC|ORCON|REL(?: TO)?|FGI|RD|FRD|SI|TK|HCS|SAP|PR|PROPIN|IMC|IMCON|RELIDO|FISA|RESTRICTED"
_BANNER = re.compile(
    r"(?<![a-z])(?:top[ _-]*secret|secret|confidential)\s*//\s*[a-z]|(?<![a-z])noforn(?![a-z])", re.IGNORECASE
)
_SPACED = re.compile(r"\b(?:S E C R E T|C O N F I D E N T I A L)\b")
_BANNER_LINE = re.compile(r"^[\s*_-]*(?:TOP\s+SECRET|SECRET|CONFIDENTIAL)[\s*_-]*$", re.MULTILINE)
_PORTION = re.compile(rf"\((?:TS|S|C)\s?(?://\s?[A-Z][A-Z0-9 ,/-]*|/\s?(?:{_CONTROL})\b[A-Z0-9 ,/-]*)\)")
_BARE_PORTION = re.compile(rf"^\s*(?:TS|S|C)//(?:{_CONTROL})\b", re.MULTILINE)
_BLOCK = re.compile(
    r"^\W*(?:classified by|derived from)\s*:.*\S|\bdeclassify on\s*:|\bE\.?O\.? ?1(?:2958|3526)\W+decl\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"^\s*¶?(?:(?:\d+|[a-z])[.)]\s*|[-•*]\s*)?\((TS|S|C)\)\s+(?P<text>\S.*)$", re.MULTILINE)

# "(C) 2020 Example Ltd" is a copyright, "(C)" after "(B)" a list; a citation like 110(b)(1)(C) opens nothing, also
# not where a line breaks within it.
_COPYRIGHT = re.compile(r"(?:copyright\s+)?(?:19|20)\d\d\b", re.IGNORECASE)
_LIST = re.compile(r"^\s*\(B\)\s", re.MULTILINE)
_CITED = re.compile(
    r"(?:\(\w{1,4}\)|§\s*[\w.-]+|\b(?:section|sec\.|paragraph|para\.|clause|article)\s+[\w.-]+)[\s,]*$", re.IGNORECASE
)


def looks_classified(text: str) -> bool:
    """True if text holds a classification banner, a portion mark or a paragraph that opens with one.

    Neither look-alike letters nor characters that are not seen hide it.
    """
    plain = text if text.isascii() else _as_seen(text)
    if not _is_hinted(plain):
        return False
    if any(mark.search(plain) for mark in (_BANNER, _SPACED, _BANNER_LINE, _PORTION, _BARE_PORTION, _BLOCK)):
        return True
    return any(not _is_harmless(paragraph, plain) for paragraph in _PARAGRAPH.finditer(plain))


def _as_seen(text: str) -> str:
    """Return text without accents, hidden characters and look-alikes; lines stay lines."""
    shown = unicodedata.normalize("NFKD", seen_as(text))
    return "".join(letter for letter in shown if not unicodedata.combining(letter))


def _is_hinted(plain: str) -> bool:
    """True if a text is worth a closer look: a tenth of the time."""
    return any(map(plain.lower().__contains__, _WORDS))


def _is_harmless(paragraph: re.Match[str], text: str) -> bool:
    if _CITED.search(text, 0, paragraph.start()):
        return True
    return paragraph[1] == "C" and bool(_COPYRIGHT.match(paragraph["text"]) or _LIST.search(text))


def stop_if_classified(cells: Iterable[str], *, header: tuple[str, ...], where: str) -> None:
    """Say nothing unless a cell looks classified; `where` is file and row, `header` the columns' names.

    Raises:
        ClassifiedText: A cell looks classified; the message names row and column and nothing of the text.
    """
    cells = list(cells)
    together = "\n".join(cells)
    if together.isascii() and not _is_hinted(together):
        return
    for place, cell in enumerate(cells):
        if looks_classified(cell):
            column = f"column {header[place]!r}" if place < len(header) else f"cell {place + 1}"
            raise ClassifiedText(
                f"{where}, {column}: the text looks classified. The file was not loaded, nothing of it was stored;"
                " handle it by your security officer's rules, and load a version without it"
            )
