"""Export a party, correct cells, load the workbook: every change is shown, asked about, signed and withdrawable."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured, Console
from iga.cli.opening import OwnWorkspaces
from iga.graph.reader import Reader
from tests.cli.conftest import Iga, Ran

Edit = Callable[..., Path]
Answers = Callable[..., Ran]


@pytest.fixture
def edit(loaded: Iga, folder: Path) -> Edit:
    """Give a function that exports partners, changes cells, and returns the workbook; cells by sheet, id, field."""

    def edited(changes: dict[tuple[str, str, str], Any], *, parties: tuple[str, ...] = ("ngo:acme", "Ghana")) -> Path:
        ran = loaded("export", "party", *parties, "--editable", "-o", "out.xlsx", "--force")
        assert ran.code == 0, ran.err
        book = load_workbook(folder / "out.xlsx")
        for (title, key, field), text in changes.items():
            sheet = book[title]
            header = [cell.value for cell in sheet[1]]
            [row] = [number for number in range(2, sheet.max_row + 1) if sheet.cell(number, 1).value == key]
            sheet.cell(row, header.index(field) + 1).value = text
        book.save(folder / "out.xlsx")
        return folder / "out.xlsx"

    return edited


@pytest.fixture
def answers(folder: Path, workspaces: OwnWorkspaces) -> Answers:
    """Run a command at a terminal where somebody types these answers."""

    def command(arguments: tuple[str, ...], *typed: str) -> Ran:
        replies = iter(typed)
        kept = Captured()
        console = Console(out=kept.out, err=kept.err, answer=lambda _: next(replies))
        code = run(arguments, Call(console, workspaces, folder, Reader("J. Example")))
        return Ran(code, kept.out.getvalue(), kept.err.getvalue())

    return command


NAME = ("Ngo", "ngo:acme", "name")
YES = ("--yes", "--because", "told by phone")


def test_ids_travel_and_nothing_is_changed_by_loading_an_export_back(edit: Edit, loaded: Iga) -> None:
    edit({})
    ran = loaded("load", "out.xlsx")
    assert ran.code == 0, ran.err
    assert "No cell was changed" in ran.out


def test_a_dry_run_shows_what_was_what_is_and_who_said_it(edit: Edit, loaded: Iga) -> None:
    edit({NAME: "Acme Fund"})
    before = loaded("hash").out
    ran = loaded("load", "out.xlsx", "--dry-run")
    assert ran.code == 0
    assert "Acme Relief (ngo:acme) name  [changed]  out.xlsx!Ngo!C2" in ran.out
    assert "was  Acme Relief" in ran.out
    assert "to   Acme Fund" in ran.out
    assert "said by Partners of a test, partners.csv:2, load 1" in " ".join(ran.out.split())
    assert loaded("hash").out == before


def test_where_nobody_can_be_asked_nothing_is_written_without_yes_and_a_reason(edit: Edit, loaded: Iga) -> None:
    edit({NAME: "Acme Fund"})
    before = loaded("hash").out
    for arguments, told in (((), "say --yes"), (("--yes",), "--because")):
        ran = loaded("load", "out.xlsx", *arguments)
        assert ran.code == 2
        assert told in ran.err
    assert loaded("hash").out == before


def test_an_accepted_cell_is_a_signed_correction_that_can_be_taken_back(edit: Edit, loaded: Iga) -> None:
    edit({NAME: "Acme Fund", ("Ngo", "ngo:acme", "aliases"): "AF; Acme", ("Government", "gov:gha", "capital"): "Accra"})
    ran = loaded("load", "out.xlsx", *YES)
    assert ran.code == 0, ran.err
    assert "3 of 3 changes taken (load 2, signed J. Example)" in ran.out
    why = loaded("why", "ngo:acme", "name").out
    assert "out.xlsx!Ngo!C2, by J. Example" in why
    assert "told by phone" in why
    assert loaded("withdraw", "correct:ngo:acme:name", "--because", "no").code == 0
    assert loaded("show", "ngo:acme").out.startswith("Acme Relief (")
    assert "AF; Acme" in loaded("show", "ngo:acme").out


def test_loading_it_again_says_that_the_graph_says_so_already(edit: Edit, loaded: Iga) -> None:
    edit({NAME: "Acme Fund"})
    assert loaded("load", "out.xlsx", *YES).code == 0
    again = loaded("load", "out.xlsx", *YES)
    assert again.code == 0
    assert "[already so]" in again.out


def test_a_cell_that_changed_since_the_export_is_a_conflict_and_not_taken_unsaid(edit: Edit, loaded: Iga) -> None:
    edit({NAME: "Acme Fund"})
    assert loaded("correct", "ngo:acme", "name", "Acme House", "--because", "x").code == 0
    ran = loaded("load", "out.xlsx", *YES)
    assert ran.code == 3
    assert "[CONFLICT]" in ran.out
    assert "now  Acme House" in ran.out
    assert "said by Entries by officers" in " ".join(ran.out.split())
    assert loaded("show", "ngo:acme").out.startswith("Acme House")
    assert loaded("load", "out.xlsx", *YES, "--take-conflicts").code == 0
    assert loaded("show", "ngo:acme").out.startswith("Acme Fund")


def test_a_blank_cell_changes_nothing_and_none_takes_back_our_own_correction(edit: Edit, loaded: Iga) -> None:
    edit({NAME: None})
    assert "No cell was changed" in loaded("load", "out.xlsx").out
    edit({NAME: "(none)"})
    ran = loaded("load", "out.xlsx", *YES)
    assert ran.code == 3
    assert "only the source can take it away" in ran.out
    assert loaded("correct", "ngo:acme", "name", "Acme House", "--because", "x").code == 0
    edit({NAME: "(none)"})
    ran = loaded("load", "out.xlsx", *YES)
    assert (ran.code, "[taken back]" in ran.out) == (0, True)
    assert loaded("show", "ngo:acme").out.startswith("Acme Relief (")


@pytest.mark.parametrize(
    ("cell", "text", "told"),
    [
        (("Ngo", "ngo:acme", "country"), "Ruritania", "nothing is known as 'Ruritania'"),
        (("Ngo", "ngo:acme", "existence"), "2001/1999", "lies before the start"),
        (("Ngo", "ngo:acme", "topics"), "zebras", "has no topic 'zebras'"),
    ],
)
def test_what_does_not_fit_its_field_is_said_and_the_rest_can_be_taken(
    cell: tuple[str, str, str], text: str, told: str, edit: Edit, loaded: Iga
) -> None:
    edit({cell: text, NAME: "Acme Fund"})
    ran = loaded("load", "out.xlsx", *YES, "--json")
    assert ran.code == 3
    states = {change["field"]: (change["state"], change["taken"]) for change in ran.document["changes"]}
    assert states == {cell[2]: ("cannot", False), "name": ("change", True)}
    [why] = [change["why"] for change in ran.document["changes"] if change["state"] == "cannot"]
    assert told in why


def test_a_deleted_part_of_a_list_stays_when_another_source_says_it(edit: Edit, loaded: Iga, folder: Path) -> None:
    mapping = (folder / "partners.yaml").read_text(encoding="utf-8").replace("name: name,", "name: name, aliases: id,")
    (folder / "partners.yaml").write_text(mapping, encoding="utf-8")
    assert loaded("load", "partners.csv", "--mapping", "partners.yaml").code == 0
    edit({("Ngo", "ngo:acme", "aliases"): "AF"})
    ran = loaded("load", "out.xlsx", *YES)
    assert "'acme' stays, because Partners of a test" in " ".join(ran.out.split())
    assert "acme; AF" in loaded("show", "ngo:acme").out or "AF; acme" in loaded("show", "ngo:acme").out


def test_rows_columns_and_sheets_that_are_none_of_the_export_are_said(edit: Edit, loaded: Iga) -> None:
    path = edit({NAME: "Acme Fund"})
    book = load_workbook(path)
    sheet = book["Ngo"]
    sheet.append(["ngo:new", "New", "New"])
    sheet.append([None, "No id", "x"])
    sheet.cell(1, sheet.max_column + 1).value = "nmae"
    book.create_sheet("Scratch")
    book.save(path)
    ran = loaded("load", "out.xlsx", "--dry-run")
    for told in ("'ngo:new' was not exported", "the row has no id", "'nmae' is none of Ngo", "sheet 'Scratch' is none"):
        assert told in ran.err
    assert "Cells changed since the export on " in ran.out


def test_relationships_are_corrected_but_not_what_tells_them_apart(loaded: Iga, folder: Path) -> None:
    text = (
        "card: {source: 'test:members', title: Members of a test}\nrow_key: [m]\n"
        "nodes: {f: {class: Forum, id: {const: 'forum:x'}, fields: {name: {const: Forum X}}}}\n"
        "edges: [{type: MEMBER_OF, source: {column: m, read: id}, target: {block: f},"
        " fields: {category: c, period: {start: s}}}]\n"
    )
    (folder / "m.yaml").write_text(text, encoding="utf-8")
    (folder / "m.csv").write_text("m,c,s\nngo:acme,member,2001\n", encoding="utf-8")
    assert loaded("load", "m.csv", "--mapping", "m.yaml").code == 0
    assert loaded("export", "members", "--party", "Forum X", "--editable", "-o", "out.xlsx").code == 0
    book = load_workbook(folder / "out.xlsx")
    sheet = book["MEMBER_OF"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("category") + 1).value = "observer"
    sheet.cell(2, header.index("office") + 1).value = "chair"
    sheet.cell(2, header.index("period") + 1).value = "2002/.."
    book.save(folder / "out.xlsx")
    ran = loaded("load", "out.xlsx", *YES, "--json")
    states = {change["field"]: change["state"] for change in ran.document["changes"]}
    assert states == {"category": "change", "office": "cannot", "period": "cannot"}
    assert "observer" in loaded("ask", "members", "--party", "Forum X").out


def test_at_a_terminal_each_change_is_asked_about(edit: Edit, answers: Answers, loaded: Iga) -> None:
    edit({NAME: "Acme Fund", ("Ngo", "ngo:acme", "acronym"): "AF"})
    ran = answers(("load", "out.xlsx"), "n")
    assert (ran.code, loaded("show", "ngo:acme").out.startswith("Acme Relief (")) == (3, True)
    ran = answers(("load", "out.xlsx"), "e", "n", "y", "read on their page")
    assert ran.code == 3
    assert "1 of 2 changes taken" in ran.out
    page = loaded("why", "ngo:acme", "acronym").out
    assert "read on their page" in page


def test_cells_of_an_export_cannot_become_formulas(loaded: Iga, folder: Path) -> None:
    assert loaded("correct", "ngo:acme", "name", "=1+1", "--because", "x").code == 0
    assert loaded("export", "party", "ngo:acme", "--editable", "-o", "out.xlsx").code == 0
    cell = load_workbook(folder / "out.xlsx")["Ngo"]["C2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == ("=1+1", "s", "@", True)
    assert "No cell was changed" in loaded("load", "out.xlsx").out


def test_the_commands_of_the_page_run_as_they_stand(loaded: Iga, folder: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "formats" / "editable.md").read_text(encoding="utf-8")
    commands = [
        shlex.split(line)[1:] for line in text.rpartition("## An example")[2].splitlines() if line[:4] == "iga "
    ]
    assert loaded(*commands[0]).code == 0
    book = load_workbook(folder / "acme.xlsx")
    book["Ngo"]["C2"].value = "Acme Fund"
    book.save(folder / "acme.xlsx")
    assert loaded(*commands[1]).code == 0
    assert loaded("show", "ngo:acme").out.startswith("Acme Fund")


def test_a_file_that_is_there_is_left_alone_and_a_damaged_export_is_refused(loaded: Iga, folder: Path) -> None:
    assert loaded("export", "party", "Ghana", "--editable", "-o", "out.xlsx").code == 0
    (folder / "mine.xlsx").write_bytes(b"mine")
    ran = loaded("export", "party", "Ghana", "--editable", "-o", "mine.xlsx")
    assert (ran.code, "left alone" in ran.err, "mine-2.xlsx written" in ran.out) == (0, True, True)
    assert (folder / "mine.xlsx").read_bytes() == b"mine"
    assert loaded("export", "party", "Ghana", "-o", "x.xlsx").code == 2
    book = load_workbook(folder / "out.xlsx")
    del book["Exported"]
    book.save(folder / "out.xlsx")
    ran = loaded("load", "out.xlsx", "--format", "editable")
    assert (ran.code, "hidden sheet 'Exported' is gone" in ran.err) == (3, True)


def test_of_a_cell_that_changed_since_the_export_it_is_asked_by_itself(
    edit: Edit, answers: Answers, loaded: Iga
) -> None:
    edit({NAME: "Acme Fund"})
    assert loaded("correct", "ngo:acme", "name", "Acme House", "--because", "x").code == 0
    for reply, name, code in (("", "Acme House", 3), ("y", "Acme Fund", 0)):
        assert answers(("load", "out.xlsx", "--because", "told by phone"), reply).code == code
        assert loaded("show", "ngo:acme").out.startswith(name)


def test_editable_workbooks_are_loaded_one_by_one(edit: Edit, loaded: Iga) -> None:
    edit({})
    ran = loaded("load", "out.xlsx", "out.xlsx")
    assert (ran.code, "load one editable workbook at a time" in ran.err) == (2, True)
