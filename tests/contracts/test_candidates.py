"""Candidates from the graph of each engine: the same ones, kept in step with the ledger, gone and back with a merge."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.ledger.judgements import judge, judgements, withdraw_judgement
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import meta
from iga.graph.projection.project import project
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement, Values, Verdict, Word, pair_key
from iga.graph.stores.door import Store
from iga.ingest.resolution.book import Book
from iga.ingest.resolution.candidates import bring_up, compare_waiting, open_candidates
from tests.reading import some

NOW = "2026-06-01T00:00:00Z"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as ledger:
        yield ledger


def said(ledger: Ledger, rows: Mapping[str, tuple[Statement, ...]], *, source: str = "list:a") -> None:
    with ledger.open_load(Card(source, source)) as load:
        load.put([(key, f"a.csv:{key}", Content(statements)) for key, statements in rows.items()])
        load.commit({"read": len(rows)})


def ngo(id_: str, name: str, **values: str | list[str]) -> NodeStatement:
    return NodeStatement("Ngo", id_, {"name": name, **values})


def world(ledger: Ledger) -> None:
    said(
        ledger,
        {
            "1": (ngo("ngo:acme", "Acme Relief", identifiers=["UEI:A1"], aliases=["AR"]),),
            "2": (ngo("named:ngo:acme-relief-ltd", "Acme Relief Ltd."),),
            "3": (
                ngo("ngo:beta", "Beta House", country="gov:ken"),
                NodeStatement("Government", "gov:ken", {"name": "Kenya"}),
            ),
            "4": (NodeStatement("Company", "company:beta", {"name": "Beta Hause", "country": "gov:ken"}),),
            "5": (ngo("ngo:acme-desk", "Acme Relief Desk"), EdgeStatement("PART_OF", "ngo:acme-desk", "ngo:acme")),
            "6": (NodeStatement("Person", "person:1", {"name": "Ana Example"}),),
            "7": (NodeStatement("Person", "person:2", {"name": "EXAMPLE, Ana"}),),
        },
    )  # fmt: skip


def up(book: Book, store: Store, ledger: Ledger) -> list[tuple[str, str, str]]:
    """Bring graph and book up to the ledger; return the tier and the ids of the candidates that wait."""
    held = project(ledger, store, now=NOW).meta
    bring_up(book, store, ledger, held=held)
    compare_waiting(book)
    waiting = open_candidates(book, judgements(ledger))
    return [(each.finding.tier, each.first.id, each.second.id) for each in waiting]


EXPECTED = [
    ("likely", "named:ngo:acme-relief-ltd", "ngo:acme"),
    ("likely", "person:1", "person:2"),
    ("possible", "company:beta", "ngo:beta"),
    ("possible", "named:ngo:acme-relief-ltd", "ngo:acme-desk"),
]


def test_candidates_come_up_surest_first_and_parts_of_a_whole_do_not(store: Store, ledger: Ledger) -> None:
    world(ledger)
    assert up(Book(None), store, ledger) == EXPECTED


def test_a_merge_and_its_withdrawal_give_the_identical_graph_and_candidates(store: Store, ledger: Ledger) -> None:
    world(ledger)
    book = Book(None)
    up(book, store, ledger)
    before = audit(store).tally.hex
    pair = ("named:ngo:acme-relief-ltd", "ngo:acme")
    judge(ledger, [Verdict(*pair, "same", "Ana", "one office")])
    merged = up(book, store, ledger)
    assert audit(store).tally.hex != before
    assert not any(pair[0] in each for each in some(merged))
    assert book.party_with(pair[0]) == book.party_with(pair[1])
    withdraw_judgement(ledger, *pair, by="Ana", because="another Acme")
    assert up(book, store, ledger) == EXPECTED
    assert audit(store).tally.hex == before == (held.hash if (held := meta(store)) else "")


WORDS: list[tuple[str, str, Word]] = [
    ("named:ngo:acme-relief-ltd", "ngo:acme", "same"),
    ("ngo:beta", "company:beta", "same"),
    ("ngo:acme", "ngo:beta", "same"),
    ("person:1", "person:2", "different"),
    ("ngo:acme-desk", "named:ngo:acme-relief-ltd", "unsure"),
]


def test_a_book_brought_up_step_by_step_is_a_book_made_anew(store: Store, ledger: Ledger) -> None:
    world(ledger)
    book = Book(None)
    up(book, store, ledger)
    for first, second, word in WORDS:
        judge(ledger, [Verdict(*pair_key(first, second), word, "Ana", "looked at")])
        assert up(book, store, ledger) == up(Book(None), store, ledger)
    said(ledger, {"8": (ngo("ngo:gamma", "Acme Relief Inc"),)}, source="list:b")
    assert up(book, store, ledger) == up(Book(None), store, ledger)
    for first, second, _ in WORDS:
        withdraw_judgement(ledger, first, second, by="Ana", because="again")
        assert up(book, store, ledger) == up(Book(None), store, ledger)
    assert book.ids() == {row["id"] for row in store.look("MATCH (n:Party) RETURN n.id AS id")}


def test_a_changed_rank_of_a_source_is_noticed(store: Store, ledger: Ledger) -> None:
    mine = ngo("ngo:a", "Acme Relief", country="gov:gha"), ngo("ngo:b", "Acme Relief Ltd", country="gov:ken")
    said(ledger, {"1": mine}, source="list:a")
    said(ledger, {"1": (ngo("ngo:b", "Acme Relief Ltd", country="gov:gha"),)}, source="list:z")
    book = Book(None)
    assert up(book, store, ledger) == []
    with ledger.open_load(Card("list:z", "list:z", rank=10)) as load:
        load.put([("9", "a.csv:9", Content((ngo("ngo:c", "Gamma Trust"),)))])
        load.commit({"read": 1})
    assert up(book, store, ledger) == [("likely", "ngo:a", "ngo:b")]


def test_a_merged_party_is_compared_by_the_names_of_all_its_ids(store: Store, ledger: Ledger) -> None:
    said(ledger, {"1": (ngo("ngo:a", "Acme Relief"),), "2": (ngo("ngo:b", "Gamma Trust"),)})
    judge(ledger, [Verdict("ngo:a", "ngo:b", "same", "Ana", "renamed")])
    said(ledger, {"1": (ngo("ngo:c", "Gamma Trust Ltd"),)}, source="list:b")
    book = Book(None)
    assert up(book, store, ledger) == [("likely", "ngo:a", "ngo:c")]
    found = book.party_with("ngo:b")
    assert found is not None
    assert found.names == ("Acme Relief", "Gamma Trust")


def test_recipients_whose_name_is_withheld_are_never_offered_as_one(store: Store, ledger: Ledger) -> None:
    withheld: Values = {"name": "Miscellaneous Foreign Awardees", "undisclosed": True}
    rows = {f"{n}": (NodeStatement("Organization", f"organization:unknown-{n}", dict(withheld)),) for n in range(3)}
    said(ledger, rows)
    assert up(Book(None), store, ledger) == []


def test_only_so_many_are_compared_after_a_load_and_the_rest_waits(store: Store, ledger: Ledger) -> None:
    world(ledger)
    held = project(ledger, store, now=NOW).meta
    book = Book(None)
    bring_up(book, store, ledger, held=held)
    assert compare_waiting(book, limit=2).waiting == len(book.ids()) - 2
    assert compare_waiting(book).waiting == 0
    assert [each.finding.tier for each in some(book.candidates())] == [tier for tier, _, _ in EXPECTED]
