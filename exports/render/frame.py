"""What stands around the sections of every paper, in the same words in every format."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from iga.exports.paper.document import Endnote, PaperDocument, Section
from iga.exports.paper.statements import BLANK_START, OWN_WORDS, Blank
from iga.exports.wording import plain
from iga.queries.core.wording import long_day

BOTTOM_LINE = "Bottom line"
CLEARANCE = "Clearance"
ENDNOTES = "Sources"
ANNEX = "Annex"
GAPS = "What the sources lack"
AGAIN = "To make this paper again:"
CONTROLLED = ("Controlled by: U.S. Department of State, [DRAFTER: office]", "CUI category: [DRAFTER: category]")
"""Who controls a paper with CUI, on its first page."""

ADDRESSED = (
    ("TO", "[DRAFTER: principal]"),
    ("FROM", "[DRAFTER: office and name]"),
    ("THROUGH", "[DRAFTER: office, or delete the line]"),
)
DRAFTED = ("Drafted", "[DRAFTER: name, office, phone]")
APPROVED = ("Approved", "[DRAFTER: name and office of the approving officer]")
CLEARED = "Cleared"
TO_CLEAR = "[DRAFTER: ok]"
FURTHER = "[DRAFTER: others]"
"""The last of the clearances: the drafter knows offices that the data do not."""


def address(document: PaperDocument) -> tuple[tuple[str, str], ...]:
    """Return the lines above a paper: to whom it goes, from whom, through whom, and on what."""
    subject = f"{document.subject}; facts as of {long_day(document.making.as_of)}"
    return *_filled(document, ADDRESSED), ("SUBJECT", subject)


def signers(document: PaperDocument) -> tuple[tuple[str, str], ...]:
    """Return the lines of who drafted and who approved a paper."""
    return _filled(document, (DRAFTED, APPROVED))


def as_asked(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give what stands before each line, and what the drafter is asked to write there."""
    return ((role, prompt.removeprefix(BLANK_START).removesuffix("]")) for role, prompt in lines)


def _filled(document: PaperDocument, lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((role, plain(document.own_lines.get(role, "")) or prompt) for role, prompt in lines)


def annexes(document: PaperDocument) -> Iterator[Section]:
    """Give the sections of the annex, those of level 1 numbered, the first on a page of its own."""
    number = 0
    for section in document.annex:
        number += section.level == 1
        heading = f"{ANNEX} {number}: {section.heading}" if section.level == 1 else section.heading
        yield replace(section, heading=heading, starts_page=section.starts_page or section is document.annex[0])


def making_lines(document: PaperDocument) -> tuple[str, str]:
    """Return how the paper was made, and the command that makes it again: it names no file, so it overwrites none."""
    making = document.making
    rest = "" if making.is_full else " The annex, which --full adds, has what else is on file, and every doubt."
    own = f" What {OWN_WORDS} stands behind is the drafter's own, and has no source." if has_own_words(document) else ""
    return f"Written by IGA Graph from data version {making.data_version[:12]}.{rest}{own}", document.command


def has_own_words(document: PaperDocument) -> bool:
    """True if the drafter wrote something between what has a source."""
    return any(isinstance(block, Blank) and block.words for section in document.sections for block in section.blocks)


def note_text(note: Endnote) -> str:
    """Return an endnote in one line: who publishes the source, its title, and the day it speaks of."""
    stated = f"as of {long_day(note.stated_on)}" if note.stated_on else "day not stated"
    return plain(", ".join(filter(None, (note.publisher, note.title, stated)))) + "."
