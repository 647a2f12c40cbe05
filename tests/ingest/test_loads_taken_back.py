"""A load or a restriction is taken back: rows are as they were before, and what came later stays."""

import pytest

from iga.graph.errors import NotFound, StaleEdition, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card, Content, NodeStatement
from iga.ingest.loads_taken_back import loads_named, take_back, taken_back
from iga.ingest.officer_entries import Signed
from iga.ingest.resolution.judging import judged
from iga.ingest.restricting import release, restrict
from tests.acceptance.homes import noon
from tests.ingest.conftest import CARD, a_mapping
from tests.ingest.test_loading import BODY, Loads
from tests.queries.world import edge, node, rows

_HEAD = "id,name,country,since\n"


def names_of(ledger: Ledger) -> dict[str, str]:
    """Return the names that the rows say, by row key; those withdrawn are left out."""
    said = {history[-1].row_key: history[-1].content for history in ledger.rows_of("test:partners")}
    return {
        key: str(statement.values["name"])
        for key, content in said.items()
        if content != Content()
        for statement in content.statements[:1]
        if isinstance(statement, NodeStatement)
    }


def test_a_load_is_taken_back_and_later_ones_stand(loads: Loads, ledger: Ledger) -> None:
    loads(f"{_HEAD}a,Alpha,Kenya,\nb,Beta,Kenya,\nc,Gamma,Kenya,\n")
    wrong = loads(f"{_HEAD}a,Wrong,Kenya,\nb,Wrong,Kenya,\nd,Wrong,Kenya,\n").load
    loads(f"{_HEAD}b,Later,Kenya,\n")
    [source] = taken_back(ledger, range(wrong, wrong + 1))
    assert (len(source.restored), source.gone, source.changed_since) == (1, ["d"], 1)
    header = take_back(ledger, source, by="A. Officer", because="wrong file")
    assert (header.by, header.because) == ("A. Officer", "wrong file")
    assert names_of(ledger) == {"a": "Alpha", "b": "Later", "c": "Gamma"}


def test_several_loads_are_taken_back_as_one(loads: Loads, ledger: Ledger) -> None:
    loads(f"{_HEAD}a,Alpha,Kenya,\n")
    first = loads(f"{_HEAD}a,Wrong,Kenya,\n").load
    last = loads(f"{_HEAD}a,Worse,Kenya,\ne,Worse,Kenya,\n").load
    [source] = taken_back(ledger, range(first, last + 1))
    take_back(ledger, source, by="A. Officer", because="wrong files")
    assert names_of(ledger) == {"a": "Alpha"}


def test_loads_are_named_by_number_or_from_to() -> None:
    assert loads_named("load:12") == range(12, 13)
    assert loads_named("load:12..19") == range(12, 20)
    assert loads_named("correct:gov:gha:capital") is None
    with pytest.raises(UsageError, match="before the first"):
        loads_named("load:9..3")


def test_a_load_that_is_not_there_is_told(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="no load 99"):
        taken_back(ledger, range(99, 100))


@pytest.mark.parametrize("before", ["", "2023"])
def test_a_day_that_was_taken_back_keeps_no_edition_out(loads: Loads, ledger: Ledger, before: str) -> None:
    def loaded(year: str, name: str) -> int:
        card = CARD.replace("title:", f"as_of: {year}, title:")
        return loads(f"id,name\na,{name}\n", mapping=a_mapping(BODY, card=card)).load

    if before:
        loaded(before, "Alpha")
    wrong = loaded("2062", "Beta")
    with pytest.raises(StaleEdition, match=rf"iga withdraw load:{wrong}\)"):
        loaded("2026", "Gamma")
    [source] = taken_back(ledger, range(wrong, wrong + 1))
    take_back(ledger, source, by="A. Officer", because="wrong day")
    loaded("2026", "Gamma")
    assert names_of(ledger) == {"a": "Gamma"}


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
