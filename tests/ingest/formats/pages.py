"""The example files that the pages of docs/formats hold."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "docs" / "formats"


def examples(page: str, into: Path) -> dict[str, Path]:
    """Write the example files of a page and return them by name."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    found = re.findall(r"```csv (\S+)\n(.*?)```", text, re.DOTALL)
    assert found, f"{page} holds no example"
    for name, table in found:
        (into / name).write_text(table, encoding="utf-8")
    return {name: into / name for name, _ in found}
