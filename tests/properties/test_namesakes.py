"""Whoever may be somebody protected counts as that person until it is judged; hardly anybody else does."""

import random
import string
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iga.exports.files.address_cards import cards_of_parties
from iga.exports.files.party_file import party_rows
from iga.exports.graphs.subgraph import everything
from iga.graph.domain.parties import is_person
from iga.graph.ledger.erasure import erase
from iga.graph.ledger.judgements import judge, withdraw_judgement
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople, admit, texts_in
from iga.graph.ledger.protected_people import ProtectedPeople
from iga.graph.names.forms import latin
from iga.graph.names.near_keys import keys_in, keys_like, keys_of, names_within
from iga.graph.names.own_addresses import made_of, runs_of
from iga.graph.statements import Content, NodeStatement, Statement, Verdict, Word
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.ingest.namesakes import Namesakes
from iga.queries.ask import ask
from iga.queries.core.names.find import find
from iga.queries.core.permissions import CONTACTED
from iga.queries.core.session import Session
from tests.acceptance.homes import noon
from tests.engines import projected
from tests.queries.asking import asking
from tests.queries.world import between, card, edge, node, rows

DAY, COUNT = "2026-06-01", 1_000
NAMES = (
    *("Osman Unreal", "Nadia Notreal", "Maria Elena Specimen", "Christopher R. Mockup", "Jean-Claude Inventé"),
    *("Abdul Rahman Pretend", "Kateryna Sampleenko", "Luong Madeup", "Siobhan O’Fiction", "Jim Bogus", "Edi Faux"),
    *("José María de la Muestra", "Yusuf al-Mithal", "Grace Placeholder-Young", "Thandiwe Dummy", "Ivan Primer"),
    *(
        "Mohamed Notional", "Hussein Invention", "Aleksandr Figment", "Sergei Fabler", "Rachid Supposed",
        "Khalid Imagined",
    ),
    *("Ingeborg Fictional", "Alexandra Conjecture", "Magdalena Supposition"),
)  # fmt: skip  # read across, like the rows of a table
# Names that people go by.
SHORT = {
    "Ingeborg": ("Inge",),
    "Alexandra": ("Sandy", "Sandra", "Alex", "Xandra"),
    "Magdalena": ("Lena", "Magda", "Maggie"),
    "Christopher": ("Chris", "Kit", "Topher"),
    "Jim": ("James", "Jimmy", "Jamie"),
    "Maria": ("Mary", "Mia"),
    "Grace": ("Gracie",),
}
# Names as they are written by whoever hears them, of several languages.
OTHERWISE = {
    "Osman": ("Othman", "Uthman", "Usman", "Ousmane", "Othmane"),
    "Yusuf": ("Yousef", "Youssef", "Yousuf", "Josef", "Iosif"),
    "Mohamed": ("Muhammad", "Mohammed", "Mohammad", "Muhamed", "Mouhamad"),
    "Hussein": ("Husayn", "Hossein", "Huseyin", "Hussain", "Houssein"),
    "Aleksandr": ("Alexander", "Alexandr", "Aleksander", "Alexandre"),
    "Sergei": ("Sergey", "Sergej", "Serhii", "Serguei", "Sergiy"),
    "Rachid": ("Rashid", "Rasheed", "Raschid", "Rachide"),
    "Khalid": ("Khaled", "Halid", "Khaleed"),
    "Nadia": ("Nadya", "Nadiya", "Nadja"),
    "Kateryna": ("Katerina", "Catherina", "Katerine"),
    "Christopher": ("Christofer", "Kristopher", "Kristofer"),
}
LOOK_LIKE = (("o", "0"), ("i", "1"), ("e", "3"), ("a", "а"), ("o", "о"), ("e", "е"), ("c", "с"), ("p", "р"), ("O", "О"))
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
HEBREW = (
    *(("sh", "ש"), ("th", "ת"), ("kh", "ח"), ("ph", "פ"), ("ch", "ח"), ("a", "א"), ("b", "ב"), ("g", "ג"), ("d", "ד")),
    *(("h", "ה"), ("v", "ו"), ("w", "ו"), ("z", "ז"), ("t", "ט"), ("y", "י"), ("k", "ק"), ("q", "ק"), ("l", "ל")),
    *(("m", "מ"), ("n", "נ"), ("s", "ס"), ("p", "פ"), ("f", "פ"), ("r", "ר"), ("j", "ג"), ("c", "ק"), ("x", "קס")),
    *(("e", ""), ("i", "י"), ("o", "ו"), ("u", "ו")),
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
    for sound, other in draw.choice([CYRILLIC, GREEK, ARABIC, HEBREW]):
        text = text.replace(sound, other)
    return text


def both(name: str, draw: random.Random) -> str:
    return turned_round(misspelt(name, draw), draw)


def otherwise(name: str, draw: random.Random) -> str:
    """Return a name with its first word as others spell it, or misspelt where none do."""
    first, _, rest = name.partition(" ")
    return f"{draw.choice(OTHERWISE[first])} {rest}" if first in OTHERWISE else misspelt(name, draw)


def shortened(name: str, draw: random.Random) -> str:
    """Return a name by which its bearer goes, at times beside the family name turned round or an initial."""
    first, *middle, last = name.split()
    short = draw.choice(SHORT[first]) if first in SHORT else misspelt(first, draw)
    rest = " ".join((*middle, last))
    return draw.choice([f"{short} {rest}", f"{rest}, {short}", f"{short} Q. {rest}", f"{short} {rest.upper()}"])


def otherwise_spelled(name: str, draw: random.Random) -> str:
    return otherwise(name, draw) if name.split()[0] in OTHERWISE else name


def with_initials(name: str, draw: random.Random) -> str:
    first, last = name.split()[0], name.split()[-1]
    return draw.choice([f"{first[0]}. {last}", f"{last}, {first[0]}.", f"{first} {last.removeprefix('al-')[0]}."])


def look_alike(name: str, draw: random.Random) -> str:
    letter, other = draw.choice([pair for pair in LOOK_LIKE if pair[0] in name])
    return name.replace(letter, other)


WAYS = (misspelt, turned_round, in_another_script, both, otherwise, with_initials, look_alike, shortened)


def address_of(number: int) -> str:
    return f"own{number}.mail@example.org"


def telephone_of(number: int) -> str:
    return f"+44 20 7946 {1000 + number}"


def other_address(number: int, draw: random.Random) -> str:
    """Return an address of somebody, in another notation, or one that nobody has yet and is made of their name."""
    plain = unicodedata.normalize("NFD", NAMES[number]).lower()
    words = ["".join(filter(str.isascii, filter(str.isalpha, word))) for word in plain.split()]
    first, last, end = words[0], words[-1], f"7946{1000 + number}"
    mailboxes = (
        *(f"{first}.{last}+news", f"{first}{draw.randrange(100)}.{last}", f"{first[0]}.{last}{draw.randrange(100)}"),
        *(
            f"{last}{first[:3]}",
            f"an{first[:3]}.{last}",
            f"{first}.x.{last}",
            f"{last}_{first[0]}",
            f"my.{last}{first}",
        ),
    )
    return draw.choice(
        [
            *(f"{mailbox}@example.org" for mailbox in mailboxes),
            *(f"{first}@{last}.example", f"{last}@{first}.example", f"{first[0]}@{last}.example"),
            *(f"own{number}.mail+news@example.org", f"OWN{number}.Mail@Example.org", address_of(number)),
            *(
                f"020 {end}",
                f"004420{end}",
                f"+44 (0)20-{end}",
                f"(020) {end[:4]} {end[4:]} ext. 12",
                f"tel:+4420{end}",
            ),
        ]
    )


def protected() -> Iterator[tuple[Statement, ...]]:
    yield (node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO"),)
    for number, name in enumerate(NAMES):
        consent = node(
            "Consent", f"consent:{number}", person=f"person:p{number}", purpose=CONTACTED, decision="refused"
        )
        own = [
            statement
            for kind, address in (("email", address_of(number)), ("phone", telephone_of(number)))
            for statement in (
                node("ContactPoint", f"contact:{kind}{number}", channel={"kind": kind, "value": address}),
                edge("REACHED_AT", f"person:p{number}", f"contact:{kind}{number}"),
            )
        ]
        yield node("Person", f"person:p{number}", name=name), consent, *own


def entered(number: int, draw: random.Random) -> tuple[str, str, tuple[Statement, ...]]:
    """Return name, address and row of somebody who comes in and is one of the protected: by name, or address alone."""
    whose = draw.randrange(len(NAMES))
    is_by_address = number % (len(WAYS) + 1) == len(WAYS)
    name = f"Desk {number}" if is_by_address else WAYS[number % (len(WAYS) + 1)](NAMES[whose], draw)
    address = other_address(whose, draw) if is_by_address else f"x{number}q@example.net"
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
        node("ContactPoint", f"contact:x{number}", channel={"kind": _kind_of(address), "value": address}),
        edge("REACHED_AT", f"post:x{number}", f"contact:x{number}"),
        *(holder if has_person else ()),
    )


def _kind_of(address: str) -> str:
    return "email" if "@" in address else "phone"


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


@pytest.mark.slow
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


TOLD = (
    "Talked with {} on the way back.",
    "{}: notes",
    "WITH {}",
    "Foundation {}, Vienna",
    "The home of ({}), as found",
)


@pytest.mark.parametrize("told", TOLD)
def test_a_text_that_names_somebody_erased_is_kept_back_until_it_is_let_in(tmp_path: Path, told: str) -> None:
    draw = random.Random(98)
    ways = (lambda name, _: name, turned_round, otherwise_spelled)
    texts = [told.format(way(name, draw)) for name in NAMES for way in ways]
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger:
        load(ledger, "list:protected", *protected())
        for number in range(len(NAMES)):
            erase(ledger, [f"person:p{number}"], by="J. Example", authority="decision 1")
        erased = RegisteredPeople.of(ledger, "erased")
        rows_of = {text: Content((node("Engagement", "engagement:m", summary=text),)) for text in texts}
        assert [text for text, row in rows_of.items() if erased.named_in(row) != {"engagement:m"}] == []
        for honest in ("Talked with Ximena Quodlibet.", "Osman Notreal and Nadia Unreal", "Primer of trade"):
            assert not erased.named_in(Content((node("Engagement", "engagement:m", summary=honest),)))
        admit(ledger, "engagement:m", authority="decision 2", by="J. Example")
        let_in = RegisteredPeople.of(ledger, "erased")
        assert [text for text, row in rows_of.items() if let_in.named_in(row)] == []


@pytest.mark.slow
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
    abroad = [in_another_script(name, draw) for name in sorted(others)[:2_000]]
    held = [name for name in abroad if everybody.names.like(name)]
    assert len(held) <= len(abroad) / 50, held
    kept_back = [name for name in abroad if not kept.isdisjoint(keys_like(name))]
    assert len(kept_back) <= len(abroad) / 50, kept_back
    addresses = [f"{'.'.join(latin(name).split())}@{draw.choice(['state', 'london', 'un'])}.example" for name in others]
    held = [address for address in addresses if everybody.names.held_in(address)]
    assert len(held) <= len(others) / 100, held
    texts = [it for it in texts_in(said.values for said in stated if isinstance(said, NodeStatement)) if " " in it]
    assert len(texts) > 20_000
    some = draw.sample(real, 50)
    kept = set().union(*map(keys_of, some))
    kept_back = [text for text in texts if any(not kept.isdisjoint(keys_in(it)) for it in names_within(text))]
    assert len([text for text in kept_back if not any(name in text for name in some)]) <= len(texts) / 100
    made = set().union(*map(made_of, some))
    kept_back = [address for address in addresses if not made.isdisjoint(runs_of(address))]
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


@pytest.mark.parametrize("slug", ["desk-review-o-unreal", "fondation-osman-unreal", "unreal-osman-2026", "ounreal"])
def test_no_new_id_tells_who_was_erased(tmp_path: Path, slug: str) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger:
        load(ledger, "list:protected", *protected())
        erase(ledger, ["person:p0"], by="J. Example", authority="Ref 1")
        said = Content((node("NGO", f"ngo:{slug}", name="Foundation"), node("NGO", "ngo:other", name="Other")))
        first, other = Namesakes.of(ledger).with_plain_ids(said).statements
        assert isinstance(first, NodeStatement)
        assert isinstance(other, NodeStatement)
        assert first.id.startswith("ngo:held-")
        assert other.id == "ngo:other"


NAMING = (
    *("Assistant to O. Unreal", "Assistant to O Unreal, e-mail", "Unreal, O., office of", "O.Unreal"),
    *("Osman-Unreal-Stiftung", "Osman\u2013Unreal\u2013Stiftung", "Osman/Unreal", "j1-osman.unreal", "7-osman-unreal"),
    *("OsmanUnreal", "unrealosman2026", "Talked with OsmanUnreal there"),
    *("post:eso-assistant-to-o-unreal", "ngo:fondation-unreal-osman", "https://osman-unreal.example.org"),
)


def test_what_a_load_holds_is_masked_in_an_answer() -> None:
    with asking(protected()) as session:
        known = Namesakes.of(session.ledger).known
        for text in NAMING:
            named = node("NGO", text if text.startswith("ngo:") else "ngo:x", name=text)
            assert known.met_in([named]) == {named.id: {"person:p0"}}
            assert session.masked({"name": text})["name"] != text
        others = "A Court of Justice", "U.S. Court", "Part I Unreal estate", "body:us-state-tip", "2026-05-01", "unreal"
        for other in others:
            assert session.masked({"name": other})["name"] == other


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


@pytest.mark.parametrize("has_left", [True, False])
@pytest.mark.parametrize("reached", ["listed", "named so", "directly"])
def test_who_follows_in_a_post_counts_as_who_left_it_by_their_own_address_alone(
    tmp_path: Path, reached: str, *, has_left: bool
) -> None:
    address = "osman.unreal@eso.example" if reached == "named so" else "desk7@eso.example"
    mailbox = node("ContactPoint", "contact:c", channel={"kind": "email", "value": address})
    owner = "person:p" if reached == "directly" else "post:x"
    term = between("2020-01-01", "2020-12-31") if has_left else between("2020-01-01", "2999-12-31")
    before = (
        node("Person", "person:p", name="Osman Unreal"),
        node("Post", "post:x", name="Coordinator"),
        *(edge("HOLDS", "person:p", "post:x", period=term), edge("REACHED_AT", owner, "contact:c"), mailbox),
        node("Consent", "consent:p", person="person:p", purpose=CONTACTED, decision="refused"),
    )
    after = node("Person", "person:s", name="Ximena Quodlibet"), edge("HOLDS", "person:s", "post:x")
    listed = (
        node("Person", "person:t", name="Yaroslav Quince"),
        *(edge("HOLDS", "person:t", "post:x"), edge("REACHED_AT", "post:x", "contact:d")),
        node("ContactPoint", "contact:d", channel={"kind": "email", "value": address}),
    )
    with Ledger.open(tmp_path / "ledger.sqlite", clock=noon) as ledger:
        load(ledger, "list:before", before)
        load(ledger, "list:after", after, listed)
        near = ProtectedPeople.of(ledger).near(ledger, ["person:p", "person:s", "person:t"])
    assert near.keys() == (set() if has_left and reached == "listed" else {"person:t"})
