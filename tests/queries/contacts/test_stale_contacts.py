"""The queue of contacts to check: what is more important, or more stale, comes first, with its reasons."""

from hypothesis import given
from hypothesis import strategies as st

from iga.queries.core.channels import HALF_LIVES, NEVER, age_of, whose_is
from tests.queries.contacts.conftest import Ask
from tests.reading import some

DAY = "2026-06-01"


def test_the_queue_goes_by_what_depends_on_a_channel_times_how_long_nobody_looked(asked: Ask) -> None:
    rows = asked("stale-contacts", party="ESO").rows
    values = [row.channel_value for row in rows]
    assert values.index("unit@eso.example") < values.index("ann@eso.example") < values.index("eve@eso.example")
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert values[-1] == "+1 555 0100"
    assert all(row.score == row.importance * row.staleness for row in rows if row.state != "do not use")


def test_every_point_has_its_reason_in_words(asked: Ask) -> None:
    row = next(row for row in asked("stale-contacts", party="ESO").rows if row.channel_value == "eve@eso.example")
    assert row.because == (
        "relationship owned by Officer A and 1 more of ours",
        "planned: Next call (2026-06-20)",
        "3 open promises",
    )
    assert (row.importance, row.owners) == (1 + 3 + 3 + 2, ("Officer A", "Officer B"))


def test_a_compact_of_its_government_counts_and_so_does_being_the_only_channel(asked: Ask) -> None:
    [row] = asked("stale-contacts", party="Ghana").rows
    assert row.because[1:] == ("compact: Compact with Ghana", "the only channel there that may be used")
    assert row.half_life_days == HALF_LIVES["body"]["email"]


def test_bounced_and_forbidden_ones_are_named(asked: Ask) -> None:
    answer = asked("stale-contacts", party="ESO")
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "Check first https://eso.example of ESO: not yet verified; day not on file.",
        "then": "Then unit@eso.example (bounced 2026-05-01) and ann@eso.example.",
        "unchecked": "Of 6 channels on file for ESO and its offices, 2 were left unchecked for a half-life or longer.",
        "forbidden": "Not to be used: +1 555 0100 (asked to be taken off).",
    }
    one = {clause.id: clause.text for clause in asked("stale-contacts", party="ESO", limit="1").clauses}
    assert (one["bounced"], "then" in one) == ("Bounced: unit@eso.example.", False)


def test_an_owner_sees_the_channels_of_the_parties_owned(asked: Ask) -> None:
    values = {row.channel_value for row in asked("stale-contacts", owner="Officer A").rows}
    assert "ministry@gha.example" in values
    assert "https://quiet.example" not in values
    assert "ministry@gha.example" not in {
        row.channel_value for row in some(asked("stale-contacts", owner="Officer B").rows)
    }
    assert "https://quiet.example" in {row.channel_value for row in asked("stale-contacts").rows}


def test_a_topic_leaves_its_channels_and_posts(asked: Ask) -> None:
    answer = asked("stale-contacts", party="ESO", topic="child trafficking")
    assert [row.channel_value for row in answer.rows] == ["eve@eso.example"]
    assert "5 channels without a stated topic are left out." in [doubt.text for doubt in answer.caveats]


def test_a_longer_queue_is_counted(asked: Ask) -> None:
    answer = asked("stale-contacts", limit="1")
    assert answer.total.value == 8
    assert any("more channels are not listed" in doubt.text for doubt in answer.caveats)


@given(st.dates(min_value=__import__("datetime").date(2000, 1, 1)), st.sampled_from(["email", "fax", "website"]))
def test_nothing_gets_fresher_by_waiting(seen: object, kind: str) -> None:
    channel = {"channel_kind": kind, "seen_on": [str(seen)]}
    ages = [
        age_of(channel, whose="post", day=day, is_dead=False).staleness for day in (DAY, "2027-06-01", "2040-01-01")
    ]
    assert ages == sorted(ages) or str(seen) > DAY


def test_after_one_half_life_half_is_gone_and_what_bounced_or_was_never_seen_is_gone() -> None:
    mail = {"channel_kind": "email", "verified_on": "2025-06-01"}
    assert age_of(mail, whose="person", day=DAY, is_dead=False).staleness == 50
    assert age_of(mail, whose="person", day=DAY, is_dead=True).staleness == NEVER
    assert age_of({"channel_kind": "email"}, whose="person", day=DAY, is_dead=False).staleness == NEVER


def test_the_address_of_a_person_goes_stale_before_that_of_a_post_and_that_before_the_mailbox_of_a_body() -> None:
    assert HALF_LIVES["person"]["email"] < HALF_LIVES["post"]["email"] < HALF_LIVES["body"]["email"]
    assert whose_is({}, "Person") == "person"
    assert whose_is({"kind_of_owner": "body"}, "Person") == "body"
