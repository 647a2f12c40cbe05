"""Doubts about what a file says: odd names, garbled text, unclear dates, and values that can hardly be meant.

Nothing is changed or left out because of a doubt: the row is taken as it stands, and the report says where to look.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from iga.graph.domain.catalog import declared
from iga.graph.domain.currencies import CURRENCIES
from iga.graph.domain.values import Line, Lines
from iga.graph.names.look_alikes import Suspicion, letters_told, seen_as, suspicion, visible
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Value, Verdict
from iga.graph.suggestions import did_you_mean
from iga.ingest.dates import orders_of
from iga.ingest.fields import without_none
from iga.ingest.mojibake import LOST, garbled
from iga.ingest.name_tables import bodies, governments
from iga.ingest.numbers import without_currency
from iga.ingest.rejections import CELL, UNFIT, Rejection, short

# No State is older than a few centuries, no plan or treaty runs for more than a few decades.
_EARLIEST, _LATEST = "1600", "2099"
# Days on which somebody saw or checked something.
_SEEN = frozenset(("attested_on", "seen_on", "vacant_on", "verified_on", "bounced_on"))
# Above ten trillion of most currencies; the largest budget there is has fewer.
_MOST_MONEY = Decimal(10) ** 14
# 1.500 is one and a half, or fifteen hundred.
_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


def unlikely(word: str, values: Mapping[str, Value], cells: Sequence[str], *, today: str = "") -> Iterator[str]:
    """Yield why values of a class or type, read from cells, can hardly be meant: amounts, currencies, days."""
    for name, value in values.items():
        if name in _SEEN and today:
            days = map(str, value if isinstance(value, list | tuple) else [value])
            yield from (f"the day {day} of {name} is still to come" for day in days if day > today[: len(day)])
        if not isinstance(value, dict):
            if isinstance(value, str) and _rules(word).get(name) == "day" and _is_far(value):
                yield f"the day {value} of {name} lies far ahead or long ago"
            continue
        amount, currency = value.get("amount", ""), value.get("currency", "")
        for cell in cells if amount else ():
            if _THOUSANDS.fullmatch(bare := without_currency(cell)[0]) and Decimal(bare) == Decimal(amount):
                yield f"{short(cell)!r} was taken as {amount}; if its point parts thousands, write it without"
        if amount and abs(Decimal(amount)) >= _MOST_MONEY:
            yield f"the amount {amount} {currency} is more than any budget"
        if currency and currency not in CURRENCIES:
            yield f"there is no currency {currency}{did_you_mean(currency, CURRENCIES)}"
        for part in ("start", "end", "value_date"):
            if _is_far(value.get(part, "")):
                yield f"the day {value[part]} of {name} lies far ahead or long ago"


def _is_far(day: str) -> bool:
    return bool(day) and not _EARLIEST <= day[:4] <= _LATEST


@cache
def _rules(word: str) -> Mapping[str, str]:
    return {rule.name: rule.shape for rule in declared(word).rules().values()}


MOST_NAMES = 20
"""Odd names that a report lists; it counts the others."""

MOST_VALUES = 10
"""Amounts, currencies, days and memberships that a report doubts; it counts the others."""

MOST_TEXTS = 10
"""Garbled texts that a report lists; it counts the others."""


_SHORTEST_DATE, _LONGEST_DATE, _SEVERAL = len("3/4/2021"), len("13/12/2021"), 2
_WITHIN, _BOND = ("MEMBER_OF", "PART_OF"), ("PARTY_TO",)
_MOST_ABOVE = 1_000
_MOST_KEYS = 100_000
# Cells that rejected rows are counted by: of so many different ones, and the most frequent are told.
_MOST_REFUSED, _MOST_REFUSED_TOLD = 10_000, 10


@dataclass
class _CountedSentences:
    """Sentences of one kind: the first ones, and how many there were."""

    most: int
    count: int = 0
    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        self.count += 1
        if len(self.sentences) < self.most:
            self.sentences.append(sentence)

    def told(self, what: str) -> Iterator[str]:
        yield from self.sentences
        if more := self.count - len(self.sentences):
            yield f"… and {more:,} more {what}"


@dataclass
class _DateOrders:
    """What the dates of one column show: the first of each sort with its place, and how many there were."""

    counts: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[tuple[str, ...], str] = field(default_factory=dict)
    is_refused: bool = False

    def add(self, orders: tuple[str, ...], value: str, place: str) -> None:
        self.counts[orders] += 1
        self.first.setdefault(orders, f"{value!r} in line {place}")

    def proved(self) -> str:
        """Return the one order that the column proves; blank when it proves none, or several."""
        provable = [orders[0] for orders in self.counts if len(orders) == 1]
        return provable[0] if len(provable) == 1 else ""


class Doubts:
    """The doubts about the files of one load, as they are read on a day; blank where it does not matter."""

    def __init__(self, today: str = "") -> None:
        self._today = today
        self._names = _CountedSentences(MOST_NAMES)
        self._texts = _CountedSentences(MOST_TEXTS)
        self._values = _CountedSentences(MOST_VALUES)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._orders: defaultdict[tuple[str, str], _DateOrders] = defaultdict(_DateOrders)
        self._refused = Counter[tuple[str, str]]()
        self._keys: dict[str, str] = {}
        self._totals: dict[tuple[str, str], tuple[str, str]] = {}

    def look_at(self, place: str, header: Sequence[str], cells: Sequence[str], stated: tuple[str, Content]) -> None:
        """Look over a row that is taken: its key, and every text that it states."""
        key, content = stated
        if len(self._keys) < _MOST_KEYS and (like := self._keys.setdefault(key.casefold(), key)) != key:
            self._values.add(f"{place}: the row key {short(key)!r} differs from {short(like)!r} in capitals alone")
        for column, cell in zip(header, cells, strict=False):
            # Nothing but a date of three numbers begins and ends with a digit and is so long.
            if (
                _SHORTEST_DATE <= len(cell) <= _LONGEST_DATE
                and cell[0].isdigit()
                and len(orders := orders_of(cell)) == 1
            ):
                file, _, line = place.rpartition(":")
                self._orders[file, column].add(orders, cell, line)
        if not _is_plain(key):
            self._name(place, "the row key", key)
        bonds = [(s.source, s.target) for s in content.statements if isinstance(s, EdgeStatement) and s.type in _BOND]
        for party, agreement in {bond for bond in bonds if bonds.count(bond) > 1}:
            self._values.add(f"{place}: {party} is named twice as a party of {agreement}: an agreement with itself")
        for statement in content.statements:
            if isinstance(statement, Verdict):
                continue
            self._total(place, statement)
            word = statement.cls if isinstance(statement, NodeStatement) else statement.type
            for sentence in unlikely(word, statement.values, cells, today=self._today):
                self._values.add(f"{place}: {sentence}")
            if (
                isinstance(statement, EdgeStatement)
                and statement.type in _WITHIN
                and not statement.values.get("office")
            ):
                self._ring(place, statement)
            for name, value in statement.values.items():
                for text in _odd_texts(value):
                    self._text(place, _column(header, cells, text), text, is_name=name in _name_like(word))

    def see(self, rejection: Rejection) -> None:
        """Take note of what a row was rejected for, and of a date that was because of its order."""
        if rejection.code in (CELL, UNFIT) and len(self._refused) < _MOST_REFUSED:
            self._refused[rejection.column, rejection.value] += 1
        if rejection.code == CELL and (orders := orders_of(rejection.value)):
            self._orders[rejection.file, rejection.column].add(orders, rejection.value, str(rejection.line))
            self._orders[rejection.file, rejection.column].is_refused = True

    def with_order(self, rejection: Rejection) -> Rejection:
        """Return a rejection whose fix names the order that the other dates of the column prove, if they do."""
        is_cell = rejection.code == CELL and orders_of(rejection.value)
        proved = self._orders[rejection.file, rejection.column].proved() if is_cell else ""
        fix = f"state `order: {proved}` in the mapping: other dates of the column can only be read so"
        return replace(rejection, fix=fix) if proved else rejection

    def notes(self) -> list[str]:
        """Return the doubts as sentences."""
        return [
            *self._names.told("names that may not be what they look like"),
            *self._texts.told("texts that look garbled"),
            *self._values.told("values that can hardly be meant"),
            *(
                f"{count:,} rows were rejected for {short(value)!r} under {column}"
                if value
                else f"{count:,} rows were rejected for a blank cell under {column}"
                for (column, value), count in self._refused.most_common(_MOST_REFUSED_TOLD)
                if count > 1 and column
            ),
            *(note for (file, column), order in self._orders.items() for note in _order_notes(file, column, order)),
        ]

    def _total(self, place: str, statement: NodeStatement | EdgeStatement) -> None:
        """Note that two rows state different totals of one thing, as where two things have one number."""
        total = statement.values.get("stated_total")
        if not isinstance(statement, NodeStatement) or not isinstance(total, dict) or len(self._totals) >= _MOST_KEYS:
            return
        said = f"{total['amount']} {total['currency']}, {total['measure']}"
        first, before = self._totals.setdefault((statement.id, total["measure"]), (place, said))
        if said != before:
            self._values.add(f"{place}: {statement.id} has another total than in {first}: {said}, and {before}")

    def _ring(self, place: str, edge: EdgeStatement) -> None:
        """Note that a whole is, by way of others in the file, a member or a part of itself."""
        self._wholes[edge.source].add(edge.target)
        above, ahead = set[str](), [edge.target]
        while ahead and len(above) < _MOST_ABOVE:
            if (one := ahead.pop()) not in above:
                above.add(one)
                ahead += self._wholes.get(one, ())
        if edge.source in above:
            how = "a member" if edge.type == "MEMBER_OF" else "a part"
            self._values.add(f"{place}: {edge.source} is {how} of {edge.target}, which by this file is {how} of it")

    def _text(self, place: str, column: str, text: str, *, is_name: bool) -> None:
        if is_name and not self._name(place, column, text):
            return
        if LOST in text:
            self._texts.add(
                f"{place}, {column}: letters of {short(text)!r} were lost (�) before the file was written;"
                " correct them in it"
            )
        elif likely := garbled(text):
            self._texts.add(
                f"{place}, {column}: {short(text)!r} looks garbled, as UTF-8 that was read as {likely.page}; likely it"
                f" is {short(likely.text)!r}. It was taken as it stands: export the file again as UTF-8, or state its"
                " true `encoding` in the mapping"
            )

    def _name(self, place: str, column: str, name: str) -> bool:
        """Note a name that may not be what it looks like; say whether it may still be garbled."""
        doubt = suspicion(name) or taken_for(name)
        if is_doubted := doubt is not None and not garbled(name):
            self._names.add(_sentence(place, column, name, doubt))
        return not is_doubted


def _sentence(place: str, column: str, name: str, suspected: Suspicion) -> str:
    like = visible(short(suspected.looks_like))
    is_like = like and like != name
    apart = f" It looks like {like!r} and is kept apart from it:" if is_like else " It is kept as it stands:"
    return f"{place}, {column}: {visible(short(name))!r} {suspected.reason}.{apart} type it anew unless it is meant so"


def _order_notes(file: str, column: str, order: _DateOrders) -> Iterator[str]:
    where = f"{file}, column {column!r}"
    ways = {orders[0]: orders for orders in order.counts if len(orders) == 1 and orders != ("ymd",)}
    if not order.is_refused and len(ways) < _SEVERAL:
        return
    unclear = next((orders for orders in order.counts if len(orders) > 1), None)
    if len(ways) > 1:
        shown = " and ".join(order.first[orders] for orders in ways.values())
        yield f"{where}: dates of several orders ({shown}), so no one order fits; write them as 2021-03-25"
    elif ways:
        [(name, orders)] = ways.items()
        yield (
            f"{where}: {order.counts[orders]:,} dates, such as {order.first[orders]}, can only be read in the order"
            f" {name}: state `order: {name}` in the mapping and load the file again; dates that were taken in another"
            " order are then corrected"
        )
    elif unclear:
        yield (
            f"{where}: nothing in the column proves the order of its dates, such as {order.first[unclear]}; ask who"
            " keeps the file, then state `order` in the mapping"
        )


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _odd_texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [] if _is_plain(value) else [value]
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for text in texts if not _is_plain(text)]


@cache
def _name_like(word: str) -> frozenset[str]:
    """Return the fields of a class or type that hold names, titles, codes and addresses: those of one line."""
    cls = declared(word)
    lines = {name for name, field in cls.model_fields.items() if without_none(field.annotation) in (Line, Lines)}
    return frozenset(lines | {rule.name for rule in cls.rules().values() if rule.searched or rule.shape == "channel"})


def _column(header: Sequence[str], cells: Sequence[str], text: str) -> str:
    """Return the column whose cell holds a text, as a report names it."""
    named = list(zip(header, cells, strict=False))
    exact = next((name for name, cell in named if cell.strip() == text), None)
    holding = exact or next((name for name, cell in named if text in cell), None)
    return f"column {holding!r}" if holding else "a value"


def taken_for(name: str) -> Suspicion | None:
    """Return why a name of one script may be taken for a bundled body or government; None when it is not."""
    if name.isascii() or (seen := seen_as(name)) == name:
        return None
    tables = (governments(), bodies())
    if any(table.resolve(name) for table in tables) or not any(table.resolve(seen) for table in tables):
        return None
    letters = [letter for letter in name if not letter.isascii() and seen_as(letter).isascii()]
    return Suspicion(f"is written in other letters than the name it looks like: {letters_told(letters)}", seen)
