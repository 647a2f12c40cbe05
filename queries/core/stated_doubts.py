"""What source rows doubt of themselves, and the caveats that an answer which rests on them has by that."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from iga.graph.domain.catalog import declared
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import last_day
from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.statements import Doubt, NodeStatement, Verdict
from iga.queries.core.answer import Ref
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.question import Question, Result
from iga.queries.core.wording import in_words

# So many disputed rows have their values told; iga why has those of all.
_APART = 3
Book: TypeAlias = Mapping[Ref, EvidenceRow]
"""Source rows by their references."""


def doubted(question: Question, result: Result[Any], book: Book) -> Iterable[UnwordedCaveat]:
    """Yield the doubts that source rows state of themselves, those of one wording together, each with its rows.

    That a row was not looked at later counts no more where another that the same rests on is of a later day.
    """
    rows = result.rows
    labels = _labels(question, result)
    doubts: dict[Doubt, set[int]] = {}
    for number, sourced in enumerate(rows):
        for doubt in standing_doubts(sourced.refs, book):
            doubts.setdefault(doubt, set()).add(number)
    of_rows = {ref for sourced in rows for ref in sourced.refs}
    apart = [ref for known in result.clauses for ref in known.refs or () if ref not in of_rows]
    doubts |= {doubt: set() for doubt in standing_doubts(apart, book) if doubt not in doubts}
    for doubt, numbers in doubts.items():
        names = [labels[number] for number in sorted(numbers)]
        concerned = [number in numbers for number in range(len(rows))] if numbers else None
        # With one row alone it is plain which is meant.
        known_as = list(dict.fromkeys(filter(None, names))) if len(rows) > 1 else []
        yield caveat(doubt.kind, "doubted", rows=concerned, names=known_as, says=doubt.says)


def _labels(question: Question, result: Result[Any]) -> list[str]:
    """Return what tells each row from the others: the first column that is not the same in all."""
    columns = [[str(getattr(it.row, name, None) or "") for it in result.rows] for name in question.columns]
    return next((labels for labels in columns if len(set(labels)) > 1), [""] * len(result.rows))


def values_apart(question: Question, result: Result[Any], book: Book, *, ceiling: Marking) -> Iterable[dict[str, Any]]:
    """Yield what sources state of the first disputed fields, each with the row's label and the values, sorted."""
    label = next(iter(question.columns), "")
    disputed = [sourced for sourced in result.rows if sourced.row.conflicts][:_APART]
    for sourced in disputed:
        name = str(getattr(sourced.row, label, None) or "") if len(result.rows) > 1 else ""
        for field in sourced.row.conflicts:
            stated = (_only_value(book[ref], field, ceiling) for ref in dict.fromkeys(sourced.refs) if ref in book)
            values = sorted({value for value in stated if value})
            if len(values) > 1:
                yield {"name": name, "field": field.replace("_", " "), "values": values}


def _only_value(row: EvidenceRow, field: str, ceiling: Marking) -> str:
    """Return the one value that a row states of a field, in words; blank for none, several, or a hidden one."""
    values = set()
    for statement in row.statements:
        if not isinstance(statement, Verdict) and field in statement.values:
            word = statement.cls if isinstance(statement, NodeStatement) else statement.type
            rule = declared(word).rules().get(field)
            if rule is None or rule.refers_to or max(statement.marking, rule.marking) > ceiling:
                return ""
            values.add(in_words(statement.values[field], {}))
    return values.pop() if len(values) == 1 else ""


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
