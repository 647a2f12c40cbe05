"""Writes the draft of a mapping, each guess with its reason, and tries it on the rows it was drafted from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, islice
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from iga.graph.domain.catalog import NODE
from iga.graph.errors import MappingError
from iga.graph.names.kinds import plain
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Value
from iga.ingest.address_words import is_private
from iga.ingest.contact_list.loose_days import year_of
from iga.ingest.drafting.field_guesses import (
    UNKNOWN,
    ColumnGuess,
    FieldGuess,
    RelationshipGuess,
    class_of,
    described,
    fields_of,
    guess,
    quoted,
    relationships_of,
)
from iga.ingest.drafting.sample import SAMPLED_ROWS, Sample, sample_of
from iga.ingest.drafting.table_kinds import RecognizedTable, blocks_of, recognized, shortened
from iga.ingest.mapped_reader import mapped_table
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_from
from iga.ingest.rejections import Refusal
from iga.ingest.row_reader import row_reader
from iga.ingest.subjects import class_of_id, slug


def statements_told(content: Content) -> Iterator[str]:
    """Give a line for each thing and each relationship that a row states."""
    names = {
        one.id: str(one.values.get("name") or one.id) for one in content.statements if isinstance(one, NodeStatement)
    }
    for one in content.statements:
        if isinstance(one, NodeStatement):
            values = {name: value for name, value in one.values.items() if name != "name"}
            yield f"{plain(one.cls)} {names[one.id]} ({one.id}){_told(values, ': ')}"
        elif isinstance(one, EdgeStatement):
            source, target = (names.get(end, end) for end in (one.source, one.target))
            yield f"{source} {one.type} {target}{_told(one.values, ': ')}"


def _told(values: dict[str, Value], before: str) -> str:
    told = ", ".join(f"{name.replace('_', ' ')} {_in_words(value)}" for name, value in values.items())
    return f"{before}{told}" if told else ""


def _in_words(value: Value) -> str:
    if isinstance(value, dict):
        return " ".join(f"{part} {text}" for part, text in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# A column that makes more rows fail than these is left unread instead.
_MOST_FAILING = 0.1
_EXAMPLES = 3
_KEY_WORDS = ("id", "number", "no", "nr", "ref", "reference", "code", "fain", "piid", "key", "symbol")
_KEY_KINDS = ("id", "text", "government", "body")
_LONGEST_KEY = 150
_HOLES = set("{}|")


@dataclass(frozen=True)
class MappingDraft:
    """A draft of a mapping that was checked and tried.

    Attributes:
        taken: How many of them it would take.
        ignored: Columns that it does not read.
        failures: Why rows would be rejected, with how many.
        what: What the rows seem to be, in words; blank where nothing tells.
        examples: What each of the first rows that are taken states, a line for each thing and relationship.
    """

    text: str
    source: str
    rows: int
    taken: int
    guesses: int
    ignored: tuple[str, ...]
    failures: tuple[tuple[str, int], ...]
    what: str = ""
    examples: tuple[tuple[str, ...], ...] = ()


@dataclass
class _DraftPlan:
    """What a draft says before it is written."""

    sample: Sample
    stem: str
    cls: str
    cls_why: str
    key: tuple[str, ...]
    is_numbered: bool
    guesses: tuple[ColumnGuess, ...]
    table: RecognizedTable | None = None
    blocks: str = ""
    left: dict[str, str] = field(default_factory=dict)
    fields: list[FieldGuess] = field(default_factory=list)
    ties: list[RelationshipGuess] = field(default_factory=list)

    def settle(self) -> None:
        """Choose fields and relationships from the columns that are not left out."""
        free = [guess for guess in self.guesses if guess.name not in self.left and not is_private(guess.name)]
        self.table = recognized(free, self._cells(), [*self.sample.titles, self.stem])
        self.blocks = blocks_of(self.table, self.stem, len(self.sample.rows)) if self.table else ""
        if self.table:
            self.fields, self.ties = [], []
            return
        self.fields = fields_of(self.cls, free, as_of=year_of(self.sample.titles))
        used = {column for guess in self.fields for column in guess.columns}
        self.ties = list(relationships_of(self.cls, [guess for guess in free if guess.name not in used]))

    def ignored(self) -> dict[str, str]:
        """Return the columns that nothing reads, with what is to be said of each."""
        read = {*self.key, *(tie.column for tie in self.ties)}.union(*(guess.columns for guess in self.fields))
        read |= self.table.names_in(self.blocks) if self.table else set()
        rest = (guess for guess in self.guesses if guess.name not in read)
        return {guess.name: self.left.get(guess.name, _why_not_read(guess)) for guess in rest}

    def _cells(self) -> dict[str, list[str]]:
        return {guess.name: self.sample.column(guess.name) for guess in self.guesses if guess.name}


def draft_of(path: Path, *, sheet: str = "") -> MappingDraft:
    """Return the draft of a mapping for a file, checked against the domain and tried on its first rows.

    Raises:
        FileRefused, HeaderError, ClassifiedText: The file cannot be read as a table, or must not be.
        MappingError: No mapping can be drafted for its columns; the message says what to rename.
    """
    plan = _plan(sample_of(path, sheet=sheet), path.stem)
    while True:
        plan.settle()
        text = _written(plan, path.stem)
        mapping = mapping_from(text, name=f"the draft for {path.name}")
        rows, failures, columns, examples = _tried(path, mapping)
        worst = next((name for name, count in columns.most_common() if count > rows * _MOST_FAILING), "")
        if not worst or (worst in plan.key and not plan.table) or worst in plan.left:
            break
        plan.left[worst] = f"{columns[worst]} of {rows} rows would be rejected by it: {failures.most_common(1)[0][0]}"
    return MappingDraft(
        text=text,
        source=mapping.card.source,
        rows=rows,
        taken=rows - failures.total(),
        guesses=text.count("# confirm:"),
        ignored=mapping.ignore,
        failures=tuple(failures.most_common(5)),
        what=plan.table.title if plan.table else "" if plan.cls_why == UNKNOWN else plain(plan.cls),
        examples=tuple(examples),
    )


def _why_not_read(guess: ColumnGuess) -> str:
    return "private, so it is never read" if is_private(guess.name) else described(guess)


def _plan(sample: Sample, stem: str) -> _DraftPlan:
    guesses = tuple(guess(name, sample.column(name)) if name else guess(name, ()) for name in sample.header)
    usable = [column for column in guesses if column.name and not _HOLES & set(column.name)]
    if not usable:
        raise MappingError(
            f"{sample.name}: every heading holds a brace or a bar, so no id can be made of one; rename a column"
        )
    key, is_numbered = _key(sample, usable)
    cls, why = class_of([*sample.header, stem, *sample.titles])
    first = next(column for column in usable if column.name == key[0])
    if first.kind == "id" and len(key) == 1:
        cls = class_of_id(sample.column(first.name)[0])
        why = f"the ids in {first.name!r} are of this class"
    return _DraftPlan(sample, stem, cls, why, key, is_numbered, guesses)


def _key(sample: Sample, usable: Sequence[ColumnGuess]) -> tuple[tuple[str, ...], bool]:
    """Return the columns that tell the rows of the sample apart, and whether true twins must be numbered."""
    longest = {column.name: max(map(len, sample.column(column.name)), default=0) for column in usable}
    short = [column for column in usable if longest[column.name] <= _LONGEST_KEY]
    full = [column for column in short if column.filled == len(sample.rows)]

    def is_called_key(column: ColumnGuess) -> bool:
        return not set(slug(column.name).split("-")).isdisjoint(_KEY_WORDS)

    def order(column: ColumnGuess) -> tuple[bool, bool, int]:
        # what is called a number, then what is text: a day or an amount that happens to differ is no key
        return not is_called_key(column), column.kind not in _KEY_KINDS, sample.header.index(column.name)

    full.sort(key=order)
    if not full or order(full[0])[:2] == (True, True):  # rows of sums and notes have no number, and are told for it
        named = (column for column in short if is_called_key(column) and column.filled * 2 >= len(sample.rows))
        if (called := next(named, None)) and len(set(sample.column(called.name))) == called.filled:
            return (called.name,), False
    names = [column.name for column in full]
    for chosen in (columns for count in (1, 2, 3) for columns in combinations(names[:8], count)):
        places = [sample.header.index(name) for name in chosen]
        keys = {tuple(row[place].casefold() for place in places) for row in sample.rows}
        if keys and len(keys) == len(sample.rows):
            return chosen, False
    most_filled = max(usable, key=lambda column: column.filled).name
    return (names[0] if names else most_filled,), True


def _tried(path: Path, mapping: Mapping) -> tuple[int, Counter[str], Counter[str], list[tuple[str, ...]]]:
    """Return how many rows a mapping was tried on, why rows would be rejected, by which columns, what some state."""
    read = row_reader(mapping)
    rows, failures, columns, examples = 0, Counter[str](), Counter[str](), list[tuple[str, ...]]()
    with mapped_table(path, mapping) as opened:
        for row in islice(opened.table.rows, SAMPLED_ROWS):
            rows += 1
            try:
                if row.fault:
                    raise row.fault
                stated = read(dict(zip(opened.table.header, map(str.strip, row.cells), strict=False)))
                if stated and len(examples) < _EXAMPLES:
                    examples.append(tuple(statements_told(stated[1])))
            except Refusal as refusal:
                failures[f"{refusal.reason}; {refusal.fix}"] += 1
                columns.update(filter(None, refusal.column.split(", ")))
    return rows, failures, columns, examples


def _written(plan: _DraftPlan, stem: str) -> str:
    sample, kind = plan.sample, NODE[plan.cls].kind
    first = next(guess for guess in plan.guesses if guess.name == plan.key[0])
    holes = "-".join(f"{{{name}|{'digest' if kind == 'person' else 'slug'}}}" for name in plan.key)
    if not _is_known_anywhere(plan):
        holes = f"{slug(stem) or 'file'}-{holes}"
    is_id = first.kind == "id" and len(plan.key) == 1
    return (
        _templates()
        .get_template("mapping.yaml.j2")
        .render(
            plan=plan,
            sample=sample,
            source=f"office:{slug(stem) or 'file'}",
            title=(sample.titles[0] if sample.titles else stem)[:200],
            as_of=year_of(sample.titles),
            others=", ".join(map(repr, sample.others)),
            key=", ".join(map(quoted, plan.key)),
            id=f"{{column: {quoted(first.name)}, read: id}}" if is_id else f"{{template: {quoted(f'{kind}:{holes}')}}}",
            id_why="ids of the graph" if is_id else "made of the row key",
            ignored=plan.ignored(),
        )
    )


def _is_known_anywhere(plan: _DraftPlan) -> bool:
    """True if the row key tells the thing of a row from those of other files: a name, or a number of an award."""
    named = {column for guess in plan.fields if guess.field in ("name", "award_number") for column in guess.columns}
    return plan.key[0] in named and len(plan.key) == 1


@cache
def _templates() -> Environment:
    loader = PackageLoader("iga.ingest.drafting", "")
    templates = Environment(loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    templates.filters.update(quoted=quoted, short=shortened)
    templates.keep_trailing_newline = True
    return templates
