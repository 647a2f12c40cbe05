"""One figure of money a party, whichever question is asked; where figures overlap, that they do."""

from collections.abc import Sequence
from typing import Any

import pytest

from iga.exports.memos import prose
from iga.graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, Made, SubawardedTo
from iga.graph.domain.funding import Award, Contribution, FundingLine, Project
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.session import Session
from iga.queries.core.wording import money

TIES = (AwardedTo, SubawardedTo, Funded, Implements, ImplementedIn, Made)


def _figure(answer: Answer) -> Any:
    """Return what the first sentence says: totals with their currencies, or the largest of so many that overlap."""
    values = answer.clauses[0].values
    if values.get("total") or values.get("totals"):
        totals = values.get("totals") or [values["total"]]
        kind = values.get("measure") or values["total"]["measure"]
        return kind, totals[0]["amount"], totals[0]["currency"]
    return (values["number"], values["largest"]) if values.get("largest") else None


@pytest.fixture(scope="module")
def parties(bundled: Session) -> list[str]:
    """Everybody whom money is on file for."""
    kinds = (Award, Project, Contribution, FundingLine)
    things = tuple(one.id for kind in kinds for one in bundled.read(all_of(kind), Everything()))
    ends = hop(*TIES, either=True, other="Party", row=EdgeRow)
    return sorted({edge.id for edge in bundled.read(ends, OfIds(ids=things))})


def test_funding_and_its_summary_say_the_same_figure_of_every_party(bundled: Session, parties: list[str]) -> None:
    assert len(parties) > 50
    differ = {}
    for party in parties:
        figures = [_figure(ask(bundled, question, {"party": party})) for question in ("funding", "funding-summary")]
        if figures[0] != figures[1]:
            differ[party] = figures
    assert not differ


def test_what_overlaps_is_said_with_the_largest(bundled: Session) -> None:
    for question in ("funding", "funding-summary"):
        said = ask(bundled, question, {"party": "GFEMS"}).headline
        assert said == (
            "The 2 figures of the Global Fund to End Modern Slavery overlap and cannot be added; the largest is "
            "USD 25,000,000 announced for Three-year programme (Global Fund to End Modern Slavery)."
        )
    paper = prose.total(ask(bundled, "funding-summary", {"party": "Ghana"}), "headline")
    assert paper is not None
    assert "the largest is USD 6,900,000" in paper.text


def test_no_figure_is_said_twice_in_one_breath(bundled: Session, parties: list[str]) -> None:
    for party in parties:
        for question in ("funding", "funding-summary"):
            answer = ask(bundled, question, {"party": party})
            said, figure = answer.clauses[0], _figure(answer)
            if figure and isinstance(figure[0], int):
                written = money(figure[1]["amount"], figure[1]["currency"])
                assert said.text.count(written) == 1, said.text


def test_a_ranking_takes_the_largest_of_what_a_partner_was_announced(bundled: Session) -> None:
    rows: Sequence[Any] = ask(bundled, "top-partners", {"measure": "announced"}).rows
    several = [row for row in rows if row.amount and row.amount_count > 1]
    assert several
    for row in several:
        own: Sequence[Any] = ask(bundled, "funding", {"party": row.id}).rows
        assert row.amount in {one.amount for one in own}, row.name
