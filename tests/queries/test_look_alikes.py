"""Letters that only look alike, hidden characters and turned directions are told, and never equal a name in silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.errors import NotFound
from iga.graph.statements import Card, NodeStatement
from iga.graph.workspace import Workspace
from iga.queries.core.answer import FindResult
from iga.queries.core.names.find import find
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session
from tests.acceptance.homes import load_and_project, row, settled
from tests.queries.world import TODAY
from tests.reading import some

CYRILLIC_O = "\u041eSCE"
ALL_CYRILLIC = "\u041e\u0405\u0421\u0415"
OSCE = NodeStatement(
    "InternationalOrganization", "org:osce", {"name": "Security Organization", "acronym": "OSCE", "aliases": ["ОБСЕ"]}
)
MIXED = NodeStatement("Ngo", "ngo:mixed", {"name": f"{CYRILLIC_O} Friends", "acronym": CYRILLIC_O})
HIDDEN = NodeStatement("Ngo", "ngo:hidden", {"name": "OS\u200bCE"})
FOREIGN = NodeStatement("Ngo", "ngo:foreign", {"name": ALL_CYRILLIC})


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home: Path = tmp_path_factory.mktemp("odd")
    with settled(home) as opened:
        load_and_project(opened, [row("1", OSCE)], card=Card("ref:one", "One"))
        yield opened


@pytest.fixture(scope="module")
def with_odd_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home: Path = tmp_path_factory.mktemp("odder")
    with settled(home) as opened:
        rows = [row(str(number), node) for number, node in enumerate((OSCE, MIXED, HIDDEN, FOREIGN))]
        load_and_project(opened, rows, card=Card("ref:one", "One"))
        yield opened


def found(workspace: Workspace, typed: str) -> FindResult:
    with workspace.reading() as reading:
        return find(Session.of(reading.store, reading.ledger, today=TODAY), typed)


@pytest.mark.parametrize("typed", [CYRILLIC_O, "OS\u200bCE", "\u202eECSO\u202c", "OSCE\u200e", "𝐎𝐒𝐂𝐄"])
def test_a_typed_name_that_only_looks_like_one_is_found_nearly_and_told(workspace: Workspace, typed: str) -> None:
    result = found(workspace, typed)
    assert [(hit.id, hit.how) for hit in result.hits] == [("org:osce", "fuzzy")]
    assert [caveat.kind for caveat in result.caveats] == ["uncertain"]
    assert result.caveats[0].text.startswith("What was typed")


@pytest.mark.parametrize("typed", [CYRILLIC_O, "OS\u200bCE", "OSCE\u200e"])
def test_a_parameter_does_not_take_it_for_the_name_and_says_why(workspace: Workspace, typed: str) -> None:
    with workspace.reading() as reading:
        session = Session.of(reading.store, reading.ledger, today=TODAY)
        with pytest.raises(NotFound, match=r": it (mixes|holds) .*; did you mean Security"):
            subject_of(session, typed, parameter="party", labels=("Party",))


@pytest.mark.parametrize("typed", ["OSCE", "ОБСЕ", "OBSE", "osce"])
def test_a_name_in_one_script_is_as_good_as_another(workspace: Workspace, typed: str) -> None:
    result = found(workspace, typed)
    assert (result.hits[0].how in ("acronym", "alias"), result.hits[0].note, result.caveats) == (True, None, ())


def test_a_stored_name_that_only_looks_like_one_is_never_equal_to_it(with_odd_names: Workspace) -> None:
    result = found(with_odd_names, "OSCE")
    exact = [hit.id for hit in result.hits if hit.how in ("name", "acronym", "alias", "code")]
    assert exact == ["org:osce"]
    assert all(hit.note for hit in some(result.hits) if hit.id != "org:osce")


def test_a_stored_name_that_is_odd_is_found_to_the_letter_and_told(with_odd_names: Workspace) -> None:
    first = found(with_odd_names, CYRILLIC_O).hits[0]
    assert (first.id, first.how) == ("ngo:mixed", "acronym")
    assert first.note is not None
    assert "mixes Cyrillic and Latin letters in one word: U+041E" in first.note
    assert "it looks like 'OSCE" in first.note


def test_a_name_of_another_script_throughout_that_looks_like_a_name_is_told(
    with_odd_names: Workspace, workspace: Workspace
) -> None:
    [first, *_] = found(with_odd_names, ALL_CYRILLIC).hits
    assert first.id == "ngo:foreign"
    assert first.note is not None
    assert "in other letters than 'OSCE', the name of Security Organization (org:osce)" in first.note
    assert [(hit.id, hit.how) for hit in found(workspace, ALL_CYRILLIC).hits] == [("org:osce", "fuzzy")]
