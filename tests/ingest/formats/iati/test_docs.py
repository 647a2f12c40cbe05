import re
from collections import Counter
from pathlib import Path

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.formats.iati.iati_elements import code_list
from iga.ingest.formats.iati.iati_files import IATI
from tests.ingest.formats.iati.conftest import Loads
from tests.reading import some

PAGE = (Path(__file__).parents[4] / "docs" / "formats" / "iati.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_becomes_what_the_page_says(loads_iati: Loads, ledger: Ledger) -> None:
    [example] = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    report = loads_iati(example)
    assert (report.source, report.read, report.new) == ("iati:xx-ex-1", 1, 1)
    [row] = ledger.rows_of("iati:xx-ex-1")
    kinds = Counter(one.cls for one in row[-1].content.statements if isinstance(one, NodeStatement))
    assert kinds == {
        "Project": 1,
        "Award": 1,
        "PublicBody": 1,
        "Ngo": 1,
        "Transaction": 1,
        "FundingLine": 1,
        "Indicator": 1,
        "Measurement": 1,
    }


def test_the_example_of_the_format_loads(loads_iati: Loads) -> None:
    report = loads_iati(IATI.example)
    assert (report.read, report.new, report.rejected) == (1, 1, 0)


def test_the_page_names_every_code_that_means_a_topic() -> None:
    codes = {purpose.split(":")[1] for purpose in code_list("topics")}
    assert {code for code in some(codes) if code not in PAGE} == set()
