"""Makes workbooks that no spreadsheet program writes: small files that would cost a parser its time or memory."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>%s'
    "</workbook>"
)
_STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="0"/>%s</cellXfs></styleSheet>'
_STRINGS = f'<sst xmlns="{MAIN}">%s</sst>'

HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><is><t>Alpha</t></is></c></row>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """Return the XML of a sheet."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(**changed: str) -> dict[str, str]:
    """Return the parts of a workbook of two columns and one row, some changed: sheet, strings, styles, book, types."""
    return {
        "[Content_Types].xml": changed.get("types", _TYPES),
        "_rels/.rels": changed.get("root", _ROOT),
        "xl/workbook.xml": changed.get("book", BOOK % changed.get("names", "")),
        "xl/_rels/workbook.xml.rels": changed.get("links", _LINKS),
        "xl/styles.xml": changed.get("styles", _STYLES % changed.get("formats", "")),
        "xl/sharedStrings.xml": _STRINGS % changed.get("strings", ""),
        SHEET: changed.get("sheet", sheet(HEADER + ROW)),
    }


def packed(path: Path, contents: Mapping[str, str | bytes]) -> Path:
    """Write parts as a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def _numbered(piece: str, count: int) -> str:
    return "".join(piece % number for number in range(count))


def _in(tag: str, piece: str, count: int) -> str:
    return f"<{tag}>{_numbered(piece, count)}</{tag}>"


def _cell(text: str) -> str:
    return f'<row r="2"><c r="A2" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _many_rows(count: int, row: Callable[[int], str]) -> str:
    return sheet(HEADER + "".join(map(row, range(2, count + 2))))


def _overlapping() -> bytes:
    """Return a zip whose directory names one packed part under many names (D. Fifield, "A better zip bomb")."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        archive.writestr("xl/media/a", "x" * 4_000_000)
    whole = made.getvalue()
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    directory = whole[start:end]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(last.replace(b"xl/media/a", b"xl/media/%c" % letter) for letter in b"bcdefghij")
    count = len(parts()) + 10
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory) + len(copies), start, 0)
    return whole[:end] + copies + tail


def _lying() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(sheet=_many_rows(40_000, lambda n: f'<row r="{n}"/>')).items():
            archive.writestr(name, content)
    whole = made.getvalue()
    size = len(_many_rows(40_000, lambda n: f'<row r="{n}"/>')).to_bytes(4, "little")
    return whole.replace(size, (10).to_bytes(4, "little"))


_CF = (
    '<conditionalFormatting sqref="A%d"><cfRule type="cellIs" priority="1" operator="equal"><formula>1</formula>'
    "</cfRule></conditionalFormatting>"
)
_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {n} "{10 * ("&" + p + ";")}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)

Made: TypeAlias = Mapping[str, str | bytes] | bytes

