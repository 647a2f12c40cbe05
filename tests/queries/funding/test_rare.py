"""What is rare in money: silent amounts, ties, several of a kind; each is told."""

from collections.abc import Iterator
from typing import Any

import pytest

from iga.graph.fold.live import Lens
from iga.graph.fold.shapes import View
from iga.graph.statements import Content
from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.funding import pool
from iga.queries.funding.award import _of_row
from tests.properties.ledger_model import Load, ModelLedger
from tests.queries.funding.test_laws import asking_said
from tests.queries.world import card, edge, node


def money(amount: str, measure: str = "obligation", day: str = "2024-01-02") -> dict[str, str]:
    return {"amount": amount, "currency": "USD", "measure": measure, "value_date": day}


def moved(written: str, under: str, **said: Any) -> tuple[Any, ...]:
    return node("Transaction", f"transaction:{written}", **said), edge("UNDER", f"transaction:{written}", under)


def world() -> Iterator[Any]:
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("PublicBody", "body:payer", name="Payer")
    for name in ("one", "two", "three"):
        yield node("Ngo", f"ngo:{name}", name=f"Ngo {name}")
    yield node("Organization", "organization:hidden", name="Withheld", undisclosed=True)
    received = {"joint": ("ngo:one", "ngo:two"), "silent": ("organization:hidden",), "mute": ("ngo:one",), "gov": ()}
    for name, to in received.items():
        yield node("Award", f"award:{name}", name=f"Award {name}")
        yield edge("FUNDED", "body:payer", f"award:{name}")
        yield from (edge("AWARDED_TO", f"award:{name}", receiver) for receiver in to)
    yield moved("joint", "award:joint", money=money("90"))
    yield moved("first", "award:gov", money=money("50"), receiver="ngo:one")
    yield moved("second", "award:gov", money=money("50"), receiver="ngo:two")
    yield moved("nobody", "award:gov", money=money("7"))
    passed = {"receiver": "ngo:two", "provider": "ngo:one", "reference": "S-1"}
    for day in ("2024-02-01", "2024-03-01"):
        yield moved(f"passed-{day}", "award:gov", money=money("5", "subaward", day), **passed)
    yield node("Programme", "programme:p", name="Programme P", funder="body:payer")
    yield node("Project", "project:p", name="Project P", stated_total=money("11", "announced"))
    yield node("Project", "project:q", name="Project Q")
    for project in ("project:p", "project:q"):
        yield edge("UNDER", project, "programme:p")
        yield edge("UNDER", "award:joint", project)
    yield edge("SUBAWARDED_TO", "award:joint", "ngo:three")
    yield moved("handed", "award:joint", money=money("4", "subaward"), receiver="ngo:three")
    yield node("Transaction", "transaction:alone", money=money("2"), provider="body:payer", receiver="ngo:three")
    yield edge("IMPLEMENTS", "gov:gha", "project:p", role="host")
    for thing in ("project:p", "award:joint"):
        yield edge("IMPLEMENTED_IN", thing, "gov:gha")
    yield moved("hidden", "award:gov", money=money("3"), receiver="organization:hidden")
    yield moved("said", "award:gov", money=money("13", "announced"), receiver="ngo:one")
    for year in ("2023", "2024"):
        line = {"line_kind": "spent so far", "fiscal_year": int(year), "money": money("3", "outlay", year)}
        yield node("FundingLine", f"line:{year}", name=f"Total {year}", **line)
        yield edge("FUNDED", "body:payer", f"line:{year}")


@pytest.fixture(scope="module")
def rare() -> Iterator[Session]:
    with asking_said(world()) as session:
        yield session


def rows_of(session: Session, question: str, **asked: str) -> Any:
    return ask(session, question, asked).rows


def told(session: Session, question: str, **asked: str) -> str:
    answer = ask(session, question, asked)
    return " ".join((answer.answer, *(caveat.text for caveat in answer.caveats)))


def test_what_may_be_several_is_told(rare: Session) -> None:
    assert "1 sub-award repeats number, sub-recipient and amount of another" in told(rare, "funding", party="Payer")
    assert "several recipients, not told which: USD 90" in told(
        rare, "funding-summary", party="Payer", by="implementer"
    )
    groups = {row.group_name for row in rows_of(rare, "funding-summary", party="Payer", by="programme")}
    assert groups == {"Programme P", "no programme on record"}
    assert "Since the beginning: USD 3 (as of 2023); USD 3 (as of 2024)." in told(rare, "portfolio", party="Payer")


def test_a_time_without_money_says_of_which_years_there_is_some(rare: Session) -> None:
    summary = told(rare, "funding-summary", party="Payer", since="2010", until="2011")
    assert "there are amounts of US fiscal year 2024" in summary


def test_places_that_are_shared_and_amounts_that_are_announced_are_told(rare: Session) -> None:
    assert "2 of them share a place with others." in told(rare, "top-partners", party="Payer")
    announced = told(rare, "top-partners", party="Payer", measure="announced")
    assert "Ngo one received most: USD 13 announced" in announced
    sub_awards = told(rare, "top-partners", party="Payer", layer="sub-award")
    assert "Ngo two received most: USD 10" in sub_awards


def test_recipients_that_are_withheld_or_not_named_are_told(rare: Session) -> None:
    withheld = told(rare, "undisclosed", party="Payer")
    assert "We have no recipient for 1 more amount on file" in withheld
    assert "Award silent" in withheld


def test_who_only_works_in_a_country_is_a_partner_there_and_its_government_is_none(rare: Session) -> None:
    partners = rows_of(rare, "partners", party="Ghana")
    assert [row.name for row in partners] == ["Ngo one", "Ngo two"]


def test_a_sum_of_very_many_says_that_versions_were_not_read(rare: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MOST_WITH_VERSIONS", 0)
    assert "version" in told(rare, "funding-summary", party="Payer")


@pytest.mark.parametrize("party", ["Ngo two", "Ngo three", "Award joint", "Payer", "Ghana"])
def test_each_way_back_to_who_pays_is_told_once(rare: Session, party: str) -> None:
    hops = [(row.path, row.layer, row.measure) for row in rows_of(rare, "funding-of", party=party)]
    assert len(hops) == len(set(hops))


def test_a_row_that_goes_on_to_speak_of_another_thing_states_the_first_no_more() -> None:
    said = [Content((node("Award", f"award:{name}"),)) for name in "ab"]
    ledger = ModelLedger(Load(card("list:a", "A"), {"1": content}) for content in said)
    row, lens = tuple(ledger.rows["list:a", "1"]), Lens(ledger.headers(), View())
    [edition] = _of_row(row, lens, frozenset({"award:a"}), {1: "", 2: ""})
    assert edition.is_superseded
    assert not edition.is_after(edition)  # neither says of which day it is
