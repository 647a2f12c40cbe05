"""The pages of the public money formats are run: their example files load, and the questions they ask are answered."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Iga
from tests.ingest.formats.pages import FOLDER, examples
from tests.reading import some

PAGES = ("usaspending.md", "foreignassistance.md", "exchange-rates.md")
WORLD = """
card: {source: "test:world", title: Countries of the examples}
row_key: [id]
nodes: {country: {class: Government, id: {column: id, read: id}, fields: {name: name, iso3: iso3}}}
"""


def commands(page: str) -> list[list[str]]:
    """Return the commands of a page whose files, if they name any, are its examples."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    files = re.findall(r"```csv (\S+)\n", text)
    shown = [shlex.split(line) for line in re.findall(r"^    iga (.+)$", text, re.MULTILINE)]
    return [words for words in shown if words[0] == "ask" or words[1] in files]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run_on_its_examples(iga: Iga, folder: Path, page: str) -> None:
    (folder / "world.yaml").write_text(WORLD, encoding="utf-8")
    (folder / "world.csv").write_text("id,name,iso3\ngov:gha,Ghana,GHA\ngov:per,Peru,PER\n", encoding="utf-8")
    assert iga("load", "world.csv", "--mapping", "world.yaml").code == 0
    examples(page, folder)
    shown = commands(page)
    assert any(words[0] == "load" for words in shown)
    assert any(words[0] == "ask" for words in shown)
    for words in some(sorted(shown, key=lambda words: words[0], reverse=True)):
        ran = iga(*words)
        assert ran.code == 0, (words, ran.err)
