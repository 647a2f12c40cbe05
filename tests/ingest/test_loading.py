import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.graph.errors import (
    ClassifiedText,
    FileRefused,
    HeaderError,
    InputError,
    RowKeyChanged,
    ShrinkRefused,
    StaleEdition,
)
from iga.graph.ledger.ledger import Ledger
from iga.ingest.corrections import as_it_was, harmless
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.reports import ChangeCount, LoadPreview, LoadReport
from tests.ingest.conftest import CARD, PARTNERS, a_mapping, clock
from tests.reading import some

Loads = Callable[..., LoadReport]

HEADER = "id,name,country,since\n"
ROWS = HEADER + "a,Alpha,Kenya,2001\nb,Beta,Ghana,2002-03\n"
BODY = """
row_key: [id]
nodes: {n: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name}}}
"""
COMPLETE = a_mapping(BODY, card='card: {source: "test:complete", title: Complete, complete: true}\n')


def counts(report: LoadReport) -> dict[str, int]:
    words = ("read", "new", "changed", "unchanged", "repeated", "skipped", "rejected", "withdrawn")
    found = {word: getattr(report, word) for word in words}
    assert found["read"] == sum(found[word] for word in words[1:-1])
    return {word: count for word, count in found.items() if count}


def names(ids: str, *, name: str = "Name") -> str:
    return "id,name\n" + "".join(f"{it},{name} {it}\n" for it in ids)


def test_new_changed_unchanged_and_repeated_rows_are_counted(loads: Loads) -> None:
    assert counts(loads(ROWS)) == {"read": 2, "new": 2}
    again = loads(ROWS.replace("Beta", "Beta 2") + "a,Alpha,Kenya,2001\n\n,,,\n")
    assert counts(again) == {"read": 4, "changed": 1, "unchanged": 1, "repeated": 1, "skipped": 1}


def test_a_load_that_says_nothing_new_leaves_no_trace(loads: Loads, ledger: Ledger) -> None:
    first = loads(ROWS)
    assert loads(ROWS).load == first.load
    assert ledger.through() == first.load


def test_a_bad_row_is_rejected_with_line_column_value_reason_and_fix(loads: Loads) -> None:
    report = loads(ROWS + "c,Gamma,Kenya,3/4/2001\n")
    assert counts(report) == {"read": 3, "new": 2, "rejected": 1}
    [rejection] = report.rejections
    assert (rejection.file, rejection.line, rejection.column, rejection.value) == (
        "partners.csv",
        4,
        "since",
        "3/4/2001",
    )
    assert "could be" in rejection.reason
    assert rejection.fix
    assert rejection.code == "IGA-1321"


def test_rejected_rows_are_written_with_their_cells_and_load_again_when_corrected(loads: Loads, tmp_path: Path) -> None:
    report = loads(ROWS + 'c,"=Gamma, Ltd",Kenya,2001-13\nd,Delta,Kenya\n')
    path = Path(report.correction_file)
    assert path == tmp_path / "partners.csv.rejected.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == ["_line", "_column", "_reason", "_fix", "_source", "id", "name", "country", "since"]
    assert rows[1][:2] == ["4", "since"]
    assert rows[1][4:] == ["test:partners", "c", "'=Gamma, Ltd", "Kenya", "2001-13"]
    assert rows[2][5:] == ["d", "Delta", "Kenya"]
    corrected = (
        path.read_text(encoding="utf-8-sig").replace("2001-13", "2001-12").replace("d,Delta,Kenya", "d,Delta,Kenya,")
    )
    again = loads(corrected, name="partners.csv.rejected")
    assert counts(again) == {"read": 2, "new": 2}
    assert again.correction_file == ""
    assert counts(loads(ROWS + 'c,"=Gamma, Ltd",Kenya,2001-12\nd,Delta,Kenya,\n')) == {"read": 4, "unchanged": 4}


def test_a_correction_file_never_takes_the_place_of_another(loads: Loads) -> None:
    bad = ROWS + "c,Gamma,Kenya,x\n"
    first = Path(loads(bad).correction_file)
    assert Path(loads(bad).correction_file) == first
    first.write_text("an officer's work", encoding="utf-8")
    second = Path(loads(bad).correction_file)
    assert second.name == "partners.csv.rejected-2.csv"
    assert first.read_text(encoding="utf-8") == "an officer's work"
    assert not list(first.parent.glob("*.tmp"))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@x", "\tx", "'=x", "''-x", "-1200.5", "plain", "", "'tis"])
