"""A text in plain words is answered, offered choices, or refused; what it is understood as can be asked again."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.words import Labelled, judged, labelled_in, sample
from iga.graph.errors import Ambiguous, IgaError, NotFound, UsageError
from iga.queries.ask import ask
from iga.queries.core.names.find import hits_of
from iga.queries.core.session import Session
from iga.queries.plain.answering import ask_in_words, taken_apart, understanding
from iga.queries.plain.phrases import SLOT, phrases, taught
from tests.sweeps import one_in

KEPT_APART = labelled_in(Path(__file__).parent / "kept_apart.csv")


def test_what_is_understood_is_said_with_the_command_that_asks_it(officer: Session) -> None:
    answer = ask_in_words(officer, "which osce countries are outside palermo")
    assert answer.understood.question == answer.question == "gaps"
    assert answer.understood.parameters == {"party": "org:osce", "agreement": "treaty:palermo"}
    assert answer.understood.command == "iga ask gaps --party OSCE --agreement Palermo"
    assert len(answer.understood.others) <= 3
    plain = ask(officer, "gaps", {"party": "OSCE", "agreement": "Palermo Protocol"})
    assert answer.model_dump(exclude={"understood"}) == plain.model_dump()


@pytest.mark.parametrize(
    ("text", "card", "parameters"),
    [
        ("when did we last meet the us embassy in accra", "last-touch", {"party": "body:us-embassy-gha"}),
        ("how much money did winrock get", "funding", {"party": "ngo:winrock-international"}),
        ("members of the OSCE as of 2026-11-27", "members", {"party": "org:osce"}),  # today is meant anyway
        (
            "meetings with Ghana in december 2025",
            "engagements",
            {"party": "gov:gha", "since": "2025-12", "until": "2025-12"},
        ),
        (
            "are we, the United States, party to the Palermo Protocol",
            "treaty-status",
            {"party": "gov:usa", "agreement": "treaty:palermo"},
        ),
        (
            "is Kenya in the Security Council in 2027",
            "memberships",
            {"party": "gov:ken", "other": "forum:unsc", "as_of": "2027"},
        ),
        ("resolution 2331 (2016) in 2016 sponsors", "resolution", {"resolution": "resolution:s-res-2331-2016"}),
    ],
)
def test_days_and_names_that_say_no_more_are_not_asked_for(
    officer: Session, text: str, card: str, parameters: dict[str, str]
) -> None:
    understood = understanding(officer, text)
    assert (understood.question, understood.parameters) == (card, parameters)


@pytest.mark.parametrize("us", ["the US", "the United States", "the U.S."])
@pytest.mark.parametrize("body", ["UNESCO", "the WHO", "the ILO", "the Human Rights Council", "UN Women"])
def test_whether_we_are_in_a_body_and_whether_we_leave_it_is_answered(bundled: Session, us: str, body: str) -> None:
    texts = {
        f"is {us} in {body}": "memberships",
        f"is {us} still in {body}": "memberships",
        f"are we in {body}": "memberships",
        f"is {us} leaving {body}": "withdrawals",
        f"are we leaving {body}": "withdrawals",
    }
    for text, question in texts.items():
        understood = understanding(bundled, text)
        assert understood.question in (question, "withdrawals"), text
        assert understood.parameters["party"] == "gov:usa", text
        assert understood.parameters["other"], text


@pytest.mark.parametrize(
    "asked",
    [f"{verb} X leave Y" for verb in ("did", "does")]
    + [f"has X {left} Y" for left in ("left", "quit", "exited", "withdrawn from", "pulled out of")]
    + [f"did X {leave} Y" for leave in ("quit", "exit", "withdraw from")]
    + ["is X leaving Y", "when did X leave Y"],
)
def test_yes_and_no_follow_whether_it_was_asked_for_leaving(bundled: Session, asked: str) -> None:
    """Whoever left has left: of no verb and tense of leaving is that denied, nor Yes said for one that stays."""
    left = [("the UK", "the EU"), ("Nicaragua", "the OAS"), ("the US", "the Human Rights Council"), ("the US", "WHO")]
    for party, body, word in [*((*pair, "Yes: ") for pair in left), ("Ghana", "the African Union", "Not confirmed: ")]:
        answer = ask_in_words(bundled, asked.replace("X", party).replace("Y", body))
        assert answer.question == "withdrawals"
        assert answer.headline.startswith(word), answer.headline


@pytest.mark.parametrize("led", ["led", "headed", "ran", "was the head of", "was in charge of"])
@pytest.mark.parametrize("body", ["the TIP Office", "the OSCE", "the ILO", "UNODC"])
def test_a_year_with_a_question_after_the_head_asks_who_it_was_then(bundled: Session, led: str, body: str) -> None:
    understood = understanding(bundled, f"who {led} {body} in 2012")
    assert understood.question == "chairs"
    assert (understood.parameters["since"], understood.parameters["until"]) == ("2012", "2012")


def test_what_no_question_answers_is_refused_and_not_asked(officer: Session) -> None:
    for text in ("good morning", "population of Ghana", "asdf qwerty"):
        with pytest.raises(NotFound, match="none was asked"):
            ask_in_words(officer, text)


def test_a_blank_or_endless_text_is_refused_in_words(officer: Session) -> None:
    for text in ("?!", "tier " * 200):
        with pytest.raises(UsageError, match="nothing can be asked"):
            understanding(officer, text)


def test_what_would_change_something_is_refused_with_the_command_that_does_it(officer: Session) -> None:
    for text, command in (("change Ghana's tier to 3", "iga correct"), ("please delete Ghana", "iga withdraw")):
        with pytest.raises(NotFound, match="would change") as refused:
            understanding(officer, text)
        assert refused.value.suggestions[0].startswith(command)


def test_what_is_lacking_is_said(officer: Session) -> None:
    with pytest.raises(NotFound, match="which needs party"):
        understanding(officer, "tell me everything about this party")


@pytest.mark.parametrize("row", list(taught())[::40], ids=lambda row: row["text"])
def test_a_text_that_is_taught_is_understood(officer: Session, row: dict[str, str]) -> None:
    try:
        card = understanding(officer, row["text"]).question
    except (NotFound, Ambiguous):
        return
    assert card in row["card"].split("|")


def test_texts_that_are_kept_apart_are_understood_nearly_as_well(officer: Session) -> None:
    all_judged = [judged(officer, text) for text in KEPT_APART]
    assert sum(one.has_card for one in all_judged) >= 0.9 * len(all_judged)
    assert sum(one.is_wrongly_sure for one in all_judged) <= 0.04 * len(all_judged)


@pytest.mark.parametrize("text", one_in(4, KEPT_APART[::3]), ids=lambda text: text.text)
def test_the_command_gives_the_same_answer(officer: Session, text: Labelled) -> None:
    try:
        answer = ask_in_words(officer, text.text)
    except IgaError:
        return
    again = ask(officer, *taken_apart(answer.understood.command))
    if remark := answer.understood.remark:
        assert (answer.answer, answer.rows) == (f"{remark} {again.answer}", again.rows)
    else:
        assert again.model_dump() == answer.model_dump(exclude={"understood"})


@given(
    st.lists(
        st.sampled_from(sorted(phrases().known | {"Ghana", "OSCE", "FY27", "since", "2019", "∅", "Кения"})), max_size=9
    )
)
def test_any_text_is_understood_or_refused(officer: Session, words: list[str]) -> None:
    try:
        command = understanding(officer, " ".join(words)).command
    except (NotFound, UsageError):
        return
    assert command.startswith(("iga ask ", "iga list governments "))


@pytest.mark.shared
def test_the_labelled_sample_is_understood_also_where_nobody_looked(officer: Session, shared: Path) -> None:
    texts = sample(shared.parent / "reference" / "plain_words.csv")
    for is_held_back, least, most in ((False, 0.95, 0.02), (True, 0.83, 0.04)):
        half = [judged(officer, text) for text in texts if text.is_held_back == is_held_back]
        assert sum(one.is_right for one in half) >= least * len(half)
        assert sum(one.is_wrongly_sure for one in half) <= most * len(half)


NOT_ON_FILE = re.findall(
    r"\w[^|\n]*\w",
    """
