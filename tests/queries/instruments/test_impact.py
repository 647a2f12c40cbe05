"""What the end of a body's membership, an award or an agreement touches, and by which way."""

from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.queries.sweep import Sweep, rows_of
from tests.reading import some


def groups(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in answer.rows:
        found.setdefault(row.group, []).append(row.what_name)
    return found


def test_leaving_a_body_says_how_far_it_is_and_touches_what_hangs_on_it(answer_to: Ask) -> None:
    answer = answer_to("impact", party="Specimen Agency")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "Leaving Specimen Agency touches 1 organ, 1 post, 1 meeting ahead, 1 promise, 1 duty and 1 group.",
        ),
        (
            "withdrawal",
            "The withdrawal of the United States: announced 2026-01-07, notified 2026-01-22, effective 2026-12-31.",
        ),
        ("people-to-tell", "Tell first: Officer for Agencies."),
    ]
    assert groups(answer) == {
        "our membership": ["United States"],
        "people to tell": ["Officer for Agencies"],
        "organs": ["Board of the Agency"],
        "posts": ["Head of the Agency"],
        "meetings ahead": ["Session next"],
        "promises": ["Promise of the Agency"],
        "duties": ["Report of the Agency"],
        "groups": ["Club of Agencies"],
    }


def test_each_row_says_the_way_back_to_what_ends(answer_to: Ask) -> None:
    rows = {row.what_name: row for row in answer_to("impact", party="Specimen Agency").rows}
    assert rows["Session next"].why == "organized by Board of the Agency; organ of Specimen Agency"
    assert rows["Session next"].steps == 2
    assert rows["Officer for Agencies"].why == "owns the relationship with Specimen Agency (primary)"
    assert rows["Officer for Agencies"].says == "Ola Sample, in office, last seen 2025-01-01"
    assert rows["United States"].says == "member, withdrawal notified 2026-01-22"


def test_a_meeting_counts_as_ahead_only_until_it_is_over(answer_to: Ask) -> None:
    assert "meetings ahead" not in groups(answer_to("impact", party="Specimen Agency", as_of="2026-10-01"))


def test_an_award_touches_sub_awards_the_compact_and_its_indicators_and_promises(answer_to: Ask) -> None:
    answer = answer_to("impact", award="P-1")
    found = groups(answer)
    assert found["sub-awards"] == ["Local Relief", "Sub-award in Peru"]
    assert found["recipients and implementers"] == ["Peru Relief"]
    assert found["projects and compacts"] == ["Compact with Peru"]
    assert found["promises"] == ["Promise of register", "Promise of trainers"]
    assert len(found["indicators"]) == 4
    assert found["duties"] == ["Progress report in Peru"]
    assert found["people to tell"] == ["Office of Specimens"]
    assert "It is active, 2025-02-01 to 2026-12-31; no amendment that terminates it on file." in answer.answer


def test_what_is_over_is_not_touched(answer_to: Ask) -> None:
    names = [row.what_name for row in answer_to("impact", award="P-1").rows]
    assert "Old award" not in names
    assert "Promise of team" not in names
    assert "Dialogue d1" not in names


def test_an_agreement_touches_its_parties_awards_and_money(answer_to: Ask) -> None:
    found = groups(answer_to("impact", agreement="Compact with Peru"))
    assert found["parties"] == ["Peru", "United States"]
    assert "Award in Peru" in found["sub-awards"]
    assert len(found["money running"]) == 5


def test_a_post_that_ends_touches_its_holder_its_body_and_what_set_it_up(answer_to: Ask) -> None:
    found = groups(answer_to("impact", party="Head of the Agency"))
    assert found["incumbents"] == ["Hedda Sample"]
    assert found["groups"] == ["Specimen Agency"]
    assert found["people to tell"] == ["Officer for Agencies"]


