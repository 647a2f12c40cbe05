"""How a memo looks in Word: one style for each role, nothing formatted by hand."""

from dataclasses import dataclass

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle

from exports.render.docx.names import CELL, DRAFTER, MARK, NOTE
from exports.render.docx.parts import element
from exports.render.style import Style

INK = RGBColor(0x1B, 0x2A, 0x41)
TABLE, CHART, LINK = "Memo Table", "Memo Chart", "Hyperlink"


@dataclass(frozen=True)
class _Role:
    """How the paragraphs of one role are set; `step` is the difference to a size of the style."""

    size: str
    step: float = 0
    before: float = 0
    after: float = 0
    is_bold: bool = False


_PARAGRAPHS = {
    "Normal": _Role("text", after=4),
    "List Bullet": _Role("text", after=1),
    "Title": _Role("text", step=5, is_bold=True),
    "Subtitle": _Role("text", step=-1, after=4),
    "Heading 1": _Role("text", step=1, before=7, after=3, is_bold=True),
    "Heading 2": _Role("text", before=6, after=2, is_bold=True),
    "Caption": _Role("table", before=3, after=2, is_bold=True),
    "Header": _Role("note", step=1, is_bold=True),
    "Footer": _Role("note", step=1),
    CELL: _Role("table"),
    NOTE: _Role("note", after=2),
    DRAFTER: _Role("text", after=1),
}
_CHARACTERS = (MARK, LINK)
_TABLES = {TABLE: ("MemoTable", 70), CHART: ("MemoChart", 0)}
_OURS = frozenset({CELL, NOTE, DRAFTER, MARK})


def dress(docx: Docx, style: Style) -> None:
    """Give the styles of a file their look, and add those that it lacks.

    A file made from a reference document keeps its page and the styles that it has: only what it lacks is ours.
    """
    have = {known.name for known in docx.styles} if style.reference else set()
    if not style.reference:
        _page(docx)
    for name, role in _PARAGRAPHS.items():
        if name not in have:
            _paragraph_style(docx, name, role, style)
    for name in _CHARACTERS:
        if name not in have:
            _character_style(docx, name)
    for name, (identity, side) in _TABLES.items():
        if name not in have:
            table = _TABLE_STYLE.format(namespaces=nsdecls("w"), name=name, identity=identity, side=side)
            docx.styles.element.append(parse_xml(table))


def _page(docx: Docx) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.header_distance = section.footer_distance = Inches(0.5)


def _paragraph_style(docx: Docx, name: str, role: _Role, style: Style) -> None:
    if name not in docx.styles:
        made = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in _OURS)
        made.base_style = docx.styles["Normal"]
    size = {"text": style.text, "table": style.table, "note": style.note}[role.size] + role.step
    _space(docx, name, size=size, before=role.before, after=role.after, is_bold=role.is_bold)
    if not style.reference:
        _set_font(docx.styles[name], style.font)
    if name in ("Heading 1", "Heading 2", "Caption", DRAFTER):
        _style(docx, name).paragraph_format.keep_with_next = True  # blanks stay together
    if name in ("Heading 1", "Title"):
        _rule_below(_style(docx, name), "8A94A6" if name == "Heading 1" else "")
    if name == DRAFTER:
        _style(docx, name).element.get_or_add_pPr().insert_element_before(
            element("w:shd", val="clear", color="auto", fill="FFF4CC"), "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
    if name == NOTE:
        note = _style(docx, name).paragraph_format
        note.left_indent, note.first_line_indent = Inches(0.3), Inches(-0.3)
        note.tab_stops.add_tab_stop(Inches(0.3))


def _character_style(docx: Docx, name: str) -> None:
    made = docx.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name not in _OURS)
    assert isinstance(made, CharacterStyle)
    if name == MARK:
        made.font.superscript = True
    else:
        made.font.underline, made.font.color.rgb = True, RGBColor(0x0B, 0x4F, 0x8A)


def _style(docx: Docx, name: str) -> ParagraphStyle:
    style = docx.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _space(docx: Docx, name: str, *, size: float, before: float, after: float, is_bold: bool = False) -> None:
    style = _style(docx, name)
    style.font.size, style.font.bold, style.font.italic = (
        Pt(size),
        is_bold or None,
        None,
    )  # None: a table's style may say
    style.font.color.rgb = INK if is_bold else RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.widow_control = True


def _set_font(style: BaseStyle, font: str) -> None:
    """Name the typeface for every script, evenly set; the template's own would otherwise win."""
    properties = style.element.get_or_add_rPr()
    for inherited in ("w:spacing", "w:kern"):
        for setting in properties.findall(qn(inherited)):
            properties.remove(setting)
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def _rule_below(style: ParagraphStyle, colour: str) -> None:
    """Draw a line below the paragraphs of a style; a blank colour takes the template's line away."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    if not colour:
        return
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="4", space="1", color=colour))
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
    )


_TABLE_STYLE = """
<w:style {namespaces} w:type="table" w:customStyle="1" w:styleId="{identity}">
  <w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblInd w:w="{side}" w:type="dxa"/>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="1B2A41"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2A41"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C4CAD4"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="20" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>
      <w:bottom w:w="20" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2A41"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="E9EDF3"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
