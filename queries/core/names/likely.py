"""What a typed text is likely to stand for where nothing of the kind asked for is called so."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from iga.graph.domain.catalog import fits
from iga.graph.domain.parties import Person
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.names.forms import LONGEST, begins_alike, latin
from iga.graph.names.known_words import peoples
from iga.graph.names.look_alikes import suspicion
from iga.graph.names.ranking import Ranked, meant, ranked
from iga.graph.text import folded
from iga.queries.core.answer import NameTaken, Subject
from iga.queries.core.names.everyday_names import everyday_names
from iga.queries.core.names.qualified import is_called_otherwise, is_part_of_other_name
from iga.queries.core.names.resolve import (
    choices,
    entities_in_order,
    entity_of,
    is_id,
    narrowed_to,
    several,
    subject_of,
)
from iga.queries.core.reading import Entity
from iga.queries.core.reads import EDGES_OF_ENDS, AroundIds
from iga.queries.core.session import Session

_SHORTEST = 4
_MOST_EDGES = 2_000
# Likeness of whole names from 0 to 100, and how far behind the next must be: Nigera may be Niger as well as Nigeria.
_IS_ONE, _BEHIND, _IS_WORD = 90, 12, 80
_TIED = ("Project", "Award", "ChildProtectionCompact", "Post", "Engagement")
_AROUND = frozenset(("the", "government", "govt", "people", "gouvernement", "gobierno", "of", "de", "du", "del"))


def likely_subject_of(
    session: Session, text: str, *, parameter: str, labels: Sequence[str]
) -> tuple[Subject, NameTaken | None]:
    """Return the one entity that a text stands for, or likely stands for; what was only taken for it is told.

    Errors are those of `subject_of`. For asking alone: what is entered or changed is named as it is.
    """
    try:
        subject = subject_of(session, text, parameter=parameter, labels=labels)
        is_guess = _is_of_other_letters(session, text, labels)
        taken = NameTaken(parameter=parameter, typed=text.strip(), id=subject.id, name=subject.name)
        return subject, taken if is_guess else None
    except Ambiguous:
        raise
    except (NotFound, UsageError):
        likely = _likely(session, text.strip(), tuple(labels))
        if not likely:
            raise
    if len(likely) > 1:
        raise several(likely, text, parameter)
    subject = likely[0].subject
    return subject, NameTaken(parameter=parameter, typed=text.strip(), id=subject.id, name=subject.name)


def likely_entity_of(session: Session, written: str) -> tuple[Entity, NameTaken | None]:
    """Return the entity with an id or a name, or the one that a text likely stands for; what was only taken is told.

    Errors are those of `entity_of`.
    """
    try:
        entity = entity_of(session, written)
        is_guess = _is_of_other_letters(session, written, ("Entity",))
        taken = NameTaken(parameter="name", typed=written.strip(), id=entity.id, name=entity.name)
        return entity, taken if is_guess else None
    except Ambiguous:
        raise
    except NotFound:
        likely = _likely(session, written.strip(), ("Entity",))
        if not likely:
            raise
    if len(likely) > 1:
        raise several(likely, written, "name")
    taken = NameTaken(parameter="name", typed=written.strip(), id=likely[0].id, name=likely[0].name)
    return likely[0], taken


def _is_of_other_letters(session: Session, text: str, labels: Sequence[str]) -> bool:
    """True if nothing is called so but in another script: Gana, as Ghana is in Russian in Latin letters."""
    if is_id(text.strip()):
        return False
    best = session.looked_up(meant, text.strip(), narrowed_to(labels))
    return bool(best) and not any(one.is_own for one in best)


def _likely(session: Session, text: str, labels: tuple[str, ...]) -> list[Entity]:
    named = choices(session, text, labels=("Entity",))
    if named:
        return _tied_to(session, named[0], labels) if len(named) == 1 else []
    if spoken_of := _everyday(session, text, labels) or _people(session, text, labels):
        return spoken_of
    if suspicion(text[:LONGEST]) or len(latin(text)) < _SHORTEST:
        return []
    hits = session.looked_up(ranked, text, narrowed_to(labels))
    likeness = {hit.id: fuzz.ratio(latin(text), latin(hit.matched)) for hit in hits}
    first, *others = sorted(likeness.values(), reverse=True) or [0.0]
    if first >= _IS_ONE and first - max(others, default=0.0) >= _BEHIND:
        near = [hit for hit in hits if likeness[hit.id] == first]
    else:
        near = [hit for hit in hits if not hit.is_far or len(hits) == 1]
        near = [] if len(near) > 1 and near[0].how == "fuzzy" else near
    meant_by = entities_in_order(session, [hit.id for hit in near if _may_be_meant(text, hit)])
    governments = [it for it in meant_by if it.cls == "Government"]
    called_so = [it for it in governments if not (is_called_otherwise(text, it) or is_part_of_other_name(text, it))]
    return meant_by if len(called_so) == len(governments) else called_so


def _everyday(session: Session, text: str, labels: tuple[str, ...]) -> list[Entity]:
    known = everyday_names().get(latin(text).removeprefix("the "))
    return [entity for entity in entities_in_order(session, {known} if known else set()) if fits(entity.cls, labels)]


def _people(session: Session, text: str, labels: tuple[str, ...]) -> list[Entity]:
    """Return whose people or government a text says: the Kenyans, Peruvian government."""
    words = " ".join(word for word in folded(text).split() if word not in _AROUND)
    known = entities_in_order(session, set(peoples().get(words, ()))) if words else []
    known = known or (choices(session, words, labels=("Government",)) if words and words != folded(text) else [])
    return [entity for entity in known if fits(entity.cls, labels)]


def _may_be_meant(text: str, hit: Ranked) -> bool:
    """True if a text may stand for what it nearly names: another number, acronym or person is another thing."""
    wanted, name = latin(text), latin(hit.matched)
    numbers = {word for word in wanted.split() if not word.isalpha()}
    if not numbers <= set(name.split()):
        return False
    if hit.cls == Person.label() and not set(wanted.split()) <= set(name.split()):
        return False
    if hit.how != "fuzzy":
        return True
    if text.isupper():
        return sorted(wanted) == sorted(name)
    is_state = hit.cls == "Government"
    return all(
        any(fuzz.ratio(word, own) >= _IS_WORD and (not is_state or begins_alike(word, own)) for own in name.split())
        for word in wanted.split()
    )


def _tied_to(session: Session, thing: Entity, labels: Sequence[str]) -> list[Entity]:
    """Return what of the kind asked for a thing has a relationship with: its project, compact, post or series."""
    wanted = tuple(label for label in _TIED if fits(label, tuple(labels)))
    edges = session.read(EDGES_OF_ENDS, AroundIds(ids=(thing.id,), most=_MOST_EDGES)) if wanted else []
    # A government's own posts are its heads: who names a country means none of them.
    other = "Post" if thing.cls == "Government" else "ChildProtectionCompact"
    tied = {edge.id for edge in edges if edge.cls in wanted and edge.cls != other}
    return entities_in_order(session, tied)