def test_cells_cannot_become_formulas_and_come_back_as_they_were(cell: str) -> None:
    safe = harmless(cell)
    assert safe[:1] not in {"=", "@", "\t", "\r"}
    assert as_it_was(safe) == cell


def test_a_rejected_row_leaves_its_earlier_version_live(loads: Loads, ledger: Ledger) -> None:
    loads(ROWS)
    before = list(ledger.rows_of("test:partners"))
    assert counts(loads(ROWS.replace("2002-03", "2002-13"))) == {"read": 2, "unchanged": 1, "rejected": 1}
    assert list(ledger.rows_of("test:partners")) == before


@pytest.mark.parametrize("far", [0, 3_000])
def test_the_same_key_twice_rejects_both_rows_and_each_names_the_other(loads: Loads, far: int) -> None:
    between = "".join(f"x{n},X,Kenya,2001\n" for n in range(far))
    report = loads(f"{HEADER}a,Alpha,Kenya,2001\n{between}a,Omega,Kenya,2001\n")
    last = far + 3
    assert counts(report) == {"read": far + 2, "rejected": 2} | ({"new": far} if far else {})
    by_line = {rejection.line: rejection for rejection in report.rejections}
    assert f"partners.csv:{last}" in by_line[2].reason
    assert "partners.csv:2" in by_line[last].reason
    text = Path(report.correction_file).read_text(encoding="utf-8-sig")
    assert "a,Alpha,Kenya,2001" in text
    assert "a,Omega,Kenya,2001" in text


def test_a_clash_across_two_files_names_both(loads: Loads) -> None:
    report = loads(ROWS, HEADER + "a,Omega,Kenya,2001\n")
    assert counts(report) == {"read": 3, "new": 1, "rejected": 2}
    assert {(rejection.file, rejection.line) for rejection in report.rejections} == {
        ("partners.csv", 2),
        ("partners1.csv", 2),
    }
    assert len(report.correction_file.split("; ")) == 2


def test_identical_twins_are_numbered_where_the_mapping_says_so(loads: Loads, ledger: Ledger) -> None:
    mapping = a_mapping(BODY.replace("row_key: [id]", "row_key: {columns: [id], repeats: numbered}"))
    assert counts(loads("id,name\na,A\na,A\na,A\n", mapping=mapping)) == {"read": 3, "new": 3}
    assert sorted(row[0].row_key for row in ledger.rows_of("test:partners")) == ["a", "a#2", "a#3"]
    assert counts(loads("id,name\na,A\n", mapping=mapping)) == {"read": 1, "unchanged": 1}


def test_a_partial_source_withdraws_nothing(loads: Loads) -> None:
    loads(ROWS)
    assert counts(loads(HEADER + "a,Alpha,Kenya,2001\n")) == {"read": 1, "unchanged": 1}


def test_a_complete_source_withdraws_what_is_missing(loads: Loads) -> None:
    loads(names("abc"), mapping=COMPLETE)
    report = loads(names("ab"), mapping=COMPLETE)
    assert counts(report) == {"read": 2, "unchanged": 2, "withdrawn": 1}
    assert report.withdrawn_rows == ("c",)


def test_a_complete_source_with_a_rejected_row_withdraws_nothing_and_says_so(loads: Loads) -> None:
    loads(names("abc"), mapping=COMPLETE)
    report = loads(names("a") + f"b,{'x' * 1001}\n", mapping=COMPLETE)
    assert counts(report) == {"read": 2, "unchanged": 1, "rejected": 1}
    assert any("were not withdrawn" in note for note in report.notes)


def test_a_correction_file_of_a_complete_source_withdraws_nothing(loads: Loads) -> None:
    loads(names("abc"), mapping=COMPLETE)
    correction = "_line,_column,_reason,_fix,id,name\n4,name,x,y,d,Name d\n"
    assert counts(loads(correction, mapping=COMPLETE, name="partners.csv.rejected")) == {"read": 1, "new": 1}


def test_withdrawing_too_much_is_refused_unless_it_is_asked_for(loads: Loads, ledger: Ledger) -> None:
    loads(names("abcdefgh"), mapping=COMPLETE)
    with pytest.raises(ShrinkRefused, match="--allow-shrink"):
        loads(names("abc"), mapping=COMPLETE)
    assert ledger.through() == 1
    dry = loads(names("abc"), mapping=COMPLETE, options=LoadOptions(dry_run=True))
    assert dry.withdrawn == 5
    assert any("would be refused" in note for note in dry.notes)
    allowed = loads(names("abc"), mapping=COMPLETE, options=LoadOptions(allow_shrink=True))
    assert counts(allowed) == {"read": 3, "unchanged": 3, "withdrawn": 5}


