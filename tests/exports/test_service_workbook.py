"""The workbook that asks the service: its parts are those that [MS-QDEFF] and ECMA-376 name, and fit together."""

import re
import struct
import zipfile
from base64 import b64decode
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from iga.exports.service_workbook import QUERIES, SECTION, service_workbook
from iga.queries.core.answer import Answer, Caveat, Clause, EvidenceNote
from tests.described import described

MASHUP = "{http://schemas.microsoft.com/DataMashup}DataMashup"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FETCHED = ("Answer", "Rows", "Evidence")


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(service_workbook())) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def fields(parts: dict[str, bytes]) -> tuple[bytes, ...]:
    """Give package, permissions, metadata and bindings of the binary stream ([MS-QDEFF] 2.2)."""
    item = ElementTree.fromstring(parts["customXml/item1.xml"])
    assert item.tag == MASHUP
    return behind_lengths(b64decode(item.text or ""), "package", "permissions", "metadata", "bindings")


def behind_lengths(stream: bytes, *names: str) -> tuple[bytes, ...]:
    """Take a version of 0 and so many fields apart, to the last byte."""
    (version,) = struct.unpack_from("<i", stream)
    place, taken = 4, []
    for _ in names:
        (length,) = struct.unpack_from("<i", stream, place)
        taken.append(stream[place + 4 : place + 4 + length])
        place += 4 + length
    assert (version, place) == (0, len(stream))
    return tuple(taken)


def test_the_package_holds_the_queries_as_the_manual_shows_them(fields: tuple[bytes, ...]) -> None:
    with zipfile.ZipFile(BytesIO(fields[0])) as package:
        assert set(package.namelist()) == {"Config/Package.xml", "[Content_Types].xml", SECTION}
        assert package.read(SECTION).decode() == QUERIES.read_text(encoding="utf-8")
        for name in ("Config/Package.xml", "[Content_Types].xml"):
            ElementTree.fromstring(package.read(name))
    permissions = ElementTree.fromstring(fields[1])
    assert {it.tag: it.text for it in permissions} == {"CanEvaluateFuturePackages": "false", "FirewallEnabled": "true"}


def test_what_is_kept_of_each_query_says_which_table_it_fills(fields: tuple[bytes, ...]) -> None:
    listed, content = behind_lengths(fields[2], "XML", "content")
    assert content == b""
    kept = {
        item.findtext("ItemLocation/ItemPath"): {it.get("Type"): it.get("Value") for it in item.iter("Entry")}
        for item in ElementTree.fromstring(listed).iter("Item")
        if item.findtext("ItemLocation/ItemType") == "Formula"
    }
    shared = re.findall(r"^shared (\w+) =", QUERIES.read_text(encoding="utf-8"), re.MULTILINE)
    assert list(kept) == [f"Section1/{name}" for name in shared] == [f"Section1/{it}" for it in ("Reply", *FETCHED)]
    assert [it["FillEnabled"] for it in kept.values()] == ["l0", "l1", "l1", "l1"]
    assert [it.get("FillTarget") for it in kept.values()] == [None, "sAnswer", "sRows", "sEvidence"]


def test_each_table_is_of_its_query_and_each_part_is_listed(parts: dict[str, bytes]) -> None:
    connections = [it.attrib for it in ElementTree.fromstring(parts["xl/connections.xml"])]
    for number, name in enumerate(FETCHED, 1):
        table = ElementTree.fromstring(parts[f"xl/tables/table{number + 1}.xml"])
        query = ElementTree.fromstring(parts[f"xl/queryTables/queryTable{number}.xml"])
        assert (table.get("displayName"), table.get("tableType")) == (name, "queryTable")
        (link,) = ElementTree.fromstring(parts[f"xl/tables/_rels/table{number + 1}.xml.rels"])
        assert link.get("Target") == f"/xl/queryTables/queryTable{number}.xml"
        assert (query.get("connectionId"), connections[number - 1]["name"]) == (str(number), f"Query - {name}")
        columns = [(it.get("name"), it.get("queryTableFieldId")) for it in table.iter(f"{MAIN}tableColumn")]
        assert columns == [(it.get("name"), it.get("id")) for it in query.iter(f"{MAIN}queryTableField")]
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    stated = {it.get("PartName", "").lstrip("/") for it in types} | {f"customXml/{it}" for it in ("item1.xml",)}
    assert {it for it in parts if not it.endswith(".rels") and it != "[Content_Types].xml"} <= stated
    linked = {it.get("Target") for it in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    assert {"connections.xml", "../customXml/item1.xml"} <= linked


def test_the_queries_read_what_an_answer_has() -> None:
    text = QUERIES.read_text(encoding="utf-8")
    read = set(re.findall(r"Reply\[(\w+)\]", text))
    assert read == {"as_of", "clauses", "caveats", "rows", "evidence"}
    assert read <= Answer.model_fields.keys()
    assert "text" in Clause.model_fields.keys() & Caveat.model_fields.keys()
    book = load_workbook(BytesIO(service_workbook()))
    columns = [cell.value for cell in book["Evidence"][1]]
    assert {"number", *EvidenceNote.model_fields} >= set(columns)
    assert re.findall(r'Columns = \{"(.+)"\}', text) == ['", "'.join(map(str, columns))]
    assert [row[0].value for row in book["Ask"].iter_rows(min_row=1, max_row=5)] == [
        "Name", "address", "key", "question", "party",
    ]  # fmt: skip  # one line for each would be longer than the sheet
    assert book["Ask"]["B3"].value in (None, "")  # no key is ever written into it


def test_the_address_is_one_of_the_service() -> None:
    ask = load_workbook(BytesIO(service_workbook()))["Ask"]
    asked = {str(name.value): str(value.value or "") for name, value, _ in ask.iter_rows(min_row=2, max_row=7)}
    assert 'RelativePath = "questions/" & Values[question]' in QUERIES.read_text(encoding="utf-8")
    paths = described()["paths"]
    route = paths[f"{urlsplit(asked.pop('address')).path}/questions/{asked.pop('question')}"]["get"]
    assert asked.keys() - {"key"} <= {parameter["name"] for parameter in route["parameters"]}
