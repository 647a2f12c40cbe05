"""Names that stand for nobody in particular: what public money files print where the recipient is not told.

The one list of them is masked_names.csv, each with the page it was seen on.
"""

import csv
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from graph.text import folded


@lru_cache(maxsize=20_000)  # the names of a file repeat
def is_masked(name: str) -> bool:
    """Say whether a recipient's name tells no one party, so that rows which print it must not become one."""
    plain = folded(name)
    return bool(plain) and any(test(plain) for test in _tests())


@cache
def _tests() -> tuple[Callable[[str], bool], ...]:
    text = (files("ingest") / "masked_names.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    whole = frozenset(folded(row["name"]) for row in rows if row["match"] == "whole")
    openings = tuple(folded(row["name"]) for row in rows if row["match"] == "opening")
    forms = [re.compile(row["name"]) for row in rows if row["match"] == "form"]
    return (
        whole.__contains__,
        lambda name: name.startswith(openings),
        lambda name: any(form.fullmatch(name) for form in forms),
    )
