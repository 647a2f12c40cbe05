"""Checks a finished paper: what of all it says is still said by the data."""

from collections import Counter
from dataclasses import dataclass, replace

from iga.exports.checking.mended import MendedSentence, RestingStatement, mended, resting
from iga.exports.memos.write import kind_named, write_memo
from iga.exports.paper.record import PaperRecord, RecordedStatement, record_of
from iga.graph.errors import Denied, NotFound
from iga.queries.core.session import Session


@dataclass(frozen=True)
class ChangedStatement:
    """One thing that the paper says and the data say otherwise now."""

    section: str
    was: str
    now: str


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        title: What the paper is on.
        written_for: Day the paper was written for.
        checked_for: Day it was checked for.
        is_same_data: Whether the data are those that it was written from.
        changed: What is said otherwise now, with both.
        gone: What is no longer said.
        new: What is said now and is not in the paper.
        unchanged: How many things are said as they were.
        mended: What rests on a sentence that was wrong in the version that wrote the paper.
        refusal: Why the paper cannot be written again, so that all of it is no longer said; blank if it can: what it is
            on is there no longer, or is somebody who took a consent back, was restricted or erased.
    """

    title: str
    written_for: str
    checked_for: str
    is_same_data: bool
    changed: tuple[ChangedStatement, ...]
    gone: tuple[RecordedStatement, ...]
    new: tuple[RecordedStatement, ...]
    unchanged: int
    mended: tuple[RestingStatement, ...] = ()
    refusal: str = ""

    @property
    def has_findings(self) -> bool:
        """True if the paper and the data differ, or something of it rests on a sentence that was mended."""
        return bool(self.changed or self.gone or self.new or self.mended)


def checked(
    session: Session,
    record: PaperRecord,
    *,
    as_of: str | None = None,
    known: tuple[MendedSentence, ...] | None = None,
) -> Checked:
    """Write a paper again and compare all that it says, whatever its drafter edited.

    Args:
        session: The graph, the ledger and the day.
        record: Of the finished paper.
        as_of: Day to check for; today if left out.
        known: The sentences that were mended; those of ``mended.yaml`` if left out.

    Raises:
        NotFound: There is no such kind of memo.
        UsageError, Ambiguous, StoreError, LedgerError: As of `write_memo`.
    """
    making = record.making
    kind_named(making.kind)
    asked = {**making.parameters, "as_of": as_of or ""}
    try:
        again = record_of(write_memo(session, making.kind, asked, is_full=making.is_full))
    except (Denied, NotFound) as error:
        nothing = replace(making, as_of=as_of or session.today, data_version=session.status.data_version)
        again, refusal = replace(record, making=nothing, said=()), error.message
    else:
        refusal = ""
    before, after = Counter(record.said), Counter(again.said)
    gone, new = _in_order(record.said, before - after), _in_order(again.said, after - before)
    changed, gone, new = _paired(gone, new)
    return Checked(
        title=record.title,
        written_for=making.as_of,
        checked_for=again.making.as_of,
        is_same_data=making.data_version == again.making.data_version,
        changed=changed,
        gone=gone,
        new=new,
        unchanged=sum((before & after).values()),
        mended=resting(record, again, mended() if known is None else known),
        refusal=refusal,
    )


def _in_order(
    statements: tuple[RecordedStatement, ...], left: Counter[RecordedStatement]
) -> tuple[RecordedStatement, ...]:
    kept, wanted = [], Counter(left)
    for statement in statements:
        if wanted[statement]:
            wanted[statement] -= 1
            kept.append(statement)
    return tuple(kept)


def _paired(
    gone: tuple[RecordedStatement, ...], new: tuple[RecordedStatement, ...]
) -> tuple[tuple[ChangedStatement, ...], tuple[RecordedStatement, ...], tuple[RecordedStatement, ...]]:
    """Join what is gone and what is new under the same heading and key, where each is the only one with it."""
    before = Counter(statement.place for statement in gone if statement.key)
    after = Counter(statement.place for statement in new if statement.key)
    both = {place for place, count in before.items() if count == 1 == after[place]}
    now = {statement.place: statement.text for statement in new if statement.place in both}
    changed = tuple(
        ChangedStatement(statement.section, statement.text, now[statement.place])
        for statement in gone
        if statement.place in both
    )
    gone, new = (tuple(statement for statement in left if statement.place not in both) for left in (gone, new))
    return changed, gone, new
