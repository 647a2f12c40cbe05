"""Why the graph says what it says: the values of all sources side by side, which one counts, what was said before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec.structs import replace
from pydantic import Field

from iga.graph.domain.catalog import declared
from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Said, live_version, seen_statements, verdicts_said
from iga.graph.fold.nodes import in_order
from iga.graph.fold.recipes import recipe
from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.projection.properties import unflatten
from iga.graph.statements import (
    OFFICERS,
    PERSON_JUDGE,
    EdgeStatement,
    LoadHeader,
    NodeStatement,
    RowVersion,
    Statement,
    Word,
)
from iga.graph.suggestions import hint
from iga.queries.core.answer import NameTaken, Shape, Total
from iga.queries.core.columns import column, needed
from iga.queries.core.names.likely import likely_entity_of
from iga.queries.core.names.resolve import relationship_of
from iga.queries.core.printed_names import entities, ids_in, printed_names
from iga.queries.core.reading import OfIds, refs
from iga.queries.core.reads import IDS_BY_ALIAS
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.core.trust import said_of_edges, said_of_nodes
from iga.queries.whole.entity import thing_at


class StatedValue(Shape):
    """One value as one row states it."""

    value: Any = needed("The value as stated; composites as objects.")
    won: bool = needed("Whether the graph goes by it; for a list, whether it went into the union.")
    subject: str = needed("The id it was stated under.")
    source: str = needed("Name of the source.")
    title: str = needed("Title of the source.")
    rank: int = needed("Order of trust of the source; lower is stronger.")
    stated_on: str | None = column("Day it is stated for, possibly partial.")
    row_key: str = needed("Key of the row in its source.")
    locator: str = needed("File and line, or sheet and row.")
    url: str | None = column("Page the row rests on.")
    load: int = needed("Number of the load that first said it.")
    confidence: str = needed("high, medium, low or derived.")
    note: str | None = column("The source's remark.")
    by: str | None = column("Who typed it, where a person did.")
    because: str | None = column("Why, where a person said so.")


class WhyField(Shape):
    """One field: the value that counts, and everything that was stated, most trusted first."""

    field: str = needed("Name of the field.")
    value: Any = needed("The value the graph goes by; null if none is held.")
    disputed: bool = needed("Whether sources differ.")
    statements: tuple[StatedValue, ...] = needed("What each row states.")


class Judgement(Shape):
    """A verdict on whether two ids are the same."""

    first: str = needed("One id.")
    second: str = needed("The other id.")
    word: Word = needed("same, different or unsure.")
    by_person: bool = needed("Whether a person gave it; a person's goes before a rule's.")
    by: str | None = column("Who gave it.")
    because: str | None = column("The reason given.")
    load: int = needed("Number of the load it was given in.")


class Why(Shape):
    """Where everything about one entity or relationship comes from."""

    id: str = needed("Canonical id, or key of the relationship.")
    cls: str = Field(alias="class", description="Class, or type of the relationship.")
    name: str = needed("Name of the entity, or of both ends.")
    members: tuple[str, ...] = needed("Every id that stands for the entity; empty for a relationship.")
    fields: tuple[WhyField, ...] = needed("In the order in which the class declares them.")
    names: dict[str, str] = needed("Printed names of those that values stand for, by id.")
    judgements: tuple[Judgement, ...] = needed("Verdicts on its ids.")
    data_version: str = needed("Version of the graph that answered: another after each change of what is shown.")
    projecting: bool = column("Whether a load was being projected: it may be incomplete.", False)
    understood_as: NameTaken | None = column(
        "What the name was taken for, where nothing has it; null where something has."
    )


@steadily
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
    it, taken = likely_entity_of(session, written)
    members = tuple(it.values.get("members") or (it.id,))
    pools = said_of_nodes(session, members)
    return Why(
        id=it.id,
        name=it.name,
        members=members,
        judgements=_judgements(session, members),
        **_fields(session, it.cls, it.values, [(id_, stated) for id_, pool in pools.items() for stated in pool], field),
        understood_as=taken,
    )


State = Literal["live", "superseded", "withdrawn"]


class PastStatement(Shape):
    """What one version of one row said of the thing."""

    load: int = needed("Number of the load that said it.")
    loaded_at: str = needed("Instant of the load, UTC.")
    subject: str = needed("The id it was said under.")
    state: State = needed("live; superseded: the row says something else since; withdrawn: nothing more.")
    until_load: int | None = needed("Number of the load that superseded or withdrew it; null if live.")
    source: str = needed("Name of the source.")
    title: str = needed("Title of the source.")
    locator: str = needed("File and line, or sheet and row.")
    stated_on: str | None = needed("Day it is stated for, possibly partial.")
    values: dict[str, Any] = needed("What it says, by field.")
    marking: str = needed("public, internal or sensitive: the strictest of what it says.")


class ThingHistory(Shape):
    """What was ever said of a thing, under the reader's ceiling."""

    id: str = needed("Canonical id.")
    name: str = needed("Name as printed.")
    rows: tuple[PastStatement, ...] = needed("Oldest load first, then by source and place.")
    total: Total = needed("How many there are before paging.")
    data_version: str = needed("Version of the graph that answered: another after each change of what is shown.")


