"""The list of questions: each name leads to its own card, and only what is asked for is imported."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iga.queries.registry import QUESTIONS


def test_a_name_of_no_question_is_not_in_the_list() -> None:
    assert "weather" not in QUESTIONS
    with pytest.raises(KeyError):
        QUESTIONS["weather"]


def test_no_other_question_is_imported_than_the_one_asked_for(bundled_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(bundled_home, tmp_path / "home")
    script = """
import sys
from iga.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code
print(*(name for name in sys.modules if name.startswith("iga.queries.")), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, "ask", "contact", "osce"], env={**os.environ, "IGA_HOME": str(home)},
        capture_output=True, text=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip  # the command, then how it is run
    imported = done.stderr.splitlines()[-1].split()
    assert "iga.queries.contacts.contact" in imported
    others = ("iga.queries.funding.", "iga.queries.instruments.", "iga.queries.multilateral.", "iga.queries.report.")
    assert not [name for name in imported if name.startswith(others)]
