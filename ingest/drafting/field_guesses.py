"""Which class the rows of a file are about, and which of its fields and relationships each column tells."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from iga.graph.domain.catalog import NODE
from iga.graph.text import folded
from iga.ingest.dates import day_reader
from iga.ingest.fields import usual_reader
from iga.ingest.mapping_cells import DateOrder
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.name_tables import bodies, governments
from iga.ingest.numbers import unit_of
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
    """True if a text is written like a telephone number, and like no day."""
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


USUAL_CLASS = "Organization"
_YEARS = ("year", "fiscal_year")

UNKNOWN = "nothing in the headings or the file's name tells what the rows are about: write the class that they are"
"""Why a class is the usual one."""


def heading_words(name: str) -> Any:
    """Return words of headings by which a draft guesses: a part of ``words.yaml``."""
    return bundled_yaml("iga.ingest.drafting", "words.yaml")[name]


@dataclass(frozen=True)
class FieldGuess:
    """A field and the cell, as YAML, that fills it."""

    field: str
    cell: str
    why: str
    columns: tuple[str, ...]


def class_of(words_of: Sequence[str]) -> tuple[str, str]:
    """Return the class that headings and file name speak for, and why."""
    words = {word for text in words_of for word in folded(text).split()}
    for cls, known in heading_words("classes").items():
        if spoken := sorted(words.intersection(known)):
            return cls, f"the file speaks of {' and '.join(repr(word) for word in spoken[:3])}"
    return USUAL_CLASS, UNKNOWN


def fields_of(cls: str, guesses: Sequence[ColumnGuess], *, as_of: str = "") -> list[FieldGuess]:
    """Return the fields of a class that columns seem to fill, each column once, the name first."""
    free = {guess.name: guess for guess in guesses if guess.kind != "blank"}
    chosen: dict[str, FieldGuess] = {}
    for made in (*_named(cls, free), *_money(cls, free, as_of), *_interval(cls, free), *_by_kind(cls, free)):
        if made.field not in chosen and set(made.columns) <= free.keys():
            chosen[made.field] = made
            for column in made.columns:
                del free[column]
    texts = [column for column in free.values() if column.kind == "text" and not _is_other(cls, column)]
    if "name" in chosen or not texts:
        return list(chosen.values())
    first = max(texts, key=lambda column: column.filled)
    why = f"the text that most rows fill; {first.why}"
    return [FieldGuess("name", column_cell(first), why, (first.name,)), *chosen.values()]


def _is_other(cls: str, guess: ColumnGuess) -> bool:
    """True if a heading speaks of somebody that a thing is related to: the recipient is not the award's name."""
    labels = {cls, *NODE[cls].all_labels()}
    return any("words" in rule and _speaks(rule, labels, guess) for rule in heading_words("relationships"))


def _named(cls: str, free: Mapping[str, ColumnGuess]) -> Iterator[FieldGuess]:
    """Yield the fields whose name, or another word for it, a heading is."""
    rules = NODE[cls].rules()
    for field in ("name", *(name for name in rules if name != "name")):
        if field not in rules or rules[field].shape in ("interval", "money", "channel"):
            continue
        names = {folded(field.replace("_", " ")), *heading_words("synonyms").get(field, ())}
        for guess in [column for column in free.values() if folded(column.name) in names and _fits(cls, field, column)]:
            is_year = guess.kind == "day" and field in _YEARS
            cell = quoted(guess.name) if is_year else column_cell(guess, many=rules[field].shape == "list")
            yield FieldGuess(field, cell, f"its heading; {guess.why}", (guess.name,))


def _by_kind(cls: str, free: Mapping[str, ColumnGuess]) -> Iterator[FieldGuess]:
    """Yield the fields that a column fills because of what its values are."""
    rules = NODE[cls].rules()
    fields = {"url": ("website",), "topics": ("topics",), "government": ("country", "government")}
    for guess in list(free.values()):
        for field in (name for name in fields.get(guess.kind, ()) if name in rules):
            cell = column_cell(guess, many=rules[field].shape == "list")
            yield FieldGuess(field, cell, guess.why, (guess.name,))


