"""What stands around the sections of every paper, in the same words in every format."""

from exports.paper.document import PaperDocument
from exports.paper.statements import Citation
from exports.wording import is_link, plain
from queries.core.wording import long_day

BOTTOM_LINE = "Bottom line"
CLEARANCE = "Clearance"
MAKING = "How this paper was made"
AGAIN = "To make this paper again"
ENDNOTES = "Endnotes"
GAPS = "What the sources lack"
CONTROLLED = ("Controlled by: U.S. Department of State, [DRAFTER: office]", "CUI category: [DRAFTER: category]")
"""Who controls a paper with CUI, on its first page."""

DRAFTED = ("Drafted", "[DRAFTER: name, office, phone]")
APPROVED = ("Approved", "[DRAFTER: name and office of the approving officer]")
CLEARANCE_TITLE = "Offices that clear this paper"
CLEARANCE_HEADER = ("Office", "Why", "Cleared by, on")
TO_CLEAR = "[DRAFTER: name, day, ok or info only]"
FURTHER = ("[DRAFTER: further office]", "[DRAFTER: why]", TO_CLEAR)
"""The last row of the clearances: the drafter knows offices that the data do not."""


def again(document: PaperDocument, ending: str) -> str:
    """Return the command that makes the paper again in a format."""
    return f"{document.command} -o {document.file_stem}.{ending}"


def making_lines(document: PaperDocument, ending: str) -> tuple[str, ...]:
    """Return the lines that say how the paper was made."""
    return (
        f"Facts as of {long_day(document.making.as_of)}.",
        f"Data version {document.making.data_version}",
        f"{AGAIN}: {again(document, ending)}",
    )


def note_parts(note: Citation) -> tuple[str, str, str]:
    """Return an endnote as its title, its link (blank if it has none that is safe), and the rest."""
    stated = f"stated {long_day(note.stated_on)}" if note.stated_on else "day of statement not known"
    link = note.url if is_link(note.url) else ""
    other = f"{plain(note.url)}, " if note.url and not link else ""
    return plain(note.title), link, f"{other}{plain(note.locator)}, {stated}, load {note.load}."
