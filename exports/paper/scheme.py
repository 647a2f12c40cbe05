"""Marking schemes: the banner at the head and foot of a page, and the mark before a paragraph."""

from dataclasses import dataclass

from exports.paper.document import PaperDocument
from graph.domain.marking import Marking

FICTIONAL_LINE = "FICTIONAL SAMPLE DATA"
DRAFT_LINE = "DRAFT"


@dataclass(frozen=True)
class Scheme:
    """How a paper is marked; the program never holds anything classified.

    Attributes:
        name: What it is asked for by.
        open_banner: Banner of a paper of which nothing is protected; blank is none.
        protected_banner: Banner where something is.
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
        """Say whether the paper has to name who controls it."""
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
    """Return the lines that stand at the head of every page."""
    fictional = FICTIONAL_LINE if document.is_fictional else ""
    return tuple(line for line in (scheme.banner(document), "" if is_final else DRAFT_LINE, fictional) if line)
