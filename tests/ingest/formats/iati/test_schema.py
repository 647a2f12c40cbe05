"""The bundled schema against the official one and its test files, which are beside the checkout."""

import re
from pathlib import Path

import pytest
from lxml import etree

import iga.ingest.formats.iati
from iga.graph.errors import FileRefused
from iga.ingest.formats.iati.iati_files import opened_iati
from iga.ingest.rejections import INVALID, KEY, Refusal

pytestmark = pytest.mark.shared

BUNDLED = Path(iga.ingest.formats.iati.__file__).parent / "xsd"
XSD = "{http://www.w3.org/2001/XMLSchema}"


def bare(path: Path) -> str:
    """Return a schema without annotations, comments and layout."""
    tree = etree.parse(str(path), etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for annotation in list(tree.iter(f"{XSD}annotation")):
        parent = annotation.getparent()
        assert parent is not None
        parent.remove(annotation)
    return etree.tostring(tree, method="c14n").decode()


@pytest.mark.parametrize("name", ["iati-activities-schema.xsd", "iati-common.xsd", "iati-organisations-schema.xsd"])
def test_the_bundled_schema_is_the_official_one_without_its_documentation(shared: Path, name: str) -> None:
    official = shared / "funding" / "iati" / "schema-2.03" / name
    assert bare(BUNDLED / name) == bare(official)
    assert "annotation" not in (BUNDLED / name).read_text(encoding="utf-8").replace("annotations", "")


def faults(path: Path) -> list[str]:
    """Return the codes of what is wrong with the records of a file; `refused` for the file itself."""
    found = []
    try:
        with opened_iati(path, None) as file:
            for record in file.records:
                try:
                    record.stated()
                except Refusal as refusal:
                    found.append(refusal.code if refusal.reason and refusal.fix else "without a sentence")
    except FileRefused as error:
        found.append("refused" if path.name in error.message else "without a name")
    return found


def official(shared: Path, word: str) -> list[Path]:
    """Return the official test files that should pass, or fail, for activities and organisations."""
    folder = shared / "test_inputs" / "iati_schema_tests" / "tests"
    return [path for path in sorted(folder.rglob("*.xml")) if word in path.parts and "registry-tests" not in path.parts]


def test_every_official_file_that_should_fail_is_rejected_or_refused(shared: Path) -> None:
    files = official(shared, "should-fail")
    assert len(files) > 290
    assert [path.name for path in files if not {INVALID, "refused"} & set(faults(path))] == []


def test_every_official_file_that_should_pass_is_taken(shared: Path, tmp_path: Path) -> None:
    """Those with a blank identifier, no currency or a type "X" are valid, and taken once these say something."""
    files = official(shared, "should-pass")
    assert len(files) > 150
    assert {code for path in files for code in faults(path)} & {INVALID, "refused"} == set()
    for path in files:
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r"<iati-identifier\s*/>|<iati-identifier>\s*</iati-identifier>",
            f"<iati-identifier>{KEY}</iati-identifier>",
            text,
        )
        text = re.sub(
            r"<(iati-activity|iati-organisation)(?=[\s>])(?![^>]*default-currency)", r'<\1 default-currency="USD"', text
        )
        text = re.sub(r'<transaction-type code="X*"', '<transaction-type code="3"', text, flags=re.IGNORECASE)
        named = tmp_path / path.name
        named.write_text(text, encoding="utf-8")
        assert faults(named) == [], path


def test_every_hostile_file_is_refused_with_a_sentence(shared: Path) -> None:
    files = sorted((shared / "test_inputs" / "malicious_xml").rglob("*.xml"))
    assert len(files) >= 11
    assert [path.name for path in files if faults(path) != ["refused"]] == []
