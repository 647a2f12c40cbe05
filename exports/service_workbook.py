"""A workbook that asks the service: what is asked stands in cells, and its queries fetch answer, rows and evidence."""

import io
import struct
import zipfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from openpyxl.utils import absolute_coordinate, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from iga.exports.sheets import head, new_book, put, saved
from iga.graph.keys import VERSION

_XML = '<?xml version="1.0" encoding="utf-8"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MASHUP = "http://schemas.microsoft.com/DataMashup"
SECTION = "Formulas/Section1.m"
"""Where a package keeps its queries (2.3)."""

_ITEM = "{5E1A0C6B-0A57-4C55-9D7B-7C2A5D5B3A10}"  # names this part within its workbook
_CONFIG = (
    f"{_XML}<Package><Version>2.99.202.0</Version><MinVersion>2.21.0.0</MinVersion><Culture>en-US</Culture></Package>"
)
_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
    '<Default Extension="m" ContentType="application/x-ms-m"/></Types>'
)
_PERMISSIONS = (
    f"{_XML}<PermissionList><CanEvaluateFuturePackages>false</CanEvaluateFuturePackages>"
    "<FirewallEnabled>true</FirewallEnabled></PermissionList>"
)
# A checksum that Windows makes for one account stands here. Where it does not fit, the permissions are the defaults
# (2.6), which are those above.
_UNBOUND = b"\0"


def with_queries(
    workbook: bytes, section: str, tables: Mapping[str, int], columns: Mapping[str, Sequence[str]]
) -> bytes:
    """Return a workbook with queries."""
    filled = {name: table for name, table in tables.items() if table}
    mashup = f'<DataMashup xmlns="{_MASHUP}">{_stream(section, tables)}</DataMashup>'
    parts: dict[str, str | bytes] = {
        "customXml/item1.xml": f'<?xml version="1.0" encoding="utf-16"?>{mashup}'.encode("utf-16"),
        "customXml/itemProps1.xml": f'{_XML}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_ITEM}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_MASHUP}"/></ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": _related("customXmlProps", "itemProps1.xml"),
        "xl/connections.xml": _connections(filled),
    }
    types = {
        "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "xl/connections.xml": f"{_SHEET}.connections+xml",
    }
    for number, (name, table) in enumerate(filled.items(), 1):
        path = f"xl/queryTables/queryTable{number}.xml"
        parts[path], types[path] = _query_table(number, columns[name]), f"{_SHEET}.queryTable+xml"
        parts[f"xl/tables/_rels/table{table}.xml.rels"] = _related("queryTable", f"/{path}")
    return _with_parts(workbook, parts, types)


