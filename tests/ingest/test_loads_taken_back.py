"""A load is taken back: its rows say what they said before, and what later loads said anew stays."""

import pytest

from iga.graph.errors import NotFound, StaleEdition, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, NodeStatement
from iga.ingest.loads_taken_back import loads_named, take_back, taken_back
from tests.ingest.conftest import CARD, a_mapping
from tests.ingest.test_loading import BODY, Loads

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
