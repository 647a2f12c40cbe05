"""What docs/json.md promises is what the commands print."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Iga

PAGE = Path(__file__).parents[2] / "docs" / "json.md"


def promised(command: str) -> tuple[str, list[str]]:
    """Return what a row of the page promises: the member that holds a list, if any, and the members named."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"| {command}"):
            cell = line.split("|")[2]
            holder = re.match(r" `(\w+)`: ", cell)
            return (holder[1] if holder else ""), re.findall(r"`(\w+)`", cell[holder.end() :] if holder else cell)
    raise AssertionError(f"docs/json.md has no row for {command}")


@pytest.mark.parametrize(
    ("row", "arguments"),
    [
        ("`iga load FILE", ("load", "partners.csv", "--mapping", "partners.yaml")),
        ("`iga add`", ("correct", "ngo:acme", "name", "Acme", "--because", "shorter")),
        ("`iga find`", ("find", "acme")),
        ("`iga reconcile`", ("reconcile", "partners.csv", "--column", "name", "-o", "out.csv")),
        ("`iga show`", ("show", "ngo:acme")),
        ("`iga why`", ("why", "ngo:acme")),
        ("`iga ask`", ("ask",)),
        ("`iga ask QUESTION`", ("ask", "profile", "--party", "Ghana")),
        ("`iga today`", ("today",)),
        ("`iga memo`", ("memo", "government", "Ghana", "-o", "ghana.md")),
        ("`iga sources`", ("sources",)),
        ("`iga status`", ("status",)),
        ("`iga hash`", ("hash",)),
        ("`iga rebuild`", ("rebuild",)),
        ("`iga dump`", ("dump", "backup")),
        ("`iga doctor`", ("doctor",)),
        ("`iga template`", ("template", "members", "-o", "members.xlsx")),
        ("`iga mapping new`", ("mapping", "new", "partners.csv", "-o", "draft.yaml")),
        ("`iga export`", ("export", "party", "Ghana", "--editable", "-o", "ghana.xlsx")),
        ("an error", ("show", "ngo:nobody")),
    ],
)
def test_documents_have_the_members_that_the_page_names(loaded: Iga, row: str, arguments: tuple[str, ...]) -> None:
    document: Any = loaded(*arguments, "--json").document
    holder, members = promised(row)
    if holder:
        document = document[holder] if isinstance(document[holder], dict) else document[holder][0]
    assert sorted(document) == sorted(members)
