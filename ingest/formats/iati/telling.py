"""Collect what one record says: statements checked against the domain, and remarks on what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element as Element
from pydantic import ValidationError

from graph.domain.catalog import EDGE, KIND
from graph.domain.model import Declared
from graph.statements import Content, EdgeStatement, NodeStatement, Values
from ingest.fields import first_fault, validated
from ingest.rejections import LOOP, UNFIT, Refusal
from ingest.rows import LONGEST_NOTE
from ingest.subjects import kind_of_id


@dataclass
class Telling:
    """What has been collected of a record so far.

    Attributes:
        currency: That of amounts which name none; blank is unknown.
        notes: Remarks that stay with the record, each a clause.
    """

    currency: str = ""
    notes: list[str] = field(default_factory=list)
    _nodes: dict[str, NodeStatement] = field(default_factory=dict)
    _edges: dict[tuple[str, str, str], EdgeStatement] = field(default_factory=dict)

    def node(self, subject: str, said: Mapping[str, Any], at: Element) -> str:
        """State a node of the class that its id names, once; return the id.

        Raises:
            Refusal: A value does not fit; the refusal names the element `at` which it stands.
        """
        cls = KIND[kind_of_id(subject)]
        if subject not in self._nodes:
            self._nodes[subject] = NodeStatement(cls.label(), subject, _checked(cls, said, at))
        return subject

    def edge(self, kind: str, source: str, target: str, said: Mapping[str, Any], at: Element) -> None:
        """State a relationship, once.

        Raises:
            Refusal: It joins a subject to itself, or a value does not fit.
        """
        if source == target:
            raise Refusal(
                f"line {at.sourceline}: <{at.tag}> joins {source} to itself",
                fix="correct the reference",
                code=LOOP,
                column=str(at.tag),
                value=source,
            )
        if (kind, source, target) not in self._edges:
            self._edges[kind, source, target] = EdgeStatement(kind, source, target, _checked(EDGE[kind], said, at))

    def content(self) -> Content:
        """Return all that the record says."""
        note = "; ".join(dict.fromkeys(self.notes))[:LONGEST_NOTE]
        return Content((*self._nodes.values(), *self._edges.values()), note=note)


def refused(at: Element, what: str, *, fix: str, value: str = "") -> Refusal:
    """Return the refusal of a record for what one of its elements says."""
    return Refusal(f"line {at.sourceline}: <{at.tag}> {what}", fix=fix, code=UNFIT, column=str(at.tag), value=value)


def _checked(declared: type[Declared], said: Mapping[str, Any], at: Element) -> Values:
    given = {name: value for name, value in said.items() if value not in (None, "", (), [], {})}
    try:
        return validated(declared)(given) if given else {}
    except ValidationError as error:
        name, reason = first_fault(error)
        told = given.get(name)
        value = told.get(reason.split(":")[0], told) if isinstance(told, dict) else told
        raise refused(
            at,
            f"does not fit {declared.__name__}.{name}: {reason}",
            fix=f"correct it; {name} means: {declared.model_fields[name].description}",
            value=str(value),
        ) from None
