"""People and bodies of two countries are two in every list, and stay who they are when it comes again."""

import csv
from collections.abc import Iterator
from contextlib import nullcontext
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.statements import Content, EdgeStatement, NodeStatement, decoded, encoded
from iga.graph.text import folded
from iga.ingest.contact_list.contact_rows import Cells, ListedContact, SheetReading, taken_from_others
from iga.ingest.contact_list.headings import Meaning
from iga.ingest.contact_list.loose_days import DayReader
from iga.ingest.names_of_load import USUAL, NamesOfLoad
from iga.ingest.subjects import mark
from iga.queries.core.session import Session
from iga.queries.reconciling.names_on_record import NamesOfSession
from tests.cli.conftest import Iga, commands_in
from tests.queries.asking import asking
from tests.queries.world import node

BODIES = (
    "Ministry of Justice", "Ministry of Labour", "Police", "Embassy of France", "Example Relief", "Example University",
)  # fmt: skip  # read across, like the rows of a table
COUNTRIES = ("Ghana", "Kenya", "Uganda", "USA", "Atlantis", "")
ROWS = st.tuples(
    *map(st.sampled_from, (BODIES, COUNTRIES, ("Yan Samename", "SAMENAME, Yan"), ("Director", "Adviser"))),
    st.sampled_from(("yan@one.example.org", "yan@two.example.net")),
)
HEADER = ("Organization", "Country", "Name", "Title", "Email")
Said = tuple[str, str, str, str, str]
KEYS: tuple[Meaning, ...] = ("organization", "country", "person", "title", "email", "phone", "topics")


def stated(row: Said) -> Content:
    return said(dict(zip(KEYS, row, strict=False)))


def said(row: dict[Meaning, str], taken: Cells | None = None) -> Content:
    return ListedContact(cells_of(row), "", SheetReading(DayReader()), lambda *_: None, taken or {}).stated()[1]


def cells_of(row: dict[Meaning, str]) -> Cells:
    return {key: (text,) for key, text in row.items() if text}


def ids_of(content: Content) -> tuple[set[str], set[str]]:
    """Return the people whom a row names, and the bodies of their posts."""
    edges = [one for one in content.statements if isinstance(one, EdgeStatement)]
    return {one.source for one in edges if one.type == "HOLDS"}, {one.target for one in edges if one.type == "POST_IN"}


@given(rows=st.lists(ROWS, min_size=2, max_size=12))
def test_two_rows_of_other_countries_or_bodies_share_no_person_and_no_body(rows: list[Said]) -> None:
    said = [(row[:2], *ids_of(stated(row))) for row in rows]
    assert all(len(people) == len(bodies) == 1 for _, people, bodies in said)
    for (where, people, bodies), (other, others, other_bodies) in combinations(said, 2):
        if where != other:
            assert people.isdisjoint(others), (where, other)
            assert bodies.isdisjoint(other_bodies), (where, other)
    assert [ids_of(stated(row)) for row in rows] == [said[1:] for said in said]


def test_who_is_in_no_countrys_body_keeps_the_id_of_earlier_versions() -> None:
    [person], _ = ids_of(stated(("OSCE", "", "Yan Samename", "Director", "yan@one.example.org")))
    assert person == f"person:{mark('OSCE')}{mark('Yan Samename')}"


