"""What the readers of IATI records share: texts, ids, and the builder of what a record says."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml.etree import _Element as Element

from graph.statements import Content, EdgeStatement, NodeStatement
from ingest.fields import Misfit
from ingest.record_builder import edge, node
from ingest.rejections import UNFIT, Refusal
from ingest.rows import LONGEST_NOTE
from ingest.subjects import digest_of, slug

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED = "en"
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000


class Told(NamedTuple):
    """A text in the language that is printed, and the same in others."""

    main: str = ""
    others: tuple[str, ...] = ()


def told(element: Element | None) -> Told:
    """Return the narratives of an element: English if it is there, else the first, and the others; blank for None."""
    if element is None:
        return Told()
    narratives = element.findall("narrative")
    if len(narratives) < 2:  # nearly always; the language of a single text chooses nothing
        return Told(line(narratives[0].text)) if narratives else Told()
    default = language(element)
    found: dict[str, str] = {}
    for narrative in narratives:
        if text := line(narrative.text):
            found.setdefault(text, (narrative.get(_LANG) or default).lower())
    main = next((text for text, code in found.items() if code.partition("-")[0] == _PREFERRED), next(iter(found), ""))
    return Told(main, tuple(text for text in found if text != main))


def language(element: Element) -> str:
    """Return the language that texts of an element are in when they do not say; English when nothing says."""
    while True:
        if code := element.get(_LANG):
            return code
        above = element.getparent()
        if above is None:
            return _PREFERRED
        element = above


def line(text: str | None) -> str:
    """Return a text on one line; blank for None."""
    return " ".join((text or "").split())


def line_of(element: Element) -> int:
    """Return the physical line on which an element starts; 0 when nothing tells."""
    found: Any = element.sourceline  # the stubs have it wrong
    return int(found or 0)


def cut(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text that fits its field; what is cut away is marked by an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()} …"


_PLAIN = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.ASCII)
_LONGEST = 80


def end_of_id(identifier: str) -> str:
    """Return the last part of an id: ``GB-1-105838`` is ``gb-1-105838``.

    Only an identifier of capitals, digits, points and hyphens stands as it is; any other ends in eight digits of
    its digest, so that two identifiers never meet in one id.
    """
    if len(identifier) <= _LONGEST and _PLAIN.fullmatch(identifier):
        return identifier.lower()
    mark = digest_of(identifier, size=4)
    words = slug(identifier)[:60].strip("-")
    return f"{words}-{mark}" if words else mark


class Twins:
    """Numbers what would get one id: the second is ``…-2``."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def told_apart(self, subject: str) -> str:
        """Return an id, with a number behind it for each one that was there before."""
        count = self._seen[subject] = self._seen.get(subject, 0) + 1
        return subject if count == 1 else f"{subject}-{count}"


@dataclass
class RecordBuilder:
    """Collects what one record says: each subject once, as it is stated first, and remarks on what was left out.

    Attributes:
        currency: That of amounts which name none; blank is unknown.
        notes: Remarks that stay with the record, each a clause.
    """

    currency: str = ""
    notes: list[str] = field(default_factory=list)
    _nodes: dict[str, NodeStatement] = field(default_factory=dict)
    _edges: dict[tuple[str, str, str], EdgeStatement] = field(default_factory=dict)

    def node(self, subject: str, given: Mapping[str, Any], at: Element) -> str:
        """State a node and return its id.

        Raises:
            Refusal: A value does not fit; the refusal names the element `at` which it stands.
        """
        if subject not in self._nodes:
            with _located(at):
                self._nodes[subject] = node(subject, given)
        return subject

    def edge(self, kind: str, source: str, target: str, at: Element, given: Mapping[str, Any] | None = None) -> None:
        """State a relationship.

        Raises:
            Refusal: It joins a subject to itself, or a value does not fit.
        """
        if (kind, source, target) not in self._edges:
            with _located(at):
                self._edges[kind, source, target] = edge(kind, source, target, given)

    def content(self) -> Content:
        """Return all that the record says."""
        note = "; ".join(dict.fromkeys(self.notes))[:LONGEST_NOTE]
        return Content((*self._nodes.values(), *self._edges.values()), note=note)


def refused(at: Element, what: str, *, fix: str, code: str = UNFIT, value: str = "") -> Refusal:
    """Return the refusal of a record for what one of its elements says."""
    return Refusal(f"line {at.sourceline}: <{at.tag}> {what}", fix=fix, code=code, column=str(at.tag), value=value)


@contextmanager
def _located(at: Element) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        what = refusal.about if isinstance(refusal, Misfit) else refusal.reason
        raise refused(at, what, fix=refusal.fix, code=refusal.code, value=refusal.value) from None
