"""Who of us knows whom, how surely, and by what; what others do among themselves changes nothing."""

from collections.abc import Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module, asking
from tests.queries.contacts.two_sides import meeting, side
from tests.queries.world import between, edge, node, since


def world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    ours = (("Vic", between("2023", "2025-12")), ("Wes", since("2026-01-01")))
    yield from side("body:ours", "gov:usa", alfa=(("Uma", since("2023-01-01")),), bravo=ours)
    left = (("Dan", between("2020", "2026-02")),)
    new = tuple((name, since("2020-01-01")) for name in ("Eve", "Fay", "Gus", "Hal", "Ian"))
    settled, head, far, shy, crowd = ((it,) for it in new)
    yield from side("body:theirs", None, settled=settled, left=left, head=head, far=far, shy=shy, crowd=crowd)
    yield from meeting("call", "2026-05-10", "post:alfa", "post:settled", "gov:usa", "body:theirs")
    yield from meeting("talk", "2025-11-05", "post:bravo", "post:settled")
    yield from meeting("visit", "2025-10-05", "post:alfa", "post:left")
    yield from meeting("dinner", "2024-02-01", "post:alfa", "post:head")
    yield from meeting("plan", "2026-05-20", "post:alfa", "post:shy", status="planned")
    yield node("Commitment", "commitment:list", name="A list", said_on="2026-03-01")
    yield edge("MADE", "post:alfa", "commitment:list")
    yield edge("OWED_TO", "commitment:list", "body:theirs")
    guests = [f"body:guest-{number}" for number in range(25)]
    yield from (node("PublicBody", guest, name=guest) for guest in guests)
    yield from meeting("congress", "2026-05-15", "post:alfa", "post:crowd", *guests)
    checked = {"verified_on": "2026-05-30", "verified_by": "Uma Example"}
    for slug, how in (("settled", "reply received"), ("crowd", "seen on its page")):
        channel = {"kind": "email", "value": f"{slug}@theirs.example"}
        yield node("ContactPoint", f"contact:{slug}", channel=channel, verified_how=how, **checked)
        yield edge("REACHED_AT", f"post:{slug}", f"contact:{slug}")


acquainted = asked_by_a_module(world)


def _asked(session: Session, **given: str) -> Answer:
    return ask(session, "who-knows", {"party": "Theirs", **given})


def test_each_sort_of_acquaintance_is_told_apart_with_its_reasons(acquainted: Session) -> None:
    found: Any = _asked(acquainted).rows
    assert [(row.state, row.ours_name, row.theirs_name, row.last_on, row.held) for row in found] == [
        ("known", "Alfa", "Settled", "2026-05-30", "yes"), ("inherited", "Bravo", "Settled", "2025-11-05", "yes"),
        ("inherited", "Alfa", "Left", "2025-10-05", "yes"), ("cold", "Alfa", "Head", "2024-02-01", "yes"),
        ("one-way", "Alfa", "Shy", "2026-05-20", "unknown"), ("one-way", "Alfa", "Theirs", "2026-03-01", "unknown"),
        ("not on file as met", None, "Crowd", None, "unknown"), ("not on file as met", None, "Far", None, "unknown"),
        ("not on file as met", None, "Shy", None, "unknown"),
    ]  # fmt: skip  # read across, like the rows of a table
    because = "an answer from settled@theirs.example (2026-05-30)", "a meeting: The call (2026-05-10)"
    assert found[0].because == because
    assert (found[1].ours_then, found[1].ours_now) == ("Vic Example", "Wes Example")
    assert (found[2].theirs_then, found[2].theirs_now) == ("Dan Example", "holder not known")
    assert all(row.evidence for row in found)


def test_who_knows_them_best_replies_and_could_introduce_us_to_the_others(acquainted: Session) -> None:
    answer = _asked(acquainted)
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "Uma Example (Alfa) knows Eve Example (Settled), last on 2026-05-30.",
        "because": "Known by an answer from settled@theirs.example (2026-05-30), and 1 earlier contact.",
        "inherited": "2 acquaintances are inherited: Vic Example (Bravo) knew Eve Example (Settled).",
        "cold": "1 acquaintance is older than a year: Uma Example (Alfa) with Fay Example (Head).",
        "one-way": "2 contacts go one way: Uma Example (Alfa) to Hal Example (Shy).",
        "never-met": "We have no meeting of ours with Ian Example, Gus Example and 1 more on file;"
        " Eve Example could introduce us.",
    }


def test_an_earlier_day_knows_only_what_had_happened(acquainted: Session) -> None:
    assert _asked(acquainted, as_of="2025-10-31").headline == (
        "Uma Example (Alfa) knows Dan Example (Left), last on 2025-10-05."
    )
    assert _asked(acquainted, as_of="2023-06-01").headline.startswith(
        "Not confirmed: nobody of ours is on file as knowing anybody"
    )


def test_our_own_side_is_not_asked_about(acquainted: Session) -> None:
    assert _asked(acquainted, party="Ours").headline == "Ours is our own side: ask about whom we deal with."


def test_somebody_is_asked_about_as_a_body_is(acquainted: Session) -> None:
    answer = _asked(acquainted, party="Fay Example")
    assert answer.headline == (
        "Uma Example (Alfa) knew Fay Example (Head), last on 2024-02-01;"
        " we have no meeting with Fay Example within a year on file."
    )


@settings(max_examples=3, deadline=None)
@given(others=st.lists(st.sampled_from(["body:other", "post:far-away", "post:bravo"]), min_size=1, unique=True))
def test_what_others_do_among_themselves_changes_nothing(others: list[str]) -> None:
    beside = [
        *side("body:other", None, **{"far-away": (("Zoe", since("2020-01-01")),)}),
        *meeting("elsewhere", "2026-05-29", *others),
    ]
    alone, more = _told(world()), _told([*world(), *beside])
    assert (more.rows, more.clauses) == (alone.rows, alone.clauses)


def _told(statements: Iterable[Statement]) -> Answer:
    with asking(statements) as session:
        return _asked(session)
