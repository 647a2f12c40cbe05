"""From what a question found to its answer: evidence numbered, common doubts added, rows capped."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from iga.graph.domain.marking import Marking
from iga.graph.domain.values import last_day
from iga.graph.fold.live import sortable
from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.settings import PRACTICE
from iga.graph.statements import Confidence
from iga.graph.text import folded, unsuffixed
from iga.queries.core.answer import Answer, AnswerRow, Caveat, Clause, EvidenceNote, Ref, SourcedRow, Total
from iga.queries.core.clauses import ShortNames, SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.permissions import NAMED_IN_EXPORT, NAMED_IN_PAPER
from iga.queries.core.printed_names import short_names
from iga.queries.core.question import A, Question, Request, Result
from iga.queries.core.session import Session
from iga.queries.core.trust import Book, doubted, values_apart
from iga.queries.core.wording import quoted

# More rows than any list of the office has (a body has at most 193 members and a few hundred terms).
CAP = 1_000
# A list that nobody has stated anew for so long is said to be old; yearly lists are late by up to a year.
_OLD_AFTER_YEARS = 2
TRUST: tuple[Confidence, ...] = ("high", "medium", "low", "derived")
"""How far a source row is to be trusted, best first."""


def answered(
    question: Question,
    request: Request[A],
    result: Result[Any],
    *,
    parameters: Mapping[str, str | tuple[str, ...]],
) -> Answer:
    """Return the answer to a question: clauses in words, rows to the cap, each with the numbers of its evidence.

    Notes are numbered in the order in which rows first need them. A row that the ledger does not know
    is left without a number rather than given an empty note.
    """
    shown = result.rows[:CAP]
    names = request.session.once(short_names)
    spoken = [(clause, text) for clause in result.clauses if (text := _in_words(question, clause, names))]
    if spoken and not result.rows:
        spoken = [*_narrowed(question, request, *spoken[0]), *spoken[1:]]
    of_rows = [ref for row in shown for ref in (*row.refs, *row.dated_by)]
    of_clauses = [ref for clause, _ in spoken for ref in clause.refs or ()]
    wanted = dict.fromkeys([*of_rows, *of_clauses, *result.refs])
    known = {**result.past, **request.session.evidence(ref for ref in wanted if ref not in result.past)}
    book = {ref: known[ref] for ref in wanted if ref in known}
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    rows = tuple(_with_evidence(row, book, numbers) for row in shown)
    evidence = {number: note_of(book[ref], now=request.session.status.view.now) for ref, number in numbers.items()}
    is_made_up = request.session.is_practice or any(note.fictional for note in evidence.values())
    practice = f"{PRACTICE} " if is_made_up else ""
    clauses = tuple(_with_numbers(clause, unsuffixed(text) if is_made_up else text, numbers) for clause, text in spoken)
    doubts = (*result.caveats, *_common(question, request, result, rows, book))
    lead, ahead = _lead(request.day, today=request.session.today)
    status = request.session.status
    return Answer(
        question=question.name,
        parameters=dict(parameters),
        as_of=request.day,
        known_on=status.known_on,
        headline=f"{practice}{lead if ahead else ''}{' '.join(_first(clauses))}",
        clauses=clauses,
        answer=f"{practice}{lead}{' '.join(clause.text for clause in clauses)}",
        rows=rows,
        total=result.total or Total(value=len(result.rows)),
        caveats=tuple(_on(clauses, _caveats(question, doubts, names))),
        evidence=evidence,
        data_version=status.data_version,
        subjects=tuple(subject for named in request.subjects.values() for subject in named),
        understood_as=request.taken,
    )


def _lead(day: str, *, today: str) -> tuple[str, bool]:
    """Return what an answer for another day than today begins with, and whether that day is ahead."""
    if day > today:
        return f"Ahead, as of {day}, by what is known on {today}: ", True
    return (f"As of {day}: " if day != today else ""), False


def _narrowed(
    question: Question, request: Request[A], first: SourcedClause, headline: str
) -> Iterator[tuple[SourcedClause, str]]:
    """Yield what an answer without rows begins with: it names the conditions if there are rows without these.

    It is asked again without them only where the headline does not name them.
    """
    asked = {name.replace("_", " "): value for name, value in request.narrowing().items()}
    # Of a year, what is nearest is named: "no … is on file for what was asked; there are some of 2024".
    has_nearest = asked.keys() <= {"year", "fiscal year"} and "what was asked; " in headline
    is_named = has_nearest or all(
        folded(value) in folded(headline) or f"that {name}" in headline for name, value in asked.items()
    )
    number = 0 if is_named else len(question.function(request.without_narrowing()).rows)
    # A reply that begins so is of all there is: it would deny what is on file without the conditions.
    is_reply = headline.startswith(worded("iga.queries.core", "negatives", "unsure", {"word": "no"}))
    if not (number and is_reply):
        yield first, headline
    if number:
        said = clause("narrowed", **request.named("party"), asked=asked, number=number, is_reply=is_reply)
        yield said, _in_words(question, said, request.session.once(short_names))


def _in_words(question: Question, known: SourcedClause | UnwordedCaveat, names: ShortNames) -> str:
    is_caveat = isinstance(known, UnwordedCaveat)
    return worded(question.package, question.name, known.id, known.values, names=names, is_caveat=is_caveat)


def _with_numbers(clause: SourcedClause, text: str, numbers: Mapping[Ref, int]) -> Clause:
    rests_on = numbers if clause.refs is None else clause.refs
    evidence = tuple(sorted({numbers[ref] for ref in rests_on if ref in numbers}))
    return Clause(id=clause.id, text=text, values=dict(clause.values), evidence=evidence)


def _caveats(question: Question, caveats: Iterable[Caveat | UnwordedCaveat], names: ShortNames) -> Iterable[Caveat]:
    """Yield caveats in words; what concerns none of the rows, or has nothing to say, is left out."""
    for known in caveats:
        if isinstance(known, Caveat):
            yield known
        elif (known.rows is None or any(known.rows)) and (text := _in_words(question, known, names)):
            made_from = {"macro": known.id, "values": known.values}
            yield Caveat(
                kind=known.kind, text=text, clause=known.clause, rows=row_numbers(known.rows or ()), **made_from
            )


def _first(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield what a reply begins with, with the conditions that left it without rows."""
    yield from (clause.text for at, clause in enumerate(clauses[:2]) if at == 0 or clause.id == "narrowed")


