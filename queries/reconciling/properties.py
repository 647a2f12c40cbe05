"""The properties that things have for reconciliation: the fields of their classes, and what they are tied to."""

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from graph.domain.catalog import EDGES, NODE, NODES, fits
from graph.domain.model import FieldRule
from graph.errors import NotFound
from queries.core.reading import Entity
from queries.core.sections import SECTIONS
from queries.reconciling.types import label_of, types

COUNTRY = "country"
"""The property that asks where a thing belongs, whatever its class calls that."""

_COUNTRY_FIELDS = ("country", "government", "host", "sovereignty")
_ALIKE = 60
_SPELT = {
    "un_name": "UN name",
    "iso2": "ISO 2 code",
    "iso3": "ISO 3 code",
    "genc3": "GENC code",
    "fips": "GEC (FIPS) code",
    "m49": "UN M49",
}
_LANGUAGES = {"ar": "Arabic", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}


@dataclass(frozen=True)
class Property:
    """A property.

    Attributes:
        id: Name of the field, or type and direction of a relationship: ``MEMBER_OF.out``.
        name: In plain words.
        description: What it says.
        classes: Classes that have it.
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
    found = {name: _field(name) for node in NODES for name in node.rules()}
    for kind, titles in SECTIONS.items():
        for direction, title in zip(("out", "in"), titles, strict=True):
            found[f"{kind}.{direction}"] = _edge(kind, title, is_out=direction == "out")
    return found


def properties_of(type_id: str) -> tuple[Property, ...]:
    """Return the properties that things of a type have; those of all types where the type is blank or unknown."""
    classes = {node.label() for node in NODES if type_id not in types() or fits(node.label(), (type_id,))}
    return tuple(each for each in properties().values() if classes & set(each.classes))


def property_named(text: str) -> Property:
    """Return the property with an id.

    Raises:
        NotFound: There is none; the error suggests which there are.
    """
    known = properties()
    if text not in known:
        ways = {name: each.id for each in known.values() for name in (each.id, each.name)}
        near = process.extract(text[:100], list(ways), scorer=fuzz.ratio, limit=4, score_cutoff=_ALIKE)
        meant = tuple(dict.fromkeys(ways[name] for name, _, _ in near))[:3]
        hint = f"did you mean {' or '.join(meant)}?" if meant else "/reconcile/properties lists them"
        raise NotFound(f"extend: there is no property {text[:100]!r}; {hint}", suggestions=meant)
    return known[text]


def countries_of(thing: Entity) -> tuple[str, ...]:
    """Return the ids of the governments that a thing is, belongs to or stands in; of a government, its own first."""
    said = (thing.values.get(name) for name in _COUNTRY_FIELDS if rule_of(thing.cls, name))
    own = (thing.id,) if thing.cls == "Government" else ()
    return tuple(dict.fromkeys([*own, *(str(value) for value in said if value)]))


def rule_of(cls: str, name: str) -> FieldRule | None:
    """Return the rule of a field of a class; None when it has no such field."""
    return NODE[cls].rules().get(name)


def _field(name: str) -> Property:
    wanted = _COUNTRY_FIELDS if name == COUNTRY else (name,)
    having = [node for node in NODES if any(each in node.rules() for each in wanted)]
    declaring = next(node for node in having if name in node.rules())
    refers = {node.rules()[name].refers_to for node in having if name in node.rules()}
    return Property(
        id=name,
        name=_label(name),
        description=declaring.model_fields[name].description or "",
        classes=tuple(node.label() for node in having),
        refers_to=next(iter(refers)) if len(refers) == 1 else "",
    )


def _label(name: str) -> str:
    first, _, language = name.partition("_")
    if first == "name" and language in _LANGUAGES:
        return f"Name in {_LANGUAGES[language]}"
    return _SPELT.get(name) or name.replace("_", " ").capitalize()


def _edge(kind: str, title: str, *, is_out: bool) -> Property:
    edge = next(edge for edge in EDGES if edge.type() == kind)
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
