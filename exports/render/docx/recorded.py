"""The record of a paper inside a .docx: a part of its own, which word processors carry along and do not show."""

from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from exports.render.docx.names import NAMESPACE

_ITEM = f'<?xml version="1.0" encoding="UTF-8"?>\n<paper xmlns="{NAMESPACE}">{{}}</paper>'
_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ds:datastoreItem ds:itemID="{6D0B5D0A-1C0B-4B7C-9B5E-1D8F3A2C7E10}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_ABOUT_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ABOUT_TIE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"


def add_record(docx: Docx, record: str) -> None:
    """Put a record into a file."""
    package = docx.part.package
    assert package is not None
    place = package.next_partname("/customXml/item%d.xml")  # templates have such parts of their own
    item = Part(place, "application/xml", _ITEM.format(escape(record)).encode(), package)
    about = Part(PackURI(f"/customXml/itemProps{place.idx}.xml"), _ABOUT_TYPE, _ABOUT.encode(), package)
    docx.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(about, _ABOUT_TIE)
