"""One figure of money a party, whichever question is asked; where one may be part of another, that it may."""

from collections.abc import Sequence
from typing import Any

import pytest

from iga.exports.memos import prose
from iga.graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, Made, SubawardedTo, Under
from iga.graph.domain.funding import Award, Contribution, FundingLine, Project
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.session import Session
from iga.queries.core.wording import money

WHOLES_AND_PAYERS = (
    ("USAID", "Regional Development Mission for Asia"),
    ("Department of Labor", "the Bureau of International Labor Affairs"),
)
TIES = (AwardedTo, SubawardedTo, Funded, Implements, ImplementedIn, Made)


def _figure(answer: Answer) -> Any:
    """Return what the first sentence says: totals with their currencies, or the largest of so many."""
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
    contributions = bundled.read(all_of(Contribution), Everything())
    given = {str(one.values["recipient"]) for one in contributions if one.values.get("recipient")}
    return sorted({edge.id for edge in bundled.read(ends, OfIds(ids=things))} | given)


@pytest.mark.slow
def test_funding_and_its_summary_say_the_same_figure_of_every_party(bundled: Session, parties: list[str]) -> None:
    assert len(parties) > 50
    differ = {}
    for party in parties:
        figures = [_figure(ask(bundled, question, {"party": party})) for question in ("funding", "funding-summary")]
        if figures[0] != figures[1]:
            differ[party] = figures
    assert not differ


def test_figures_that_may_be_parts_are_said_with_the_largest(bundled: Session) -> None:
    for question in ("funding", "funding-summary"):
        said = ask(bundled, question, {"party": "IOM"}).headline
        assert said.startswith("8 figures of the IOM are on file; some may be part of others; the largest is USD 2,540")
    paper = prose.total(ask(bundled, "funding-summary", {"party": "Ghana"}), "headline")
    assert paper is not None
    assert "the largest is USD 6,900,000" in paper.text


def test_figures_of_other_payers_places_or_years_of_awards_are_no_parts_of_one_another(bundled: Session) -> None:
    for question in ("funding", "funding-summary"):
        said = ask(bundled, question, {"party": "GFEMS"}).headline
        assert said.startswith(
            "2 figures of the Global Fund to End Modern Slavery are on file, USD 46,000,000 together"
        )
    assert ask(bundled, "funding", {"party": "Philippines"}).headline == (
        "2 figures for the Philippines are on file: USD 3,500,000 announced by the United States and USD 800,000 "
        "pledged by the Philippines."
    )


def test_no_sentence_says_that_figures_overlap(bundled: Session, parties: list[str]) -> None:
    for party in parties:
        for question in ("funding", "funding-summary", "top-partners"):
            said = " ".join(clause.text for clause in ask(bundled, question, {"party": party}).clauses)
            assert "overlap" not in said, said


def test_what_a_part_pays_is_said_with_the_whole(bundled: Session) -> None:
    for question in ("funding", "funding-summary", "top-partners", "portfolio", "funding-trace"):
        for whole, part in WHOLES_AND_PAYERS if question != "funding-trace" else WHOLES_AND_PAYERS[1:]:
            said = ask(bundled, question, {"party": whole}).headline
            assert f"; its part {part} has USD " in said, said


def test_no_figure_is_said_twice_in_one_breath(bundled: Session, parties: list[str]) -> None:
    for party in parties:
        for question in ("funding", "funding-summary"):
            answer = ask(bundled, question, {"party": party})
            said, figure = answer.clauses[0], _figure(answer)
            if figure and isinstance(figure[0], int):
                written = money(figure[1]["amount"], figure[1]["currency"])
                assert said.text.count(written) == 1, said.text


@pytest.mark.slow
def test_whoever_received_money_has_one_figure_whichever_card_tells_it(bundled: Session, parties: list[str]) -> None:
    ranked: Sequence[Any] = ask(bundled, "top-partners", {}).rows
    of_ranking = {row.id: row for row in ranked if row.amount}
    assert len(of_ranking) > 10
    assert of_ranking.keys() <= set(parties)
    for party, row in of_ranking.items():
        funding, summary, origin = (ask(bundled, it, {"party": party}) for it in ("funding", "funding-summary", FROM))
        figure = _as_money(funding.clauses[0].values)
        told = [_as_money(clause.values) for clause in origin.clauses if clause.id == "single"]
        assert [(row.amount, row.currency), _as_money(summary.clauses[0].values), *told] == [figure] * (2 + len(told))
        assert told, row.name
        paper = prose.total(summary, "headline")
        assert paper is not None
        assert money(*figure) in paper.text
        assert row.may_be_parts <= ("may be part of" in funding.headline)


FROM = "funding-of"


def _as_money(values: Any) -> Any:
    """Return the one figure that a clause tells: the sum of what cannot be part of another, else the largest."""
    figure = values.get("together") or values["largest"]
    return figure["amount"], figure["currency"]


def test_a_contribution_is_money_of_whoever_it_is_said_to_go_to(bundled: Session) -> None:
    given = [one for one in bundled.read(all_of(Contribution), Everything()) if one.values.get("recipient")]
    assert len(given) > 2
    for one in given:
        to, compacts = one.values["recipient"], bundled.read(hop(Under), OfIds(ids=(one.id,)))
        for question in ("funding", "funding-of"):
            rows: Sequence[Any] = ask(bundled, question, {"party": to}).rows
            assert one.values["money_amount"] in [row.amount for row in rows]
        for compact in compacts:
            of_it: Sequence[Any] = ask(bundled, "top-partners", {"party": compact.id}).rows
            assert any(row.id == to and row.amount for row in of_it), compact.name


@pytest.mark.slow
def test_no_negative_hides_an_award_or_a_partnership(bundled: Session, parties: list[str]) -> None:
    for question in ("funding", "funding-summary"):
        said = ask(bundled, question, {"party": "Ghana", "fiscal_year": "2015"}).headline
        assert "Compact award of 2015 to IOM, the largest USD 2,540,000 announced" in said
    for party in parties:
        answer = ask(bundled, "funding", {"party": party})
        assert (
            answer.rows
            or not ask(bundled, "funding-of", {"party": party}).rows
            or " on file without one" in (answer.headline)
        ), answer.headline


def test_no_amount_is_said_to_lack_of_whoever_has_one(bundled: Session, parties: list[str]) -> None:
    for party in parties:
        answer = ask(bundled, "funding-of", {"party": party})
        said = [caveat.text for caveat in answer.caveats]
        named = (answer.subjects[0].name, "IOM", "ILO")
        assert not any(text.startswith(f"We have no amount for {name} on file") for text in said for name in named), (
            said
        )
