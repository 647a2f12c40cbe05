"""Recommendations: to whom, by whom, what is asked, and whether a reply is known; reviews with their next step."""

from collections.abc import Sequence

from exports.memos.evidence import row_words, supported
from exports.memos.printing import Cells, TableForm, grouped, more, nothing_found, words
from exports.paper.document import Section
from queries.core.answer import Answer, Subject
from queries.multilateral.recommendations import RecommendationRow
from queries.multilateral.reviews import ReviewRow

_ADVICE = TableForm[RecommendationRow](
    title="Recommendations, newest first",
    columns=(
        Cells("What is asked", 40, "advice/asked"),
        Cells("Of whom", 24, "advice/of-whom"),
        Cells("By whom, and when", 21, "advice/by-whom"),
        Cells("Reply", 15, "advice/reply"),
    ),
    nothing="No recommendation to it or by it is in the data.",
    most=12,
)
# Of each issuer and P the first is told; the others are a command away.
_SIDE_BY_SIDE = TableForm[RecommendationRow](
    title="Recommendations side by side",
    columns=(
        Cells("By whom, and years", 28, "advice/issuer"),
        Cells("P", 14, "advice/pillar"),
        Cells("How many, and the first of them", 58, "advice/first"),
    ),
    nothing="No recommendation to this government is in the data.",
    most=6,
)
_REVIEWS = TableForm[ReviewRow](
    title="Reviews, stage by stage",
    columns=(
        Cells("Review", 30, "review_name"),
        Cells("Last stage seen", 26, "advice/stage", is_capital=True),
        Cells("Next step", 24, "row-next-step", is_capital=True),
        Cells("Focal point", 20, "advice/focal-points"),
    ),
    nothing="No review by it, or of it, is in the data.",
    most=6,
)


def advice_by_party(answers: Sequence[Answer], *, body: Subject, heading: str) -> Section:
    """Return recommendations side by side by whom they are addressed to; what became of them is seldom held.

    Args:
        answers: Recommendations to a body, its members, and by it.
        body: The body, which is called so in the table.
        heading: Heading of the section.
    """
    rows = [(answer, row) for answer in answers for row in supported(answer, RecommendationRow)]
    once = list({(row.recommendation, row.id): (answer, row) for answer, row in rows}.values())
    if not once:
        return Section(heading, (nothing_found(_ADVICE.nothing),))
    once.sort(key=lambda pair: (pair[1].answered_on != (), -(pair[1].year or 0)))
    lines = [_ADVICE.line(answer, row, body=body.id) for answer, row in once[: _ADVICE.most]]
    silent = sum(not row.answered_on for _, row in once)
    doubt = nothing_found(words("advice/silent", silent=silent, number=len(once)), lead="Open:")
    return Section(heading, (_ADVICE.of_lines(lines, more(answers[0], once, _ADVICE.most)), doubt))


def advice_in_short(answer: Answer) -> Section:
    """Return who recommended how much in which years, by P, with the first words of each; one row an issuer and P."""
    heading, rows = "Recommendations, side by side", supported(answer, RecommendationRow)
    if not rows:
        return Section(heading, (nothing_found(_SIDE_BY_SIDE.nothing),))
    groups = list(grouped(rows, lambda row: (row.issuer_name, row.pillar)).values())[: _SIDE_BY_SIDE.most]
    lines = [
        _SIDE_BY_SIDE.line(answer, of[0], number=len(of), years=sorted({row.year for row in of if row.year}))
        for of in groups
    ]
    return Section(heading, (_SIDE_BY_SIDE.of_lines(lines, more(answer, rows, len(lines))),))


def reviews(answer: Answer) -> Section:
    """Return the reviews with something ahead or overdue, then the latest; stage, focal point and next step of each."""
    ordered = sorted(supported(answer, ReviewRow), key=lambda row: row.last_on or "", reverse=True)
    ordered.sort(key=lambda row: (not row.next, not row.overdue))
    return _REVIEWS.section(answer, ordered, heading="Reviews")


def last_review(answer: Answer) -> tuple[str, tuple[ReviewRow, ...]]:
    """Return the last review of a government in words, with its row; blank where none is held."""
    rows = supported(answer, ReviewRow)
    if not rows:
        return "", ()
    row = max(rows, key=lambda review: (bool(review.next), review.last_on or "", review.review))
    return words("advice/review", row, next_step=row_words(answer, row, "row-next-step")), (row,)
