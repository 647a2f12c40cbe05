"""What leads on to what, from left to right: each step with its words above its line, none over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from iga.queries.core.answer import Subject

COLUMN, BOX, LINE = 300.0, 160.0, 14.0
"""Points from one thing to the next, how wide the box of a thing is, and from one line of text to the next."""

_BOX_HIGH, _APART = 54.0, 16.0
_LEAST = _BOX_HIGH + _APART
_LETTERS_ON_LINE, _LETTERS_IN_BOX, _LINES_IN_BOX, _LINES_ON_LINE = 20, 23, 3, 9

MOST_ALIKE = 8
"""Things that hang on one thing and lead no further, beyond which the rest is one box."""

Stroke = Literal["", "ended", "unknown", "again"]
"""How a step is drawn: as it is, over, not dated, or one to a thing that stands further up already."""


@dataclass(frozen=True)
class Branch:
    """A step to a thing.

    Attributes:
        key: What it is told from others by.
        under: Key of the step before it; blank where it goes on from the start.
        thing: What it leads to; its id is blank where it stands for several.
        words: What is said above the line, one under another.
        evidence: Numbers of the notes that it rests on.
    """

    key: str
    under: str
    thing: Subject
    words: tuple[str, ...]
    evidence: tuple[int, ...] = ()
    stroke: Stroke = ""


@dataclass(frozen=True)
class PlacedBranch:
    """A step in the picture.

    Attributes:
        x, y: The middle of the box it leads to.
        from_y: How high the box stands that it goes on from, a column before.
        lines: What is said above the line, as it fits there.
    """

    branch: Branch
    x: float
    y: float
    from_y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class BranchPicture:
    """Steps from a start.

    Attributes:
        width, height: Points.
        is_turned: Whether they come in from the left to the start, which stands on the right.
        folded: How many things are not drawn one by one.
    """

    start: Subject
    x: float
    y: float
    steps: tuple[PlacedBranch, ...]
    width: float
    height: float
    is_turned: bool
    folded: int


def branches_as_picture(start: Subject, branches: Sequence[Branch], *, is_turned: bool = False) -> BranchPicture:
    """Return steps as a tree: of several that go on from a thing the first stands beside it, the others below."""
    shown = _folded(branches)
    above, heights, depths = _above(shown), _heights(shown), {"": 0}
    free, middles, placed = {"": 0.0}, {}, []
    for branch in shown:
        depths[branch.key] = depths[branch.under] + 1
        top = free[branch.under]
        free[branch.under], free[branch.key] = top + heights[branch.key], top
        middles[branch.key] = top + above[branch.key] + _APART / 2
        middles.setdefault("", middles[branch.key])
        placed.append((branch, depths[branch.key]))
    deepest = max(depths.values())
    return BranchPicture(
        start=start,
        x=_x(0, deepest, is_turned),
        y=middles.get("", _LEAST / 2),
        steps=tuple(
            PlacedBranch(it, _x(depth, deepest, is_turned), middles[it.key], middles[it.under], tuple(_lines(it)))
            for it, depth in placed
        ),
        width=deepest * COLUMN + BOX,
        height=max(free[""], _LEAST),
        is_turned=is_turned,
        folded=len(branches) - sum(bool(it.thing.id) for it in shown),
    )


def in_box(name: str) -> list[str]:
    """Return a name as the lines that fit into a box; what does not fit is cut off with an ellipsis."""
    return wrap(name, _LETTERS_IN_BOX, max_lines=_LINES_IN_BOX, placeholder="…") or [name[:_LETTERS_IN_BOX]]


def _x(depth: int, deepest: int, is_turned: bool) -> float:
    return (deepest - depth if is_turned else depth) * COLUMN + BOX / 2


def _lines(branch: Branch) -> list[str]:
    lines = [line for words in branch.words for line in wrap(words, _LETTERS_ON_LINE)]
    return lines if len(lines) <= _LINES_ON_LINE else [*lines[: _LINES_ON_LINE - 1], "… more in the table"]


def _above(shown: Sequence[Branch]) -> Mapping[str, float]:
    """Return how much room each step needs above its line: one and the first that goes on from it stand on one line."""
    first: dict[str, str] = {}
    for branch in shown:
        first.setdefault(branch.under, branch.key)
    above = {it.key: max(len(_lines(it)) * LINE + 6, _BOX_HIGH / 2) for it in shown}
    for branch in reversed(shown):
        above[branch.key] = max(above[branch.key], above.get(first.get(branch.key, ""), 0.0))
    for branch in shown:
        if branch.under and first[branch.under] == branch.key:
            above[branch.key] = above[branch.under]
    return above


def _heights(shown: Sequence[Branch]) -> Mapping[str, float]:
    """Return how much room each step needs with all that goes on from it."""
    above, below, heights = _above(shown), dict[str, float](), dict[str, float]()
    for branch in reversed(shown):
        heights[branch.key] = max(above[branch.key] + _BOX_HIGH / 2 + _APART, below.get(branch.key, 0.0))
        below[branch.under] = below.get(branch.under, 0.0) + heights[branch.key]
    return heights


def _folded(branches: Sequence[Branch]) -> list[Branch]:
    """Return the steps with what hangs on one thing beyond `MOST_ALIKE` as one, in the place of the first of those."""
    going_on = {branch.under for branch in branches}
    ends: dict[str, list[Branch]] = {}
    for branch in branches:
        if branch.key not in going_on:
            ends.setdefault(branch.under, []).append(branch)
    rest = {it.key: those for those in ends.values() if len(those) > MOST_ALIKE + 1 for it in those[MOST_ALIKE:]}
    shown = []
    for branch in branches:
        those = rest.get(branch.key)
        if those is None:
            shown.append(branch)
        elif branch is those[MOST_ALIKE]:
            name = f"{len(those) - MOST_ALIKE:,} more, in the table"
            shown.append(Branch(branch.key, branch.under, Subject(id="", cls="", name=name), ()))
    return shown
