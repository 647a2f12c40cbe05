"""IATI files are recognized, and the page and the schema are those of the standard."""

import re
from collections import Counter
from pathlib import Path

import pytest

from iga.graph.errors import UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.formats.format_registry import CardWords, format_of
from iga.ingest.formats.iati.iati_elements import code_list
from iga.ingest.formats.iati.iati_files import IATI
from tests.ingest.formats.iati.conftest import REPORTER, Loads, activities, activity, organisations
from tests.reading import some

ORGANISATION = f"""<iati-organisation><organisation-identifier>XX-EX-1</organisation-identifier>
<name><narrative>Example Agency</narrative></name>{REPORTER}</iati-organisation>"""


def written(folder: Path, **texts: str) -> list[Path]:
    paths = [folder / f"{name}.xml" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_both_kinds_are_recognized_by_their_first_element(tmp_path: Path, encoding: str) -> None:
    for text in (activities(activity()), organisations(ORGANISATION)):
        path = tmp_path / "file.xml"
        path.write_text(f"<!-- a remark -->\n{text}", encoding=encoding)
        assert format_of([path])[0] is IATI


def test_the_card_is_that_of_the_one_who_reports(tmp_path: Path) -> None:
    files = written(tmp_path, a=activities(activity(), attributes='generated-datetime="2026-04-30T10:00:00Z"'))
    card = IATI.feed(files, CardWords()).card
    assert (card.source, card.title, card.publisher) == (
        "iati:xx-ex-1",
        "IATI activities of Example Agency",
        "Example Agency",
    )
    assert (card.as_of, card.rank, card.licence, card.complete) == ("2026-04-30", 20, "", False)


def test_a_day_that_is_none_is_left_out_where_nothing_checks_it(tmp_path: Path) -> None:
    files = written(tmp_path, a=activities(version="1.03", attributes='generated-datetime="12/31/2012"'))
    assert IATI.feed(files, CardWords()).card.as_of == ""


def test_what_the_loader_says_stands_in_place_of_the_card(tmp_path: Path) -> None:
    files = written(tmp_path, a=activities(activity()))
    words = CardWords(source="iati:mine", licence="CC BY 4.0", as_of="2026", complete=True)
    card = IATI.feed(files, words).card
    assert (card.source, card.licence, card.as_of, card.complete) == ("iati:mine", "CC BY 4.0", "2026", True)


def test_a_file_of_several_reporters_is_a_source_of_its_own(tmp_path: Path) -> None:
    other = activity("XX-EX-2-A").replace("XX-EX-1", "XX-EX-2")
    files = written(tmp_path, partners=activities(activity(), other), b=activities(activity()))
    assert IATI.feed(files[:1], CardWords()).card.source == "iati:partners"
    with pytest.raises(UsageError, match="several reporting organizations"):
        IATI.feed(files, CardWords())
    assert IATI.feed(files, CardWords(source="iati:partners")).card.source == "iati:partners"


def test_activities_and_organisations_are_two_sources(tmp_path: Path) -> None:
    files = written(tmp_path, a=activities(activity()), b=organisations(ORGANISATION))
    assert [IATI.feed([file], CardWords()).card.source for file in files] == [
        "iati:xx-ex-1",
        "iati:xx-ex-1:organisations",
    ]
    with pytest.raises(UsageError, match="load them apart"):
        IATI.feed(files, CardWords())


def test_several_files_are_of_the_earliest_day_and_say_so(tmp_path: Path) -> None:
    texts = {
        name: activities(activity(f"XX-EX-1-{name}"), attributes=f'generated-datetime="2026-0{day}-01T00:00:00Z"')
        for name, day in (("a", 4), ("b", 3))
    }
    feed = IATI.feed(written(tmp_path, **texts), CardWords())
    assert feed.card.as_of == "2026-03-01"
    assert feed.notes == ("the files were made on different days; the earliest, 2026-03-01, is taken",)


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
