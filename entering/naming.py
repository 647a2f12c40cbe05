"""Who and what an entry names: ids of typed names, printed names of ids, and relationships as corrections name them."""

from collections.abc import Callable, Iterable, Sequence

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.parties import Person, is_person
from iga.graph.errors import Denied
from iga.graph.projection.properties import unflatten
from iga.graph.text import folded
from iga.ingest.contact_list.people import people
from iga.ingest.officer_entries import EdgeAt
from iga.queries.core.names.resolve import entity_of, relationship_of, subject_of
from iga.queries.core.printed_names import entities_as_written
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import HOLDERS_OF, Relationship
from iga.queries.core.relationships import called
from iga.queries.core.session import Session

PARTY = ("Party", "Post")
"""What can be named as somebody who takes part."""


def id_of(session: Session, text: str, *, parameter: str, labels: Sequence[str] = PARTY) -> str:
    """Return the id of what a typed text means.

    Raises:
        NotFound, Ambiguous: Nothing, or more than one thing, is called so.
    """
    return whoever_is_meant(session, lambda seen: subject_of(seen, text, parameter=parameter, labels=labels).id)


def id_or_name(session: Session, text: str, *, parameter: str) -> str:
    """Return the id of somebody known, where one is typed, else the name of somebody to add; raises as `id_of` does."""
    written = text.strip().casefold()  # ids are lower case
    return id_of(session, written, parameter=parameter, labels=(Person.label(),)) if is_person(written) else text


def holders_called(session: Session, post: str, name: str) -> list[str]:
    """Return who may hold a post today and has a name, in whatever order and however they are addressed."""
    held = session.read(HOLDERS_OF, OfIds(ids=(post,))) if name else []
    same = _words_of(name)
    return sorted({it.id for it in held if it.held(session.today) != "no" and _words_of(it.name) == same})


def _words_of(name: str) -> list[str]:
    spoken = [it.name for it in people(name).persons] or [name]
    return sorted(folded(" ".join(spoken)).split())


def ids_of(session: Session, texts: Sequence[str], *, parameter: str) -> tuple[str, ...]:
    """Return the ids of those who are named; raises as `id_of` does."""
    return tuple(id_of(session, text, parameter=parameter) for text in texts)


def names_of(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return by id what things are called, a contact by its address; those that are not in the graph are left out."""
    there = entities_as_written(session, ids)
    return {it: called(entity) for it, entity in there.items()}


def existing(session: Session, written: str) -> str | EdgeAt:
    """Return what is to be corrected, as its sources wrote it.

    Raises:
        NotFound: The graph holds nothing of this id or key.
    """
    if not written.startswith("rel:"):
        return whoever_is_meant(session, lambda seen: entity_of(seen, written).id)
    return kept_of(relationship_of(session.for_duty(), written))


def whoever_is_meant(session: Session, named: Callable[[Session], str]) -> str:
    """Return whom a name stands for, also somebody who is left out: what is entered of them is kept, and not shown.

    Raises:
        Denied: Somebody is left out, and who asks may not see, nor enter, what is sensitive.
    """
    try:
        return named(session)
    except Denied:
        if not session.ledger.is_whole:
            raise
        return named(session.for_duty())


def kept_of(tie: Relationship) -> EdgeAt:
    """Return a relationship as corrections name it: type, ends, and the values that make it this one."""
    declared, values = EDGE[tie.type], unflatten(tie.type, tie.values)
    kept = (*declared.identity, *(("period",) if declared.start_is_identity else ()))
    return EdgeAt(tie.type, tie.source, tie.target, {name: values[name] for name in kept if name in values})
