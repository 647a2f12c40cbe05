"""State nodes and edges, checked against the domain: what every reader, and whoever types, makes statements with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from msgspec.structs import replace

from iga.graph.domain.catalog import EDGE, KIND, NODE, fits
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import page_address
from iga.graph.statements import Confidence, Content, EdgeStatement, NodeStatement
from iga.ingest.fields import fitting
from iga.ingest.rejections import LOOP, UNFIT, Refusal
from iga.ingest.subjects import NAMED, class_named_by, digest_of, slug

Statement: TypeAlias = NodeStatement | EdgeStatement
Statements: TypeAlias = list[Statement]

LONGEST_LINE = 1_000
"""As `iga.graph.domain.values.Line` has it."""

# A key is printed in messages and kept in every index of the ledger.
LONGEST_KEY = 500
LONGEST_URL = 2_000
LONGEST_NOTE = 20_000

INTERNAL = int(Marking.INTERNAL)
_EMPTY: tuple[object, ...] = (None, "", [], (), {})
_PLANNED = ("planned", "confirmed", "postponed")


def node(subject: str, values: Mapping[str, Any], *, stated_on: str = "", marking: int = 0) -> NodeStatement:
    """Return what is said of a node; its class follows from its id, and what is empty is not said.

    Raises:
        Refusal: The id is none, or a value does not fit its field.
    """
    cls = class_named_by(subject)
    if cls is None:
        raise Refusal(f"{subject!r} is not an id", fix="ids are kind:slug in lower case", code=UNFIT, value=subject)
    return NodeStatement(cls, subject, fitting(NODE[cls], filled(values)), stated_on, marking)


def edge(
    kind: str,
    source: str,
    target: str,
    values: Mapping[str, Any] | None = None,
    *,
    stated_on: str = "",
    marking: int = 0,
) -> EdgeStatement:
    """Return what is said of a relationship.

    Raises:
        Refusal: An end cannot stand there, both are one, or a value does not fit its field.
    """
    declared = EDGE[kind]
    for end, labels in ((source, declared.source), (target, declared.target)):
        cls = class_named_by(end)
        if cls is None or not fits(cls, labels):
            fix = f"name one of these: {', '.join(labels)}"
            raise Refusal(f"{end} cannot stand in {kind}", fix=fix, code=UNFIT, value=end)
    check_loop(kind, source, target)
    return EdgeStatement(kind, source, target, fitting(declared, filled(values or {})), stated_on, marking)


def check_loop(kind: str, source: str, target: str, *, column: str = "") -> None:
    """Refuse a relationship that joins a subject to itself."""
    if source == target:
        reason = f"{kind} joins {source} to itself"
        raise Refusal(reason, fix="correct one of its two ends", code=LOOP, column=column, value=source)


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is not empty: the rest is not said."""
    return {name: value for name, value in values.items() if value not in _EMPTY}


def named_id(kind: str, name: str, *, apart: str = "") -> str:
    """Return the id of a subject known by its name alone: ``named:organization:example-relief``.

    What tells two of one name apart stands before it: ``named:body:gha-ministry-of-justice``.

    Raises:
        Refusal: The name holds no letter or digit.
    """
    if not (end := slug(name)):
        raise Refusal(f"{name!r} holds no letter or digit to name a subject by", fix="write its name", value=name)
    return f"{NAMED}:{kind}:{f'{apart}-{end}' if apart else end}"


def opaque_id(kind: str, *texts: str) -> str:
    """Return an id that is always the same for the same texts and tells nothing of them."""
    assert kind in KIND, f"there is no kind {kind}"
    return f"{kind}:{digest_of(*texts)}"


def as_line(text: str) -> str:
    """Return text on one line, cut with an ellipsis where it is longer than a line of the domain."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def internal_until_held(statements: Statements, *, attendance_is_marked: bool = False) -> Statements:
    """Return what one record says, internal as far as it must be, whichever file states it.

    An engagement that is not held yet is internal. So is a PARTICIPATED of a record that does not say that the
    engagement was held, unless its own marking is stated.
    """
    status = [s.values.get("status") for s in statements if isinstance(s, NodeStatement) and s.cls == "Engagement"]
    not_held = "held" not in status and not attendance_is_marked

    def is_hidden(statement: Statement) -> bool:
        if isinstance(statement, EdgeStatement):
            return not_held and statement.type == "PARTICIPATED"
        return statement.cls == "Engagement" and statement.values.get("status") in _PLANNED

    return [replace(s, marking=max(s.marking, INTERNAL)) if is_hidden(s) else s for s in statements]


@dataclass
class RecordBuilder:
    """Collects what one record says: each subject once, as it is stated first, and remarks on what was left out.

    Attributes:
        stated_on: Day, possibly partial, that the record is stated for; blank is not told.
        marking: That of what is stated without a marking of its own.
        notes: Remarks that stay with the record, each a clause.
    """

    stated_on: str = ""
    marking: int = 0
    notes: list[str] = field(default_factory=list)
    _stated: dict[tuple[str, ...], Statement] = field(default_factory=dict)

    def node(self, subject: str, values: Mapping[str, Any], *, at: Any = None, marking: int | None = None) -> str:
        """State a node and return its id; `at` is where in its record it stands.

        Raises:
            Refusal: The id is none, or a value does not fit.
        """
        marked = self.marking if marking is None else marking
        self._state((subject,), lambda: node(subject, values, stated_on=self.stated_on, marking=marked), at)
        return subject

    def edge(
        self,
        kind: str,
        source: str,
        target: str,
        values: Mapping[str, Any] | None = None,
        *,
        at: Any = None,
        stated_on: str | None = None,
        marking: int | None = None,
    ) -> None:
        """State a relationship; `at` is where in its record it stands.

        Raises:
            Refusal: It joins a subject to itself, or a value does not fit.
        """
        key, marked = (kind, source, target), self.marking if marking is None else marking
        day = self.stated_on if stated_on is None else stated_on
        self._state(key, lambda: edge(*key, values, stated_on=day, marking=marked), at)

    def content(self, *, url: str = "", confidence: Confidence = "high") -> Content:
        """Return all that the record says, planned engagements internal, and the page that it rests on.

        Raises:
            Refusal: The page is none: its address is of another scheme than those of pages.
        """
        try:
            page_address(url)
        except ValueError as fault:
            raise Refusal(f"{url[:100]!r} is no link", fix=str(fault), code=UNFIT, value=url) from None
        note = "; ".join(dict.fromkeys(filter(None, self.notes)))[:LONGEST_NOTE]
        return Content(tuple(internal_until_held(self.ordered())), url=url, confidence=confidence, note=note)

    def ordered(self) -> Statements:
        """Return what is stated so far, in the order in which it was."""
        return list(self._stated.values())

    def _state(self, key: tuple[str, ...], statement: Callable[[], Statement], at: Any) -> None:  # noqa: ARG002  (told by formats that know places)
        """Keep a statement unless its subject was stated before."""
        if key not in self._stated:
            self._stated[key] = statement()
