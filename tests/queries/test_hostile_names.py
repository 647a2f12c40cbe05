"""What somebody types is data: no text reaches a query parser, and any text has an answer or a clear refusal."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import IgaError, NotFound, UsageError
from iga.graph.statements import Card, NodeStatement
from iga.graph.workspace import Workspace
from iga.queries.ask import ask
from iga.queries.core.answer import FindResult
from iga.queries.core.names.find import find
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session
from tests.acceptance.homes import load_and_project, row, settled
from tests.queries.world import TODAY
from tests.reading import some

LOOKS_LIKE_A_QUERY = [
    "name:Ghana AND (code:[* TO *])", "Ghana~0.1 +Kenya -Peru^4 /Gh.na/ Gha?a* \"",
    "title:(quick OR brown) && !x || \\(y\\)", "MATCH (n) DETACH DELETE n RETURN 1",
    "'}) MATCH (n) DETACH DELETE n //", "gov:gha'}) SET n.name = 'x' //", "$name {id: $id} `Entity`",
    "Ghana\" NEAR/2 \"Kenya\" OR name : *", "Ghana'; DROP TABLE name; --", "%' OR '1'='1", "_______ %%%%%% a",
    "col:^\"a\" NOT * AND", "gov:gha OR 1=1", "../../etc/passwd", "<script>alert('x')</script>",
    "{{7*7}} ${7*7} %s %n",
]  # fmt: skip
UNREADABLE = ["", "   ", "…", "😀😀🇬🇭👩‍👩‍👧", "\x00\x01\x02", "\u200b\u202e", "!!! ??? ***", "﷽"[:0], "'\"`\\"]


@pytest.mark.parametrize("typed", LOOKS_LIKE_A_QUERY)
def test_a_text_that_looks_like_a_query_is_only_a_name(session: Session, typed: str) -> None:
    before = find(session, "Ghana")
    assert find(session, typed).query == typed
    with pytest.raises(IgaError):
        subject_of(session, typed, parameter="party", labels=("Party",))
    assert find(session, "Ghana") == before


@pytest.mark.parametrize("typed", UNREADABLE)
def test_a_text_without_a_letter_is_refused_in_a_sentence(session: Session, typed: str) -> None:
    with pytest.raises(UsageError, match="holds no letter or digit"):
        find(session, typed)
    with pytest.raises(UsageError, match="names nothing"):
        subject_of(session, typed, parameter="party", labels=("Party",))


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "Ghana " * 2_000, "é" * 10_000, "加" * 10_000, "😀" * 9_999 + "a", "(" * 10_000 + "a", "a," * 5_000],
)
def test_a_text_that_nobody_types_is_refused_without_being_repeated(session: Session, typed: str) -> None:
    with pytest.raises(UsageError, match=r"the text has 1\d,00\d letters"):
        find(session, typed)
    with pytest.raises(IgaError) as caught:
        subject_of(session, typed, parameter="party", labels=("Party",))
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize("typed", ["Ghana \x00 \x1b[31m", "Gh\u0000ana", "\ud800Ghana", "Ghana\ufffe", "a\u0301" * 200])
def test_control_characters_and_broken_letters_have_an_answer(session: Session, typed: str) -> None:
    assert find(session, typed).total.value >= 0


@given(st.text(max_size=400))
def test_any_text_has_an_answer_or_a_refusal(session: Session, typed: str) -> None:
    with suppress(IgaError):
        assert find(session, typed).query == typed
    with suppress(IgaError):
        assert subject_of(session, typed, parameter="party", labels=("Party",)).name


@pytest.mark.parametrize("typed", ["*:*", "😀", "x" * 10_000, "topic OR 1=1"])
def test_a_topic_that_is_none_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(IgaError, match="topic: nothing is called") as caught:
        ask(session, "engagements", {"party": "ESO", "topic": typed})
    assert len(str(caught.value)) < 600


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