def test_relationships_of_others_that_would_wait_count_for_the_floor(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    waiting = LoadPreview(edges_to_wait=ChangeCount(count=3))
    surroundings = Surroundings(clock, preview=lambda: waiting)
    path.write_text(names("abcdefgh"), encoding="utf-8")
    load(ledger, mapped_reader(COMPLETE), [path], surroundings=surroundings)
    path.write_text(names("abcdefg"), encoding="utf-8")
    with pytest.raises(ShrinkRefused, match="3 relationships in the graph would wait"):
        load(ledger, mapped_reader(COMPLETE), [path], surroundings=surroundings)
    report = load(
        ledger, mapped_reader(COMPLETE), [path], surroundings=surroundings, options=LoadOptions(allow_shrink=True)
    )
    assert any("3 relationships" in note for note in report.notes)


def test_a_dry_run_writes_nothing_anywhere(loads: Loads, ledger: Ledger, tmp_path: Path) -> None:
    report = loads(ROWS + "c,Gamma,Kenya,x\n", options=LoadOptions(dry_run=True))
    assert counts(report) == {"read": 3, "new": 2, "rejected": 1}
    assert (report.load, report.correction_file, ledger.through()) == (0, "", 0)
    assert [path.name for path in tmp_path.glob("*.csv")] == ["partners.csv"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id,nmae,country,since", "missing 'name'; did you mean 'nmae'"),
        ("id,name,country,since,extra", "not in the mapping 'extra'"),
        ("id,name,country,since,since", "'since' stands there twice"),
        ("id,,country,since", "column 2 has no name"),
    ],
)
def test_a_changed_header_stops_the_file(loads: Loads, ledger: Ledger, header: str, told: str) -> None:
    with pytest.raises(HeaderError) as caught:
        loads(f"{header}\na,b,c,2001\n")
    assert told in caught.value.message
    assert ledger.through() == 0


