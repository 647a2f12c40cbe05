"""`iga mapping new` as its user reads it: what the rows seem to be, what they would state, what was left out."""

from pathlib import Path

import pytest

from tests.cli.conftest import Iga

PARTNERS = "NGO name,Country,Budget\nExample Relief,Ghana,1\nBeta House,Kenya,2\n"
UNKNOWN = "colour,size\nred,1\n,2\ngreen,3,4\n"


@pytest.mark.parametrize(
    ("text", "shown", "not_shown"),
    [
        (PARTNERS, ("The rows seem to be: ngo.", "Row 2 would state:\n  ngo Beta", "Not read: Budget."), "rejected"),
        (UNKNOWN, ("was not recognized", "Tried on 3 rows: 2 would be taken.", "  1 rejected: "), "Not read: "),
    ],
    ids=["recognized", "unknown"],
)
def test_a_draft_says_what_the_rows_are_and_what_of_them_is_taken(
    iga: Iga, folder: Path, text: str, shown: tuple[str, ...], not_shown: str
) -> None:
    (folder / "mine.csv").write_text(text, encoding="utf-8", newline="")
    ran = iga("mapping", "new", "mine.csv")
    assert ran.code == 0, ran.err
    said = ran.out + ran.err
    assert [sentence for sentence in shown if sentence not in said] == []
    assert not_shown not in said
    assert "Then: iga load mine.csv --mapping mine.yaml --dry-run" in said
