"""A restriction that is lifted leaves every row as it was marked before, whoever else is restricted in it."""

import pytest

from iga.graph.errors import NotFound
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card
from iga.ingest.officer_entries import Signed
from iga.ingest.resolution.judging import judged
from iga.ingest.restricting import release, restrict
from tests.acceptance.homes import noon
from tests.queries.world import edge, node, rows

BY = Signed("A. Officer", "2026-06-01", "asked")
SUE, TOM = "person:sue", "person:tom"


def _load(ledger: Ledger) -> None:
    both = node("Person", SUE), node("Person", TOM), edge("MEMBER_OF", SUE, "org:o"), edge("MEMBER_OF", TOM, "org:o")
    with ledger.open_load(Card("list:people", "People")) as load:
        load.put(rows("people.csv", both))
        load.commit({"read": 1})


def _marks(ledger: Ledger) -> list[int]:
    (row,) = ledger.rows_of("list:people")
    return [statement.marking for statement in row[-1].content.statements]


@pytest.mark.parametrize("released", [(SUE, TOM), (TOM, SUE)], ids=" then ".join)
def test_who_else_is_restricted_stays_so(ledger_address: str, released: tuple[str, str]) -> None:
    with Ledger.open(ledger_address, clock=noon) as ledger:
        _load(ledger)
        assert [restrict(ledger, [person], signed=BY) for person in (SUE, TOM)] == [1, 1]
        assert _marks(ledger) == [2, 2, 2, 2]
        release(ledger, [released[0]], signed=BY)
        assert _marks(ledger) == ([0, 2, 0, 2] if released[0] == SUE else [2, 0, 2, 0])
        release(ledger, [released[1]], signed=BY)
        assert _marks(ledger) == [0, 0, 0, 0]
        with pytest.raises(NotFound, match="is not restricted"):
            release(ledger, [SUE], signed=BY)


def test_a_restriction_can_be_made_and_lifted_again(ledger_address: str) -> None:
    with Ledger.open(ledger_address, clock=noon) as ledger:
        _load(ledger)
        for _ in range(2):
            assert restrict(ledger, [SUE], signed=BY) == 1
            assert release(ledger, [SUE], signed=BY) == (1, 0)
            assert _marks(ledger) == [0, 0, 0, 0]


def test_what_was_judged_of_a_restricted_person_is_restricted_too(ledger_address: str) -> None:
    with Ledger.open(ledger_address, clock=noon) as ledger:
        _load(ledger)
        judged(ledger, SUE, TOM, "different", by="A. Officer", because="two birthdays")

        def marking() -> int:
            (row,) = ledger.rows_judging([SUE])
            return row[-1].content.statements[0].marking

        assert restrict(ledger, [SUE], signed=BY) == 2
        assert marking() == 2
        assert release(ledger, [SUE], signed=BY) == (2, 0)
        assert marking() == 0
