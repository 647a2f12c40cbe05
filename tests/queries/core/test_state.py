"""What is kept of one state of the graph is made once, and forgotten where it becomes too much."""

from iga.queries.core.state import _MOST_VALUES, KeptValues


def test_a_kept_value_is_made_once_until_too_many_are_kept() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    kept = KeptValues()
    assert [kept.get("first", make), kept.get("first", make)] == [0, 0]
    for key in range(_MOST_VALUES):
        kept.get(key, make)
    assert kept.get("first", make) == _MOST_VALUES + 1
