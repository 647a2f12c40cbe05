"""Where an answer comes from: rows, statements and sources."""

import pytest

from iga.graph.ledger.evidence import evidence, sources
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card, Confidence, Content, LoadHeader, NodeStatement
from tests.graph.ledger.conftest import Sayings


def load(ledger: Ledger, card: Card, **rows: Content) -> LoadHeader:
    with ledger.open_load(card) as opened:
        opened.put([(key, f"{card.source}.csv:{n}", content) for n, (key, content) in enumerate(rows.items(), start=2)])
        return opened.commit({"read": len(rows)})


def said(
    name: str,
    id_: str = "ngo:x",
    *,
    stated_on: str = "",
    url: str = "",
    confidence: Confidence = "high",
    note: str = "",
) -> Content:
    statement = NodeStatement("Ngo", id_, {"name": name}, stated_on=stated_on)
    return Content((statement,), url=url, confidence=confidence, note=note)


CARD = Card("ref:a", "List A", url="https://example.org/a", as_of="2024", gaps=("No dates.",))


def test_evidence_names_source_place_day_and_load(ledger: Ledger) -> None:
    load(ledger, CARD, k=said("X", url="https://example.org/k", confidence="low", note="hearsay", stated_on="2023-05"))
    load(ledger, CARD, l=said("L", "ngo:l"))
    found = evidence(ledger, [("ref:a", "k"), ("ref:a", "l"), ("ref:a", "absent"), ("ref:none", "k")])
    assert set(found) == {("ref:a", "k"), ("ref:a", "l")}
    k, other = found["ref:a", "k"], found["ref:a", "l"]
    assert (k.card.title, k.url, k.locator, k.stated_on, k.load) == (
        "List A",
        "https://example.org/k",
        "ref:a.csv:2",
        "2023-05",
        1,
    )
    assert (k.at, k.confidence, k.note, k.card.gaps) == (
        "2026-06-01T12:00:00.000000Z",
        "low",
        "hearsay",
        ("No dates.",),
    )
    assert (other.url, other.stated_on, other.load, other.confidence) == ("https://example.org/a", "2024", 2, "high")


def test_evidence_keeps_the_place_where_unchanged_content_was_first_said(ledger: Ledger) -> None:
    load(ledger, CARD, k=said("X"))
    load(ledger, CARD, new=said("N", "ngo:n"), k=said("X"))
    found = evidence(ledger, [("ref:a", "k")])["ref:a", "k"]
    assert (found.load, found.locator) == (1, "ref:a.csv:2")


def test_evidence_is_given_as_of_a_load(ledger: Ledger) -> None:
    load(ledger, CARD, k=said("X"))
    load(ledger, Card("ref:a", "List A, second edition", as_of="2025"), k=said("Y"))
    ref = ("ref:a", "k")
    assert evidence(ledger, [ref], upto=0) == {}
    first, second = (evidence(ledger, [ref], upto=no)[ref] for no in (1, 2))
    assert (first.load, first.stated_on) == (1, "2024")
    assert (second.load, second.stated_on) == (2, "2025")


def test_a_withdrawn_row_is_no_evidence(ledger: Ledger) -> None:
    load(ledger, CARD, k=said("X"))
    with ledger.open_load(CARD) as opened:
        opened.withdraw(["k"])
        opened.commit({})
    assert evidence(ledger, [("ref:a", "k")]) == {}
    assert evidence(ledger, [("ref:a", "k")], upto=1)["ref:a", "k"].load == 1


def test_sources_tell_their_newest_card_live_rows_and_last_load(ledger: Ledger) -> None:
    load(ledger, Card("ref:b", "B"), k=said("X"))
    load(ledger, CARD, k=said("X"), l=said("Y", "ngo:y"))
    with ledger.open_load(Card("ref:a", "newest", as_of="2025")) as opened:
        opened.withdraw(["l"])
        opened.commit({"withdrawn": 1})
    found = [(s.last.source, s.last.card.title, s.last.no, s.live_rows, s.loads, s.counts) for s in sources(ledger)]
    assert found == [("ref:a", "newest", 3, 1, 2, {"withdrawn": 1}), ("ref:b", "B", 1, 1, 1, {"read": 1})]


@pytest.mark.parametrize("count", [0, 5_000])
def test_any_number_of_references_is_answered(say: Sayings, ledger: Ledger, count: int) -> None:
    refs = [("ref:a", f"k{n}") for n in range(count)]
    say.load({key: say.node(f"ngo:{key}") for _, key in refs})
    assert set(evidence(ledger, refs)) == set(refs)
