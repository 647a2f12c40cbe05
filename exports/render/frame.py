"""What stands around the sections of every paper, in the same words in every format."""

from collections.abc import Iterator
from dataclasses import replace

from exports.paper.document import Endnote, PaperDocument, Section
from exports.wording import plain
from queries.core.wording import long_day

BOTTOM_LINE = "Bottom line"
CLEARANCE = "Clearance"
ENDNOTES = "Sources"
ANNEX = "Annex"
GAPS = "What the sources lack"
AGAIN = "To make this paper again:"
CONTROLLED = ("Controlled by: U.S. Department of State, [DRAFTER: office]", "CUI category: [DRAFTER: category]")
"""Who controls a paper with CUI, on its first page."""

DRAFTED = ("Drafted", "[DRAFTER: name, office, phone]")
APPROVED = ("Approved", "[DRAFTER: name and office of the approving officer]")
CLEARED = "Cleared"
TO_CLEAR = "[DRAFTER: ok]"
FURTHER = "[DRAFTER: others]"
"""The last of the clearances: the drafter knows offices that the data do not."""


def address(document: PaperDocument) -> tuple[tuple[str, str], ...]:
    """Return the lines above a paper: to whom it goes, from whom, through whom, and on what."""
    return (
        ("TO", "[DRAFTER: principal]"),
        ("FROM", "[DRAFTER: office and name]"),
        ("THROUGH", "[DRAFTER: office, or delete the line]"),
        ("SUBJECT", f"{document.subject}; facts as of {long_day(document.making.as_of)}"),
    )


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
    rest = "" if making.is_full else " The annex, which --full adds, has what else is on record, and every doubt."
    return f"Written by IGA Graph from data version {making.data_version[:12]}.{rest}", document.command


def note_text(note: Endnote) -> str:
    """Return an endnote in one line: who publishes the source, its title, and the day it speaks of."""
    stated = f"as of {long_day(note.stated_on)}" if note.stated_on else "day not stated"
    return plain(", ".join(filter(None, (note.publisher, note.title, stated)))) + "."
