"""Every government is asked about by each of its names, however it is typed, and never taken for another."""

from collections.abc import Iterator

import pytest

from iga.graph.domain.parties import Government, PublicBody
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.names.forms import forms, latin
from iga.graph.names.known_words import peoples
from iga.graph.names.naming import called
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.names.qualified import is_called_otherwise
from iga.queries.core.names.resolve import by_id, choices, subject_of
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.plain.answering import ask_in_words, understanding
from iga.queries.plain.placing import placed

_NAMES = ("name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh")
_FORMER = "former UN seat"
# Several governments are called so, and whoever types it is asked which: Congo, Korea, Virgin Islands.
_SHARE_A_NAME = {"gov:cod", "gov:cog", "gov:kor", "gov:prk", "gov:vgb", "gov:vir"}
# Codes that are acronyms of bodies, too: GB is the Governing Body of the ILO, SOM the senior officials of Bali.
_MOST_SHARED_CODES = 20
_IN_WORDS = ("tier of {}", "is {} a member of IOM", "contact {}")
_ASKED_BACK = "asked back"


@pytest.fixture(scope="module")
def governments(bundled: Session) -> list[Entity]:
    """Give the governments of today: all but those that held a seat once."""
    known = bundled.read(all_of(Government), Everything())
    today = [government for government in known if government.values.get("status") != _FORMER]
    assert len(today) == 276
    return today


def _names(government: Entity) -> Iterator[str]:
    """Yield what a government is called in any language, and in English also in small letters and with its article."""
    for name in dict.fromkeys(filter(None, map(government.values.get, _NAMES))):
        yield name
        if name in (government.name, government.values.get("un_name")):
            yield from (name.lower(), f"the {name}")
    # what a former state was called is that state's, as long as it is on record
    yield from (name for name in government.values.get("aliases") or () if name != "Yemen Arab Republic")


def _as_option(session: Session, text: str) -> str:
    try:
        return subject_of(session, text, parameter="party", labels=("Party",)).id
    except (Ambiguous, NotFound):
        return _ASKED_BACK


def _by_place(session: Session, text: str) -> str:
    try:
        party = placed(session, "tier-history", text).parameters["party"]
    except (KeyError, NotFound, UsageError):
        return _ASKED_BACK
    return _as_option(session, party if isinstance(party, str) else party[0])


def _in_words(session: Session, text: str) -> str:
    try:
        party = understanding(session, text).parameters.get("party", "")
    except (Ambiguous, NotFound):
        return _ASKED_BACK
    return party if isinstance(party, str) else party[0]


@pytest.mark.slow
def test_each_name_given_as_option_or_by_its_place_is_that_government(
    bundled: Session, governments: list[Entity]
) -> None:
    for way in (_as_option, _by_place):
        read = {(it.id, name, way(bundled, name)) for it in governments for name in _names(it)}
        other = {one for one in read if one[2] != one[0]}
        assert {one for one in other if one[2] != _ASKED_BACK} == set()
        assert {government for government, _, _ in other} == _SHARE_A_NAME


def test_each_code_given_as_option_or_by_its_place_is_that_government_or_is_asked_about(
    bundled: Session, governments: list[Entity]
) -> None:
    codes = {(it.id, code) for it in governments for name in ("iso2", "iso3") if (code := it.values.get(name))}
    assert len(codes) > 490
    for way in (_as_option, _by_place):
        other = [read for it, code in sorted(codes) if (read := way(bundled, code)) != it]
        assert set(other) == {_ASKED_BACK}
        assert len(other) <= _MOST_SHARED_CODES


@pytest.mark.slow
def test_each_name_in_plain_words_is_that_government_or_is_asked_about(
    bundled: Session, governments: list[Entity]
) -> None:
    texts = [(it.id, name) for it in governments for name in (*_names(it), it.values.get("iso3") or it.name)]
    asked = [(it, _IN_WORDS[n % len(_IN_WORDS)].format(name)) for n, (it, name) in enumerate(texts)]
    other = {(it, text, read) for it, text in asked if (read := _in_words(bundled, text)) != it}
    assert {one for one in other if one[2] != _ASKED_BACK} == set()
    assert len({it for it, _, _ in other} - _SHARE_A_NAME) <= 3


# Whoever writes one of these means another state than the one in whose name the last words are, or none on record.
_OTHERS = ("South Vietnam", "East Germany", "Northern Cyprus", "Outer Mongolia", "People's Republic of Korea")
_BEFORE = ("Republic of", "Democratic Republic of", "Kingdom of", "Islamic Republic of", "North", "Southern")