Rome Statute|Kyoto Protocol|Paris Agreement|Basel Convention|Maputo Protocol|Warsaw Pact|Treaty of Lisbon|ICC|BRICS
Outer Space Treaty|Convention on Biological Diversity|Abraham Accords|Antarctic Treaty|League of Nations|Zzzland
Arctic Council|International Criminal Court|Gates Foundation|Bilderberg Group|Green Climate Fund|Khmer Union|AUKUS
Council of Elders|Freedom Society|Nordic Battlegroup|Trilateral Commission|John Quimby|Ana Pérez Zubiri|Ouarzazate
Oleksandr Hrytsenko|Mbeki Dlamini|Priya Raghunathan|Wakanda|Atlantis|Westphalia|Narnia|Kalahari|ກຂຄງຈ|ᎠᎡᎢᎣ|ዐዑዒዓ""",
)
OF_THE_WORLD = {"party": "Kenya", "other": "Ghana", "agreement": "the Palermo Protocol", "issuer": "UNHCR"}


def texts_of_what_is_not_on_file() -> Iterator[tuple[str, str]]:
    """Yield each card's phrasings with each name in one of their places, or behind them; then in small letters."""
    for (n, card), (m, name) in product(enumerate(phrases().cards.values()), enumerate(NOT_ON_FILE)):
        asked = card.asks[(n + m) % len(card.asks)]
        slots = SLOT.findall(asked)
        unknown = dict.fromkeys(slots[m % max(len(slots), 1) :][:1], name)
        said = dict.fromkeys(slots, "Kenya") | OF_THE_WORLD | unknown
        text = asked if slots else f"{asked} of {name}"
        for slot in set(slots):
            text = text.replace(f"{{{slot}}}", said[slot])
        yield from ((text, name), (text.replace(name, name.lower()), name.lower()))


@pytest.mark.parametrize("every", [40, pytest.param(2, marks=pytest.mark.slow)])
def test_what_nothing_on_file_is_called_is_named_and_never_left_out(bundled: Session, every: int) -> None:
    texts = list(texts_of_what_is_not_on_file())[::every]
    assert len(texts) > 100
    for text, name in [*texts, ("tier of accra", "accra"), ("email of the french embassy in accra", "accra")]:
        with pytest.raises(IgaError, match=re.escape(name)) as refused:
            ask_in_words(bundled, text)
        if f"{name!r} is not in this graph" in refused.value.message:
            assert hits_of(bundled, name, limit=1) == ()


@pytest.mark.parametrize(("name", "party"), [("ประเทศไทย", "gov:tha"), ("대한민국", "gov:kor"), ("북한", "gov:prk")])
def test_a_government_is_known_by_its_own_name(officer: Session, name: str, party: str) -> None:
    assert understanding(officer, f"what tier is {name} in 2025").parameters["party"] == party
