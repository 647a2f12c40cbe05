"""What becomes of proposals of public lists: accepted, turned down, taken back; and what is proposed after that."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from iga.entering.proposal_answers import PROPOSAL_ANSWER
from iga.entering.writing import entering
from iga.graph.errors import NotFound
from iga.graph.ledger.ledger import Ledger
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.ingest.entry_log import last_of, take_back
from iga.ingest.officer_entries import Signed
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.engines import projected
from tests.queries.asking import ledger_of
from tests.queries.contacts.listed_world import LISTED_ON, listed, on_record
from tests.queries.world import NOW, TODAY

SIGNED = Signed(by="J. Example", on=TODAY)

Watched = Callable[[], Session]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(ledger_of(tmp_path, [*on_record(), *listed()])) as ledger:
        yield ledger


@pytest.fixture
def watched(ledger: Ledger, tmp_path: Path) -> Iterator[Watched]:
    """Give the graph of what is in the ledger at the time."""
    stores: list[EmbeddedStore] = []

    def session() -> Session:
        stores.append(EmbeddedStore(tmp_path / f"graph-{len(stores)}"))
        return projected(ledger, stores[-1], now=NOW)

    yield session
    for store in stores:
        store.close()


def _rows(session: Session) -> Any:
    return ask(session, "world-watch", {}).rows


def _answer(session: Session, ledger: Ledger, proposal: str, answer: str) -> tuple[str, ...]:
    prepared = PROPOSAL_ANSWER.prepare(session, PROPOSAL_ANSWER.asked({"proposal": proposal, "answer": answer}), SIGNED)
    entering(prepared.entries, SIGNED)(ledger)
    return prepared.notes


def test_what_was_accepted_is_not_proposed_again(watched: Watched, ledger: Ledger) -> None:
    before = watched()
    proposals = [row.proposal for row in _rows(before) if row.proposal]
    assert len(proposals) == 7
    for proposal in proposals:
        _answer(before, ledger, proposal, "accepted")
    after = watched()
    assert [(row.state, row.proposal) for row in _rows(after)] == [("ours is later", None)]
    vacancies: Any = ask(after, "vacancies", {"party": "Ghana"}).rows
    told = {row.post_name: row.told for row in vacancies}
    assert told["Minister of Labor of Ghana"] == f"New Example, last seen {LISTED_ON}, not known since"
    assert told["Minister of Sport"].startswith(f"vacant, stated {LISTED_ON}")
    assert told["Minister of Health of Ghana"] == "Late Example, last seen 2026-05-20, not known since"
    assert "Minister of Arts, Ghana" in told


def test_each_accepted_alone_takes_one_proposal_away_and_adds_none(watched: Watched, ledger: Ledger) -> None:
    before = watched()
    left = {row.proposal for row in _rows(before) if row.proposal}
    first = min(left)
    _answer(before, ledger, first, "accepted")
    assert {row.proposal for row in _rows(watched()) if row.proposal} == left - {first}


def test_what_was_turned_down_is_a_record_and_is_not_proposed_again(watched: Watched, ledger: Ledger) -> None:
    before = watched()
    for row in _rows(before):
        if row.proposal:
            _answer(before, ledger, row.proposal, "turned down")
    after = watched()
    answer = ask(after, "world-watch", {})
    assert [row.state for row in answer.rows] == ["ours is later"]  # type: ignore[attr-defined]
    assert "7 proposals that were turned down are not offered again; iga log shows them." in [
        doubt.text for doubt in answer.caveats
    ]
    vacancies: Any = ask(after, "vacancies", {"party": "Ghana"}).rows
    assert "Old Example, last seen 2025-01, not known since" in [row.told for row in vacancies]


@pytest.mark.parametrize("answer", ["accepted", "turned down"])
def test_taken_back_it_is_proposed_as_before(watched: Watched, ledger: Ledger, answer: str) -> None:
    before = watched()
    proposals = [row.proposal for row in _rows(before)]
    _answer(before, ledger, proposals[0], answer)
    take_back(ledger, last_of(ledger, SIGNED.by), signed=SIGNED)
    assert [row.proposal for row in _rows(watched())] == proposals


def test_the_reason_of_an_entry_is_the_list_where_nobody_gives_another(watched: Watched, ledger: Ledger) -> None:
    session = watched()
    changed = next(row for row in _rows(session) if row.state == "changed")
    notes = _answer(session, ledger, changed.proposal, "accepted")
    assert notes == ("New Example was entered as somebody new; others are called so: iga resolve compares them.",)
    [entry] = last_of(ledger, SIGNED.by)
    assert entry.content.note == f"by the list The list of {LISTED_ON}"


def test_an_answer_to_no_proposal_is_refused(watched: Watched, ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="no proposal 'proposal:0' stands"):
        _answer(watched(), ledger, "proposal:0", "accepted")
