"""Folders, several files, standard input: one load, whatever way the files are named."""

import io
from pathlib import Path

import pytest

from iga.cli.main import spooled
from tests.cli.conftest import Iga

HEADER = "id,name,country\n"
ONE, OTHER = f"{HEADER}acme,Acme Relief,Ghana\n", f"{HEADER}beta,Beta House,Kenya\n"
PARTIAL = "complete: false"


@pytest.fixture
def partial(folder: Path) -> Path:
    """Give the folder of a run, whose mapping is of a source that is not complete."""
    mapping = folder / "partners.yaml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("complete: true", PARTIAL), encoding="utf-8")
    (folder / "partners.csv").unlink()
    return folder


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def test_several_files_are_one_load(iga: Iga, partial: Path) -> None:
    put(partial, a_csv=ONE, b_csv=OTHER)
    report = iga("load", "a.csv", "b.csv", "--mapping", "partners.yaml", "--json").document
    assert (report["load"], report["read"], report["new"]) == (1, 2, 2)


def test_a_folder_is_every_file_in_and_below_it_that_the_mapping_reads(iga: Iga, partial: Path) -> None:
    put(partial, lists__a_csv=ONE, lists__east__b_csv=OTHER)
    (partial / "lists" / ".old.csv").write_text("no table", encoding="utf-8")
    (partial / "lists" / "readme.md").write_text("no table", encoding="utf-8")
    report = iga("load", "lists", "--mapping", "partners.yaml", "--json").document
    assert (report["read"], report["new"], report["rejected"]) == (2, 2, 0)
    assert "east/b.csv" not in iga("show", "ngo:beta").out
    assert "b.csv:2" in iga("show", "ngo:beta").out


def test_files_of_one_name_in_two_folders_are_told_apart_in_evidence_and_rejections(iga: Iga, partial: Path) -> None:
    put(partial, lists__a__p_csv=ONE, lists__b__p_csv=f"{OTHER},Nameless,Ghana\n")
    ran = iga("load", "lists", "--mapping", "partners.yaml")
    assert ran.code == 3
    assert "b/p.csv:3, column id" in ran.err
    assert "a/p.csv:2" in iga("show", "ngo:acme").out
    assert (partial / "lists" / "b" / "p.csv.rejected.csv").exists()


def test_what_a_load_leaves_behind_is_no_file_of_the_folder(iga: Iga, partial: Path) -> None:
    put(partial, lists__p_csv=f"{ONE},Nameless,Ghana\n")
    assert iga("load", "lists", "--mapping", "partners.yaml").code == 3
    again = iga("load", "lists", "--mapping", "partners.yaml", "--json").document
    assert (again["read"], again["unchanged"], again["rejected"]) == (2, 1, 1)


def test_a_file_that_is_named_in_two_ways_is_read_once(iga: Iga, partial: Path) -> None:
    put(partial, lists__p_csv=ONE)
    report = iga("load", "lists", "lists/p.csv", "./lists/p.csv", "--mapping", "partners.yaml", "--json").document
    assert (report["read"], report["repeated"]) == (1, 0)


def test_twins_in_two_files_name_each_other(iga: Iga, partial: Path) -> None:
    put(partial, a__p_csv=ONE, b__p_csv=ONE.replace("Acme Relief", "Acme Fund"))
    ran = iga("load", "a", "b", "--mapping", "partners.yaml")
    assert ran.code == 3
    assert "a/p.csv:2 and b/p.csv:2" in ran.err or "b/p.csv:2 and a/p.csv:2" in ran.err


def test_an_empty_folder_and_a_missing_file_are_said(iga: Iga, partial: Path) -> None:
    (partial / "empty").mkdir()
    ran = iga("load", "empty", "--mapping", "partners.yaml")
    assert (ran.code, "holds no file that ends in .csv or .tsv or .txt" in ran.err) == (3, True)
    assert iga("load", "nowhere", "--mapping", "partners.yaml").code == 3


def test_a_folder_of_a_format_takes_the_files_with_its_endings(iga: Iga, partial: Path) -> None:
    assert iga("template", "members", "-o", "lists/m.xlsx").code == 2
    (partial / "lists").mkdir()
    assert iga("template", "members", "-o", "lists/m.xlsx").code == 0
    put(partial, lists__readme_txt="not a table")
    report = iga("load", "lists", "--format", "members", "--json").document
    assert (report["read"], report["skipped"]) == (1, 1)


def test_files_of_several_formats_are_not_one_load(iga: Iga, partial: Path) -> None:
    for kind in ("members", "awards"):
        assert iga("template", kind, "-o", f"{kind}.xlsx").code == 0
    ran = iga("load", "members.xlsx", "awards.xlsx")
    assert (ran.code, "several formats (1 awards, 1 members)" in ran.err) == (2, True)
    assert (partial / "members.xlsx").exists()


def test_standard_input_is_put_in_a_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    words = ["load", "-", "--mapping", "m.yaml"]
    with spooled(words, io.BytesIO(ONE.encode())) as given:
        assert given[:3] == ["load", "--mapping", "m.yaml"]
        path = Path(given[-1])
        assert (given[-2], path.name, path.read_bytes()) == ("--standard-input", "standard-input", ONE.encode())
    assert not path.exists()
    with spooled(["show", "-"], io.BytesIO(b"")) as untouched:
        assert untouched == ["show", "-"]
    assert list(tmp_path.iterdir()) == []


def test_standard_input_that_is_a_workbook_is_read_as_one(iga: Iga, partial: Path) -> None:
    assert iga("template", "members", "-o", "m.xlsx").code == 0
    with spooled(["load", "-"], io.BytesIO((partial / "m.xlsx").read_bytes())) as given:
        ran = iga(*given)
    assert ran.code == 0, ran.err
    assert "recognized as the template for members" in ran.err


def test_rejected_rows_of_standard_input_are_written_where_the_command_was_typed(iga: Iga, partial: Path) -> None:
    with spooled(["load", "-", "--mapping", "partners.yaml"], io.BytesIO(f"{ONE},x,Ghana\n".encode())) as given:
        ran = iga(*given)
    assert ran.code == 3
    assert "standard-input:3, column id" in ran.err
    correction = partial / "standard-input.rejected.csv"
    assert correction.exists()
    assert "standard-input:2" in iga("show", "ngo:acme").out


def test_standard_input_and_files_are_one_load(iga: Iga, partial: Path) -> None:
    put(partial, a_csv=ONE)
    with spooled(["load", "a.csv", "-", "--mapping", "partners.yaml", "--json"], io.BytesIO(OTHER.encode())) as given:
        report = iga(*given).document
    assert (report["read"], report["new"]) == (2, 2)


def test_an_empty_standard_input_is_said(iga: Iga, partial: Path) -> None:
    assert partial
    with spooled(["load", "-", "--mapping", "partners.yaml"], io.BytesIO(b"")) as given:
        ran = iga(*given)
    assert (ran.code, "there is no header" in ran.err) == (3, True)


def test_standard_input_may_be_a_table_whose_format_is_a_workbook_s(iga: Iga) -> None:
    table = "ID,Kind,Name,Acronym,Other names,Country,Website,Topics,Identifiers,What they do,Part of,Source,Remarks\n"
    table += ",NGO,Example Relief,ER,,Ghana,,protection,,shelters,,https://example.org,\n"
    with spooled(["load", "-", "--format", "partners"], io.BytesIO(table.encode())) as words:
        ran = iga(*words)
    assert ran.code == 0, ran.err
    assert "1 row read: 1 new" in ran.out
