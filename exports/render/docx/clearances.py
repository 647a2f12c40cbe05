"""The block of clearances: who drafted and approved, and each office that clears."""

from exports.render.docx.grids import add_grid, shares, table_of
from exports.render.docx.names import DRAFTER
from exports.render.docx.page import Page, add_marks, add_text
from exports.render.docx.parts import describe
from exports.render.frame import APPROVED, CLEARANCE, CLEARANCE_HEADER, CLEARANCE_TITLE, DRAFTED, FURTHER, TO_CLEAR

_WIDTHS = (35, 35, 30)


def add_clearances(page: Page) -> None:
    """Add the block; what nobody can know beforehand is left as marked blanks."""
    page.docx.add_paragraph(CLEARANCE, style="Heading 1")
    for role, blank in (DRAFTED, APPROVED):
        paragraph = page.docx.add_paragraph(style=DRAFTER)
        add_text(paragraph, f"{role}: ", is_bold=True)
        add_text(paragraph, blank)
    clearers = page.document.clearers
    rows = [(f"{page.portion(one.marking)}{one.office}", one.reason, TO_CLEAR) for one in clearers]
    lines = add_grid(page, header=CLEARANCE_HEADER, rows=[*rows, FURTHER], inches=shares(_WIDTHS))
    for cells, clearer in zip(lines[1:], clearers, strict=False):
        add_marks(page, cells[0].paragraphs[0], clearer.citations)
    describe(table_of(lines), title=CLEARANCE_TITLE, text=f"{CLEARANCE_TITLE}: {', '.join(CLEARANCE_HEADER)}.")
