import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.exports.reconciled_table import OURS
from tests.cli.conftest import Iga, commands_in, files_in

LIST = """Nr;Partner;Land;Remark
1;Acme Relief;Ghana;=HYPERLINK("https://example.org")
2;acme  relief;;"two
lines"
3;Acme Releif;;
4;;;nothing here
5;Gamma Holdings;;
6;too;many;cells;here
7;Beta House;Nowhereland;+41 555
8;Beta House;Ghana;
9;???;;
"""


def written(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one folder for all: the command changes nothing in the graph."""
    return files_in(tmp_path_factory.mktemp("reconcile"))


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Iterator[Iga]:
    with commands_in(folder) as iga:
        assert iga("load", "partners.csv", "--mapping", "partners.yaml").code == 0
        yield iga


@pytest.fixture
def listed(folder: Path) -> Path:
    (folder / "out.csv").unlink(missing_ok=True)
    path = folder / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_every_row_and_column_stays_and_ours_follow(loaded: Iga, listed: Path, folder: Path) -> None:
    ran = loaded("reconcile", "list.csv", "--column", "Partner", "-o", "out.csv")
    assert (ran.code, ran.out) == (0, "")
    rows = written(folder / "out.csv")
    assert list(rows[0]) == ["Nr", "Partner", "Land", "Remark", *OURS]
    assert [row["Nr"] for row in rows] == list("123456789")
    assert rows[1]["Remark"] == "two\nlines"
    assert listed.read_text("utf-8") == LIST
    assert "9 rows: 4 matched, 1 to choose, 4 not found. Written to out.csv." in ran.err


def test_a_match_is_filled_in_only_where_it_is_sure(loaded: Iga, listed: Path, folder: Path) -> None:  # noqa: ARG001
    loaded("reconcile", "list.csv", "--column", "Partner", "-o", "out.csv")
    rows = written(folder / "out.csv")
    assert [row["iga_match"] for row in rows] == ["sure", "sure", "choose", "", "", "", "sure", "sure", ""]
    assert [row["iga_id"] for row in rows[:3]] == ["ngo:acme", "ngo:acme", ""]
    sure = {name: rows[0][name] for name in ("iga_class", "iga_name", "iga_how", "iga_reason")}
    assert sure == {"iga_class": "Ngo", "iga_name": "Acme Relief", "iga_how": "name", "iga_reason": ""}
    assert rows[2]["iga_candidate_1"].startswith("ngo:acme: Acme Relief (Non-governmental organization, Ghana;")
    assert rows[2]["iga_reason"] == "Nothing is called exactly so; these come near."
    told = {row["Nr"]: row["iga_reason"] for row in rows}
    assert told["4"] == "The cell is blank."
    assert told["5"].startswith("Nothing is called so")
    assert told["6"].startswith("The row cannot be read: the row has 5 cells where the header has 4")
    assert told["9"] == "The cell holds no letter or digit."


def test_a_column_of_countries_is_evidence(loaded: Iga, listed: Path, folder: Path) -> None:  # noqa: ARG001
    ran = loaded("reconcile", "list.csv", "--column", "Partner", "--country-column", "land", "-o", "out.csv")
    assert ran.code == 0
    by_number = {row["Nr"]: row for row in written(folder / "out.csv")}
    assert by_number["1"]["iga_id"] == "ngo:acme"
    assert by_number["7"]["iga_reason"] == "The country 'Nowhereland' is not known, or is several; it was left aside."
    assert by_number["8"]["iga_match"] == "choose"
    assert by_number["8"]["iga_reason"] == "It is called so, but its country differs."


def test_cells_cannot_become_formulas(loaded: Iga, listed: Path, folder: Path) -> None:  # noqa: ARG001
    loaded("reconcile", "list.csv", "--column", "Partner", "-o", "out.csv")
    remarks = [row["Remark"] for row in written(folder / "out.csv")]
    assert remarks[0] == '\'=HYPERLINK("https://example.org")'
    assert remarks[6] == "'+41 555"


def test_only_things_of_a_kind_are_meant(loaded: Iga, folder: Path) -> None:
    (folder / "mixed.csv").write_text("name\nGhana\nAcme Relief\n", encoding="utf-8")
    loaded("reconcile", "mixed.csv", "--column", "name", "--kind", "ngos", "-o", "ngos.csv")
    assert [row["iga_id"] for row in written(folder / "ngos.csv")] == ["", "ngo:acme"]
    loaded("reconcile", "mixed.csv", "--column", "name", "--kind", "Government", "--kind", "ngo", "-o", "both.csv")
    assert [row["iga_id"] for row in written(folder / "both.csv")] == ["gov:gha", "ngo:acme"]


def test_only_things_that_deal_with_a_topic_are_meant(loaded: Iga, folder: Path) -> None:
    (folder / "topics.csv").write_text("id,name,country,topics\ndelta,Delta Aid,Ghana,child trafficking\n", "utf-8")
    mapping = (folder / "partners.yaml").read_text("utf-8").replace("test:partners", "test:topics")
    mapping = mapping.replace("{name: name,", "{name: name, topics: {column: topics, read: topics},")
    (folder / "topics.yaml").write_text(mapping, "utf-8")
    assert loaded("load", "topics.csv", "--mapping", "topics.yaml").code == 0
    (folder / "mixed.csv").write_text("name\nDelta Aid\nAcme Relief\n", encoding="utf-8")
    loaded("reconcile", "mixed.csv", "--column", "name", "--topic", "human trafficking", "-o", "out.csv")
    assert [row["iga_id"] for row in written(folder / "out.csv")] == ["ngo:delta", ""]


def test_workbooks_and_other_encodings_are_read(loaded: Iga, folder: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Partners of 2031"])
    book.active.append(["Partner", "Since"])
    book.active.append(["Acme Relief", 2031])
    book.save(folder / "list.xlsx")
    ran = loaded("reconcile", "list.xlsx", "--column", "Partner", "--header-row", "2", "-o", "book.csv")
    assert ran.code == 0, ran.err
    [row] = written(folder / "book.csv")
    assert (row["Partner"], row["Since"], row["iga_id"]) == ("Acme Relief", "2031", "ngo:acme")
    (folder / "old.csv").write_bytes("Partner\tStadt\nAcme Relief\tZürich\n".encode("cp1252"))
    assert loaded("reconcile", "old.csv", "--column", "Partner", "-o", "old-out.csv").code == 0
    assert written(folder / "old-out.csv")[0]["Stadt"] == "Zürich"


def test_the_document_has_counts_and_every_row(loaded: Iga, listed: Path) -> None:  # noqa: ARG001
    ran = loaded("reconcile", "list.csv", "--column", "Partner", "-o", "out.csv", "--json")
    document = ran.document
    assert [document[f"{name}_count"] for name in ("row", "sure", "choose", "none")] == [9, 4, 1, 4]
    assert document["file"].endswith("out.csv")
    assert [row["match"] for row in document["rows"]][:3] == ["sure", "sure", "choose"]
    third = document["rows"][2]
    assert (third["line"], third["id"], third["candidates"][0]["id"]) == (5, None, "ngo:acme")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ("list.csv", "--column", "Parner", "-o", "out.csv"),
            2,
            "there is no column 'Parner'; did you mean 'Partner'?",
        ),
        (("list.csv", "--column", "Partner", "-o", "out.xlsx"), 2, "write out.csv"),
        (("list.csv", "--column", "Partner", "-o", "list.csv"), 2, "this is the file itself"),
        (("list.csv", "--column", "Partner", "-o", "nowhere/out.csv"), 2, "there is no folder"),
        (("list.csv", "--column", "Partner", "--kind", "nggo", "-o", "out.csv"), 4, "did you mean Ngo?"),
        (("list.csv", "--column", "Partner", "--topic", "cooking", "-o", "out.csv"), 4, "topic: nothing is called"),
        (("list.csv", "--column", "Partner", "--sheet", "A", "-o", "out.csv"), 2, "has no sheets"),
        (("missing.csv", "--column", "Partner", "-o", "out.csv"), 3, "there is no such file"),
        (("again.csv", "--column", "Partner", "-o", "out.csv"), 2, "the column 'iga_id' would be there twice"),
        (("twice.csv", "--column", "Partner", "-o", "out.csv"), 2, "2 columns are called 'Partner'"),
        (("secret.csv", "--column", "Partner", "-o", "out.csv"), 3, "classified"),
        (("list.csv", "--column", "Partner"), 2, "Missing option '-o'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    loaded: Iga, listed: Path, folder: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    (folder / "again.csv").write_text("Partner,iga_id\nAcme Relief,x\n", encoding="utf-8")
    (folder / "twice.csv").write_text("Partner,Partner\nAcme Relief,x\n", encoding="utf-8")
    (folder / "secret.csv").write_text("Partner\nSECRET//NOFORN\n", encoding="utf-8")
    ran = loaded("reconcile", *words)
    assert ran.code == code
    assert told in ran.err
    assert "NOFORN" not in ran.err + ran.out
    assert not (folder / "out.csv").exists()
    assert listed.read_text("utf-8") == LIST
