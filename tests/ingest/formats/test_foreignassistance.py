from pathlib import Path

import pytest

from iga.graph.errors import FileRefused, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import EdgeStatement, NodeStatement, Statement
from iga.ingest.formats.format_registry import CardWords, format_named, sniffed
from iga.ingest.loading import Surroundings, load
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock
from tests.ingest.formats.pages import examples
from tests.reading import some

NAME = "foreignassistance"
SOURCE = "foreignassistance:transactions"


def loaded(ledger: Ledger, path: Path) -> LoadReport:
    feed = format_named(NAME).feed([path], CardWords())
    return load(ledger, feed, [path], surroundings=Surroundings(clock))


def statements(ledger: Ledger, source: str) -> list[Statement]:
    return [statement for row in ledger.rows_of(source) for statement in row[0].content.statements]


def nodes(ledger: Ledger, cls: str, *, source: str = SOURCE) -> list[NodeStatement]:
    return [each for each in statements(ledger, source) if isinstance(each, NodeStatement) and each.cls == cls]


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    return examples("foreignassistance.md", tmp_path)


def test_the_examples_of_the_page_are_recognized_and_load(ledger: Ledger, pages: dict[str, Path]) -> None:
    for name, rows in (("transactions.csv", 5), ("budget.csv", 2)):
        assert sniffed(pages[name]).name == NAME
        report = loaded(ledger, pages[name])
        assert (report.read, report.new, report.rejected) == (rows, rows, 0)


def test_stages_days_and_fiscal_years_stay_apart_and_null_is_blank(ledger: Ledger, pages: dict[str, Path]) -> None:
    loaded(ledger, pages["transactions.csv"])
    money = [(said.values["fiscal_year"], said.values["money"]) for said in nodes(ledger, "Transaction")]
    told = {(year, each["measure"], each["amount"], each["value_date"]) for year, each in money}  # type: ignore[index, call-overload]
    assert (2032, "obligation", "200000", "2032-09-30") in told
    assert (2032, "disbursement", "80000", "2032-09-30") in told
    assert (2001, "obligation", "-5000", "") in told
    numbers = [said.values.get("identifiers") for said in nodes(ledger, "Project")]
    assert ["FA:70001", "AWARD:SSJTIP31X0001"] in numbers
    assert ["FA:70002"] in numbers


def test_who_gave_whose_appropriation_and_who_received_are_told(ledger: Ledger, pages: dict[str, Path]) -> None:
    loaded(ledger, pages["transactions.csv"])
    found = {
        (said.values["provider"], said.values["appropriated_to"], said.values["receiver"])
        for said in nodes(ledger, "Transaction")
    }
    assert ("body:us-state", "body:us-state", "body:us-dol") in found
    assert ("body:us-dol", "body:us-state", "organization:fa-9001") in found
    [hidden] = [said for said in nodes(ledger, "Organization") if said.values.get("undisclosed")]
    assert hidden.values["summary"] == "Its source prints: Enterprise - United States Unknown."


def test_a_code_of_a_region_is_no_country(ledger: Ledger, pages: dict[str, Path], tmp_path: Path) -> None:
    text = pages["transactions.csv"].read_text(encoding="utf-8").replace("288,GHA,Ghana", "1027,WLD,World")
    path = tmp_path / "world.csv"
    path.write_text(text, encoding="utf-8")
    assert loaded(ledger, path).rejected == 0
    edges = [each for each in statements(ledger, SOURCE) if isinstance(each, EdgeStatement)]
    assert not [each for each in some(edges) if each.type == "IMPLEMENTED_IN"]
    assert not any("place" in said.values for said in some(nodes(ledger, "Transaction")))


def test_the_quarter_of_1976_counts_as_that_year_and_another_stage_is_rejected(
    ledger: Ledger, pages: dict[str, Path], tmp_path: Path
) -> None:
    header, first, second, *_ = pages["transactions.csv"].read_text(encoding="utf-8").splitlines()
    quarter = first.replace(",2032,30SEP2032,", ",1976tq,NULL,")
    unknown = second.replace(",3,Disbursements,", ",9,Dreamt of,")
    path = tmp_path / "odd.csv"
    path.write_text("\n".join((header, quarter, unknown, unknown.replace("80000", "9"), "")), encoding="utf-8")
    report = loaded(ledger, path)
    assert (report.new, report.rejected) == (1, 2)
    assert "2 rows were rejected for '9, Dreamt of' under Transaction Type ID, Transaction Type Name" in report.notes
    [said] = nodes(ledger, "Transaction")
    assert said.values["fiscal_year"] == 1976


def test_a_blank_stage_is_that_of_its_name_and_a_partner_who_is_nobody_is_an_unknown_of_its_own(
    ledger: Ledger, pages: dict[str, Path], tmp_path: Path
) -> None:
    header, first, second, *_ = pages["transactions.csv"].read_text(encoding="utf-8").splitlines()
    named = first.replace(",2,Obligations,", ",NULL,Obligations,").replace("9001,Example Relief", ",Not Specified")
    path = tmp_path / "blank.csv"
    path.write_text("\n".join((header, named, second.replace(",3,Disbursements,", ",,,"), "")), encoding="utf-8")
    report = loaded(ledger, path)
    assert (report.new, report.rejected) == (1, 1)
    [said] = nodes(ledger, "Transaction")
    assert said.values["money"]["measure"] == "obligation"  # type: ignore[index, call-overload]  # an amount is a dict
    [hidden] = nodes(ledger, "Organization")
    assert hidden.values["undisclosed"]


def test_requests_and_appropriations_are_budget_lines_of_two_measures(ledger: Ledger, pages: dict[str, Path]) -> None:
    loaded(ledger, pages["budget.csv"])
    lines = nodes(ledger, "FundingLine", source="foreignassistance:budget")
    assert {(said.values["money"]["measure"], said.values["fiscal_year"]) for said in lines} == {  # type: ignore[index, call-overload]
        ("requested", 2032),
        ("allocated", 2032),
    }
    assert all(said.values["place"] == "gov:gha" for said in lines)


def test_sums_by_country_are_a_source_of_their_own_and_never_transactions(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "us_foreign_aid_country.csv"
    path.write_text(
        "Country ID,Country Code,Country Name,Transaction Type ID,Transaction Type Name,Fiscal Year,current_amount\n"
        "288,GHA,Ghana,2,Obligations,2032,1000\n",
        encoding="utf-8",
    )
    assert loaded(ledger, path).new == 1
    [line] = nodes(ledger, "FundingLine", source="foreignassistance:country")
    assert line.values["line_kind"] == "sum by country"


def test_layouts_of_several_sources_are_not_one_load(pages: dict[str, Path]) -> None:
    with pytest.raises(UsageError, match="several sources"):
        format_named(NAME).feed([pages["transactions.csv"], pages["budget.csv"]], CardWords())


def test_a_file_of_another_kind_is_refused_with_the_columns_that_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="Implementing Partner Name"):
        format_named(NAME).feed([path], CardWords())
