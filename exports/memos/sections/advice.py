"""Recommendations: to whom, by whom, what is asked, and whether a reply is known; reviews with their next step."""

from collections.abc import Sequence

from iga.exports.memos.evidence import row_words, supported
from iga.exports.memos.printing import form, more, nothing_found, words
from iga.exports.paper.document import Section
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, Subject
from iga.queries.multilateral.recommendations import RecommendationRow
from iga.queries.multilateral.reviews import ReviewRow


def advice_by_party(answers: Sequence[Answer], *, body: Subject, heading: str) -> Section:
    """Return recommendations side by side by whom they are addressed to; what became of them is seldom held."""
    rows = [(answer, row) for answer in answers for row in supported(answer, RecommendationRow)]
    once = list({(row.recommendation, row.id): (answer, row) for answer, row in rows}.values())
    table = form("advice")
    if not once:
        return Section(heading, (table.of_lines(()),))
    once.sort(key=lambda pair: (pair[1].answered_on != (), -(pair[1].year or 0)))
    lines = [table.line(answer, row, body=body.id) for answer, row in once[: table.most]]
    silent = sum(not row.answered_on for _, row in once)
    doubt = nothing_found(words("advice/silent", silent=silent, number=len(once)), lead="Open:")
    return Section(heading, (table.of_lines(lines, more(answers[0], once, table.most)), doubt))


def side_by_side(answer: Answer) -> Section:
    """Return who recommended how much in which years, by P, with the first words of each; one row an issuer and P."""
    rows, table = supported(answer, RecommendationRow), form("side-by-side")
    groups = list(by_key(rows, lambda row: (row.issuer_name, row.pillar)).values())[: table.most]
    lines = [
        table.line(answer, of[0], number=len(of), years=sorted({row.year for row in of if row.year})) for of in groups
    ]
    return Section("Recommendations, side by side", (table.of_lines(lines, more(answer, rows, len(lines))),))


def reviews(answer: Answer) -> Section:
    """Return the reviews with something ahead or overdue, then the latest; stage, focal point and next step of each."""
    ordered = sorted(supported(answer, ReviewRow), key=lambda row: row.last_on or "", reverse=True)
    ordered.sort(key=lambda row: (not row.next, not row.overdue))
    return form("reviews").section(answer, ordered, heading="Reviews")


def last_review(answer: Answer) -> tuple[str, tuple[ReviewRow, ...]]:
    """Return the last review of a government in words, with its row; blank where none is held."""
    rows = supported(answer, ReviewRow)
    if not rows:
        return "", ()
    row = max(rows, key=lambda review: (bool(review.next), review.last_on or "", review.review))
    return words("advice/review", row, next_step=row_words(answer, row, "row-next-step")), (row,)
