"""The types that names are reconciled to, and the properties things have: fields, and what they are tied to."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel
from rapidfuzz import fuzz, process

from iga.graph.domain.catalog import EDGE, KIND, NODE, NODES, fits
from iga.graph.domain.model import FieldRule
from iga.graph.errors import NotFound
from iga.graph.text import folded, plural
from iga.queries.core.reading import Entity
from iga.queries.core.sections import SECTIONS


class Wire(BaseModel):
    """Base of what goes over the wire; members that are None are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Wire):
    """A thing told by id and name."""

    id: str = Field(description="Identifier.")
    name: str = Field(description="Name in plain words.")


class Type(Named):
    """A class of things, or a group of classes."""

    description: str | None = Field(default=None, description="What one of them is.")
    broader: tuple["Type", ...] | None = Field(default=None, description="Groups that the class belongs to.")


class Feature(Wire):
    """One thing that a score rests on."""

    id: str = Field(description="name, exact, type, rivals, or the id of a property that was given.")
    value: bool | float = Field(description="Yes or no, or a number.")


class Candidate(Named):
    """One thing that a name may mean."""

    description: str = Field(description="What it is, where, and the name that matched if it is printed otherwise.")
    type: tuple[Type, ...] = Field(description="Its class, then the groups that the class belongs to.")
    score: float = Field(description="From 0 to 100; only good for comparing candidates of one name.")
    features: tuple[Feature, ...] = Field(description="What the score rests on.")
    match: bool = Field(description="Whether it is meant beyond doubt.")


class MatchResult(Wire):
    """The candidates for one name, best first."""

    result: tuple[Candidate, ...] = Field(description="Candidates; empty when nothing is called so.")


class Results(RootModel[dict[str, MatchResult]]):
    """The candidates for each name of a batch, by the keys of the batch."""


class Suggestion(Named):
    """A thing, property or type that begins like what was typed."""

    description: str | None = Field(default=None, description="What tells it from its namesakes.")
    notable: tuple[Type, ...] | None = Field(default=None, description="Types of a thing.")
    broader: tuple[Type, ...] | None = Field(default=None, description="Broader types of a type.")


class Suggestions(Wire):
    """What begins like what was typed, best first."""

    result: tuple[Suggestion, ...] = Field(description="Suggestions.")


class Flyout(Wire):
    """A few lines on a suggestion."""

    id: str = Field(description="Identifier asked for.")
    html: str = Field(description="A fragment of HTML.")


class ProposedProperty(Named):
    """A property that can be fetched."""

    description: str | None = Field(default=None, description="What it says.")


class ProposedProperties(Wire):
    """The properties that things of a type have."""

    type: str = Field(description="Type asked for.")
    properties: tuple[ProposedProperty, ...] = Field(description="Properties.")
    limit: int | None = Field(default=None, description="Most properties asked for.")


class Column(Named):
    """A property that was fetched, with the type of its values if they are things."""

    type: Named | None = Field(default=None, description="Type of the values.")


class Extension(Wire):
    """Values of properties of things; a property without a value has an empty list."""

    meta: tuple[Column, ...] = Field(description="The properties, in the order asked for.")
    rows: dict[str, dict[str, tuple[dict[str, Any], ...]]] = Field(
        description="By id of the thing and of the property: objects with one of str, int, date, or id and name."
    )


class Manifest(RootModel[dict[str, Any]]):
    """What the service is and offers, as the API describes it."""


COUNTRY = "country"
"""The property that asks where a thing belongs, whatever its class calls that."""

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")
_LABELS = {"Ngo": "Non-governmental organization"}
_GROUPS = {
    "Party": "Everyone who can sign, join, fund, receive or promise: governments, bodies, organizations, people.",
    "Agreement": "What has parties: treaties, compacts, memoranda and declarations.",
}
_COUNTRY_FIELDS = ("country", "government", "host", "sovereignty")
_SPELT = {
    "un_name": "UN name",
    "iso2": "ISO 2 code",
    "iso3": "ISO 3 code",
    "genc3": "GENC code",
    "fips": "GEC (FIPS) code",
    "m49": "UN M49",
}
_LANGUAGES = {"ar": "Arabic", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}


def label_of(name: str) -> str:
    """Return a class or group in plain words: ``PublicBody`` is ``Public body``."""
    return _LABELS.get(name) or _WORD_START.sub(" ", name).capitalize()


@cache
def types() -> dict[str, Type]:
    """Return every type by its id, groups first, then classes in the order of the domain."""
    groups = {name: Type(id=name, name=label_of(name), description=text) for name, text in _GROUPS.items()}
    classes = {}
    for node in NODES:
        cls, meaning = node.label(), (node.__doc__ or "").splitlines()[0]
        broader = tuple(Type(id=name, name=label_of(name)) for name in groups if name in node.all_labels())
        classes[cls] = Type(id=cls, name=label_of(cls), description=meaning, broader=broader or None)
    return groups | classes


