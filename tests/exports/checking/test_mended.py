"""What of a finished paper rests on a sentence that was wrong in the version that wrote it is listed."""

from dataclasses import replace

import pytest

from iga.exports.checking.check import MendedSentence, checked, mended
from iga.exports.memos.write import write_memo
from iga.exports.paper.record import PaperRecord, record_of
from iga.queries.core.clauses import _macro
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS

QUOTED = MendedSentence(question="recommendations", clause="rows", wrong="Quoted.", release="9.0.0")


@pytest.fixture(scope="module")
def paper(bundled: Session) -> PaperRecord:
    return record_of(write_memo(bundled, "government", {"party": "China"}))


def aged(record: PaperRecord) -> PaperRecord:
    """Return a record as versions wrote it that did not say what statements rest on."""
    said = tuple(replace(statement, told_by=()) for statement in record.said)
    return replace(record, making=replace(record.making, version=""), said=said)


def test_every_mended_sentence_is_one_that_a_question_says() -> None:
    assert mended()
    for one in mended():
        question = QUESTIONS[one.question]
        if one.clause not in ("*", "rows"):
            macro = one.clause.replace("-", "_")
            assert _macro(question.package, question.name, macro, in_paper=True, is_caveat=True), one
        assert one.wrong.endswith("."), one
        assert one.release, one


def test_a_statement_that_rests_on_a_mended_sentence_is_listed(bundled: Session, paper: PaperRecord) -> None:
    for record in (paper, aged(paper)):
        found = checked(bundled, record, known=(QUOTED,))
        [rests] = found.mended
        assert (rests.question, rests.wrong) == ("recommendations", "Quoted.")
        assert "Recommendations by the Office to Monitor" in rests.text
        assert found.has_findings
        assert (found.changed, found.gone, found.new) == ((), (), ())


def test_a_paper_of_the_release_that_mended_it_rests_on_nothing_wrong(bundled: Session, paper: PaperRecord) -> None:
    version = paper.making.version
    assert version
    for known in (QUOTED.model_copy(update={"release": version}), QUOTED.model_copy(update={"since": "8.0.0"})):
        assert not checked(bundled, paper, known=(known,)).has_findings
    assert not checked(bundled, paper).has_findings


def test_candidates_come_before_their_release() -> None:
    known = QUOTED.model_copy(update={"since": "1.0.0rc2", "release": "1.0.0"})
    wrong = {
        version: known.was_wrong_in(version) for version in ("", "1.0.0rc1", "1.0.0rc2", "1.0.0rc10", "1.0.0", "1.0.1")
    }
    assert wrong == {
        "": True, "1.0.0rc1": False, "1.0.0rc2": True, "1.0.0rc10": True, "1.0.0": False, "1.0.1": False,
    }  # fmt: skip  # a table


def test_of_an_older_paper_that_says_it_nowhere_now_all_of_it_is_named(bundled: Session, paper: PaperRecord) -> None:
    """Its statement may be one that is told under another heading today, or not at all."""
    old = aged(paper)
    moved = replace(old, said=tuple(replace(one, section=f"{one.section}, as it was") for one in old.said))
    [rests] = checked(bundled, moved, known=(QUOTED,)).mended
    assert (rests.section, rests.text, rests.question) == ("", "", "recommendations")
