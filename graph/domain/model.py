"""The base classes that the domain is declared with; a wrong declaration fails at import."""

import re
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from iga.graph.domain.marking import Marking
from iga.graph.domain.values import Channel, Composite, Interval, Money, PartialDate, RefersTo
from iga.graph.errors import DomainError

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")

Shape = Literal["scalar", "day", "list", "interval", "money", "channel", "ref"]
"""How the fold treats a field: see `FieldRule.shape`."""


def said(description: str, *, example: object, marking: Marking = Marking.PUBLIC, searched: bool = False) -> Any:
    """Declare a field that sources may state: optional, described, with one example.

    Args:
        description: Meaning in one sentence; it is printed in docs/schema.md.
        example: One value as a source would give it.
        marking: Strictest audience of the field, whatever its source says.
        searched: Whether people look the subject up by it.
    """
    extra: dict[str, Any] = {"marking": marking, "searched": searched}
    return Field(default=None, description=description, examples=[example], json_schema_extra=extra)


def internal(description: str, *, example: object) -> Any:
    """Declare a field that is never public; arguments as for `said`."""
    return said(description, example=example, marking=Marking.INTERNAL)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What the rest of the program needs to know of a field.

    Attributes:
        name: Field name, which is also the property name (composites: its prefix).
        shape: scalar, day (partial date), list (united), interval, money, channel (taken whole), ref.
        searched: Whether its text goes into the search index.
        refers_to: Class or label of the subject named by a ref; blank otherwise.
    """

    name: str
    shape: Shape
    marking: Marking
    searched: bool
    refers_to: str


class Declared(BaseModel):
    """A frozen record of the domain. Its docstring and descriptions are the data dictionary."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if not cls.__doc__:
            raise DomainError(f"{cls.__name__} has no docstring: say in one sentence what one of them is")
        for name, field in cls.model_fields.items():
            if not field.description or not field.examples:
                raise DomainError(f"{cls.__name__}.{name} is not described: declare it with said(…, example=…)")

    @classmethod
    def rules(cls) -> dict[str, FieldRule]:
        """Return the rule of each field, by name, in the order of declaration."""
        return _rules(cls)


class Node(Declared):
    """Base of every node class. The class name is its label; ids are ``kind:slug``.

    Class attributes:
        kind: First part of its ids.
        labels: Groups it belongs to.
        marking: Least marking of everything said of one, whatever source and row say; even that there is one.
    """

    kind: ClassVar[str] = ""
    labels: ClassVar[tuple[str, ...]] = ()
    marking: ClassVar[Marking] = Marking.PUBLIC

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if not cls.__dict__.get("kind") and not cls.__name__.startswith("Any"):
            raise DomainError(f"{cls.__name__} has no kind: write kind = 'word', the first part of its ids")

    @classmethod
    def label(cls) -> str:
        """The label: the class name, so it can hold nothing but letters."""
        return cls.__name__

    @classmethod
    def all_labels(cls) -> tuple[str, ...]:
        """Every label a node of this class carries, sorted: ``Entity``, the class and its groups."""
        return tuple(sorted({"Entity", cls.__name__, *cls.labels}))


class Edge(Declared):
    """Base of every edge class. ``PartyTo`` is the relationship type ``PARTY_TO``.

    Class attributes:
        ends: Labels (a class or a group such as ``Party``) that its source, and its target, may carry.
        source, target: The same, each for itself.
        identity: Fields that make two edges between one pair different ones.
        start_is_identity: Whether two terms with different starts are two edges.
        phrase: How a sentence goes on from the source to the target, and from the target to the source.
        section: What is at the target, and what at the source, as a heading over all of them calls it.
        weight: How little it says of an acquaintance, by which paths are ranked, lightest first: 1 between people,
            offices or through money, 2 by common memberships and papers, 5 by what everybody has. None is not followed.
    """

    ends: ClassVar[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())
    source: ClassVar[tuple[str, ...]] = ()
    target: ClassVar[tuple[str, ...]] = ()
    identity: ClassVar[tuple[str, ...]] = ()
    start_is_identity: ClassVar[bool] = False
    phrase: ClassVar[tuple[str, str]] = ("", "")
    section: ClassVar[tuple[str, str]] = ("", "")
    weight: ClassVar[int | None] = 1

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.source, cls.target = cls.ends
        if not all(cls.ends) and not cls.__name__.startswith("Any"):
            raise DomainError(f"{cls.__name__} does not say what it joins: write ends = (…), (…)")
        if unknown := set(cls.identity) - set(cls.model_fields):
            raise DomainError(f"{cls.__name__}.identity names no field of it: {sorted(unknown)}")
        if not all((*cls.phrase, *cls.section)) and not cls.__name__.startswith("Any"):
            raise DomainError(f"{cls.__name__} is not put in words: write phrase = (there, back) and section = (…)")

    @classmethod
    @cache
    def type(cls) -> str:
        """The relationship type: ``PARTY_TO`` for ``PartyTo``."""
        return _WORD_START.sub("_", cls.__name__).upper()


@cache
def _rules(cls: type[Declared]) -> dict[str, FieldRule]:
    return {name: _rule(cls, name, field) for name, field in cls.model_fields.items()}


def _rule(cls: type[Declared], name: str, field: FieldInfo) -> FieldRule:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    shape, refers_to = _shape(cls, name, field)
    marking = extra.get("marking", Marking.PUBLIC)
    assert isinstance(marking, Marking)
    return FieldRule(name, shape, marking, bool(extra.get("searched")), refers_to)


def _shape(cls: type[Declared], name: str, field: FieldInfo) -> tuple[Shape, str]:
    inner = _without_none(field.annotation)
    marks = [*field.metadata]
    if typing.get_origin(inner) is typing.Annotated:
        marks += typing.get_args(inner)[1:]
        inner = typing.get_args(inner)[0]
    for mark in marks:
        if isinstance(mark, PartialDate):
            return "day", ""
        if isinstance(mark, RefersTo):
            return "ref", mark.label
    if typing.get_origin(inner) is tuple:
        return "list", ""
    if isinstance(inner, type) and issubclass(inner, Composite):
        return _COMPOSITES[inner], ""
    if inner in (str, int, bool) or typing.get_origin(inner) is Literal:
        return "scalar", ""
    raise DomainError(f"{cls.__name__}.{name} has a type the fold does not know: use one of iga.graph.domain.values")


_COMPOSITES: dict[type[Composite], Shape] = {Interval: "interval", Money: "money", Channel: "channel"}


def _without_none(annotation: Any) -> Any:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        rest = [part for part in typing.get_args(annotation) if part is not type(None)]
        return rest[0] if len(rest) == 1 else annotation
    return annotation