@steadily
def history(session: Session, written: str) -> ThingHistory:
    """Return what was ever said of a thing by nodes of its ids; relationships have their own.

    Errors are those of `thing_at`.
    """
    it = thing_at(session, written)
    members = frozenset(it.values.get("members") or (it.id,))
    loads = {header.no: header for header in session.headers}
    found = [one for row in session.ledger.rows_naming(members) for one in _versions(session, row, members, loads)]
    names = printed_names(session, {id_ for cls, one in found for id_ in ids_in(cls, one.values)})
    sees_all = session.status.view.ceiling is Marking.SENSITIVE
    rows = [one if sees_all else _without_hidden(cls, one, names) for cls, one in found]
    rows.sort(key=lambda one: (one.load, one.source, one.locator, one.subject))
    return ThingHistory(
        id=it.id, name=it.name, rows=tuple(rows), total=Total(value=len(rows)), data_version=session.status.data_version
    )


def _versions(
    session: Session, row: RowHistory, members: frozenset[str], loads: Mapping[int, LoadHeader]
) -> Iterator[tuple[str, PastStatement]]:
    lens = session.lens
    live = live_version(row, lens)
    known = [version for version in row if version.load <= lens.upto]
    for at, version in enumerate(known):
        for _, statement, marking in seen_statements(row, version, lens):
            if not isinstance(statement, NodeStatement) or statement.id not in members:
                continue
            state, by = ("live", None) if version is live else state_since(statement, known[at + 1])
            values, strictest = recipe(statement.cls).visible(statement.values, lens.ceiling)
            yield (
                statement.cls,
                PastStatement(
                    load=version.load,
                    loaded_at=loads[version.load].at,
                    subject=statement.id,
                    state=state,
                    until_load=by,
                    source=session.shown_source(version.source),
                    title=session.cards[version.source].title,
                    locator=session.masked(version.locator, statement.id),
                    stated_on=lens.stated_on(version, statement) or None,
                    values=dict(session.masked(values or {}, statement.id)),
                    marking=Marking(max(marking, strictest)).word,
                ),
            )


def _without_hidden(cls: str, one: PastStatement, names: dict[str, str]) -> PastStatement:
    """Return a statement without the values that point to what is not shown."""
    shown = {name: value for name, value in one.values.items() if set(ids_in(cls, {name: value})) <= names.keys()}
    return one.model_copy(update={"values": shown})


def state_since(statement: Statement, later: RowVersion) -> tuple[State, int]:
    """Return whether the next version says something else of the same, or nothing more, and the load that does so."""
    same = any(_subject(other) == _subject(statement) for other in later.content.statements)
    return ("superseded" if same else "withdrawn"), later.load


def _subject(statement: Statement) -> tuple[str, ...]:
    match statement:
        case NodeStatement():
            return (statement.id,)
        case EdgeStatement():
            return (statement.type, statement.source, statement.target)
    return (statement.first, statement.second)


