"""What a public list says otherwise than what is on record: who changed, is new or gone, and where ours is later."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module, asking
from tests.queries.contacts.listed_world import listed, on_record
from tests.queries.world import edge, node

watched = asked_by_a_module(lambda: [*on_record(), *listed()])


def _asked(session: Session, **given: str) -> Answer:
    return ask(session, "world-watch", given)


def test_each_difference_is_told_by_what_it_is_and_with_what_is_on_record(watched: Session) -> None:
    found: Any = _asked(watched).rows
    assert [(row.state, row.place_name, row.listed, row.ours_name, bool(row.proposal)) for row in found] == [
        ("changed", "Minister of Labor of Ghana", "New Example", "Old Example", True),
        ("new", "Minister of Mines", "Fresh Example", None, True),
        ("new", "The Chamber", "Zoe Example", None, True),
        ("vacant", "Minister of Sport", None, "Gone Example", True),
        ("gone", "The Chamber", None, "Ros Example", True),
        ("perhaps the same person", "Minister of Trade", "William Example", "Will Example", True),
        ("no such post", "Minister of Arts, Ghana", "Art Example", None, True),
        ("ours is later", "Minister of Health of Ghana", "Other Example", "Late Example", False),
    ]
    assert all(row.evidence and row.held == "unknown" for row in found)


def test_a_name_that_somebody_elsewhere_has_is_told_and_not_taken_for_that_person(watched: Session) -> None:
    changed: Any = _asked(watched, kind="changed").rows[0]
    assert changed.perhaps == ("person:elsewhere",)
    assert changed.told == (
        "by the list: New Example since 2026-03-01; on file: Old Example (2025-01);"
        " 1 person on file elsewhere is called so"
    )


def test_the_first_sentence_counts_what_differs_and_the_others_name_it(watched: Session) -> None:
    said = {clause.id: clause.text for clause in _asked(watched).clauses}
    assert said["headline"] == (
        "Of 10 lines of public lists, 3 agree; otherwise: 1 changed, 2 new, 1 vacant, 1 gone and 3 more."
    )
    assert said["changed"] == "Changed: New Example as Minister of Labor of Ghana, not Old Example."
    assert said["ours-is-later"] == "Our word is later than the list on Minister of Health of Ghana, and stands."


def test_before_the_day_of_the_list_there_was_none(watched: Session) -> None:
    assert _asked(watched, as_of="2025-04").headline.startswith(
        "Not confirmed: no public list of office holders is on file"
    )


def test_of_several_editions_the_newest_by_the_day_speaks(watched: Session) -> None:
    for day, listed_as in (
        ("2026-04", {"Stale Example", "Former Example"}),
        ("2026-05", {"Fresh Example", "Zoe Example"}),
    ):
        rows: Any = _asked(watched, kind="new", as_of=day).rows
        assert {row.listed for row in rows} == listed_as


def test_a_party_has_its_own_lines_alone(watched: Session) -> None:
    assert {row.state for row in _asked(watched, party="The Chamber").rows} == {"new", "gone"}  # type: ignore[attr-defined]


@settings(max_examples=3, deadline=None)
@given(order=st.permutations(range(len(listed()))))
def test_neither_the_order_of_lines_nor_what_else_is_on_record_changes_a_proposal(order: Sequence[int]) -> None:
    beside: list[Statement] = [node("Post", "post:far", name="Desk"), edge("POST_IN", "post:far", "body:chamber")]
    alone = _told([*on_record(), *listed()])
    more = _told([*(listed()[place] for place in order), *beside, *on_record()])
    assert [(row.proposal, row.told) for row in more] == [(row.proposal, row.told) for row in alone]
    assert alone


def test_who_sees_what_is_public_sees_no_line_for_it_names_people_in_words() -> None:
    everything = [*on_record(), *listed()]
    assert _told(everything)
    assert not _told(everything, View(Marking.PUBLIC))


def _told(statements: Sequence[Statement], view: View = View()) -> Sequence[Any]:  # noqa: B008  (frozen)
    with asking(statements, view=view) as session:
        return _asked(session).rows
