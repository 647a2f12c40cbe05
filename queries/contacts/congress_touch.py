"""What there was with Congress, what is due to it and when, and what was never answered: all of it, or one of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from iga.graph.domain.parties import PublicBody
from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.graph.text import folded
from iga.queries.contacts.dealings import EngagementsOf, Present, is_written, whose_engagements
from iga.queries.core.agenda import Duty, duties, is_off
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, needed, option, sourced
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.home import is_home
from iga.queries.core.periods import days_after
from iga.queries.core.promises import UNSETTLED, Standing, standing, was_made
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, grouped
from iga.queries.core.reads import ENGAGEMENTS_WITH, HOLDERS_OF, MEMBERS_OF, POSTS_IN, THINGS_UNDER, WHOLES_OF
from iga.queries.core.relationships import stands
from iga.queries.core.rows import Rows, backwards
from iga.queries.core.scope import Edges, bodies_of, scope_of
from iga.queries.core.session import Session

LEGISLATURES = all_of(PublicBody, "it.body_kind = 'legislature'")


@dataclass(frozen=True)
class CongressSide:
    """Whoever of Congress is asked about.

    Attributes:
        everybody: Ids of all bodies of Congress, their posts and members, of any day.
        asked: Ids of those asked about: a body with its parts, posts and who held them; a member; everybody.
        read: Ids of whoever may have acted for these: their members too, who then say that they did.
        above: Ids of the bodies that the one asked about is a part of: what is owed to these is owed to it too.
        person: Whose engagements count as those of a person; None where a body is asked about.
    """

    everybody: frozenset[str]
    asked: frozenset[str]
    read: frozenset[str]
    above: frozenset[str] = frozenset()
    person: EngagementsOf | None = None

    def had(self, edge: FullEdgeRow) -> bool:
        """True if an engagement is one of theirs: they were there, or a member was on their behalf."""
        if self.person and edge.subject in self.asked:
            return self.person.had(edge)
        return edge.subject in self.asked or edge.properties.get("on_behalf_of") in self.asked


def congress_side(session: Session, party: Subject | None, *, day: str) -> CongressSide | None:
    """Return a body or a member of Congress, or all of it where nobody is named; None if a party is none of these."""
    edges = Edges(session, "")
    ours = [it for it in session.read(LEGISLATURES, Everything()) if is_home(session, it.id, it.values)]
    bodies = {id_ for it in ours for id_ in bodies_of(edges, it.subject, levels=None)}
    everybody = _with_people(edges, bodies)
    if party is None:
        return CongressSide(everybody, everybody, everybody)
    if party.id not in everybody:
        return None
    if party.cls == "Person":
        person = whose_engagements(session, scope_of(session, party, day=day))
        return CongressSide(everybody, frozenset(person.ids), frozenset(person.ids), person=person)
    own = set(bodies_of(edges, party, levels=None)) if party.id in bodies else set[str]()
    asked = _with_posts(edges, own) | {party.id}
    return CongressSide(everybody, asked, _with_people(edges, own) | asked, _above(edges, party.id))


def _with_posts(edges: Edges, bodies: Iterable[str]) -> frozenset[str]:
    """Return bodies with their posts and who ever held them."""
    posts = [edge.id for edge in edges.every(POSTS_IN, bodies)]
    return frozenset((*bodies, *posts, *(edge.id for edge in edges.every(HOLDERS_OF, posts))))


def _with_people(edges: Edges, bodies: Iterable[str]) -> frozenset[str]:
    """Return the same with the members of the bodies."""
    return _with_posts(edges, bodies) | {edge.id for edge in edges.every(MEMBERS_OF, bodies)}


def _above(edges: Edges, body: str) -> frozenset[str]:
    above, level = set[str](), [body]
    while level:
        level = [edge.id for edge in edges.every(WHOLES_OF, level) if edge.id not in above]
        above |= set(level)
    return frozenset(above)


CongressMatter = Literal["hearing", "briefing", "letter", "question for the record", "meeting", "report", "promise"]
# fmt: off - two lines, of what waits and of what is over
CongressState = Literal[
    "overdue",
    "no answer on record",
    "due",
    "ahead",
    "no fixed day",
    "took place",
    "answered",
    "done",
    "dropped",
    "not recorded",
]
# fmt: on

_BY_WORD: Mapping[str, CongressMatter] = {
    "hearing": "hearing",
    "question": "question for the record",
    "qfr": "question for the record",
    "letter": "letter",
    "briefing": "briefing",
}
# In which capacity somebody takes part in a letter who wrote it.
_WROTE = ("author", "sender", "signatory")
_NOT_SURE: tuple[CongressState, ...] = ("no answer on record", "ahead", "not recorded")
_BECAME: Mapping[Standing, CongressState] = {"fulfilled": "done", "dropped": "dropped", "overdue": "overdue"}
# A duty that comes back less often than this is none that anybody waits for.
_DAYS_LOOKED_ON = 1_826


class CongressTouchRow(AnswerRow):
    """One hearing, briefing, letter, question or meeting; or one report or promise that is owed."""

    state: CongressState = needed("How it stands on the day; an answer that nobody entered is not known.")
    matter: CongressMatter = needed("Hearing, briefing, letter, question for the record, meeting, report or promise.")
    what: str = needed("Id of the engagement, the duty or the promise.")
    what_name: str = needed("Name of it.")
    told: str = needed("What there is to know, in words.")
    on: str | None = column("Day on which it took place, was sent or is planned, possibly partial; null is not known.")
    due_on: str | None = column("Day by which we owe it, or its answer; null is none that is fixed.")
    answered_on: str | None = column("Day on which it was answered or done, as far as stated.")
    answer: str | None = column("What was answered, or shows that it was done.")
    part_of: str | None = column("Id of the hearing or other engagement that it belongs to.")
    part_of_name: str | None = column("Name of that.")
    theirs: tuple[str, ...] = column("Who of Congress was there, asked or wrote, or to whom it is owed.", ())
    ours: tuple[str, ...] = column("Who of our side was there or was asked, or who owes it; empty is not recorded.", ())


@dataclass(frozen=True)
class _Reply:
    """What became of a letter or a question: how it stands, when an answer is due, when it was given."""

    state: CongressState
    due_on: str | None = None
    answered_on: str | None = None
    answer: str | None = None


def dealings(session: Session, side: CongressSide, *, day: str) -> list[SourcedRow[CongressTouchRow]]:
    """Return all that there is with somebody in Congress, in no particular order.

    A promise that was made on a letter or a question is told by that, not once more.
    """
    met = _engagements(session, side, day)
    under = session.read(THINGS_UNDER, OfIds(ids=tuple(sorted(met)))) if met else []
    on_it = grouped(edge for edge in under if edge.cls == "Commitment" and is_written(met[edge.subject][0].values))
    told = {edge.id for edges in on_it.values() for edge in edges}
    owed = (row for duty in _owed(session, side, day) if duty.entity.id not in told if (row := _duty(duty, day)))
    return [*_rows(session, side, met, on_it, day), *owed]


def _engagements(session: Session, side: CongressSide, day: str) -> dict[str, list[FullEdgeRow]]:
    """Return how they took part in engagements that came to pass or are ahead, by engagement; letters once sent."""
    met: dict[str, list[FullEdgeRow]] = {}
    for edge in session.read(ENGAGEMENTS_WITH, OfIds(ids=tuple(sorted(side.read)))):
        is_none = is_off(edge.values) or edge.values.get("engagement_kind") == "series"
        is_unsent = is_written(edge.values) and stands("PARTICIPATED", edge, day=day) == "no"
        if side.had(edge) and edge.properties.get("attended") is not False and not (is_none or is_unsent):
            met.setdefault(edge.id, []).append(edge)
    return met


def _rows(
    session: Session,
    side: CongressSide,
    met: Mapping[str, list[FullEdgeRow]],
    promises: Mapping[str, list[FullEdgeRow]],
    day: str,
) -> Iterator[SourcedRow[CongressTouchRow]]:
    present, wholes = Present(session, met, side.everybody), Edges(session, "").ever(WHOLES_OF, sorted(met))
    called = present.holders.names
    for id_, taken in met.items():
        us, them = map(_each_once, present.sides(id_))
        # Our government is named only where nobody else of ours is.
        us = [edge for edge in us if edge.cls != "Government"] or us
        values, start = taken[0].values, taken[0].values.get("period_start")
        reply = _reply(taken, us, promises.get(id_, ()), day)
        row = {"state": reply.state, "matter": _matter(values), "on": start, "due_on": reply.due_on}
        row |= {"answered_on": reply.answered_on, "answer": reply.answer, "part_of_name": None}
        row |= named("part_of", next((edge for edge in wholes.get(id_, ()) if edge.cls == "Engagement"), None))
        sources = (values, *(edge.properties for edge in (*them, *us)), *(it.values for it in promises.get(id_, ())))
        yield _row(taken[0].other, *sources, theirs=called(them, start), ours=called(us, start), **row)


def _each_once(edges: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return each that took part once: who hosted and was there as its host."""
    return list({edge.id: edge for edge in sorted(edges, key=lambda edge: bool(edge.properties.get("role")))}.values())


