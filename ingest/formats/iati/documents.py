"""Document links: each address one document, of the activity, indicator or organization that links to it."""

from collections.abc import Sequence

from lxml.etree import _Element as Element

from ingest.formats.iati.codes import DOCUMENT_KINDS
from ingest.formats.iati.ids import mark_of
from ingest.formats.iati.money import day_of
from ingest.formats.iati.telling import Telling
from ingest.formats.iati.texts import cut, line, told


def tell_documents(telling: Telling, whole: str, links: Sequence[Element], *, edge: str = "UNDER") -> None:
    """State the documents that are linked to, each once, and what they belong to; an address is what makes one.

    Raises:
        Refusal: A value does not fit.
    """
    for url, link in {line(link.get("url")): link for link in links if line(link.get("url"))}.items():
        title = told(link.find("title"))
        kinds = dict.fromkeys(line(category.get("code")) for category in link.iterchildren("category"))
        dated = link.find("document-date")
        said = {
            "name": cut(title.main),
            "aliases": tuple(cut(other) for other in title.others),
            "summary": cut(told(link.find("description")).main, 20_000),
            "document_kind": cut(", ".join(DOCUMENT_KINDS.get(code, code) for code in kinds if code)),
            "language": cut(", ".join(line(one.get("code")) for one in link.iterchildren("language"))),
            "dated_on": day_of(dated.get("iso-date")) if dated is not None else "",
            "website": cut(url),
        }
        telling.edge(edge, telling.node(f"document:iati:{mark_of(url)}", said, link), whole, {}, link)