def _on(clauses: Iterable[Clause], doubts: Iterable[Caveat]) -> Iterator[Caveat]:
    """Yield caveats, those on a clause that the answer does not have as caveats on all of it."""
    said = {None, *(clause.id for clause in clauses)}
    yield from (it if it.clause in said else it.model_copy(update={"clause": None}) for it in doubts)


def note_of(row: EvidenceRow, *, now: str = "") -> EvidenceNote:
    """Return the endnote for a row of the ledger."""
    is_embargoed = bool(now and row.public_from) and sortable(now) < sortable(row.public_from)
    return EvidenceNote(
        source=row.source,
        title=row.card.title,
        url=row.url or None,
        locator=row.locator,
        stated_on=row.stated_on or None,
        load=row.load,
        marking=Marking(max(row.marking, Marking.INTERNAL if is_embargoed else Marking.PUBLIC)).word,
        fictional=row.card.fictional,
    )


def _with_evidence(sourced: SourcedRow[Any], book: Mapping[Ref, EvidenceRow], numbers: Mapping[Ref, int]) -> AnswerRow:
    known = [ref for ref in dict.fromkeys((*sourced.refs, *sourced.dated_by)) if ref in book]
    of_parts = ([book[ref].confidence for ref in part if ref in book] for part in sourced.parts or (sourced.refs,))
    best = [min(trust, key=TRUST.index) for trust in of_parts if trust]
    rests_on: dict[str, Any] = {
        "evidence": tuple(sorted(numbers[ref] for ref in known)),
        "confidence": max(best, key=TRUST.index, default=None),
        "fictional": any(book[ref].card.fictional for ref in known),
    }
    if sourced.cells:
        of_cells = {
            name: tuple(sorted(numbers[ref] for ref in of if ref in numbers)) for name, of in sourced.cells.items()
        }
        cells = {name: sourced.row.cells[name].model_copy(update={"evidence": of}) for name, of in of_cells.items()}
        rests_on["cells"] = cells
    row: AnswerRow = sourced.row.model_copy(update=rests_on)
    return row


def _common(
    question: Question, request: Request[A], result: Result[Any], rows: tuple[AnswerRow, ...], book: Book
) -> Iterable[Caveat | UnwordedCaveat]:
    if request.session.status.projecting:
        yield caveat("projecting", "load-projected")
    yield from _of_consents(request.session)
    yield from _of_sources(book.values())
    apart = list(values_apart(question, result, book, ceiling=request.session.status.view.ceiling))
    yield from _of_rows(rows, apart)
    yield from doubted(question, result, book)
    newest = max((row.stated_on for row in book.values()), default="")
    if newest and int(request.day[:4]) - int(last_day(newest)[:4]) > _OLD_AFTER_YEARS:
        yield caveat("stale", "newest-source", newest=newest)


def _of_consents(session: Session) -> Iterable[UnwordedCaveat]:
    """Say how many people are left out and the way that is permitted in their place, to those who may know of it.

    So it is of things whose id names one. Why is said as well, but not in papers and files: these are handed on.
    """
    if session.status.view.ceiling is not Marking.SENSITIVE:
        return
    if session.left_telling:
        yield caveat("undisclosed", "telling", number=len(session.left_telling))
    if session.left_out:
        is_handed_on = session.use in (NAMED_IN_PAPER, NAMED_IN_EXPORT)
        reasons = Counter(known.reason for known in session.left_out.values())
        yield caveat(
            "undisclosed",
            "without-consent",
            people=len(session.left_out),
            reasons={} if is_handed_on else dict(sorted(reasons.items())),
            ways=sorted({known.via for known in session.left_out.values() if known.via}),
        )


def _of_sources(book: Iterable[EvidenceRow]) -> Iterable[Caveat]:
    for row in {row.source: row for row in book}.values():
        if row.card.fictional:
            yield Caveat(
                kind="uncertain", text=f"{quoted(row.card.title)} is made up for demonstration.", source=row.source
            )
        for gap in row.card.gaps:
            yield Caveat(kind="partial", text=gap, source=row.source)


def _of_rows(rows: tuple[AnswerRow, ...], apart: list[dict[str, Any]]) -> Iterable[UnwordedCaveat]:
    weak = [row.confidence == "low" for row in rows]
    yield caveat("uncertain", "low-confidence", rows=weak, number=sum(weak), of=len(rows))
    derived = [row.confidence == "derived" for row in rows]
    yield caveat("derived", "follow-from-others", rows=derived, number=sum(derived), of=len(rows))
    disputed = [bool(row.conflicts) for row in rows]
    fields = sorted({name for row in rows for name in row.conflicts})
    yield caveat(
        "conflict", "sources-differ", rows=disputed, number=sum(disputed), of=len(rows), fields=fields, apart=apart
    )


def row_numbers(are_so: Iterable[bool]) -> tuple[int, ...]:
    """Return the numbers of the rows that are so, from 1, up to the cap."""
    return tuple(number for number, is_so in enumerate(are_so, start=1) if is_so and number <= CAP)
