"""Checks a finished paper: what of all it says is still said by the data."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from iga.exports.memos.write import kind_named, write_memo
from iga.exports.paper.record import PaperRecord, RecordedStatement, record_of
from iga.graph.errors import Denied, NotFound
from iga.queries.core.session import Session

_ALL = "*"


class MendedSentence(BaseModel):
    """A sentence that was wrong, as ``mended.yaml`` lists it.

    Attributes:
        clause: Id of its clause or caveat; ``rows`` is what papers print from its rows, ``*`` all of it.
        since: First version that said it; blank is all before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    clause: str
    wrong: str
    since: str = ""
    release: str = ""

    def is_told_by(self, teller: str) -> bool:
        """True if what tells a statement (``tier-history/headline``) is this sentence."""
        question, _, clause = teller.partition("/")
        return question == self.question and self.clause in (_ALL, clause)

    def was_wrong_in(self, version: str) -> bool:
        """True if a version said it; one that is blank is older than any that recorded itself in papers."""
        return not version or _order(self.since) <= _order(version) < _order(self.release)


@dataclass(frozen=True)
class RestingStatement:
    """A statement of a paper, and what was wrong with the sentence that it rests on.

    Attributes:
        text: All of it; blank where an older paper does not record which of its statements it is.
    """

    section: str
    text: str
    question: str
    wrong: str


def resting(record: PaperRecord, again: PaperRecord, known: Sequence[MendedSentence]) -> tuple[RestingStatement, ...]:
    """Return the statements of a paper that rest on a mended sentence, from the top.

    A paper of a version that did not record what its statements rest on is judged by the one written again: by the
    statement at the same place, and where that is not there any more, by what all of it asks.
    """
    wrong = [one for one in known if one.was_wrong_in(record.making.version)]
    return tuple(dict.fromkeys(_resting(record, again, wrong))) if wrong else ()


def _resting(record: PaperRecord, again: PaperRecord, wrong: Sequence[MendedSentence]) -> Iterator[RestingStatement]:
    same = {statement: statement.told_by for statement in again.said}
    now: dict[tuple[str, str], set[str]] = {}
    for statement in again.said:
        now.setdefault(statement.place, set()).update(statement.told_by)
    located = set()
    for statement in record.said:
        tellers = statement.told_by or same.get(statement, ()) or now.get(statement.place, ())
        for one in (one for one in wrong if any(map(one.is_told_by, tellers))):
            located.add(one)
            yield RestingStatement(statement.section, statement.text, one.question, one.wrong)
    if any(statement.told_by for statement in record.said) or {*record.said} <= same.keys():
        return
    asked = {teller.partition("/")[0] for tellers in now.values() for teller in tellers}
    yield from (
        RestingStatement("", "", one.question, one.wrong)
        for one in wrong
        if one not in located and one.question in asked
    )


@cache
def mended() -> tuple[MendedSentence, ...]:
    """Return the sentences that were mended, in the order of the file."""
    text = files("iga.exports.checking").joinpath("mended.yaml").read_text(encoding="utf-8")
    listed = TypeAdapter(dict[str, tuple[MendedSentence, ...]]).validate_python(yaml.load(text, yaml.CSafeLoader))
    return tuple(one.model_copy(update={"release": release}) for release, of in listed.items() for one in of)


def _order(version: str) -> tuple[int, ...]:
    """Return what orders versions such as ``1.0.0rc1``, which comes before ``1.0.0``; blank is before all."""
    parts = re.match(r"(\d+)\.(\d+)\.(\d+)(?:rc(\d+))?", version)
    if parts is None:
        return ()
    major, minor, patch, candidate = parts.groups()
    return int(major), int(minor), int(patch), int(candidate is None), int(candidate or 0)


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
    session: Session, record: PaperRecord, *, as_of: str | None = None, known: tuple[MendedSentence, ...] | None = None
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
