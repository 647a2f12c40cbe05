"""`iga withdraw load:N` shows what goes and what rests on it before it acts; a run of the rule is taken back whole."""

from pathlib import Path

import pytest

from tests.cli.conftest import Iga

FURTHER = """
card: {source: "test:members", title: Members, as_of: 2026-01-01, rank: 20}
row_key: [id]
edges:
  - {type: PART_OF, source: {template: "ngo:{id}"}, target: {const: "ngo:gamma"}}
"""
TWINS = """
card: {source: "test:twins", title: Twins, as_of: 2026-01-01, rank: 20}
row_key: [id]
nodes:
  partner: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name, identifiers: {column: number, split: ";"}}}
"""


@pytest.fixture
def added(loaded: Iga, folder: Path) -> str:
    """Return the name of a load that changes a row and adds one, on which another source's relationship rests."""
    (folder / "more.csv").write_text("id,name,country\nacme,Wrong Name,Ghana\ngamma,Gamma,Kenya\n")
    mapping = (folder / "partners.yaml").read_text().replace("complete: true", "complete: false")
    (folder / "more.yaml").write_text(mapping)
    (folder / "members.yaml").write_text(FURTHER)
    (folder / "members.csv").write_text("id\nacme\n")
    load = loaded("load", "more.csv", "--mapping", "more.yaml", "--json").document["load"]
    assert loaded("load", "members.csv", "--mapping", "members.yaml").code == 0
    return f"load:{load}"


def test_a_dry_run_shows_what_goes_and_what_rests_on_it(loaded: Iga, added: str) -> None:
    ran = loaded("withdraw", added, "--dry-run")
    assert ran.code == 0
    assert "Rows that say again what they said before: 1; withdrawn: 1." in ran.out
    assert "  again: acme" in ran.out
    assert "  withdrawn: gamma" in ran.out
    assert "nodes removed: 1\n    Gamma (ngo:gamma)" in ran.out
    assert "edges to wait: 1\n    Acme Relief is part of Gamma" in ran.out
    assert ran.out.endswith("Nothing was taken back: this was a dry run.\n")
    assert "Wrong Name" in loaded("show", "ngo:acme").out


def test_the_same_is_shown_before_it_is_done(loaded: Iga, added: str) -> None:
    assert loaded("withdraw", added).code == 2
    ran = loaded("withdraw", added, "--because", "the wrong file")
    assert ran.out.index("withdrawn: gamma") < ran.out.index("Taken back: ")
    assert "Acme Relief" in loaded("show", "ngo:acme").out
    assert loaded("show", "ngo:gamma").code == 4


def test_a_dry_run_of_an_entry_says_it_in_words_and_leaves_it(loaded: Iga) -> None:
    loaded("correct", "ngo:acme", "name", "Acme", "--because", "x")
    ran = loaded("withdraw", "correct:ngo:acme:name", "--dry-run")
    assert ran.out.startswith("Would be taken back: ")
    assert "Acme" in loaded("show", "ngo:acme").out
    assert loaded("withdraw", "correct:ngo:beta:name", "--dry-run").code == 4


def test_a_run_of_the_rule_is_taken_back_by_the_loads_that_it_names(iga: Iga, folder: Path) -> None:
    (folder / "twins.yaml").write_text(TWINS)
    rows = ("a,Acme Relief,UEI:A1", "a2,ACME Relief,UEI:A1", "b,Beta House,UEI:B1", "b2,BETA House,UEI:B1")
    (folder / "twins.csv").write_text("\n".join(("id,name,number", *rows, "")))
    iga("load", "twins.csv", "--mapping", "twins.yaml")
    before = iga("status", "--json").document["data_version"]
    ran = iga("resolve", "rule")
    [named] = [word for word in ran.out.split() if word.startswith("load:")]
    assert "2 pairs judged the same by rule" in ran.out
    assert iga("status", "--json").document["data_version"] != before
    foreseen = iga("withdraw", named, "--dry-run", "--json").document
    assert foreseen["dry_run"]
    assert sum(source["withdrawn"] for source in foreseen["sources"]) == 2
    assert iga("withdraw", named, "--because", "too early").code == 0
    assert iga("status", "--json").document["data_version"] == before
    assert len(iga("resolve", "candidates", "--json").document["candidates"]) == 2
