"""What is released: under stated terms, with a list of its parts, and the same bytes whoever builds it."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

from packaging.version import Version

from docs.making.advisories import LOCKS, concerning, is_among, pinned
from docs.making.terms_page import dressed_in, locked, sbom, terms_page
from iga.api.pages.assets import BUILT
from tests.dress import NEEDS_BUILD

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
        assert {name.partition("/")[0] for name in wheel.namelist()} == {"iga", "iga_graph-1.0.0rc1.dist-info"}
        assert not any(name.startswith("iga/tests/") for name in wheel.namelist())


@NEEDS_BUILD
def test_the_wheel_holds_what_the_pages_are_dressed_in(tmp_path: Path) -> None:
    with ZipFile(built(tmp_path)) as wheel:
        names = {name for name in wheel.namelist() if name.startswith("iga/api/pages/built/")}
    assert names == {f"iga/api/pages/built/{path.name}" for path in BUILT.iterdir()}


def test_every_source_and_package_states_its_terms() -> None:
    rows = [line.split(" | ") for line in terms_page().splitlines() if line.startswith("| ")]
    assert len(rows) > 100
    assert [row[0] for row in rows if not row[-1].removesuffix(" |").strip()] == []


def test_the_bill_of_materials_lists_what_the_lock_pins() -> None:
    components = json.loads(sbom())["components"]
    assert [(part["name"], part["version"]) for part in components] == [*locked(), *dressed_in()]
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert len(locked()) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) == lock.count("    # via")


HEADINGS = re.findall(
    r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
)


def test_the_version_is_that_of_the_newest_heading_of_the_changelog() -> None:
    versions = [version for version, _ in HEADINGS]
    assert versions[0] == PROJECT["version"]
    assert len(versions) == len(set(versions))


def test_a_commit_with_a_tag_is_of_that_version_and_its_heading_has_a_day() -> None:
    command = ["git", "-C", str(ROOT), "tag", "--points-at", "HEAD", "v*"]
    tags = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    version, day = HEADINGS[0]
    assert tags in ([], [f"v{version}"])
    assert day or not tags


def test_a_pinned_version_with_a_known_advisory_is_told() -> None:
    assert [line for lock in LOCKS.glob("*.txt") for line in concerning(pinned(lock))] == []
    assert concerning({"jinja2": "2.11.2"})[0].startswith("jinja2 2.11.2 is concerned by PYSEC-")
    asked = ("0.9", "0.9.1", "1.0", "1.1", "1.2", "1.9", "2.0", "3")
    among = [version for version in asked if is_among(Version(version), "1.0..1.2 2.0.. 0.9")]
    assert among == ["0.9", "1.0", "1.1", "2.0", "3"]


def test_locks_agree_as_two_of_them_are_installed_together() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS.glob("*.txt"):
        for name, version in pinned(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
