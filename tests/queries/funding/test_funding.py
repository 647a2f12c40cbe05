"""How much, through whom and when: nothing is added across layers, measures, currencies or sources."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import rebuild
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.ingest.formats.format_registry import CardWords, format_named
from iga.ingest.loading import Surroundings, load
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.engines import asked
from tests.ingest.formats.pages import examples
from tests.queries.funding.conftest import AskSample
from tests.queries.world import NOW, TODAY, between, card, edge, node, rows

_FILES = (
    ("usaspending.md", "usaspending-awards", "awards.csv"),
    ("usaspending.md", "usaspending-subawards", "subawards.csv"),
    ("foreignassistance.md", "foreignassistance", "transactions.csv"),
    ("foreignassistance.md", "foreignassistance", "budget.csv"),
    ("exchange-rates.md", "exchange-rates", "rates.csv"),
)


def clock() -> datetime:
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def money(amount: str, measure: str, day: str = "", currency: str = "USD") -> dict[str, str]:
    return {"amount": amount, "currency": currency, "measure": measure, "value_date": day}


def _world() -> Iterator[Any]:
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA", iso2="GH")
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN", iso2="KE")
    yield node("Government", "gov:per", name="Peru", iso3="PER", iso2="PE")
    yield node("PublicBody", "body:us-state", name="Department of State", government="gov:usa")
    yield node("PublicBody", "body:us-dol", name="Department of Labor", government="gov:usa")
    yield node("PublicBody", "body:us-state-tip", name="TIP Office")
    yield node("Programme", "programme:example", name="Example Programme")
    yield node("Ngo", "ngo:harbour", name="Example Harbour")
    yield (
        node(
            "Project",
            "project:two",
            name="In two countries",
            stated_total=money("500000", "announced", "2031"),
            period=between("2031-01", "2033-06"),
        ),
        edge("IMPLEMENTED_IN", "project:two", "gov:per", percentage="40"),
        edge("IMPLEMENTED_IN", "project:two", "gov:ken", percentage="50"),
        edge("IMPLEMENTS", "ngo:harbour", "project:two"),
        edge("UNDER", "project:two", "programme:example"),
        node("Transaction", "transaction:two", money=money("8000", "disbursement", "2031-11-02", "PEN")),
        edge("UNDER", "transaction:two", "project:two"),
    )
    yield (
        node("Transaction", "transaction:late", money=money("300", "disbursement", "2032-11-02", "PEN")),
        edge("UNDER", "transaction:late", "project:two"),
    )
    yield node("Transaction", "transaction:pending", name="Nothing under anything", reference="1")


def _later_list() -> Iterator[Any]:
    yield node(
        "Project", "project:two", name="In two countries", stated_total=money("825000", "announced", "2032"),
        period=between("2031-01", "2034-06"),
    )  # fmt: skip


def ledger_of_money(folder: Path) -> Ledger:
    """Return a ledger with the examples of the formats about money, and what no example has."""
    ledger = Ledger.open(folder / "ledger.sqlite", clock=clock)
    for page, name, file in _FILES:
        path = examples(page, folder)[file]
        feed = format_named(name).feed([path], CardWords())
        load(ledger, feed, [path], surroundings=Surroundings(clock))
    for told, said in ((card("test:world", "World"), _world()), (card("test:list", "List of 2032"), _later_list())):
        with ledger.open_load(told) as opened:
            opened.put(rows("world.csv", *said))
            opened.commit({})
    return ledger


@pytest.fixture(scope="module")
def money_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with closing(ledger_of_money(tmp_path_factory.mktemp("money"))) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def funds(money_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with asked(money_ledger, tmp_path_factory.mktemp("funds"), now=NOW) as session:
        yield session


def funding(funds: Session, party: str, **parameters: str) -> Answer:
    return ask(funds, "funding", {"party": party, **parameters})


def told(answer: Answer) -> list[tuple[Any, ...]]:
    rows: Any = answer.rows
    return [(row.layer, row.measure, row.amount, row.currency, row.fiscal_year, row.counted) for row in rows]


RELIEF = "organization:uei-exampleuei01"


def test_layers_measures_and_fiscal_years_have_rows_of_their_own_and_totals_are_not_added(funds: Session) -> None:
    answer = funding(funds, RELIEF)
    assert told(answer) == [
        ("prime award", "obligation", "500000", "USD", 2031, True),
        ("prime award", "obligation", "250000", "USD", 2032, True),
        ("prime award", "obligation", "-30000", "USD", 2033, True),
        ("sub-award", "subaward", "40000", "USD", 2032, False),
        ("sub-award", "subaward", "65000", "USD", 2032, False),
        ("sub-award", "subaward", "9000000", "USD", 2032, False),
        ("stated total", "cost_share", "20000", "USD", None, True),
        ("stated total", "obligation", "720000", "USD", None, False),
        ("stated total", "obligation", "720000", "USD", None, False),
        ("stated total", "outlay", "310000", "USD", None, True),
    ]
    assert [clause.id for clause in answer.clauses] == ["headline", "beside", "left-out"]
    assert answer.clauses[0].values["total"]["amount"] == "720000"
    assert answer.clauses[0].values["total"]["years"] == {
        "fiscal": [2031, 2032, 2033],
        "calendar": [2031, 2032],
        "untold": 0,
    }
    assert answer.headline.startswith("USD 720,000 was obligated in 1 prime award of ")
    assert answer.headline.endswith(", for US fiscal years 2031 to 2033.")
    assert answer.clauses[1].text == (
        "Also on file, and not added to it: USD 310,000 paid out for whole awards and USD 20,000 as a cost share"
        " for whole awards."
    )


def test_likely_duplicates_and_impossible_amounts_are_shown_with_the_reason_and_counted_apart(funds: Session) -> None:
    answer = funding(funds, RELIEF)
    rows: Any = [row for row in answer.rows if not getattr(row, "counted", True)]
    assert [row.left_out for row in rows if row.layer == "sub-award"] == [
        "likely repeats “Sub-award SUB-001 of SSJTIP31X0001, reported 2031-11”:"
        " same prime award, sub-recipient, amount, day and number",
        "passed on to others out of its own awards",
        "larger than its whole prime award: 9000000.00 of 720000.00 USD",
    ]
    assert answer.answer.endswith(" 6 amounts are not counted, for 4 reasons.")
    [text] = [caveat.text for caveat in answer.caveats if caveat.text.startswith("Not counted")]
    assert text == (
        "Not counted: larger than its whole prime award (1, USD 9,000,000), likely duplicate sub-awards"
        " (1, USD 40,000), passed on to others out of its own awards (2, USD 65,000) and the same money told again (2)."
    )


def test_a_sub_recipient_is_told_what_was_passed_on_to_it_and_nothing_of_the_prime(funds: Session) -> None:
    answer = funding(funds, "SAMPLE SHELTER")
    assert {(row[0], row[2], row[5]) for row in told(answer)} == {
        ("sub-award", "65000", True),
        ("sub-award", "40000", False),
    }


def test_what_a_party_received_and_what_it_passed_on_are_never_one_total(ask_sample: AskSample) -> None:
    answer = ask_sample("funding", party="Made-up Shelter Network")
    assert answer.headline.startswith("[practice] USD 400,000 was passed on as sub-awards of Made-up Shelter Network")
    assert any("(1, USD 120,000)" in caveat.text for caveat in answer.caveats)
    assert [row.amount for row in answer.rows if row.counted] == ["400000"]


def test_a_country_gets_the_share_that_is_stated_of_it_as_in_the_summary(ask_sample: AskSample) -> None:
    answer, summary = ask_sample("funding", party="Ghana"), ask_sample("funding-summary", party="Ghana")
    counted = [row for row in answer.rows if row.counted and (row.layer, row.measure) == ("prime award", "obligation")]
    assert sum(int(row.amount) for row in counted) == sum(int(row.amount) for row in summary.rows if row.counted)
    assert all(row.is_derived for row in counted)
    assert "USD 1,080,000 was obligated in 1 prime award" in answer.answer
    assert {"ceiling", "announced"} & {
        one["measure"] for clause in answer.clauses if clause.id == "beside" for one in clause.values["others"]
    }
    assert any(caveat.kind == "derived" for caveat in answer.caveats)
    assert {row.held for row in answer.rows if row.left_out and "no share is stated" in row.left_out} == {"unknown"}


def test_a_fiscal_year_and_a_calendar_period_are_asked_apart(funds: Session) -> None:
    in_fiscal: Any = funding(funds, RELIEF, fiscal_year="2033").rows
    assert [(row.amount, row.fiscal_year, row.calendar_years) for row in in_fiscal] == [("-30000", 2033, "2032")]
    in_calendar: Any = funding(funds, RELIEF, since="2032", until="2032").rows
    assert [(row.amount, row.fiscal_year) for row in in_calendar] == [("250000", 2032), ("-30000", 2033)]
    kinds = [caveat.text for caveat in funding(funds, RELIEF, since="2032").caveats]
    assert any("are of their whole life, so they are not shown for a limited time" in text for text in kinds)


def test_what_went_to_undisclosed_recipients_is_said_and_none_of_them_is_one_partner(funds: Session) -> None:
    answer = funding(funds, "Ghana", fiscal_year="2032")
    [caveat] = [caveat for caveat in answer.caveats if caveat.kind == "undisclosed"]
    assert caveat.text.startswith("USD 90,000 of USD 340,000 obligated in prime awards (26.5 per cent) went to")
    rows: Any = answer.rows
    assert [row.recipient_name for row in rows if row.is_undisclosed and row.layer == "prime award"] == [
        "Undisclosed recipient of SSJTIP31X0002, 2032-02-01"
    ]
    for name in ("MISCELLANEOUS FOREIGN AWARDEES", "Enterprise - United States Unknown", "MULTIPLE RECIPIENTS"):
        with pytest.raises(Exception, match="nothing here is called"):
            funding(funds, name)


def test_money_that_two_agencies_report_counts_where_it_was_received(funds: Session) -> None:
    answer = funding(funds, "Ghana", fiscal_year="2032")
    rows: Any = [row for row in answer.rows if getattr(row, "layer", "") == "project activity"]
    assert [(row.about_name, row.measure, row.amount, row.counted) for row in rows] == [
        ("Labor inspectors", "obligation", "60000", False),
        ("Shelters in Ghana", "disbursement", "80000", True),
        ("Shelters in Ghana", "obligation", "200000", True),
        ("Training of inspectors", "obligation", "55000", True),
    ]
    [others] = [clause.values["others"] for clause in answer.clauses if clause.id == "beside"]
    assert ("project activity", "obligation", "255000") in {
        (one["layer"], one["measure"], one["amount"]) for one in others
    }
    assert any("as under section 632(a) (1, USD 60,000)" in caveat.text for caveat in answer.caveats)


def test_requests_and_appropriations_stand_apart_from_what_was_obligated(funds: Session) -> None:
    answer: Any = funding(funds, "Ghana", fiscal_year="2032")
    lines = [
        (row.measure, row.amount, row.counted) for row in answer.rows if getattr(row, "layer", "") == "budget line"
    ]
    assert lines == [("allocated", "350000", True), ("requested", "400000", True)]
    assert "USD 340,000 was obligated in 2 prime awards" in answer.answer


def test_versions_of_one_total_stand_side_by_side_and_are_never_summed(funds: Session) -> None:
    answer = funding(funds, "project:two")
    rows: Any = [row for row in answer.rows if getattr(row, "layer", "") == "project list version"]
    assert sorted((row.amount, row.stated_on, row.ends_on, row.source_title, row.counted) for row in rows) == [
        ("500000", "2031", "2033-06", "World", False),
        ("825000", "2032", "2034-06", "List of 2032", False),
    ]
    assert [row.preferred for row in rows].count(True) == 1
    assert "USD 825,000 was announced for In two countries as a whole." in answer.answer
    [caveat] = [caveat for caveat in answer.caveats if "Several totals" in caveat.text]
    assert caveat.text == (
        "Several totals are stated for In two countries: USD 500,000 (2031, to 2033-06), then USD 825,000 (2032, to"
        " 2034-06). Each is a row, and they are not summed."
    )


def test_money_of_a_project_in_several_places_is_not_given_to_one_of_them(funds: Session) -> None:
    answer = funding(funds, "Peru")
    rows: Any = [row for row in answer.rows if getattr(row, "measure", "") == "disbursement"]
    assert {(row.amount, row.counted, row.held) for row in rows} == {
        ("8000", False, "unknown"),
        ("300", False, "unknown"),
    }
    assert "it runs in other places too" in rows[0].left_out
    assert any(
        "Shares of countries do not add up to 100 for In two countries (90 per cent)" in c.text for c in answer.caveats
    )


def test_a_programme_is_told_by_what_is_under_it_and_an_implementer_by_its_projects(funds: Session) -> None:
    for party in ("Example Programme", "Example Harbour"):
        answer = funding(funds, party)
        assert answer.headline.startswith("PEN 8,300 was disbursed in 1 project of ")


def test_a_converted_amount_is_a_view_that_names_rate_day_and_source(funds: Session) -> None:
    answer = funding(funds, "Example Harbour", convert_to="USD")
    rows: Any = [row for row in answer.rows if getattr(row, "measure", "") == "disbursement"]
    assert [(row.amount, row.currency, row.converted_amount, row.converted_currency) for row in rows] == [
        ("8000", "PEN", "2000", "USD"),
        ("300", "PEN", None, None),
    ]
    assert rows[0].conversion == "4 PEN for 1 USD, 2031-09-30, Exchange rates"
    assert rows[1].conversion == (
        "not converted: no rate between PEN and USD of the 100 days to 2032-11-02 is on record"
    )
    assert answer.clauses[0].values["converted"] == {"amount": "2000", "currency": "USD", "missing": 1}
    assert "PEN 8,300" in answer.headline
    assert answer.headline.endswith("; that is USD 2,000 at the rates of the rows, without 1 row without a rate.")
    notes = {answer.evidence[number].source for number in rows[0].evidence}
    assert notes == {"test:world", "rates:exchange"}


def test_a_day_leaves_out_what_came_later(funds: Session) -> None:
    assert "PEN 8,000 was disbursed in 1 project" in funding(funds, "Example Harbour", as_of="2031-12-31").answer


def test_nothing_held_is_said_and_is_not_nothing(funds: Session) -> None:
    answer = funding(funds, "Kenya", fiscal_year="1999")
    assert answer.answer == (
        "Not confirmed: no funding for Kenya is on file, for US fiscal year 1999; "
        "there are amounts of US fiscal years 2032 and 2033."
    )
    assert next(caveat.kind for caveat in answer.caveats) == "unknown"
    [unheld] = [caveat.text for caveat in funding(funds, "Kenya").caveats if caveat.text.startswith("Not on file")]
    assert unheld == "Not on file: what was passed on as sub-awards."


def test_a_funder_is_told_all_that_it_paid_for(funds: Session) -> None:
    answer = funding(funds, "TIP Office", fiscal_year="2032")
    assert "USD 400,000 was obligated in " in answer.headline


def test_every_load_order_gives_the_same_answer(funds: Session, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite", clock=clock) as ledger:
        for page, name, file in reversed(_FILES[:2]):
            path = examples(page, tmp_path)[file]
            header, *lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join((header, *reversed(lines), "")), encoding="utf-8")
            feed = format_named(name).feed([path], CardWords())
            load(ledger, feed, [path], surroundings=Surroundings(clock))
        with closing(EmbeddedStore(tmp_path / "store")) as store:
            rebuild(ledger, store, view=View(), now=NOW)
            turned = funding(Session.of(store, ledger, today=TODAY), RELIEF)
    straight = funding(funds, RELIEF)
    # Who gave it is named by what is loaded beside the two files.
    assert turned.answer == straight.answer.replace(", by the Department of State", "")
    assert told(turned) == told(straight)


def test_a_day_asked_for_leaves_out_later_amounts_and_keeps_those_without_a_day(bundled: Session) -> None:
    today = ask(bundled, "funding", {"party": "Ghana"})
    assert ask(bundled, "funding", {"party": "Ghana", "as_of": bundled.today}).rows == today.rows
    assert len(ask(bundled, "funding", {"party": "Ghana", "as_of": "2014"}).rows) < len(today.rows)
