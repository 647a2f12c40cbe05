"""What there was with Congress, what is due to it and when, and what was never answered: all of it, or one of it."""

from collections.abc import Iterator
from typing import Any, get_args

from iga.graph.domain.values import LAST_DAY, first_day
from iga.graph.text import folded
from iga.queries.contacts.congress_dealings import CongressMatter, CongressState, CongressTouchRow, dealings
from iga.queries.contacts.congress_side import congress_side
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import option
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows, backwards

_ORDER: tuple[CongressState, ...] = get_args(CongressState)
_BETWEEN: tuple[CongressMatter, ...] = get_args(CongressMatter)[:-2]
_STILL_TO_COME = _ORDER.index("no fixed day")
_MET: tuple[CongressMatter, ...] = ("hearing", "briefing", "meeting")


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
    rows = Rows.of(dealings(request.session, side, day=request.day), _order).where(matter=kind)
    return Result.of(_clauses(party.name if party else "Congress", kind, rows), rows, _caveats(rows))


def _order(row: CongressTouchRow) -> tuple[Any, ...]:
    """Return what rows are compared by: what waits by its state and day; what is over together, the latest first."""
    place, day = _ORDER.index(row.state), row.due_on or row.on
    waits = (place, first_day(day) if day else LAST_DAY) if place <= _STILL_TO_COME else (_STILL_TO_COME + 1, "")
    return *waits, backwards(row.answered_on or row.on or row.due_on), folded(row.what_name), row.what


def _clauses(whose: str, kind: CongressMatter | None, rows: Rows[CongressTouchRow]) -> Iterator[SourcedClause]:
    """Say what is overdue or next due, then what has no answer, the last and next time that we met, and how much."""
    late, silent, due = (rows.where(state=state) for state in _ORDER[:3])
    ahead = rows.where(state="ahead").keeping(lambda row: row.on)
    met = rows.where(state="took place").keeping(lambda row: row.matter in _MET).first()
    values = {"overdue": _said(late), "silent": _said(silent), "next": _said(due.first())}
    yield (late or silent or due or rows).clause("headline", whose=whose, kind=kind, number=len(rows), **values)
    yield late.first().clause("overdue", overdue=_said(late))
    yield silent.clause("silent", silent=_said(silent), is_first=not late)
    yield due.clause("due", due=_said(due), is_first=not (late or silent))
    yield met.clause("last", met=_said(met))
    yield ahead.clause("ahead", ahead=_said(ahead))
    yield clause("counts", by_matter=rows.keeping(lambda row: row.state != "ahead").counts("matter", _BETWEEN))


def _said(rows: Rows[CongressTouchRow]) -> list[dict[str, Any]]:
    """Return what a sentence says of some rows."""
    return rows.told("what_name", "matter", "on", "due_on", "ours")


def _caveats(rows: Rows[CongressTouchRow]) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "entered-alone", clause="headline")
    yield rows.doubt("unknown", "unanswered", lambda row: row.state == "no answer on record")
    yield rows.doubt("unknown", "no-fixed-day", lambda row: row.state == "no fixed day")
    yield rows.doubt("unknown", "not-recorded", lambda row: row.state == "not recorded")
    yield rows.doubt("partial", "reports-before", lambda row: row.matter == "report" and row.state == "due")


CONGRESS_TOUCH = Question.of(
    congress_touch,
    title="What do we owe Congress and when, what was never answered, and when did we last meet, brief or write?",
    names={"party": ("PublicBody", "Person")},
    example={"party": "House Foreign Affairs Committee"},
    columns=("state", "matter", "what_name", "told", "due_on", "held", "evidence"),
    maturity="trial",
)
