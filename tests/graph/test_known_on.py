import pytest

from iga.graph.errors import UsageError
from iga.graph.statements import Card, LoadHeader
from iga.graph.workspace import load_on

LOADS = [
    LoadHeader(no, "ref:a", at, Card("ref:a", "A"))
    for no, at in enumerate(
        [
            "2025-12-31T23:59:59.999999Z",
            "2026-03-01T00:00:00.000000Z",
            "2026-03-01T12:00:30.500000Z",
            "2026-03-31T23:59:59.999999Z",
            "2026-04-01T00:00:00.000000Z",
        ],
        start=1,
    )
]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2025-12-30", 0), ("2025", 1), ("2026-02", 1), ("2026-03-01", 3), ("2026-03", 4), ("2026", 5),
        ("2026-03-01T00:00Z", 2), ("2026-03-01T12:00Z", 3), ("2026-03-01T12:00:29Z", 2), ("2026-03-01T12:00:30Z", 3),
        ("2026-03-01T12:00:30.499999Z", 2), ("2026-03-01T12:00:30.5Z", 3), ("load:0", 0), ("load:2", 2),
        ("load:99", 5),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_what_was_known_ends_with_the_day_or_instant_in_utc(text: str, last: int) -> None:
    assert load_on(LOADS, text) == last


@pytest.mark.parametrize("text", ["2026", "2026-03-01T12:00Z", "load:3"])
def test_nothing_was_known_before_the_first_load(text: str) -> None:
    assert load_on([], text) == 0


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "load:", "load:-1", "load:x", "2026-3-1", "2026-03-01\n", "20260301", "2026-03-01T12:00", "٢٠٢٦"],
)
def test_what_is_no_day_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError, match="write 2026-03-01, 2026-03, 2026-03-01T12:00Z or load:17"):
        load_on(LOADS, text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "0000", "2026-03-01T25:00Z", "2026-02-30T12:00Z"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_on(LOADS, text)
