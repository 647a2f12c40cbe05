"""Steps from left to right: each stands a column on from what it goes on from, and none over another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from iga.exports.pictures.branches import COLUMN, LINE, MOST_ALIKE, Branch, PlacedBranch, branches_as_picture, in_box
from iga.queries.core.answer import Subject

START = Subject(id="start", cls="Ngo", name="Start")


def thing(name: str) -> Subject:
    return Subject(id=name, cls="Ngo", name=name)


@st.composite
def trees(draw: st.DrawFn) -> list[Branch]:
    """Return steps, each after the one that it goes on from."""
    branches: list[Branch] = []
    for at in range(draw(st.integers(1, 14))):
        under = draw(st.sampled_from(["", *(it.key for it in branches)]))
        words = tuple(draw(st.lists(st.text("ab ", max_size=60), max_size=4)))
        branches.append(Branch(f"k{at}", under, thing(f"t{at}"), words))
    return branches


def room(step: PlacedBranch) -> tuple[float, float]:
    """Return from how high to how low a step reaches: its words above the line, its box and its numbers."""
    return step.y - max(len(step.lines) * LINE, 27), step.y + 27


@given(trees(), st.booleans())
def test_steps_of_one_column_do_not_meet(branches: list[Branch], turned: bool) -> None:
    picture = branches_as_picture(START, branches, is_turned=turned)
    for one, other in combinations(picture.steps, 2):
        if one.x == other.x:
            assert room(one)[1] <= room(other)[0] or room(other)[1] <= room(one)[0]
    assert all(room(step)[0] >= 0 and room(step)[1] <= picture.height for step in picture.steps)


@given(trees())
def test_a_step_stands_a_column_on_and_the_first_of_several_beside_it(branches: list[Branch]) -> None:
    picture = branches_as_picture(START, branches)
    at = {step.branch.key: (step.x, step.y) for step in picture.steps} | {"": (picture.x, picture.y)}
    seen = set()
    for step in picture.steps:
        x, y = at[step.branch.under]
        assert (step.x, step.from_y) == (x + COLUMN, y)
        if step.branch.under not in seen:
            assert step.y == y
        seen.add(step.branch.under)


def test_many_that_lead_no_further_are_one_box_and_are_counted() -> None:
    ends = [Branch(f"k{at}", "", thing(f"t{at}"), ()) for at in range(MOST_ALIKE + 4)]
    picture = branches_as_picture(START, [*ends, Branch("on", "k11", thing("further"), ())])
    assert [step.branch.thing.name for step in picture.steps[MOST_ALIKE:]] == ["3 more, in the table", "t11", "further"]
    assert picture.folded == 3
    assert branches_as_picture(START, ends[: MOST_ALIKE + 1]).folded == 0


def test_a_name_that_does_not_fit_its_box_ends_in_an_ellipsis() -> None:
    assert in_box("Office") == ["Office"]
    assert in_box("a very long name of an organization that nobody would print in full")[-1].endswith("…")
