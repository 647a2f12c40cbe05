"""What was promised by whom to whom, in which words, and what became of it: both directions, kinds never mixed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Literal, get_args

from graph.domain.values import LAST_DAY, first_day
from graph.domain.work import Commitment
from graph.text import folded
from queries.core.answer import AnswerRow
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from queries.core.columns import column, needed, of, option, sourced
from queries.core.periods import falls, stretch_asked
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts
from queries.multilateral.acting import Actor, actors_for
from queries.multilateral.promises import Promise, Standing, promises

Direction = Literal["made", "owed to it", "between others"]
Kind = Literal["political", "pledge of money", "legal duty"]
_ORDER: tuple[Standing, ...] = ("overdue", "open", "not known", "fulfilled", "dropped")
_ENDED = ("fulfilled", "dropped")


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

    commitment: str = needed("Id of the promise.")
    commitment_name: str = needed("Name of the promise.")
    commitment_kind: str | None = of(Commitment, "commitment_kind")
    made_by: str | None = column("Id of who made it, the first of several.")
    made_by_name: str | None = column("Who made it; several are joined.")
    owed_to: str | None = column("Id of the first to whom it is owed.")
    owed_to_name: str | None = column("To whom it is owed; several are joined.")
    direction: Direction = needed("Whether the party asked about made it, or it is owed to that party.")
    stands: Standing = needed("How it stands on the day: open, overdue, fulfilled, dropped, not known.")
    due_on: str | None = of(Commitment, "due_on")
    words: str | None = of(Commitment, "words")
    said_on: str | None = of(Commitment, "said_on")
    said_where: str | None = of(Commitment, "said_where")
    engagement: str | None = column("Id of the engagement where it was said.")
    engagement_name: str | None = column("Name of the engagement where it was said.")
    part_of: str | None = column("Id of the agreement or programme it belongs to.")
    part_of_name: str | None = column("Name of the agreement or programme it belongs to.")
    status_evidence: str | None = column("What shows that it was fulfilled or dropped.")
    topics: tuple[str, ...] = column("What it deals with.", ())


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
        day = first_day(due) if due else LAST_DAY
        return _ORDER.index(self.standing), day, folded(self.name), self.promise.entity.id


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
    return Result(
        clauses=tuple(_clauses(request.named("party", "other"), known)),
        rows=tuple(map(_row, known)),
        caveats=tuple(_caveats(known)),
    )


def _direction(
    promise: Promise, ours: Mapping[str, Actor] | None, theirs: Mapping[str, Actor] | None
) -> Direction | None:
    """Return how a promise lies to the parties asked about, None if it is not between them."""
    makers, owed = {edge.id for edge in promise.makers}, {edge.id for edge in promise.owed_to}
    if ours is None:
        return "between others" if theirs is None or (makers | owed) & theirs.keys() else None
    if makers & ours.keys() and (theirs is None or owed & theirs.keys()):
        return "made"
    if owed & ours.keys() and (theirs is None or makers & theirs.keys()):
        return "owed to it"
    return None


def _is_asked(request: Request[CommitmentsParams], promise: Promise) -> bool:
    params, values = request.params, promise.entity.values
    since, until = stretch_asked(params.since, params.until)
    day = values.get("due_on") or values.get("said_on")
    in_period = not day or falls(day, since=since, until=until) != "no"
    stands = params.status is None or promise.standing(day=request.day) == params.status
    of_kind = params.kind in (None, values.get("commitment_kind"))
    return in_period and request.is_on_topic(values) and stands and of_kind


def _row(known: _Known) -> SourcedRow[CommitmentRow]:
    values, makers, owed_to = known.values, known.promise.makers, known.promise.owed_to
    return sourced(
        CommitmentRow,
        values,
        *(edge.properties for edge in (*makers, *owed_to)),
        held="unknown" if known.standing == "not known" else "yes",
        conflicts=conflicts(values),
        commitment=known.promise.entity,
        engagement=known.promise.said_at,
        part_of=known.promise.part_of,
        made_by=makers[0].id if makers else None,
        made_by_name="; ".join(edge.name for edge in makers) or None,
        owed_to=owed_to[0].id if owed_to else None,
        owed_to_name="; ".join(edge.name for edge in owed_to) or None,
        direction=known.direction,
        stands=known.standing,
        status_evidence=values.get("status_evidence") if known.standing in _ENDED else None,
        topics=tuple(values.get("topics") or ()),
    )


def _clauses(names: Mapping[str, str | None], known: Sequence[_Known]) -> Iterator[SourcedClause]:
    yield clause("headline", **names, number=len(known))
    for direction, id_ in {"made": "made", "owed to it": "owed", "between others": "standing"}.items():
        of = [one for one in known if one.direction == direction]
        counts = _counts((one.standing for one in of), _ORDER)
        yield clause(id_, *(one.values for one in of), **names, number=len(of), by_standing=counts)
    kinds = (one.values.get("commitment_kind") or "" for one in known)
    yield clause("kinds", by_kind=_counts(kinds, (*get_args(Kind), "")))
    late = [one.values for one in known if names["party"] and one.standing == "overdue"]
    yield clause("overdue", *late, promises=[{"name": one["name"], "due_on": one["due_on"]} for one in late])


def _counts(words: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    counts = Counter(words)
    return {word: counts[word] for word in order if counts[word]}


def _caveats(known: Sequence[_Known]) -> Iterator[UnwordedCaveat]:
    unsure = [one.standing == "not known" for one in known]
    undated = [one.standing == "open" and not one.values.get("due_on") for one in known]
    bare = [one.standing in _ENDED and not one.values.get("status_evidence") for one in known]
    yield caveat("unknown", "not-recorded", rows=unsure, names=[one.name for one in compress(known, unsure)])
    yield caveat("unknown", "not-dated", rows=undated, names=[one.name for one in compress(known, undated)])
    yield caveat("uncertain", "not-shown", rows=bare, number=sum(bare))


COMMITMENTS = Question.of(
    commitments,
    title="What was promised by whom to whom, and what became of it?",
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Mongolia"},
    columns=(
        *("stands", "due_on", "commitment_name", "made_by_name", "owed_to_name"),
        *("commitment_kind", "said_on", "status_evidence", "evidence"),
    ),
    maturity="trial",
)
