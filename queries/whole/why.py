"""Why the graph says what it says: every value of every source side by side, and which one counts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.catalog import declared
from graph.errors import UsageError
from graph.fold.live import Said, verdicts_said
from graph.fold.values import in_order
from graph.ledger.evidence import EvidenceRow
from graph.projection.properties import unflatten
from graph.statements import OFFICERS, PERSON_JUDGE, LoadHeader, Word
from graph.suggestions import hint
from queries.core.answer import Shape
from queries.core.columns import column
from queries.core.names.resolve import entity_of, relationship_of
from queries.core.printed_names import ids_in, printed_names
from queries.core.reading import OfIds, refs
from queries.core.reads import ENTITIES_BY_ID, IDS_BY_ALIAS
from queries.core.session import Session
from queries.core.sourced_values import said_of_edges, said_of_nodes


class StatedValue(Shape):
    """One value as one row states it."""

    value: Any = Field(description="The value as stated; composites as objects.")
    won: bool = Field(description="Whether the graph goes by it; for a list, whether it went into the union.")
    subject: str = Field(description="The id it was stated under.")
    source: str = Field(description="Name of the source.")
    title: str = Field(description="Title of the source.")
    rank: int = Field(description="Order of trust of the source; lower is stronger.")
    stated_on: str | None = column("Day it is stated for, possibly partial.")
    row_key: str = Field(description="Key of the row in its source.")
    locator: str = Field(description="File and line, or sheet and row.")
    url: str | None = column("Page the row rests on.")
    load: int = Field(description="Number of the load that first said it.")
    confidence: str = Field(description="high, medium, low or derived.")
    note: str | None = column("The source's remark.")
    by: str | None = column("Who typed it, where a person did.")
    because: str | None = column("Why, where a person said so.")


class WhyField(Shape):
    """One field: the value that counts, and everything that was stated, most trusted first."""

    field: str = Field(description="Name of the field.")
    value: Any = Field(description="The value the graph goes by; null if none is held.")
    disputed: bool = Field(description="Whether sources differ.")
    statements: tuple[StatedValue, ...] = Field(description="What each row states.")


class Judgement(Shape):
    """A verdict on whether two ids are the same."""

    first: str = Field(description="One id.")
    second: str = Field(description="The other id.")
    word: Word = Field(description="same, different or unsure.")
    by_person: bool = Field(description="Whether a person gave it; a person's goes before a rule's.")
    by: str | None = column("Who gave it.")
    because: str | None = column("The reason given.")
    load: int = Field(description="Number of the load it was given in.")


class Why(Shape):
    """Where everything about one entity or relationship comes from."""

    id: str = Field(description="Canonical id, or key of the relationship.")
    cls: str = Field(alias="class", description="Class, or type of the relationship.")
    name: str = Field(description="Name of the entity, or of both ends.")
    members: tuple[str, ...] = Field(description="Every id that stands for the entity; empty for a relationship.")
    fields: tuple[WhyField, ...] = Field(description="In the order in which the class declares them.")
    names: dict[str, str] = Field(description="Printed names of those that values stand for, by id.")
    judgements: tuple[Judgement, ...] = Field(description="Verdicts on its ids.")
    data_version: str = Field(description="Graph hash of the projection that answered.")


def why(session: Session, written: str, field: str | None = None) -> Why:
    """Return every statement behind an entity or a relationship, side by side.

    The order is that of the fold: rank of the source, then the latest day it is stated for, then the row.

    Args:
        session: The graph and the ledger.
        written: Id or name of an entity, or key of a relationship (``rel:…``).
        field: Only this field; None is all.

    Raises:
        NotFound: Nothing has this id, name or key.
        Ambiguous: Several things have this name.
        UsageError: Its class has no such field.
    """
    if written.startswith("rel:"):
        return _why_relationship(session, written, field)
    found = entity_of(session, written)
    _check_field(found.cls, field)
    members = tuple(found.values.get("members") or (found.id,))
    said = [(written_as, each) for written_as, pool in said_of_nodes(session, members).items() for each in pool]
    fields = _fields(session, found.cls, found.values, said, field)
    return Why(
        id=found.id,
        cls=found.cls,
        name=found.name,
        members=members,
        fields=fields,
        names=_names(session, found.cls, fields),
        judgements=_judgements(session, members),
        data_version=session.status.data_version,
    )


def _why_relationship(session: Session, key: str, field: str | None) -> Why:
    relationship = relationship_of(session, key)
    _check_field(relationship.type, field)
    pool = said_of_edges(session, relationship.type, relationship.source_ids, relationship.target_ids)
    ours = set(refs(relationship.values))
    said = [(key, each) for each in pool if each.evidence in ours]
    fields = _fields(session, relationship.type, relationship.values, said, field)
    return Why(
        id=key,
        cls=relationship.type,
        name=f"{relationship.source_name} {relationship.type} {relationship.target_name}",
        members=(),
        fields=fields,
        names=_names(session, relationship.type, fields),
        judgements=(),
        data_version=session.status.data_version,
    )


def _names(session: Session, cls: str, fields: Iterable[WhyField]) -> dict[str, str]:
    stated = (({field.field: said.value}) for field in fields for said in field.statements)
    return printed_names(session, {pointed for values in stated for pointed in ids_in(cls, values)})


def _check_field(cls: str, field: str | None) -> None:
    known = declared(cls).rules()
    if field is not None and field not in known:
        meant, near = hint(field, known, "it has")
        raise UsageError(f"{cls} has no field {field!r}; {meant}", suggestions=near)


def _fields(
    session: Session,
    cls: str,
    properties: Mapping[str, Any],
    said: Sequence[tuple[str, Said]],
    only: str | None,
) -> tuple[WhyField, ...]:
    """Return the fields that anybody states, each with its statements in the order of the fold."""
    values = unflatten(cls, properties)
    disputed = set(properties.get("conflicts") or ())
    subject_of = {id(each): written for written, each in said}
    pool = in_order([each for _, each in said])
    book = session.evidence(each.evidence for each in pool)
    loads = {header.no: header for header in session.ledger.headers()}
    found = []
    for name in declared(cls).rules():
        stating = [each for each in pool if name in each.values and each.evidence in book]
        if not stating or only not in (None, name):
            continue
        found.append(
            WhyField(
                field=name,
                value=values.get(name),
                disputed=name in disputed,
                statements=tuple(
                    _stated(each, subject_of[id(each)], name, values.get(name), book[each.evidence], loads)
                    for each in stating
                ),
            )
        )
    return tuple(found)


def _stated(
    said: Said, subject: str, name: str, winner: Any, row: EvidenceRow, loads: Mapping[int, LoadHeader]
) -> StatedValue:
    value, load = said.values[name], loads[row.load]
    typed = row.source == OFFICERS
    return StatedValue(
        value=value,
        won=value == winner or (isinstance(value, list) and isinstance(winner, list) and set(value) <= set(winner)),
        subject=subject,
        source=row.source,
        title=row.card.title,
        rank=said.rank,
        stated_on=said.stated_on or None,
        row_key=row.row_key,
        locator=row.locator,
        url=row.url or None,
        load=row.load,
        confidence=row.confidence,
        note=row.note or None,
        by=(load.by or None) if typed else None,
        because=(load.because or None) if typed else None,
    )


def _judgements(session: Session, members: Sequence[str]) -> tuple[Judgement, ...]:
    """Return the verdicts on these ids whose both ends the view knows."""
    lens, wanted = session.lens, set(members)
    given = [
        Judgement(
            first=verdict.first,
            second=verdict.second,
            word=verdict.word,
            by_person=row[-1].source == PERSON_JUDGE,
            by=verdict.by or None,
            because=verdict.because or None,
            load=row[-1].load,
        )
        for row in session.ledger.rows_judging(wanted)
        for verdict in verdicts_said(row, lens)
        if wanted & {verdict.first, verdict.second}
    ]
    known = wanted | _known(session, {end for each in given for end in (each.first, each.second)} - wanted)
    visible = [each for each in given if {each.first, each.second} <= known]
    return tuple(sorted(visible, key=lambda each: (each.first, each.second, not each.by_person)))


def _known(session: Session, ids: Iterable[str]) -> set[str]:
    of = OfIds(ids=tuple(sorted(ids)))
    if not of.ids:
        return set()
    entities = session.read(ENTITIES_BY_ID, of)
    return {entity.id for entity in entities} | {alias.id for alias in session.read(IDS_BY_ALIAS, of)}
