"""Who works on what and where: by kind, country and topic, and what nobody checked comes last and marked."""

import pytest

from iga.graph.errors import UsageError
from tests.queries.conftest import Ask


def test_partners_of_a_country_sit_in_it_or_work_in_it(answer_to: Ask) -> None:
    rows = answer_to("partners", party="Ghana").rows
    assert [(row.name, row.country_name, row.unverified) for row in rows] == [
        ("Example Relief", None, False),
        ("Refuge Relief", "United States", False),
        ("Unchecked Relief", "Ghana", True),
    ]
    assert [row.works for row in rows] == [
        ("Example Compact with Ghana (implementer)",),
        ("Refuge project (implementer, 2016-10-01 to 2022-12-31)",),
        (),
    ]


def test_what_begins_after_the_day_is_no_work_yet(answer_to: Ask) -> None:
    rows = answer_to("partners", party="Mongolia", as_of="2015-01-01").rows
    assert rows == ()


def test_a_partner_meets_a_topic_by_what_it_carries_out_there(answer_to: Ask) -> None:
    answer = answer_to("partners", party="Ghana", topic="shelters")
    assert [row.name for row in answer.rows] == ["Refuge Relief"]
    assert "We have no topic for 2 more partners on file; they may deal with this one as well." in [
        caveat.text for caveat in answer.caveats
    ]


@pytest.mark.parametrize(
    ("category", "names"),
    [
        ("universities", ["Example University"]),
        ("Foundation", ["Unchecked Relief"]),
        (
            "NGOs",
            [
                "Example Relief", "Made-up Relief", "Quiet Partner", "Refuge Relief", "Soon Released Relief",
                "Unchecked Relief",
            ],
        ),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_kinds_are_told_apart_and_found_in_the_plural(answer_to: Ask, category: str, names: list[str]) -> None:
    assert [row.name for row in answer_to("partners", category=category).rows] == names


def test_the_sentence_counts_each_kind_and_what_nobody_checked(answer_to: Ask) -> None:
    assert answer_to("partners", party="Ghana").answer == (
        "3 partners sit or work in Ghana: Example Relief, Refuge Relief and Unchecked Relief. They are 2 as NGO, 1 as"
        " foundation. Work there is known for 2 of them. 1 of them is unverified."
    )


def test_a_kind_that_nobody_is_gets_the_kinds_there_are(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="no partner is a 'florist'; kinds are committee, foundation"):
        answer_to("partners", category="florist")
    none = answer_to("partners", category="foundation", party="Kenya")
    assert none.headline == "Not confirmed: no partner (foundation) is on file that sits or works in Kenya."


def test_our_own_department_is_no_partner(bundled: object) -> None:
    from iga.queries.ask import ask
    from iga.queries.core.session import Session

    assert isinstance(bundled, Session)
    names = {getattr(row, "name", "") for row in ask(bundled, "partners", {"party": "United States"}).rows}
    assert {"House Committee on Foreign Affairs", "Bureau of International Labor Affairs", "Polaris"} <= names
    assert not {name for name in names if "Embassy" in name or "Trafficking in Persons (TIP)" in name}
    assert "Office to Monitor and Combat Trafficking in Persons" not in names
    assert "International Programs" not in names
