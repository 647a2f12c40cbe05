"""Checks a finished paper: what of all it says is still said by the data."""

from collections import Counter
from dataclasses import dataclass

from exports.memos.write import write_memo
from exports.paper.record import Record, Said, record_of
from queries.core.session import Session


@dataclass(frozen=True)
class Change:
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
    """

    title: str
    written_for: str
    checked_for: str
    is_same_data: bool
    changed: tuple[Change, ...]
    gone: tuple[Said, ...]
    new: tuple[Said, ...]
    unchanged: int

    @property
    def has_findings(self) -> bool:
        """Whether the paper and the data differ."""
        return bool(self.changed or self.gone or self.new)


def checked(session: Session, record: Record, *, as_of: str | None = None) -> Checked:
    """Write a paper again and compare all that it says, whatever its drafter edited.

    Args:
        session: The graph, the ledger and the day.
        record: Of the finished paper.
        as_of: Day to check for; today if left out.

    Raises:
        NotFound: What it is on, or its kind of memo, is there no longer.
        UsageError, Ambiguous, StoreError, LedgerError: As of `write_memo`.
    """
    made = record.making
    again = record_of(write_memo(session, made.kind, {**made.parameters, "as_of": as_of or ""}))
    before, after = Counter(record.said), Counter(again.said)
    gone, new = _in_order(record.said, before - after), _in_order(again.said, after - before)
    changed, gone, new = _paired(gone, new)
    return Checked(
        title=record.title,
        written_for=made.as_of,
        checked_for=again.making.as_of,
        is_same_data=made.data_version == again.making.data_version,
        changed=changed,
        gone=gone,
        new=new,
        unchanged=sum((before & after).values()),
    )


def _in_order(said: tuple[Said, ...], left: Counter[Said]) -> tuple[Said, ...]:
    kept, wanted = [], Counter(left)
    for one in said:
        if wanted[one]:
            wanted[one] -= 1
            kept.append(one)
    return tuple(kept)


def _paired(
    gone: tuple[Said, ...], new: tuple[Said, ...]
) -> tuple[tuple[Change, ...], tuple[Said, ...], tuple[Said, ...]]:
    """Join what is gone and what is new under the same heading and key, where each is the only one with it."""
    places = Counter((one.section, one.key) for one in gone if one.key)
    others = Counter((one.section, one.key) for one in new if one.key)
    both = {place for place, count in places.items() if count == 1 == others[place]}
    now = {(one.section, one.key): one.text for one in new if (one.section, one.key) in both}
    changed = tuple(
        Change(one.section, one.text, now[one.section, one.key]) for one in gone if (one.section, one.key) in both
    )
    return changed, _but(gone, both), _but(new, both)


def _but(said: tuple[Said, ...], places: set[tuple[str, str]]) -> tuple[Said, ...]:
    return tuple(one for one in said if (one.section, one.key) not in places)
