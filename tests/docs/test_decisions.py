"""Each decision is listed once, in order, under its own number."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"


def test_every_decision_is_listed_and_headed_by_its_number() -> None:
    pages = sorted(page.name for page in FOLDER.glob("0*.md"))
    listed = re.findall(r"^\| \[(\d{4})\]\((\d{4}-[\w-]+\.md)\)", (FOLDER / "README.md").read_text(), re.MULTILINE)
    assert [page for _, page in listed] == pages
    for number, page in listed:
        assert page.startswith(number)
        assert (FOLDER / page).read_text().startswith(f"# {number} "), page
