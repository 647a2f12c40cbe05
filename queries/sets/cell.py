"""What is known of one party in one column, and of all who are on a list and of whoever is not."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from iga.graph.domain.values import first_day, last_day
from iga.queries.core.absence import Absence
from iga.queries.core.answer import Ref
from iga.queries.core.clauses import worded
from iga.queries.sets.three_values import Truth, known

Comparison = Literal["is", ">", ">=", "<", "<="]
Bound: TypeAlias = str | Decimal


@dataclass(frozen=True)
class CellReason:
    """Why something is not known, before it is put in words: a macro of the template ``reasons``, and its values."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def off_list(cls, absence: Absence, of: str, whose: str = "") -> "CellReason":
        """Return why it is not certain that whoever is not on a list is not in it."""
        return cls("off-list", {"absence": {**asdict(absence), "of": of, "whose": whose}})

    @property
    def in_words(self) -> str:
        """The reason as half a sentence."""
        return worded(__package__, "reasons", self.id, self.values)


@dataclass(frozen=True)
class Extent:
    """A number or a day as far as it is known: the least and the most that it may be; None is without an end."""

    least: Bound | None
    most: Bound | None

    @classmethod
    def of_number(cls, least: int | Decimal, most: int | Decimal | None = None, *, is_open: bool = False) -> "Extent":
        """Return a number; `most` where it may be greater, `is_open` where nobody knows how great."""
        return cls(Decimal(least), None if is_open else Decimal(least if most is None else most))

    @classmethod
    def of_day(cls, day: str) -> "Extent":
        """Return a day, possibly partial."""
        return cls(first_day(day), last_day(day))

    @property
    def is_exact(self) -> bool:
        """Whether it is known to the last."""
        return self.least == self.most

    def is_so(self, comparison: Comparison, wanted: "Extent") -> Truth:
        """Say whether it compares so with another; *unknown* where some of what it may be does and some does not."""
        match comparison:
            case ">":
                return self._lies_beyond(wanted.most, above=True, is_strict=True)
            case ">=":
                return self._lies_beyond(wanted.least, above=True, is_strict=False)
            case "<":
                return self._lies_beyond(wanted.least, above=False, is_strict=True)
            case "<=":
                return self._lies_beyond(wanted.most, above=False, is_strict=False)
        above, below = self.is_so(">=", wanted), self.is_so("<=", wanted)
        return "no" if "no" in (above, below) else "yes" if (above, below) == ("yes", "yes") else "unknown"

    def _lies_beyond(self, bound: Bound | None, *, above: bool, is_strict: bool) -> Truth:
        """Say whether all, none or some of what it may be lies above, or below, a bound; none is without an end."""
        if bound is None:
            return "no" if is_strict else "unknown"
        truths: list[Truth] = [
            ("yes" if (end is self.most) is above else "no")
            if end is None
            else known(_lies(end, bound, above, is_strict))
            for end in (self.least, self.most)
        ]
        return truths[0] if truths[0] == truths[1] else "unknown"

    def __str__(self) -> str:
        if isinstance(self.least, str):
            return _as_typed(self.least, str(self.most))
        if self.is_exact:
            return f"{self.least:,}"
        return f"{self.least:,} or more" if self.most is None else f"{self.least:,} to {self.most:,}"


def _as_typed(first: str, last: str) -> str:
    """Return the days of a stretch as short as they were typed: ``2015``, ``2015 to 2017``, ``2015-06``."""
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} to {last[:4]}"
    if first == last:
        return first
    is_month = first.endswith("-01") and last == last_day(first[:7])
    return first[:7] if is_month else f"{first} to {last}"


def _lies(end: Any, bound: Any, above: bool, is_strict: bool) -> bool:
    if end == bound:
        return not is_strict
    return bool(end > bound) is above


Value: TypeAlias = str | Extent


@dataclass(frozen=True)
class Cell:
    """What is known of one party in one column.

    Attributes:
        state: *yes*: it surely is so, or has these values; *no*: it surely is not, or has none; else it is not known.
        values: What it has, or may have: texts, names, a number, a day. A plain yes or no has none.
        shown: What is told of it where its values are no words for that, such as since when or as what.
        has_more: Whether it may have other values than these, which no list of them rules out.
        is_listed: Whether something on file says that it is so, where that is not known: listed, but perhaps no more.
    """

    state: Truth
    values: tuple[Value, ...] = ()
    shown: str = ""
    rests_on: tuple[Ref, ...] = ()
    reason: CellReason | None = None
    is_listed: bool = False
    has_more: bool = False

    @property
    def is_on_file(self) -> bool:
        """Whether it is so as far as is on file, whatever the file may lack."""
        return self.state == "yes" or (self.state == "unknown" and self.is_listed)

    def is_so_on_file(self, comparison: Comparison, wanted: Value) -> bool:
        """True if one of its values compares so with another as far as is on file: a number is at its least."""
        least = (replace(it, most=it.least) if isinstance(it, Extent) and self.reason else it for it in self.values)
        return self.state != "no" and any(_compared(value, comparison, wanted) == "yes" for value in least)

    def is_so(self, comparison: Comparison, wanted: Value) -> Truth:
        """Say whether one of its values compares so with another."""
        if self.state == "no":
            return "no"
        truths = [_compared(value, comparison, wanted) for value in self.values]
        if self.state == "unknown" or not truths:
            return "unknown"
        return "yes" if "yes" in truths else "unknown" if "unknown" in truths or self.has_more else "no"


def _compared(value: Value, comparison: Comparison, wanted: Value) -> Truth:
    if isinstance(value, Extent) and isinstance(wanted, Extent):
        return value.is_so(comparison, wanted)
    return known(value == wanted)


@dataclass(frozen=True)
class ColumnCells:
    """What is known of everybody in one column.

    Attributes:
        known: By id, of whoever the sources name.
        otherwise: Of everybody else: *no* only where the list is whole on the day, else not known, and why.
    """

    known: Mapping[str, Cell]
    otherwise: Cell

    def of(self, id_: str) -> Cell:
        """Return what is known of one party."""
        return self.known.get(id_, self.otherwise)


def off_list(absence: Absence, of: str, whose: str = "", *, rests_on: tuple[Ref, ...] = ()) -> Cell:
    """Return what is known of whoever is not on a list: *no* only where the list is whole on the day."""
    if absence.is_no:
        return Cell("no", rests_on=rests_on)
    return Cell("unknown", rests_on=rests_on, reason=CellReason.off_list(absence, of, whose))
