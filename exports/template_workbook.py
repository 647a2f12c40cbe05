"""A workbook for officers to fill: drop-downs, instructions, one example row; it loads back as it is."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from iga.exports.sheets import faint, guide, head, list_of, new_book, on_one_page, put, saved
from iga.ingest.column_meanings import ColumnMeaning, columns
from iga.ingest.formats.office_workbooks import LISTS, TEMPLATE_STAMP, TEMPLATES
from iga.ingest.formats.table_formats import format_mapping

_HEAD = ("ColumnMeaning", "What it means", "Needed", "What may stand there", "Example")
_WIDTHS = (22, 80, 26, 44, 42)

_RULES = (
    "Fill one row for each {what}. Leave a cell blank where you do not know; blank never means 'none' or 'still'.",
    "Dates: year-month-day, such as 2026-05-01. 2026-05 or 2026 will do where the day is not known. Other orders are"
    " refused, not guessed.",
    "Where several values may stand in a cell, part them by semicolons.",
    "Do not rename, add or remove columns. Their order does not matter, and rows above the header are not read.",
    "A row is left out where the column Skip holds anything, and where all of it is struck through. Colours are not"
    " read.",
    "{marking}",
    "Never write anything classified, anything about a victim's case, or anything about a private life.",
    "The numbers in the column No. are for this workbook alone. For another keeper make another workbook with"
    " iga template, so that one never overwrites the other.",
    "Look first at what would change: iga load FILE.xlsx --dry-run. Then: iga load FILE.xlsx. A row that was changed"
    " is changed; a row that is no longer there stays as it was unless you say --complete.",
)
_MARKING = {
    "internal": "Everything in this workbook is internal; the column Marking can make a row sensitive.",
    "sensitive": "Everything in this workbook is sensitive: keep the file where only those who need it can open it.",
    "public": "A row is internal unless its column Marking says public or sensitive.",
}


def template_workbook(name: str, *, source: str) -> bytes:
    """Return the workbook of a template as the bytes of its file."""
    mapping = format_mapping(name)
    described = columns(mapping)
    book, sheet = new_book(f"{name.capitalize()} for IGA Graph")
    instructions, lists = book.create_sheet("Instructions"), book.create_sheet(LISTS)
    sheet.title = str(mapping.sheet)
    for number, text in enumerate((TEMPLATE_STAMP, name, source), 1):
        put(lists, 1, number, text)
    lists.sheet_state = "hidden"
    _fill(sheet, lists, described)
    rules = [rule.format(what=TEMPLATES[name], marking=_MARKING[mapping.card.marking]) for rule in _RULES]
    _instruct(instructions, f"How to fill the sheet {sheet.title}", rules, described)
    return saved(book)


def _fill(sheet: Worksheet, lists: Worksheet, described: Sequence[ColumnMeaning]) -> None:
    head(sheet, [column.name for column in described], widths=[column.words.width for column in described], kept=3)
    for number, column in enumerate(described, 1):
        choices = list_of(lists, number + 3, column.name, column.choices) if column.choices else ""
        prompt = " ".join(
            filter(None, (column.about, _needed(column) and f"Needed: {_needed(column)}.", _form(column)))
        )
        guide(sheet, number, title=column.name, prompt=prompt, choices=choices, closed=column.is_closed)
    faint(put(sheet, 2, number, column.words.example) for number, column in enumerate(described, 1))


def _instruct(sheet: Worksheet, title: str, rules: Sequence[str], described: Sequence[ColumnMeaning]) -> None:
    """Write the table of columns from row 1, so that it has a header, and the rules below it."""
    head(sheet, _HEAD, widths=_WIDTHS)
    for row, column in enumerate(described, 2):
        texts = (column.name, column.about, _needed(column), _form(column), column.words.example)
        for number, text in enumerate(texts, 1):
            put(sheet, row, number, text)
    first = len(described) + 3
    put(sheet, first, 1, title).font = Font(name="Calibri", size=13, bold=True)
    sheet.cell(row=first, column=1).alignment = Alignment(wrap_text=False)
    for row, rule in enumerate(rules, first + 1):
        put(sheet, row, 1, str(row - first)).alignment = Alignment(horizontal="right", vertical="top")
        put(sheet, row, 2, rule)
    on_one_page(sheet)


def _needed(column: ColumnMeaning) -> str:
    if column.words.needed:
        return "in every row"
    return f"where {column.words.needed_with} is filled" if column.words.needed_with else ""


def _form(column: ColumnMeaning) -> str:
    if column.is_day:
        form = "a day: 2026-05-01, 2026-05 or 2026"
    elif column.is_closed:
        form = "one of the list"
    elif column.choices:
        form = "a word of the list, or another one where none fits"
    else:
        form = "text"
    return f"{form}; several parted by semicolons" if column.is_several else form
