"""What a typed text stands for: an id, a code or a name, in any language the graph has it in."""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from iga.graph.domain.catalog import NODES, fits
from iga.graph.domain.parties import Person
from iga.graph.domain.values import ID_PATTERN
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.names.forms import LONGEST
from iga.graph.names.index import ALL, Only
from iga.graph.names.look_alikes import suspicion, visible
from iga.graph.names.ranking import meant, ranked
from iga.graph.query import Query, ReadParams
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.names.qualified import is_family_name_alone, is_of_any_country
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID, IDS_BY_ALIAS, Relationship
from iga.queries.core.session import Session


class OfKey(ReadParams):
    """A key of a relationship."""

    key: str


RELATIONSHIP_BY_KEY = Query("iga.queries.core.names", "relationship_by_key", OfKey, Relationship)

_SUGGESTED = 5
_LISTED = 10
_SHOWN = 80
_ID = re.compile(ID_PATTERN)


def subject_of(session: Session, text: str, *, parameter: str, labels: Sequence[str]) -> Subject:
    """Return the one entity that a text stands for.

    Tried in this order: its id, a former or merged id, the printed name, any other name, code or acronym, the same in
    Latin letters. A whole name goes before names that it is a part of: Guinea, not Equatorial Guinea.

    Raises:
        UsageError: The text is blank, or names something of another class.
        Ambiguous: Several entities are called so; the message lists them.
        NotFound: Nothing is called so; the error suggests what is.
    """
    place = (text, parameter, tuple(labels), session.shows)
    if place not in session.resolved:
        session.resolved[place] = _resolved(session, text.strip(), parameter, tuple(labels))
    return session.resolved[place]


def _resolved(session: Session, text: str, parameter: str, labels: tuple[str, ...]) -> Subject:
    if not folded(text):
        raise UsageError(f"{parameter}: {shortened(text)!r} names nothing; give an id, a code or a name")
    known = by_id(session, text) if is_id(text) else []
    fitting = [entity for entity in known if fits(entity.cls, labels)] or choices(session, text, labels=labels)
    if len(fitting) == 1 and not known and is_of_any_country(text, fitting[0], session.home.government):
        raise _of_many_countries(session, fitting[0], text, parameter)
    if len(fitting) == 1 and not (not known and is_family_name_alone(text, fitting[0])):
        return fitting[0].subject
    if fitting:
        raise several(fitting, text, parameter)
    known = known or choices(session, text, labels=("Entity",))
    if not known:
        _refuse_who_is_left_out(session, text)
    if known:
        kinds = " or ".join(labels)
        what = f"{known[0].name} ({known[0].cls})"
        raise UsageError(f"{parameter}: {shortened(text)!r} is {what}, but {parameter} asks for a {kinds}")
    raise _none(session, text, parameter, labels)


def is_id(text: str) -> bool:
    """True if a text is written like an id."""
    return bool(_ID.match(text))


def entity_of(session: Session, written: str) -> Entity:
    """Return the entity with an id, with the id that stands for it today, or else with a name.

    Raises:
        UsageError: The text is blank.
        Ambiguous: Several entities are called so; the message lists them.
        NotFound: Nothing has this id or name.
    """
    text = written.strip()
    if not folded(text):
        raise UsageError(f"{shortened(written)!r} names nothing; give an id or a name")
    known = by_id(session, text) if is_id(text) else []
    known = known or choices(session, text, labels=("Entity",))
    if len(known) > 1:
        raise several(known, text, "name")
    if not known:
        _refuse_who_is_left_out(session, text)
        raise _none(session, text, "name", ("Entity",))
    return known[0]


def _refuse_who_is_left_out(session: Session, text: str) -> None:
    """Refuse a text that stands for nobody but people who are left out, to whoever may know that they are there."""
    left_out = {it.id for it in left_out_by_name(session, text)}
    if not session.ledger.is_whole:
        left_out -= session.used_for(None).hidden(left_out)
    session.refuse_unless_agreed(sorted(left_out))


def left_out_by_name(session: Session, text: str) -> list[Entity]:
    """Return the people whom an id or exact name stands for, and who are left out; the audit log notes them."""
    whole = session.for_duty()
    people = (by_id(whole, text) if is_id(text) else []) or choices(whole, text, labels=(Person.label(),))
    hidden = session.hidden(it.id for it in people)
    left_out = [person for person in people if person.id in hidden]
    session.resolved.update({(person.id, whole.shows): person.subject for person in left_out})
    return left_out


