"""Governments beside agreements, with the reason for every gap."""

from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def cells(answer: Any) -> dict[tuple[str, str], tuple[str, str | None, str]]:
    return {(row.name, row.agreement_name): (row.standing, row.since, row.reason) for row in answer.rows}


def test_each_government_has_a_cell_for_each_agreement(answer_to: Ask) -> None:
    answer = answer_to("coverage", party=["Peru", "Chile", "Mongolia"], agreement=["Pact of Specimens", "treaty:short"])
    assert cells(answer) == {
        ("Chile", "Pact of Specimens"): ("signatory", "2011-04-04", "signed only"),
        ("Chile", "Convention of Which Most Parties Are Missing"): (
            "unknown", None, "unknown: not listed, and 8 parties missing from the list",
        ),
        ("Mongolia", "Pact of Specimens"): ("not party", None, "never signed"),
        ("Mongolia", "Convention of Which Most Parties Are Missing"): (
            "unknown", None, "unknown: not listed, and 8 parties missing from the list",
        ),
        ("Peru", "Pact of Specimens"): ("party", "2010-03-03", "ratification 2010-03-03"),
        ("Peru", "Convention of Which Most Parties Are Missing"): (
            "unknown", None, "unknown: not listed, and 8 parties missing from the list",
        ),
    }  # fmt: skip


def test_members_of_a_body_are_looked_at_without_observers_and_organizations_stand_last(answer_to: Ask) -> None:
    answer = answer_to("coverage", party=["ESO"], agreement=["Example Protocol"])
    assert [row.name for row in answer.rows] == ["Ghana", "Mongolia", "New Zealand", "United States", "European Union"]
    assert [clause.text for clause in answer.clauses] == [
        "2 of 4 governments on file are known to be party to the Example Protocol.",
        "Mongolia had not signed the Example Protocol.",
        "New Zealand has withdrawn from the Example Protocol.",
        "Counted apart: EU.",
    ]


def test_of_several_agreements_each_is_told_after_who_is_party_to_all(answer_to: Ask) -> None:
    answer = answer_to("coverage", party=["Peru", "Ghana"], agreement=["Pact of Specimens", "Example Protocol"])
    assert answer.headline == "0 of 2 governments are known to be party to both agreements."
    assert [clause.values["bound"] for clause in answer.clauses if clause.id == "agreement"] == [1, 1]


def test_only_those_of_one_standing_may_be_asked_for(answer_to: Ask) -> None:
    answer = answer_to("coverage", party=["ESO"], agreement=["Example Protocol"], status="withdrawn")
    assert [(row.name, row.since) for row in answer.rows] == [("New Zealand", "2010-05-05")]


def test_on_an_earlier_day_a_party_had_only_signed(answer_to: Ask) -> None:
    answer = answer_to("coverage", party=["Peru"], agreement=["Pact of Specimens"], as_of="2009-12-31")
    assert [row.standing for row in answer.rows] == ["signatory"]


def test_an_agreement_must_be_named(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="coverage needs agreement"):
        answer_to("coverage", party=["Peru"])


def test_coverage_and_gaps_agree_on_who_is_outside(bundled: Session) -> None:
    given = {"party": "OSCE", "agreement": "Palermo Protocol"}
    covered: list[Any] = list(ask(bundled, "coverage", {"party": ["OSCE"], "agreement": ["Palermo Protocol"]}).rows)
    outside: list[Any] = list(ask(bundled, "gaps", given).rows)
    assert {row.name for row in covered if row.standing != "party"} == {row.name for row in outside}


def test_a_party_since_no_day_that_is_held_is_not_known_to_have_been_one_then(bundled: Session) -> None:
    answer = ask(bundled, "coverage", {"party": "Council of Europe", "agreement": "CETS 197", "as_of": "2019"})
    assert answer.headline == (
        "28 of 47 governments on file are known to be party to the Council of Europe Anti-Trafficking Convention."
    )
    [undated] = [clause for clause in answer.clauses if clause.values.get("reason") == "undated"]
    assert undated.values["names"][:2] == ["Czechia", "Estonia"]
    assert undated.text.endswith("Anti-Trafficking Convention; since when is not on file.")
