"""Practice data load into a folder `practice` alone, and everything printed from there begins with the mark."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Iga, commands_in, files_in, typed
from tests.clock import NOW

MADE_UP = ("load", "partners.csv", "--mapping", "made-up.yaml")


def with_a_made_up_source(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    text = (files_in(folder) / "partners.yaml").read_text(encoding="utf-8")
    (folder / "made-up.yaml").write_text(text.replace("rank: 20", "rank: 20, fictional: true"), encoding="utf-8")
    return folder


def test_what_is_made_up_is_refused_beside_real_records(iga: Iga, folder: Path) -> None:
    with_a_made_up_source(folder)
    for words in (MADE_UP, ("load", "--sample")):
        ran = iga(*words)
        assert ran.code == 2
        assert "is made up for practice" in ran.err
        assert "iga --practice load" in ran.err
    assert "there is no ledger" in iga("sources").err


def test_everything_printed_from_a_practice_store_begins_with_the_mark(tmp_path: Path) -> None:
    with commands_in(with_a_made_up_source(tmp_path / "practice")) as iga:
        assert iga(*MADE_UP).out.startswith("[practice] ")
        for words in (
            ("find", "Acme"),
            ("show", "ngo:acme"),
            ("sources",),
            ("status",),
            ("ask", "profile", "Acme Relief"),
        ):
            ran = iga(*words)
            assert ran.out.startswith("[practice] "), (words, ran)
        answer = iga("ask", "profile", "Acme Relief", "--json").document
        assert answer["headline"].startswith("[practice] ")
        assert iga("memo", "partner", "Acme", "Relief", "--to", "md").out.startswith("[practice] ")
        text = (tmp_path / "practice" / "practice-partner-acme-relief.md").read_text(encoding="utf-8")
        assert "practice\\] Partner: Acme Relief" in text
        assert "iga --practice memo partner" in text


@pytest.mark.parametrize(("setting", "value"), [("IGA_HOME", "{home}"), ("IGA_STORE", "embedded:{home}/graph")])
def test_the_practice_store_stands_beside_the_other(folder: Path, setting: str, value: str) -> None:
    home = with_a_made_up_source(folder) / "home"
    environ = {setting: value.format(home=home), "IGA_NOW": NOW, "IGA_WHO": "J. Example", "IGA_PRACTICE": ""}
    ran = typed(folder, "--practice", *MADE_UP, environ=environ)
    assert ran.code == 0, ran.err
    assert (home / "practice" / "ledger.sqlite").exists()
    assert json.loads(typed(folder, "--practice", "sources", "--json", environ=environ).out)["sources"]
    assert "there is no ledger" in typed(folder, "sources", environ={**environ, "IGA_PRACTICE": ""}).err
