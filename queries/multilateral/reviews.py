"""How far the reviews of a government are, or those of a mechanism: round, stages, what is due, the last report."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.domain.catalog import fits
from graph.names.naming import called
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, PARTS_OF
from queries.core.wording import counted, listed
from queries.multilateral.focal_points import FocalPoint, focal_points_of
from queries.multilateral.reads import REVIEWS_HELD
from queries.multilateral.rounds import rounds_of, rounds_without
from queries.multilateral.stages import Stage, stages_of


class ReviewsParams(Params):
    """What `reviews` is asked with."""

    party: str = Field(description="The government reviewed, or the body that reviews.", examples=["Spain"])
    other: str | None = Field(
        default=None, description="Only reviews by this body, or, of a body, those of this government.",
        examples=["GRETA"],
    )  # fmt: skip


class ReviewRow(PartyRow):
    """One review of one government: a round of a mechanism."""

    review: str = Field(description="Id of the review.")
    review_name: str = Field(description="Name of the review.")
    mechanism: str | None = Field(default=None, description="Mechanism, such as GRETA.")
    round: str | None = Field(default=None, description="Round or cluster.")
    stages: tuple[str, ...] = Field(description="Stages up to the day, in order, each with its day if one is held.")
    last_stage: str | None = Field(default=None, description="Last dated stage seen to have happened by the day.")
    last_on: str | None = Field(default=None, description="Its day, possibly partial.")
    next: tuple[str, ...] = Field(description="What was still ahead on the day: replies due, stages planned.")
    overdue: tuple[str, ...] = Field(
        description="Replies due and stages planned whose day had passed, with nothing held that came of them."
    )
    next_step: str = Field(description="What comes next, in words: what is ahead, else what is overdue, else not held.")
    focal_points: tuple[str, ...] = Field(
        default=(), description="Focal points of the government, each with who holds the post; blank is not held."
    )
    report: str | None = Field(default=None, description="Id of the last report published; null where none is held.")
    report_name: str | None = Field(default=None, description="Title of that report.")
    report_on: str | None = Field(default=None, description="When it was published, possibly partial.")


def reviews(request: Request[ReviewsParams]) -> Result:
    """List reviews, by government, the latest round first."""
    government, body = _sides(request)
    names = _names(request, body) if body else set()
    edges = [edge for edge in request.session.read(REVIEWS_HELD, Everything()) if _asked(edge, government, body, names)]
    edges.sort(key=lambda edge: (folded(edge.name), edge.id, edge.values.get("mechanism") or "", edge.subject))
    reports = _reports(request, edges)
    focal_points = focal_points_of(request.session, {edge.id for edge in edges}, day=request.day)
    sourced_rows = []
    for edge in edges:
        stages = [stage for stage in stages_of(edge.values.get("stages") or ()) if _is_known(stage, request.day)]
        if stages:
            sourced_rows.append(
                _draft(edge, stages, reports.get(edge.subject), focal_points.get(edge.id, ()), day=request.day)
            )
    sourced_rows.sort(key=_by_government)
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(request.one("party").id,)))[0]
    return Result(
        sentence=_sentence(request, sourced_rows),
        rows=tuple(sourced_rows),
        caveats=_rounds_missing(request, government, body, edges),
        refs=refs(card.values) if not sourced_rows else (),
    )


def _sides(request: Request[ReviewsParams]) -> tuple[Subject | None, Subject | None]:
    """Return the government reviewed and the body that reviews, each None where it was not named."""
    both = [subject for subject in (request.one("party"), request.maybe("other")) if subject]
    government = next((subject for subject in both if subject.cls == "Government"), None)
    return government, next((subject for subject in both if subject is not government), None)


def _names(request: Request[ReviewsParams], body: Subject) -> set[str]:
    """Return what the body and its organs are called, folded: reviews name their mechanism in words."""
    ids = [
        body.id,
        *(edge.id for edge in request.session.read(PARTS_OF, OfIds(ids=(body.id,))) if fits(edge.cls, ("Party",))),
    ]
    entities: list[Entity] = request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(ids)))
    return {folded(match.matched) for each in entities for match in called(each.cls, each.values)}


def _asked(edge: FullEdgeRow, government: Subject | None, body: Subject | None, names: set[str]) -> bool:
    by_body = body is None or folded(edge.values.get("mechanism") or "") in names
    return by_body and government in (None, edge.other)


def _is_known(stage: Stage, day: str) -> bool:
    """Leave out what happened after the day; what was set beforehand may lie after it."""
    return stage.is_ahead or stage.had_come(day) != "no"


def _reports(request: Request[ReviewsParams], edges: Sequence[FullEdgeRow]) -> Mapping[str, FullEdgeRow]:
    """Return the last report of each review that was published by the day, by id of the review."""
    parts = grouped(request.session.read(PARTS_OF, OfIds(ids=tuple(edge.subject for edge in edges))))
    last: dict[str, FullEdgeRow] = {}
    for review, things in parts.items():
        published = [
            edge
            for edge in things
            if edge.cls == "Publication" and passed(edge.values.get("published_on"), on=request.day) != "no"
        ]
        if published:
            last[review] = max(published, key=lambda edge: (edge.values.get("published_on") or "", edge.id))
    return last


def _draft(
    edge: FullEdgeRow,
    stages: Sequence[Stage],
    report: FullEdgeRow | None,
    focal_points: Sequence[FocalPoint],
    *,
    day: str,
) -> SourcedRow:
    happened = [stage for stage in stages if stage.on and not stage.is_ahead]
    last = happened[-1] if happened else None
    ahead = [stage for stage in stages if stage.is_ahead]
    next_ = tuple(stage.said for stage in ahead if stage.on and stage.had_come(day) != "yes")
    overdue = tuple(stage.said for stage in ahead if _came_to_nothing(stage, happened, day))
    row = ReviewRow(
        held="yes" if last and last.had_come(day) == "yes" else "unknown",
        conflicts=conflicts(edge.values),
        id=edge.id,
        cls=edge.cls,
        name=edge.name,
        iso3=edge.iso3,
        review=edge.subject,
        review_name=edge.values["name"],
        mechanism=edge.values.get("mechanism"),
        round=edge.values.get("round"),
        stages=tuple(stage.said for stage in stages),
        last_stage=last.what if last else None,
        last_on=last.on if last else None,
        next=next_,
        overdue=overdue,
        next_step=_next_step(next_, overdue),
        focal_points=tuple(point.in_words for point in focal_points),
        report=report.id if report else None,
        report_name=report.name if report else None,
        report_on=report.values.get("published_on") if report else None,
    )
    beside = [*([report.values] if report else []), *(said for point in focal_points for said in point.said)]
    return SourcedRow(row, refs(edge.values, edge.properties), dated_by=refs(*beside))


def _next_step(ahead: Sequence[str], overdue: Sequence[str]) -> str:
    if ahead:
        return ahead[0]
    return f"{overdue[0]}; nothing is held that came of it" if overdue else "nothing that is still ahead is held"


def _came_to_nothing(stage: Stage, happened: Sequence[Stage], day: str) -> bool:
    """Say whether the day of a stage ahead has passed, or is not held, and nothing later is held in this review."""
    if stage.on and stage.had_come(day) != "yes":
        return False
    return not any(not stage.on or each.on >= stage.on for each in happened)


def _by_government(draft: SourcedRow) -> tuple[str, str]:
    row = draft.row
    assert isinstance(row, ReviewRow)
    return folded(row.name), row.id


def _sentence(request: Request[ReviewsParams], sourced_rows: Sequence[SourcedRow]) -> str:
    party, other = request.one("party"), request.maybe("other")
    of = party.name + (f" with {other.name}" if other else "")
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, ReviewRow)]
    if not rows:
        return f"no review of or by {of} is held; that none took place does not follow"
    number = f"{counted(len(rows), 'review')} of or by {of} {'is' if len(rows) == 1 else 'are'} held"
    governments = {row.id for row in rows}
    if len(governments) > 1:
        number += f", of {counted(len(governments), 'party', 'parties')}"
    dated = [row for row in rows if row.last_on]
    if dated:
        last = max(dated, key=lambda row: (row.last_on or "", row.review))
        number += f"; the last stage held: {last.review_name}, {last.last_stage} {last.last_on}"
    ahead = [f"{row.name}: {', '.join(row.next)}" for row in rows if row.next]
    number += f"; still ahead: {listed(ahead)}" if ahead else "; nothing that is still ahead is held"
    reported = sum(bool(row.report) for row in rows)
    number += f"; a published report is held for {reported or 'none'} of them"
    if len(governments) > 1:
        return number
    points = rows[0].focal_points
    return number + (f"; focal point: {listed(points)}" if points else f"; no focal point of {rows[0].name} is held")


def _rounds_missing(
    request: Request[ReviewsParams], government: Subject | None, body: Subject | None, edges: Sequence[FullEdgeRow]
) -> tuple[Caveat, ...]:
    """Name the rounds launched by the day of which nothing is held: for a government, or at all."""
    if government and edges:
        lacking = rounds_without(request.session, {edge.subject for edge in edges}, day=request.day)
        text = f"Nothing is held on {government.name} in {listed(lacking)}; it may have been reviewed."
    elif body and not edges:
        lacking = rounds_of(request.session, body, day=request.day)
        text = f"Known to have begun, without anything held on a single government: {listed(lacking)}."
    else:
        return ()
    return (Caveat(kind="unknown", text=text),) if lacking else ()


REVIEWS = Question(
    name="reviews",
    title="How far are the reviews of this government or by this body, and what is due?",
    params=ReviewsParams,
    row=ReviewRow,
    function=reviews,
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Spain"},
    columns=("name", "mechanism", "round", "last_stage", "last_on", "next_step", "focal_points", "report_on",
             "confidence", "evidence"),
    maturity="trial",
)  # fmt: skip