def loaded(iga: Iga, folder: Path, source: str, *rows: Said) -> None:
    text = StringIO(newline="")
    csv.writer(text).writerows((HEADER, *rows))
    (folder / f"{source}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    new = (word for body in BODIES for word in ("--new", body))
    ran = iga("load", f"{source}.csv", "--source", f"office:{source}", "--as-of", "2026-11-01", *new)
    assert ran.code == 0, ran.err


def people_of(iga: Iga) -> set[str]:
    ran = iga("find", "Samename", "--json", "--limit", "100")
    return {it["id"] for it in ran.document["hits"]} if ran.code == 0 else set()


@pytest.mark.slow
def test_lists_of_two_sources_make_two_people_once_and_for_all(tmp_path: Path) -> None:
    with commands_in(tmp_path) as iga:
        known: set[str] = set()
        for number, body in enumerate(BODIES[:4]):
            rows = {
                f"{source}{number}": (body, country, "Yan Samename", "Director", f"yan@{country}.example.org".lower())
                for source, country in (("a", "Ghana"), ("b", "Kenya"))
            }
            for source, row in rows.items():
                loaded(iga, tmp_path, source, row)
            made = people_of(iga)
            assert len(made - known) == 2, body
            for source, row in rows.items():
                loaded(iga, tmp_path, source, row)
                loaded(iga, tmp_path, f"again-{source}", row)
            assert (known := people_of(iga)) == made


def as_before(row: Said) -> Content:
    """Return what versions before this one made of a row: a person's id told the body's name and not whose it is."""
    [person], _ = ids_of(content := stated(row))
    return decoded(encoded(content).replace(person.encode(), old_id(row).encode()))


def old_id(row: Said) -> str:
    return f"person:{mark(row[0])}{mark(row[2])}"


@pytest.mark.parametrize("body", BODIES)
def test_whom_an_earlier_version_loaded_stays_one_and_two_whom_it_joined_come_apart(body: str) -> None:
    ghana, kenya = ((body, country, "Yan Samename", "Director", "yan@one.example.org") for country in COUNTRIES[:2])
    for before, expected in (
        ((ghana,), {old_id(ghana)}),
        ((ghana, kenya), set().union(*map(people_in, (ghana, kenya)))),
    ):
        with asking([tuple(as_before(row).statements) for row in before]) as session:
            again = looking_up(session, body).resolved([stated(row) for row in before])
        assert set().union(*(ids_of(content)[0] for content in again if isinstance(content, Content))) == expected


def people_in(row: Said) -> set[str]:
    return ids_of(stated(row))[0]


def looking_up(session: Session, new: str) -> NamesOfLoad:
    return NamesOfLoad(lambda: nullcontext(NamesOfSession(session)), USUAL, frozenset([folded(new)]))


@st.composite
def people_in_rows(draw: st.DrawFn) -> tuple[list[dict[Meaning, str]], int]:
    """Give rows of several people, the first of each whole, the others with cells left blank, and how many they are."""
    where = (("OSCE", "UNODC", *BODIES[:3], "Example Relief"), ("Ghana", "Kenya"), ("Yan Samename", "SAMENAME, Yan"))
    people = st.tuples(*map(st.sampled_from, where), st.sampled_from(("Director", "Adviser")))
    named = draw(st.lists(people, min_size=1, max_size=4, unique_by=lambda it: it[:2]))
    rows: list[dict[Meaning, str]] = []
    for number, person in enumerate(named):
        channels = (f"n{number}@one.example.org", f"+43 1 555 010{number}", "labor")
        rows.append(whole := dict(zip(KEYS, (*person, *channels), strict=True)))
        blanks = st.sets(st.sampled_from([key for key in KEYS if key != "person"]))
        for blank in draw(st.lists(blanks, max_size=3)):
            is_alone = len(named) == 1 and not {"title", "organization"} & blank
            if is_alone or not {"email", "phone"} <= blank:
                rows.append({key: text for key, text in whole.items() if key not in blank})
    return draw(st.permutations(rows)), len(named)


@given(made=people_in_rows())
def test_who_is_in_several_rows_of_a_list_is_one_whichever_cells_are_blank(
    made: tuple[list[dict[Meaning, str]], int],
) -> None:
    rows, count = made
    taken = taken_from_others([(cells_of(row), "", False) for row in rows])
    contents = [said(row, more) for row, more in zip(rows, taken, strict=True)]
    assert len(set().union(*map(people_named, contents))) == count


def people_named(content: Content) -> set[str]:
    people = {one.id for one in content.statements if isinstance(one, NodeStatement)}
    people |= {one.source for one in content.statements if isinstance(one, EdgeStatement)}
    return {it for it in people if it.startswith("person:")}


ZOE: dict[Meaning, str] = dict(
    zip(KEYS, ("OSCE", "Ghana", "Zoe Samename", "Director", "zoe@one.example.org", "+43 1 555 0100"), strict=False)
)


def next_of_two_lists(*pairs: tuple[dict[Meaning, str], dict[Meaning, str]]) -> Iterator[tuple[Content, ...]]:
    """Give what is stated in a first list, in the second, and of the latter once the first is on record."""
    contents = [(said(one), said(other)) for one, other in pairs]
    bodies = [node("InternationalOrganization", f"org:{it.lower()}", name=it) for it in ("OSCE", "ODIHR")]
    with asking([*bodies, *(tuple(first.statements) for first, _ in contents)]) as session:
        again = looking_up(session, "").resolved([second for _, second in contents])
    for (first, second), then in zip(contents, again, strict=True):
        assert isinstance(then, Content)
        yield first, second, then


def test_who_is_in_two_lists_is_one_whichever_cells_are_blank_and_in_either_order() -> None:
    keys: tuple[Meaning, ...] = ("organization", "country", "title", "phone")
    blanks = [blank for size in range(len(keys) + 1) for blank in combinations(keys, size)]
    pairs = []
    for number, blank in enumerate(blanks):
        for order in (1, -1):
            row = ZOE | {"person": f"Zoe {chr(0x61 + number)}{'ao'[order == 1]}samename"}
            other = {key: text for key, text in row.items() if key not in blank}
            pairs.append((row, other) if order == 1 else (other, row))
    for first, _, then in next_of_two_lists(*pairs):
        assert people_named(first) == people_named(then)


def test_namesakes_of_another_country_body_or_address_stay_two_in_two_lists() -> None:
    changes: tuple[dict[Meaning, str], ...] = (
        {"country": "Kenya"},
        {"organization": "ODIHR"},
        {"email": "z@two.example.net", "phone": "", "organization": "", "country": ""},
        {"title": "Adviser", "organization": "", "country": ""},
    )
    rows = [ZOE | {"person": f"Zoe {letter}samename"} for letter in "abcd"]
    pairs = [(row, row | change) for row, change in zip(rows, changes, strict=True)]
    for first, second, then in next_of_two_lists(*pairs, *((other, one) for one, other in pairs)):
        assert people_named(then) == people_named(second)
        assert people_named(then).isdisjoint(people_named(first))


@pytest.mark.parametrize(("body", "count"), [("Example Relief", 1), ("Ministry of Justice", 3)])
def test_an_organization_has_the_one_country_that_the_list_has_beside_it_and_a_ministry_is_asked(
    body: str, count: int
) -> None:
    contacts = (("Ann", ""), ("Ben", "Ghana"), ("Cleo", ""))
    rows = [
        ZOE | {"organization": body, "country": it, "person": name, "email": f"{name}@{name}.example"}
        for name, it in contacts
    ]
    taken = taken_from_others([(cells_of(row), "", False) for row in rows])
    bodies = [ids_of(said(row, more))[1] for row, more in zip(rows, taken, strict=True)]
    assert len(set().union(*bodies)) == count


@pytest.mark.parametrize(("other", "count"), [({}, 1), ({"email": "z@two.example.net", "phone": ""}, 2)])
@pytest.mark.parametrize("order", [1, -1])
def test_who_is_in_one_list_under_two_spellings_of_the_body_is_one_where_the_address_is(
    other: dict[Meaning, str], count: int, order: int
) -> None:
    rows = [ZOE | {"organization": "ILO", "country": ""}, ZOE | {"organization": "International Labour Organisation"}]
    contents = [said(rows[0]), said(rows[1] | other)][::order]
    with asking([node("InternationalOrganization", "org:ilo", name="International Labour Organization")]) as session:
        read = looking_up(session, "").resolved(contents)
    people = [people_named(it) for it in read if isinstance(it, Content)]
    assert (len(people), len(set().union(*people))) == (2, count)
