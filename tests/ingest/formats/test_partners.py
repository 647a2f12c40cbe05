"""A list of partners: every kind has its class, known names keep their ids, and other words are refused."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.formats.format_registry import CardWords, format_of
from iga.ingest.formats.table_formats import format_mapping
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapping import columns_read
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock, content_of
from tests.ingest.formats.pages import examples

PARTNERS = format_mapping("partners")

Loads = Callable[[str], LoadReport]


@pytest.fixture
def loads_partners(ledger: Ledger, tmp_path: Path) -> Loads:
    def loaded(text: str) -> LoadReport:
        path = tmp_path / "partners.csv"
        path.write_text(text, encoding="utf-8", newline="")
        found, note = format_of([path])
        assert note == "recognized as a list of partners; --format partners says so without looking"
        return load(
            ledger, found.feed([path], CardWords()), [path], surroundings=Surroundings(clock), options=LoadOptions()
        )

    return loaded


def only_node(**cells: str) -> NodeStatement:
    [node] = [one for one in content_of(PARTNERS, **cells).statements if isinstance(one, NodeStatement)]
    return node


@pytest.fixture
def example(tmp_path: Path) -> str:
    """Give the example that the page of the format shows."""
    return examples("partners.md", tmp_path)["partners.csv"].read_text(encoding="utf-8")


def test_the_example_is_recognized_and_loads_whole(loads_partners: Loads, example: str) -> None:
    report = loads_partners(example)
    assert (report.read, report.new, report.rejected) == (3, 3, 0)
    assert report.source == "office:partners"
    columns = next(csv.reader(StringIO(example)))
    assert set(columns) == columns_read(PARTNERS)


@pytest.mark.parametrize(
    ("kind", "cls", "id_"),
    [
        ("NGO", "Ngo", "ngo:example-relief"),
        ("Foundation", "Ngo", "ngo:example-relief"),
        ("company", "Company", "company:example-relief"),
        ("University", "AcademicInstitution", "academic:example-relief"),
        ("research institute", "AcademicInstitution", "academic:example-relief"),
        ("media", "MediaOrganization", "media:example-relief"),
        ("survivor council", "SurvivorCouncil", "council:example-relief"),
        ("committee", "PublicBody", "body:example-relief"),
        ("agency", "PublicBody", "body:example-relief"),
        ("international organization", "InternationalOrganization", "org:example-relief"),
        ("other", "Organization", "organization:example-relief"),
    ],
)
def test_every_kind_has_its_class(kind: str, cls: str, id_: str) -> None:
    node = only_node(Kind=kind, Name="Example Relief")
    assert (node.cls, node.id) == (cls, id_)


def test_a_plain_ngo_is_of_no_narrower_kind_and_a_foundation_is() -> None:
    assert "organization_kind" not in only_node(Kind="NGO", Name="Example Relief").values
    assert only_node(Kind="foundation", Name="Example Relief").values["organization_kind"] == "foundation"


@pytest.mark.parametrize(
    ("kind", "name", "id_"),
    [
        ("NGO", "Polaris", "ngo:polaris"),
        ("NGO", "IJM", "ngo:international-justice-mission"),
        ("company", "Warnath Group", "company:warnath-group"),
        ("committee", "House Foreign Affairs Committee", "body:us-house-foreign-affairs"),
        ("survivor council", "ISTAC", "council:istac"),
        ("international organization", "IOM", "org:iom"),
    ],
)
def test_a_name_that_the_bundled_tables_know_keeps_its_id(kind: str, name: str, id_: str) -> None:
    assert only_node(Kind=kind, Name=name).id == id_


def test_an_id_in_the_row_goes_before_the_name() -> None:
    assert only_node(ID="ngo:here-already", Kind="NGO", Name="Polaris").id == "ngo:here-already"


def test_a_parent_is_looked_up_and_else_stands_by_its_name() -> None:
    said = content_of(PARTNERS, Kind="office", Name="Example Desk", **{"Part of": "Senate Judiciary Committee"})
    [edge] = [one for one in said.statements if isinstance(one, EdgeStatement)]
    assert (edge.type, edge.source, edge.target) == ("PART_OF", "body:example-desk", "body:us-senate-judiciary")
    said = content_of(PARTNERS, Kind="NGO", Name="Example Branch", **{"Part of": "Example Mother House"})
    [edge] = [one for one in said.statements if isinstance(one, EdgeStatement)]
    assert edge.target == "named:organization:example-mother-house"


def test_another_word_for_the_kind_or_a_name_of_another_class_is_refused(loads_partners: Loads, example: str) -> None:
    header = example.splitlines()[0]
    report = loads_partners(f"{header}\n,NOG,Example Relief{',' * 10}\n,NGO,IOM{',' * 10}\n")
    assert (report.read, report.rejected) == (2, 2)
    assert [row.code for row in report.rejections] == ["IGA-1325", "IGA-1322"]
    assert "'org:iom' is of class InternationalOrganization" in report.rejections[1].reason
