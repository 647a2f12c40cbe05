"""The people of each country, as they are called: the Kenyans stand for Kenya."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def peoples() -> Mapping[str, tuple[str, ...]]:
    """Return ids of governments by what their people are called, in small letters; Guineans are of several."""
    ids: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    text = (files("iga.graph.names") / "facts" / "demonyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for word in row["words"].split():
            plain = word.replace("-", " ")
            for form in (plain, f"{plain}s"):
                ids[form] += (f"gov:{row['iso3'].lower()}",)
    return ids
