"""What answers of this room do not know, in the words of ``sentences/caveats.j2``."""

from typing import Any

from queries.core.answer import Caveat, CaveatKind
from queries.core.clauses import worded


def caveat(
    kind: CaveatKind,
    id: str,  # noqa: A002 - the name of its macro, as that of a clause
    *,
    clause: str | None = None,
    rows: tuple[int, ...] = (),
    **values: Any,
) -> Caveat:
    """Return a caveat: its kind, its macro, the clause or the rows that it concerns, and its values."""
    return Caveat(kind=kind, text=worded(__package__, "caveats", id, values), clause=clause, rows=rows)
