"""Whether anybody checked what a thing rests on: rows of lists that nobody did are shown, and marked."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from iga.graph.domain.catalog import declared
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import last_day
from iga.graph.fold.live import Said, edge_said
from iga.graph.fold.nodes import in_order
from iga.graph.fold.pools import node_pools
from iga.graph.fold.shapes import Triple
from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.statements import Doubt, NodeStatement, Verdict
from iga.queries.core.answer import Ref
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.days import latest
from iga.queries.core.periods import years_after
from iga.queries.core.reading import refs
from iga.queries.core.session import Session
from iga.queries.core.wording import in_words

if TYPE_CHECKING:
    from iga.queries.core.question import Question, Result


def with_status_by(session: Session, values: Mapping[str, Any], *, day: str) -> dict[str, Any]:
    """Return properties of an award or project, without a status that its rows state for a later day.

    How it stood before the day of the list is not known but by its dates.
    """
    is_later = bool(values.get("status")) and session.looks_back(refs(values), day=day)
    return {**values, **({"status": None} if is_later else {})}


def said_of_nodes(session: Session, ids: Collection[str]) -> dict[str, list[Said]]:
    """Return what sources say of nodes with these ids as written, most trusted first, by id."""
    wanted = frozenset(ids)
    pools = node_pools(session.ledger.rows_naming(wanted), session.lens, {written: written for written in wanted})
    return {it: [said._replace(values=session.masked(said.values, it)) for said in pool] for it, pool in pools.items()}


def said_of_edges(session: Session, kind: str, sources: Collection[str], targets: Collection[str]) -> list[Said]:
    """Return what sources say of edges of a type between any of these ids as written, most trusted first."""
    triples: frozenset[Triple] = frozenset((kind, source, target) for source, target in product(sources, targets))
    rows = session.ledger.rows_joining(triples)
    said = in_order([stated for row in rows for _, stated in edge_said(row, session.lens, triples)])
    return [stated._replace(values=session.masked(stated.values, *sources, *targets)) for stated in said]


# What is stated anew every year needs no day; the list of an earlier year does.
_YEARS = 1


def shown_on(session: Session, *listed: Mapping[str, Any], day: str) -> str | None:
    """Return the day on which sources last showed some of a list by a day; None if no day tells.

    Raises:
        LedgerError: The evidence could not be looked up.
    """
    seen = [on for one in listed if (on := latest(one.get("attested_on"), on=day))]
    return max(seen, default=None) or latest(
        [row.stated_on for row in session.evidence(refs(*listed)).values() if row.stated_on], on=day
    )


def age_of(session: Session, *listed: Mapping[str, Any], day: str) -> dict[str, Any] | None:
    """Return the day on which most of what is listed was last shown, and whether not all of it was.

    Where no day has most, the first and the last of them. None where the first is within the year before the day, or no
    source states a day.

    Raises:
        LedgerError: The evidence could not be looked up.
    """
    session.evidence(refs(*listed))  # in one look-up, for each of them below
    shown = Counter(on for one in listed if (on := shown_on(session, one, day=day)))
    [(on, number)] = shown.most_common(1) or [("", 0)]
    is_spread = 2 * number <= shown.total()
    on = min(shown) if shown and is_spread else on
    if not on or years_after(last_day(on), _YEARS) >= day:
        return None
    last = max(shown) if is_spread else None
    return {"on": on, "last": last, "is_two": len(shown) == 2, "is_most": not is_spread and number < shown.total()}


# So many disputed rows have their values told; iga why has those of all.
_APART = 3
Book: TypeAlias = Mapping[Ref, EvidenceRow]
"""Source rows by their references."""


def doubted(question: "Question", result: "Result[Any]", book: Book) -> Iterable[UnwordedCaveat]:
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


def _labels(question: "Question", result: "Result[Any]") -> list[str]:
    """Return what tells each row from the others: the first column that is not the same in all."""
    columns = [[str(getattr(it.row, name, None) or "") for it in result.rows] for name in question.columns]
    return next((labels for labels in columns if len(set(labels)) > 1), [""] * len(result.rows))


def values_apart(
    question: "Question", result: "Result[Any]", book: Book, *, ceiling: Marking
) -> Iterable[dict[str, Any]]:
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


UNVERIFIED = 90
"""Rank from which on nobody checked a source; see docs/mappings.md."""


def unverified(session: Session, resting_on: Mapping[str, Collection[Ref]]) -> frozenset[str]:
    """Return the ids of things that rest on unverified lists, or on rows of low confidence, alone."""
    book = session.evidence(ref for refs in resting_on.values() for ref in refs)
    return frozenset(id_ for id_, refs in resting_on.items() if _is_weak([book[ref] for ref in refs if ref in book]))


def is_unofficial(session: Session, of: Iterable[Mapping[str, Any]]) -> bool:
    """True if all of a list rests on rows that nobody vouches for, some of which say that it may not be so."""
    rows = session.evidence(refs(*of)).values()
    return _is_weak(rows) and any(doubt.kind == "uncertain" for row in rows for doubt in row.doubts)


def _is_weak(rows: Collection[EvidenceRow]) -> bool:
    return bool(rows) and all(row.card.rank >= UNVERIFIED or row.confidence == "low" for row in rows)
