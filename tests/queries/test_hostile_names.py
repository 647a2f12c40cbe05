"""What somebody types is data: no text reaches a query parser, and any text has an answer or a clear refusal."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import IgaError, UsageError
from iga.queries.ask import ask
from iga.queries.core.names.find import find
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session

LOOKS_LIKE_A_QUERY = [
    "name:Ghana AND (code:[* TO *])",
    "Ghana~0.1 +Kenya -Peru^4 /Gh.na/ Gha?a* \"",
    "title:(quick OR brown) && !x || \\(y\\)",
    "MATCH (n) DETACH DELETE n RETURN 1",
    "'}) MATCH (n) DETACH DELETE n //",
    "gov:gha'}) SET n.name = 'x' //",
    "$name {id: $id} `Entity`",
    "Ghana\" NEAR/2 \"Kenya\" OR name : *",
    "Ghana'; DROP TABLE name; --",
    "%' OR '1'='1",
    "_______ %%%%%% a",
    "col:^\"a\" NOT * AND",
    "gov:gha OR 1=1",
    "../../etc/passwd",
    "<script>alert('x')</script>",
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
