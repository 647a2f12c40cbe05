"""The dress of the pages is built with the program: once, into its wheel, and never in the way of an installation."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import hatch_build
from tests.dress import NEEDS_BUILD

ROOT = Path(__file__).resolve().parents[1]
LOCK = json.loads((ROOT / "api" / "pages" / "assets" / "package-lock.json").read_text("utf-8"))
# Where nothing answers.
OFFLINE = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give what a wheel of the service alone is built from, without a build and without internet."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "api", folder / "api", ignore=shutil.ignore_patterns("built", "__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    return folder


def wheel_of(checkout: Path) -> list[str]:
    """Return the names of what is in the wheel that pip makes of a checkout, on a machine without internet."""
    environ = {**os.environ, **OFFLINE, "npm_config_cache": str(checkout.parent / "npm")}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(checkout / "dist")]
    subprocess.run(command, cwd=checkout, env=environ, check=True, capture_output=True)
    with ZipFile(next((checkout / "dist").glob("*.whl"))) as wheel:
        return [name for name in wheel.namelist() if name.startswith("iga/api/pages/")]


def test_where_the_packages_cannot_be_had_the_program_is_packed_with_its_plain_dress(checkout: Path) -> None:
    names = wheel_of(checkout)
    assert {f"iga/api/pages/{name}" for name in ("plain.css", "icon.svg", "assets.py")} <= set(names)
    assert [name for name in names if "/built/" in name or "/assets/" in name] == []


def test_a_dress_that_is_there_already_is_packed_though_it_cannot_be_built_anew(checkout: Path) -> None:
    built = checkout / "api" / "pages" / "built"
    built.mkdir()
    (built / "styles.0123abcd.css").write_text("body{}", "utf-8")
    (built / "manifest.json").write_text('{"made_of": "", "files": {"styles.css": "styles.0123abcd.css"}}', "utf-8")
    assert {f"iga/api/pages/built/{it}" for it in ("manifest.json", "styles.0123abcd.css")} <= set(wheel_of(checkout))


def test_why_there_is_no_dress_is_told_to_whoever_asks_for_it(checkout: Path) -> None:
    command = [sys.executable, "hatch_build.py"]
    environ = {**os.environ, **OFFLINE, "npm_config_cache": str(checkout.parent / "npm")}
    done = subprocess.run(command, cwd=checkout, env=environ, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("The pages keep the dress that they have: ")


@NEEDS_BUILD
def test_what_is_built_already_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "_run", lambda *_: pytest.fail("something was built"))
    before = (hatch_build.BUILT / "manifest.json").stat().st_mtime_ns
    hatch_build.build()
    assert (hatch_build.BUILT / "manifest.json").stat().st_mtime_ns == before


@NEEDS_BUILD
def test_a_changed_color_is_built_under_another_name_from_the_packages_that_are_there(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = checkout / "api" / "pages"
    (pages / "plain.css").write_text(".iga-tried { color: #123456 }", "utf-8")
    monkeypatch.setattr(hatch_build, "SOURCES", pages / "assets")
    monkeypatch.setattr(hatch_build, "BUILT", pages / "built")
    hatch_build.build()
    files = json.loads((pages / "built" / "manifest.json").read_text("utf-8"))["files"]
    ours = json.loads((ROOT / "api" / "pages" / "built" / "manifest.json").read_text("utf-8"))["files"]
    assert {name for name in files if files[name] != ours[name]} == {"styles.css"}
    assert "#123456" in (pages / "built" / files["styles.css"]).read_text("utf-8")


def test_the_lock_pins_every_package_by_its_content_and_names_no_address() -> None:
    packages = {path: package for path, package in LOCK["packages"].items() if path}
    assert LOCK["lockfileVersion"] == 3
    assert len(packages) > 3
    assert [path for path, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [path for path, package in packages.items() if "resolved" in package] == []
    stated = json.loads((ROOT / "api" / "pages" / "assets" / "package.json").read_text("utf-8"))
    wanted = stated["dependencies"] | stated["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
