"""What the layout promises: our packages are ours, no name shadows another, every error is in the drawn tree."""

import ast
import importlib
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.errors import IgaError

ROOT = Path(__file__).parents[1]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
PACKAGES = tuple(WHEEL["sources"])


def kinds(kind: type[IgaError] = IgaError) -> Iterator[type[IgaError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from kinds(child)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_of_the_package_is_the_folder_of_its_name(package: str) -> None:
    found = importlib.import_module(f"iga.{package}").__file__
    assert found is not None
    assert Path(found).parent == ROOT / package


def test_nothing_is_imported_by_a_bare_name_that_others_may_bear() -> None:
    read = 0
    for name in ("iga", *PACKAGES, "tests", "bench", "docs"):
        for path in (ROOT / name).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom | ast.Import):
                    whence = [node.module or ""] if isinstance(node, ast.ImportFrom) else [it.name for it in node.names]
                    read += 1
                    assert not {module.partition(".")[0] for module in whence} & set(PACKAGES), path
    assert read > 5_000


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_named_after_a_top_level_package(package: str) -> None:
    inner = {path.stem for path in (ROOT / package).rglob("*.py")} | {p.name for p in (ROOT / package).rglob("*/")}
    assert not inner & set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_with_modules_is_a_typed_package(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()
    folders = {path.parent for path in (ROOT / package).rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_top_of_the_repository_holds_the_folders_of_the_map_alone() -> None:
    kept = subprocess.run(("git", "ls-files"), cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    folders = {path.partition("/")[0] for path in kept if "/" in path}
    assert folders == {"iga", *PACKAGES, ".ci", "bench", "deploy", "docs", "requirements", "tests"}


def test_tests_are_no_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_a_kind_of_error_has_a_code_of_its_own_among_those_of_the_kind_above_it() -> None:
    ours = [kind for kind in kinds() if kind.__module__ == "iga.graph.errors"]
    assert len(ours) > 20
    for kind in ours:
        above = kind.__mro__[1]
        if issubclass(above, IgaError) and above is not IgaError:
            assert kind.code[:6] == above.code[:6], kind
    codes = [kind.code for kind in ours]
    assert len(set(codes)) == len(codes)
