"""What is between us and Congress: what is overdue, never answered, due and ahead, of all of it, a body or a member."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module, asking
from tests.queries.contacts.two_sides import side
from tests.queries.world import between, edge, node, since


def world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield from side("body:ours", "gov:usa", alfa=(("Uma", since("2020-01-01")),))
    yield from side("body:other", None, far=(("Zoe", since("2020-01-01")),))
    for slug, kind in (
        ("hill", "legislature"),
        ("chamber", "chamber"),
        ("money", "committee"),
        ("grants", "committee"),
    ):
        yield node("PublicBody", f"body:{slug}", name=slug.title(), body_kind=kind, government="gov:usa")
    for part, whole in (("chamber", "hill"), ("money", "chamber"), ("grants", "money")):
        yield edge("PART_OF", f"body:{part}", f"body:{whole}")
    for name, body in (("Pia", "grants"), ("Quin", "chamber")):
        yield node("Person", f"person:{name.lower()}", name=f"{name} Example")
        yield edge("MEMBER_OF", f"person:{name.lower()}", f"body:{body}", attested_on=["2026-01"])
    yield from _written("old", "letter", "2026-02-01", "pia", response="sent a note")
    yield from _written("silent", "letter", "2026-03-01", "quin")
    yield from _written("late", "question for the record", "2026-04-01", "pia", on_behalf_of="body:money")
    yield from _written("next", "letter", "2026-05-01", "quin")
    yield from _written("ahead", "letter", "2026-06-20", "quin")
    yield from _met("hearing", "hearing", "2026-03-10", status="held")
    yield from _met("briefing", "briefing", "2026-06-15", status="planned")
    yield from _met("cancelled", "hearing", "2026-05-10", status="cancelled")
    for slug, on, due, said in (
        ("late", "late", "2026-05-15", {"status": "open"}),
        ("next", "next", "2026-06-10", {}),
        ("loose", None, None, {"status": "open"}),
        ("kept", None, "2026-05-01", {"status": "fulfilled", "status_on": "2026-04-20"}),
    ):
        yield node(
            "Commitment", f"commitment:{slug}", name=f"A {slug} paper", **({"due_on": due} if due else {}), **said
        )
        yield edge("MADE", "body:ours", f"commitment:{slug}")
        yield edge("OWED_TO", f"commitment:{slug}", "body:money")
        if on:
            yield edge("UNDER", f"commitment:{slug}", f"engagement:{on}")
    yield node("Commitment", "commitment:theirs", name="Their own", due_on="2026-05-01", status="open")
    yield edge("MADE", "person:quin", "commitment:theirs")
    yield edge("OWED_TO", "commitment:theirs", "body:hill")
    rule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"
    yield node(
        "Obligation", "obligation:report", name="Report", owner="body:ours", recurrence=rule, due_on="2020-06-30"
    )
    yield node("Obligation", "obligation:ended", name="Ended", owner="body:ours", recurrence=f"{rule};UNTIL=20200630")
    for duty in ("report", "ended"):
        yield edge("OWED_TO", f"obligation:{duty}", "body:hill")


def _written(slug: str, kind: str, on: str, who: str, **more: Any) -> Iterable[Statement]:
    behalf = {"on_behalf_of": more.pop("on_behalf_of")} if "on_behalf_of" in more else {}
    name = f"The {slug} {kind.split()[0]}"
    yield node("Engagement", f"engagement:{slug}", name=name, engagement_kind=kind, period=between(on, on), **more)
    yield edge("PARTICIPATED", f"person:{who}", f"engagement:{slug}", capacity="author", **behalf)
    yield edge("PARTICIPATED", "body:ours", f"engagement:{slug}")


def _met(slug: str, kind: str, on: str, **more: Any) -> Iterable[Statement]:
    yield node(
        "Engagement", f"engagement:{slug}", name=f"The {slug}", engagement_kind=kind, period=between(on, on), **more
    )
    yield edge("ORGANIZED", "body:grants", f"engagement:{slug}", role="host")
    yield edge("PARTICIPATED", "body:grants", f"engagement:{slug}")
    yield edge("PARTICIPATED", "post:alfa", f"engagement:{slug}", capacity="witness")


hill = asked_by_a_module(world)


def _asked(session: Session, **given: str) -> Answer:
    return ask(session, "congress-touch", given)


def test_what_waits_comes_first_by_its_day_and_then_what_was_latest_first(hill: Session) -> None:
    found: Any = _asked(hill).rows
    assert [(row.state, row.matter, row.what_name, row.due_on, row.held) for row in found] == [
        ("overdue", "question for the record", "The late question", "2026-05-15", "yes"),
        ("no answer on record", "letter", "The silent letter", None, "unknown"),
        ("due", "letter", "The next letter", "2026-06-10", "yes"),
        ("due", "report", "Report", "2026-06-30", "yes"),
        ("ahead", "briefing", "The briefing", None, "unknown"),
        ("no fixed day", "promise", "A loose paper", None, "yes"),
        ("done", "promise", "A kept paper", "2026-05-01", "yes"),
        ("took place", "hearing", "The hearing", None, "yes"),
        ("answered", "letter", "The old letter", None, "yes"),
    ]
    assert all(row.evidence for row in found)
    hearing = next(row for row in found if row.matter == "hearing")
    assert (hearing.theirs, hearing.ours) == (("Grants (host)",), ("Uma Example, Alfa (witness)",))


def test_the_first_sentence_says_what_is_overdue(hill: Session) -> None:
    said = {clause.id: clause.text for clause in _asked(hill).clauses}
    assert said["headline"] == "1 answer that we owe Congress is overdue: The late question (2026-05-15)."
    assert said["silent"] == "We have no answer to The silent letter (2026-03-01) on file."
    assert said["due"] == "Next due: the answer to The next letter (2026-06-10), Report (2026-06-30)."
    assert said["last"] == "Last met: The hearing (2026-03-10), there for us: Uma Example, Alfa (witness)."
    assert said["ahead"] == "Ahead: The briefing (2026-06-15)."
    assert said["counts"] == "On file: 1 hearing, 3 letters and 1 question for the record."


@pytest.mark.parametrize(
    ("party", "names"),
    [
        ("Pia Example", {"The late question", "The old letter"}),
        ("Quin Example", {"The silent letter", "The next letter"}),
        ("Grants", {"Report", "The briefing", "The hearing"}),
        (
            "Money",
            {
                "The late question", "Report", "The briefing", "A loose paper", "A next paper", "A kept paper",
                "The hearing",
            },
        ),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_body_has_its_parts_what_is_done_for_it_and_what_is_owed_to_the_whole(
    hill: Session, party: str, names: set[str]
) -> None:
    found: Any = _asked(hill, party=party).rows
    assert {row.what_name for row in found} == names


def test_before_it_was_sent_nothing_is_known_of_a_letter_and_what_was_kept_later_was_open(hill: Session) -> None:
    rows: Any = _asked(hill, as_of="2026-03-15").rows
    assert {row.what_name: row.state for row in rows if row.matter in ("letter", "promise", "hearing")} == {
        "The silent letter": "no answer on record",
        "A kept paper": "due",
        "A loose paper": "no fixed day",
        "A late paper": "due",
        "A next paper": "due",
        "The hearing": "took place",
        "The old letter": "answered",
    }


def test_who_is_not_of_congress_is_told_so(hill: Session) -> None:
    assert _asked(hill, party="Ours").headline == "Ours is not on file as a body or a member of Congress."


def test_one_kind_may_be_asked_for_and_nothing_of_it_is_said(hill: Session) -> None:
    assert [row.matter for row in _asked(hill, kind="hearing").rows] == ["hearing"]  # type: ignore[attr-defined]
    assert _asked(hill, party="Pia Example", kind="report").headline == (
        "Not confirmed: nothing of Pia Example is on file under kind report; 2 without that condition."
    )


@pytest.mark.slow
@settings(max_examples=3, deadline=None)
@given(order=st.permutations(range(len([*world()]))))
def test_neither_the_order_of_rows_nor_what_others_do_changes_anything(order: Sequence[int]) -> None:
    said = [*world()]
    beside: list[Statement] = [
        node("Engagement", "engagement:elsewhere", name="Elsewhere"),
        edge("PARTICIPATED", "post:far", "engagement:elsewhere"),
    ]
    alone, more = _told(said), _told([*(said[place] for place in order), *beside])
    assert [row.model_dump(exclude={"evidence"}) for row in more.rows] == [
        row.model_dump(exclude={"evidence"}) for row in alone.rows
    ]
    assert [clause.text for clause in more.clauses] == [clause.text for clause in alone.clauses]


def _told(statements: Iterable[Statement]) -> Answer:
    with asking(statements) as session:
        return _asked(session)
