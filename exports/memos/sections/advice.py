"""Recommendations: to whom, by whom, what is asked, and whether a reply is known; reviews with their next step."""

from collections.abc import Sequence

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Section
from exports.wording import capitalized, counted
from queries.core.answer import Answer, Subject
from queries.core.wording import listed, long_day, years_listed
from queries.multilateral.recommendations import RecommendationRow
from queries.multilateral.reviews import ReviewRow

_CAP, _REVIEWS = 12, 6
# Of each issuer and P the first is told; the others are a command away.
_QUOTED, _GROUPS = 1, 6
_NOT_SORTED = "not sorted"
_THE_BODY = "the body itself"


def advice_by_party(answers: Sequence[Answer], *, body: Subject, heading: str) -> Section:
    """Return recommendations side by side by whom they are addressed to; what became of them is seldom held.

    Args:
        answers: Recommendations to a body, its members, and by it.
        body: The body, which is called so in the table.
        heading: Heading of the section.
    """
    found = [(answer, row) for answer in answers for row in supported(answer, RecommendationRow)]
    once = list({(row.recommendation, row.id): (answer, row) for answer, row in found}.values())
    if not once:
        return Section(heading, (nothing_found("No recommendation to it or by it is in the data."),))
    once.sort(key=lambda each: (each[1].answered_on != (), -(each[1].year or 0)))
    lines = tuple(TableRow(_cells(row, body), cited(answer, row)) for answer, row in once[:_CAP])
    more = More(len(once) - _CAP, ask_again(answers[0])) if len(once) > _CAP else None
    header = ("What is asked", "Of whom", "By whom, and when", "Reply")
    table = Table("Recommendations, newest first", header, lines, (40, 24, 21, 15), more)
    silent = sum(not row.answered_on for _, row in once)
    text = (
        f"Of {silent:,} of {counted(len(once), 'recommendation')} no reply is in the data, so they stand as open here."
    )
    return Section(heading, (table, nothing_found(text, lead="Open:")))


def advice_in_short(answer: Answer, *, heading: str = "Recommendations, side by side") -> Section:
    """Return who recommended how much in which years, by P, with the first words of each; one row an issuer and P."""
    rows = supported(answer, RecommendationRow)
    if not rows:
        return Section(heading, (nothing_found("No recommendation to this government is in the data."),))
    groups: dict[tuple[str, str], list[RecommendationRow]] = {}
    for row in rows:
        groups.setdefault((row.issuer_name or "issuer not known", row.pillar or _NOT_SORTED), []).append(row)
    lines = tuple(TableRow(_group(key, of), cited(answer, *of[:_QUOTED])) for key, of in list(groups.items())[:_GROUPS])
    more = More(len(rows) - sum(min(len(of), _QUOTED) for of in list(groups.values())[:_GROUPS]), ask_again(answer))
    header = ("By whom, and years", "P", "How many, and the first of them")
    table = Table("Recommendations side by side", header, lines, (28, 14, 58), more if more.count > 0 else None)
    return Section(heading, (table,))


def reviews(answer: Answer, *, heading: str = "Reviews") -> Section:
    """Return the reviews with something ahead or overdue, then the latest; stage, focal point and next step of each."""
    rows = supported(answer, ReviewRow)
    if not rows:
        return Section(heading, (nothing_found("No review by it, or of it, is in the data."),))
    ordered = sorted(rows, key=lambda row: row.last_on or "", reverse=True)
    ordered.sort(key=lambda row: (not row.next, not row.overdue))
    lines = tuple(TableRow(_review(answer, row), cited(answer, row)) for row in ordered[:_REVIEWS])
    more = More(len(rows) - _REVIEWS, ask_again(answer)) if len(rows) > _REVIEWS else None
    header = ("Review", "Last stage seen", "Next step", "Focal point")
    return Section(heading, (Table("Reviews, stage by stage", header, lines, (30, 26, 24, 20), more),))


def review_stage(answer: Answer) -> tuple[str, tuple[ReviewRow, ...]]:
    """Return the last review of a government in words, with its row; blank where none is held."""
    rows = supported(answer, ReviewRow)
    if not rows:
        return "", ()
    row = max(rows, key=lambda each: (bool(each.next), each.last_on or "", each.review))
    points = f"; focal point {listed(row.focal_points, most=2)}" if row.focal_points else ""
    return (
        f"{row.mechanism or ''} round {row.round or 'not known'}: {_stage(row)}; {_step(answer, row)}{points}".strip(),
        (row,),
    )


def _cells(row: RecommendationRow, body: Subject) -> tuple[str, ...]:
    place = f", {row.place}" if row.place else ""
    when = f", {row.year}" if row.year else ""
    reply = ", ".join(map(long_day, row.answered_on)) or "not in the data"
    issuer = _THE_BODY if row.issuer == body.id else row.issuer_name or "not known"
    whom = _THE_BODY if row.id == body.id else row.name
    return row.wording or row.recommendation_name, whom, f"{issuer}{when}{place}", reply


def _group(key: tuple[str, str], rows: Sequence[RecommendationRow]) -> tuple[str, ...]:
    issuer, pillar = key
    years = years_listed(sorted({row.year for row in rows if row.year}))
    first = "; ".join(row.wording or row.recommendation_name for row in rows[:_QUOTED])
    return f"{issuer}{f', {years}' if years else ''}", pillar, f"{len(rows):,}: {first}"


def _review(answer: Answer, row: ReviewRow) -> tuple[str, ...]:
    step, points = capitalized(_step(answer, row)), listed(row.focal_points, most=3)
    return row.review_name, capitalized(_stage(row)), step, points


def _stage(row: ReviewRow) -> str:
    if not row.last_stage:
        return "no stage with a day is in the data"
    return f"{row.last_stage}{f', {long_day(row.last_on)}' if row.last_on else ''}"


def _step(answer: Answer, row: ReviewRow) -> str:
    return row_words(answer, row, "row-next-step")