def types_of(cls: str) -> tuple[Type, ...]:
    """Return the types of a thing: its class, then the groups that the class belongs to."""
    own = types()[cls]
    return (Type(id=own.id, name=own.name), *(own.broader or ()))


def type_named(text: str) -> str:
    """Return the id of the type that a word stands for: ``ngo``, ``Public body``, ``parties``.

    Raises:
        NotFound: There is no such type; the error suggests which there are.
    """
    known, wanted = _spoken(), folded(text)
    if wanted in known:
        return known[wanted]
    meant, near = _meant(wanted, known, otherwise=f"kinds are {', '.join(types())}")
    raise NotFound(f"there is no kind {text!r}; {meant}", suggestions=near)


@cache
def _spoken() -> dict[str, str]:
    """Return the ids of the types by every way to say them."""
    singular = {folded(way): type_.id for type_ in types().values() for way in (type_.id, type_.name)}
    return (
        {plural(word): id_ for word, id_ in singular.items()}
        | {kind: node.label() for kind, node in KIND.items()}
        | singular
    )


def _meant(text: str, known: dict[str, str], *, otherwise: str) -> tuple[str, tuple[str, ...]]:
    """Return what to say of a word that is not known, and the ids whose names are most like it, three at most."""
    near = process.extract(text, list(known), scorer=fuzz.ratio, limit=4, score_cutoff=60)
    ids = tuple(dict.fromkeys(known[word] for word, _, _ in near))[:3]
    return f"did you mean {' or '.join(ids)}?" if ids else otherwise, ids


@dataclass(frozen=True)
class Property:
    """A property.

    Attributes:
        id: Name of the field, or type and direction of a relationship: ``MEMBER_OF.out``.
        refers_to: Type of its values where they are things; blank otherwise.
        edge: Type of the relationship; blank for a field.
        is_out: Whether the relationship leads from the thing.
    """

    id: str
    name: str
    description: str
    classes: tuple[str, ...]
    refers_to: str = ""
    edge: str = ""
    is_out: bool = False


@cache
def properties() -> dict[str, Property]:
    """Return every property by its id: fields in the order of the domain, then relationships in that of a profile."""
    fields = {name: _field(name) for node in NODES for name in node.rules()}
    edges = (
        _edge(kind, title, is_out=is_out)
        for kind, titles in SECTIONS.items()
        for is_out, title in zip((True, False), titles, strict=True)
    )
    return fields | {edge.id: edge for edge in edges}


def properties_of(type_id: str) -> tuple[Property, ...]:
    """Return the properties that things of a type have; those of all types where the type is blank or unknown."""
    classes = {node.label() for node in NODES if type_id not in types() or fits(node.label(), (type_id,))}
    return tuple(it for it in properties().values() if classes & set(it.classes))


def property_named(text: str) -> Property:
    """Return the property with an id.

    Raises:
        NotFound: There is none; the error suggests which there are.
    """
    known = properties()
    if text not in known:
        ways = {way: it.id for it in known.values() for way in (it.id, it.name)}
        meant, near = _meant(text[:100], ways, otherwise="/v1/reconcile/properties lists them")
        raise NotFound(f"extend: there is no property {text[:100]!r}; {meant}", suggestions=near)
    return known[text]


def countries_of(thing: Entity) -> tuple[str, ...]:
    """Return the ids of the governments that a thing is, belongs to or stands in; of a government, its own first."""
    named = (thing.values.get(name) for name in _COUNTRY_FIELDS if rule_of(thing.cls, name))
    own = (thing.id,) if thing.cls == "Government" else ()
    return tuple(dict.fromkeys([*own, *(str(value) for value in named if value)]))


def rule_of(cls: str, name: str) -> FieldRule | None:
    """Return the rule of a field of a class; None when it has no such field."""
    return NODE[cls].rules().get(name)


def _field(name: str) -> Property:
    wanted = _COUNTRY_FIELDS if name == COUNTRY else (name,)
    declaring = [node for node in NODES if name in node.rules()]
    refers = {node.rules()[name].refers_to for node in declaring}
    first, _, language = name.partition("_")
    spoken = f"Name in {_LANGUAGES[language]}" if first == "name" and language in _LANGUAGES else _SPELT.get(name)
    return Property(
        id=name,
        name=spoken or name.replace("_", " ").capitalize(),
        description=declaring[0].model_fields[name].description or "",
        classes=tuple(node.label() for node in NODES if any(field in node.rules() for field in wanted)),
        refers_to=next(iter(refers)) if len(refers) == 1 else "",
    )


def _edge(kind: str, title: str, *, is_out: bool) -> Property:
    edge = EDGE[kind]
    near, far = (edge.source, edge.target) if is_out else (edge.target, edge.source)
    return Property(
        id=f"{kind}.{'out' if is_out else 'in'}",
        name=title.capitalize(),
        description=f"{label_of(edge.__name__)}: only for adding columns, not compared when names are matched.",
        classes=tuple(node.label() for node in NODES if fits(node.label(), near)),
        refers_to=far[0] if len(far) == 1 and far[0] in types() else "",
        edge=kind,
        is_out=is_out,
    )
