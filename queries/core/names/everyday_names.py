"""What people call things that no source calls so: the special rapporteur, the crime convention."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from iga.graph.names.forms import latin


@cache
def everyday_names() -> Mapping[str, str]:
    """Return ids by what people call a thing, in small Latin letters; an office may add lines to the table."""
    text = (files("iga.queries.core.names") / "everyday_names.csv").read_text(encoding="utf-8")
    return {latin(row["words"]): row["id"] for row in csv.DictReader(text.splitlines())}
