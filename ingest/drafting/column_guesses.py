"""What the cells of a column are, as far as its values show: days, money, governments, topics, addresses."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from iga.ingest.dates import day_reader
from iga.ingest.mapping_cells import DateOrder
from iga.ingest.name_tables import bodies, governments
from iga.ingest.rejections import Refusal
from iga.ingest.subjects import is_id
from iga.ingest.value_readers import number, topic, whole, yes_no

Subject: TypeAlias = Literal["id", "government", "body", "topics"]
Channel: TypeAlias = Literal["email", "phone", "url"]
Kind: TypeAlias = Subject | Channel | Literal["blank", "day", "currency", "number", "whole", "yes_no", "text"]

# Nine in ten: a list with a misspelt name in it is still a list of governments.
_SHARE = 0.9
_SEPARATORS = (";", "|", "\n", "/")
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_URL = re.compile(r"https?://\S+|www\.\S+", re.I)
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.I)
_CURRENCY = re.compile(r"[A-Z]{3}")
_CENTURY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EXAMPLES = 3
_DIGITS_OF_A_DAY = 8
# a telephone number has at most 15 digits (E.164), and often those of an extension
_MOST_DIGITS = 20
_DAY = re.compile(r"\d{1,4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,4}|(?:19|20)\d{6}")


@dataclass(frozen=True)
class ColumnGuess:
    """What a column seems to be.

    Attributes:
        name: Its heading.
        kind: What its cells are.
        why: On what that rests, with values of it.
        order: Order of its days; None where they are ISO 8601.
        undecided: Whether it holds days whose order nothing decides.
        split: What parts several values in a cell; blank where there is one.
        filled: Rows of the sample that fill it.
    """

    name: str
    kind: Kind
    why: str
    order: DateOrder | None = None
    undecided: bool = False
    split: str = ""
    filled: int = 0


def guess(name: str, cells: Sequence[str]) -> ColumnGuess:
    """Return what a column seems to be, from the filled cells of the sample."""
    if not cells:
        return ColumnGuess(name, "blank", "no row of the sample fills it")
    shown = ", ".join(map(_shown, list(dict.fromkeys(cells))[:_EXAMPLES]))
    split = _separator(cells)
    parts = [part.strip() for cell in cells for part in (cell.split(split) if split else [cell]) if part.strip()]
    if day := _day(name, cells, shown):
        return day
    for kind, fits, what in _KINDS:
        # a slash parts topics, and days and numbers as well
        is_parted = split and kind in (*get_args(Subject), *get_args(Channel))
        for several, values in ((False, cells), (True, parts)) if is_parted else ((False, cells),):
            share = _share(values, fits)
            if share >= _SHARE:
                reason = f"{share:.0%} of its values are {what}, such as {shown}"
                return ColumnGuess(name, kind, reason, split=split if several else "", filled=len(cells))
    return ColumnGuess(name, "text", f"such as {shown}", split=split, filled=len(cells))


def _shown(cell: str) -> str:
    """Return a value as comments show it: shortened, and of an address or number only what it looks like."""
    if _MAIL.search(cell):
        return repr(re.sub(r"[^@\s,;<>]+@", "…@", cell)[:40])
    if _PHONE.fullmatch(cell) and (cell.startswith("+") or sum(map(str.isdigit, cell)) > _DIGITS_OF_A_DAY):
        return repr(re.sub(r"\d", "0", cell))
    return repr(cell if len(cell) <= 30 else f"{cell[:29]}…")


def _day(name: str, cells: Sequence[str], shown: str) -> ColumnGuess | None:
    """Return the guess that a column holds days, in the order that its values decide; None where it does not."""
    if not all(map(_CENTURY.search, cells)):  # 1200 may be a year, and is an amount
        return None
    orders: tuple[DateOrder | None, ...] = (None, "mdy", "dmy", "ymd")
    read = {order: {cell: _day_in(cell, order) for cell in cells} for order in orders}
    shares = {order: sum(map(bool, days.values())) / len(days) for order, days in read.items()}
    if shares[None] >= _SHARE:
        return ColumnGuess(name, "day", f"days as ISO 8601, such as {shown}", filled=len(cells))
    best = max(shares.values())
    if best < _SHARE:
        return None
    first, *others = (order for order in orders[1:] if shares[order] == best)
    if all(read[order] == read[first] for order in others):
        return ColumnGuess(name, "day", f"days in the order {first}, such as {shown}", first, filled=len(cells))
    reason = f"days of which nothing decides the order, such as {shown}"
    return ColumnGuess(name, "day", reason, None, True, filled=len(cells))


def _day_in(cell: str, order: DateOrder | None) -> str:
    try:
        return day_reader(order)(cell)
    except Refusal:
        return ""


def _separator(cells: Sequence[str]) -> str:
    """Return what parts several values in at least a tenth of the cells; blank where nothing does."""
    for separator in _SEPARATORS:
        if sum(separator in cell for cell in cells) * 10 >= len(cells) and not any(map(_URL.match, cells)):
            return separator
    return ""


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    distinct = set(values)
    return sum(map(fits, distinct)) / len(distinct) if distinct else 0.0


def _is_phone(text: str) -> bool:
    """Say whether a text is written like a telephone number, and like no day."""
    digits = sum(map(str.isdigit, text))
    return bool(_PHONE.fullmatch(text)) and not _DAY.fullmatch(text.strip()) and 7 <= digits <= _MOST_DIGITS


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            read(text)
        except Refusal:
            return False
        return True

    return fits


_KINDS: tuple[tuple[Kind, Callable[[str], bool], str], ...] = (
    ("id", is_id, "ids of the graph"),
    ("email", lambda text: bool(_MAIL.fullmatch(text)), "e-mail addresses"),
    ("url", lambda text: bool(_URL.fullmatch(text)), "web addresses"),
    ("government", lambda text: bool(governments().resolve(text)), "governments that are known"),
    ("currency", lambda text: bool(_CURRENCY.fullmatch(text)), "three capitals, as codes of currencies are"),
    ("body", lambda text: bool(bodies().resolve(text)), "bodies that are known"),
    ("topics", _reads(topic), "topics of the thesaurus"),
    ("yes_no", _reads(yes_no), "yes or no"),
    ("whole", _reads(whole), "whole numbers"),
    ("number", _reads(number), "numbers"),
    ("phone", _is_phone, "numbers of telephones"),
)
