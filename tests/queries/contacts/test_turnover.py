"""What a new holder inherits and what is stale: addresses, promises, meetings, and who of us knew whom."""

from collections.abc import Iterable
from typing import Any

from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module
from tests.queries.contacts.two_sides import meeting, side
from tests.queries.world import between, edge, node, since


def world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    ours = {"alfa": (("Uma", since("2020-01-01")),), "bravo": (("Vic", since("2020-01-01")),)}
    yield from side("body:ours", "gov:usa", **ours)
    held = (("Dan", between("2020", "2025-12-31")), ("Fay", since("2026-01-15")))
    gone = (("Gus", between("2020", "2026-03")),)
    yield from side("body:theirs", None, desk=held, hall=gone, only=(("Hal", since("2020")),))
    yield from meeting("dinner", "2025-03-01", "post:alfa", "post:desk")
    yield from meeting("call", "2026-02-01", "post:bravo", "post:desk")
    yield from meeting("visit", "2026-06-20", "post:desk", "post:alfa", status="planned")
    yield from meeting("panel", "2026-07-01", "person:dan", "post:alfa", status="planned")
    for slug, owner, value, more in (
        ("own", "post:desk", "dan@theirs.example", {"seen_on": ["2026-02-01"]}),
        ("desk", "post:desk", "desk@theirs.example", {"seen_on": ["2025-06-01"]}),
        ("new", "post:desk", "line@theirs.example", {"verified_on": "2026-02-01"}),
        ("home", "person:dan", "d.e@theirs.example", {}),
    ):
        yield node("ContactPoint", f"contact:{slug}", channel={"kind": "email", "value": value}, **more)
        yield edge("REACHED_AT", owner, f"contact:{slug}")
    for slug, maker in (("post", "post:desk"), ("person", "person:dan")):
        yield node("Commitment", f"commitment:{slug}", name=f"A {slug} list", said_on="2025-03-01", due_on="2026-09-01")
        yield edge("MADE", maker, f"commitment:{slug}")
        yield edge("OWED_TO", f"commitment:{slug}", "body:ours")


turned = asked_by_a_module(world)


def _asked(session: Session, party: str = "Desk", **given: str) -> Answer:
    return ask(session, "turnover", {"party": party, **given})


def test_what_is_stale_comes_before_what_is_to_check_and_what_goes_on(turned: Session) -> None:
    found: Any = _asked(turned).rows
    assert [(row.part, row.state, row.what_name) for row in found] == [
        ("address", "stale", "d.e@theirs.example"), ("address", "stale", "dan@theirs.example"),
        ("address", "to check", "desk@theirs.example"), ("address", "checked since", "line@theirs.example"),
        ("promise", "stale", "A person list"), ("promise", "inherited", "A post list"),
        ("meeting", "stale", "The panel"), ("meeting", "inherited", "The visit"),
        ("acquaintance", "checked since", "Bravo"), ("acquaintance", "to introduce", "Alfa"),
        ("acquaintance", "to introduce", "Ours"),
    ]  # fmt: skip  # read across, like the rows of a table
    assert found[1].do == "iga add contact-check dan@theirs.example --bounced"
    assert found[2].do == "iga add contact-check desk@theirs.example --replied"
    assert all(row.evidence for row in found)


def test_the_headline_says_who_followed_whom_and_when(turned: Session) -> None:
    said = {clause.id: clause.text for clause in _asked(turned).clauses}
    assert said["headline"] == (
        "Fay Example followed Dan Example as Desk on 2026-01-15:"
        " 4 things are stale and 1 address to check; 1 promise and 1 meeting inherited."
    )
    assert said["stale"] == "Stale: d.e@theirs.example, dan@theirs.example, A person list and 1 more."


def test_the_new_holder_is_asked_about_as_the_post_is(turned: Session) -> None:
    assert _asked(turned, "Fay Example").clauses == _asked(turned).clauses


def test_before_the_change_nobody_had_followed(turned: Session) -> None:
    assert _asked(turned, as_of="2025-06-01").headline == (
        "Not confirmed: no former holder of Desk is on file, so what changed hands is not known."
    )


def test_where_the_successor_is_not_known_that_is_said(turned: Session) -> None:
    answer = _asked(turned, "Hall")
    assert answer.headline == (
        "Gus Example left Hall in 2026-03, and who follows is not known: no matter of ours that hangs on it on file."
    )
    assert [doubt.kind for doubt in answer.caveats if doubt.clause == "headline"] == ["unknown"]


def test_a_post_of_ours_is_handed_over(turned: Session) -> None:
    assert _asked(turned, "Alfa").headline == "Alfa is a post of ours: ask handover."
