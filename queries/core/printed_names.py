"""The printed names of things that values point to by id, so that nobody has to read an id alone."""

from collections.abc import Iterable, Mapping

from iga.graph.domain.catalog import declared
from iga.graph.statements import Value
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID, IDS_BY_ALIAS
from iga.queries.core.session import Session


def ids_in(cls: str, values: Mapping[str, Value]) -> set[str]:
    """Return the ids that the values of a class point to.

    Args:
        cls: Label of a node class or type of an edge class.
        values: As statements and `unflatten` give them.
    """
    rules = declared(cls).rules()
    return {str(value) for name, value in values.items() if name in rules and rules[name].refers_to}


def sayable(cls: str, field: str, value: Value, names: Mapping[str, str]) -> Value:
    """Return a value of a class as templates put it in words: an id as the name it points to, a day known as one."""
    rule = declared(cls).rules().get(field)
    if not isinstance(value, str):
        return value
    return {"day": value} if rule and rule.shape == "day" else names.get(value, value)


def entities(session: Session, ids: Iterable[str]) -> dict[str, Entity]:
    """Return entities by id; ids that nothing has are left out."""
    wanted = OfIds(ids=tuple(sorted(set(ids))))
    return {entity.id: entity for entity in session.read(ENTITIES_BY_ID, wanted)} if wanted.ids else {}


def entities_as_written(session: Session, ids: Iterable[str]) -> dict[str, Entity]:
    """Return entities by the ids given, former and merged ones too; ids that nothing has are left out."""
    wanted = set(ids)
    known = entities(session, wanted)
    missing = OfIds(ids=tuple(sorted(wanted - known.keys())))
    aliases = {alias.id: alias.canonical for alias in session.read(IDS_BY_ALIAS, missing)} if missing.ids else {}
    merged = entities(session, aliases.values())
    return known | {written: merged[canonical] for written, canonical in aliases.items() if canonical in merged}


def printed_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of entities by the ids given, former and merged ones too; ids that nothing has are left out."""
    return {written: entity.name for written, entity in entities_as_written(session, ids).items()}
