"""Whoever may be somebody protected counts as that person until it is judged; hardly anybody else does."""

import random
import string
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iga.exports.files.address_cards import cards_of_parties
from iga.exports.files.party_rows import party_rows
from iga.exports.graphs.subgraph import everything
from iga.graph.domain.parties import is_person
from iga.graph.ledger.erasure import erase
from iga.graph.ledger.judgements import judge, withdraw_judgement
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.names.near_keys import keys_like, keys_of
from iga.graph.statements import Content, NodeStatement, Statement, Verdict, Word
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.ask import ask
from iga.queries.core.names.find import find
from iga.queries.core.permissions import CONTACTED
from iga.queries.core.session import Session
from tests.acceptance.homes import noon
from tests.engines import projected
from tests.queries.world import between, card, edge, node, rows

DAY, COUNT = "2026-06-01", 1_000
NAMES = (
    *("Osman Unreal", "Nadia Notreal", "Maria Elena Specimen", "Christopher R. Mockup", "Jean-Claude Inventé"),
    *("Abdul Rahman Pretend", "Kateryna Sampleenko", "Luong Madeup", "Siobhan O’Fiction", "Jim Bogus", "Edi Faux"),
    *("José María de la Muestra", "Yusuf al-Mithal", "Grace Placeholder-Young", "Thandiwe Dummy", "Ivan Primer"),
)
# How names sound, in letters of other scripts.
CYRILLIC = (
    *(("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("ph", "ф"), ("th", "т"), ("kh", "х"), ("ya", "я"), ("yu", "ю")),
    *(("ck", "к"), ("j", "дж"), ("x", "кс"), *zip("abvwgdeziyklmnoprstufhcq", "абввгдезийклмнопрстуфхкк", strict=True)),
)
GREEK = (
    *(("ph", "φ"), ("th", "θ"), ("ch", "χ"), ("w", "ου"), ("j", "τζ")),
    *zip("abgdeziklmnxoprstufhcvyq", "αβγδεζικλμνξοπρστυφχκβικ", strict=True),
)
ARABIC = (
    *(("sh", "ش"), ("th", "ث"), ("kh", "خ"), ("ph", "ف"), ("ch", "ش"), ("a", "ا"), ("b", "ب"), ("t", "ت"), ("j", "ج")),
    *(("d", "د"), ("r", "ر"), ("z", "ز"), ("s", "س"), ("f", "ف"), ("q", "ق"), ("k", "ك"), ("l", "ل"), ("m", "م")),
    *(("n", "ن"), ("h", "ه"), ("w", "و"), ("y", "ي"), ("g", "غ"), ("p", "ب"), ("v", "ف"), ("c", "ك"), ("x", "كس")),
    *(("e", ""), ("i", "ي"), ("o", "و"), ("u", "و")),
)


def misspelt(name: str, draw: random.Random) -> str:
    """Return a name with one letter left out, doubled, put for another one, or before the one before it."""
    places = [at for at, letter in enumerate(name) if letter.isalpha() and len(_word_at(name, at)) > 2]
    at = draw.choice(places)
    before, letter, after = name[:at], name[at], name[at + 1 :]
    ways = [before + after, before + letter + letter + after, before + draw.choice(string.ascii_lowercase) + after]
    if at and name[at - 1].isalpha():
        ways.append(name[: at - 1] + letter + name[at - 1] + after)
    return draw.choice(ways)


def _word_at(name: str, at: int) -> str:
    return name[:at].split(" ")[-1] + name[at:].split(" ")[0]


def turned_round(name: str, draw: random.Random) -> str:
    *first, last = name.split()
    given = " ".join(first)
    return draw.choice([f"{last}, {given}", f"{last.upper()} {given}", f"{last} {given}", f"Dr. {last}, {given}"])


def in_another_script(name: str, draw: random.Random) -> str:
    text = name.casefold().replace("’", "").replace("é", "e").replace("í", "i")
    for latin, other in draw.choice([CYRILLIC, GREEK, ARABIC]):
        text = text.replace(latin, other)
    return text


def both(name: str, draw: random.Random) -> str:
    return turned_round(misspelt(name, draw), draw)


WAYS = (misspelt, turned_round, in_another_script, both)


def address_of(number: int) -> str:
    return f"own{number}.mail@example.org"


def protected() -> Iterator[tuple[Statement, ...]]:
    yield (node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO"),)
    for number, name in enumerate(NAMES):
        consent = node(
            "Consent", f"consent:{number}", person=f"person:p{number}", purpose=CONTACTED, decision="refused"
        )
        own = node("ContactPoint", f"contact:p{number}", channel={"kind": "email", "value": address_of(number)})
        reached = edge("REACHED_AT", f"person:p{number}", f"contact:p{number}")
        yield node("Person", f"person:p{number}", name=name), consent, own, reached


def entered(number: int, draw: random.Random) -> tuple[str, str, tuple[Statement, ...]]:
    """Return name, address and row of somebody who comes in and is one of the protected: by name, or address alone."""
    whose = draw.randrange(len(NAMES))
    is_by_address = number % (len(WAYS) + 1) == len(WAYS)
    name = f"Desk {number}" if is_by_address else WAYS[number % (len(WAYS) + 1)](NAMES[whose], draw)
    address = address_of(whose) if is_by_address else f"x{number}q@example.net"
    return name, address, listed(number, name, address, has_person=not is_by_address or number % 2 == 0)


def listed(number: int, name: str, address: str, *, has_person: bool = True) -> tuple[Statement, ...]:
    """Return a row as a list of contacts has it: a post, its channel, and who holds it."""
    holder = (
        node("Person", f"person:x{number}", name=name),
        edge("HOLDS", f"person:x{number}", f"post:x{number}", attested_on=["2026-05-01"]),
    )
    return (
        node("Post", f"post:x{number}", name=f"Adviser {number}"),
        edge("POST_IN", f"post:x{number}", "org:eso"),
        node("ContactPoint", f"contact:x{number}", channel={"kind": "email", "value": address}),
        edge("REACHED_AT", f"post:x{number}", f"contact:x{number}"),
        *(holder if has_person else ()),
    )


def load(ledger: Ledger, source: str, *said: tuple[Statement, ...]) -> None:
    with ledger.open_load(card(source, source)) as open_load:
        open_load.put(rows("list.csv", *said))
        open_load.commit({"read": len(said)})


def shown(session: Session) -> str:
    """Return the texts of what people are used and looked up for."""
    exported = party_rows(session, ["org:eso"], day=DAY)
    part = everything(session)
    return "\n".join(
        (
            ask(session, "contact", {"party": "ESO"}).model_dump_json(),
            ask(session, "stale-contacts", {}).model_dump_json(),
            str(exported),
            str(cards_of_parties(exported.rows)),
            str([*part.nodes(), *part.edges()]),
        )
    )


@pytest.mark.parametrize(("count", "protects_first"), [(COUNT, True), (COUNT // 10, False)])
def test_none_of_a_thousand_who_come_in_again_is_shown_before_a_judgement(
    tmp_path: Path, count: int, protects_first: bool
) -> None:
    draw = random.Random(83)
    again = [entered(number, draw) for number in range(count)]
    honest = listed(count, "Ximena Quodlibet", "ximena.quodlibet@example.net")
    loads = [("list:protected", list(protected())), ("list:again", [*(row for _, _, row in again), honest])]
    with (
        Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger,
        closing(EmbeddedStore(tmp_path / "store")) as store,
    ):
        for source, said in loads if protects_first else reversed(loads):
            load(ledger, source, *said)
        session = projected(ledger, store, now=f"{DAY}T12:00:00Z")
        text = shown(session)
        assert all(shown_text in text for shown_text in ("Ximena Quodlibet", "ximena.quodlibet@example.net"))
        seen = [(name, address) for name, address, _ in again if name in text or address in text]
        assert seen == []
        found = [name for name, _, _ in again[:50] if any(is_person(hit.id) for hit in find(session, name).hits)]
        assert found == []


def test_none_of_a_thousand_comes_in_again_who_was_erased(tmp_path: Path) -> None:
    draw = random.Random(85)
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger:
        load(ledger, "list:protected", *protected())
        for number in range(len(NAMES)):
            erase(ledger, [f"person:p{number}"], by="J. Example", authority="decision 1")
        erased = RegisteredPeople.of(ledger, "erased")
        again = [entered(number, draw) for number in range(COUNT)]
        assert [name for name, _, row in again if not erased.named_in(Content(row))] == []
        assert not erased.named_in(Content(listed(COUNT, "Ximena Quodlibet", "ximena.quodlibet@example.net")))


def test_at_most_one_of_a_hundred_other_people_is_held(bundled: Session) -> None:
    stated = [said for row in bundled.ledger.rows_after(0) for said in row[-1].content.statements]
    people = {it.id: str(it.values["name"]) for it in stated if isinstance(it, NodeStatement) and it.cls == "Person"}
    assert len(people) > 2_000
    everybody = ProtectedPeople.of(bundled.ledger)
    assert len(everybody.near(bundled.ledger, people)) <= len(people) / 100
    real = sorted(set(people.values()))
    draw = random.Random(84)
    given, family = ([name.split()[at] for name in real if " " in name] for at in (0, -1))
    others = {f"{draw.choice(given)} {draw.choice(family)}" for _ in range(5_000)} - set(real)
    assert len(others) > 4_000
    held = [name for name in others if everybody.names.like(name)]
    assert len(held) <= len(others) / 100, held
    kept = set().union(*map(keys_of, draw.sample(real, 50)))
    kept_back = [name for name in others if not kept.isdisjoint(keys_like(name))]
    assert len(kept_back) <= len(others) / 100, kept_back


def test_a_judgement_lets_in_and_its_withdrawal_takes_back(tmp_path: Path) -> None:
    namesake = listed(1, "Osman Unreal", "osman.unreal@example.net")
    with (
        Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger,
        closing(EmbeddedStore(tmp_path / "store")) as store,
    ):
        load(ledger, "list:protected", *protected())
        load(ledger, "list:again", namesake)
        ledgers: list[bool] = []
        words: tuple[Word | None, ...] = (None, "unsure", "different", None, "same")
        for word in words:
            if word:
                judge(ledger, [Verdict("person:x1", "person:p0", word, by="J. Example", because="asked")])
            elif ledgers:
                withdraw_judgement(ledger, "person:x1", "person:p0", by="J. Example", because="was wrong")
            session = projected(ledger, store, now=f"{DAY}T12:00:00Z")
            ledgers.append("osman.unreal@example.net" in shown(session))
        assert ledgers == [False, False, True, False, False]


def test_a_text_that_names_somebody_is_left_out_until_it_is_judged_another(tmp_path: Path) -> None:
    note = "Talked with Osmann Unreal, who was there."
    meeting = node(
        "Engagement",
        "engagement:m",
        name="Round table of Unreal Osman",
        summary=note,
        period=between("2026-05-01", "2026-05-01"),
    )
    with (
        Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger,
        closing(EmbeddedStore(tmp_path / "store")) as store,
    ):
        load(ledger, "list:protected", *protected())
        load(ledger, "list:meetings", (meeting, edge("ORGANIZED", "org:eso", "engagement:m")))
        session = projected(ledger, store, now=f"{DAY}T12:00:00Z")
        assert "Unreal" not in ask(session, "engagements", {"party": "ESO"}).model_dump_json()
        judge(ledger, [Verdict("engagement:m", "person:p0", "different", by="J. Example", because="another")])
        session = projected(ledger, store, now=f"{DAY}T12:00:00Z")
        assert "Unreal" in ask(session, "engagements", {"party": "ESO"}).model_dump_json()
