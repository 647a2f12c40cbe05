"""What two parties share: what the fewest share first, hubs last; an edge to each other is none to a third."""

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some


def test_what_fewest_share_comes_first(answer_to: Ask) -> None:
    answer = answer_to("shared-affiliations", party="Norway", other="Sweden")
    assert [(row.kind, row.thing_name, row.shared_by, row.held) for row in answer.rows] == [
        ("body", "Nordic Assembly", 2, "yes"),
        ("engagement", "Approach to swe", 2, "yes"),
        ("engagement", "Northern summit", 3, "unknown"),
        ("engagement", "Northern talks", 7, "yes"),
    ]


def test_only_what_stood_on_the_day_counts(answer_to: Ask) -> None:
    rows = answer_to("shared-affiliations", party="Norway", other="Sweden", as_of="2010").rows
    assert [row.thing_name for row in rows if row.held == "yes"] == ["Nordic Assembly"]
    assert answer_to("shared-affiliations", party="Norway", other="Sweden", as_of="1990", kind="body").rows == ()


def test_a_edge_to_each_other_is_told_beside(answer_to: Ask) -> None:
    answer = answer_to("shared-affiliations", party="Sweden", other="Nordic Assembly")
    direct = answer.clauses[-1]
    assert (direct.id, direct.text) == ("member", "Sweden is itself in the Nordic Assembly (chair).")
    assert direct.evidence
    assert all(row.thing_name != "Nordic Assembly" for row in some(answer.rows))


def test_kinds_are_told_apart(answer_to: Ask) -> None:
    rows = answer_to("shared-affiliations", party="Norway", other="Sweden", kind="body").rows
    assert [row.thing_name for row in rows] == ["Nordic Assembly"]
    empty = answer_to("shared-affiliations", party="Norway", other="Sweden", kind="text")
    assert empty.headline == "Not confirmed: no text tie that Norway and Sweden share is on file."


def test_hubs_come_last(demo: Session) -> None:
    answer = ask(demo, "shared-affiliations", {"party": "Romania", "other": "Philippines"})
    counts = [row.shared_by for row in answer.rows]  # type: ignore[attr-defined]
    assert counts == sorted(counts)
    assert answer.clauses[2].values == {"name": "Convention on the Rights of the Child", "shared_by": 197}


def test_what_had_ended_is_shared_at_any_time_alone_and_said_to_have(bundled_answer: Ask) -> None:
    asked = {"party": "United Kingdom", "other": "France", "kind": "body"}
    now = {row.thing for row in bundled_answer("shared-affiliations", **asked).rows}
    ever = {row.thing: row for row in bundled_answer("shared-affiliations", **asked, any_time="yes").rows}
    assert ever.keys() - now == {"org:eu"}
    assert [thing for thing, row in ever.items() if row.ended] == ["org:eu"]
    assert ever["org:eu"].party_role == "member, 1973-01-01 to 2020-01-31"
