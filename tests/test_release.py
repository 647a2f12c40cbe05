"""What is released: under stated terms, with a list of its parts, and the same bytes whoever builds it."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

from docs.making.terms_page import locked, sbom, terms_page

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def built(folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_two_builds_give_the_same_wheel_with_the_licence(tmp_path: Path) -> None:
    one, two = built(tmp_path / "one"), built(tmp_path / "two")
    assert len({hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in (one, two)}) == 1
    with ZipFile(one) as wheel:
        assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
        assert not any(name.startswith("tests/") for name in wheel.namelist())


def test_every_source_and_package_states_its_terms() -> None:
    rows = [line.split(" | ") for line in terms_page().splitlines() if line.startswith("| ")]
    assert len(rows) > 100
    assert [row[0] for row in rows if not row[-1].removesuffix(" |").strip()] == []


def test_the_bill_of_materials_lists_what_the_lock_pins() -> None:
    components = json.loads(sbom())["components"]
    assert [(part["name"], part["version"]) for part in components] == locked()
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert len(components) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) == lock.count("    # via")


def test_the_changelog_has_what_is_not_released_and_each_version_once() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] in ("Unreleased", PROJECT["version"])
    assert len(headings) == len(set(headings))
