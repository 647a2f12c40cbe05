"""What was promised by whom to whom, in which words, and what became of it: both directions, kinds never mixed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.days import first_of, the_day
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

    party: str | None = Field(
        default=None, description="Who promised, or to whom; both directions are told.", examples=["Mongolia"]
    )
    other: str | None = Field(default=None, description="Only promises between the two.", examples=["United States"])
    kind: Kind | None = Field(default=None, description="Only of this kind.", examples=["political"])
    status: Standing | None = Field(default=None, description="Only those that stand so on the day.", examples=["open"])
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["child trafficking"])
    since: str | None = Field(
        default=None, description="Due, or where no day is set said, from this day on.", examples=["2020"]
    )
    until: str | None = Field(
        default=None, description="Due, or where no day is set said, by this day.", examples=["2027"]
    )


class CommitmentRow(AnswerRow):
    """One promise, from whom to whom."""

    commitment: str = Field(description="Id of the promise.")
    commitment_name: str = Field(description="Name of the promise.")
    commitment_kind: str | None = Field(
        default=None, description="Political, pledge of money or legal duty; null is not stated. Never added together."
    )
    made_by: str | None = Field(default=None, description="Id of who made it, the first of several.")
    made_by_name: str | None = Field(default=None, description="Who made it; several are joined.")
    owed_to: str | None = Field(default=None, description="Id of the first to whom it is owed.")
    owed_to_name: str | None = Field(default=None, description="To whom it is owed; several are joined.")
    direction: Direction = Field(description="Whether the party asked about made it, or it is owed to that party.")
    stands: Standing = Field(description="How it stands on the day: open, overdue, fulfilled, dropped, not known.")
    due_on: str | None = Field(default=None, description="When it is due, possibly partial; null is no day set.")
    words: str | None = Field(default=None, description="The words as said; null is not held.")
    said_on: str | None = Field(default=None, description="When it was said.")
    said_where: str | None = Field(default=None, description="Where it was said.")
    engagement: str | None = Field(default=None, description="Id of the engagement where it was said.")
    engagement_name: str | None = Field(default=None, description="Name of the engagement where it was said.")
    part_of: str | None = Field(default=None, description="Id of the agreement or programme it belongs to.")
    part_of_name: str | None = Field(default=None, description="Name of the agreement or programme it belongs to.")
    status_evidence: str | None = Field(default=None, description="What shows that it was fulfilled or dropped.")
    topics: tuple[str, ...] = Field(default=(), description="What it deals with.")


Told = tuple[Promise, Direction, Standing]


def commitments(request: Request[CommitmentsParams]) -> Result:
    """List promises: overdue first, then open ones by their day, then what was fulfilled or dropped.

    A party's promises are also those of its organs, bodies and posts.
    """
    party, other = request.maybe("party"), request.maybe("other")
    ours = actors_for(request.session, party, day=request.day) if party else None
    theirs = actors_for(request.session, other, day=request.day) if other else None
    told: list[Told] = [
        (promise, direction, promise.standing(day=request.day))
        for promise in promises(request.session, day=request.day, of=ours if ours is not None else theirs)
        if (direction := _direction(promise, ours, theirs)) and _asked(request, promise)
    ]
    told.sort(key=_order)
    return Result(
        sentence=_sentence(party, other, told),
        rows=tuple(_draft(one) for one in told),
        caveats=_doubts(told),
    )


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


def _asked(request: Request[CommitmentsParams], promise: Promise) -> bool:
    given, said = request.params, promise.entity.values
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    day = said.get("due_on") or said.get("said_on")
    in_period = not day or (last_day(day) >= since and first_day(day) <= until)
    on_topic = request.topic is None or request.topic in (said.get("topics") or ())
    stands = given.status is None or promise.standing(day=request.day) == given.status
    return in_period and on_topic and stands and given.kind in (None, said.get("commitment_kind"))


def _order(told: Told) -> tuple[int, str, str, str]:
    promise, _, standing = told
    due = promise.entity.values.get("due_on")
    return _ORDER.index(standing), first_day(due) if due else LAST_DAY, folded(promise.entity.name), promise.entity.id


def _draft(told: Told) -> SourcedRow:
    promise, direction, standing = told
    said, at, whole = promise.entity.values, promise.said_at, promise.part_of
    maker, owed = next(iter(promise.makers), None), next(iter(promise.owed_to), None)
    row = CommitmentRow(
        held="unknown" if standing == "not known" else "yes",
        conflicts=conflicts(said),
        commitment=promise.entity.id,
        commitment_name=promise.entity.name,
        made_by=maker.id if maker else None,
        made_by_name="; ".join(edge.name for edge in promise.makers) or None,
        owed_to=owed.id if owed else None,
        owed_to_name="; ".join(edge.name for edge in promise.owed_to) or None,
        direction=direction,
        stands=standing,
        engagement=at.id if at else None,
        engagement_name=at.name if at else None,
        part_of=whole.id if whole else None,
        part_of_name=whole.name if whole else None,
        status_evidence=said.get("status_evidence") if standing in ("fulfilled", "dropped") else None,
        topics=tuple(said.get("topics") or ()),
        **{name: said.get(name) for name in ("commitment_kind", "due_on", "words", "said_on", "said_where")},
    )
    return SourcedRow(row, refs(said, *(edge.properties for edge in (*promise.makers, *promise.owed_to))))


def _sentence(party: Subject | None, other: Subject | None, told: Sequence[Told]) -> str:
    between = (
        f" between {party.name} and {other.name}" if party and other else f" of or to {party.name}" if party else ""
    )
    if not told:
        return f"no promise{between} is held for what was asked; that none was made does not follow"
    number = f"{counted(len(told), 'promise')}{between} {'is' if len(told) == 1 else 'are'} held"
    if party is None:
        return f"{number}: {_stand(told)}; {_kinds(told)}"
    made, owed = ([one for one in told if one[1] == way] for way in ("made", "owed to it"))
    to, by = (f" to {other.name}", f" by {other.name}") if other else ("", "")
    ways = [f"{len(made)} made by {party.name}{to} ({_stand(made)})"] if made else []
    ways += [f"{len(owed)} made to {party.name}{by} ({_stand(owed)})"] if owed else []
    late = [f"{one[0].entity.name}, due {one[0].entity.values['due_on']}" for one in told if one[2] == "overdue"]
    return (
        f"{number}: {' and '.join(ways)}" + f"; {_kinds(told)}" + (f"; overdue: {listed(late, most=2)}" if late else "")
    )


def _stand(told: Sequence[Told]) -> str:
    number = Counter(standing for _, _, standing in told)
    words = {"not known": "with a status not known"}
    return ", ".join(f"{number[standing]} {words.get(standing, standing)}" for standing in _ORDER if number[standing])


def _kinds(told: Sequence[Told]) -> str:
    number = Counter(promise.entity.values.get("commitment_kind") for promise, _, _ in told)
    words = {"political": "political", "pledge of money": "of money", "legal duty": "by law"}
    known = [f"{number[kind]} {words[kind]}" for kind in get_args(Kind) if number[kind]]
    return "of these " + ", ".join([*known, *([f"{number[None]} of a kind not stated"] if number[None] else [])])


def _doubts(told: Sequence[Told]) -> tuple[Caveat, ...]:
    doubts = []
    unsure = [promise.entity.name for promise, _, standing in told if standing == "not known"]
    if unsure:
        text = f"What became of {counted(len(unsure), 'promise')} is not recorded: {listed(unsure)}."
        doubts.append(Caveat(kind="unknown", text=text))
    undated = [
        promise.entity.name
        for promise, _, standing in told
        if standing == "open" and not promise.entity.values.get("due_on")
    ]
    if undated:
        text = f"Open without a day on which it is due: {listed(undated)}."
        doubts.append(Caveat(kind="unknown", text=text))
    bare = sum(
        standing in ("fulfilled", "dropped") and not promise.entity.values.get("status_evidence")
        for promise, _, standing in told
    )
    if bare:
        text = f"Nothing held shows that {counted(bare, 'promise')} ended as stated."
        doubts.append(Caveat(kind="uncertain", text=text))
    return tuple(doubts)


COMMITMENTS = Question(
    name="commitments",
    title="What was promised by whom to whom, and what became of it?",
    params=CommitmentsParams,
    row=CommitmentRow,
    function=commitments,
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Mongolia"},
    columns=("stands", "due_on", "commitment_name", "made_by_name", "owed_to_name", "commitment_kind", "said_on",
             "status_evidence", "evidence"),
    maturity="trial",
)  # fmt: skip
