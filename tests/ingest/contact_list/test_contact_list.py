"""The untidy contact workbook: what can be known is loaded, what cannot is listed cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from iga.graph.errors import ClassifiedText, FileRefused, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.ingest.formats.format_registry import CardWords, format_named, sniffed
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock
from tests.ingest.untidy_contacts import HEADER, ROWS, TITLES, Untidy, written
from tests.reading import some

Loaded = Callable[..., tuple[LoadReport, dict[str, Content]]]
FORMAT = format_named("contact-list")


@pytest.fixture
def loaded(ledger: Ledger, tmp_path: Path) -> Loaded:
    """Give a function that writes an untidy workbook, loads it, and gives the report and each row by its locator."""

    def one(
        untidy: Untidy, words: CardWords | None = None, *, is_trusted: bool = True
    ) -> tuple[LoadReport, dict[str, Content]]:
        path = written(tmp_path / "contacts.xlsx", untidy)
        feed = FORMAT.feed([path], words or CardWords())
        report = load(ledger, feed, [path], surroundings=Surroundings(clock, trusts_names=is_trusted))
        rows = sorted(ledger.rows_of(feed.card.source), key=lambda row: int(row[-1].locator.rpartition("!")[2]))
        return report, {row[-1].locator: row[-1].content for row in rows if row[-1].content.statements}

    return one


def nodes(content: Content, cls: str) -> list[NodeStatement]:
    return [one for one in content.statements if isinstance(one, NodeStatement) and one.cls == cls]


def edges(content: Content, kind: str) -> list[EdgeStatement]:
    return [one for one in content.statements if isinstance(one, EdgeStatement) and one.type == kind]


def unread(report: LoadReport, line: int) -> dict[str, str]:
    return {cell.column: cell.value for cell in report.unread if cell.line == line}


def test_the_untidy_workbook_is_recognized_and_every_row_is_accounted_for(loaded: Loaded, tmp_path: Path) -> None:
    report, rows = loaded(Untidy())
    assert sniffed(tmp_path / "contacts.xlsx").name == "contact-list"
    assert (report.read, report.new, report.skipped, report.rejected) == (5, 4, 1, 0)
    assert report.source == "office:contact-list-contacts"
    assert sorted(rows) == [f"contacts.xlsx!Contacts!{line}" for line in (5, 6, 7, 9)]


def test_what_can_be_known_of_a_contact_is_stated(loaded: Loaded) -> None:
    _, rows = loaded(Untidy())
    content = rows["contacts.xlsx!Contacts!6"]
    [person], [post], [body] = nodes(content, "Person"), nodes(content, "Post"), nodes(content, "PublicBody")
    assert person.values == {"name": "Kofi Mensah", "family_name": "Mensah"}
    assert post.values == {"name": "Director", "topics": ["trafficking-in-persons"]}
    assert body.values == {"name": "Ministry of Examples", "government": "gov:gha"}
    assert edges(content, "HOLDS")[0].values == {"attested_on": ["2026-01"]}
    assert edges(content, "OWNS_RELATIONSHIP")[0].source == "body:us-state-tip-iga"
    [mail] = nodes(content, "ContactPoint")
    assert mail.values["channel"] == {"kind": "email", "value": "k.mensah@example.net"}


def test_ids_and_keys_hold_no_name_of_a_person(loaded: Loaded, ledger: Ledger) -> None:
    loaded(Untidy())
    for row in some(ledger.rows_of("office:contact-list-contacts")):
        said = [row[0].row_key, *(one.id for one in nodes(row[-1].content, "Person"))]
        assert not [text for text in said for name in ("okafor", "ada", "mensah", "kofi", "eva") if name in text]


def test_each_cell_that_could_not_be_read_is_listed_with_why_and_what_to_write(loaded: Loaded) -> None:
    report, _ = loaded(Untidy())
    assert unread(report, 5) == {
        "Last contact": "mid-Aug", "Title/Org": "Min. of Example", "POC in office": "J. Doe (left)", "Notes": "",
    }  # fmt: skip  # read across, like the rows of a table
    assert unread(report, 6) == {"E-mail / phone": "kofi@gha.example.org", "Last contact": "as of Jan"}
    assert unread(report, 7)["Topic"] == "zebras"
    assert unread(report, 9)["Last contact"] == "3/4/2026"
    assert all(cell.reason and cell.fix and cell.code == "IGA-1329" for cell in report.unread)
    assert {cell.file for cell in report.unread} == {"contacts.xlsx!Contacts"}
    listed = Path(report.unread_file).read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == report.unread_count + 1
    assert listed[0] == "file,row,column,value,why it was not read,what to write"


def test_notes_are_neither_stored_nor_repeated(loaded: Loaded) -> None:
    report, rows = loaded(Untidy(), CardWords())
    kept = str(rows) + report.model_dump_json() + Path(report.unread_file).read_text(encoding="utf-8-sig")
    assert "Geneva" not in kept
    assert "tea" not in kept
    assert [cell.column for cell in report.unread if "not stored" in cell.reason] == ["Notes", "Notes"]


def test_a_row_with_a_doubt_is_uncertain_and_the_others_are_as_good_as_a_list(loaded: Loaded) -> None:
    _, rows = loaded(Untidy(rows=[*ROWS, ("ROE, Al", "Adviser, OSCE", "al@example.org", "TIP", "2026-05-01", "", "")]))
    assert rows["contacts.xlsx!Contacts!5"].confidence == "low"
    assert rows["contacts.xlsx!Contacts!10"].confidence == "medium"


def test_days_without_a_year_stay_words_where_the_list_states_none(loaded: Loaded) -> None:
    report, rows = loaded(Untidy(titles=(("IGA contacts",), ())))
    content = rows["contacts.xlsx!Contacts!5"]
    assert "attested_on" not in edges(content, "HOLDS")[0].values
    assert "Last contact, as written: as of Jan." in content.note
    assert unread(report, 5)["Last contact"] == "as of Jan"


def test_struck_through_rows_are_not_loaded_and_hidden_sheets_only_when_asked(loaded: Loaded) -> None:
    report, rows = loaded(Untidy())
    assert "sam@example.org" not in str(rows)
    assert "gil@example.org" not in str(rows)
    assert any("row is struck through" in cell.reason and cell.line == 8 for cell in report.unread)
    assert "contacts.xlsx: sheet 'OLD' is hidden and was not read; say --sheet OLD to read it" in report.notes
    report, rows = loaded(Untidy(), CardWords(sheets=("OLD",)))
    assert "gil@example.org" in str(rows["contacts.xlsx!OLD!2"])


def test_colours_are_not_read_and_said(loaded: Loaded) -> None:
    report, _ = loaded(Untidy())
    assert any("row 5: the colour #FF0000 was not read" in note for note in report.notes)


@pytest.mark.parametrize(
    "header",
    [
        ("Notes", "POC in office", "Last contact", "Topic", "E-mail / phone", "Title/Org", "Name (LAST, First)"),
        ("COMMENTS", "Our POC", "Last touch", "Portfolio", "Contact details", "Position / Agency", "Name"),
        ("Remarks", "Owner", "Date of last contact", "Issues", "Email/Tel.", "Title & Organisation", "Contact person"),
    ],
)
def test_columns_are_recognized_in_any_order_and_spelling(header: tuple[str, ...], loaded: Loaded) -> None:
    rows = [tuple(reversed(row)) for row in ROWS]
    report, said = loaded(Untidy(header=header, rows=rows, half_struck=None))
    assert (report.new, report.rejected) == (4, 0)
    assert nodes(said["contacts.xlsx!Contacts!6"], "Person")[0].values["name"] == "Kofi Mensah"


def test_names_titles_and_bodies_may_have_columns_of_their_own(loaded: Loaded) -> None:
    header = ("No.", "Last name", "First name", "Position", "Organization", "Country", "E-mail", "Phone", "Focus area")
    row = ("7", "OKAFOR", "Ada", "Director", "Ministry of Labor", "Ghana", "ada@example.org", "+1 555 0100", "TIP")
    report, said = loaded(Untidy(header=header, rows=[row], struck=(), half_struck=None))
    [content] = said.values()
    assert (report.unread_count, content.confidence) == (0, "medium")
    assert nodes(content, "PublicBody")[0].id == "named:body:gha-ministry-of-labor"
    assert len(edges(content, "REACHED_AT")) == 2


def test_a_government_that_stands_alone_heads_the_rows_below_it(loaded: Loaded) -> None:
    rows = [
        ("GHANA",), ("OKAFOR, Ada", "Director, Ministry of Labor", "ada@example.org", "TIP", "", "", ""),
        ("Peru",), ("ROE, Al", "Director, Ministry of Labor", "al@example.org", "TIP", "", "", ""),
        ("THE AMERICAS",), ("DOE, Jo", "Director, Ministry of Labor", "jo@other.example.org", "TIP", "", "", ""),
    ]  # fmt: skip  # read across, like the rows of a table
    report, said = loaded(Untidy(rows=rows, struck=(), half_struck=None))
    bodies = [nodes(content, "PublicBody")[0].id for content in said.values()]
    assert bodies[:2] == ["named:body:gha-ministry-of-labor", "named:body:per-ministry-of-labor"]
    assert bodies[2] not in bodies[:2]
    assert any(cell.value == "THE AMERICAS" for cell in report.unread)


def test_ministries_of_one_name_and_no_country_stay_apart_unless_their_mail_is_one(loaded: Loaded) -> None:
    office = "Director, Ministry of Labor"
    mails = ["a@one.example.org", "b@one.example.org", "c@two.example.org", "d@gmail.com", "e@gmail.com"]
    rows = [(f"DOE, {name}", office, mail, "", "", "", "") for name, mail in zip("ABCDE", mails, strict=True)]
    _, said = loaded(Untidy(rows=rows, struck=(), half_struck=None))
    ids = [nodes(content, "PublicBody")[0].id for content in said.values()]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


def test_the_same_contact_twice_is_taken_twice_where_it_differs(loaded: Loaded) -> None:
    row = ("DOE, Jo", "Adviser, OSCE", "jo@example.org", "TIP", "", "", "")
    report, _ = loaded(Untidy(rows=[row, row, (*row[:3], "smuggling", "", "", "")], struck=(), half_struck=None))
    assert (report.read, report.new, report.repeated, report.rejected) == (3, 2, 1, 0)


def test_a_row_of_which_nothing_can_be_known_is_rejected_with_what_to_fill(loaded: Loaded) -> None:
    report, _ = loaded(Untidy(rows=[("", "", "ask Jo", "TIP", "", "", "")], struck=(), half_struck=None))
    [rejection] = report.rejections
    assert "nothing of the row can be known" in rejection.reason
    assert report.how_to_correct == "it lists them; correct the file itself and load it again"


def test_a_merged_header_is_refused_and_a_file_without_one_is_said(
    loaded: Loaded, ledger: Ledger, tmp_path: Path
) -> None:
    path = written(tmp_path / "merged.xlsx", Untidy())
    book = load_workbook(path)
    book["Contacts"].merge_cells("C4:D4")
    book.save(path)
    with pytest.raises(FileRefused, match="the header in row 4 has merged cells"):
        load(ledger, FORMAT.feed([path], CardWords()), [path], surroundings=Surroundings(clock, trusts_names=True))
    with pytest.raises(FileRefused, match="no sheet has the header of a contact list"):
        loaded(Untidy(header=("id", "code"), rows=[("1", "2")], struck=(), half_struck=None, titles=(), old=()))


def test_a_contact_list_saved_as_csv_is_read_too(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    lines = [TITLES[1][0].replace(",", ";"), ";".join(HEADER), *(";".join(f'"{cell}"' for cell in row) for row in ROWS)]
    path.write_text("\r\n".join(lines), encoding="cp1252", newline="")
    assert sniffed(path).name == "contact-list"
    report = load(ledger, FORMAT.feed([path], CardWords()), [path], surroundings=Surroundings(clock, trusts_names=True))
    assert (report.read, report.new, report.rejected) == (5, 5, 0)


@pytest.mark.parametrize("struck", [(), (0,)])
def test_classified_text_stops_the_file_even_in_a_note_and_struck_through(
    struck: tuple[int, ...], loaded: Loaded, ledger: Ledger
) -> None:
    rows = [("DOE, Jo", "Adviser, OSCE", "jo@example.org", "TIP", "", "", "(S//NF) delta")]
    with pytest.raises(ClassifiedText) as caught:
        loaded(Untidy(rows=rows, struck=struck, half_struck=None))
    assert "delta" not in caught.value.message
    assert ledger.through() == 0


def test_a_contact_list_is_never_public_and_two_keepers_are_two_sources(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{name}.xlsx", Untidy()) for name in "ab"]
    assert FORMAT.feed(paths[:1], CardWords()).card.marking == 1
    with pytest.raises(UsageError, match="internal at the least"):
        FORMAT.feed(paths[:1], CardWords(marking="public"))
    with pytest.raises(UsageError, match="name one --source"):
        FORMAT.feed(paths, CardWords())
    assert FORMAT.feed(paths, CardWords(source="office:all")).card.source == "office:all"


CELL = st.one_of(
    st.sampled_from(
        ["", "OKAFOR, Ada", "?", "TBD", "vacant", "Director, OSCE", "Min. of X, Ghana", "a@example.org;+1 555 0100",
         "mid-Aug", "3/4/2026", "TIP/child labor", "J. Doe (left)", "GHANA", "=1+1", "((", "a@b", ",,,", "😀", "Dr.",
         "a@example.org" * 30, "x" * 900, "1/1/1", "(as of Jan)", "and/&;", "Mr.,", "OSCE", "- - -", "\u202eabc"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)  # fmt: skip  # read across, like the rows of a table


@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=7), min_size=1, max_size=6), data=st.data())
def test_whatever_stands_in_the_cells_every_row_ends_as_one_thing(
    rows: list[list[Any]], data: Any, tmp_path: Path
) -> None:
    order = data.draw(st.permutations(range(7)))
    header = tuple(HEADER[place] for place in order)
    untidy = Untidy(header=header, rows=rows, struck=(), red=(), half_struck=None, old=())
    path = written(tmp_path / "contacts.xlsx", untidy)
    (tmp_path / "ledger.sqlite").unlink(missing_ok=True)
    with Ledger.open(tmp_path / "ledger.sqlite", clock=clock) as ledger:
        feed = FORMAT.feed([path], CardWords())
        try:
            report = load(
                ledger,
                feed,
                [path],
                surroundings=Surroundings(clock, trusts_names=True),
                options=LoadOptions(dry_run=True),
            )
        except ClassifiedText:
            return
    told = report.new + report.changed + report.unchanged + report.repeated + report.skipped + report.rejected
    assert report.read == told
    assert all(cell.reason and cell.fix and cell.line > 4 for cell in report.unread)


def test_a_contact_of_an_unknown_country_or_body_is_kept_back_until_it_is_said_to_be_new(loaded: Loaded) -> None:
    header = ("Name", "Title", "Organization", "Country", "E-mail")
    rows = (
        ("Ada Okafor", "Director", "Ministry of Examples", "Ghanna", "a@example.org"),
        ("Kofi Mensah", "Director", "Ministry of Samples", "Ghana", "k@example.org"),
        ("Ama Mensah", "Director", "OSCE", "", "m@example.org"),
    )
    untidy = Untidy(header=header, titles=(), rows=rows, struck=(), red=(), half_struck=None, old=())
    report, _ = loaded(untidy, is_trusted=False)
    assert (report.new, report.rejected) == (1, 2)
    held, ministry = report.rejections
    assert ministry.reason == "no public body is known as 'Ministry of Samples'"
    assert held.reason == "no government is known as 'Ghanna'"
    assert "write Ghana (gov:gha)" in held.fix
    assert "--new 'Ghanna'" in held.fix