def _row(
    what: Subject, *sources: Mapping[str, Any], rule: str | None = None, **values: Any
) -> SourcedRow[CongressTouchRow]:
    told = worded(__package__, "congress_touch", "row-told", {**values, "rule": rule})
    held = "unknown" if values["state"] in _NOT_SURE else "yes"
    return sourced(CongressTouchRow, *sources, held=held, what=what, told=told, **values)


def _matter(engagement: Mapping[str, Any]) -> CongressMatter:
    kind = folded(engagement.get("engagement_kind") or "").split()
    return next((matter for word, matter in _BY_WORD.items() if word in kind), "meeting")


def _reply(taken: Sequence[FullEdgeRow], ours: Iterable[EdgeRow], promises: Sequence[FullEdgeRow], day: str) -> _Reply:
    """Return how an engagement stands; of a letter or a question to us, what is promised on it and what was answered.

    What somebody promised and did not do yet goes before an answer that is on record: that may be an interim one.
    """
    values = taken[0].values
    if not is_written(values):
        stood = {stands("PARTICIPATED", edge, day=day) for edge in taken}
        is_open = not values.get("period_start") and values.get("status") != "held"
        return _Reply("ahead" if stood == {"no"} or is_open else "took place" if "yes" in stood else "not recorded")
    if any(folded(edge.properties.get("capacity") or "") in _WROTE for edge in ours):
        return _Reply("took place")
    became = [(standing(it.values, day=day), it.values) for it in promises]
    if still := [it for word, it in became if word in UNSETTLED]:
        first = min(still, key=lambda it: last_day(it.get("due_on") or LAST_DAY))
        return _Reply(_state_of(first, day), first.get("due_on"))
    done = [it for word, it in became if word == "fulfilled"]
    shown = next((it["status_evidence"] for it in done if it.get("status_evidence")), None)
    if done or values.get("response"):
        days = [it["status_on"] for it in done if it.get("status_on")]
        return _Reply("answered", None, max(days, default=None), values.get("response") or shown)
    return _Reply("dropped" if became else "no answer on record")


