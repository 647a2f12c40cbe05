"""The page of the questions shows real answers, and every command that it names for a situation does its work."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from docs.making.coverage_rows import command_line
from docs.making.questions_page import fictional_answers, public_answers
from docs.making.reference_workspace import DAY, document_of
from docs.making.situations import SITUATIONS, situations_table
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from tests.conftest import DEMO_AT, workspace_at
from tests.reading import some
from tests.sweeps import one_in

COMMANDS = [words for situation in SITUATIONS for words in situation.commands]


@pytest.fixture(scope="module")
def workspace(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = tmp_path_factory.mktemp("page") / demo_home.name
    shutil.copytree(demo_home, home)
    with workspace_at(home, DEMO_AT) as opened, opened.kept_open() as workspace:
        yield workspace


@pytest.fixture(scope="module")
def shown(bundled: Session, demo: Session) -> Mapping[str, str]:
    """Give the answers of the page."""
    public = public_answers(replace(bundled, today=DAY))
    return public | fictional_answers(demo, beside=public)


@pytest.mark.slow
def test_every_question_is_shown_with_a_sentence_a_table_and_its_sources(shown: Mapping[str, str]) -> None:
    assert shown.keys() == QUESTIONS.keys()
    for name, text in some(shown.items()):
        lines = [line for line in text.splitlines() if line.startswith(">")]
        assert lines[0].startswith("> "), name
        assert not lines[0].startswith("> As of "), name
        assert any(line.startswith("> |---") or line.startswith(">|---") for line in lines), name
        assert any(line.startswith("> Sources: ") for line in lines), name


@pytest.mark.slow
def test_an_answer_from_the_fictional_sample_says_so(shown: Mapping[str, str]) -> None:
    for name, text in some(shown.items()):
        assert text.startswith("No public data") == ("made up for demonstration" in text or "Fictional" in text), name


def test_the_office_s_38_situations_are_served_each_by_a_command_that_the_table_shows() -> None:
    assert len(SITUATIONS) == 38
    assert all(situation.commands for situation in SITUATIONS)
    assert all(f"`{command_line(words)}`" in situations_table() for words in COMMANDS)


@pytest.mark.parametrize("words", one_in(6, [(words,) for words in COMMANDS]), ids=command_line)
def test_a_command_for_a_situation_does_its_work(workspace: Workspace, words: tuple[str, ...], tmp_path: Path) -> None:
    assert document_of(words, workspace, folder=tmp_path)
