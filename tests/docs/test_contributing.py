"""The recipes of CONTRIBUTING.md are followed to the letter in a copy of the checkout, and their tests pass there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^```\w+ (?:after=(?P<after>[^\n]+) )?(?P<how>file|append)=(?P<path>\S+)\n(?P<text>.*?)^```$", re.M | re.S
)
_COPIED = ("iga", *dev.ROOMS, "docs", "tests", "pyproject.toml", "dev.py")


def blocks() -> list[re.Match[str]]:
    return list(_BLOCK.finditer((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))


def put(copy: Path, block: re.Match[str]) -> None:
    path, text = copy / block["path"], block["text"]
    if block["how"] == "append":
        text = f"{path.read_text(encoding='utf-8')}\n\n{text}"
    elif block["after"]:
        before, line, rest = path.read_text(encoding="utf-8").partition(block["after"])
        assert line, f"{block['path']} has no {block['after']!r}"
        text = f"{before}{line}\n{text.rstrip()}{rest if rest.startswith(chr(10)) else chr(10) + rest}"
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_whoever_follows_the_recipes_has_a_question_a_format_a_paper_and_a_field(
    tmp_path: Path, bundled_home: Path
) -> None:
    for name in _COPIED:
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, tmp_path / name)
    recipes = blocks()
    assert len(recipes) == 9
    for block in recipes:
        put(tmp_path, block)
    _run(tmp_path, "-m", "docs.making.new_question", "parts-held", "whole")
    tests = [block["path"] for block in recipes if block["path"].startswith("tests/")]
    # as a worker of this run, so that it finds the stores that are made already
    _run(
        tmp_path,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "--basetemp",
        str(bundled_home.parent / "recipes"),
        "tests/queries/whole/test_parts_held.py",
        *tests,
    )  # fmt: skip - the command reads as it is typed


def _run(folder: Path, *arguments: str) -> None:
    environ = {**os.environ, "PYTEST_XDIST_WORKER": "gw0", "PYTHONPATH": str(folder)}
    command = (sys.executable, *arguments)
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
