"""A workbook whose ids travel with it: cells are corrected in it, and it is loaded again."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.editable_things import Thing
from exports.sheets import faint, guide, head, list_of, on_one_page, put, saved
from graph.domain.catalog import declared
from ingest.column_meanings import choices_of
from ingest.editing.form import EXPORTED, HIDDEN_HEADER, KEY, LISTS, NAME, NONE, READ_ME, STAMP
from ingest.typed_values import typed

_KEY_WIDTH, _NAME_WIDTH, _WIDTH = 34, 34, 22

_RULES = (
    "Correct cells in the other sheets, save the workbook, and load it: iga load FILE.xlsx. It shows every change, who"
    " said the old value, and asks before anything is written.",
    "Each change becomes a correction in your name with your reason. It can be taken back, and what was said before is"
    " kept beside it.",
    "A cell that is made blank changes nothing. Write {none} to take back the office's own correction of a cell.",
    "The grey columns {key} and {name} tell which thing a row is; leave them as they are. So are columns that tell one"
    " relationship from another.",
    "Dates: 2026-05-01, 2026-05 or 2026. An interval is first day/last day: 2024-01-01/2026-05-31; 2024/.. is stated to"
    " be still open, 2024/ has an end that is not known.",
    "Several values of a list are parted by semicolons. What another source says stays in a list though it is deleted"
    " here.",
    "An amount: 500000 USD obligation 2024-05-01. A channel: email desk@example.org. Another thing: its id, code or"
    " name.",
    "New things are not entered here: use iga add, or a template (iga template). Deleting a row changes nothing.",
    "Never write anything classified, anything about a victim's case, or anything about a private life.",
)


def editable_workbook(things: Sequence[Thing], *, title: str, data_version: str, exported_at: str) -> bytes:
    """Return a workbook with one sheet for each class of things, as the bytes of its file.

    Args:
        things: What it holds.
        title: What is exported, in words.
        data_version: Hash of the graph it is exported from.
        exported_at: Instant of the export, UTC.
    """
    book = Workbook()
    book.properties.title = title
    book.properties.creator = "IGA Graph"
    book.properties.language = "en-US"
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = READ_ME
    classes = dict.fromkeys(thing.cls for thing in things)
    sheets = {cls: book.create_sheet(cls) for cls in classes}
    exported, lists = book.create_sheet(EXPORTED), book.create_sheet(LISTS)
    exported.sheet_state = lists.sheet_state = "hidden"
    for number, text in enumerate((STAMP, data_version, exported_at), 1):
        put(exported, 1, number, text)
    for number, text in enumerate(HIDDEN_HEADER, 1):
        put(exported, 2, number, text)
    line = 3
    for cls, sheet in sheets.items():
        for cells in _fill(sheet, lists, cls, [thing for thing in things if thing.cls == cls]):
            for number, text in enumerate(cells, 1):
                put(exported, line, number, text)
            line += 1
    _explain(first, title, exported_at)
    return saved(book)


def _fill(sheet: Worksheet, lists: Worksheet, cls: str, things: Sequence[Thing]) -> list[tuple[str, ...]]:
    """Write the rows of one class and return what the hidden sheet keeps of them: key, field, text."""
    shape = declared(cls)
    fields = list(shape.rules())
    head(sheet, [KEY, NAME, *fields], widths=[_KEY_WIDTH, _NAME_WIDTH, *[_WIDTH] * len(fields)], kept=2)
    for number, field in enumerate(fields, 3):
        about = shape.model_fields[field]
        prompt = f"{about.description} Example: {(about.examples or [''])[0]}"
        choices, closed = choices_of(shape, field)
        formula = list_of(lists, lists.max_column + 1, f"{cls}.{field}", choices) if choices else ""
        guide(sheet, number, title=field, prompt=prompt, choices=formula, closed=closed)
    kept: list[tuple[str, ...]] = []
    for row, thing in enumerate(things, 2):
        faint([put(sheet, row, 1, thing.key), put(sheet, row, 2, thing.name)])
        kept.append((cls, thing.key, "", ""))
        for number, field in enumerate(fields, 3):
            text = typed(thing.values[field]) if field in thing.values else ""
            cell = put(sheet, row, number, text)
            if field in thing.kept:
                faint([cell])
            if text:
                kept.append((cls, thing.key, field, text))
    return kept


def _explain(sheet: Worksheet, title: str, exported_at: str) -> None:
    head(sheet, ("No.", f"{title}, exported {exported_at[:16].replace('T', ' ')} UTC"), widths=(6, 110))
    for row, rule in enumerate(_RULES, 2):
        put(sheet, row, 1, str(row - 1))
        put(sheet, row, 2, rule.format(none=NONE, key=KEY, name=NAME))
    on_one_page(sheet)
