"""What python-docx has no call for: fields, links, alt text, drawings, the record, a package of equal bytes."""

import io
import zipfile
from typing import cast
from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from iga.exports.pictures.png import png_of
from iga.exports.wording import plain

NAMESPACE = "urn:iga-graph:paper"
"""Namespace of the part that holds the record."""

_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ds:datastoreItem ds:itemID="{6D0B5D0A-1C0B-4B7C-9B5E-1D8F3A2C7E10}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_ABOUT_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ABOUT_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
# The place of an SVG beside the picture that stands in for it: [MS-ODRAWXML] 2.6.1 svgBlip.
_EXTENSION = (
    f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="PLACE"/></a:ext></a:extLst>'
)
_CONTENT_TYPES = "[Content_Types].xml"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML: ``element("w:shd", fill="EEEEEE")``."""
    created = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        created.set(qn(f"w:{name}"), value)
    return created


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor fills, such as ``PAGE``."""
    instruction = element("w:instrText")
    instruction.text = f" {code} "
    for part in (element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="end")):
        paragraph.add_run()._r.append(part)


def add_link(paragraph: Paragraph, text: str, *, style: str, anchor: str) -> None:
    """Add text that leads to a bookmark of this document."""
    link = element("w:hyperlink", history="1", anchor=anchor)
    run = Run(cast(CT_R, element("w:r")), paragraph)
    link.append(run._r)
    paragraph._p.append(link)
    run.text, run.style = text, style


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the whole paragraph a place that links lead to."""
    paragraph._p.get_or_add_pPr().addnext(element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def shade(cell: _Cell, fill: str) -> None:
    """Fill a cell with a colour, written as six hexadecimal digits."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=fill))


def keep_rows(table: Table, *, whole: int) -> None:
    """Keep rows from breaking across pages, and the first as a header on every page, which screen readers read out.

    A table of no more than `whole` rows stays on one page; of a longer one the first rows and the last ones do.
    """
    rows = table.rows
    kept = rows[:-1] if len(rows) <= whole + 1 else [*rows[:2], rows[-2]]
    for row in kept:
        for properties in row._tr.iter(qn("w:pPr")):
            properties.insert(1, element("w:keepNext"))  # behind the style, which every cell has
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def describe(table: Table, *, title: str, text: str) -> None:
    """Give a table its alternative text."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=plain(title)))
    properties.append(element("w:tblDescription", val=plain(text)))


def add_record(docx: Docx, record: str) -> None:
    """Put the record of a paper into a part of its own, which word processors carry along and do not show."""
    package = docx.part.package
    assert package is not None
    place = package.next_partname("/customXml/item%d.xml")  # templates have such parts of their own
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<paper xmlns="{NAMESPACE}">{escape(record)}</paper>'
    holder = Part(place, "application/xml", xml.encode(), package)
    about = Part(PackURI(f"/customXml/itemProps{place.idx}.xml"), _ABOUT_TYPE, _ABOUT.encode(), package)
    docx.part.relate_to(holder, RELATIONSHIP_TYPE.CUSTOM_XML)
    holder.relate_to(about, _ABOUT_RELATIONSHIP)


def add_drawing(docx: Docx, svg: str, *, title: str, alt: str, inches: float) -> None:
    """Add a drawing in a paragraph: SVG for programs that show it, with a PNG of the same for those that do not."""
    paragraph = docx.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png_of(svg, inches=inches)), width=Inches(inches))
    number = len(docx.inline_shapes)
    part = Part(PackURI(f"/word/media/chart{number}.svg"), "image/svg+xml", svg.encode(), docx.part.package)
    name = docx.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    [blip] = shape._inline.iter(qn("a:blip"))
    blip.append(parse_xml(_EXTENSION.replace("PLACE", name)))
    for attribute, text in (("name", f"Chart {number}"), ("title", plain(title)), ("descr", plain(alt))):
        shape._inline.docPr.set(attribute, text)


def same_bytes(package: bytes) -> bytes:
    """Return a package with its parts in order of name and packed, without the clock: equal on equal builds of zlib."""
    with zipfile.ZipFile(io.BytesIO(package)) as unsorted:
        parts = {name: unsorted.read(name) for name in unsorted.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_of_parts:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.create_system = 0  # else the machine's system is written
            member.compress_type = zipfile.ZIP_DEFLATED
            package_of_parts.writestr(member, parts[name])
    return out.getvalue()
