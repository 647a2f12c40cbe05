"""People and bodies of two countries are two in every list, and stay who they are when it comes again."""

import csv
from contextlib import nullcontext
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.statements import Content, EdgeStatement, decoded, encoded
from iga.graph.text import folded
from iga.ingest.contact_list.contact_rows import ListedContact, SheetReading
from iga.ingest.contact_list.headings import Meaning
from iga.ingest.contact_list.loose_days import DayReader
from iga.ingest.names_of_load import USUAL, NamesOfLoad
from iga.ingest.subjects import mark
from iga.queries.core.session import Session
from iga.queries.reconciling.names_on_record import NamesOfSession
from tests.cli.conftest import Iga, commands_in
from tests.queries.asking import asking

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


def stated(row: Said) -> Content:
    keys: tuple[Meaning, ...] = ("organization", "country", "person", "title", "email")
    cells: dict[Meaning, tuple[str, ...]] = {key: (text,) for key, text in zip(keys, row, strict=True) if text}
    return ListedContact(cells, "", SheetReading(DayReader()), lambda *_: None).stated()[1]


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
