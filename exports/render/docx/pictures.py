"""Drawings of a .docx: SVG for programs that show it, with a PNG of the same for those that do not."""

import io

import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches

from exports.render.docx.page import Page
from exports.wording import plain

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
# The place of an SVG beside the picture that stands in for it: [MS-ODRAWXML] 2.6.1 svgBlip.
_EXTENSION = (
    f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="PLACE"/></a:ext></a:extLst>'
)
_DRAWING = b"""#set page(width: 468pt, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
_DOTS_PER_INCH = 200.0


def add_drawing(page: Page, svg: str, *, title: str, alt: str, inches: float) -> None:
    """Add a drawing in a paragraph of its own, with its alternative text."""
    paragraph = page.docx.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture_of(svg)), width=Inches(inches))
    number = len(page.docx.inline_shapes)
    part = Part(PackURI(f"/word/media/chart{number}.svg"), "image/svg+xml", svg.encode(), page.docx.part.package)
    name = page.docx.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    [blip] = shape._inline.iter(qn("a:blip"))
    blip.append(parse_xml(_EXTENSION.replace("PLACE", name)))
    told = shape._inline.docPr
    told.set("name", f"Chart {number}")
    told.set("title", plain(title))
    told.set("descr", plain(alt))


def picture_of(svg: str) -> bytes:
    """Return an SVG as a PNG, drawn with the typefaces of the compiler alone: the same on every machine."""
    compiler = typst.Compiler(_DRAWING, ignore_system_fonts=True, sys_inputs={"svg": svg})
    made = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
    assert isinstance(made, bytes)
    return made
