"""The page on lists names every column as it is declared."""

from pathlib import Path

from iga.queries.sets.known_columns import CANDIDATES, COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "sets.md").read_text(encoding="utf-8")


def test_the_page_lists_every_column_with_what_it_says_and_an_example() -> None:
    assert COLUMNS
    for column in COLUMNS.values():
        row = f"| {column.meaning} | {column.when or 'no date'} | `{column.example}` |"
        assert f"| `{column.name}` |" in PAGE
        assert row in PAGE, f"docs/sets.md: {row}"
    assert all(f"### {name.capitalize()}" in PAGE for name in CANDIDATES)
