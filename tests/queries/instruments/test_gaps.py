"""Which members of a body are not party to an agreement, and why."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some


def reasons(answer: Any) -> dict[str, tuple[str, str]]:
    return {row.name: (row.reason, row.held) for row in answer.rows}


def test_each_member_outside_has_its_reason(answer_to: Ask) -> None:
    assert reasons(answer_to("gaps", agreement="Example Protocol", party="ESO")) == {
        "Mongolia": ("never signed", "yes"),
        "New Zealand": ("withdrawn", "unknown"),  # its membership is not certain on the day
    }


def test_the_sentence_counts_governments_and_names_organizations_apart(answer_to: Ask) -> None:
    clauses = answer_to("gaps", agreement="Example Protocol", party="ESO").clauses
    assert [(clause.id, clause.text) for clause in clauses[1:]] == [
        ("outside", "Mongolia had not signed it."),
        ("outside", "New Zealand has withdrawn from it."),
        ("organizations", "In the body too, counted apart: the EU."),
        ("organizations-bound", "The EU is party in its own right."),
        ("not-looked-at", "Not looked at: those beside the members (1 as observer)."),
    ]
    assert clauses[0].text.startswith("Yes: 2 of 4 governments on file in ESO are not party to the Example Protocol, ")
    assert clauses[0].text.endswith(", most as listed on 2020-06-01: Mongolia and New Zealand.")
    assert clauses[0].values["by_category"] == {"participating State": 4}


def test_a_member_that_signed_only_is_told_on_a_day_of_its_membership(answer_to: Ask) -> None:
    on = reasons(answer_to("gaps", agreement="Example Protocol", party="ESO", as_of="2009-01-01"))
    assert on["Kenya"] == ("signed only", "yes")
    assert on["United States"] == ("unknown", "unknown")  # bound before it withdrew, nobody says since when


def test_a_member_missing_from_a_partial_list_is_unknown(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="treaty:short", party="ESO")
    assert {reason for reason, _ in reasons(answer).values()} == {"unknown"}
    assert answer.rows[0].remark == "not listed, and 8 parties missing from the list"
    assert answer.headline.startswith(
        "Not confirmed for every one: all 4 governments on file in ESO are party to the Convention"
    )
    assert " except possibly Mongolia, New Zealand and the United States" in answer.headline
    assert "outside" not in [clause.id for clause in answer.clauses]


def test_without_a_number_the_list_cannot_be_checked_and_that_is_said(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="treaty:bare", party="ESO")
    assert answer.rows[0].remark == "not listed, and the list cannot be checked"
    assert any("How many parties the Convention Without a Number has is not on file" in d.text for d in answer.caveats)


def test_where_all_are_party_none_is_outside(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="Example Protocol", party="EXP")
    assert answer.rows == ()
    said = "No: the 1 government in the Example Process is party to the Example Protocol, most as listed on 2020-06-01."
    assert answer.headline == said


def test_observers_are_looked_at_only_when_they_are_asked_for(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="treaty:short", party="ESO", category="observer")
    assert [row.name for row in answer.rows] == ["Côte d’Ivoire"]


def test_a_body_without_members_on_the_day_says_so(answer_to: Ask) -> None:
    answer = answer_to("gaps", agreement="Example Protocol", party="EXP", as_of="1990-01-01")
    assert answer.answer == (
        "As of 1990-01-01: Not confirmed: no government on file belonged to the Example Process on that day."
    )


def test_whoever_joined_later_is_not_yet_party_and_never_said_to_have_never_signed(bundled: Session) -> None:
    asked = {"agreement": "Palermo Protocol", "party": "UN", "as_of": "2003-12-31"}
    rows = {row.name: row for row in rows_of(ask(bundled, "gaps", asked))}
    assert (rows["Afghanistan"].reason, rows["Afghanistan"].remark) == ("not yet party", "accession 2014-08-15")
    assert not [row.name for row in some(rows.values()) if row.reason == "never signed"]


def test_before_an_agreement_is_adopted_nobody_is_party(bundled: Session) -> None:
    asked = {"agreement": "Palermo Protocol", "as_of": "1999"}
    for question, more in (("gaps", {"party": "UN"}), ("parties", {}), ("agreement", {})):
        answer = ask(bundled, question, asked | more)
        assert "he Palermo Protocol was adopted only on 2000-11-15" in answer.headline
        assert "nobody was party on that day" in answer.headline
        assert answer.headline.startswith("Yes: ") is (question == "gaps")
        assert not [row for row in rows_of(answer) if getattr(row, "iso3", None)]
        assert [row for row in rows_of(ask(bundled, question, asked | more | {"as_of": "2020"})) if row.iso3]
    matrix = ask(bundled, "coverage", asked | {"party": "OSCE"})
    assert {(row.standing, row.reason) for row in rows_of(matrix)} == {("not party", "not adopted before 2000-11-15")}
    assert {row.standing for row in rows_of(ask(bundled, "treaty-status", {**asked, "party": "Fiji"}))} == {"not party"}


def rows_of(answer: Answer) -> tuple[Any, ...]:
    return answer.rows
