"""Questions that combine sources, each as one command; from the texts that officers asked."""

import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from tests.cli.conftest import Iga, commands_at

ASKED = yaml.safe_load(Path(__file__).with_name("listed.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def iga_on_bundled(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iga]:
    """Give what runs commands over the reference data."""
    folder = tmp_path_factory.mktemp("listing")
    shutil.copytree(bundled_home, folder / "home")
    environ = {"IGA_HOME": str(folder / "home"), "IGA_NOW": "2026-06-01T12:00:00Z"}
    with closing(OwnWorkspaces(environ, Captured().console(100))) as opened, opened(None, None).kept_open():
        yield commands_at(opened, folder)


@pytest.mark.parametrize("asked", ASKED, ids=lambda it: it["text"])
def test_a_question_that_combines_sources_is_one_command(iga_on_bundled: Iga, asked: dict[str, str]) -> None:
    ran = iga_on_bundled("list", *shlex.split(asked["command"]), "--short")
    assert " ".join(ran.out.split()).startswith(asked["reply"])
    assert (ran.code, ran.err) == (0, "")


def test_the_screen_has_the_columns_asked_for_and_says_what_is_not_known(iga_on_bundled: Iga) -> None:
    ran = iga_on_bundled("list", "governments", "--in", "Bali Process", "--tier", "Tier 3", "--show", "tier,palermo")
    assert "name              tier    party to palermo" in ran.out
    assert "It is not confirmed whether Burma, Cambodia, Iran, Laos and 3 more are members of the Bali" in ran.out
    assert "10 more governments may fit: they are not on file as such" in ran.out
    assert "Parties to the Palermo Protocol, stated 2022-11-04" in ran.out


def test_a_workbook_has_the_values_what_is_not_known_and_the_sources(iga_on_bundled: Iga, tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    asked = ("list", "governments", "--compact", "--show", "tier,compact_signed", "-o", str(book))
    assert iga_on_bundled(*asked).code == 0
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["Rows", "Caveats", "Evidence", "About"]
    header, *rows = ([cell.value for cell in row] for row in sheets["Rows"].iter_rows())
    assert len(rows) == 8
    assert {"name", "fit", "open", "reasons", "tier", "compact_signed"} <= set(header)
    assert "cells" not in header


def test_what_is_typed_wrong_is_named_with_the_nearest(iga_on_bundled: Iga) -> None:
    wrong = iga_on_bundled("list", "governments", "--tier", "Tier 9")
    assert (wrong.code, "filter tier: there is no 'Tier 9'; did you mean" in wrong.err) == (2, True)
    unknown = iga_on_bundled("list", "governments", "--show", "teir")
    assert (unknown.code, "no such filter of governments; did you mean tier" in unknown.err) == (2, True)


def test_parties_stand_side_by_side(iga_on_bundled: Iga) -> None:
    ran = iga_on_bundled("compare", "Peru", "Colombia", "--show", "tier@2020,tier@2025,compact")
    assert ran.out.startswith("Peru and Colombia differ in tier (2020) (Tier 2; Tier 1); they are alike in tier (2025)")
    mixed = iga_on_bundled("compare", "Ghana", "OSCE")
    assert (mixed.code, "of one sort: Ghana (Government), Organization for" in mixed.err) == (2, True)
    alone = iga_on_bundled("compare", "Ghana")
    assert (alone.code, "name two parties or more" in alone.err) == (2, True)