def test_text_that_looks_classified_stops_the_file_and_nothing_is_kept(
    loads: Loads, ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(ClassifiedText, match=r"partners\.csv:5, column 'name'"):
        loads(ROWS + "c,Gamma,Kenya,x\nd,(S//NF) delta,Kenya,2001\n")
    assert ledger.through() == 0
    assert [path.name for path in tmp_path.glob("*rejected*")] == []


def test_text_above_and_in_the_header_is_looked_over_too(loads: Loads) -> None:
    mapping = a_mapping("header_row: 2" + BODY)
    with pytest.raises(ClassifiedText, match="above the header"):
        loads("SECRET//NOFORN\nid,name\na,A\n", mapping=mapping)
    with pytest.raises(ClassifiedText, match="in the header"):
        loads("id,name NOFORN\na,A\n")


def test_files_of_one_name_are_told_apart_by_their_folders(ledger: Ledger, tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x.csv", tmp_path / "b" / "x.csv", tmp_path / "b" / "y.csv"]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEADER}n{number},Name,Kenya,2001\nbad,Name,Kenya,3/4/2001\n", encoding="utf-8")
    report = load(ledger, mapped_reader(PARTNERS), paths, surroundings=Surroundings(clock))
    assert counts(report) == {"read": 6, "new": 3, "rejected": 3}
    assert [one.file for one in report.rejections] == ["a/x.csv", "b/x.csv", "y.csv"]
    assert sorted(row[-1].locator for row in ledger.rows_of("test:partners")) == ["a/x.csv:2", "b/x.csv:2", "y.csv:2"]
    assert len(set(report.correction_file.split("; "))) == 3


def test_twins_in_files_of_one_name_name_each_other(ledger: Ledger, tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x.csv", tmp_path / "b" / "x.csv"]
    for name, path in zip(("One", "Omega"), paths, strict=True):
        path.parent.mkdir()
        path.write_text(f"{HEADER}n,{name},Kenya,2001\n", encoding="utf-8")
    report = load(ledger, mapped_reader(PARTNERS), paths, surroundings=Surroundings(clock))
    assert counts(report) == {"read": 2, "rejected": 2}
    assert all("a/x.csv:2" in one.reason and "b/x.csv:2" in one.reason for one in some(report.rejections))


def test_a_file_that_is_named_twice_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(ROWS, encoding="utf-8")
    with pytest.raises(FileRefused, match="named twice"):
        load(ledger, mapped_reader(PARTNERS), [path, path], surroundings=Surroundings(clock))


def test_a_workbook_under_a_mapping_of_text_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    with pytest.raises(FileRefused, match="format: xlsx"):
        load(ledger, mapped_reader(PARTNERS), [tmp_path / "x.xlsx"], surroundings=Surroundings(clock))
    with pytest.raises(FileRefused, match="cannot be read"):
        load(ledger, mapped_reader(PARTNERS), [tmp_path / "none.csv"], surroundings=Surroundings(clock))


def test_another_row_key_is_refused_unless_all_rows_are_written_anew(loads: Loads) -> None:
    loads(names("ab"), mapping=a_mapping(BODY))
    other = a_mapping(BODY.replace("row_key: [id]", "row_key: [name]"))
    with pytest.raises(RowKeyChanged):
        loads(names("ab"), mapping=other)
    with pytest.raises(InputError, match="cannot be changed while rows are rejected"):
        loads(names("ab") + f"c,{'x' * 1001}\n", mapping=other, options=LoadOptions(rekey=True))
    report = loads(names("ab"), mapping=other, options=LoadOptions(rekey=True))
    assert counts(report) == {"read": 2, "new": 2, "withdrawn": 2}


def test_an_older_edition_is_refused(loads: Loads) -> None:
    def edition(year: int) -> str:
        return CARD.replace("title:", f"as_of: {year}, title:")

    loads(names("a"), mapping=a_mapping(BODY, card=edition(2024)))
    with pytest.raises(StaleEdition, match="2024 is already there"):
        loads(names("a"), mapping=a_mapping(BODY, card=edition(2023)))


def test_how_the_file_was_read_is_told(loads: Loads) -> None:
    notes = loads(ROWS).notes
    assert any("utf-8 (detected)" in note for note in notes)
    assert any("','" in note for note in notes)


def test_a_report_lists_at_most_a_thousand_rejections_and_counts_all(loads: Loads) -> None:
    report = loads(HEADER + "".join(f"a{n},A,Kenya,x\n" for n in range(1_500)))
    assert (report.rejected, len(report.rejections)) == (1_500, 1_000)
    lines = Path(report.correction_file).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1_501


def test_rejected_rows_of_a_workbook_are_corrected_in_a_text_file(ledger: Ledger, tmp_path: Path) -> None:
    mapping = a_mapping("format: xlsx\nsheet: Contacts\nheader_row: 3" + BODY)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Contacts"
    for row in (["Partners"], [], ["id", "name"], ["a", "Alpha"], ["b", "=1+1"], ["a", "Omega"]):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    report = load(ledger, mapped_reader(mapping), [tmp_path / "x.xlsx"], surroundings=Surroundings(clock))
    assert counts(report) == {"read": 3, "rejected": 3}
    assert {rejection.line for rejection in report.rejections} == {4, 5, 6}
    assert any("x.xlsx!Contacts!4" in rejection.reason for rejection in report.rejections)
    path = Path(report.correction_file)
    assert path.name == "x.xlsx.rejected.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",a,Omega", ",c,Omega").replace(",b,", ",b,Beta"), encoding="utf-8-sig")
    again = load(ledger, mapped_reader(mapping), [path], surroundings=Surroundings(clock))
    assert counts(again) == {"read": 3, "new": 3}
    [alpha] = [row for row in ledger.rows_of("test:partners") if row[0].row_key == "a"]
    assert alpha[0].locator.startswith("x.xlsx.rejected.csv:")


def test_rows_that_a_new_edition_of_an_incomplete_source_lacks_are_mentioned(loads: Loads) -> None:
    loads(ROWS + "c,Gamma,Kenya,2001\nd,Delta,Kenya,2001\n")
    again = loads(ROWS + "c,Gamma,Kenya,2001\n")
    assert [note for note in again.notes if "not in this edition" in note] == [
        "1 row of earlier loads, not in this edition, stay in force (d): the source is not said to be complete; "
        "--complete, or `complete: true` on its card, withdraws what is missing"
    ]
    assert not any(
        "not in this edition" in note for note in loads("id,name,country,since\ne,E,Kenya,\n", name="more").notes
    )