def relationship_of(session: Session, key: str) -> Relationship:
    """Return the relationship with a key (``rel:…``).

    Raises:
        NotFound: No relationship has it.
    """
    edges = session.read(RELATIONSHIP_BY_KEY, OfKey(key=key))
    if not edges:
        raise NotFound(
            f"no relationship has the key {key}; iga show ID --json lists the keys of an entity's relationships"
        )
    return edges[0]


def by_id(session: Session, written: str) -> list[Entity]:
    """Return the entity that an id stands for, also a former or merged one; empty when nothing has it."""
    if known := session.read(ENTITIES_BY_ID, OfIds(ids=(written,))):
        return known
    aliases = session.read(IDS_BY_ALIAS, OfIds(ids=(written,)))
    return session.read(ENTITIES_BY_ID, OfIds(ids=(aliases[0].canonical,))) if aliases else []


def choices(session: Session, text: str, *, labels: Sequence[str]) -> list[Entity]:
    """Return the entities that an exact text may stand for, the likeliest first; several if it settles on none."""
    only = narrowed_to(labels)
    return entities_in_order(session, [one.id for one in session.looked_up(meant, text, only)])


def entities_in_order(session: Session, ids: Collection[str]) -> list[Entity]:
    """Return the entities with some ids, in the order of these; a set is put in the order of names."""
    read = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids)))) if ids else []
    if isinstance(ids, set):
        return sorted(read, key=lambda entity: (folded(entity.name), entity.id))
    entities = {entity.id: entity for entity in read}
    return [entities[it] for it in ids if it in entities]


def narrowed_to(labels: Sequence[str]) -> Only:
    """Return what narrows a look-up to classes or groups; ``Entity`` is all."""
    return ALL if "Entity" in labels else Only(classes=frozenset(classes_of(labels)))


def classes_of(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the classes that carry one of some labels."""
    return tuple(node.label() for node in NODES if fits(node.label(), tuple(labels)))


def several(entities: Sequence[Entity], text: str, parameter: str) -> Ambiguous:
    """Return the refusal of a text that may stand for several things, which it lists by number."""
    shown = entities[:_LISTED]
    lines = enumerate((f"{entity.name} ({entity.cls}, {entity.id})" for entity in shown), start=1)
    listed = [f"\n{number:>4}. {line}" for number, line in lines]
    meant = f"may mean {len(entities)}" if len(entities) > 1 else "is a name that others may bear, too"
    more = f"\n      and {len(entities) - len(shown)} more" if len(entities) > len(shown) else ""
    return Ambiguous(
        f"{parameter}: {shortened(text)!r} {meant}; give the id of one:{''.join(listed)}{more}",
        suggestions=tuple(entity.id for entity in shown),
        parameter=parameter,
        typed=text,
    )


def _of_many_countries(session: Session, body: Entity, text: str, parameter: str) -> Ambiguous:
    """Return the refusal of a name that bodies of many countries have, though only one of them is on record."""
    whose = by_id(session, body.values["government"])
    of_whom = f" of {whose[0].name}" if whose else ""
    return Ambiguous(
        f"{parameter}: {shortened(text)!r} is what a body of many countries is called; if the one that is on record is"
        f" meant, give its id:\n   1. {body.name}{of_whom} ({body.cls}, {body.id})",
        suggestions=(body.id,),
        parameter=parameter,
        typed=text,
    )


def _none(session: Session, text: str, parameter: str, labels: Sequence[str]) -> NotFound:
    near = names_like(session, text, labels=labels)
    shown = shortened(text)
    odd = suspicion(text[:LONGEST])
    why = f": it {odd.reason}" if odd else ""
    meant = f"; did you mean {' or '.join(near)}?" if near else f"; search for it: iga find {shown!r}"
    moving = session.status.projecting or session.status.has_moved(session.store)
    moved = "; a load is being projected right now: ask again when it is done" if moving else ""
    return NotFound(f"{parameter}: nothing here is called {shown!r}{why}{meant}{moved}", suggestions=near)


def shortened(text: str) -> str:
    """Return a typed text as a message repeats it: the beginning of a long one, what is not seen written out."""
    return visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def names_like(session: Session, text: str, *, labels: Sequence[str]) -> tuple[str, ...]:
    """Return names that a text may mean, most likely first; empty when none does."""
    only = narrowed_to(labels)
    likely = session.looked_up(ranked, text, only)
    return tuple(islice(dict.fromkeys(one.name for one in likely), _SUGGESTED))
