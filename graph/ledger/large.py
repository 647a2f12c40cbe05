"""Rows so large that the streams give to each thing that they name only what they say of it; others are given whole."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from sqlalchemy import BindParameter, Connection, bindparam, func, select

from iga.graph.fold.history import RowHistory
from iga.graph.ledger.tables import version
from iga.graph.statements import Statement, Verdict

Subject = TypeVar("Subject")

LARGE = 8_000
"""Bytes above which the content of a version makes its row a large one.

A row of a table has some hundred bytes, a record of a standard format up to millions. Reading such a row whole for
each of the thousand things it names would take the square of its length.
"""

LARGE_BYTES: BindParameter[int] = bindparam("large", LARGE)


def large_rows(connection: Connection) -> frozenset[int]:
    """Return the numbers of the large rows of a ledger."""
    large = select(version.c.row_id).where(func.length(version.c.content) > LARGE_BYTES).distinct()
    return frozenset(connection.execute(large).scalars())


def parted(history: RowHistory, subject_of: Callable[[Statement], Subject | None]) -> dict[Subject, RowHistory]:
    """Return what a row says of each subject, as a row that says nothing else.

    Where a statement is marked and the row was changed, each gets the whole row: there, what later versions say of
    others bears on the marking of what is said of one.
    """
    by_subject: dict[Subject, list[list[Statement]]] = {}
    for place, known in enumerate(history):
        for statement in known.content.statements:
            if (subject := subject_of(statement)) is not None:
                by_subject.setdefault(subject, [[] for _ in history])[place].append(statement)
    if len(history) > 1 and any(_is_marked(statement) for known in history for statement in known.content.statements):
        return dict.fromkeys(by_subject, history)
    return {subject: _narrowed(history, statements) for subject, statements in by_subject.items()}


def _narrowed(history: RowHistory, statements_of: list[list[Statement]]) -> RowHistory:
    replace = msgspec.structs.replace
    return tuple(
        replace(known, content=replace(known.content, statements=tuple(statements)))
        for known, statements in zip(history, statements_of, strict=True)
    )


def _is_marked(statement: Statement) -> bool:
    return statement.marking > 0 or isinstance(statement, Verdict)
