"""A saved list is worked out anew each time it is named, on the reader's ceiling, and says so when it cannot be."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from iga.exports.memos.write import write_memo
from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound, UsageError
from iga.graph.fold.shapes import View
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.ledger.watches import LIST, add_watch, keep_seen, set_named
from iga.graph.statements import Statement
from iga.queries.core.session import Session
from iga.queries.sets.comparing import COMPARE
from iga.queries.sets.listing import ask_list
from iga.queries.sets.saved import ask_any, with_members
from iga.queries.watches import news, watched
from tests.conftest import EACH_LEDGER
from tests.queries.changing.test_watches import AT, Place
from tests.queries.world import edge, node, since

pytestmark = pytest.mark.parametrize("ledger_address", EACH_LEDGER[:1], indirect=True)


def world(*members: str) -> list[Statement]:
    """Return a body with governments that have long been members, and one that is a member of nothing."""
    said: list[Statement] = [node("InternationalOrganization", "org:eso", name="Example Organization", acronym="ESO")]
    for code in ("gha", "ken", "nga"):
        said.append(node("Government", f"gov:{code}", name=code.title(), iso3=code.upper(), region="Africa"))
    said += [edge("MEMBER_OF", f"gov:{code}", "org:eso", category="member", period=since("2001")) for code in members]
    return said


@pytest.fixture
def place(tmp_path: Path, ledger_address: str) -> Iterator[Place]:
    made = Place(tmp_path, ledger_address)
    with closing(made.ledger), closing(made.store):
        save(made, made.load(*world("gha", "ken")), "eso-members", "member_of:eso")
        yield made


def save(place: Place, session: Session, name: str, filter_: str) -> None:
    add_watch(place.ledger, watched(session, name, LIST, {"of": "governments", "filter": filter_}, by="A", at=AT))


def names(session: Session, filter_: str) -> list[str]:
    answer = ask_list(session, {"of": "governments", "filter": filter_})
    return [row.name for row in answer.rows if row.fit == "sure"]  # type: ignore[attr-defined]


def test_a_saved_list_stands_for_whoever_is_on_it_now(place: Place) -> None:
    assert names(place.session(), "member_of:@eso-members") == ["Gha", "Ken"]
    session = place.load(*world("gha", "nga"))
    assert names(session, "member_of:@eso-members") == ["Gha", "Nga"]
    assert names(session, "region:africa,member_of:!@eso-members") == []  # the list of members is nowhere called whole
    assert with_members(session, COMPARE, {"party": ["@eso-members"]}) == {"party": ["gov:gha", "gov:nga"]}


def test_a_paper_on_a_saved_list_keeps_the_conditions_that_it_had(place: Place) -> None:
    session = place.session()
    making = write_memo(session, "list", {"of": "@eso-members", "select": "region"}).making
    conditions = set_named(session.ledger, "eso-members").parameters
    assert making.parameters == {**conditions, "select": "region"}
    with pytest.raises(UsageError, match="write member_of:@eso-members among conditions"):
        write_memo(session, "list", {"of": "@eso-members", "filter": "region:africa"})


def test_a_question_is_asked_of_each_on_the_list_and_says_of_whom_it_has_no_rows(place: Place) -> None:
    answer = ask_any(place.session(), "memberships", {"party": "@eso-members"})
    assert [(row.asked_of, row.body) for row in answer.rows] == [("Gha", "org:eso"), ("Ken", "org:eso")]  # type: ignore[attr-defined]
    assert answer.headline == "2 rows on 2 of the 2 parties on the list."
    assert {number for row in answer.rows for number in row.evidence} == set(answer.evidence)
    posts = ask_any(place.session(), "plans", {"party": "@eso-members"})
    assert posts.answer == "0 rows on 0 of the 2 parties on the list. Without a row: Gha and Ken."


def test_what_is_new_on_a_list_is_watched(place: Place) -> None:
    found, _ = news(place.load(*world("gha", "nga")), set_named(place.ledger, "eso-members"))
    assert found.sentence == "eso-members, since 2026-06-01: 1 new, 1 gone, of 2 rows now"


def test_who_may_see_less_than_a_list_was_saved_with_knows_of_none(place: Place) -> None:
    session = place.session()
    seen = replace(
        session, ledger=SeenLedger(place.ledger, View(ceiling=Marking.PUBLIC), horizon=place.ledger.through())
    )
    for filter_ in ("member_of:@eso-members", "member_of:@no-such"):
        with pytest.raises(NotFound, match="no saved list"):
            names(seen, filter_)


@pytest.mark.parametrize("name", ["", "list", "two words", "-x", "@x", "ä"])
def test_a_list_has_a_name_that_can_be_typed_behind_the_sign(place: Place, name: str) -> None:
    with pytest.raises(UsageError):
        save(place, place.session(), name, "member_of:eso")


def test_a_name_has_one_list(place: Place) -> None:
    with pytest.raises(UsageError, match="already"):
        save(place, place.session(), "eso-members", "region:africa")
    other = {"of": "governments", "filter": "region:africa"}
    with pytest.raises(UsageError, match="A saved a list as 'eso-members' already"):
        watched(place.session(), "eso-members", LIST, other, by="B", at=AT)


def test_a_list_that_cannot_be_read_any_more_says_so(place: Place) -> None:
    session = place.load(node("Government", "gov:gha", name="Gha", iso3="GHA"))
    with pytest.raises(UsageError, match=r"eso-members cannot be read any more: .*eso"):
        names(session, "member_of:@eso-members")
    with pytest.raises(UsageError, match="lists governments, not partners"):
        ask_list(place.session(), {"of": "partners", "filter": "member_of:@eso-members"})


def test_no_list_stands_in_itself(place: Place) -> None:
    save(place, place.session(), "round", "region:africa")
    saved = set_named(place.ledger, "round")
    keep_seen(place.ledger, structs.replace(saved, parameters={"of": "governments", "filter": "member_of:@round"}))
    with pytest.raises(UsageError, match="stands in itself"):
        names(place.session(), "member_of:@round")
