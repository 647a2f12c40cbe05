"""What a typed text stands for: an id, a code or a name, in any language the graph has it in."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from rapidfuzz import fuzz, process

from graph.domain.catalog import fits
from graph.domain.topics import THESAURUS
from graph.domain.values import ID_PATTERN
from graph.errors import Ambiguous, NotFound, UsageError
from graph.names.ranking import KINDS, exactly, ranked
from graph.text import folded
from queries.answer import Subject
from queries.asking import Asking
from queries.reading import Entity, OfIds
from queries.reads import (
    ENTITIES_BY_ID,
    IDS_BY_ALIAS,
    RELATIONSHIP_BY_KEY,
    OfKey,
    Relationship,
)

_SUGGESTED = 5
# Below this likeness (0 to 100) a suggestion reads as a guess; found by trying misspelt names of governments.
_ALIKE = 60
_ID = re.compile(ID_PATTERN)


def subject_of(asking: Asking, text: str, *, parameter: str, labels: Sequence[str]) -> Subject:
    """Return the one entity that a text stands for.

    Tried in this order: its id, a former or merged id, the printed name, a code or acronym, any other name.

    Args:
        asking: The graph.
        text: As typed.
        parameter: Name of the parameter, for the message.
        labels: Classes or groups that the entity may be of.

    Raises:
        UsageError: The text is blank, or names something of another class.
        Ambiguous: Several entities are called so; the message lists them.
        NotFound: Nothing is called so; the error suggests what is.
    """
    place = (text, parameter, tuple(labels))
    if place not in asking.resolved:
        asking.resolved[place] = _resolved(asking, text.strip(), parameter, place[2])
    return asking.resolved[place]


def _resolved(asking: Asking, text: str, parameter: str, labels: tuple[str, ...]) -> Subject:
    if not folded(text):
        raise UsageError(f"{parameter}: {text!r} names nothing; give an id, a code or a name")
    found = _by_id(asking, text) if is_id(text) else []
    found = found or _called(asking, text, labels)
    fitting = [entity for entity in found if fits(entity.cls, labels)]
    if len(fitting) == 1:
        return fitting[0].subject
    if fitting:
        raise _several(fitting, text, parameter)
    if found:
        kinds = " or ".join(labels)
        what = f"{found[0].name} ({found[0].cls})"
        raise UsageError(f"{parameter}: {text!r} is {what}, but {parameter} asks for a {kinds}")
    raise _none(asking, text, parameter, labels)


def is_id(text: str) -> bool:
    """Say whether a text is written like an id."""
    return bool(_ID.match(text))


def entity_of(asking: Asking, written: str) -> Entity:
    """Return the entity with an id, or with the id that stands for it today.

    Raises:
        NotFound: Nothing has this id.
    """
    found = _by_id(asking, written)
    if not found:
        raise _none(asking, written, "id", ("Entity",))
    return found[0]


def relationship_of(asking: Asking, key: str) -> Relationship:
    """Return the relationship with a key (``rel:…``).

    Raises:
        NotFound: No relationship has it.
    """
    found = asking.read(RELATIONSHIP_BY_KEY, OfKey(key=key))
    if not found:
        raise NotFound(
            f"no relationship has the key {key}; iga show ID --json lists the keys of an entity's relationships"
        )
    return found[0]


def topic_of(text: str) -> str:
    """Return the code of the topic that a text stands for.

    Raises:
        NotFound: No topic is called so; the error suggests which are.
    """
    names, wanted = _topic_names(), folded(text)
    if wanted in names:
        return names[wanted]
    near = process.extract(wanted, list(names), scorer=fuzz.WRatio, limit=2 * _SUGGESTED, score_cutoff=_ALIKE)
    codes: tuple[str, ...] = tuple(dict.fromkeys(names[name] for name, _, _ in near))[:_SUGGESTED]
    meant = f"did you mean {' or '.join(codes)}?" if codes else f"topics are {', '.join(e.code for e in THESAURUS)}"
    raise NotFound(f"topic: nothing is called {text!r}; {meant}", suggestions=codes)


@cache
def _topic_names() -> dict[str, str]:
    return {folded(name): entry.code for entry in THESAURUS for name in (entry.code, entry.label, *entry.also)}


def _by_id(asking: Asking, written: str) -> list[Entity]:
    found = asking.read(ENTITIES_BY_ID, OfIds(ids=(written,)))
    if found:
        return found
    aliases = asking.read(IDS_BY_ALIAS, OfIds(ids=(written,)))
    return asking.read(ENTITIES_BY_ID, OfIds(ids=(aliases[0].canonical,))) if aliases else []


def _called(asking: Asking, text: str, labels: Sequence[str]) -> list[Entity]:
    """Return the entities of the best kind of exact match; those that fit go before those that do not."""
    found = exactly(asking.names, text)
    for fitting in ([one for one in found if fits(one.cls, tuple(labels))], found):
        if fitting:
            best = {one.id for one in fitting if KINDS[one.how] == min(KINDS[one.how] for one in fitting)}
            return asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(best))))
    return []


def _several(found: Iterable[Entity], text: str, parameter: str) -> Ambiguous:
    listed = sorted(found, key=lambda entity: (folded(entity.name), entity.id))
    names = "; ".join(f"{entity.name} ({entity.cls}, {entity.id})" for entity in listed)
    return Ambiguous(
        f"{parameter}: {text!r} is the name of {len(listed)}: {names}; give the id of one",
        suggestions=tuple(entity.id for entity in listed),
    )


def _none(asking: Asking, text: str, parameter: str, labels: Sequence[str]) -> NotFound:
    near = names_like(asking, text, labels=labels)
    meant = f"; did you mean {' or '.join(near)}?" if near else f"; search for it: iga find {text!r}"
    return NotFound(f"{parameter}: nothing here is called {text!r}{meant}", suggestions=near)


def names_like(asking: Asking, text: str, *, labels: Sequence[str]) -> tuple[str, ...]:
    """Return names that a text may mean, most likely first; empty when none does.

    Args:
        asking: The graph.
        text: As typed.
        labels: Classes or groups that the entities may be of.
    """
    likely = (one.name for one in ranked(asking.names, text) if fits(one.cls, tuple(labels)))
    return tuple(islice(dict.fromkeys(likely), _SUGGESTED))
