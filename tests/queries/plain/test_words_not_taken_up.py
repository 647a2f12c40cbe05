"""A word that turns or narrows a question is used, said not to have been taken up, or the question is refused."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from iga.graph.errors import Ambiguous, IgaError, NotFound
from iga.queries.ask import ask
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.session import Session
from iga.queries.plain.answering import Understanding, ask_in_words, understanding
from iga.queries.plain.phrases import SLOT, asked_in, phrases, stems_of

_ADDED = (
    "suspended", "former", "only", "female", "youngest", "in 1913", "never", "unanimously", "largest", "secret",
    "acting", "since 1950", "retired", "without Wakanda", "annual", "not",
)  # fmt: skip  # they are one list
_NAMES = {
    "party": "Kenya",
    "other": "Ghana",
    "agreement": "the Palermo Protocol",
    "issuer": "UNHCR",
    "government": "Peru",
}


def _understood(session: Session, text: str) -> Understanding | None:
    try:
        return understanding(session, text)
    except IgaError:
        return None


def _asked() -> Iterator[str]:
    """Yield each phrasing of each question whose names are of the kinds that are easily named."""
    for card in phrases().cards.values():
        for text in card.asks:
            slots = set(SLOT.findall(text))
            if slots <= _NAMES.keys():
                for slot in slots:
                    text = text.replace(f"{{{slot}}}", _NAMES[slot])
                yield text


def _is_told(understood: Understanding, base: Understanding, word: str) -> bool:
    is_answered = set(stems_of(word, phrases().same)) <= asked_in(understood.question)
    is_said = any(word in part for part in understood.not_used)
    return is_said or is_answered or understood.parameters != base.parameters


@pytest.mark.parametrize("every", [389, pytest.param(41, marks=pytest.mark.slow)])
def test_a_word_that_a_question_does_not_know_is_never_dropped_in_silence(bundled: Session, every: int) -> None:
    texts = list(product(_asked(), _ADDED))[::every]
    assert len(texts) > 40
    told = 0
    for text, word in texts:
        base, understood = _understood(bundled, text), _understood(bundled, f"{text} {word}")
        if base and understood and base.question == understood.question:
            assert _is_told(understood, base, word), (text, word, understood)
            told += bool(understood.not_used)
    assert told > len(texts) // 20


def test_what_was_not_taken_up_stands_before_the_reply(bundled: Session) -> None:
    answer = ask_in_words(bundled, "former members of the Human Rights Council")
    assert answer.understood.not_used == ("former",)
    plain = ask(bundled, "members", {"party": "Human Rights Council"})
    assert answer.reply == f"“former” was not taken up. {plain.reply}"
    assert answer.headline == f"“former” was not taken up. {plain.headline}"


@pytest.mark.parametrize("word", ["former", "only", "suspended", "female", "no longer"])
@pytest.mark.parametrize(("party", "body"), [("Ghana", "the African Union"), ("France", "the EU"), ("Mali", "ECOWAS")])
def test_yes_is_never_said_to_more_than_was_asked(bundled: Session, word: str, party: str, body: str) -> None:
    for text in (
        f"is {party} a {word} member of {body}",
        f"is {party} {word} in {body}",
        f"is {party} {word} from {body}",
    ):
        try:
            reply = ask_in_words(bundled, text).reply
        except (Ambiguous, NotFound):
            continue
        assert not reply.startswith("Yes") or word == "suspended", (text, reply)


@pytest.mark.parametrize("body", ["African Union", "Commonwealth", "OAS", "ECOWAS", "OSCE", "EU"])
def test_whether_somebody_is_suspended_follows_the_list(bundled: Session, body: str) -> None:
    rows: tuple[Any, ...] = tuple(row for row in ask(bundled, "members", {"party": body}).rows if row.held == "yes")
    suspended = {row.id: row.name for row in rows if row.status == "suspended"}
    others = {row.id: row.name for row in rows if row.cls == "Government" and row.id not in suspended}
    for id_, name in [*suspended.items(), *list(others.items())[::25]]:
        answer = ask_in_words(bundled, f"is {name} suspended from the {body}")
        assert answer.understood.parameters["status"] == "suspended"
        assert answer.headline.startswith("Yes" if id_ in suspended else "Not confirmed"), answer.headline


@pytest.mark.parametrize("asked", ["has {} only signed {}", "has {} not ratified {}", "has {} never ratified {}"])
@pytest.mark.parametrize("agreement", ["Palermo", "C189", "CEDAW"])
def test_whoever_ratified_has_not_only_signed(bundled: Session, asked: str, agreement: str) -> None:
    rows: tuple[Any, ...] = tuple(ask(bundled, "parties", {"agreement": agreement}).rows)
    parties = [row.name for row in rows if row.cls == "Government" and (row.standing, row.held) == ("party", "yes")]
    for name in parties[::80]:
        assert ask_in_words(bundled, asked.format(name, agreement)).headline.startswith("No: ")


@pytest.mark.parametrize("category", ["observer", "associate member"])
def test_who_takes_part_otherwise_is_told_so_when_asked(bundled: Session, category: str) -> None:
    for body in ("ASEAN", "CARICOM", "Council of Europe"):
        rows: tuple[Any, ...] = tuple(ask(bundled, "members", {"party": body}).rows)
        for row in [row for row in rows if row.held == "yes" and row.cls == "Government"][::9]:
            answer = ask(bundled, "memberships", {"party": row.id, "other": body, "category": category})
            is_so = category in (row.category or "").lower()
            assert answer.headline.startswith("Yes" if is_so else "Not confirmed"), answer.headline


_MADE_UP = (
    "Ruritania Prussia Estovakia Wakanda Genovia Freedonia Zubrowka Elbonia Borduria Syldavia Sokovia Krakozhia Panem"
    " Qumar Zamunda Graustark Agrabah Gondor Mordor Narnia Lilliput Atlantis Aldovia Gilead Zembla Slaka"
)


@pytest.mark.parametrize("name", _MADE_UP.split())
def test_a_made_up_state_is_taken_for_none(bundled: Session, name: str) -> None:
    for asked in (lambda: understanding(bundled, f"tier of {name}"), lambda: _government(bundled, name)):
        with pytest.raises((Ambiguous, NotFound)):
            asked()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hhana", "gov:gha"),
        ("Romanai", "gov:rou"),
        ("Keyna", "gov:ken"),
        ("Mauritnia", "gov:mrt"),
        ("Rusia", "gov:rus"),
    ],
)
def test_a_slip_in_the_name_of_a_state_is_still_that_state(bundled: Session, typed: str, meant: str) -> None:
    assert _government(bundled, typed) == meant


def _government(session: Session, name: str) -> str:
    return likely_subject_of(session, name, parameter="party", labels=("Government",))[0].id


@pytest.mark.parametrize(
    ("text", "filter_"),
    [
        ("which governments on tier 3 have not ratified palermo", 'tier:Tier 3,party_to:!"treaty:palermo"'),
        ("tier 3 countries", "tier:Tier 3"),
        ("how many countries were on tier 2 in 2019", "tier@2019:Tier 2"),
        ("downgraded to tier 3 in 2023", "moved@2023:down,tier@2023:Tier 3"),
        ("osce members on tier 3 or the watch list", 'member_of:"org:osce",tier:Tier 3|Tier 2 Watch List'),
        ("who is in the G7 and not in the G20", 'member_of:"forum:g7",member_of:!"forum:g20"'),
        ("bali process countries on tier 3 without a plan", 'member_of:"forum:bali-process",tier:Tier 3,plan:!yes'),
        ("tier 3 countries in africa", "tier:Tier 3,region:africa"),
    ],
)
def test_two_conditions_are_answered_by_the_list(bundled: Session, text: str, filter_: str) -> None:
    answer = ask_in_words(bundled, text)
    assert (answer.question, answer.understood.parameters["filter"]) == ("list", filter_)
    assert answer.understood.not_used == ()
    assert answer.understood.command.startswith("iga list governments --")


def test_a_list_says_which_condition_it_does_not_take_up(bundled: Session) -> None:
    answer = ask_in_words(bundled, "which OSCE countries on tier 2 have female ministers")
    assert answer.reply.startswith("“female ministers” was not taken up. ")


@pytest.mark.parametrize(
    "text",
    ["which osce countries are outside palermo", "who is party to palermo", "who is on the watch list", "tier 3"],
)
def test_what_a_question_of_its_own_answers_is_no_list(bundled: Session, text: str) -> None:
    assert understanding(bundled, text).question != "list"
