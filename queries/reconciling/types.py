"""The types that names are reconciled to: our classes under plain labels, and the groups they belong to."""

import re
from functools import cache

from rapidfuzz import fuzz, process

from graph.domain.catalog import KIND, NODE, NODES
from graph.errors import NotFound
from graph.text import folded
from queries.reconciling.shapes import Type

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")
_LABELS = {"Ngo": "Non-governmental organization"}
_GROUPS = {
    "Party": "Everyone who can sign, join, fund, receive or promise: governments, bodies, organizations, people.",
    "Agreement": "What has parties: treaties, compacts, memoranda and declarations.",
}
_DEFAULT = (
    "Party",
    "Government",
    "InternationalOrganization",
    "PublicBody",
    "Forum",
    "Ngo",
    "Organization",
    "Person",
    "Post",
    "Agreement",
)
_ALIKE = 60


def label_of(name: str) -> str:
    """Return a class or group in plain words: ``PublicBody`` is ``Public body``."""
    return _LABELS.get(name) or _WORD_START.sub(" ", name).capitalize()


@cache
def types() -> dict[str, Type]:
    """Return every type by its id, groups first, then classes in the order of the domain."""
    groups = {name: Type(id=name, name=label_of(name), description=text) for name, text in _GROUPS.items()}
    return groups | {node.label(): _class_type(node.label(), groups) for node in NODES}


def types_of(cls: str) -> tuple[Type, ...]:
    """Return the types of a thing: its class, then the groups that the class belongs to."""
    own = types()[cls]
    return (Type(id=own.id, name=own.name), *(own.broader or ()))


def default_types() -> tuple[Type, ...]:
    """Return the types that most lists of names are about."""
    return tuple(Type(id=name, name=types()[name].name) for name in _DEFAULT)


def type_named(text: str) -> str:
    """Return the id of the type that a word stands for: ``ngo``, ``Public body``, ``parties``.

    Raises:
        NotFound: There is no such type; the error suggests which there are.
    """
    known, wanted = _names(), folded(text)
    if wanted in known:
        return known[wanted]
    near = tuple(
        dict.fromkeys(
            known[word]
            for word, _, _ in process.extract(wanted, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
        )
    )
    meant = f"did you mean {' or '.join(near)}?" if near else f"kinds are {', '.join(types())}"
    raise NotFound(f"there is no kind {text!r}; {meant}", suggestions=near)


def _class_type(cls: str, groups: dict[str, Type]) -> Type:
    broader = tuple(
        Type(id=group.id, name=group.name) for name, group in groups.items() if name in NODE[cls].all_labels()
    )
    return Type(
        id=cls, name=label_of(cls), description=(NODE[cls].__doc__ or "").splitlines()[0], broader=broader or None
    )


@cache
def _names() -> dict[str, str]:
    spoken = {folded(way): each.id for each in types().values() for way in (each.id, each.name)}
    plural = {_plural(word): name for word, name in spoken.items()}
    return plural | {kind: node.label() for kind, node in KIND.items()} | spoken


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
