"""How far the reviews of a government are, or those of a mechanism: round, stages, what is due, the last report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.catalog import fits
from graph.domain.records import Review
from graph.names.naming import called
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, resting_on, worded
from queries.core.columns import column, copied, named, of, option
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import (
    ASSESSED_BY,
    BODIES_OF_GOVERNMENT,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    PARTS_OF,
    POSTS_IN,
    THINGS_UNDER,
)
from queries.core.review_stages import Stage, stages_of
from queries.core.session import Session
from queries.core.wording import listed
from queries.multilateral.reads import ENGAGEMENTS_ORGANIZED_BY, REVIEWS_HELD, ROUNDS_HELD, OfEngagementKinds

# Kinds of engagement that are rounds: a review stands under the one it belongs to.
_ROUNDS = OfEngagementKinds(kinds=("evaluation round", "review cluster"))


class ReviewsParams(Params):
    """What `reviews` is asked with."""

    party: str = Field(description="The government reviewed, or the body that reviews.", examples=["Spain"])
    other: str | None = option("Only reviews by this body, or, of a body, those of this government.", "GRETA")


class ReviewRow(PartyRow):
    """One review of one government: a round of a mechanism."""

    review: str = Field(description="Id of the review.")
    review_name: str = Field(description="Name of the review.")
    mechanism: str | None = of(Review, "mechanism")
    round: str | None = of(Review, "round")
    stages: tuple[str, ...] = Field(description="Stages up to the day, in order, each with its day if one is stated.")
    last_stage: str | None = column("Last dated stage seen to have happened by the day.")
    last_on: str | None = column("Its day, possibly partial.")
    next: tuple[str, ...] = Field(description="What was still ahead on the day: replies due, stages planned.")
    overdue: tuple[str, ...] = Field(
        description="Replies due and stages planned whose day had passed, with nothing on record that came of them."
    )
    next_stage: str | None = column("The first of these, without its day; null is none.")
    next_on: str | None = column("Its day, possibly partial; null is not stated.")
    next_remark: str | None = column("What its source adds, such as which meeting.")
    next_step: str = Field(description="What comes next, in words: what is ahead, else what is overdue, else none.")
    focal_points: tuple[str, ...] = Field(
        default=(), description="Focal points of the government, each with who holds the post; blank is not known."
    )
    report: str | None = column("Id of the last report published; null where there is none.")
    report_name: str | None = column("Title of that report.")
    report_on: str | None = column("When it was published, possibly partial.")


Sourced = SourcedRow[ReviewRow]
FocalPoint = tuple[FullEdgeRow, tuple[EdgeRow, ...]]
"""A post that answers for a government, in it or in a body of it, and who holds it on the day, or may."""


def reviews(request: Request[ReviewsParams]) -> Result[ReviewRow]:
    """List reviews, by government, the latest round first."""
    government, body = _sides(request)
    names = _names(request.session, body) if body else set()
    edges = [
        (review, edge)
        for review, edge in _reviewed(request.session)
        if _is_asked(review, edge, government, body, names)
    ]
    edges.sort(key=lambda pair: (folded(pair[1].name), pair[1].id, pair[0].values.get("mechanism") or "", pair[0].id))
    reports = _reports(request, [review for review, _ in edges])
    points = _focal_points(request.session, {edge.id for _, edge in edges}, day=request.day)
    rows = [
        _row(review, edge, stages, reports.get(review.id), points.get(edge.id, ()), day=request.day)
        for review, edge in edges
        if (
            stages := [stage for stage in stages_of(review.values.get("stages") or ()) if _is_known(stage, request.day)]
        )
    ]
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(request.one("party").id,)))
    return Result(
        clauses=tuple(_clauses(government, body, rows)),
        rows=tuple(rows),
        caveats=tuple(_rounds_missing(request, government, body, [review.id for review, _ in edges])),
        refs=refs(card.values) if not rows else (),
    )


def _sides(request: Request[ReviewsParams]) -> tuple[Subject | None, Subject | None]:
    """Return the government reviewed and the body that reviews, each None where it was not named."""
    both = [subject for subject in (request.one("party"), request.maybe("other")) if subject]
    government = next((subject for subject in both if subject.cls == "Government"), None)
    return government, next((subject for subject in both if subject is not government), None)


def _names(session: Session, body: Subject) -> set[str]:
    """Return what the body and its organs are called, folded: reviews name their mechanism in words."""
    organs = [edge.id for edge in session.read(PARTS_OF, OfIds(ids=(body.id,))) if fits(edge.cls, ("Party",))]
    entities = session.read(ENTITIES_BY_ID, OfIds(ids=(body.id, *organs)))
    return {folded(match.matched) for entity in entities for match in called(entity.cls, entity.values)}


def _reviewed(session: Session) -> list[tuple[Entity, EdgeRow]]:
    """Return every review, with what leads to whom it is of."""
    every = {review.id: review for review in session.read(REVIEWS_HELD, Everything())}
    return [(every[edge.subject], edge) for edge in session.read(ASSESSED_BY, OfIds(ids=tuple(every)))]


def _is_asked(
    review: Entity, edge: EdgeRow, government: Subject | None, body: Subject | None, names: Collection[str]
) -> bool:
    by_body = body is None or folded(review.values.get("mechanism") or "") in names
    return by_body and government in (None, edge.other)


def _is_known(stage: Stage, day: str) -> bool:
    """Leave out what happened after the day; what was set beforehand may lie after it."""
    return stage.is_ahead or stage.had_come(day) != "no"


def _reports(request: Request[ReviewsParams], known: Sequence[Entity]) -> Mapping[str, FullEdgeRow]:
    """Return the last report of each review that was published by the day, by id of the review."""
    last: dict[str, FullEdgeRow] = {}
    parts = request.session.read(PARTS_OF, OfIds(ids=tuple(review.id for review in known)))
    for edge in sorted(parts, key=lambda edge: (edge.values.get("published_on") or "", edge.id)):
        if edge.cls == "Publication" and passed(edge.values.get("published_on"), on=request.day) != "no":
            last[edge.subject] = edge
    return last


def _focal_points(session: Session, governments: Collection[str], *, day: str) -> dict[str, list[FocalPoint]]:
    """Return the focal points of governments on a day, by id of the government."""
    of_governments = OfIds(ids=tuple(sorted(governments)))
    whose = {body.id: body.subject for body in session.read(BODIES_OF_GOVERNMENT, of_governments)}
    whose |= {government: government for government in governments}
    edges = by_name(session.read(POSTS_IN, OfIds(ids=tuple(sorted(whose)))))
    posts = [edge for edge in edges if edge.values.get("role") == "focal point" and edge.held(day) != "no"]
    holders = grouped(by_name(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in posts}))))))
    found: dict[str, list[FocalPoint]] = {}
    for edge in posts:
        on_the_day = tuple(one for one in holders.get(edge.id, ()) if one.held(day) != "no")
        found.setdefault(whose[edge.subject], []).append((edge, on_the_day))
    return found


def _row(
    review: Entity,
    edge: EdgeRow,
    stages: Sequence[Stage],
    report: FullEdgeRow | None,
    points: Sequence[FocalPoint],
    *,
    day: str,
) -> Sourced:
    said = review.values
    happened = [stage for stage in stages if stage.on and not stage.is_ahead]
    last = happened[-1] if happened else None
    row = ReviewRow(
        **copied(ReviewRow, said, day=day),
        **edge.other.model_dump(),
        **named("report", report),
        **_ahead(stages, happened, day=day),
        held="yes" if last and last.had_come(day) == "yes" else "unknown",
        conflicts=conflicts(said),
        review=review.id,
        review_name=said["name"],
        stages=tuple(stage.said for stage in stages),
        last_stage=last and last.what,
        last_on=last and last.on,
        focal_points=tuple(_in_words(*point) for point in points),
        report_on=report and report.values.get("published_on"),
    )
    beside = [report.values] if report else []
    for post, holders in points:
        beside += [post.values, post.properties, *(holder.properties for holder in holders)]
    return SourcedRow(row, refs(said, edge.properties), dated_by=refs(*beside))


def _ahead(stages: Sequence[Stage], happened: Sequence[Stage], *, day: str) -> dict[str, Any]:
    """Return what a row says of what comes next: what is ahead, what came to nothing, and the first of them."""
    ahead = [stage for stage in stages if stage.is_ahead]
    coming = [stage for stage in ahead if stage.on and stage.had_come(day) != "yes"]
    overdue = [stage for stage in ahead if _came_to_nothing(stage, happened, day)]
    first = next(iter(coming or overdue), None)
    columns = {
        "next": tuple(stage.said for stage in coming),
        "overdue": tuple(stage.said for stage in overdue),
        "next_stage": first.what if first else None,
        "next_on": (first.on or None) if first else None,
        "next_remark": (first.remark or None) if first else None,
    }
    return {**columns, "next_step": worded(__package__, "reviews", "row-next-step", columns)}


def _in_words(post: FullEdgeRow, holders: Sequence[EdgeRow]) -> str:
    return f"{post.name} ({listed([one.name for one in holders]) or 'holder not known'})"


def _came_to_nothing(stage: Stage, happened: Sequence[Stage], day: str) -> bool:
    """Say whether the day of a stage ahead has passed, or is not stated, and nothing later is known of this review."""
    if stage.on and stage.had_come(day) != "yes":
        return False
    return not any(not stage.on or later.on >= stage.on for later in happened)


def _clauses(government: Subject | None, body: Subject | None, known: Sequence[Sourced]) -> Iterator[SourcedClause]:
    rows, parties = [sourced.row for sourced in known], len({sourced.row.id for sourced in known})
    sides = {"government": government and government.name, "body": body and body.name}
    yield clause("headline", **sides, number=len(rows), parties=parties)
    if not rows:
        return
    last = max(known, key=lambda one: (one.row.last_on or "", one.row.review))
    if last.row.last_on:
        values = {"name": last.row.review_name, "stage": last.row.last_stage, "on": last.row.last_on}
        yield resting_on((last.refs,), "last-stage", **values)
    ahead = [{"name": row.name, "stage": row.next_stage, "on": row.next_on} for row in rows if row.next]
    yield clause("ahead", stages=ahead)
    yield clause("reports", number=sum(bool(row.report) for row in rows), reviews=len(rows))
    if parties == 1:
        yield clause("focal-points", party=rows[0].name, points=list(rows[0].focal_points))


def _rounds_missing(
    request: Request[ReviewsParams], government: Subject | None, body: Subject | None, known: Collection[str]
) -> Iterator[Caveat]:
    """Name the rounds launched by the day of which nothing is on record: for a government, or at all."""
    session = request.session
    rounds = [
        one
        for one in session.read(ROUNDS_HELD, _ROUNDS)
        if passed(one.values.get("period_start"), on=request.day) == "yes"
    ]
    if government and known:
        under = session.read(THINGS_UNDER, OfIds(ids=tuple(one.id for one in rounds)))
        begun = {edge.subject for edge in under if edge.id in known}
        series = {one.values.get("series") for one in rounds if one.id in begun}
        lacking = [one.name for one in rounds if one.values.get("series") in series and one.id not in begun]
        text = f"Nothing is on record on {government.name} in {listed(lacking)}; it may have been reviewed."
    elif body and not known:
        organs = [edge.id for edge in session.read(PARTS_OF, OfIds(ids=(body.id,)))]
        organized = session.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=(body.id, *organs)))
        series = {edge.name for edge in organized}
        lacking = [one.name for one in rounds if one.values.get("series") in series]
        text = f"Known to have begun, without anything on record on a single government: {listed(lacking)}."
    else:
        return
    if lacking:
        yield Caveat(kind="unknown", text=text, clause="headline")


REVIEWS = Question(
    name="reviews",
    title="How far are the reviews of this government or by this body, and what is due?",
    params=ReviewsParams,
    row=ReviewRow,
    function=reviews,
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Spain"},
    columns=(
        *("name", "mechanism", "round", "last_stage", "last_on"),
        *("next_step", "focal_points", "report_on", "confidence", "evidence"),
    ),
    maturity="trial",
)
