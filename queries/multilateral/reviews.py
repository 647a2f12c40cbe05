"""How far the reviews of a government are, or those of a mechanism: round, stages, what is due, the last report."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.domain.catalog import fits
from graph.names.naming import called
from graph.text import folded
from queries.answer import Caveat, PartyRow, Subject
from queries.days import passed
from queries.multilateral.focal_points import FocalPoint, focal_points_of
from queries.multilateral.reads import REVIEWS_HELD
from queries.multilateral.rounds import rounds_of, rounds_without
from queries.multilateral.stages import Stage, stages_of
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, FullTie, OfIds, conflicts, grouped, refs
from queries.reads import ENTITIES_BY_ID, PARTS_OF, Everything
from queries.wording import counted, listed


class ReviewsAsked(Asked):
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


def reviews(posed: Posed[ReviewsAsked]) -> Found:
    """List reviews, by government, the latest round first."""
    government, body = _sides(posed)
    names = _names(posed, body) if body else set()
    ties = [tie for tie in posed.asking.read(REVIEWS_HELD, Everything()) if _asked(tie, government, body, names)]
    ties.sort(key=lambda tie: (folded(tie.name), tie.id, tie.values.get("mechanism") or "", tie.subject))
    reports = _reports(posed, ties)
    focal_points = focal_points_of(posed.asking, {tie.id for tie in ties}, day=posed.day)
    drafts = []
    for tie in ties:
        stages = [stage for stage in stages_of(tie.values.get("stages") or ()) if _is_known(stage, posed.day)]
        if stages:
            drafts.append(_draft(tie, stages, reports.get(tie.subject), focal_points.get(tie.id, ()), day=posed.day))
    drafts.sort(key=_by_government)
    card = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(posed.one("party").id,)))[0]
    return Found(
        sentence=_sentence(posed, drafts),
        drafts=tuple(drafts),
        caveats=_rounds_missing(posed, government, body, ties),
        refs=refs(card.values) if not drafts else (),
    )


def _sides(posed: Posed[ReviewsAsked]) -> tuple[Subject | None, Subject | None]:
    """Return the government reviewed and the body that reviews, each None where it was not named."""
    both = [subject for subject in (posed.one("party"), posed.maybe("other")) if subject]
    government = next((subject for subject in both if subject.cls == "Government"), None)
    return government, next((subject for subject in both if subject is not government), None)


def _names(posed: Posed[ReviewsAsked], body: Subject) -> set[str]:
    """Return what the body and its organs are called, folded: reviews name their mechanism in words."""
    ids = [
        body.id,
        *(tie.id for tie in posed.asking.read(PARTS_OF, OfIds(ids=(body.id,))) if fits(tie.cls, ("Party",))),
    ]
    entities: list[Entity] = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(ids)))
    return {folded(match.matched) for each in entities for match in called(each.cls, each.values)}


def _asked(tie: FullTie, government: Subject | None, body: Subject | None, names: set[str]) -> bool:
    by_body = body is None or folded(tie.values.get("mechanism") or "") in names
    return by_body and government in (None, tie.other)


def _is_known(stage: Stage, day: str) -> bool:
    """Leave out what happened after the day; what was set beforehand may lie after it."""
    return stage.is_ahead or stage.had_come(day) != "no"


def _reports(posed: Posed[ReviewsAsked], ties: Sequence[FullTie]) -> Mapping[str, FullTie]:
    """Return the last report of each review that was published by the day, by id of the review."""
    parts = grouped(posed.asking.read(PARTS_OF, OfIds(ids=tuple(tie.subject for tie in ties))))
    last: dict[str, FullTie] = {}
    for review, things in parts.items():
        published = [
            tie
            for tie in things
            if tie.cls == "Publication" and passed(tie.values.get("published_on"), on=posed.day) != "no"
        ]
        if published:
            last[review] = max(published, key=lambda tie: (tie.values.get("published_on") or "", tie.id))
    return last


def _draft(
    tie: FullTie, stages: Sequence[Stage], report: FullTie | None, focal_points: Sequence[FocalPoint], *, day: str
) -> Draft:
    happened = [stage for stage in stages if stage.on and not stage.is_ahead]
    last = happened[-1] if happened else None
    ahead = [stage for stage in stages if stage.is_ahead]
    next_ = tuple(stage.said for stage in ahead if stage.on and stage.had_come(day) != "yes")
    overdue = tuple(stage.said for stage in ahead if _came_to_nothing(stage, happened, day))
    row = ReviewRow(
        held="yes" if last and last.had_come(day) == "yes" else "unknown",
        conflicts=conflicts(tie.values),
        id=tie.id,
        cls=tie.cls,
        name=tie.name,
        iso3=tie.iso3,
        review=tie.subject,
        review_name=tie.values["name"],
        mechanism=tie.values.get("mechanism"),
        round=tie.values.get("round"),
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
    return Draft(row, refs(tie.values, tie.tie), dated_by=refs(*beside))


def _next_step(ahead: Sequence[str], overdue: Sequence[str]) -> str:
    if ahead:
        return ahead[0]
    return f"{overdue[0]}; nothing is held that came of it" if overdue else "nothing that is still ahead is held"


def _came_to_nothing(stage: Stage, happened: Sequence[Stage], day: str) -> bool:
    """Say whether the day of a stage ahead has passed, or is not held, and nothing later is held in this review."""
    if stage.on and stage.had_come(day) != "yes":
        return False
    return not any(not stage.on or each.on >= stage.on for each in happened)


def _by_government(draft: Draft) -> tuple[str, str]:
    row = draft.row
    assert isinstance(row, ReviewRow)
    return folded(row.name), row.id


def _sentence(posed: Posed[ReviewsAsked], drafts: Sequence[Draft]) -> str:
    party, other = posed.one("party"), posed.maybe("other")
    of = party.name + (f" with {other.name}" if other else "")
    rows = [draft.row for draft in drafts if isinstance(draft.row, ReviewRow)]
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
    posed: Posed[ReviewsAsked], government: Subject | None, body: Subject | None, ties: Sequence[FullTie]
) -> tuple[Caveat, ...]:
    """Name the rounds launched by the day of which nothing is held: for a government, or at all."""
    if government and ties:
        lacking = rounds_without(posed.asking, {tie.subject for tie in ties}, day=posed.day)
        text = f"Nothing is held on {government.name} in {listed(lacking)}; it may have been reviewed."
    elif body and not ties:
        lacking = rounds_of(posed.asking, body, day=posed.day)
        text = f"Known to have begun, without anything held on a single government: {listed(lacking)}."
    else:
        return ()
    return (Caveat(kind="unknown", text=text),) if lacking else ()


REVIEWS = Question(
    name="reviews",
    title="How far are the reviews of this government or by this body, and what is due?",
    params=ReviewsAsked,
    row=ReviewRow,
    function=reviews,
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Spain"},
    columns=("name", "mechanism", "round", "last_stage", "last_on", "next_step", "focal_points", "report_on",
             "confidence", "evidence"),
    maturity="trial",
)  # fmt: skip
