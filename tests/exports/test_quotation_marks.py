"""Quotation marks stand only round what a row holds letter by letter; a summary of ours says that it is one."""

import csv
import re
from pathlib import Path

import pytest

from iga.exports.memos.printing import words
from iga.exports.memos.write import write_memo
from iga.exports.paper.record import record_of
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, Subject
from iga.queries.core.session import Session
from iga.queries.core.wording import as_said, quoted
from iga.queries.multilateral.commitments import CommitmentRow
from iga.queries.multilateral.recommendations import RecommendationRow
from iga.queries.whole.governments import GovernmentRow

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for room in ("queries", "exports") for path in (ROOT / room).rglob("sentences/*.j2"))
MODULES = sorted(
    path for room in ("queries", "exports", "entering", "cli", "api") for path in (ROOT / room).rglob("*.py")
)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_IN_MARKS = re.compile(r"“([^”]*)”")
_OURS = "in our own words"


def test_no_template_sets_quotation_marks_itself() -> None:
    assert len(TEMPLATES) > 80
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search("[“”„«»‹›]", text), path
        bare = _CODE.sub(" ", text)
        # An apostrophe and the words of a command line are none.
        assert not re.search(r"\"|(?<![\w)])'|'(?!\w)", re.sub(r"s' | iga add .*", " ", bare)), path


def test_no_module_sets_quotation_marks_but_the_one_that_knows_what_is_verbatim() -> None:
    setting = [path.name for path in MODULES if "“" in path.read_text(encoding="utf-8")]
    assert setting == ["lint.py", "wording.py"]  # the one reads finished papers


def test_a_summary_says_that_it_is_ours() -> None:
    assert as_said("Train prosecutors.", None) == "Train prosecutors, in our summary."
    assert as_said("Train prosecutors.", True) == "“Train prosecutors.”"
    assert as_said("Train prosecutors", True) == "“Train prosecutors”."
    assert quoted("focal point") == "“focal point”"


def _titles(answer: Answer, row: RecommendationRow | CommitmentRow) -> str:
    return "; ".join(answer.evidence[number].title for number in row.evidence)


@pytest.fixture(scope="module")
def governments(bundled: Session) -> list[Subject]:
    rows = ask(bundled, "governments", {}).rows
    return [Subject(id=row.id, cls="Government", name=row.name) for row in rows if isinstance(row, GovernmentRow)]


@pytest.mark.slow
def test_what_stands_in_marks_of_every_recommendation_is_its_issuer_s_own(
    bundled: Session, governments: list[Subject]
) -> None:
    asked = [
        *({"party": one.id} for one in governments),
        {"issuer": "US Advisory Council on Human Trafficking"},
        {"issuer": "GAO"},
    ]
    in_files = {
        text
        for path in sorted((ROOT / "ingest/reference").rglob("recommendations_*.csv"))
        for text in (row["wording"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    }
    seen = {True: 0, False: 0}
    for answer in (ask(bundled, "recommendations", params) for params in asked):
        for row in answer.rows:
            assert isinstance(row, RecommendationRow)
            said = words("brief/advice", row, number=1)
            assert bool(_IN_MARKS.search(said)) is row.is_verbatim, said
            assert ("in our summary" in said) is (bool(row.wording) and not row.is_verbatim), said
            assert not (row.is_verbatim and _OURS in _titles(answer, row)), said
            if row.is_verbatim:
                assert f"“{row.wording}”" in said
                assert row.wording in in_files  # letter by letter
            seen[row.is_verbatim] += 1
        doubts = [doubt for doubt in answer.caveats if "our summary, not the issuer's own" in doubt.text]
        summed_up = any(
            row.wording and not row.is_verbatim for row in answer.rows if isinstance(row, RecommendationRow)
        )
        assert bool(doubts) is summed_up
    assert seen[True] > 1_500, seen
    assert seen[False] > 1_500, seen


def test_what_stands_in_marks_of_every_promise_is_what_was_said(demo: Session) -> None:
    rows = [row for row in ask(demo, "commitments", {}).rows if isinstance(row, CommitmentRow)]
    assert sum(row.is_verbatim for row in rows) > 10
    for row in rows:
        sides = {"is_ours": True, "ours": "", "theirs": ""}
        told = [
            words("promises/promise", row),
            words("brief/one_promise", row, **sides),
            words("brief/promise", row=row),
        ]
        for inside in (inside for text in told for inside in _IN_MARKS.findall(text)):
            assert row.is_verbatim
            assert inside == row.words


@pytest.mark.slow
@pytest.mark.parametrize("party", ["China", "Ghana", "Brazil", "United States"])
def test_a_paper_on_a_government_quotes_no_summary(bundled: Session, party: str) -> None:
    wordings = {
        row.wording
        for row in ask(bundled, "recommendations", {"party": party}).rows
        if isinstance(row, RecommendationRow) and row.is_verbatim
    }
    paper = record_of(write_memo(bundled, "government", {"party": party}, is_full=True))
    in_marks = [inside for line in paper.said for inside in _IN_MARKS.findall(line.text) if "made up" not in line.text]
    assert set(in_marks) <= wordings
    assert any("in our summary" in line.text for line in paper.said)
