"""Conditions on columns, and what they come to for one party: sure, possible, or neither."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from iga.queries.core.session import Session
from iga.queries.sets.cell import Cell, ColumnCells, Comparison, Value
from iga.queries.sets.column import Asked
from iga.queries.sets.three_values import Truth, all_of_them, any_of_them, opposite

Fit = Literal["sure", "possible", "not ruled out"]
"""How a party fits: surely; as far as is on file, which is not certain; or nothing on file says that it does, and the
lists may lack it."""


@dataclass(frozen=True)
class Test:
    """One comparison of a column; of a yes or no, whether it is so.

    Attributes:
        wanted: With what; None asks whether it is so.
    """

    asked: Asked
    comparison: Comparison = "is"
    wanted: Value | None = None

    def truth(self, cell: Cell) -> Truth:
        """Say whether a cell passes it."""
        return cell.state if self.wanted is None else cell.is_so(self.comparison, self.wanted)

    def is_passed_on_file(self, cell: Cell) -> bool:
        """True if a cell passes it as far as is on file."""
        return cell.is_on_file if self.wanted is None else cell.is_so_on_file(self.comparison, self.wanted)


@dataclass(frozen=True)
class SetCondition:
    """Tests of one column of which one is to be passed, or none.

    Attributes:
        is_not: Whether none may be passed.
        text: The filter as it is understood, ready to be asked again.
    """

    tests: tuple[Test, ...]
    is_not: bool = False
    text: str = field(default="", compare=False)

    @property
    def asked(self) -> Asked:
        """The column as it is asked for first."""
        return self.tests[0].asked


@dataclass(frozen=True)
class Open:
    """A condition of which it is not known whether a party fulfils it, and the cells that leave it open."""

    condition: SetCondition
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Combined:
    """Groups of conditions: all of one group are to be fulfilled. Without any group everybody does."""

    groups: tuple[tuple[SetCondition, ...], ...]
    session: Session = field(repr=False)
    _read: dict[Asked, ColumnCells] = field(default_factory=dict, repr=False, compare=False)
    _tested: dict[int, tuple[tuple[Test, ColumnCells], ...]] = field(default_factory=dict, repr=False, compare=False)

    def cells(self, asked: Asked) -> ColumnCells:
        """Return what is known of everybody in a column, read once."""
        if asked not in self._read:
            self._read[asked] = asked.cells(self.session)
        return self._read[asked]

    def _tests(self, condition: SetCondition) -> tuple[tuple[Test, ColumnCells], ...]:
        """Return the tests of one of the conditions, each with its column: looked up once, not for each party."""
        if id(condition) not in self._tested:
            self._tested[id(condition)] = tuple((test, self.cells(test.asked)) for test in condition.tests)
        return self._tested[id(condition)]

    def of(self, condition: SetCondition, id_: str) -> Truth:
        """Say whether a party fulfils one condition."""
        truth = any_of_them(test.truth(cells.of(id_)) for test, cells in self._tests(condition))
        return opposite(truth) if condition.is_not else truth

    def truth(self, id_: str) -> Truth:
        """Say whether a party fulfils all conditions of one group."""
        if not self.groups:
            return "yes"
        return any_of_them(all_of_them(self.of(condition, id_) for condition in group) for group in self.groups)

    def is_on_file(self, condition: SetCondition, id_: str) -> bool:
        """True if a party fulfils one condition as far as is on file, whatever the file may lack."""
        passed = any(test.is_passed_on_file(cells.of(id_)) for test, cells in self._tests(condition))
        return passed is not condition.is_not

    def fits(self, id_: str) -> Fit | None:
        """Return how a party fits; None where it surely does not."""
        truth = self.truth(id_)
        if truth != "unknown":
            return "sure" if truth == "yes" else None
        for group in self.groups:
            if all(self.is_on_file(condition, id_) for condition in group):
                return "possible"
        return "not ruled out"

    def open(self, id_: str) -> tuple[Open, ...]:
        """Return the conditions that are open for a party: of a group that it may fulfil, best on file."""
        open_: list[tuple[Open, ...]] = []
        for group in self.groups:
            truths = {condition: self.of(condition, id_) for condition in group}
            if all_of_them(truths.values()) == "unknown":
                open_.append(tuple(self._open(it, id_) for it, truth in truths.items() if truth == "unknown"))
        on_file = (of for of in open_ if all(self.is_on_file(it.condition, id_) for it in of))
        return next(on_file, next(iter(open_), ()))

    def as_cell(self, id_: str) -> Cell:
        """Return whether a party fulfils all conditions as what is known of it in a column of its own."""
        cells = [cell for open_ in self.open(id_) for cell in open_.cells]
        rests_on = tuple(dict.fromkeys(ref for _, cell in self.tested(id_) for ref in cell.rests_on))
        reason = next((cell.reason for cell in cells if cell.reason), None)
        is_listed = self.fits(id_) == "possible"
        return Cell(self.truth(id_), rests_on=rests_on, reason=reason, is_listed=is_listed)

    def _open(self, condition: SetCondition, id_: str) -> Open:
        cells = ((test, cells.of(id_)) for test, cells in self._tests(condition))
        open_ = [cell for test, cell in cells if test.truth(cell) == "unknown"]
        return Open(condition, tuple(open_))

    def tested(self, id_: str) -> Iterator[tuple[SetCondition, Cell]]:
        """Yield the cells of a party that its standing rests on, each with its condition."""
        for group in self.groups:
            for condition in group:
                yield from ((condition, cells.of(id_)) for _, cells in self._tests(condition))
