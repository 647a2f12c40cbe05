import re
from pathlib import Path

from graph.ledger.ledger import Ledger
from ingest.loading import Surroundings, load
from ingest.mapped_feed import mapped_feed
from ingest.mapping_file import mapping_from
from tests.ingest.conftest import clock

PAGE = Path(__file__).parents[2] / "docs" / "mappings.md"


def test_the_example_of_the_page_loads_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    [mapping] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    [table] = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "partners.csv"
    path.write_text(table, encoding="utf-8")
    report = load(ledger, mapped_feed(mapping_from(mapping, name="example")), [path], surroundings=Surroundings(clock))
    assert (report.read, report.new, report.skipped, report.rejected) == (3, 2, 1, 0)
    [example] = [row for row in ledger.rows_of("office:partners") if row[0].row_key == "Example Relief"]
    kinds = [getattr(one, "cls", getattr(one, "type", "")) for one in example[0].content.statements]
    assert kinds == [
        "Ngo",
        "ContactPoint",
        "ContactPoint",
        "Award",
        "REACHED_AT",
        "REACHED_AT",
        "AWARDED_TO",
        "MEMBER_OF",
    ]