def _stream(section: str, tables: Mapping[str, int]) -> str:
    """Return the binary stream (2.2) in base 64: a version and four fields, each behind its length."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in (("Config/Package.xml", _CONFIG), ("[Content_Types].xml", _TYPES), (SECTION, section)):
            archive.writestr(path, text)
    items = "".join(_item(name, table) for name, table in tables.items())
    listed = (
        f"{_XML}<LocalPackageMetadataFile><Items><Item><ItemLocation><ItemType>AllFormulas</ItemType><ItemPath/>"
        f"</ItemLocation><StableEntries/></Item>{items}</Items></LocalPackageMetadataFile>"
    )
    metadata = _of_version_0(listed.encode(), b"")  # 2.5
    return b64encode(_of_version_0(package.getvalue(), _PERMISSIONS.encode(), metadata, _UNBOUND)).decode()


def _of_version_0(*fields: bytes) -> bytes:
    return struct.pack("<i", 0) + b"".join(struct.pack("<i", len(field)) + field for field in fields)


def _item(name: str, table: int) -> str:
    """Return what is kept of a query beside its text (2.5.2)."""
    fills = {"FillObjectType": "sTable", "FillTarget": f"s{name}"} if table else {"FillObjectType": "sConnectionOnly"}
    entries = {"IsPrivate": "l0", "FillEnabled": f"l{int(table > 0)}", "FillToDataModelEnabled": "l0", **fills}
    written = "".join(f"<Entry Type={quoteattr(kind)} Value={quoteattr(value)}/>" for kind, value in entries.items())
    place = f"<ItemLocation><ItemType>Formula</ItemType><ItemPath>Section1/{name}</ItemPath></ItemLocation>"
    return f"<Item>{place}<StableEntries>{written}</StableEntries></Item>"


def _connections(names: Mapping[str, int]) -> str:
    found = (
        f'<connection id="{number}" keepAlive="1" name="Query - {name}" type="5" refreshedVersion="7" background="1"'
        f' saveData="1"><dbPr connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location={name};'
        f'Extended Properties=&quot;&quot;" command="SELECT * FROM [{name}]"/></connection>'
        for number, name in enumerate(names, 1)
    )
    return f"{_XML}<connections {_MAIN}>{''.join(found)}</connections>"


def _query_table(number: int, columns: Sequence[str]) -> str:
    fields = "".join(
        f'<queryTableField id="{place}" name={quoteattr(name)} tableColumnId="{place}"/>'
        for place, name in enumerate(columns, 1)
    )
    return (
        f'{_XML}<queryTable {_MAIN} name="ExternalData_{number}" connectionId="{number}" autoFormatId="16">'
        f'<queryTableRefresh nextId="{len(columns) + 1}"><queryTableFields count="{len(columns)}">{fields}'
        "</queryTableFields></queryTableRefresh></queryTable>"
    )


def _related(kind: str, target: str) -> str:
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _with_parts(workbook: bytes, parts: Mapping[str, str | bytes], types: Mapping[str, str]) -> bytes:
    """Return a workbook with more parts, those of its own that list them completed."""
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in types.items())
    links = "".join(
        f'<Relationship Id="query{kind}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for kind, target in {"connections": "connections.xml", "customXml": "../customXml/item1.xml"}.items()
    )
    before = {"[Content_Types].xml": ("</Types>", overrides), "xl/_rels/workbook.xml.rels": ("</Relationships>", links)}
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in old.infolist():
            end, more = before.get(entry.filename, ("", ""))
            content = old.read(entry)
            archive.writestr(entry, content.replace(end.encode(), f"{more}{end}".encode()) if end else content)
        for path, text in parts.items():
            archive.writestr(path, text)
    return whole.getvalue()


QUERIES = Path(__file__).with_name("service_queries.m")
"""The queries, in M."""

_ASK = (
    (
        "address",
        f"http://127.0.0.1:8750{VERSION}",
        "Where the service answers: iga serve prints it; /v1 is the version.",
    ),
    (
        "key",
        "",
        "A key, from whoever runs the service; blank on your own machine. Whoever gets this file gets the key.",
    ),
    ("question", "contact", "Name of a question: docs/questions.md lists them."),
    ("party", "OSCE", "This row and those below are its parameters; change them, add more, or leave them blank."),
    ("topic", "child trafficking", ""),
    ("as_of", "", "A day such as 2026-11-25; blank is today."),
)
_FETCHED = {
    "Answer": ("Part", "Text"),
    "Rows": ("Rows",),
    "Evidence": ("number", "title", "stated_on", "locator", "url"),
}
"""Columns of what the queries fetch, as they stand before the first time."""


def service_workbook() -> bytes:
    """Return the workbook as the bytes of its file."""
    book, sheet = new_book("Questions to IGA Graph")
    sheet.title = "Ask"
    head(sheet, ("Name", "Value", "What it is"), widths=(16, 44, 90))
    for row, texts in enumerate(_ASK, 2):
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text)
    put(sheet, len(_ASK) + 3, 1, "Then: Data > Refresh All. docs/spreadsheets.md says what Excel asks the first time.")
    sheet.add_table(_table("Ask", 1, ("Name", "Value", "What it is"), rows=len(_ASK)))
    for number, (name, columns) in enumerate(_FETCHED.items(), 2):
        fetched = book.create_sheet(name)
        head(fetched, columns, widths=[30] * len(columns))
        _make_fetched(fetched, _table(name, number, columns, rows=1), place=number - 1)
    tables = {"Reply": 0, **{name: number for number, name in enumerate(_FETCHED, 2)}}
    return with_queries(saved(book), QUERIES.read_text(encoding="utf-8"), tables, _FETCHED)


def _table(name: str, number: int, columns: Sequence[str], *, rows: int) -> Table:
    ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"
    made = Table(id=number, name=name, displayName=name, ref=ref, autoFilter=AutoFilter(ref=ref))
    made.tableColumns = [TableColumn(id=place, name=column) for place, column in enumerate(columns, 1)]
    return made


def _make_fetched(sheet: Worksheet, table: Table, *, place: int) -> None:
    """Put a table on a sheet that a query fills."""
    table.tableType = "queryTable"
    for column in table.tableColumns:
        column.queryTableFieldId, column.uniqueName = column.id, str(column.id)
    sheet.add_table(table)
    named = DefinedName(
        f"ExternalData_{place}", attr_text=f"{sheet.title}!{absolute_coordinate(table.ref)}", hidden=True
    )
    sheet.defined_names.add(named)
