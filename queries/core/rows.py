"""The rows of an answer in their order, and what is said of them: the row is the fact, and nothing else repeats it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from iga.queries.core.answer import AnswerRow, CaveatKind, Ref, SourcedRow
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.days import passed
from iga.queries.core.periods import falls, stretch_asked
from iga.queries.core.question import Request


def is_asked(
    request: Request[Any], properties: Mapping[str, Any], *days: str, has_come: bool = False, **same: str
) -> bool:
    """Return True if a thing of these properties fits ``since``, ``until``, ``topic`` and other parameters, as given.

    What has no day may be of any; a partial day that may lie inside counts.

    Args:
        request: The question as put.
        properties: Of the thing.
        days: Fields with its day; the first that is filled counts.
        has_come: Whether the day must have come by the day that is answered for.
        same: By parameter, the field that must have its value.
    """
    asked = dict(request.params)
    since, until = stretch_asked(asked.get("since"), asked.get("until"))
    day = next(filter(None, map(properties.get, days)), None)
    is_of_time = not day or falls(day, since=since, until=until) != "no"
    has_passed = not (day and has_come) or passed(day, on=request.day) != "no"
    is_same = all(asked[name] in (None, properties.get(field)) for name, field in same.items())
    return is_of_time and has_passed and is_same and request.is_on_topic(properties)


R = TypeVar("R", bound=AnswerRow)


def backwards(text: str | None) -> tuple[int, ...]:
    """Return what puts texts, such as days, in the order from the last to the first; what is blank comes at the end."""
    return (*(-ord(sign) for sign in text or ""), 0)


@dataclass(frozen=True)
class Rows(Generic[R]):
    """Rows with their sources; counted, narrowed and spoken of by their columns."""

    sourced: tuple[SourcedRow[R], ...] = ()

    @classmethod
    def of(cls, sourced: Iterable[SourcedRow[R]], *orders: Callable[[R], Any]) -> "Rows[R]":
        """Return rows in an order; where several are given the first counts most."""
        rows = list(sourced)
        for order in reversed(orders):
            rows.sort(key=lambda known, order=order: order(known.row))  # type: ignore[misc]
        return cls(tuple(rows))

    def __iter__(self) -> Iterator[R]:
        return (known.row for known in self.sourced)

    def __len__(self) -> int:
        return len(self.sourced)

    def __add__(self, other: "Rows[R]") -> "Rows[R]":
        return Rows((*self.sourced, *other.sourced))

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The source rows that they rest on, each once."""
        return tuple(dict.fromkeys(ref for known in self.sourced for ref in known.refs))

    def first(self, number: int = 1) -> "Rows[R]":
        """Return the first of the rows, or so many of them."""
        return Rows(self.sourced[:number])

    def each(self) -> Iterator["Rows[R]"]:
        """Give each row by itself."""
        return (Rows((known,)) for known in self.sourced)

    def where(self, **columns: object) -> "Rows[R]":
        """Return the rows whose columns have these values; None is any."""
        wanted = [(name, value) for name, value in columns.items() if value is not None]
        return self.keeping(lambda row: all(getattr(row, name) == value for name, value in wanted))

    def keeping(self, keeps: Callable[[R], object]) -> "Rows[R]":
        """Return some of the rows."""
        return Rows(tuple(known for known in self.sourced if keeps(known.row)))

    def counts(self, column: str, order: Sequence[Any] = ()) -> dict[Any, int]:
        """Return how many rows have each value of a column: in an order, else most first; a blank is none."""
        counts = Counter(getattr(row, column) or "" for row in self)
        return {value: counts[value] for value in order or [it for it, _ in counts.most_common()] if counts[value]}

    def values(self, column: str) -> list[Any]:
        """Return the values of a column, each once, in order; rows without one are passed over."""
        return list(dict.fromkeys(value for row in self if (value := getattr(row, column)) is not None))

    def told(self, *columns: str, **renamed: str) -> list[dict[str, Any]]:
        """Return what a sentence says of each row: columns by their names, or under other ones."""
        named = {**{name: name for name in columns}, **renamed}
        return [{name: getattr(row, column) for name, column in named.items()} for row in self]

    def clause(self, id: str, /, **values: Any) -> SourcedClause:  # noqa: A002 - its name in an answer
        """Return a clause that rests on these rows."""
        return SourcedClause(id, values, self.refs)

    def doubt(
        self,
        kind: CaveatKind,
        id: str,  # noqa: A002 - as above
        /,
        concerns: Callable[[R], object],
        *,
        clause: str | None = None,
        names: str = "",
        **values: Any,
    ) -> UnwordedCaveat:
        """Return a caveat on the rows that it concerns: how many of how many, and, where a column is named, which."""
        rows = [bool(concerns(row)) for row in self]
        named = {"names": [getattr(row, names) for row in self.keeping(concerns)]} if names else {}
        return caveat(kind, id, clause=clause, rows=rows, number=sum(rows), of=len(rows), **named, **values)