def _why_relationship(session: Session, key: str, field: str | None) -> Why:
    edge = relationship_of(session, key)
    ours = set(refs(edge.values))
    pool = said_of_edges(session, edge.type, edge.source_ids, edge.target_ids)
    return Why(
        id=key,
        name=f"{edge.source_name} {edge.type} {edge.target_name}",
        members=(),
        judgements=(),
        **_fields(session, edge.type, edge.values, [(key, it) for it in pool if it.evidence in ours], field),
    )


def _fields(
    session: Session, cls: str, properties: Mapping[str, Any], stated: Sequence[tuple[str, Said]], only: str | None
) -> dict[str, Any]:
    """Return the fields that anybody states, each with its statements in the order of the fold, and names in them."""
    rules = declared(cls).rules()
    if only is not None and only not in rules:
        meant, near = hint(only, rules, "it has")
        raise UsageError(f"{cls} has no field {only!r}; {meant}", suggestions=near)
    values, disputed = unflatten(cls, properties), properties.get("conflicts") or ()
    subject_of = {id(it): written for written, it in stated}
    pool = in_order([it for _, it in stated])
    book = session.evidence(it.evidence for it in pool)
    loads = {it.no: replace(it, by=session.masked(it.by), because=session.masked(it.because)) for it in session.headers}
    fields, pointed = [], set()
    for name in rules if only is None else [only]:
        stating = [it for it in pool if name in it.values and it.evidence in book]
        pointed |= {id_ for it in stating for id_ in ids_in(cls, {name: it.values[name]})}
        statements = (
            _statement(it, subject_of[id(it)], name, values.get(name), book[it.evidence], loads) for it in stating
        )
        if stating:
            field = {"field": name, "value": values.get(name), "disputed": name in disputed}
            fields.append(WhyField(**field, statements=tuple(statements)))
    names = printed_names(session, pointed)
    state = {"data_version": session.status.data_version, "projecting": session.status.projecting}
    return {"cls": cls, "fields": tuple(fields), "names": names, **state}


def _statement(
    stated: Said, subject: str, name: str, winner: Any, row: EvidenceRow, loads: Mapping[int, LoadHeader]
) -> StatedValue:
    value, load = stated.values[name], loads[row.load]
    is_typed = row.source == OFFICERS
    return StatedValue(
        value=value,
        won=value == winner or (isinstance(value, list) and isinstance(winner, list) and set(value) <= set(winner)),
        subject=subject,
        source=row.source,
        title=row.card.title,
        rank=stated.rank,
        stated_on=stated.stated_on or None,
        row_key=row.row_key,
        locator=row.locator,
        url=row.url or None,
        load=row.load,
        confidence=row.confidence,
        note=row.note or None,
        by=(load.by or None) if is_typed else None,
        because=(load.because or None) if is_typed else None,
    )


def _judgements(session: Session, members: Sequence[str]) -> tuple[Judgement, ...]:
    """Return the verdicts on these ids whose both ends the view knows."""
    wanted = set(members)
    judgements = [
        Judgement(
            first=verdict.first,
            second=verdict.second,
            word=verdict.word,
            by_person=row[-1].source == PERSON_JUDGE,
            by=verdict.by or None,
            because=session.masked(verdict.because, verdict.first, verdict.second) or None,
            load=row[-1].load,
        )
        for row in session.ledger.judged_rows(wanted)
        for verdict in verdicts_said(row, session.lens)
        if wanted & {verdict.first, verdict.second}
    ]
    ends = {end for it in judgements for end in (it.first, it.second)} - wanted
    others = OfIds(ids=tuple(sorted(ends)))
    known = wanted | entities(session, ends).keys()
    known |= {alias.id for alias in session.read(IDS_BY_ALIAS, others)} if ends else set()
    visible = (it for it in judgements if {it.first, it.second} <= known)
    return tuple(sorted(visible, key=lambda it: (it.first, it.second, not it.by_person)))