def test_what_ends_must_be_named_and_several_are_told_one_after_the_other(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="impact needs party"):
        answer_to("impact")
    rows = answer_to("impact", party="Specimen Agency", award="P-1").rows
    assert list(dict.fromkeys(row.ending_name for row in rows)) == ["Specimen Agency", "Award in Peru"]


@pytest.mark.parametrize("name", ["United Nations", "Department of State"])
def test_a_hub_is_counted_and_never_floods_the_answer(bundled: Session, name: str) -> None:
    answer = ask(bundled, "impact", {"party": name})
    shown = groups(answer)
    assert max(map(len, shown.values())) <= 10
    assert answer.total.value > len(answer.rows)


def test_a_government_is_nothing_that_we_leave(bundled: Session) -> None:
    with pytest.raises(UsageError, match=r"United States \(Government\), but party asks for"):
        ask(bundled, "impact", {"party": "United States"})


def test_a_withdrawal_is_none_before_it_is_announced(bundled: Session) -> None:
    answer = ask(bundled, "impact", {"party": "UN Women", "as_of": "2026-01-06"})
    assert "We have no withdrawal of the United States from UN Women on file." in answer.answer
    assert "withdrawal" not in str([row.model_dump()["says"] for row in answer.rows])
    announced = ask(bundled, "impact", {"party": "UN Women", "as_of": "2026-01-07"})
    assert "The withdrawal of the United States: announced 2026-01-07" in announced.answer


def test_the_withdrawal_from_un_women_is_announced_and_neither_notified_nor_effective(bundled: Session) -> None:
    answer = ask(bundled, "impact", {"party": "UN Women"})
    assert "announced 2026-01-07; notified and effective on days not on file" in answer.answer


def test_a_post_counts_once_and_an_observer_is_no_group(bundled: Session) -> None:
    for body in some([*Sweep(1).bodies[::6], "org:oas", "org:osce"]):
        rows: Any = ask(bundled, "impact", {"party": body}).rows
        assert {row.what_class for row in rows if row.group == "posts"} <= {"Post"}, body
        assert not any(row.group == "incumbents" for row in rows), body
        about: Any = ask(bundled, "members", {"party": body}).rows
        beside = {row.id for row in about if any(word in (row.category or "") for word in ("observer", "partner"))}
        assert beside.isdisjoint(row.what for row in rows if row.group == "groups" and row.steps == 1), body


def test_who_holds_a_post_that_ends_is_said_as_paths_say_it_and_only_who_is_in_office_counts(bundled: Session) -> None:
    posts = list(dict.fromkeys(row["post"] for row in rows_of("multilateral/post_holders.csv")))
    for post in some([*posts[::40], "post:gbr-anti-slavery-commissioner", "post:unodc-executive-director"]):
        answer: Any = ask(bundled, "impact", {"party": post})
        held = [row for row in answer.rows if row.group == "incumbents"]
        for row in held:
            says = {"designate": ("is desi", "was desi"), "not known to be in office": ("held", "was", "may have")}
            assert row.why.startswith(says.get(row.says, ("holds", "is acting"))), (post, row.why)
        assert ("incumbent" in answer.headline) == any(row.says in ("in office", "acting") for row in held), post


def test_whoever_is_beside_the_members_does_not_belong_to_a_body(bundled: Session) -> None:
    for body in some(["org:saarc", "org:pif", "org:coe", "org:sica", "org:asean", "forum:g7"]):
        for row in ask(bundled, "impact", {"party": body}).rows:
            values: Any = row
            if values.group == "our membership" and any(word in values.says for word in ("observer", "partner")):
                assert values.why.startswith(("is a", "was a")), (body, values.why)


def test_no_meeting_ahead_began_in_the_past_and_goes_on_without_an_end(bundled: Session) -> None:
    for body in some(["forum:greta", *Sweep(1).bodies[::20]]):
        rows: Any = ask(bundled, "impact", {"party": body}).rows
        says = [row.says for row in rows if row.group == "meetings ahead"]
        assert not any(it.startswith("held, from") for it in says), (body, says)
