"""What source rows doubt of themselves, and the caveats that an answer which rests on them has by that."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from graph.domain.values import last_day
from graph.ledger.evidence import EvidenceRow
from graph.statements import Doubt
from queries.core.answer import Ref
from queries.core.clauses import UnwordedCaveat, caveat
from queries.core.question import Question, Result

Book: TypeAlias = Mapping[Ref, EvidenceRow]
"""Source rows by their references."""


def doubted(question: Question, result: Result[Any], book: Book) -> Iterable[UnwordedCaveat]:
    """Yield the doubts that source rows state of themselves, those of one wording together, each with its rows.

    That a row was not looked at later counts no more where another that the same rests on is of a later day.
    """
    label, rows = next(iter(question.columns), ""), result.rows
    doubts: dict[Doubt, set[int]] = {}
    for number, sourced in enumerate(rows):
        for doubt in standing_doubts(sourced.refs, book):
            doubts.setdefault(doubt, set()).add(number)
    of_rows = {ref for sourced in rows for ref in sourced.refs}
    apart = [ref for known in result.clauses for ref in known.refs or () if ref not in of_rows]
    doubts |= {doubt: set() for doubt in standing_doubts(apart, book) if doubt not in doubts}
    for doubt, numbers in doubts.items():
        names = [str(getattr(rows[number].row, label, None) or "") for number in sorted(numbers)]
        concerned = [number in numbers for number in range(len(rows))] if numbers else None
        # With one row alone it is plain which is meant.
        known_as = list(dict.fromkeys(filter(None, names))) if len(rows) > 1 else []
        yield caveat(doubt.kind, "doubted", rows=concerned, names=known_as, says=doubt.says)


def standing_doubts(refs: Sequence[Ref], book: Book) -> list[Doubt]:
    """Return what source rows of one thing doubt of themselves, less what those of a later day make idle."""
    known = [book[ref] for ref in dict.fromkeys(refs) if ref in book]
    newest = max((last_day(row.stated_on) for row in known if row.stated_on), default="")
    return [
        doubt
        for row in known
        for doubt in row.doubts
        if doubt.kind != "stale" or not row.stated_on or last_day(row.stated_on) >= newest
    ]
