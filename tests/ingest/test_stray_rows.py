"""What a table holds for the eye is no row of it: sums, headings again, notes, “idem”; marks of footnotes come off."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.graph.errors import MappingError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.drafting.mapping_draft import draft_of
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping, clock

HEADER = "Award No,Recipient,Country,Amount USD,Award date\n"
BODY = """
row_key: [Award No]
nodes:
  award:
    class: Award
    id: {template: "award:{Award No|slug}"}
    fields:
      award_number: Award No
      stated_total:
        {amount: AMOUNT, currency: {const: USD}, measure: {const: announced}, value_date: Award date}
edges:
  - {type: AWARDED_TO, source: {block: award}, target: {column: Recipient, read: party, kind: ngo}}
  - type: IMPLEMENTED_IN
    source: {block: award}
    target: {column: Country, read: government}
    when: {column: Country, filled: true}
"""
AWARDS = a_mapping(BODY.replace("AMOUNT", "Amount USD"))
GOOD = "A1,Example Relief,Ghana,1000,2031-01-05\n"

Loads = Callable[..., LoadReport]


def names(ledger: Ledger) -> set[str]:
    rows = [row[-1].content for row in ledger.rows_of("test:partners")]
    return {
        str(one.values["name"])
        for content in rows
        for one in content.statements
        if isinstance(one, NodeStatement) and "name" in one.values
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Total,,,7000,", "'Total' begins a row of sums"),
        (",Subtotal Ghana,,7000,", "'Subtotal Ghana' begins a row of sums"),
        ("Total (2 awards),,,7000,", "begins a row of sums"),
        ("Award No,Recipient,Country,Amount,Day", "'Award No' is a heading, which stands here again"),
        ("* provisional,,,,", "is a note on the table"),
        ("Source: records of the office,,,,", "is a note on the table"),
        ('A2,"""",Ghana,2000,2031-01-06', "under 'Recipient' stands for what is written above it"),
        ("A2,Example House,do,2000,2031-01-06", "'do' under 'Country' stands for what is written above it"),
        ("A2,Example House,Ghana,2000,idem", "'idem' under 'Award date' stands for what is written above it"),
        ("A2,12 500.00,Ghana,2000,2031-01-06", "is a number, no name"),
        ("A2,Unknown,Ghana,2000,2031-01-06", "names nobody"),
    ],
)
def test_a_row_for_the_eye_is_rejected_with_why(loads: Loads, row: str, reason: str) -> None:
    report = loads(f"{HEADER}{GOOD}{row}\n", mapping=AWARDS)
    assert (report.new, report.rejected) == (1, 1)
    assert reason in report.rejections[0].reason


@pytest.mark.parametrize("name", ["Total Relief", "Doc House", "Source of Hope", "Noted Friends", "Sum It Up"])
def test_what_only_begins_so_is_a_row(loads: Loads, name: str) -> None:
    report = loads(f"{HEADER}{name},{name},Ghana,1000,2031-01-05\n", mapping=AWARDS)
    assert (report.new, report.rejected) == (1, 0)


def test_marks_of_footnotes_are_taken_off_and_told(loads: Loads, ledger: Ledger) -> None:
    rows = "A1*,Example Relief¹,Ghana†,1000,2031-01-05\nA2,Example House [2],Ghana,2000,2031-01-05\n"
    rows += "A3,Zone 4m²,Ghana,1,2031\n"
    report = loads(HEADER + rows, mapping=AWARDS)
    assert report.new == 3
    assert names(ledger) == {"Example Relief", "Example House", "Zone 4m²"}
    assert "marks of footnotes were taken off: 'A1*' under 'Award No' and 3 more" in report.notes


def test_two_rows_of_one_number_are_told(loads: Loads) -> None:
    report = loads(f"{HEADER}{GOOD}a1,Example House,Ghana,2000,2031-01-05\n", mapping=AWARDS)
    told = "\n".join(report.notes)
    assert "the row key 'a1' differs from 'A1' in capitals alone" in told
    assert "award:a1 has another total than in partners.csv:2: 2000 USD, announced, and 1000 USD, announced" in told


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Kofi Mensah (left)", "says more than a name ('(left)')"),
        ("Kofi Mensah (until May)", "says more than a name"),
        ("former: Kofi Mensah", "says more than a name"),
        ("Ada Okafor / Kofi Mensah", "may name several people"),
        ("Ada Okafor; Kofi Mensah", "may name several people"),
    ],
)
def test_who_is_no_one_person_holds_nothing(loads: Loads, name: str, reason: str) -> None:
    people = a_mapping(
        'row_key: [id]\nnodes:\n  who: {class: Person, id: {template: "person:{id}"}, fields: {name: name}}'
    )
    report = loads(f"id,name\n1,{name}\n2,Ada (Adi) Okafor\n3,Exton Leftwich\n", mapping=people)
    assert (report.new, report.rejected) == (2, 1)
    assert reason in report.rejections[0].reason


def test_mailto_is_no_part_of_an_address(loads: Loads, ledger: Ledger) -> None:
    mapping = a_mapping(
        'row_key: [id]\nnodes:\n  mail: {class: ContactPoint, id: {template: "contact:{id}"},'
        " fields: {channel: {kind: {const: email}, value: mail}}}"
    )
    loads("id,mail\n1,Mailto:a@example.org\n", mapping=mapping)
    [row] = ledger.rows_of("test:partners")
    [point] = row[-1].content.statements
    assert isinstance(point, NodeStatement)
    assert point.values["channel"] == {"kind": "email", "value": "a@example.org"}


