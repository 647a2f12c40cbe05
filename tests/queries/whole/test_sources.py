"""The sources behind the answers, as far as the reader may know of them."""

from dataclasses import replace

from iga.graph.ledger.seen_ledger import SeenLedger
from iga.queries.core.session import Session
from iga.queries.whole.sources import sources


def test_a_source_says_how_old_and_how_complete_it_is_and_what_it_lacks(session: Session) -> None:
    [members] = [card for card in sources(session) if card.source == "ref:members"]
    assert (members.as_of, members.complete, members.gaps, members.rank) == (
        "2026-05-01",
        False,
        ("One observer was not found.",),
        20,
    )
    assert members.live_row_count == 8


def test_what_is_made_up_is_said_to_be(session: Session) -> None:
    assert [card.source for card in sources(session) if card.fictional] == ["sample:partners"]


def test_sources_above_the_ceiling_and_under_embargo_are_hidden(session: Session, as_the_public: Session) -> None:
    view, ledger = as_the_public.status.view, session.ledger
    public = replace(as_the_public, ledger=SeenLedger(ledger, view, horizon=ledger.through()))
    hidden = {card.source for card in sources(session)} - {card.source for card in sources(public)}
    assert {"office:contacts", "ref:release"} <= hidden
