"""`iga add answer`: what answers a recommendation, and how far each side says that it is met."""

from pathlib import Path

import pytest

from tests.cli.conftest import Iga

MAPPING = """
card: {source: "test:advice", title: Advice of a test, as_of: 2024-06-01, rank: 20, complete: true}
row_key: [key]
nodes:
  issuer: {class: Forum, id: {const: "forum:experts"}, fields: {name: {const: Experts}}}
  advice:
    class: Recommendation
    id: {template: "recommendation:{key}"}
    fields: {name: {template: "Advice {key}"}, wording: wording, year: {const: 2024}}
edges:
  - {type: MADE, source: {block: issuer}, target: {block: advice}}
  - {type: RECOMMENDED_TO, source: {block: advice}, target: {column: to, read: government}}
"""
TRAIN = "We will train judges"


@pytest.fixture
def advised(loaded: Iga, folder: Path) -> Iga:
    """Give Ghana a recommendation and a promise."""
    (folder / "advice.yaml").write_text(MAPPING, encoding="utf-8", newline="\n")
    (folder / "advice.csv").write_text("key,to,wording\none,Ghana,Train judges\n", encoding="utf-8", newline="\n")
    assert loaded("load", "advice.csv", "--mapping", "advice.yaml").code == 0
    assert loaded("add", "commitment", "--party", "Ghana", "--words", TRAIN).code == 0
    return loaded


def test_an_answer_is_entered_with_two_verdicts_and_taken_back(advised: Iga) -> None:
    theirs, issuer = ("--their-verdict", "implemented"), ("--issuer-verdict", "partly met")
    ran = advised("add", "answer", "--recommendation", "Advice one", "--what", TRAIN, *theirs, *issuer)
    assert ran.code == 0, ran.err
    said = " ".join(advised("ask", "answered", "--party", "Ghana").out.split())
    assert "Of 1 recommendation to Ghana, 1 has a stated answer." in said
    assert "Ghana says: implemented on 1. Who made them later said: partly met on 1." in said
    assert "They differ on 1 recommendation." in said
    assert advised("undo", "--yes").code == 0
    after = " ".join(advised("ask", "answered", "--party", "Ghana").out.split())
    assert "Not confirmed: no answer to 1 recommendation to Ghana is on file" in after


def test_what_its_issuer_found_may_be_entered_by_itself(advised: Iga) -> None:
    found = ("--issuer-verdict", "not met", "--issuer-verdict-on", "2025-06")
    assert advised("add", "answer", "--recommendation", "Advice one", *found).code == 0
    [row] = advised("ask", "answered", "--party", "Ghana", "--json").document["rows"]
    assert (row["state"], row["issuer_says"], row["issuer_says_on"]) == ("no answer on record", "not met", "2025-06")


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [
        ((), 2, "say what answers the recommendation, or what its issuer later found"),
        (("--issuer-verdict", "met", "--our-verdict", "met"), 2, "a verdict of the party or of ours is on that"),
        (("--what", "Nothing of the sort"), 4, "Nothing of the sort"),
        (("--what", TRAIN, "--their-verdict-on", "soon"), 2, "soon"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_fix(advised: Iga, typed: tuple[str, ...], code: int, why: str) -> None:
    ran = advised("add", "answer", "--recommendation", "Advice one", *typed)
    assert (ran.code, why in " ".join(ran.err.split())) == (code, True), ran.err
