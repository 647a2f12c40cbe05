"""A workbook whose ids travel with it: cells are corrected in it, and it is loaded again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from iga.exports.sheets import faint, guide, head, list_of, new_book, on_one_page, put, saved
from iga.graph.domain.catalog import EDGE, NODE, declared
from iga.graph.projection.properties import unflatten
from iga.graph.statements import Values
from iga.ingest.column_meanings import choices_of
from iga.ingest.editing.form import EXPORTED, HIDDEN_HEADER, KEY, LISTS, NAME, NONE, READ_ME, STAMP
from iga.ingest.typed_values import typed
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.reads import (
    CHANNELS_OF,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    MEMBERS_OF,
    MEMBERSHIPS_OF,
    OUR_SIDE_OF,
    POSTS_IN,
)
from iga.queries.core.session import Session

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


@dataclass(frozen=True)
class EditableRow:
    """One node or relationship, as one row.

    Attributes:
        kept: Fields that tell it from others, which a correction cannot change.
    """

    cls: str
    key: str
    name: str
    values: Values
    kept: tuple[str, ...] = ()


def rows_of_parties(session: Session, ids: Sequence[str]) -> list[EditableRow]:
    """Return parties with their posts, holders, channels, memberships and owners, each once, in the order found."""
    of = OfIds(ids=tuple(ids))
    posts = session.read(POSTS_IN, of)
    reached = OfIds(ids=(*of.ids, *dict.fromkeys(post.id for post in posts)))
    holders = session.read(HOLDERS_OF, OfIds(ids=reached.ids))
    channels = session.read(CHANNELS_OF, reached)
    nodes = _nodes(session, [*of.ids, *_ids(posts), *_ids(holders), *_ids(channels)])
    memberships = session.read(MEMBERSHIPS_OF, of)
    ours = [tie for tie in session.read(OUR_SIDE_OF, of) if tie.type == "OWNS_RELATIONSHIP"]
    names = {row.key: row.name for row in nodes}
    ties = [_tie("HOLDS", tie, f"{tie.name} holds {names[tie.subject]}") for tie in holders]
    ties += [_tie("MEMBER_OF", tie, f"{names[tie.subject]} in {tie.name}") for tie in memberships]
    ties += [_tie("OWNS_RELATIONSHIP", tie, f"{tie.name} for {names[tie.subject]}") for tie in ours]
    return [*nodes, *ties]


def rows_of_members(session: Session, ids: Sequence[str]) -> list[EditableRow]:
    """Return the memberships of bodies, by the name of the member."""
    bodies = {row.key: row.name for row in _nodes(session, ids)}
    ties = sorted(session.read(MEMBERS_OF, OfIds(ids=tuple(ids))), key=lambda tie: (tie.subject, tie.name, tie.key))
    return [_tie("MEMBER_OF", tie, f"{tie.name} in {bodies[tie.subject]}") for tie in ties]


def _ids(ties: Iterable[EdgeRow]) -> list[str]:
    return [tie.id for tie in ties]


def _nodes(session: Session, ids: Iterable[str]) -> list[EditableRow]:
    wanted = tuple(dict.fromkeys(ids))
    known = {entity.id: entity for entity in session.read(ENTITIES_BY_ID, OfIds(ids=wanted)) if entity.cls in NODE}
    entities = [known[key] for key in wanted if key in known]
    return [
        EditableRow(entity.cls, entity.id, entity.name, unflatten(entity.cls, entity.values)) for entity in entities
    ]


def _tie(kind: str, tie: EdgeRow, name: str) -> EditableRow:
    return EditableRow(kind, tie.key, name, unflatten(kind, tie.properties), EDGE[kind].identity)


def editable_workbook(rows: Sequence[EditableRow], *, title: str, data_version: str, exported_at: str) -> bytes:
    """Return a workbook with one sheet for each class of things, as the bytes of its file."""
    book, first = new_book(title)
    first.title = READ_ME
    classes = dict.fromkeys(row.cls for row in rows)
    sheets = {cls: book.create_sheet(cls) for cls in classes}
    exported, lists = book.create_sheet(EXPORTED), book.create_sheet(LISTS)
    exported.sheet_state = lists.sheet_state = "hidden"
    hidden: list[Sequence[str]] = [(STAMP, data_version, exported_at), HIDDEN_HEADER]
    for cls, sheet in sheets.items():
        hidden += _fill(sheet, lists, cls, [row for row in rows if row.cls == cls])
    for line, cells in enumerate(hidden, 1):
        for number, text in enumerate(cells, 1):
            put(exported, line, number, text)
    _explain(first, title, exported_at)
    return saved(book)


def _fill(sheet: Worksheet, lists: Worksheet, cls: str, rows: Sequence[EditableRow]) -> list[tuple[str, ...]]:
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
    for line, row in enumerate(rows, 2):
        faint([put(sheet, line, 1, row.key), put(sheet, line, 2, row.name)])
        kept.append((cls, row.key, "", ""))
        for number, field in enumerate(fields, 3):
            text = typed(row.values[field]) if field in row.values else ""
            cell = put(sheet, line, number, text)
            if field in row.kept:
                faint([cell])
            if text:
                kept.append((cls, row.key, field, text))
    return kept


def _explain(sheet: Worksheet, title: str, exported_at: str) -> None:
    head(sheet, ("No.", f"{title}, exported {exported_at[:16].replace('T', ' ')} UTC"), widths=(6, 110))
    for row, rule in enumerate(_RULES, 2):
        put(sheet, row, 1, str(row - 1))
        put(sheet, row, 2, rule.format(none=NONE, key=KEY, name=NAME))
    on_one_page(sheet)
