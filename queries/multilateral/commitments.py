"""What was promised by whom to whom, in which words, and what became of it: both directions, kinds never mixed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import Field

from graph.domain.values import LAST_DAY, first_day
from graph.domain.work import Commitment
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, copied, named, of, option
from queries.core.endnotes import row_numbers
from queries.core.periods import falls, stretch_asked
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.wording import counted, listed
from queries.multilateral.acting import Actor, actors_for
from queries.multilateral.promises import Promise, Standing, promises

Direction = Literal["made", "owed to it", "between others"]
Kind = Literal["political", "pledge of money", "legal duty"]
_ORDER: tuple[Standing, ...] = ("overdue", "open", "not known", "fulfilled", "dropped")


class CommitmentsParams(Params):
    """What `commitments` is asked with."""

    party: str | None = option("Who promised, or to whom; in both directions.", "Mongolia")
    other: str | None = option("Only promises between the two.", "United States")
    kind: Kind | None = option("Only of this kind.", "political")
    status: Standing | None = option("Only those that stand so on the day.", "open")
    topic: str | None = option("Only on this topic.", "child trafficking")
    since: str | None = option("Due, or where no day is set said, from this day on.", "2020")
    until: str | None = option("Due, or where no day is set said, by this day.", "2027")


class CommitmentRow(AnswerRow):
    """One promise, from whom to whom."""

    commitment: str = Field(description="Id of the promise.")
    commitment_name: str = Field(description="Name of the promise.")
    commitment_kind: str | None = of(Commitment, "commitment_kind")
    made_by: str | None = column("Id of who made it, the first of several.")
    made_by_name: str | None = column("Who made it; several are joined.")
    owed_to: str | None = column("Id of the first to whom it is owed.")
    owed_to_name: str | None = column("To whom it is owed; several are joined.")
    direction: Direction = Field(description="Whether the party asked about made it, or it is owed to that party.")
    stands: Standing = Field(description="How it stands on the day: open, overdue, fulfilled, dropped, not known.")
    due_on: str | None = of(Commitment, "due_on")
    words: str | None = of(Commitment, "words")
    said_on: str | None = of(Commitment, "said_on")
    said_where: str | None = of(Commitment, "said_where")
    engagement: str | None = column("Id of the engagement where it was said.")
    engagement_name: str | None = column("Name of the engagement where it was said.")
    part_of: str | None = column("Id of the agreement or programme it belongs to.")
    part_of_name: str | None = column("Name of the agreement or programme it belongs to.")
    status_evidence: str | None = column("What shows that it was fulfilled or dropped.")
    topics: tuple[str, ...] = Field(default=(), description="What it deals with.")


@dataclass(frozen=True)
class _Known:
    """A promise, how it lies to the parties asked about, and how it stands on the day."""

    promise: Promise
    direction: Direction
    standing: Standing

    @property
    def values(self) -> Mapping[str, Any]:
        return self.promise.entity.values

    @property
    def name(self) -> str:
        return self.promise.entity.name

    @property
    def place(self) -> tuple[int, str, str, str]:
        due = self.values.get("due_on")
        return (
            _ORDER.index(self.standing),
            first_day(due) if due else LAST_DAY,
            folded(self.name),
            self.promise.entity.id,
        )


def commitments(request: Request[CommitmentsParams]) -> Result[CommitmentRow]:
    """List promises: overdue first, then open ones by their day, then what was fulfilled or dropped.

    A party's promises are also those of its organs, bodies and posts.
    """
    party, other = request.maybe("party"), request.maybe("other")
    ours = actors_for(request.session, party, day=request.day) if party else None
    theirs = actors_for(request.session, other, day=request.day) if other else None
    known = [
        _Known(promise, direction, promise.standing(day=request.day))
        for promise in promises(request.session, day=request.day, of=ours if ours is not None else theirs)
        if (direction := _direction(promise, ours, theirs)) and _is_asked(request, promise)
    ]
    known.sort(key=lambda one: one.place)
    return Result(clauses=tuple(_clauses(request, known)), rows=tuple(map(_row, known)), caveats=tuple(_caveats(known)))


def _direction(
    promise: Promise, ours: Mapping[str, Actor] | None, theirs: Mapping[str, Actor] | None
) -> Direction | None:
    """Return how a promise lies to the parties asked about, None if it is not between them."""
    makers, owed = {edge.id for edge in promise.makers}, {edge.id for edge in promise.owed_to}
    if ours is None:
        concerned = theirs is None or bool((makers | owed) & theirs.keys())
        return "between others" if concerned else None
    if makers & ours.keys() and (theirs is None or owed & theirs.keys()):
        return "made"
    if owed & ours.keys() and (theirs is None or makers & theirs.keys()):
        return "owed to it"
    return None


def _is_asked(request: Request[CommitmentsParams], promise: Promise) -> bool:
    given, said = request.params, promise.entity.values
    since, until = stretch_asked(given.since, given.until)
    day = said.get("due_on") or said.get("said_on")
    in_period = not day or falls(day, since=since, until=until) != "no"
    on_topic = request.topic is None or request.topic in (said.get("topics") or ())
    stands = given.status is None or promise.standing(day=request.day) == given.status
    return in_period and on_topic and stands and given.kind in (None, said.get("commitment_kind"))


def _row(known: _Known) -> SourcedRow[CommitmentRow]:
    promise, said = known.promise, known.values
    row = CommitmentRow(
        **copied(CommitmentRow, said, day=LAST_DAY),
        held="unknown" if known.standing == "not known" else "yes",
        conflicts=conflicts(said),
        **named("commitment", promise.entity),
        **named("engagement", promise.said_at),
        **named("part_of", promise.part_of),
        made_by=promise.makers[0].id if promise.makers else None,
        made_by_name="; ".join(edge.name for edge in promise.makers) or None,
        owed_to=promise.owed_to[0].id if promise.owed_to else None,
        owed_to_name="; ".join(edge.name for edge in promise.owed_to) or None,
        direction=known.direction,
        stands=known.standing,
        status_evidence=said.get("status_evidence") if known.standing in ("fulfilled", "dropped") else None,
        topics=tuple(said.get("topics") or ()),
    )
    return SourcedRow(row, refs(said, *(edge.properties for edge in (*promise.makers, *promise.owed_to))))


def _clauses(request: Request[CommitmentsParams], known: Sequence[_Known]) -> Iterator[SourcedClause]:
    party, other = request.maybe("party"), request.maybe("other")
    names = {"party": party and party.name, "other": other and other.name}
    yield clause("headline", **names, number=len(known))
    ways = {"made": "made", "owed to it": "owed", "between others": "standing"}
    for direction, id_ in ways.items():
        if of := [one for one in known if one.direction == direction]:
            by_standing = Counter(one.standing for one in of)
            counts = {standing: by_standing[standing] for standing in _ORDER if by_standing[standing]}
            yield clause(id_, *(one.values for one in of), **names, number=len(of), by_standing=counts)
    if known:
        by_kind = Counter(one.values.get("commitment_kind") or "" for one in known)
        yield clause("kinds", by_kind={kind: by_kind[kind] for kind in (*get_args(Kind), "") if by_kind[kind]})
    late = [one for one in known if one.standing == "overdue"]
    if party and late:
        promised = [{"name": one.name, "due_on": one.values["due_on"]} for one in late]
        yield clause("overdue", *(one.values for one in late), promises=promised)


def _caveats(known: Sequence[_Known]) -> Iterator[Caveat]:
    unsure = [one.standing == "not known" for one in known]
    if names := [one.name for one, is_so in zip(known, unsure, strict=True) if is_so]:
        text = f"What became of {counted(len(names), 'promise')} is not recorded: {listed(names)}."
        yield Caveat(kind="unknown", text=text, rows=row_numbers(unsure))
    undated = [one.standing == "open" and not one.values.get("due_on") for one in known]
    if names := [one.name for one, is_so in zip(known, undated, strict=True) if is_so]:
        text = f"Open without a day on which it is due: {listed(names)}."
        yield Caveat(kind="unknown", text=text, rows=row_numbers(undated))
    bare = [one.standing in ("fulfilled", "dropped") and not one.values.get("status_evidence") for one in known]
    if any(bare):
        text = f"Nothing on record shows that {counted(sum(bare), 'promise')} ended as stated."
        yield Caveat(kind="uncertain", text=text, rows=row_numbers(bare))


COMMITMENTS = Question(
    name="commitments",
    title="What was promised by whom to whom, and what became of it?",
    params=CommitmentsParams,
    row=CommitmentRow,
    function=commitments,
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Mongolia"},
    columns=(
        *("stands", "due_on", "commitment_name", "made_by_name", "owed_to_name"),
        *("commitment_kind", "said_on", "status_evidence", "evidence"),
    ),
    maturity="trial",
)
