"""How far the reviews of a government are, or those of a mechanism: round, stages, what is due, the last report."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from iga.graph.domain.catalog import fits
from iga.graph.domain.records import Review
from iga.graph.names.naming import called
from iga.graph.text import folded
from iga.queries.core.agenda import Stage, stages_of
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.compiled import Everything, OwnEdgeRow
from iga.queries.core.days import passed
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from iga.queries.core.reads import (
    BODIES_OF_GOVERNMENT,
    ENGAGEMENTS_ORGANIZED_BY,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    PARTS_OF,
    POSTS_IN,
    THINGS_UNDER,
)
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.multilateral.reads import REVIEWS_HELD, ROUNDS_HELD


class ReviewsParams(Params):
    """What `reviews` is asked with."""

    party: str = needed("The government reviewed, or the body that reviews.", "Spain")
    other: str | None = option("Only reviews by this body, or, of a body, those of this government.", "GRETA")


class ReviewRow(PartyRow):
    """One review of one government: a round of a mechanism."""

    review: str = needed("Id of the review.")
    review_name: str = needed("Name of the review.")
    mechanism: str | None = of(Review, "mechanism")
    round: str | None = of(Review, "round")
    stages: tuple[str, ...] = needed("Stages up to the day, in order, each with its day if one is stated.")
    last_stage: str | None = column("Last dated stage seen to have happened by the day.")
    last_on: str | None = column("Its day, possibly partial.")
    next: tuple[str, ...] = needed("What was still ahead on the day: replies due, stages planned.")
    overdue: tuple[str, ...] = needed(
        "Replies due and stages planned whose day had passed, with nothing on record that came of them."
    )
    next_stage: str | None = column("The first of these, without its day; null is none.")
    next_on: str | None = column("Its day, possibly partial; null is not stated.")
    next_remark: str | None = column("What its source adds, such as which meeting.")
    next_step: str = needed("What comes next, in words: what is ahead, else what is overdue, else none.")
    focal_points: tuple[str, ...] = column(
        "Focal points of the government, each with who holds the post; blank is not known.", ()
    )
    report: str | None = column("Id of the last report published; null where there is none.")
    report_name: str | None = column("Title of that report.")
    report_on: str | None = column("When it was published, possibly partial.")


FocalPoint = tuple[FullEdgeRow, list[EdgeRow]]
"""A post that answers for a government, in it or in a body of it, and who holds it on the day, or may."""


def reviews(request: Request[ReviewsParams]) -> Result[ReviewRow]:
    """List reviews, by government, the latest round first."""
    session, party, day = request.session, request.one("party"), request.day
    sides = [subject for subject in (party, request.maybe("other")) if subject]
    government = next((side for side in sides if side.cls == "Government"), None)
    body = next((side for side in sides if side is not government), None)
    names = _names(session, body) if body else set()
    asked = [
        review
        for review in session.read(REVIEWS_HELD, Everything())
        if (government is None or review.id == government.id)
        and (body is None or folded(review.own.get("mechanism") or "") in names)
    ]
    asked.sort(key=lambda review: (folded(review.name), review.id, review.own.get("mechanism") or "", review.subject))
    ids = tuple(review.subject for review in asked)
    reports = _reports(session, ids, day=day)
    points = _focal_points(session, {review.id for review in asked}, day=day)
    rows = Rows.of(
        _row(review, stages, reports.get(review.subject), points[review.id], day=day)
        for review in asked
        if (stages := _stages(review, day))
    )
    [card] = session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    missing = _rounds_missing(request, government, body, ids)
    return Result.of(_clauses(government, body, rows), rows, missing, refs=() if rows else refs(card.values))


def _names(session: Session, body: Subject) -> set[str]:
    """Return what the body and its organs are called, folded: reviews name their mechanism in words."""
    organs = [edge.id for edge in session.read(PARTS_OF, OfIds(ids=(body.id,))) if fits(edge.cls, ("Party",))]
    entities = session.read(ENTITIES_BY_ID, OfIds(ids=(body.id, *organs)))
    return {folded(match.matched) for entity in entities for match in called(entity.cls, entity.values)}


def _stages(review: OwnEdgeRow, day: str) -> list[Stage]:
    """Return the stages without what happened after the day; what was set beforehand may lie after it."""
    stages = stages_of(review.own.get("stages") or ())
    return [stage for stage in stages if stage.is_ahead or stage.had_come(day) != "no"]


def _reports(session: Session, reviews: tuple[str, ...], *, day: str) -> dict[str, FullEdgeRow]:
    """Return the last report of each review that was published by the day, by id of the review."""
    parts = [edge for edge in session.read(PARTS_OF, OfIds(ids=reviews)) if edge.cls == "Publication"]
    parts.sort(key=lambda edge: (edge.values.get("published_on") or "", edge.id))
    return {edge.subject: edge for edge in parts if passed(edge.values.get("published_on"), on=day) != "no"}


def _focal_points(session: Session, governments: Collection[str], *, day: str) -> Mapping[str, list[FocalPoint]]:
    """Return the focal points of governments on a day, by id of the government."""
    of_governments = OfIds(ids=tuple(sorted(governments)))
    whose = {body.id: body.subject for body in session.read(BODIES_OF_GOVERNMENT, of_governments)}
    whose |= {government: government for government in governments}
    edges = by_name(session.read(POSTS_IN, OfIds(ids=tuple(sorted(whose)))))
    posts = [edge for edge in edges if edge.values.get("role") == "focal point" and edge.held(day) != "no"]
    terms = by_name(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in posts})))))
    holders = grouped(term for term in terms if term.held(day) != "no")
    points: dict[str, list[FocalPoint]] = defaultdict(list)
    for edge in posts:
        points[whose[edge.subject]].append((edge, holders.get(edge.id, [])))
    return points


def _row(
    review: OwnEdgeRow, stages: list[Stage], report: FullEdgeRow | None, points: list[FocalPoint], *, day: str
) -> SourcedRow[ReviewRow]:
    happened = [stage for stage in stages if stage.on and not stage.is_ahead]
    last = happened[-1] if happened else None
    beside = [report.values] if report else []
    for post, holders in points:
        beside += [post.values, post.properties, *(holder.properties for holder in holders)]
    return sourced(
        ReviewRow,
        review.own,
        review.properties,
        about=review.other,
        held=last.had_come(day) if last else "unknown",
        dated_by=beside,
        conflicts=conflicts(review.own),
        review=review.subject,
        review_name=review.own["name"],
        stages=tuple(stage.said for stage in stages),
        last_stage=last and last.what,
        last_on=last and last.on,
        focal_points=tuple(
            f"{post.name} ({listed([one.name for one in holders]) or 'holder not known'})" for post, holders in points
        ),
        report=report,
        report_on=report and report.values.get("published_on"),
        **_ahead(stages, happened, day=day),
    )


def _ahead(stages: Sequence[Stage], happened: Sequence[Stage], *, day: str) -> dict[str, Any]:
    """Return what a row says of what comes next: what is ahead, what came to nothing, and the first of them.

    What is ahead came to nothing if its day has passed, or is not stated, and nothing later is known of this review.
    """
    ahead = [stage for stage in stages if stage.is_ahead]
    coming = [stage for stage in ahead if stage.on and stage.had_come(day) != "yes"]
    overdue = [
        stage
        for stage in ahead
        if stage not in coming and not any(not stage.on or later.on >= stage.on for later in happened)
    ]
    first = next(iter(coming or overdue), None)
    columns = {
        "next": tuple(stage.said for stage in coming),
        "overdue": tuple(stage.said for stage in overdue),
        "next_stage": first.what if first else None,
        "next_on": (first.on or None) if first else None,
        "next_remark": (first.remark or None) if first else None,
    }
    return {**columns, "next_step": worded(__package__, "reviews", "row-next-step", columns)}


def _clauses(government: Subject | None, body: Subject | None, rows: Rows[ReviewRow]) -> Iterator[SourcedClause]:
    parties = rows.values("id")
    sides = {"government": government and government.name, "body": body and body.name}
    ahead = rows.keeping(attrgetter("next")).told(name="name", stage="next_stage", on="next_on")
    begun = Rows.of(rows.keeping(attrgetter("last_on")).sourced, lambda row: (row.last_on or "", row.review))
    past = begun.told(name="review_name", stage="last_stage", on="last_on")
    stages = {"last": past[-1] if past else None, "next": next((one for one in ahead if one["on"]), None)}
    yield clause("headline", **sides, number=len(rows), parties=len(parties), **stages)
    if not rows:
        return
    yield clause("in-all", number=len(rows), parties=len(parties))
    yield clause("ahead", stages=ahead)
    yield clause("reports", number=len(rows.keeping(attrgetter("report"))), reviews=len(rows))
    if len(parties) == 1:
        [row] = rows.first()
        yield clause("focal-points", party=row.name, points=list(row.focal_points))


def _rounds_missing(
    request: Request[ReviewsParams], government: Subject | None, body: Subject | None, reviews: Collection[str]
) -> Iterator[UnwordedCaveat]:
    """Name the rounds launched by the day of which nothing is on record: for a government, or at all."""
    session, begun = request.session, set()
    rounds = session.read(ROUNDS_HELD, Everything())
    rounds = [one for one in rounds if passed(one.values.get("period_start"), on=request.day) == "yes"]
    if government and reviews:
        under = session.read(THINGS_UNDER, OfIds(ids=tuple(one.id for one in rounds)))
        begun = {edge.subject for edge in under if edge.id in reviews}
        series = {one.values.get("series") for one in rounds if one.id in begun}
    elif body and not reviews:
        organs = [edge.id for edge in session.read(PARTS_OF, OfIds(ids=(body.id,)))]
        series = {edge.name for edge in session.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=(body.id, *organs)))}
    else:
        return
    if lacking := [one.name for one in rounds if one.values.get("series") in series and one.id not in begun]:
        of = government.name if government and reviews else None
        yield caveat("unknown", "rounds-missing", clause="headline", government=of, rounds=lacking)


REVIEWS = Question.of(
    reviews,
    title="How far are the reviews of this government or by this body, and what is due?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Spain"},
    columns=(
        *("name", "mechanism", "round", "last_stage", "last_on"),
        *("next_step", "focal_points", "report_on", "confidence", "evidence"),
    ),
    yes_or_no=("party", "other"),
    maturity="trial",
)
