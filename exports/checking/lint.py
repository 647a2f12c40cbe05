"""Examines a paper as its drafter left it: length, bottom line, acronyms, numbers, blanks, clearances."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from iga.exports.checking.draft import DraftLine
from iga.exports.paper.charts import FIRM
from iga.exports.paper.document import BOTTOM_SENTENCES
from iga.exports.paper.length import lines_of, pages_of
from iga.exports.paper.statements import BLANK_START
from iga.exports.render.frame import ANNEX, APPROVED, BOTTOM_LINE, CLEARANCE, CLEARED, DRAFTED, ENDNOTES, TO_CLEAR

_BEHIND = re.compile(rf"{ANNEX} 1:|{ENDNOTES}$")
"""The heading at which the pages end that are read."""
# Longer than these printed lines is no bottom line, however few its sentences are.
_BOTTOM_LINES = 10
_SENTENCE_END = re.compile(r"(?<!U\.S)(?<!\bNo)(?<!\bSt)(?<![ (][A-Z])[.!?]”?(?= +[A-Z\[“])")
# A currency before its amount is none.
_ACRONYM = re.compile(r"(?<![\w/.@-])([A-Z][A-Z&]{1,9})(?![\w@/-]| \d)")
_LEFT = re.compile(r"and [\d,]+ more(: .*)?")
"""What a cap left out, perhaps with the command that shows it."""
_MARK = re.compile(r"^\((?:U|SBU|CUI)\) ")
# What every reader of the office knows, and what is no acronym.
_KNOWN = frozenset(
    {
        *("US", "UN", "USA", "USD", "EUR", "GBP", "CHF", "EU", "TIP", "THB", "NGO", "TVPA", "IGA", "SBU", "CUI"),
        *(
            "OSCE",
            "ODIHR",
            "OSR",
            "CTHB",
            "UNODC",
            "UNTOC",
            "ILO",
            "IOM",
            "OAS",
            "ASEAN",
            "UNICEF",
            "PITF",
            "CPC",
            "FY",
        ),
        *("CRC", "HRC", "COP", "CCPCJ", "GRETA", "ICAT", "RSO", "NAP", "CEACR"),
        *("UNVIE", "USUN", "USOSCE", "USNATO", "USEU", "USOAS", "USAU", "TO", "FROM", "THROUGH", "SUBJECT"),
        *("DRAFTER", "DRAFT", "UNCLASSIFIED", "AM", "PM", "II", "III", "IV", "VI", "VII", "VIII", "IX"),
    }
)
_NUMBER = re.compile(r"(?<![\w-])(?:\$|USD |EUR )?\d[\d,.]*(?:\s?%| percent)?")
# A year or a day is no figure that needs a source of its own.
_DAY = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}(?:[–-]\d{1,2})?)?,? ?)?(?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d\d(?:-\d\d)?\b"
)
# What the program itself says of its data is credited to it, not to a source.
_OWN_SECTIONS = frozenset({CLEARANCE, "To be settled first", "What is not known"})


@dataclass(frozen=True)
class LintFinding:
    """One thing to mend.

    Attributes:
        rule: Which rule: length, bottom-line, acronym, uncited-number, blank, clearance or draft-line.
        is_open: Whether it is a place that the drafter has still to fill, and no fault.
    """

    rule: str
    section: str
    place: str
    text: str
    fix: str
    is_open: bool = False


def findings(lines: Sequence[DraftLine], *, longest: int | None = None) -> tuple[LintFinding, ...]:
    """Return what to mend in a paper, in the order of the rules, each from the top."""
    body = list(takewhile(lambda line: not (line.is_heading and _BEHIND.match(line.text)), lines))
    return (
        *_length(body, longest),
        *_bottom_line(body),
        *_acronyms(body),
        *_numbers(body),
        *_blanks(body),
        *_clearances(body),
    )


def _length(body: Sequence[DraftLine], longest: int | None) -> Iterator[LintFinding]:
    pages = pages_of([line.text for line in body], rows=[line.text for line in body if line.is_row])
    if longest is not None and pages > longest:
        fault = f"about {pages} pages before the endnotes; {longest} are usual"
        yield LintFinding("length", "", "whole paper", fault, "Cut what the reader does not need, or move it to a tab.")


def _bottom_line(body: Sequence[DraftLine]) -> Iterator[LintFinding]:
    lines = [line for line in body if line.section == BOTTOM_LINE and not line.is_heading]
    lines = [line for line in lines if BLANK_START not in line.text]
    if not lines:
        yield LintFinding(
            "bottom-line", BOTTOM_LINE, "", "there is none", "Say in four sentences what the reader must know."
        )
        return
    texts = [_MARK.sub("", line.text) for line in lines]
    sentences = sum(len(_SENTENCE_END.findall(text)) + 1 for text in texts)
    printed = sum(map(lines_of, texts))
    if sentences > BOTTOM_SENTENCES or printed > _BOTTOM_LINES:
        fault = f"about {sentences} sentences on {printed} lines; {BOTTOM_SENTENCES} on {_BOTTOM_LINES} at most"
        yield LintFinding("bottom-line", BOTTOM_LINE, lines[-1].place, fault, "Shorten it to what decides.")


def _acronyms(body: Sequence[DraftLine]) -> Iterator[LintFinding]:
    explained: set[str] = set(_KNOWN)
    for line in body:
        text = _MARK.sub("", line.text)
        # A line in capitals is a name or a marking; clearing offices go by their acronyms.
        if text.isupper() or line.section == CLEARANCE or _LEFT.fullmatch(text.strip()):
            continue
        explained.update(re.findall(r"\w[^()]*\(([A-Z][A-Z&]{1,9})\)", text))
        for acronym in _ACRONYM.findall(text):
            if acronym not in explained:
                explained.add(acronym)
                fix = f"Write it out where it comes first: … ({acronym})."
                fault = f"{acronym} is not written out"
                # In a statement with its source it stands as the source writes it.
                yield LintFinding("acronym", line.section, line.place, fault, fix, is_open=line.is_cited)


def _numbers(body: Sequence[DraftLine]) -> Iterator[LintFinding]:
    is_under_cited = False  # rows under a caption with an endnote rest on that
    for line in body:
        if not line.is_row and not line.text.startswith(FIRM):  # the key stands between a chart and its table
            is_under_cited = line.is_cited
        if (
            line.is_cited
            or (line.is_row and is_under_cited)
            or line.is_heading
            or line.section in _OWN_SECTIONS
            or not line.section
        ):
            continue
        text = _DAY.sub("", _MARK.sub("", line.text))
        if _LEFT.fullmatch(text.strip()) or text.startswith(BLANK_START):
            continue
        for number in _NUMBER.findall(text)[:1]:
            fault = f"{number.strip()} has no endnote: {line.text[:80]}"
            yield LintFinding("uncited-number", line.section, line.place, fault, "Cite its source, or take it out.")


def _blanks(body: Sequence[DraftLine]) -> Iterator[LintFinding]:
    for line in body:
        if line.section != CLEARANCE:
            for blank in re.findall(r"\[DRAFTER: [^\]]*\]", line.text):
                yield LintFinding(
                    "blank", line.section, line.place, blank, "Fill it, or delete the line.", is_open=True
                )


def _clearances(body: Sequence[DraftLine]) -> Iterator[LintFinding]:
    block = [line for line in body if line.section == CLEARANCE and not line.is_heading]
    if not block:
        yield LintFinding(
            "clearance", CLEARANCE, "", "the block of clearances is gone", "Put it back before it goes up."
        )
    for line in block:
        if any(line.text.startswith(f"{role}: {BLANK_START}") for role, _ in (DRAFTED, APPROVED)):
            role = line.text.partition(":")[0]
            missing = [f"{role} by nobody yet"]
        else:
            offices = line.text.removeprefix(f"{CLEARED}: ").split(";")
            missing = [f"{it.partition(TO_CLEAR)[0].strip()} has not cleared" for it in offices if TO_CLEAR in it]
        for text in missing:
            fix = "Name the officer, or delete the office."
            yield LintFinding("clearance", CLEARANCE, line.place, text, fix, is_open=True)
