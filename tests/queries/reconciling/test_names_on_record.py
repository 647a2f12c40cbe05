"""A load takes a name for what bears it: letter by letter, whatever country or class the list has beside it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from itertools import combinations

import pytest

from iga.graph.domain.catalog import KIND, NODES, fits
from iga.graph.names.asked import AskedHolder, AskedName
from iga.graph.names.forms import latin
from iga.graph.names.known_words import peoples
from iga.graph.statements import Content, NodeStatement
from iga.ingest.names_of_load import USUAL, NamesOfLoad
from iga.ingest.subjects import slug
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.names.resolve import by_id
from iga.queries.core.reading import Entity
from iga.queries.core.reads import BODIES_OF_POSTS, POSTS_HELD_BY
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session
from iga.queries.reconciling.names_on_record import NamesOfSession, is_a_word_off

_NOT_BODIES = ("Person", "Government")


@pytest.fixture(scope="module")
def partners(bundled: Session) -> list[Entity]:
    """Give everything bundled that is a party, people and governments left out."""
    classes = [node for node in NODES if fits(node.label(), ("Party",)) and node.label() not in _NOT_BODIES]
    return [entity for cls in classes for entity in bundled.read(all_of(cls), Everything())]


@pytest.mark.slow
def test_no_party_is_made_a_second_time_under_the_name_that_it_prints(bundled: Session, partners: list[Entity]) -> None:
    names = NamesOfSession(bundled)
    outside = [it for it in partners if it.cls != "PublicBody" and it.name]
    assert len(outside) > 300
    for country in ("", "gov:gha"):
        asked = {AskedName(it.name, "PublicBody", country, is_kind_guessed=True): it.id for it in outside}
        meant = names.meant(list(asked))
        second = {name.text for name, it in asked.items() if name not in meant}
        other = {name.text for name, it in meant.items() if it.id != asked[name] and not it.is_doubted}
        assert (second, other) == (set(), set())


def test_what_a_source_says_is_of_another_class_or_country_is_kept_back(bundled: Session) -> None:
    names = NamesOfSession(bundled)
    mission = "International Justice Mission"
    guessed = AskedName(mission, "PublicBody", "gov:gha", is_kind_guessed=True)
    stated = AskedName(mission, "PublicBody", "gov:gha")
    elsewhere = AskedName(mission, "Ngo", "gov:gha")
    meant = names.meant([guessed, stated, elsewhere])
    assert {it.id for it in meant.values()} == {"ngo:international-justice-mission"}
    assert [meant[name].is_doubted for name in (guessed, stated, elsewhere)] == [False, True, True]


def _misspelt(name: str) -> str:
    """Return a name with a letter of its longest word written twice."""
    longest = max(name.split(), key=len)
    return name.replace(longest, longest[:-3] + longest[-3] + longest[-3:], 1)


@pytest.mark.slow
def test_a_list_makes_no_second_party_of_a_name_spelt_otherwise(bundled: Session, partners: list[Entity]) -> None:
    spelt = {"ization": "isation", "Labour": "Labor", "Labor ": "Labour ", "Programme": "Program", "Center": "Centre"}
    texts: dict[str, str] = {}
    for it in partners:
        texts |= {it.name.replace(one, other): it.id for one, other in spelt.items() if one in it.name}
    longer = [it for it in partners if len(it.name.split()) > 2 and max(map(len, it.name.split())) > 6]
    texts |= {_misspelt(it.name): it.id for it in longer[:: len(longer) // 60]}
    assert len(texts) > 80
    # the kind is said by the list, and it may be another than the one on record
    subjects = {f"{kind}:{slug(text)}": (text, KIND[kind].label()) for text in texts for kind in ("body", "org", "ngo")}
    rows = [Content((NodeStatement(cls, it, {"name": text}),)) for it, (text, cls) in subjects.items()]
    known = NamesOfLoad(lambda: nullcontext(NamesOfSession(bundled)), dict(USUAL))
    second: set[str] = set()
    for content, (text, cls) in zip(known.resolved(rows), subjects.values(), strict=True):
        if isinstance(content, Content):
            second |= (
                {text}
                if [one.id for one in content.statements if isinstance(one, NodeStatement)] != [texts[text]]
                else set()
            )
        else:
            assert content.fix, (text, cls)
    assert second == set()
    assert known.resolved([Content((NodeStatement("Ngo", "ngo:example-relief", {"name": "Example Relief"}),))])[0] == (
        Content((NodeStatement("Ngo", "ngo:example-relief", {"name": "Example Relief"}),))
    )


def test_a_ministry_of_a_government_is_none_of_another(bundled: Session, partners: list[Entity]) -> None:
    names = NamesOfSession(bundled)
    asked = {}
    for body in partners:
        home = str(body.values.get("government") or "")
        if body.cls == "PublicBody" and home and home != "gov:usa" and not body.values.get("host"):
            asked[AskedName(body.name, "PublicBody", "gov:usa", is_kind_guessed=True)] = body.id
    assert len(asked) > 70
    assert [it.name for name, it in names.meant(list(asked)).items() if not it.is_doubted] == []


@pytest.mark.slow
def test_the_embassy_of_a_government_to_ours_and_of_ours_to_it_is_the_one_on_record(
    bundled: Session, partners: list[Entity]
) -> None:
    embassies = [it for it in partners if it.values.get("body_kind") == "embassy" and it.values.get("host")]
    asked = {}
    for it in embassies:
        sender, host = str(it.values["government"]), str(it.values["host"])
        [government] = by_id(bundled, sender)
        for text in (f"Embassy of {government.name}", f"{government.name} Embassy"):
            asked[AskedName(text, "PublicBody", sender, host)] = it.id
    assert len(asked) > 650
    meant = NamesOfSession(bundled).meant(list(asked))
    assert {name: it.id for name, it in meant.items()} == asked


@pytest.mark.parametrize(
    "text", ["Consular Section, Embassy of Ghana", "Defense Attaché, Embassy of Ghana", "Consulate of Ghana"]
)
def test_a_part_of_an_embassy_is_not_the_embassy(bundled: Session, text: str) -> None:
    assert NamesOfSession(bundled).meant([AskedName(text, "PublicBody", "gov:gha", "gov:usa")]) == {}


@pytest.mark.slow
def test_somebody_in_the_same_post_is_one_and_somebody_elsewhere_is_not(bundled: Session) -> None:
    people = bundled.read(all_of("Person"), Everything())
    edges = Edges(bundled, "")
    posts = edges.ever(POSTS_HELD_BY, [person.id for person in people])
    bodies = edges.ever(BODIES_OF_POSTS, [post.id for held in posts.values() for post in held])
    asked: dict[AskedHolder, str] = {}
    for person in people:
        for post in posts.get(person.id, ())[:1]:
            for body in bodies.get(post.id, ())[:1]:
                asked[AskedHolder("person:new", post.id, person.name, body.id, post.name)] = person.id
    assert len(asked) > 500
    known = NamesOfSession(bundled).holders(list(asked))
    assert {it.person.id for it in known.values()} == {asked[holder] for holder in known}
    assert len(known) > 0.95 * len(asked)
    turned = {
        replace(it, name=f"{last}, {first}"): it
        for it in asked
        for first, _, last in (it.name.rpartition(" "),)
        if first
    }
    met = NamesOfSession(bundled).holders(list(turned))
    assert {holder: it.person.id for holder, it in met.items()} == {
        holder: known[it].person.id for holder, it in turned.items() if it in known
    }
    elsewhere = [AskedHolder(it.id, it.post, it.name, "org:osce-none", it.title) for it in asked]
    assert NamesOfSession(bundled).holders(elsewhere) == {}


def test_initials_of_a_post_and_its_address_tell_and_another_post_does_not(bundled: Session) -> None:
    def holder(title: str, *addresses: str) -> AskedHolder:
        return AskedHolder("person:new", "post:new", "John Brandolino", "org:unodc", title, frozenset(addresses))

    names = NamesOfSession(bundled)
    executive, adviser = holder("ED"), holder("Adviser", "someone@example.org")
    known = names.holders([executive, adviser])
    assert known[executive].person.id == "person:unodc-executive-director-5"
    post = known[executive].post
    assert post
    assert post.id == "post:unodc-executive-director"
    assert adviser not in known


def _slips(name: str) -> Iterator[str]:
    """Yield a name with two letters of a word turned round, one left out, one wrong, and in another of its forms."""
    words = name.split()
    for at, word in enumerate(words):
        if len(word) >= 7 and word.isalpha() and word.isascii() and word.lower() not in peoples():
            forms = (f"{word[:3]}{word[4]}{word[3]}{word[5:]}", f"{word[:4]}{word[5:]}", f"{word[:4]}q{word[5:]}")
            yield from (" ".join((*words[:at], form, *words[at + 1 :])) for form in (*forms, f"{word[:-1]}ates"))


def test_a_name_that_is_a_word_off_is_known_and_hardly_any_two_bodies_are(partners: list[Entity]) -> None:
    names = sorted({it.name for it in partners if 2 <= len(it.name.split()) <= 9})
    assert len(names) > 500
    slips = [(name, slip) for name in names[::5] for slip in _slips(name) if latin(slip) != latin(name)]
    assert sum(is_a_word_off(slip, name) for name, slip in slips) > 0.9 * len(slips)
    without_one: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in names:
        words = latin(name).split()
        for at in range(len(words)):
            without_one[*words[:at], "", *words[at + 1 :]].append(name)
    pairs = {pair for alike in without_one.values() for pair in combinations(alike, 2) if is_a_word_off(*pair)}
    assert len({name for pair in pairs for name in pair}) <= 0.01 * len(names), sorted(pairs)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Danish Refugee Counsel", "Danish Refugee Council"),
        ("Center for Migrant Advocates", "Center for Migrant Advocacy"),
    ],
)
def test_a_body_one_word_off_is_asked_about_and_not_made(bundled: Session, typed: str, meant: str) -> None:
    near = NamesOfSession(bundled).near(AskedName(typed, "Organization", is_kind_guessed=True))
    assert [one.name for one in near if one.is_alike] == [meant]
