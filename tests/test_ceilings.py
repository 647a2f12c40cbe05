"""How much the code may hold, in all and of what reads badly: at most what it holds today.

A ceiling is lowered, never raised; a sum is raised by a decision alone.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median

import networkx as nx
import pytest

from tests.test_layout import PACKAGES, ROOT

SENTENCES = {"answer", "told", "what", "says", "sentence", "reason", "remark", "holder_known_by", "office_name"}
"""Fields of answers that hold words for a reader."""
TAKEN_APART = {"partition", "rpartition", "removeprefix", "removesuffix", "replace", "split", "startswith", "endswith"}

DAYS = {"on", "start", "end", "until", "last_day", "when"}
"""Columns of answers that hold a day, beside those that end in `_on`."""


@cache
def modules() -> dict[Path, ast.Module]:
    """Return every module of the product."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def nodes() -> list[tuple[Path, ast.stmt | ast.expr]]:
    """Return the classes, functions, calls and comparisons of the product, each with its module."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.Call, ast.Compare)
    return [(path, node) for path, tree in modules().items() for node in ast.walk(tree) if isinstance(node, kinds)]


def twice(names: Iterable[tuple[str, str]]) -> list[str]:
    return [" ".join(name) for name, count in Counter(names).items() if count > 1]


def classes_of_one_name() -> list[str]:
    places = defaultdict(set)
    for path, node in nodes():
        if isinstance(node, ast.ClassDef):
            places[node.name].add(str(path))
    return [f"{name}: {', '.join(sorted(found))}" for name, found in places.items() if len(found) > 1]


def modules_of_one_name_in_a_tree() -> list[str]:
    return twice((path.parts[0], path.stem) for path in modules() if path.stem != "__init__")


def lengths() -> dict[str, int]:
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, node in nodes()
        if isinstance(node, ast.FunctionDef)
    }


def functions_of_50_lines() -> list[str]:
    return [name for name, lines in lengths().items() if lines >= 50]


def functions_of_more_than_8_parameters() -> list[str]:
    return [
        f"{path}:{node.lineno} {node.name}"
        for path, node in nodes()
        if isinstance(node, ast.FunctionDef)
        and len([*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]) > 8
    ]


def modules_of_more_than_450_lines() -> list[str]:
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in modules()}
    return [str(path) for path, text in texts.items() if len(text.splitlines()) > 450]


def files_of_cypher() -> list[str]:
    return [str(path.relative_to(ROOT)) for package in PACKAGES for path in (ROOT / package).rglob("*.cypher")]


def layout_kept_by_hand_without_a_reason() -> list[str]:
    return [
        f"{path}:{number}"
        for path in modules()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if re.fullmatch(r"[^#]*# fmt: skip", line)
    ]


def looks_into_a_sentence() -> list[str]:
    rooms = ("exports", "api", "cli")
    return [f"{path}:{node.lineno}" for path, node in nodes() if path.parts[0] in rooms and _looks_into(node)]


def _looks_into(node: ast.AST) -> bool:
    """True if a call takes a sentence apart, or a regular expression or ``in`` reads one."""
    if isinstance(node, ast.Compare):
        return (
            isinstance(node.ops[0], ast.In)
            and isinstance(node.left, ast.Constant)
            and _is_sentence(node.comparators[0])
        )
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if node.func.attr in TAKEN_APART:
        return _is_sentence(node.func.value)
    return node.func.attr in ("sub", "search", "match", "fullmatch", "findall") and any(map(_is_sentence, node.args))


def compares_days_by_itself() -> list[str]:
    rooms = ("exports/memos", "exports/checking", "api", "cli")
    return [
        f"{path}:{node.lineno}"
        for path, node in nodes()
        if path.as_posix().startswith(rooms) and isinstance(node, ast.Compare) and _compares_days(node)
    ]


def _compares_days(node: ast.Compare) -> bool:
    """Return True if a comparison goes by a day of a row: which of two comes first is for `iga.queries.core.days`."""
    sides = [node.left, *node.comparators]
    for side in sides:
        sides += side.args if isinstance(side, ast.Call) and ast.unparse(side.func) in ("first_day", "last_day") else ()
        sides += side.values if isinstance(side, ast.BoolOp) else ()
    is_of_day = any(isinstance(it, ast.Attribute) and (it.attr in DAYS or it.attr.endswith("_on")) for it in sides)
    return is_of_day and any(isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for sign in node.ops)


def _is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in SENTENCES


CEILINGS: dict[Callable[[], list[str]], int] = {
    classes_of_one_name: 0,
    modules_of_one_name_in_a_tree: 1,
    functions_of_50_lines: 0,
    functions_of_more_than_8_parameters: 0,
    modules_of_more_than_450_lines: 0,
    files_of_cypher: 63,
    layout_kept_by_hand_without_a_reason: 0,
    looks_into_a_sentence: 0,
    compares_days_by_itself: 0,
}


@pytest.mark.parametrize(("measured", "most"), CEILINGS.items(), ids=lambda it: getattr(it, "__name__", None))
def test_the_code_holds_no_more_of_what_reads_badly(measured: Callable[[], list[str]], most: int) -> None:
    found = measured()
    assert len(found) <= most, "\n".join(found)


LINES = {
    "graph": 17_680,
    "ingest": 18_020,
    "queries": 40_640,
    "exports": 11_900,
    "entering": 1_360,
    "api": 7_370,
    "cli": 7_380,
    "tests": 67_760,
}
"""Lines of Python of each folder. Whoever takes lines away lowers the sum, so that it does not fill up again unseen."""
MODULES = 617
LONGEST_CHAIN = 29
"""Modules that import each other in a row, from the command line to the markings."""


@pytest.mark.parametrize(("folder", "most"), LINES.items())
def test_a_folder_holds_no_more_lines_than_it_did(folder: str, most: int) -> None:
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py"))
    assert most - 300 < lines <= most


def test_there_are_no_more_modules_than_there_were() -> None:
    assert MODULES - 10 < len(modules()) <= MODULES


@cache
def imports() -> "nx.DiGraph[str]":
    """Return which modules import which when they run, at their top or later; not what types alone need."""
    names = {
        ".".join(("iga", *path.with_suffix("").parts)).removesuffix(".__init__"): tree
        for path, tree in modules().items()
    }
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, tree in names.items():
        for module, imported in _imported(tree):
            whole = f"{module}.{imported}"
            found = whole if whole in names else module
            if found in names and found != name:
                graph.add_edge(name, found)
    return graph


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.ImportFrom):
            yield from ((child.module or "", alias.name) for alias in child.names)
        yield from _imported(child)


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert [sorted(circle) for circle in nx.strongly_connected_components(imports()) if len(circle) > 1] == []


def test_the_longest_chain_of_imports_is_no_longer_than_it_was() -> None:
    chain = nx.dag_longest_path(imports())
    assert len(chain) == LONGEST_CHAIN, chain


def test_the_whole_product_is_measured() -> None:
    assert len(modules()) > 400
    assert len(lengths()) > 3000
    assert median(lengths().values()) <= 6