def _state_of(promise: Mapping[str, Any], day: str) -> CongressState:
    """Return how a promise stands; one that is open is due, or has no day."""
    return _BECAME.get(standing(promise, day=day)) or ("due" if promise.get("due_on") else "no fixed day")


def _owed(session: Session, side: CongressSide, day: str) -> Iterator[Duty]:
    """Yield promises to them that were made by the day, and reports to them or to a body that they are a part of."""
    for duty in duties(session, of=side.asked | side.above):
        owners, to = ({one.id for one in of} for of in (duty.owners, duty.owed_to))
        is_report = duty.entity.cls == "Obligation"
        is_known = is_report or (duty.is_promise and was_made(duty.said, day=day))
        if is_known and not owners & side.everybody and to & (side.asked | side.above if is_report else side.asked):
            yield duty


def _duty(duty: Duty, day: str) -> SourcedRow[CongressTouchRow] | None:
    """Return the row of a promise, or of a report that is still to come; None of one that never comes again."""
    said, due_on = duty.said, duty.due_on
    state: CongressState = "no fixed day"
    if duty.is_promise:
        state = _state_of(said, day)
    elif duty.recurrence:
        days = duty.days(since=day, until=days_after(day, _DAYS_LOOKED_ON))
        if days == ():
            return None
        due_on = days[0] if days else None
        state = "due" if due_on else state
    elif due_on:
        state = "due" if last_day(due_on) >= day else "not recorded"
    row = {"state": state, "matter": "promise" if duty.is_promise else "report", "on": said.get("said_on")}
    row |= {"due_on": due_on, "answered_on": said.get("status_on") if state in ("done", "dropped") else None}
    row |= {"answer": said.get("status_evidence") if state == "done" else None, "part_of_name": None}
    theirs, ours = (tuple(one.name for one in of) for of in (duty.owed_to, duty.owners))
    return _row(duty.entity.subject, said, theirs=theirs, ours=ours, rule=duty.recurrence, **row)


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
