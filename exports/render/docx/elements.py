"""What python-docx has no call for: fields, links, bookmarks, shading, rows that repeat, alt text."""

from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.wording import plain


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


def add_link(paragraph: Paragraph, text: str, *, style: str, anchor: str = "", url: str = "") -> None:
    """Add text that leads to a bookmark of this document, or to a web address."""
    link = element("w:hyperlink", history="1")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
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


def keep_rows(table: Table) -> None:
    """Keep rows from breaking across pages, and the first as a header on every page, which screen readers read out."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def describe(table: Table, *, title: str, text: str) -> None:
    """Give a table its alternative text."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=plain(title)))
    properties.append(element("w:tblDescription", val=plain(text)))
