"""Members of several bodies: in all, in one only, and not known because a list is partial."""

import pytest

from iga.graph.errors import UsageError
from tests.queries.conftest import Ask


def test_a_whole_list_tells_who_is_outside_and_a_partial_one_does_not(answer_to: Ask) -> None:
    answer = answer_to("body-overlap", party="Nordic Assembly", other="Western Round")
    assert [(row.name, row.overlap, row.member_of, row.not_member_of, row.not_known) for row in answer.rows] == [
        ("Norway", "in all", ("NOA", "WRO"), (), ()),
        ("Portugal", "in one only", ("WRO",), (), ()),
        ("Sweden", "in one known", ("NOA",), (), ("WRO",)),
    ]
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "1 party on file belongs to both the Nordic Assembly and Western Round; of 1 more that is not confirmed.",
        ),
        ("only", "In the Nordic Assembly only: none known, and 1 of whom the other lists do not tell."),
        ("only", "In Western Round only: 1."),
        ("beside", "1 is beside a body as observer or partner, not as a member."),
    ]
    assert answer.caveats[0].text.startswith("The list is partial: 2 of 5 members of Western Round are on file.")


def test_without_a_reported_number_no_list_is_taken_for_whole(answer_to: Ask) -> None:
    answer = answer_to("body-overlap", party=["Nordic Assembly", "Western Round", "Loose Round"])
    assert {row.name: row.overlap for row in answer.rows} == {
        "Norway": "in all known",
        "Sweden": "in all known",
        "Portugal": "in one known",
    }
    assert any("how many there are is not known" in doubt.text for doubt in answer.caveats)


def test_nobody_who_joined_later_counts_on_an_earlier_day(answer_to: Ask) -> None:
    assert answer_to("body-overlap", party="Nordic Assembly", other="Western Round", as_of="1999").rows == ()


def test_one_body_is_no_overlap(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="two bodies or more"):
        answer_to("body-overlap", party="Nordic Assembly")


def test_forty_six_states_are_in_the_osce_and_the_council_of_europe(bundled_answer: Ask) -> None:
    rows = bundled_answer("body-overlap", party="OSCE", other="Council of Europe").rows
    assert sum(row.overlap == "in all" for row in rows) == 46


def test_a_list_of_one_is_said_to_be_partial(answer_to: Ask) -> None:
    texts = [caveat.text for caveat in answer_to("body-overlap", party="ESO", other="EXP").caveats]
    assert not any("Example Process" in it for it in texts)  # its source calls that list whole
    assert any(" of 7 members of ESO are on file." in it for it in texts)