BOMBS: dict[str, tuple[Callable[[], Made], str]] = {
    "shared texts": (lambda: parts(strings=_numbered("<si><t>%d</t></si>", 1_200_000)), "shared texts"),
    "five thousand parts": (lambda: parts() | {f"xl/media/{n}.bin": "" for n in range(5_000)}, "1,000 are the most"),
    "a ratio of a thousand": (lambda: parts() | {"xl/media/a.bin": "0" * 50_000_000}, "packed more than 200 to 1"),
    "sizes that lie": (_lying, "not a whole .xlsx"),
    "overlapping parts": (_overlapping, "overlap"),
    "a row beyond the last": (lambda: parts(sheet=sheet(HEADER + '<row r="4000000000"/>')), "rows beyond"),
    "rows of 16,384 cells": (
        lambda: parts(sheet=sheet(HEADER + '<row r="2">' + '<c r="XFA2"/>' * 16_384 + "</row>")),
        "beyond column ZZ",
    ),
    "two hundred thousand merged ranges": (
        lambda: parts(sheet=sheet(HEADER + ROW, after=_numbered('<mergeCell ref="A%d:B9"/>', 200_000))),
        "merged ranges",
    ),
    "a hundred thousand formats": (lambda: parts(formats=_numbered('<xf numFmtId="%d"/>', 100_000)), "cell formats"),
    "two hundred thousand names": (
        lambda: parts(names=_in("definedNames", '<definedName name="n%d">1</definedName>', 200_000)),
        "describes the workbook",
    ),
    "a tag of 100,000 attributes": (
        lambda: parts(sheet=sheet("<row " + _numbered('a%d="" ', 100_000) + "/>")),
        "a tag of more than",
    ),
    "an external entity in the sheet": (lambda: parts(sheet=_XXE + sheet(HEADER + ROW)), "declares a DTD"),
    "laughs in the sheet": (lambda: parts(sheet=_LAUGHS + sheet(HEADER + ROW)), "declares a DTD"),
    "laughs in the types": (lambda: parts(types=_LAUGHS + _TYPES), "declares a DTD"),
    "an external entity in the relationships": (lambda: parts(links=_XXE + _LINKS), "declares a DTD"),
    "a DTD in a part that is called a picture": (
        lambda: parts(links=_LINKS.replace("sheet1.xml", "a.png")) | {"xl/worksheets/a.png": _LAUGHS + sheet(ROW)},
        "declares a DTD",
    ),
    "a DTD in UTF-7": (
        lambda: parts(sheet='<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-' + sheet(ROW)),
        "not UTF-8",
    ),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "password-protected"),
    "OpenDocument": (lambda: {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument file"),
    "a binary workbook": (lambda: parts() | {"xl/workbook.bin": b"\x00"}, "(.xlsb)"),
    "nothing": (lambda: b"", "not a whole .xlsx"),
    "a zip cut off": (lambda: b"PK\x03\x04" + bytes(100), "not a whole .xlsx"),
    "a classified footer": (
        lambda: parts(
            sheet=sheet(HEADER + ROW, after="<headerFooter><oddFooter>SECRET//NOFORN</oddFooter></headerFooter>")
        ),
        "looks classified",
    ),
    "deep nesting in a cell": (
        lambda: parts(
            sheet=sheet(HEADER + '<row r="2"><c r="A2">' + "<a>" * 200_000 + "</a>" * 200_000 + "</c></row>")
        ),
        "damaged",
    ),
    "300,000 elements in a row": (lambda: parts(sheet=sheet(HEADER + _in("row", "<v a='%d'/>", 300_000))), "damaged"),
    "300,000 elements that are no rows": (
        lambda: parts(sheet=sheet(HEADER + ROW + _numbered("<v a='%d'/>", 300_000))),
        "read 1, new 1",
    ),
    "300,000 elements that are no texts": (lambda: parts(strings=_numbered("<v a='%d'/>", 300_000)), "read 1, new 1"),
    "heights of a hundred thousand rows": (
        lambda: parts(sheet=_many_rows(100_000, lambda n: f'<row r="{n}" ht="{n}.5" customHeight="1"/>')),
        "read 0",
    ),
    "a cell of ten million characters": (lambda: parts(sheet=sheet(HEADER + _cell(_numbered("%d,", 1_500_000)))), ""),
    "a last cell at XFD1048576": (
        lambda: parts(sheet=sheet(HEADER + ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "",
    ),
    "a hundred thousand conditional formats": (
        lambda: parts(sheet=sheet(HEADER + ROW, after=_numbered(_CF, 100_000))),
        "",
    ),
    "two hundred thousand checks": (
        lambda: parts(
            sheet=sheet(
                HEADER + ROW, after=_in("dataValidations", '<dataValidation sqref="A%d" type="whole"/>', 200_000)
            )
        ),
        "",
    ),
    "two hundred thousand columns": (
        lambda: parts(sheet=sheet(HEADER + ROW, before=_in("cols", '<col min="%d" max="9"/>', 200_000))),
        "",
    ),
    "two hundred thousand comments": (
        lambda: parts() | {"xl/comments1.xml": _in("comments", '<comment ref="A%d"/>', 200_000)},
        "",
    ),
    "a zip in a zip": (lambda: parts() | {"xl/embeddings/a.zip": _overlapping()}, ""),
    "macros": (lambda: parts() | {"xl/vbaProject.bin": bytes(range(256)) * 100}, ""),
}
"""What each is called, how it is made, and what the refusal says of it; blank where it is read to its end."""


def made(folder: Path, name: str, file: str) -> Path:
    """Write one of the workbooks."""
    content = BOMBS[name][0]()
    path = folder / file
    if isinstance(content, bytes):
        path.write_bytes(content)
        return path
    return packed(path, content)
