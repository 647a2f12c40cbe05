"""Each golden answer: the bundled row still says what was read there, the answer says it, and its evidence is that row.

The pairs are in tests/golden/*.yaml. Each was written from the row of the bundled file, before the question was asked.
"""

import pytest

from iga.exports.tables import cell_text, records
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from tests.golden.pairs import Cells, Pair, SourceRow, lines_of, pairs, source_of
from tests.queries.faults_of_answers import faults_of

PAIRS = pairs()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.place)
def test_the_bundled_row_still_says_what_was_read_by_hand(pair: Pair) -> None:
    for source in pair.sources:
        [(line, row)] = source.found()
        said = {column: row.get(column) for column in source.says}
        assert said == dict(source.says), f"{source.file}:{line}"
    for source in pair.lacks:
        assert source.found() == []
    for source, number in pair.counts:
        assert len(source.found()) == number


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.place)
def test_the_answer_says_it_and_rests_on_that_row(bundled: Session, pair: Pair) -> None:
    answer = ask(bundled, pair.question, pair.asked)
    assert list(faults_of(answer, bundled)) == []
    for piece in pair.sentence:
        assert piece in answer.answer
    if pair.total is not None:
        assert answer.total.value == pair.total
    matching = [_row_with(answer, cells) for cells in pair.rows]
    numbers = {number for row in matching for number in answer.rows[row].evidence} if matching else set(answer.evidence)
    noted = {(answer.evidence[number].source, answer.evidence[number].locator) for number in numbers}
    assert {_note(source) for source in pair.sources} <= noted


def _row_with(answer: Answer, cells: Cells) -> int:
    """Return the place of the first row that has all these cells."""
    rows = [{field: cell_text(value) for field, value in record.items()} for record in records(answer)]
    lacking = [_differing(row, cells) for row in rows]
    nearest = min(lacking, key=len, default={"any row": ("one", "none")})
    assert not nearest, f"{answer.answer}\nexpected, and found in the row that is nearest: {nearest}"
    return lacking.index({})


def _differing(row: Cells, cells: Cells) -> dict[str, tuple[str, str | None]]:
    """Return the cells that a row does not have, each as expected and as found."""
    return {name: (text, row.get(name.rstrip("~"))) for name, text in cells.items() if not _has(row, name, text)}


def _has(row: Cells, name: str, text: str) -> bool:
    return text in row[name[:-1]] if name.endswith("~") else row.get(name) == text


def _note(source: SourceRow) -> tuple[str, str]:
    [(line, _)] = source.found()
    return source_of(source.file), f"{source.file.rpartition('/')[2]}:{line}"


def test_every_question_has_a_pair_but_those_on_what_the_office_alone_holds() -> None:
    assert QUESTIONS.keys() - {pair.question for pair in PAIRS} == {
        "commitments",
        "consent",
        "what-changed",
        "world-watch",
    }
    assert all(pair.sentence or pair.rows or pair.total is not None for pair in PAIRS)


def test_no_pair_stands_twice() -> None:
    assert len({(pair.question, str(pair.asked)) for pair in PAIRS}) == len(PAIRS)


def test_a_line_of_a_file_is_counted_as_an_editor_counts_it() -> None:
    [first, *_] = lines_of("treaties/parties_palermo.csv")
    assert first[0] == 2
