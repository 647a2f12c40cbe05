"""What there was with Congress, what is due to it and when, and what was never answered: all of it, or one of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from iga.graph.domain.values import LAST_DAY, first_day
from iga.graph.text import folded
from iga.queries.contacts.congress_dealings import CongressMatter, CongressState, CongressTouchRow, dealings
from iga.queries.contacts.congress_side import congress_side
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.columns import option
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow

_ORDER: tuple[CongressState, ...] = get_args(CongressState)
_BETWEEN: tuple[CongressMatter, ...] = get_args(CongressMatter)[:-2]
_STILL_TO_COME = _ORDER.index("no fixed day")
_MET: tuple[CongressMatter, ...] = ("hearing", "briefing", "meeting")

Rows = Sequence[SourcedRow[CongressTouchRow]]


class CongressTouchParams(Params):
    """What `congress-touch` is asked with."""

    party: str | None = option("A committee or a member; else all of Congress.", "House Foreign Affairs Committee")
    kind: CongressMatter | None = option("Only these.", "letter")


def congress_touch(request: Request[CongressTouchParams]) -> Result[CongressTouchRow]:
    """List what is between us and Congress: overdue, unanswered, due, ahead; then the past, latest first.

    A body's dealings are also those of its parts, and of members on its behalf; what is owed to all of Congress is
    owed to its bodies too. ``held`` is *unknown* where no answer is on record, and for what is ahead.
    """
    party, kind = request.maybe("party"), request.params.kind
    side = congress_side(request.session, party, day=request.day)
    if side is None:
        return Result(clauses=(clause("elsewhere", party=party.name if party else ""),))
    rows = [row for row in dealings(request.session, side, day=request.day) if kind in (None, row.row.matter)]
    rows.sort(key=lambda row: (folded(row.row.what_name), row.row.what))
    rows.sort(key=_past, reverse=True)
    rows.sort(key=_order)
    return Result(
        clauses=tuple(_clauses(party.name if party else "Congress", kind, rows)),
        rows=tuple(rows),
        caveats=tuple(_caveats(rows)),
    )


def _order(row: SourcedRow[CongressTouchRow]) -> tuple[int, str]:
    """Return what rows are compared by: what waits by its state and day; what is over together."""
    place, day = _ORDER.index(row.row.state), row.row.due_on or row.row.on
    return (place, first_day(day) if day else LAST_DAY) if place <= _STILL_TO_COME else (_STILL_TO_COME + 1, "")


def _past(row: SourcedRow[CongressTouchRow]) -> str:
    return row.row.answered_on or row.row.on or row.row.due_on or ""


def _clauses(whose: str, kind: CongressMatter | None, rows: Rows) -> Iterator[SourcedClause]:
    """Say what is overdue or next due, then what has no answer, the last and next time that we met, and how much."""
    late, silent, due = (_in_state(rows, state) for state in _ORDER[:3])
    ahead = [row for row in _in_state(rows, "ahead") if row.row.on]
    met = [row for row in rows if row.row.matter in _MET and row.row.state == "took place"]
    yield _of(
        late or silent or due or rows,
        "headline",
        whose=whose,
        kind=kind,
        number=len(rows),
        overdue=_said(late),
        silent=_said(silent),
        next=_said(due[:1]),
    )
    yield _of(late[:1], "overdue", overdue=_said(late))
    yield _of(silent, "silent", silent=_said(silent), is_first=not late)
    yield _of(due, "due", due=_said(due), is_first=not (late or silent))
    yield _of(met[:1], "last", met=_said(met[:1]))
    yield _of(ahead, "ahead", ahead=_said(ahead))
    counts = Counter(row.row.matter for row in rows if row.row.state != "ahead")
    yield clause("counts", by_matter={matter: counts[matter] for matter in _BETWEEN if counts[matter]})


def _in_state(rows: Rows, state: CongressState) -> Rows:
    return [row for row in rows if row.row.state == state]


def _of(rows: Rows, name: str, /, **values: Any) -> SourcedClause:
    return resting_on((row.refs for row in rows), name, **values)


def _said(rows: Rows) -> list[dict[str, Any]]:
    """Return what a sentence says of some rows."""
    said = {"what_name", "matter", "on", "due_on", "ours"}
    return [row.row.model_dump(include=said) for row in rows]


def _caveats(rows: Rows) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "entered-alone", clause="headline")
    silent = [row.row.state == "no answer on record" for row in rows]
    yield caveat("unknown", "unanswered", rows=silent, number=sum(silent))
    loose = [row.row.state == "no fixed day" for row in rows]
    yield caveat("unknown", "no-fixed-day", rows=loose, number=sum(loose))
    open_ = [row.row.state == "not recorded" for row in rows]
    yield caveat("unknown", "not-recorded", rows=open_, number=sum(open_))
    reports = [row.row.matter == "report" and row.row.state == "due" for row in rows]
    yield caveat("partial", "reports-before", rows=reports)


CONGRESS_TOUCH = Question.of(
    congress_touch,
    title="What do we owe Congress and when, what was never answered, and when did we last meet, brief or write?",
    names={"party": ("PublicBody", "Person")},
    example={"party": "House Foreign Affairs Committee"},
    columns=("state", "matter", "what_name", "told", "due_on", "held", "evidence"),
    maturity="trial",
)
