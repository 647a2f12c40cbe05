"""The history of a thing: what each version of each row said of it, by load, with what became of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from iga.graph.domain.marking import Marking
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import live_version, seen_statements
from iga.graph.fold.recipes import recipe
from iga.graph.statements import EdgeStatement, LoadHeader, NodeStatement, RowVersion, Statement
from iga.queries.core.answer import Shape, Total
from iga.queries.core.columns import needed
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.whole.entity import thing_at

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
                    source=version.source,
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