@pytest.mark.parametrize("heading", ["Amount (USD thousands)", "Amount USD '000s", "Value in USD millions", "US$ m"])
def test_an_amount_under_thousands_needs_a_factor(heading: str) -> None:
    with pytest.raises(MappingError, match="counts in 1,000"):
        a_mapping(BODY.replace("AMOUNT", f'"{heading}"'))
    a_mapping(BODY.replace("AMOUNT", f'{{column: "{heading}", times: 1000}}'))


def test_an_amount_under_another_currency_is_refused() -> None:
    with pytest.raises(MappingError, match="'Amount EUR' is in EUR, and the mapping says USD"):
        a_mapping(BODY.replace("AMOUNT", "Amount EUR"))


def test_thousands_are_written_out(loads: Loads, ledger: Ledger) -> None:
    mapping = a_mapping(BODY.replace("AMOUNT", "{column: Amount USD, times: 1000}"))
    loads(f'{HEADER}A1,Example Relief,Ghana,"1,250.5",2031-01-05\n', mapping=mapping)
    [row] = ledger.rows_of("test:partners")
    [award] = [one for one in row[-1].content.statements if isinstance(one, NodeStatement) and one.cls == "Award"]
    total = award.values["stated_total"]
    assert isinstance(total, dict)
    assert total["amount"] == "1250500"


@pytest.mark.parametrize("word", ["withdrawn", "Not a member", "applied", "member?", "former"])
def test_a_category_that_is_none_states_no_membership(loads: Loads, word: str) -> None:
    mapping = a_mapping(
        """
row_key: [Country]
edges:
  - type: MEMBER_OF
    source: {column: Country, read: government}
    target: {const: "org:interpol"}
    fields: {category: Status}
"""
    )
    report = loads(f"Country,Status\nGhana,member\nKenya,{word}\n", mapping=mapping)
    assert (report.new, report.rejected) == (1, 1)
    assert "is no category of members: the row would count as one" in report.rejections[0].reason


def test_a_status_of_no_day_does_not_leave_a_member_in(loads: Loads) -> None:
    mapping = a_mapping(
        """
row_key: [Country]
edges:
  - type: MEMBER_OF
    source: {column: Country, read: government}
    target: {const: "org:interpol"}
    fields: {status: Status, status_on: Since}
"""
    )
    report = loads("Country,Status,Since\nGhana,withdrawn,2031\nKenya,withdrawn,\nTogo,active,\n", mapping=mapping)
    assert (report.new, report.rejected) == (2, 1)
    assert "has no day, so the row would count as a member" in report.rejections[0].reason


def test_a_number_of_more_digits_than_a_workbook_keeps_is_no_number_of_an_award(ledger: Ledger, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.strip().split(","))
    sheet.append([12345678901234567890, "Example Relief", "Ghana", 1000, "2031-01-05"])
    book.save(tmp_path / "awards.xlsx")
    mapping = AWARDS.model_copy(update={"format": "xlsx"})
    report = load(ledger, mapped_reader(mapping), [tmp_path / "awards.xlsx"], surroundings=Surroundings(clock))
    assert "is a number that a spreadsheet shortened, so its digits are lost" in report.rejections[0].reason


def test_rows_that_do_not_show_are_told(ledger: Ledger, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.strip().split(","))
    for number in range(3):
        sheet.append([f"A{number}", "Example Relief", "Ghana", 1000, "2031-01-05"])
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "awards.xlsx")
    mapping = AWARDS.model_copy(update={"format": "xlsx"})
    report = load(ledger, mapped_reader(mapping), [tmp_path / "awards.xlsx"], surroundings=Surroundings(clock))
    assert report.new == 3
    assert "awards.xlsx!Sheet: hidden by a filter or by hand, and read all the same: row 3" in report.notes


def test_a_draft_takes_no_recipient_for_a_name_and_no_amount_for_a_key(tmp_path: Path) -> None:
    path = tmp_path / "awards.csv"
    header = HEADER.replace("Amount USD", "Obligated (USD thousands)")
    path.write_text(f"{header}{GOOD}A2,Example House,Kenya,2000,2031-01-06\n,,,3000,\n", encoding="utf-8")
    draft = draft_of(path)
    assert "row_key: [Award No]" in draft.text
    assert 'amount: {column: "Obligated (USD thousands)", times: 1000}' in draft.text
    assert "value_date: {column: Award date, read: day}" in draft.text
    assert draft.examples[0][1].endswith(" AWARDED_TO Example Relief")
    assert "period" not in draft.text


def test_edges_of_a_heading_again_are_not_stated(loads: Loads, ledger: Ledger) -> None:
    loads(f"{HEADER}{GOOD}Award No,Recipient,Country,Amount USD,Award date\n", mapping=AWARDS)
    [row] = ledger.rows_of("test:partners")
    assert {one.target for one in row[-1].content.statements if isinstance(one, EdgeStatement)} == {
        "gov:gha",
        "named:ngo:example-relief",
    }
