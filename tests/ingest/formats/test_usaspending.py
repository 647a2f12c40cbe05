import csv
from pathlib import Path

import pytest

from iga.graph.errors import UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import EdgeStatement, NodeStatement, Statement
from iga.ingest.formats.format_registry import CardWords, format_named, sniffed
from iga.ingest.formats.table_formats import format_mapping
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapping import columns_read
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock
from tests.ingest.formats.pages import examples
from tests.reading import some

AWARDS, SUBAWARDS = "usaspending-awards", "usaspending-subawards"


def loaded(ledger: Ledger, name: str, *paths: Path) -> LoadReport:
    feed = format_named(name).feed(paths, CardWords())
    return load(ledger, feed, paths, surroundings=Surroundings(clock), options=LoadOptions())


def statements(ledger: Ledger, source: str) -> list[Statement]:
    return [statement for row in ledger.rows_of(source) for statement in row[0].content.statements]


def nodes(ledger: Ledger, source: str, cls: str) -> list[NodeStatement]:
    return [each for each in statements(ledger, source) if isinstance(each, NodeStatement) and each.cls == cls]


def ties(ledger: Ledger, source: str, type_: str) -> list[tuple[str, str]]:
    found = [each for each in statements(ledger, source) if isinstance(each, EdgeStatement) and each.type == type_]
    return [(each.source, each.target) for each in found]


def file_of(path: Path, mapping: str, **cells: str) -> Path:
    """Write a file with all columns that a mapping reads, and one row."""
    header = sorted(columns_read(format_mapping(mapping)))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, header)
        writer.writeheader()
        writer.writerow(cells)
    return path


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    return examples("usaspending.md", tmp_path)


def test_the_examples_of_the_page_are_recognized_and_load(ledger: Ledger, pages: dict[str, Path]) -> None:
    assert sniffed(pages["awards.csv"]).name == AWARDS
    assert sniffed(pages["subawards.csv"]).name == SUBAWARDS
    awards = loaded(ledger, AWARDS, pages["awards.csv"])
    assert (awards.read, awards.new, awards.rejected) == (5, 5, 0)
    assert "awards.csv: 1 other columns are not read: 'recipient_city_name'" in awards.notes
    subawards = loaded(ledger, SUBAWARDS, pages["subawards.csv"])
    assert (subawards.read, subawards.new, subawards.rejected) == (4, 4, 0)


def test_obligations_keep_their_sign_day_and_fiscal_year_and_totals_stay_apart(
    ledger: Ledger, pages: dict[str, Path]
) -> None:
    loaded(ledger, AWARDS, pages["awards.csv"])
    money = [
        (said.values["fiscal_year"], said.values["money"])
        for said in nodes(ledger, "usaspending:awards", "Transaction")
        if "SSJTIP31X0001" in str(said.values["name"])
    ]
    usd = {"currency": "USD", "measure": "obligation"}
    assert sorted(money, key=str) == [
        (2031, {"amount": "500000", "value_date": "2031-09-15", **usd}),
        (2032, {"amount": "250000", "value_date": "2032-03-01", **usd}),
        (2033, {"amount": "-30000", "value_date": "2032-11-20", **usd}),
    ]
    [first, *_] = nodes(ledger, "usaspending:awards", "Award")
    assert first.id == "award:ssjtip31x0001"
    assert first.values["total_obligated"] == {"amount": "720000", "value_date": "", **usd}
    assert first.values["total_outlaid"]["measure"] == "outlay"  # type: ignore[index, call-overload]
    assert first.values["identifiers"] == ["USASPENDING:ASST_NON_SSJTIP31X0001_1900", "FAIN:SSJTIP31X0001"]
    assert first.values["listing"] == "19.019"
    assert ("body:us-state-tip", "award:ssjtip31x0001") in ties(ledger, "usaspending:awards", "FUNDED")
    assert ("award:ssjtip31x0001", "gov:gha") in ties(ledger, "usaspending:awards", "IMPLEMENTED_IN")


