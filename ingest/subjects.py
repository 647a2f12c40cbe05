"""Ids as files write them: which kind, and so which class, an id belongs to."""

import re

from graph.domain.catalog import KIND
from graph.domain.values import ID_PATTERN

BODY_CLASSES = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody")
"""The classes of the bundled table of bodies."""

PARTNER_CLASSES = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
"""The classes that the bundled table of partners may hold besides."""

NAMED = "named"
"""First part of the id of a subject known by its name alone: ``named:ngo:example-relief``."""

_ID = re.compile(ID_PATTERN)
_CLASS = {kind: node.label() for kind, node in KIND.items()}


def kind_of_id(text: str) -> str:
    """Return the kind that an id, or its opening, begins with; blank when there is none."""
    first, colon, rest = text.partition(":")
    if first == NAMED:
        first, colon, _ = rest.partition(":")
    return first if colon else ""


def class_of_id(text: str) -> str:
    """Return the class of the subjects whose ids begin like `text`.

    Raises:
        ValueError: No class has ids of that kind.
    """
    kind = kind_of_id(text)
    if kind not in KIND:
        raise ValueError(f"{text!r} is no id of ours; ids are kind:slug, such as gov:ken or org:osce")
    return KIND[kind].label()


def is_id(text: str) -> bool:
    """Say whether `text` is a whole id of a kind that exists."""
    return class_named_by(text) is not None


def class_named_by(text: str) -> str | None:
    """Return the class of the subject with this id; None when `text` is not a whole id of a kind that exists."""
    if len(text) > 200 or _ID.fullmatch(text) is None:
        return None
    return _CLASS.get(kind_of_id(text))
