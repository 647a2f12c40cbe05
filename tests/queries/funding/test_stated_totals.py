"""Stated totals and budget lines: by year and stage, with what they count, and never added across stages."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session
from iga.queries.funding.amounts import Amount, said_again_later, without_doubles
from tests.queries.conftest import Ask
from tests.reading import some


def test_lines_come_by_year_and_undated_ones_last(answer_to: Ask) -> None:
    rows = answer_to("portfolio").rows
    assert [(row.line_name, row.stage, row.amount) for row in rows] == [
        ("Line esf-2009", "budget (stage not stated)", "12000000"),
        ("Line incle-2009", "budget (stage not stated)", "8400000.5"),
        ("Line 2010", "requested", "9000000"),
        ("Line total", "announced", "125000000"),
        ("Line undated", "enacted", "150000000"),
    ]


def test_only_accounts_of_one_table_and_stage_have_a_sum(answer_to: Ask) -> None:
    rows = answer_to("portfolio").rows
    assert [row.accounts_total for row in rows] == ["20400000.5", "20400000.5", None, None, None]


def test_stages_are_counted_and_not_added(answer_to: Ask) -> None:
    answer = answer_to("portfolio")
    assert answer.answer == (
        "The newest total: USD 125,000,000 announced, Line total (2018-12-01). 5 stated totals and budget lines in all,"
        " 2009 to 2018. By stage: 2 budget (stage not"
        " stated), 1 announced, 1 enacted and 1 requested. Amounts of different stages are not added."
    )
    texts = [caveat.text for caveat in answer.caveats]
    assert any(text.startswith("These totals count different things (portfolio and so far)") for text in texts)
    assert "Of 2 lines the source does not say whether it was requested, enacted or spent." in texts
    assert "1 amount of 5: the page that states it is undated." in texts


def test_accounts_of_a_country_are_shown_when_it_is_asked_about(answer_to: Ask) -> None:
    assert [row.line_name for row in answer_to("portfolio", party="Ghana").rows] == ["Line gha"]
    payer = answer_to("portfolio", party="United States").rows
    assert len(payer) == 6
    assert {row.payer_name for row in payer} == {"United States"}


def test_whole_accounts_of_a_country_are_listed_with_their_doubt_and_in_no_total(bundled_answer: Ask) -> None:
    lines = bundled_answer("portfolio", party="Peru", year="2016")
    assert [(row.account, row.amount, row.confidence) for row in lines.rows] == [
        ("ESF", "58085000", "low"),
        ("INCLE", "36000000", "low"),
    ]
    doubt = "These are whole accounts: how much of them is against trafficking is not said."
    assert doubt in [caveat.text for caveat in lines.caveats]
    money = bundled_answer("funding", party="Peru")
    assert not [row for row in money.rows if row.layer == "budget line"]
    assert any("25 budget lines of whole accounts for Peru are not counted" in it.text for it in money.caveats)


@pytest.mark.parametrize("question", ["funding", "funding-summary", "top-partners"])
@pytest.mark.parametrize("party", ["United Kingdom", "Unseen"])
def test_grants_that_load_on_request_are_named_where_they_would_matter(
    bundled_answer: Ask, question: str, party: str
) -> None:
    told = [caveat.text for caveat in bundled_answer(question, party=party).caveats]
    assert any(text.endswith("are in a list loaded on request: iga load --list lloyds-grants.") for text in told)


def test_a_year_or_a_stage_narrows_the_lines(answer_to: Ask) -> None:
    assert [row.line_name for row in answer_to("portfolio", year="2010").rows] == ["Line 2010"]
    assert [row.line_name for row in answer_to("portfolio", category="Requested").rows] == ["Line 2010"]
    assert answer_to("portfolio", year="1999", category="enacted").headline == (
        "Not confirmed: no stated total or budget line of 1999 of the stage enacted is on file; "
        "the newest is USD 125,000,000 announced, Line total."
    )
    with pytest.raises(UsageError, match="stages are announced, budget, enacted, requested"):
        answer_to("portfolio", category="spent")


AWARD = Subject(id="award:a", cls="Award", name="Award A")


def passed(key: str, **said: str) -> Amount:
    told = {"receiver": "ngo:x", "day": "2031-10-20", "reference": "S-1", "name": f"Sub-award {key}", **said}
    return Amount(AWARD, "sub-award", "subaward", Decimal("40"), "USD", (("test:sub", key),), **told)  # type: ignore[arg-type]


def kept(*amounts: Amount, undisclosed: frozenset[str] = frozenset()) -> set[str]:
    """Return the names of those that count, the same in any order."""
    results = {
        frozenset(each.name for each in without_doubles(order, undisclosed=undisclosed) if not each.left_out)
        for order in permutations(amounts)
    }
    [found] = results
    return {name.removeprefix("Sub-award ") for name in found}


def test_one_of_those_that_agree_in_recipient_amount_day_and_number_counts_in_any_order() -> None:
    assert kept(passed("1"), passed("2"), passed("3", reference="s 1")) == {"1"}


def test_another_day_number_or_recipient_is_another_sub_award() -> None:
    others = passed("2", day="2031-11-20"), passed("3", reference="S-2"), passed("4", receiver="ngo:y")
    assert kept(passed("1"), *others) == {"1", "2", "3", "4"}


def test_one_without_a_number_repeats_one_with_it() -> None:
    assert kept(passed("1"), passed("2", reference="")) == {"1"}
    assert kept(passed("1", reference=""), passed("2", reference="")) == {"1"}


def test_undisclosed_recipients_repeat_each_other_only_by_number() -> None:
    hidden = frozenset({"organization:undisclosed-1", "organization:undisclosed-2"})
    one, two = (passed(key, receiver=f"organization:undisclosed-{key}") for key in "12")
    assert kept(one, two, undisclosed=hidden) == {"1"}
    bare = [passed(key, receiver=f"organization:undisclosed-{key}", reference="") for key in "12"]
    assert kept(*bare, undisclosed=hidden) == {"1", "2"}


def test_one_repeated_on_another_day_counts_and_is_told() -> None:
    amounts = without_doubles([passed("1"), passed("2", day="2031-11-20")], undisclosed=frozenset())
    assert not any(each.left_out for each in amounts)
    assert said_again_later(amounts) == 1


def test_a_transfer_counts_with_the_agency_that_reports_what_became_of_it() -> None:
    def moved(key: str, giver: str, receiver: str, owner: str, **said: object) -> Amount:
        told = {"account": "INCLE", "fiscal_year": 2032, **said}
        return Amount(
            AWARD, "project activity", "obligation", Decimal("60"), "USD", (("test:fa", key),),
            name=f"Sub-award {key}", giver=giver, receiver=receiver, appropriated_to=owner, **told,  # type: ignore[arg-type]
        )  # fmt: skip

    handed = moved("handed", "body:state", "body:dol", "body:state")
    spent = moved("spent", "body:dol", "ngo:x", "body:state")
    assert kept(handed, spent) == {"spent"}
    assert kept(handed) == {"handed"}
    assert kept(handed, moved("spent", "body:dol", "ngo:x", "body:state", fiscal_year=2033)) == {"handed", "spent"}
    assert kept(handed, moved("spent", "body:dol", "ngo:x", "body:dol")) == {"handed", "spent"}


@pytest.mark.parametrize("stage", ["", "enacted"])
def test_every_line_of_a_year_is_told_whatever_its_stage(bundled: Session, stage: str) -> None:
    rows: Any = ask(bundled, "portfolio", {"party": "TIP Office"}).rows
    for year in some({row.stated_for[:4] for row in rows if row.stated_for}):
        asked = {"party": "TIP Office", "year": year} | ({"category": stage} if stage else {})
        said = ask(bundled, "portfolio", asked).headline
        lines = [row for row in rows if (row.stated_for or "")[:4] == year and row.amount]
        assert len(lines) > 6 or all(row.line_name in said for row in lines), (year, said)


def test_totals_without_a_year_are_told_of_no_year(bundled: Session) -> None:
    rows: Any = ask(bundled, "portfolio", {}).rows
    for party in some(["", "body:us-state-tip", *sorted({it for row in rows for it in (row.payer, row.place) if it})]):
        assert "None" not in ask(bundled, "portfolio", {"party": party} if party else {}).answer, party
