"""A rule written wrong: a piece of a module's text is replaced, and what the rule promises must then fail."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

Check = Callable[[Path], None]
"""What a rule promises, tried in a folder of its own."""

MutantTable = dict[Check, list[tuple[str, str]]]
"""Right text and wrong, by the check that must fail."""

KILLED = (AssertionError, pytest.fail.Exception)
"""How an assertion fails; a mutant that stops with any other error was not caught by one."""


@dataclass(frozen=True)
class SourceMutant:
    """A piece of the text of one function, and what would be wrong in its place.

    Attributes:
        module: Where it stands, once.
        right, wrong: The text, and its replacement with as many lines.
        check: What must then fail.
    """

    module: ModuleType
    right: str
    wrong: str
    check: Check

    @property
    def name(self) -> str:
        """Module and wrong text, as the test is called."""
        return f"{self.module.__name__.rpartition('.')[2]}: {' '.join(self.wrong.split())[:60]}"

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        """Run the function as it is written wrong, wherever it was imported."""
        file, text, codes = _read(self.module)
        assert text.count(self.right) == 1, f"{self.right!r} stands {text.count(self.right)} times in {file}"
        wrong = dict(_functions(compile(text.replace(self.right, self.wrong), file, "exec")))
        changed = [name for name, code in wrong.items() if code != codes[name]]
        assert len(changed) == 1, f"{self.wrong!r} changes {changed or 'nothing'}"
        patch.setattr(_function(self.module, changed[0]), "__code__", wrong[changed[0]])


@cache
def _read(module: ModuleType) -> tuple[str, str, dict[str, CodeType]]:
    file = str(inspect.getsourcefile(module))
    text = Path(file).read_text(encoding="utf-8")
    return file, text, dict(_functions(compile(text, file, "exec")))


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Give the functions and methods of a module by qualified name; what is inside one is part of it."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & inspect.CO_OPTIMIZED:
                yield inner.co_qualname, inner
            else:
                yield from _functions(inner)


def _function(module: ModuleType, name: str) -> FunctionType:
    stands: Any = module
    for part in name.split("."):
        stands = inspect.getattr_static(stands, part)
    match stands:
        case property():
            stands = stands.fget
        case cached_property():
            stands = stands.func
        case classmethod() | staticmethod():
            stands = stands.__func__
    function = inspect.unwrap(stands)
    assert isinstance(function, FunctionType), f"{name} is no function"
    return function


def rules_tried(tables: Mapping[ModuleType, MutantTable]) -> tuple[Callable[..., None], Callable[..., None]]:
    """Return two tests of modules: each rule holds, and does not where it is written wrong."""
    mutants = [
        SourceMutant(module, right, wrong, check)
        for module, table in tables.items()
        for check, pairs in table.items()
        for right, wrong in pairs
    ]
    checks = dict.fromkeys(mutant.check for mutant in mutants)

    @pytest.mark.parametrize("check", checks, ids=lambda check: check.__name__)
    def test_the_rule_holds(check: Check, tmp_path: Path) -> None:
        check(tmp_path)

    @pytest.mark.parametrize("mutant", mutants, ids=lambda mutant: mutant.name)
    def test_a_rule_written_wrong_is_caught(
        mutant: SourceMutant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        mutant.apply(monkeypatch)
        with pytest.raises(KILLED):
            mutant.check(tmp_path)

    return test_the_rule_holds, test_a_rule_written_wrong_is_caught
