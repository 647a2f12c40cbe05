"""Promises in both directions, in their words, as they stood on a day; kinds are never mixed."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def shown(answer: Any) -> list[tuple[str, str, str]]:
    return [(row.commitment_name, row.direction, row.stands) for row in answer.rows]


def test_promises_are_told_both_ways_also_those_of_posts_overdue_first(answer_to: Ask) -> None:
    answer = answer_to("commitments", party="Norway", other="Nordic Assembly")
    assert shown(answer) == [
        ("Promise late", "made", "overdue"),
        ("Promise money", "made", "open"),
        ("Promise kept", "owed to it", "fulfilled"),
    ]
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "2 of 3 promises between Norway and the Nordic Assembly are open, 1 of them overdue; first Promise late "
            "(2024-12-31).",
        ),
        ("made", "Norway made 2: 1 overdue, 1 open."),
        ("owed", "1 was made to Norway: 1 fulfilled."),
        ("kinds", "Kinds: 2 political, 1 of money."),
        ("overdue", "Overdue: Promise late, due 2024-12-31."),
    ]
    assert answer.clauses[1].values["by_standing"] == {"overdue": 1, "open": 1}
    assert answer.clauses[4].values["promises"] == [{"name": "Promise late", "due_on": "2024-12-31"}]


def test_the_words_and_where_they_were_said_stand_beside(answer_to: Ask) -> None:
    row = answer_to("commitments", party="Norway").rows[0]
    assert (row.words, row.engagement_name, row.made_by_name) == ("We will pay.", "Northern talks", "Envoy of Norway")


def test_what_was_fulfilled_later_was_open_before(answer_to: Ask) -> None:
    before = {name: stands for name, _, stands in shown(answer_to("commitments", party="Norway", as_of="2024-08"))}
    assert before == {"Promise kept": "open", "Promise late": "open", "Promise money": "open"}
    assert shown(answer_to("commitments", party="Norway", as_of="2024-01")) == []


def test_without_a_status_nothing_is_known(answer_to: Ask) -> None:
    answer = answer_to("commitments", party="Sweden")
    assert shown(answer) == [("Promise vague", "made", "not known")]
    assert answer.rows[0].held == "unknown"
    assert answer.caveats[0].text == "What became of 1 promise is not recorded: Promise vague."
    assert answer.caveats[0].rows == (1,)


def test_kind_and_standing_narrow_the_list(answer_to: Ask) -> None:
    def names(**params: str) -> list[str]:
        return [name for name, _, _ in shown(answer_to("commitments", party="Norway", **params))]

    assert names(kind="pledge of money") == ["Promise money"]
    assert names(status="overdue") == ["Promise late"]
    assert names(since="2028") == ["Promise money"]


def test_none_on_record_is_not_none_made(answer_to: Ask) -> None:
    assert answer_to("commitments", party="Portugal").headline == (
        "Not confirmed: no promise of or to Portugal is on file for what was asked."
    )


def test_the_sample_has_promises_both_ways_between_us_and_the_osce(demo: Session) -> None:
    answer: Any = ask(demo, "commitments", {"party": "United States", "other": "OSCE"})
    stands = {(row.direction, row.stands) for row in answer.rows}
    assert {("made", "overdue"), ("owed to it", "open"), ("owed to it", "fulfilled")} <= stands
    [kinds] = [clause.values["by_kind"] for clause in answer.clauses if clause.id == "kinds"]
    assert kinds == {"political": 8, "pledge of money": 1, "legal duty": 1}
    assert {note.marking for note in answer.evidence.values()} == {"internal"}


def test_promises_of_another_are_those_it_made_and_those_made_to_it(answer_to: Ask) -> None:
    answer = answer_to("commitments", other="Norway")
    assert {row.direction for row in answer.rows} == {"between others"}
    assert [row.commitment_name for row in answer.rows] == ["Promise late", "Promise money", "Promise kept"]
    assert answer.headline.startswith("2 of 3 promises of or to Norway are open")