def test_a_masked_recipient_is_an_unknown_of_its_row_without_name_or_code_of_its_own(
    ledger: Ledger, pages: dict[str, Path]
) -> None:
    loaded(ledger, AWARDS, pages["awards.csv"])
    hidden = [said for said in nodes(ledger, "usaspending:awards", "Organization") if said.values.get("undisclosed")]
    assert len({said.id for said in hidden}) == 2
    assert all(said.id.startswith("organization:undisclosed-") for said in hidden)
    assert len({str(said.values["name"]) for said in hidden}) == 2
    assert not any({"identifiers", "aliases"} & said.values.keys() for said in hidden)
    assert "organization:uei-exampleuei99" not in {
        said.id for said in some(nodes(ledger, "usaspending:awards", "Organization"))
    }


def test_a_recipient_is_a_body_of_the_table_or_told_by_uei_duns_or_name(ledger: Ledger, tmp_path: Path) -> None:
    def partner(number: int, **cells: str) -> str:
        row = {
            "assistance_transaction_unique_key": str(number),
            "assistance_award_unique_key": f"K{number}",
            "award_id_fain": f"SSJTIP31X{number}",
            "federal_action_obligation": "1",
            "action_date": "2031-01-02",
            **cells,
        }
        loaded(ledger, AWARDS, file_of(tmp_path / f"{number}.csv", "usaspending-assistance-transactions", **row))
        [found] = [
            end for start, end in ties(ledger, "usaspending:awards", "AWARDED_TO") if start.endswith(f"x{number}")
        ]
        return found

    assert partner(1, recipient_name="INTERNATIONAL ORGANIZATION FOR MIGRATION", recipient_uei="U1") == "org:iom"
    assert partner(2, recipient_name="EXAMPLE RELIEF", recipient_uei="U2", recipient_duns="9") == "organization:uei-u2"
    assert partner(3, recipient_name="EXAMPLE RELIEF", recipient_duns="9") == "organization:duns-9"
    assert partner(4, recipient_name="Example Relief") == "named:organization:example-relief"
    assert partner(5, recipient_name="").startswith("organization:undisclosed-")


def test_contracts_and_summaries_load_beside_transactions_as_one_load(
    ledger: Ledger, pages: dict[str, Path], tmp_path: Path
) -> None:
    contract = file_of(
        tmp_path / "contracts.csv", "usaspending-contract-transactions",
        contract_transaction_unique_key="1900_EX31_0", contract_award_unique_key="CONT_AWD_EX31_1900_-NONE-_-NONE-",
        award_id_piid="19EX31", federal_action_obligation="5000", action_date="2031-02-03",
        action_date_fiscal_year="2031", recipient_name="EXAMPLE SUPPLIES", potential_total_value_of_award="9000",
    )  # fmt: skip  # read across, like the rows of a table
    summary = file_of(
        tmp_path / "summary.csv", "usaspending-assistance-awards",
        assistance_award_unique_key="ASST_NON_SSJTIP31X0009_1900", award_id_fain="SSJTIP31X0009",
        total_obligated_amount="100", total_outlayed_amount="40", recipient_name="EXAMPLE RELIEF",
        award_base_action_date_fiscal_year="2031",
    )  # fmt: skip  # read across, like the rows of a table
    of_contracts = file_of(
        tmp_path / "contract_summary.csv", "usaspending-contract-awards",
        contract_award_unique_key="CONT_AWD_EX32_1900_-NONE-_-NONE-", award_id_piid="19EX32",
        total_obligated_amount="70", recipient_name="EXAMPLE SUPPLIES",
    )  # fmt: skip  # read across, like the rows of a table
    report = loaded(ledger, AWARDS, pages["awards.csv"], contract, summary, of_contracts)
    assert (report.read, report.new, report.rejected) == (8, 8, 0)
    found = {said.id: said.values for said in nodes(ledger, "usaspending:awards", "Award")}
    assert found["award:cont-awd-ex31-1900-none-none"]["ceiling"]["measure"] == "ceiling"  # type: ignore[index, call-overload]
    assert found["award:ssjtip31x0009"]["fiscal_year"] == 2031
    assert found["award:cont-awd-ex32-1900-none-none"]["total_obligated"]["amount"] == "70"  # type: ignore[index, call-overload]


