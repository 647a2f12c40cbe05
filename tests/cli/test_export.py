"""`iga export rows|graph|party|person|verify`: files that other programs open, with what was left out said."""

import csv
import io
import json
import shlex
import shutil
from pathlib import Path

import networkx
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Iga, commands_in

ADA = ("add", "contact", "--party", "Acme Relief", "--person", "Ada Okafor", "--role", "director",
       "--email", "ada@example.org", "--because", "told by phone")  # fmt: skip
ROWS = ("export", "rows", "profile", "--party", "acme relief")


def test_rows_are_the_same_as_the_answer_and_the_manifest_tells_the_rest(loaded: Iga, folder: Path) -> None:
    answer = loaded("ask", "profile", "--party", "acme relief", "--json").document
    ran = loaded(*ROWS, "--to", "json", "-o", "a.json")
    assert ran.code == 0, ran.err
    assert "a.json written: " in ran.out
    assert answer["answer"] in ran.out
    written = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert written["caveats"] == answer["caveats"]
    assert len(written["rows"]) == len(answer["rows"])
    manifest = json.loads((folder / "a.json.manifest.json").read_text(encoding="utf-8"))
    assert (manifest["question"], manifest["parameters"]["party"]) == ("profile", "ngo:acme")
    assert (manifest["made_by"], manifest["counts"]["rows"]) == ("J. Example", len(answer["rows"]))
    assert [source["source"] for source in manifest["sources"]] == ["test:partners"]


