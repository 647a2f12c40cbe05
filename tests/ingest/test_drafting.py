"""`iga mapping new`: what a draft guesses, what it leaves to be decided, and that it loads."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from iga.graph.domain.topics import THESAURUS
from iga.graph.errors import ClassifiedText, FileRefused, HeaderError, IgaError
from iga.graph.ledger.ledger import Ledger
from iga.ingest.drafting.field_guesses import guess
from iga.ingest.drafting.mapping_draft import MappingDraft, draft_of
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_from
from tests.ingest.conftest import clock

PARTNERS = (
    "Partners of the office;;;;;;;\nas of May 2026;;;;;;;\n;;;;;;;\n"
    "NGO name;Country;Founded;Focus topic;E-mail;Website;Budget;Remarks\n"
    "Example Relief;Ghana;3/14/2001;TIP/child labor;a@example.org;https://a.example.org;750,000;x\n"
    "Beta House;Kenya;12/1/1999;smuggling;b@example.org;https://b.example.org;1,200;y\n"
)
AWARDS = (
    "Award No,Title,Grantee,Country,Obligated (USD),As of,Start Date,End Date,Signed\n"
    'A-1,Shelters,Example Relief,Ghana,"$750,000",2031-10-02,2031-10-01,2034-03-31,3/4/2031\n'
    'A-2,Schools,Beta House,Kenya,"$1,000",2031-10-02,2031-10-01,,4/5/2031\n'
)
Drafted = Callable[..., tuple[MappingDraft, Mapping]]


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    def one(text: str, name: str = "list.csv") -> tuple[MappingDraft, Mapping]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        draft = draft_of(path)
        return draft, mapping_from(draft.text, name="draft")

    return one


def test_a_draft_of_partners_finds_header_class_fields_channels_and_key(drafted: Drafted) -> None:
    draft, mapping = drafted(PARTNERS, "partners.csv")
    assert (mapping.header_row, mapping.delimiter, mapping.card.as_of) == (4, ";", "2026-05")
    assert mapping.nodes["main"].cls == "Ngo"
    assert set(mapping.nodes["main"].fields) == {"name", "country", "existence", "topics", "website"}
    assert mapping.row_key.columns == ("NGO name",)
    assert [edge.type for edge in mapping.edges] == ["REACHED_AT"]
    assert mapping.card.marking == "internal"
    assert draft.ignored == ("Budget", "Remarks")
    assert (draft.rows, draft.taken) == (2, 2)


def test_every_guess_is_marked_with_its_reason_and_values(drafted: Drafted) -> None:
    draft, _ = drafted(PARTNERS)
    lines = {line.split("  # confirm: ")[0].strip(): line for line in draft.text.splitlines() if "# confirm: " in line}
    assert "order mdy, such as '3/14/2001'" in next(line for line in lines.values() if "existence" in line)
    assert "the title rows say so" in lines['as_of: "2026-05"']
    assert "the file speaks of 'ngo'" in lines["class: Ngo"]
    assert "no two of the 2 rows" in lines["row_key: [NGO name]"]
    assert draft.guesses == len(lines)


def test_addresses_of_people_are_not_repeated_in_a_draft(drafted: Drafted) -> None:
    draft, _ = drafted(PARTNERS)
    assert "a@example.org" not in draft.text
    assert "…@example.org" in draft.text


def test_a_draft_loads_with_a_dry_run(drafted: Drafted, ledger: Ledger, tmp_path: Path) -> None:
    _, mapping = drafted(AWARDS, "awards.csv")
    report = load(
        ledger,
        mapped_reader(mapping),
        [tmp_path / "awards.csv"],
        surroundings=Surroundings(clock),
        options=LoadOptions(dry_run=True),
    )
    assert (report.read, report.new, report.rejected) == (2, 2, 0)


def test_an_amount_needs_its_currency_measure_and_day(drafted: Drafted) -> None:
    draft, mapping = drafted(AWARDS)
    assert "amount: " in draft.text
    assert "measure: {const: obligation}, value_date: {column: As of, read: day}" in draft.text
    for missing in (
        AWARDS.replace("Obligated", "Total"),
        AWARDS.replace(" (USD)", ""),
        AWARDS.replace("As of", "Seen"),
    ):
        _, mapping = drafted(missing)
        assert "stated_total" not in mapping.nodes["main"].fields
        assert any("USD" in name or "Obligated" in name for name in mapping.ignore)


def test_days_of_which_nothing_decides_the_order_are_left_and_said(drafted: Drafted) -> None:
    draft, mapping = drafted(AWARDS)
    assert "Signed" in mapping.ignore
    assert "say which: {column: Signed, read: day, order: mdy}, or dmy" in draft.text


@pytest.mark.parametrize(
    ("cells", "kind", "order", "undecided"),
    [
        (["2021-03-04", "2021"], "day", None, False),
        (["3/14/2021", "1/2/2021"], "day", "mdy", False),
        (["14/3/2021", "1/2/2021"], "day", "dmy", False),
        (["1/2/2021", "3/4/2021"], "day", None, True),
        (["14 March 2021"], "day", None, False),
        (["Ghana", "KEN", "Côte d'Ivoire"], "government", None, False),
        (["OSCE", "UNODC"], "body", None, False),
        (["TIP", "smuggling"], "topics", None, False),
        (["a@example.org"], "email", None, False),
        (["+1 555 0100", "+233 20 123 4567"], "phone", None, False),
        (["https://example.org"], "url", None, False),
        (["USD", "PEN"], "currency", None, False),
        (["$1,200.50", "-3"], "number", None, False),
        (["1,200", "7"], "whole", None, False),
        (["yes", "no"], "yes_no", None, False),
        (["gov:ken"], "id", None, False),
        (["Example Relief", "Ghana"], "text", None, False),
        ([], "blank", None, False),
    ],
)
def test_the_values_of_a_column_tell_what_it_is(
    cells: list[str], kind: str, order: str | None, undecided: bool
) -> None:
    found = guess("x", cells)
    assert (found.kind, found.order, found.undecided) == (kind, order, undecided)
    assert found.why


def test_two_columns_make_the_key_where_one_does_not_tell_rows_apart(drafted: Drafted) -> None:
    rows = "".join(f"{body},{member}\n" for body in ("Body one", "Body two") for member in ("First", "Second"))
    assert drafted(f"Forum,Name\n{rows}")[1].row_key.columns == ("Forum", "Name")
    twins = drafted(f"Forum,Name\n{rows}{rows}")[1].row_key
    assert twins.repeats == "numbered"


def test_a_column_that_makes_rows_fail_is_left_out_with_the_reason(drafted: Drafted) -> None:
    words = [entry.label for entry in THESAURUS] + ["zebras"] * 9
    rows = "".join(f"Partner {number},{word}\n" for number, word in enumerate(words))
    draft, mapping = drafted(f"Name,Topics\n{rows}")
    assert mapping.ignore == ("Topics",)
    assert "9 of 31 rows would be rejected by it: the thesaurus has no topic 'zebras'" in draft.text
    assert draft.taken == draft.rows == 31


def test_the_sheet_with_the_longest_table_is_drafted_and_the_others_are_named(tmp_path: Path) -> None:
    book = Workbook()
    notes, data, old = book.worksheets[0], book.create_sheet("Data"), book.create_sheet("OLD")
    notes.append(["How to read this"])
    for row in (["Partners 2026"], [], ["NGO", "Country"], ["Example Relief", "Ghana"], ["Beta House", "Kenya"]):
        data.append(row)
    for number in range(9):
        old.append(["x", number])
    old.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    draft = draft_of(path)
    mapping = mapping_from(draft.text, name="draft")
    assert (mapping.format, mapping.sheet, mapping.header_row) == ("xlsx", "Data", 3)
    assert "the other sheets: 'Sheet', 'OLD'" in draft.text
    with pytest.raises(FileRefused, match="has no sheet 'Dta'"):
        draft_of(path, sheet="Dta")


def test_what_cannot_be_drafted_says_why(drafted: Drafted) -> None:
    with pytest.raises(HeaderError, match="looks like a header"):
        drafted("1,2\n3,4\n")
    with pytest.raises(HeaderError, match="has no name"):
        drafted("Name,,Country\nA,x,Ghana\n")
    with pytest.raises(ClassifiedText):
        drafted("Name,Text\nA,(S//NF) delta\n")


CELL = st.sampled_from(
    ["", "x", "Ghana", "3/4/2021", "a@example.org", "1,200", "#", "a: b", "'", '"', "{x}", "- y", "é"]
)


@given(
    header=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=5),
    rows=st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=6),
)
def test_a_draft_of_anything_is_a_mapping_or_a_sentence(
    header: list[str], rows: list[list[str]], tmp_path: Path
) -> None:

    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    try:
        draft = draft_of(path)
    except IgaError:  # a sentence, and no other error
        return
    assert mapping_from(draft.text, name="draft").row_key.columns