def test_a_row_marked_for_deletion_is_skipped_and_an_amount_without_a_day_is_rejected(
    ledger: Ledger, tmp_path: Path
) -> None:
    row = {
        "assistance_transaction_unique_key": "1",
        "assistance_award_unique_key": "K1",
        "award_id_fain": "SSJTIP31X1",
        "federal_action_obligation": "1",
        "recipient_name": "EXAMPLE RELIEF",
    }
    mapping = "usaspending-assistance-transactions"
    deleted = {**row, "action_date": "2031-01-02", "correction_delete_indicator_code": "D"}
    assert loaded(ledger, AWARDS, file_of(tmp_path / "a.csv", mapping, **deleted)).skipped == 1
    report = loaded(ledger, AWARDS, file_of(tmp_path / "b.csv", mapping, **row))
    assert report.rejected == 1
    assert "an amount has a day" in report.rejections[0].reason


def test_a_sub_award_is_passed_on_under_its_prime_and_an_impossible_amount_is_marked(
    ledger: Ledger, pages: dict[str, Path]
) -> None:
    loaded(ledger, SUBAWARDS, pages["subawards.csv"])
    passed = nodes(ledger, "usaspending:subawards", "Transaction")
    assert {said.values["money"]["measure"] for said in passed if "money" in said.values} == {"subaward"}  # type: ignore[index, call-overload]
    marked = [str(said.values["left_out"]) for said in passed if "left_out" in said.values]
    assert marked == ["larger than its whole prime award: 9000000.00 of 720000.00 USD"]
    assert set(ties(ledger, "usaspending:subawards", "UNDER")) == {(said.id, "award:ssjtip31x0001") for said in passed}
    given = ties(ledger, "usaspending:subawards", "SUBAWARDED_TO")
    assert given.count(("award:ssjtip31x0001", "organization:uei-exampleuei02")) == 3


def test_sub_contracts_and_reports_of_before_2025_load_too(ledger: Ledger, tmp_path: Path) -> None:
    path = file_of(
        tmp_path / "sub.csv", "usaspending-subcontracts",
        prime_award_unique_key="CONT_AWD_EX31_1900_-NONE-_-NONE-", prime_award_piid="19EX31",
        prime_awardee_name="EXAMPLE SUPPLIES", subawardee_name="EXAMPLE CARRIERS", subaward_number="7",
        subaward_amount="100.50", subaward_action_date="2024-10-01", subaward_fsrs_report_id="F-1",
        subaward_fsrs_report_year="2024", subaward_fsrs_report_month="11",
    )  # fmt: skip  # read across, like the rows of a table
    assert sniffed(path).name == SUBAWARDS
    assert loaded(ledger, SUBAWARDS, path).new == 1
    [passed] = nodes(ledger, "usaspending:subawards", "Transaction")
    assert passed.values["name"] == "Sub-award 7 of 19EX31, reported 2024-11"
    assert passed.values["fiscal_year"] == 2025


def test_what_the_loader_says_of_the_source_stands_on_the_card(pages: dict[str, Path]) -> None:
    feed = format_named(AWARDS).feed([pages["awards.csv"]], CardWords(as_of="2031-05-01", complete=True))
    assert (feed.card.as_of, feed.card.complete, feed.card.source) == ("2031-05-01", True, "usaspending:awards")
    with pytest.raises(UsageError, match="--as-of"):
        format_named(AWARDS).feed([pages["awards.csv"]], CardWords(as_of="May"))
