"""What python-docx has no call for: fields, links, bookmarks, shading, rows that repeat, alt text."""

from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.wording import plain


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML: ``element("w:shd", fill="EEEEEE")``."""
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor fills, such as ``PAGE``."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)


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
    run.text = text
    run.style = style


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the whole paragraph a place that links lead to."""
    start, end = (
        element("w:bookmarkStart", id=str(number), name=name),
        element("w:bookmarkEnd", id=str(number)),
    )
    first = paragraph._p.pPr
    if first is None:
        paragraph._p.insert(0, start)
    else:
        first.addnext(start)
    paragraph._p.append(end)


def shade(cell: _Cell, fill: str) -> None:
    """Fill a cell with a colour, written as six hexadecimal digits."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=fill))


def repeat_on_every_page(row: _Row) -> None:
    """Mark a row as the header of its table: repeated on every page, read out by screen readers."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """Keep a row from breaking across pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def describe(table: Table, *, title: str, text: str) -> None:
    """Give a table its alternative text."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=plain(title)))
    properties.append(element("w:tblDescription", val=plain(text)))
