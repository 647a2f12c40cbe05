"""What was judged when, by whom and why, and the way back from the last of it."""

from collections.abc import Iterable
from typing import NamedTuple

from iga.graph.errors import InputError, NotFound
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.judgements import CARDS, ROW_KEY, judgements, refuse_contradiction, row_key
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import PERSON_JUDGE, RULE_JUDGE, LoadHeader, RowVersion, Verdict, Word

_UNDO = "undo of load "


class Change(NamedTuple):
    """What a load made of the judgement on one pair; a word is None where there was, or then is, none."""

    first: str
    second: str
    before: Word | None
    now: Word | None
    because: str


class Logged(NamedTuple):
    """One load of judgements.

    Attributes:
        load, at: Its number and instant.
        judge: ``judgements:person`` or ``judgements:rule``.
    """

    load: int
    at: str
    judge: str
    by: str
    because: str
    changes: tuple[Change, ...]


def judgement_log(ledger: Ledger) -> list[Logged]:
    """Return every load of judgements, newest first."""
    changes: dict[int, list[Change]] = {}
    for history in ledger.judged_rows(None):
        for before, version in zip((None, *history), history, strict=False):
            changes.setdefault(version.load, []).append(_change(before, version))
    return [
        Logged(header.no, header.at, header.source, header.by, header.because, tuple(sorted(changes[header.no])))
        for header in reversed(ledger.headers())
        if header.source in (PERSON_JUDGE, RULE_JUDGE) and header.no in changes
    ]


def undo_last(ledger: Ledger, *, by: str) -> tuple[LoadHeader, Logged]:
    """Take back what a person judged last, and return the load that does so with what it took back.

    Verdicts that it had replaced stand again. What was undone before is passed over, so that undoing twice goes two
    steps back.

    Raises:
        NotFound: The person has judged nothing that can be undone.
        InputError: Somebody judged one of the pairs again since.
        Contradiction: What would stand again contradicts what was judged since.
        LedgerLocked: Another writer kept the lock.
    """
    last = _last_of(judgement_log(ledger), by)
    rows = [row for row in ledger.judged_rows(None) if any(version.load == last.load for version in row)]
    _refuse_judged_since(rows, last)
    with ledger.open_load(CARDS[PERSON_JUDGE], by=by, because=f"{_UNDO}{last.load}", row_key=ROW_KEY) as load:
        standing = judgements(ledger)
        before = {row[0].row_key: version for row in rows if (version := _before(row, last.load))}
        load.put([(key, version.locator, version.content) for key, version in sorted(before.items())])
        load.withdraw([row[0].row_key for row in rows if row[0].row_key not in before])
        refuse_contradiction(standing, judgements(ledger))
        return load.commit({"withdrawn": len(rows)}), last


def _place(row: RowHistory, load: int) -> int:
    return next(place for place, version in enumerate(row) if version.load == load)


def _before(row: RowHistory, load: int) -> RowVersion | None:
    """Return the version of a row before that of a load; None when it said nothing."""
    place = _place(row, load)
    return row[place - 1] if place and row[place - 1].content.statements else None


def _last_of(log: Iterable[Logged], by: str) -> Logged:
    undone: set[int] = set()
    for entry in log:
        if entry.judge != PERSON_JUDGE or entry.by != by:
            continue
        if entry.because.startswith(_UNDO):
            undone.add(int(entry.because.removeprefix(_UNDO)))
        elif entry.load not in undone:
            return entry
    raise NotFound(f"{by} has judged nothing that could be undone; iga resolve log lists all judgements")


def _refuse_judged_since(rows: Iterable[RowHistory], last: Logged) -> None:
    """Refuse when a pair stands otherwise than the load left it; what was judged and undone since does not count."""
    for row in rows:
        if row[-1].content != row[_place(row, last.load)].content:
            change = next(c for c in last.changes if row_key(c.first, c.second) == row[-1].row_key)
            raise InputError(
                f"{change.first} and {change.second} were judged again in load {row[-1].load}, after load"
                f" {last.load}: take that back first, or judge the pair anew"
            )


def _change(before: RowVersion | None, version: RowVersion) -> Change:
    was, now = _verdict(before), _verdict(version)
    verdict = now or was
    assert verdict is not None, "a row of judgements begins with a verdict"
    words = was.word if was else None, now.word if now else None
    return Change(verdict.first, verdict.second, *words, now.because if now else "")


def _verdict(version: RowVersion | None) -> Verdict | None:
    statements = version.content.statements if version else ()
    return next((statement for statement in statements if isinstance(statement, Verdict)), None)
