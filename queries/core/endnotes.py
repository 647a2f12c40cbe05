"""From what a question found to its answer: evidence numbered, common doubts added, rows capped."""

from collections.abc import Iterable, Mapping

from graph.domain.marking import Marking
from graph.domain.values import last_day
from graph.fold.live import sortable
from graph.ledger.evidence import EvidenceRow
from graph.statements import Confidence
from queries.core.answer import Answer, AnswerRow, Caveat, EvidenceNote, Ref, Total
from queries.core.question import A, Question, Request, Result, SourcedRow
from queries.core.wording import counted

# More rows than any list of the office has (a body has at most 193 members and a few hundred terms).
CAP = 1_000
# A list that nobody has stated anew for so long is said to be old; yearly lists are late by up to a year.
_OLD_AFTER_YEARS = 2
TRUST: tuple[Confidence, ...] = ("high", "medium", "low", "derived")
"""How far a source row is to be trusted, best first."""


def answered(
    question: Question, request: Request[A], found: Result, *, parameters: Mapping[str, str | tuple[str, ...]]
) -> Answer:
    """Return the answer to a question: rows to the cap, each with the numbers of its evidence.

    Notes are numbered in the order in which rows first need them. A row that the ledger does not know
    is left without a number rather than given an empty note.
    """
    sourced_rows = found.sourced_rows[:CAP]
    rested = [ref for draft in sourced_rows for ref in (*draft.refs, *draft.dated_by)]
    wanted = dict.fromkeys([*rested, *found.refs])
    held = {**found.past, **request.session.evidence(ref for ref in wanted if ref not in found.past)}
    book = {ref: held[ref] for ref in wanted if ref in held}
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    rows = tuple(_with_evidence(draft, book, numbers) for draft in sourced_rows)
    standing = request.session.status
    return Answer(
        question=question.name,
        parameters=dict(parameters),
        as_of=request.day,
        known_on=standing.known_on,
        answer=f"As of {request.day}: {found.sentence}",
        rows=rows,
        total=found.total or Total(value=len(found.sourced_rows)),
        caveats=(*found.caveats, *_common(request, rows, book)),
        evidence={number: note_of(book[ref], now=standing.view.now) for ref, number in numbers.items()},
        data_version=standing.data_version,
        subjects=tuple(subject for named in request.subjects.values() for subject in named),
    )


def note_of(row: EvidenceRow, *, now: str = "") -> EvidenceNote:
    """Return the endnote for a row of the ledger.

    Args:
        row: The row.
        now: Instant at which embargoes are compared; a blank one is past them all.
    """
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


def _with_evidence(draft: SourcedRow, book: Mapping[Ref, EvidenceRow], numbers: Mapping[Ref, int]) -> AnswerRow:
    known = [ref for ref in dict.fromkeys((*draft.refs, *draft.dated_by)) if ref in book]
    best = min((book[ref].confidence for ref in draft.refs if ref in book), key=TRUST.index, default=None)
    rests_on = {
        "evidence": tuple(sorted(numbers[ref] for ref in known)),
        "confidence": best,
        "fictional": any(book[ref].card.fictional for ref in known),
    }
    return draft.row.model_copy(update=rests_on)


def _common(request: Request[A], rows: tuple[AnswerRow, ...], book: Mapping[Ref, EvidenceRow]) -> Iterable[Caveat]:
    if request.session.status.projecting:
        yield Caveat(kind="projecting", text="A load is being projected right now: this answer may be incomplete.")
    yield from _of_sources(book.values())
    yield from _of_rows(rows)
    newest = max((row.stated_on for row in book.values()), default="")
    if newest and int(request.day[:4]) - int(last_day(newest)[:4]) > _OLD_AFTER_YEARS:
        yield Caveat(kind="stale", text=f"The newest source behind this answer is stated as of {newest}.")


def _of_sources(book: Iterable[EvidenceRow]) -> Iterable[Caveat]:
    for row in {row.source: row for row in book}.values():
        if row.card.fictional:
            yield Caveat(kind="uncertain", text=f"“{row.card.title}” is made up for demonstration.", source=row.source)
        for gap in row.card.gaps:
            yield Caveat(kind="partial", text=gap, source=row.source)


def _of_rows(rows: tuple[AnswerRow, ...]) -> Iterable[Caveat]:
    if weak := sum(row.confidence == "low" for row in rows):
        yield Caveat(
            kind="uncertain",
            text=f"{counted(weak, 'row')} of {len(rows)} rest on sources of low confidence alone.",
        )
    if derived := sum(row.confidence == "derived" for row in rows):
        yield Caveat(
            kind="derived",
            text=f"{counted(derived, 'row')} of {len(rows)} follow from other facts; no source prints them.",
        )
    if disputed := [row for row in rows if row.conflicts]:
        fields = ", ".join(sorted({name for row in disputed for name in row.conflicts}))
        share = f"{counted(len(disputed), 'row')} of {len(rows)}"
        yield Caveat(
            kind="conflict",
            text=f"Sources differ in {share} ({fields}); iga why shows what each says.",
        )
