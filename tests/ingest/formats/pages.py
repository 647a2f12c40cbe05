"""The example files that the pages of docs/formats hold."""

import re
from pathlib import Path

from iga.graph.statements import Content, NodeStatement
from iga.ingest.name_faults import fault_of

FOLDER = Path(__file__).parents[3] / "docs" / "formats"


def examples(page: str, into: Path) -> dict[str, Path]:
    """Write the example files of a page and return them by name."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    found = re.findall(r"```csv (\S+)\n(.*?)```", text, re.DOTALL)
    assert found, f"{page} holds no example"
    for name, table in found:
        (into / name).write_text(table, encoding="utf-8")
    return {name: into / name for name, _ in found}


def is_name(cls: str, name: str) -> bool:
    """True if a text can be the name of something of a class: no number, not N/A."""
    return fault_of(Content((NodeStatement(cls, "x:y", {"name": name}),))) is None