def _interval(cls: str, free: Mapping[str, ColumnGuess]) -> Iterator[FieldGuess]:
    field = next((name for name in ("period", "existence") if name in NODE[cls].rules()), "")
    days = [guess for guess in free.values() if guess.kind == "day" and not guess.undecided]
    if "stated_total" in NODE[cls].rules():  # the day of an award is not the first of its period
        days = [day for day in days if not _spoken_of("amount day", [day])]
    # a party begins when it is founded; other days of it are those of something else
    start = _spoken_of("founded" if field == "existence" else "start", days)
    end = _spoken_of("end", [day for day in days if day is not start])
    if not field or not (start or end):
        return
    parts = [f"{part}: {column_cell(column)}" for part, column in (("start", start), ("end", end)) if column]
    columns = tuple(column.name for column in (start, end) if column)
    why = "; ".join(column.why for column in (start, end) if column)
    yield FieldGuess(field, f"{{{', '.join(parts)}}}", f"{why}; a blank end stays unknown", columns)


def _money(cls: str, free: Mapping[str, ColumnGuess], as_of: str) -> Iterator[FieldGuess]:
    """Yield an amount whose currency, measure and day the file tells; without them it is none."""
    if "stated_total" not in NODE[cls].rules():
        return
    days = [column for column in free.values() if column.kind == "day" and not column.undecided]
    day = _spoken_of("amount day", days)
    coded = next((column for column in free.values() if column.kind == "currency"), None)
    for guess in [column for column in free.values() if column.kind in ("number", "whole")]:
        heading = guess.name.casefold()
        measure = next((known for word, known in heading_words("measures").items() if word in heading), "")
        code = next((known for word, known in heading_words("currencies").items() if word in heading), "")
        if not measure or not (coded or code) or not (day or as_of):
            continue
        currency = column_cell(coded) if coded else f"{{const: {code}}}"
        value_date = column_cell(day) if day else f"{{const: {quoted(as_of)}}}"
        parts = f"amount: {amount_cell(guess)}, currency: {currency}, measure: {{const: {measure}}}"
        columns = (guess.name, *(column.name for column in (coded, day) if column))
        of = f"the day is that of {day.name!r}" if day else "the day is that of the file"
        why = f"{guess.why}; the heading tells the measure {measure}; {of}"
        yield FieldGuess("stated_total", f"{{{parts}, value_date: {value_date}}}", why, columns)


def _fits(cls: str, field: str, guess: ColumnGuess) -> bool:
    """True if the values of a column can be those of a field."""
    rule, reads = NODE[cls].rules()[field], usual_reader(NODE[cls], field)
    if rule.shape == "ref":
        return guess.kind in ("government", "body", "id") and (guess.kind != "body" or rule.refers_to == "Party")
    if reads == "day" or field in _YEARS:
        return guess.kind in ("day", "whole" if field in _YEARS else "day") and not guess.undecided
    wanted = {"topics": ("topics",), "whole": ("whole",), "number": ("number", "whole"), "yes_no": ("yes_no",)}
    return guess.kind in wanted.get(reads, (guess.kind,))


def _spoken_of(what: str, columns: Sequence[ColumnGuess]) -> ColumnGuess | None:
    """Return the column whose heading has the first of some words that one has."""
    matches = (
        column
        for word in heading_words(what)
        for column in columns
        if re.search(rf"\b{word}\b", folded(column.name)) is not None
    )
    return next(matches, None)


def column_cell(guess: ColumnGuess, *, many: bool = False) -> str:
    """Return the cell of a column, as YAML, with the reader that its values ask for; `many` splits it."""
    parts = [f"column: {quoted(guess.name)}"]
    if guess.kind in ("government", "body", "day", "topics", "id"):
        parts.append(f"read: {guess.kind}")
    if guess.kind == "day" and guess.order:
        parts.append(f"order: {guess.order}")
    if guess.split and many:
        parts.append(f"split: {quoted(guess.split)}")
    return f"{{{', '.join(parts)}}}" if len(parts) > 1 else quoted(guess.name)


