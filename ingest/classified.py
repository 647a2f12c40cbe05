"""Notice text that looks classified, so that it is neither stored nor echoed by an unclassified tool."""

import re
from collections.abc import Iterable

from graph.errors import ClassifiedText

# Banner lines and portion marks as 32 CFR 2001.23-24 sets them: SECRET//NOFORN, (S//NF), "2. (C) …".
_HINT = re.compile(r"noforn|secret|confidential|\((?:ts|s|c)[)/]", re.IGNORECASE)
# The same without look-alike letters, which only other text than ASCII has: a tenth of the time.
_WORDS = ("noforn", "secret", "confidential", "(ts", "(s", "(c")
_BANNER = re.compile(r"\b(?:top\s+secret|secret|confidential)\s*//\s*[a-z]|\bnoforn\b", re.IGNORECASE)
_BANNER_LINE = re.compile(r"^[\s*_-]*(?:TOP\s+SECRET|SECRET|CONFIDENTIAL)[\s*_-]*$", re.MULTILINE)
# "(S/RES/2331)" and "(S/PRST/2015/25)" are symbols of Security Council documents.
_PORTION = re.compile(r"\((?!S/(?:RES|PRST|PV|INF)[/.]\d)(?:TS|S|C)\s?//?\s?[A-Z][A-Z0-9 ,/-]*\)")
_PARAGRAPH = re.compile(r"^\s*(?:(?:\d+|[a-z])[.)]\s*|[-•*]\s*)?\((TS|S|C)\)\s+(?P<text>\S.*)$", re.MULTILINE)

# "(C) 2020 Example Ltd" is a copyright, "(C)" after "(B)" a list; a citation like 110(b)(1)(C) opens nothing.
_COPYRIGHT = re.compile(r"(?:copyright\s+)?(?:19|20)\d\d\b", re.IGNORECASE)
_LIST = re.compile(r"^\s*\(B\)\s", re.MULTILINE)


def _is_hinted(text: str) -> bool:
    if text.isascii():
        plain = text.lower()
        if not any(map(plain.__contains__, _WORDS)):
            return False
    return _HINT.search(text) is not None


def looks_classified(text: str) -> bool:
    """Say whether text holds a classification banner, a portion mark or a paragraph that opens with one."""
    if not _is_hinted(text):
        return False
    if _BANNER.search(text) or _BANNER_LINE.search(text) or _PORTION.search(text):
        return True
    return any(not _is_harmless(found, text) for found in _PARAGRAPH.finditer(text))


def _is_harmless(found: re.Match[str], text: str) -> bool:
    return found[1] == "C" and bool(_COPYRIGHT.match(found["text"]) or _LIST.search(text))


def stop_if_classified(cells: Iterable[str], *, header: tuple[str, ...], where: str) -> None:
    """Say nothing unless a cell looks classified; `where` is file and row, `header` the columns' names.

    Raises:
        ClassifiedText: A cell looks classified; the message names row and column and nothing of the text.
    """
    cells = list(cells)
    if not _is_hinted("\n".join(cells)):
        return
    for place, cell in enumerate(cells):
        if looks_classified(cell):
            column = f"column {header[place]!r}" if place < len(header) else f"cell {place + 1}"
            raise ClassifiedText(
                f"{where}, {column}: the text looks classified. The file was not loaded, nothing of it was stored;"
                " handle it by your security officer's rules, and load a version without it"
            )
