"""What changed as an Atom feed (RFC 4287), for a reader of feeds."""

from hashlib import blake2b

from lxml import etree

from iga.exports.wording import plain
from iga.queries.core.answer import Answer, AnswerRow

_ATOM = "http://www.w3.org/2005/Atom"


def atom_of(answer: Answer, *, address: str, at: str) -> bytes:
    """Return the rows of `what-changed` as a feed."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # its stubs know no default
    _add(feed, "id", f"urn:iga:changes:{_digest(address)}")
    _add(feed, "title", "IGA Graph: what changed")
    _add(feed, "subtitle", plain(answer.headline))
    _add(feed, "updated", at)
    _add(_add(feed, "author"), "name", "IGA Graph")
    _add(feed, "link", rel="self", href=address)
    for row in answer.rows:
        _entry(feed, row, answer, at)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(feed: etree._Element, row: AnswerRow, answer: Answer, at: str) -> None:
    """Add a change: dated by the day that it happened on, else by that of the feed."""
    told = row.model_dump(mode="json")
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:iga:change:{_digest(told['says'], told['subject'], told['key'] or '')}")
    _add(entry, "title", plain(told["says"]))
    day = told["happened_on"] or ""
    _add(entry, "updated", f"{day}T00:00:00Z" if len(day) == len("2026-01-01") else at)
    _add(entry, "category", term=told["what"])
    sources = (answer.evidence[number] for number in row.evidence if number in answer.evidence)
    _add(entry, "summary", plain("; ".join(f"{note.title}, {note.locator}" for note in sources)))


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _digest(*texts: str) -> str:
    return blake2b(chr(31).join(texts).encode(), digest_size=16).hexdigest()