def amount_cell(guess: ColumnGuess) -> str:
    """Return the cell of an amount, written out where its heading says thousands or millions, as YAML."""
    unit = unit_of(guess.name)
    return f"{{column: {quoted(guess.name)}, times: {unit}}}" if unit > 1 else quoted(guess.name)


def quoted(text: str) -> str:
    """Return a text as a YAML scalar, in quotes where it could be taken for something else."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_ -]*[A-Za-z0-9]|[A-Za-z]", text)
    if plain and text.casefold() not in ("true", "false", "null", "yes", "no", "on", "off"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


_MAIN = "{block: main}"


@dataclass(frozen=True)
class RelationshipGuess:
    """A relationship of the thing that a row is about, and the block of a channel where it is one.

    Attributes:
        edge: The edge block, as YAML on one line.
        block: Name and lines of the node block that it needs; empty for none.
    """

    edge: str
    why: str
    column: str
    block: tuple[str, ...] = ()


def relationships_of(cls: str, guesses: Sequence[ColumnGuess]) -> Iterator[RelationshipGuess]:
    """Yield the relationships and channels that columns seem to speak of, each column once."""
    labels = {cls, *NODE[cls].all_labels()}
    channels = [guess for guess in guesses if guess.kind in ("email", "phone") and "Party" in labels]
    for guess in guesses:
        if guess in channels:
            yield _channel(guess, f"channel_{channels.index(guess) + 1}")
        elif rule := next((rule for rule in heading_words("relationships") if _speaks(rule, labels, guess)), None):
            yield _relationship(rule, guess)


def _speaks(rule: Mapping[str, Any], labels: set[str], guess: ColumnGuess) -> bool:
    if not labels & set(rule["classes"]) or guess.kind not in rule["kinds"]:
        return False
    return "words" not in rule or not set(folded(guess.name).split()).isdisjoint(rule["words"])


def _relationship(rule: Mapping[str, Any], guess: ColumnGuess) -> RelationshipGuess:
    reads = "read: id" if guess.kind == "id" else rule["reads"]
    cell = f"{{column: {quoted(guess.name)}, {reads}}}"
    source, target = (_MAIN, cell) if rule["end"] == "target" else (cell, _MAIN)
    repeated = f"each: {{column: {quoted(guess.name)}, split: {quoted(guess.split)}}}, " if guess.split else ""
    when = "" if guess.split else f", when: {{column: {quoted(guess.name)}, filled: true}}"
    edge = f"{{type: {rule['type']}, {repeated}source: {source}, target: {target}{when}}}"
    return RelationshipGuess(edge, guess.why, guess.name)


def _channel(guess: ColumnGuess, block: str) -> RelationshipGuess:
    name = quoted(guess.name)
    each = f"each: {{column: {name}, split: {quoted(guess.split)}}}"
    lines = (
        block,
        "class: ContactPoint",
        each if guess.split else f"when: {{column: {name}, filled: true}}",
        f"id: {{template: {quoted(f'contact:{{{guess.name}|digest}}')}}}",
        f"fields: {{channel: {{kind: {{const: {guess.kind}}}, value: {name}}}}}",
    )
    edge = f"{{type: REACHED_AT, source: {_MAIN}, target: {{block: {block}}}}}"
    return RelationshipGuess(edge, guess.why, guess.name, lines)


def described(guess: ColumnGuess) -> str:
    """Return what to write for a column that nothing reads, where its values are of use."""
    if guess.undecided:
        return f"{guess.why}; say which: {{column: {quoted(guess.name)}, read: day, order: mdy}}, or dmy"
    if guess.kind in ("number", "whole"):
        return f"{guess.why}; an amount needs its currency, what it measures and its day"
    if guess.kind == "blank":
        return guess.why
    return f"{guess.why}; as a cell: {column_cell(guess)}"