def test_every_table_has_the_rows_in_the_order_of_the_answer(loaded: Iga, folder: Path) -> None:
    for kind in ("csv", "xlsx", "jsonl", "json"):
        assert loaded(*ROWS, "--to", kind, "-o", f"a.{kind}").code == 0
    lines = [json.loads(line) for line in (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    whole = json.loads((folder / "a.json").read_text(encoding="utf-8"))["rows"]
    table = list(csv.DictReader(io.StringIO((folder / "a.csv").read_bytes().decode("utf-8-sig"), newline="")))
    sheet = load_workbook(folder / "a.xlsx")["Rows"]
    header, *cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert list(table[0]) == header == list(lines[0])
    assert [list(row.values()) for row in table] == [[str(cell) for cell in row] for row in cells]
    assert [{**line, "evidence": None} for line in lines] == [{**row, "evidence": None} for row in whole]
    assert all(row["marking"] == "public" for row in table)


def test_a_file_is_named_by_what_it_holds_and_never_over_what_was_changed(loaded: Iga, folder: Path) -> None:
    assert loaded(*ROWS, "--to", "csv").code == 0
    assert (folder / "profile-acme-relief.csv").is_file()
    assert loaded(*ROWS, "--to", "csv").code == 0
    assert not (folder / "profile-acme-relief-2.csv").exists()
    (folder / "profile-acme-relief.csv").write_bytes(b"mine")
    again = loaded(*ROWS, "--to", "csv")
    assert (again.code, "left alone" in again.err, "profile-acme-relief-2.csv written" in again.out) == (0, True, True)
    assert (folder / "profile-acme-relief.csv").read_bytes() == b"mine"
    assert loaded(*ROWS, "--to", "csv", "--force").code == 0
    assert (folder / "profile-acme-relief.csv").read_bytes() != b"mine"
    wrong = loaded(*ROWS, "--to", "csv", "-o", "a.xlsx")
    assert (wrong.code, "write a.csv" in wrong.err) == (2, True)


def test_a_file_is_verified_and_one_that_was_changed_is_told(loaded: Iga, folder: Path) -> None:
    assert loaded(*ROWS, "--to", "csv", "-o", "a.csv").code == 0
    ran = loaded("export", "verify", "a.csv")
    assert (ran.code, "is as it was exported" in ran.out) == (0, True)
    document = loaded("export", "verify", "a.csv", "--json").document
    assert (document["intact"], document["question"]) == (True, "profile")
    (folder / "a.csv").write_text("other", encoding="utf-8")
    changed = loaded("export", "verify", "a.csv")
    assert (changed.code, "is not the file that was exported" in changed.err) == (3, True)
    assert loaded("export", "verify", "b.csv").code == 4


def test_rows_that_are_no_appointments_or_contacts_are_refused_and_leave_no_file(loaded: Iga, folder: Path) -> None:
    for kind, told in (("ics", "no appointments"), ("vcf", "no contacts")):
        ran = loaded(*ROWS, "--to", kind, "-o", f"a.{kind}")
        assert (ran.code, told in ran.err) == (2, True)
    assert not list(folder.glob("a.*"))


def test_the_graph_goes_into_each_format(loaded: Iga, folder: Path) -> None:
    for kind in ("graphml", "gexf", "ftm", "cypher", "json", "jsonl", "csv"):
        ran = loaded("export", "graph", "--to", kind, "--json", "--force")
        assert ran.code == 0, ran.err
        path = Path(ran.document["path"])
        assert path.parent == folder
        assert loaded("export", "verify", path.name).code == 0
        if kind == "graphml":
            assert set(networkx.read_graphml(path).nodes) == {"gov:gha", "gov:ken", "ngo:acme", "ngo:beta"}


def test_a_class_that_is_none_is_refused_with_what_was_meant(loaded: Iga) -> None:
    ran = loaded("export", "graph", "--class", "Goverment", "--to", "json")
    assert (ran.code, "Government" in ran.err) == (2, True)
    few = loaded("export", "graph", "--class", "Ngo", "--to", "json", "--json").document
    assert few["counts"] == {"nodes": 2, "edges": 0}


def test_parties_go_into_each_format_and_the_editable_workbook_stays(loaded: Iga) -> None:
    for kind in ("json", "jsonl", "csv", "xlsx", "popolo", "vcf", "ftm"):
        ran = loaded("export", "party", "Acme Relief", "Ghana", "--to", kind, "--json")
        assert ran.code == 0, ran.err
        assert loaded("export", "verify", Path(ran.document["path"]).name).code == 0
        assert ran.document["parameters"]["party"] == ["ngo:acme", "gov:gha"]
    assert loaded("export", "party", "Ghana", "-o", "x.xlsx").code == 2
    assert loaded("export", "party", "Ghana", "--editable", "-o", "x.xlsx").code == 0


def test_a_person_is_exported_as_sensitive_with_what_is_not_recorded(loaded: Iga, folder: Path) -> None:
    assert loaded(*ADA).code == 0
    ran = loaded("export", "person", "Ada Okafor", "--to", "json", "-o", "ada.json")
    assert ran.code == 0, ran.err
    assert "Free text: not searched" in ran.err
    written = json.loads((folder / "ada.json").read_text(encoding="utf-8"))
    assert (written["marking"], written["not_recorded"]["Free text"][:12]) == ("SENSITIVE", "not searched")
    assert any("ada@example.org" in row["value"] for row in written["statements"])
    assert {row["loaded_by"] for row in written["statements"]} == {"J. Example"}
    book = loaded("export", "person", "Ada Okafor", "--to", "xlsx", "-o", "ada.xlsx", "--json").document
    assert book["marking"] == "sensitive"
    foot = load_workbook(folder / "ada.xlsx")["Statements"].oddFooter
    assert foot is not None
    assert foot.center.text == "SENSITIVE"


def test_who_saw_a_person_is_in_every_form_of_the_file(loaded: Iga, folder: Path) -> None:
    assert loaded(*ADA).code == 0
    assert loaded("export", "party", "Ada Okafor", "--to", "json", "--recipient", "ODIHR").code == 0
    for kind in ("json", "csv", "jsonl", "xlsx"):
        assert loaded("export", "person", "Ada Okafor", "--to", kind, "-o", f"ada.{kind}").code == 0
    [act, *_] = json.loads((folder / "ada.json").read_text(encoding="utf-8"))["disclosures"]
    assert (act["act"], act["recipient"], act["is_disclosure"]) == ("export party", "ODIHR", True)
    lines = (folder / "ada.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert any(line.startswith("Disclosure,") and "recipient ODIHR" in line for line in lines)
    assert '"field": "export party"' in (folder / "ada.jsonl").read_text(encoding="utf-8")
    assert load_workbook(folder / "ada.xlsx")["Disclosures"]["E2"].value == "export party"


def test_a_person_whose_rows_were_all_withdrawn_is_found_by_id_and_name(loaded: Iga, folder: Path) -> None:
    assert loaded(*ADA).code == 0
    assert loaded("export", "person", "Ada Okafor", "--to", "json", "-o", "ada.json").code == 0
    before = json.loads((folder / "ada.json").read_text(encoding="utf-8"))["statements"]
    [(entry, row)] = {(row["subject"], row["row_key"]) for row in before if row["about"] == "Person"}
    assert loaded("withdraw", row, "--because", "entered by mistake").code == 0
    assert loaded("show", "Ada Okafor").code == 4
    for text in ("ada okafor", entry):
        ran = loaded("export", "person", text, "--to", "json", "-o", "ada.json", "--force")
        assert ran.code == 0, ran.err
        rows = json.loads((folder / "ada.json").read_text(encoding="utf-8"))["statements"]
        assert {row["state"] for row in rows if row["subject"] == entry} == {"withdrawn"}


def test_below_a_ceiling_nothing_hidden_is_exported(loaded: Iga, folder: Path) -> None:
    assert loaded(*ADA).code == 0
    for arguments in (("graph", "--to", "json"), ("party", "Acme Relief", "--to", "json")):
        assert loaded("export", *arguments, "--ceiling", "public", "-o", "open.json", "--force").code == 0
        written = (folder / "open.json").read_text(encoding="utf-8")
        assert "Okafor" not in written
        assert "ada@example.org" not in written
        manifest = json.loads((folder / "open.json.manifest.json").read_text(encoding="utf-8"))
        assert (manifest["marking"], manifest["ceiling"]) == ("public", "public")
    assert loaded("export", "person", "Ada Okafor", "--to", "json", "--ceiling", "public").code == 4


def test_what_was_known_on_an_earlier_day_can_be_exported(loaded: Iga, folder: Path) -> None:
    assert loaded("correct", "ngo:acme", "name", "Acme Fund", "--because", "x").code == 0
    ran = loaded("export", "graph", "--to", "json", "--known-on", "load:1", "-o", "then.json", "--json")
    assert ran.code == 0, ran.err
    assert ran.document["known_on"] == "load:1"
    text = (folder / "then.json").read_text(encoding="utf-8")
    assert "Acme Relief" in text
    assert "Acme Fund" not in text


@pytest.mark.slow
def test_the_commands_of_the_page_run_as_they_stand(demo_home: Path, loaded: Iga, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text(encoding="utf-8")
    commands = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("iga ")]
    assert len(commands) > 8
    with commands_in(Path(shutil.copytree(demo_home, tmp_path / demo_home.name))) as iga:
        for command in commands:
            is_whole = not {"--party", "--class"}.intersection(command) and command[1] == "graph"
            ran = (loaded if is_whole else iga)(*command)  # all of the demo data would be projected for the public anew
            assert ran.code == 0, (command, ran.err)


def test_the_name_of_a_file_says_its_format(loaded: Iga, folder: Path) -> None:
    assert loaded("export", "graph", "-o", "graph.json").code == 0
    assert (folder / "graph.json").read_text(encoding="utf-8").startswith("{")
    refused = loaded("export", "graph", "-o", "graph.doc")
    assert (refused.code, "a file that ends in one: " in refused.err) == (2, True)