@pytest.mark.slow
def test_a_name_with_a_word_that_makes_another_state_of_it_is_that_state_or_is_asked_about(
    bundled: Session, governments: list[Entity]
) -> None:
    texts = [*_OTHERS, *(f"{before} {it.name}" for n, it in enumerate(governments) for before in (_BEFORE[n % 6],))]
    for text in texts:
        read = _in_words(bundled, f"tier of {text}"), _by_place(bundled, text), _as_option(bundled, text)
        for government in {it for it in read if it.startswith("gov:")}:
            [known] = by_id(bundled, government)
            assert not is_called_otherwise(text, known), (text, read)
    assert {_in_words(bundled, f"tier of {text}") for text in _OTHERS} == {_ASKED_BACK}
    for text in ("Republic of China", "the Republic of China", "Republic of China (Taiwan)"):
        read = _in_words(bundled, f"tier of {text}"), _by_place(bundled, text), _as_option(bundled, text)
        assert set(read) == {"gov:twn"}


@pytest.mark.slow
def test_a_word_of_another_name_of_a_government_is_not_taken_for_it(
    bundled: Session, governments: list[Entity]
) -> None:
    words: set[tuple[str, str]] = set()
    for it in governments:
        known = list(called(it.cls, it.values))
        own = {word for match in known if match.how == "name" for word in latin(match.matched).split()}
        own |= {latin(form) for match in known for form in forms(match.matched)}
        others = (match.matched for match in known if match.how == "alias" and match.matched.isascii())
        words |= {(it.id, word) for text in others for word in latin(text).split() if len(word) > 3} - {
            (it.id, word) for word in own
        }
    spoken = {(id_, word) for id_, word in words if id_ in peoples().get(word, ())}
    left = sorted(words - spoken)
    assert len(left) > 100
    assert {one for one in left if _likely(bundled, one[1]) == one[0]} == set()
    for id_, word in [*left[::9], ("gov:dji", "Somaliland")]:
        assert _in_words(bundled, f"tier of {word}") != id_, word
        assert _by_place(bundled, word) != id_, word


def _likely(session: Session, text: str) -> str:
    try:
        return likely_subject_of(session, text, parameter="party", labels=("Party",))[0].id
    except (Ambiguous, NotFound, UsageError):
        return _ASKED_BACK


@pytest.mark.parametrize("name", ["Ministry of Labour", "Ministry of Interior", "Ministry of the Interior"])
def test_a_body_that_many_countries_have_is_asked_about_unless_the_country_is_named(
    bundled: Session, name: str
) -> None:
    for text in (name, name.lower(), f"{name} Kenya", f"{name} of Kenya"):
        assert _likely(bundled, text) == _ASKED_BACK, text
        assert _in_words(bundled, f"contact {text}") == _ASKED_BACK, text
        with pytest.raises((Ambiguous, NotFound)):
            ask(bundled, "contact", placed(bundled, "contact", text).parameters)
    [body] = choices(bundled, name, labels=("PublicBody",))
    [owner] = by_id(bundled, body.values["government"])
    for text in (f"{name} of {owner.name}", f"{name} {owner.name}", f"{owner.name} {name}", body.id):
        assert placed(bundled, "contact", text).parameters["party"] == (body.id,), text
    assert _likely(bundled, "Department of Justice") == "body:us-doj"


@pytest.mark.slow
def test_a_government_before_one_of_its_bodies_is_no_second_party(bundled: Session) -> None:
    bodies = bundled.read(all_of(PublicBody, "it.government = 'gov:usa'", Everything), Everything())
    named = [it.name for it in bodies if it.name.startswith(("Department of", "Bureau of", "Office of"))]
    assert len(named) > 20
    for name in named:
        for text in (f"U.S. {name}", f"the US {name}", f"{name} of the United States"):
            parties = placed(bundled, "contact", text).parameters["party"]
            assert "gov:usa" not in parties, text
            assert len(parties) == 1, text
    assert placed(bundled, "contact", "Ghana Kenya").parameters["party"] == ("gov:gha", "gov:ken")


@pytest.mark.parametrize("name", ["Taiwan", "taiwan", "the Taiwan", "TWN", "台湾", "Germany", "Holy See", "MN"])
def test_three_questions_in_full_are_of_the_government_named(bundled: Session, name: str) -> None:
    government = subject_of(bundled, name, parameter="party", labels=("Government",)).id
    for question in ("tier-history", "contact", "memberships"):
        answer = ask(bundled, question, placed(bundled, question, name).parameters)
        assert answer.subjects[0].id == government
    assert ask_in_words(bundled, f"what tier is {name}").subjects[0].id == government


def test_taiwan_is_tier_1_and_a_seat_of_1953_is_not_asked(bundled: Session) -> None:
    assert ask_in_words(bundled, "tier of taiwan").reply.startswith("Taiwan: Tier 1 in 2025")
    assert "1953" not in ask_in_words(bundled, "is taiwan a member of IOM").reply
    seat = "Taiwan (in the seat of China, 1953)"
    assert _as_option(bundled, seat) == "gov:taiwan-in-the-seat-of-china-1953"


@pytest.mark.parametrize(("question", "typed"), [("tier-history", "Congo"), ("contact", "korea"), ("contact", "GB")])
def test_a_name_that_several_have_is_asked_about_by_its_place_too(bundled: Session, question: str, typed: str) -> None:
    with pytest.raises(Ambiguous):
        ask(bundled, question, placed(bundled, question, typed).parameters)
