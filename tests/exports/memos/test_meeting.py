from typing import Any

import pytest

from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.statements import Blank
from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound, UsageError
from iga.queries.ask import Parameters
from iga.queries.instruments.agreement import AgreementRow
from iga.queries.instruments.agreements import BondRow
from iga.queries.instruments.compact_progress import CompactProgressRow
from iga.queries.report.tiers import TierRow
from tests.exports.memos.office import (
    BILAT,
    BODY,
    GHANA,
    Answers,
    answer,
    change,
    changes,
    comes,
    event,
    in_brief,
    office,
    post,
    said,
    section,
    written,
)

COMPACT: dict[str, Any] = {"compact": "compact:gha", "compact_name": "Compact with Ghana"}


def meeting(answers: Answers, **given: str) -> Any:
    return written("meeting", answers, None, **(given or {"party": "ESO"}))


def test_a_meeting_is_about_somebody_or_something() -> None:
    with pytest.raises(UsageError, match="party, engagement or agreement"):
        written("meeting", office())


def test_who_holds_the_post_is_told_with_the_day_it_was_last_seen() -> None:
    document = meeting(office())
    assert said(section(document, "Who they are")) == ["Director | Ada Example, last seen 2018, not known since"]
    assert said(document)[0] == "Director: Ada Example, last seen 2018, not known since."


def test_the_post_asked_about_stands_first_then_heads() -> None:
    answers = office()
    posts = (post("Press Desk"), post("Director", role="head"), post("Deputy", role="deputy"))
    answers["contact"] = answer("contact", *posts)
    assert said(section(meeting(answers), "Who they are"))[0].startswith("Director")
    met = {**BODY, "id": "post:press-desk", "cls": "Post", "name": "Press Desk"}
    answers["contact"] = answer("contact", *posts, about=met)
    assert said(section(meeting(answers), "Who they are"))[0].startswith("Press Desk")


def test_many_posts_do_not_flood_the_paper() -> None:
    answers = office()
    answers["contact"] = answer("contact", *(post(f"Post {number}") for number in range(30)))
    [table] = section(meeting(answers), "Who they are").blocks
    assert isinstance(table, Table)
    assert table.more is not None
    assert len(table.rows) + table.more.count == 30
    assert table.more.command.startswith("iga ask contact --party org:eso")


def test_promises_are_told_both_ways_ours_first_and_kept_ones_are_only_counted() -> None:
    lines = said(section(meeting(office()), "Open promises"))
    assert lines == [
        "we | Comments: We will send comments, in our summary. | due January 2027",
        "they | Report. | due November 15, 2026; overdue",
        "Settled: Kept: 1 of ours.",
    ]


def test_no_promise_in_the_data_is_not_that_none_was_made() -> None:
    answers = {**office(), "commitments": answer("commitments")}
    [line] = said(section(meeting(answers), "Open promises"))
    assert "some may have been made" in line


def test_the_last_touches_name_both_sides_and_what_came_of_it() -> None:
    [line] = said(section(meeting(office()), "Last touches"))
    assert line == "November 12, 2026: Call. For us: Uma Mockup. Outcome: Agenda promised."


def test_changes_are_asked_for_since_the_last_touch_else_for_ninety_days() -> None:
    asked: list[tuple[str, Parameters]] = []
    document = written("meeting", office(), asked, party="ESO")
    assert dict(asked)["what-changed"]["since"] == "2026-11-12"
    assert section(document, "What changed").heading == "What changed since the last touch, November 12, 2026"
    asked.clear()
    document = written("meeting", {**office(), "last-touch": answer("last-touch")}, asked, party="ESO")
    assert dict(asked)["what-changed"]["since"] == "2026-08-27"
    assert section(document, "What changed").heading == "What changed since August 27, 2026"
    asked.clear()
    written("meeting", office(), asked, party="ESO", since="2026-01")
    assert dict(asked)["what-changed"]["since"] == "2026-01"


def test_a_large_load_is_counted_and_what_happened_is_listed() -> None:
    rows = (change("fact", "0"), *(change("fact", str(number), nature="learned") for number in range(1, 40)))
    part = section(meeting({**office(), "what-changed": changes(*rows)}), "What changed")
    lines = said(part)
    assert lines[0] == "Fact 0."
    assert lines[1:] == ["Much was entered since that is older, or without a day; it is not listed here."]
    [block] = part.blocks
    assert isinstance(block, Bullets)
    assert block.more is not None
    assert block.more.count == 39


def test_the_meeting_is_told_with_who_comes_by_post() -> None:
    lines = said(section(meeting(office()), "The meeting"))
    assert lines[0] == "December 3, 2026, 10:00–10:45, Vienna: Meeting with the ESO (planned)."
    assert lines[1:] == [
        "theirs | Director: perhaps Ada Example, last seen 2018, not known since | head",
        "ours | Ambassador: vacant | head",
    ]


def test_a_list_that_is_not_held_is_an_answer() -> None:
    answers = office()
    answers["participants"] = answers["participants"].model_copy(update={"rows": ()})
    answers["delegation"] = answers["delegation"].model_copy(update={"rows": ()})
    assert "Participants: We have no list of participants on file." in said(section(meeting(answers), "The meeting"))


def test_of_several_parties_one_has_to_be_named() -> None:
    answers = office()
    other = comes("Envoy", on_behalf_of="gov:gha", on_behalf_of_name="Ghana")
    rows = (*answers["participants"].rows, other)
    about = {"id": "engagement:bilat", "cls": "Engagement", "name": "Meeting with the ESO"}
    answers["participants"] = answer("participants", *rows, about=about)
    document = meeting(answers, engagement="Meeting with the ESO")
    assert "2 other parties take part" in said(section(document, "The meeting"))[-1]
    assert [each.heading for each in document.sections] == ["The meeting", ""]
    named = meeting(answers, engagement="Meeting with the ESO", party="ESO")
    assert said(section(named, "Open promises"))


def test_the_route_is_our_mission_and_our_owner() -> None:
    lines = said(section(meeting(office()), "Route and contacts"))
    assert lines[:2] == [
        "The route on our side is US Mission to the ESO.",
        "The relationship is owned by IGA Officer (Uma Mockup, in office).",
    ]


def test_who_clears_the_paper_stands_in_its_block_with_the_reason() -> None:
    [clearer] = meeting(office()).clearers
    assert (clearer.office, clearer.reason) == ("Bureau of Europe (EUR)", "the bureau (ESO)")


def test_what_is_known_of_the_meeting_is_told_and_the_rest_is_a_blank() -> None:
    assert in_brief(meeting(office()), "The meeting") == [
        "Date and time: December 3, 2026, 10:00–10:45 (planned).",
        "Place: Vienna.",
        "For them: Director: perhaps Ada Example, last seen 2018, not known since",
        "For us: Ambassador: vacant",
    ]
    bare = meeting({**office(), "engagements": answer("engagements")})
    blanks = [block for part in bare.sections for block in part.blocks if isinstance(block, Blank)]
    leads = ["Date and time:", "Place:", "For them:", "For us:", "Objective:", "What they may raise:"]
    assert [blank.lead for blank in blanks] == leads


def test_the_two_pages_tell_whom_we_meet_what_is_owed_and_what_is_new() -> None:
    document = meeting(office())
    assert in_brief(document, "The counterpart") == [
        " The route on our side is US Mission to the ESO.;"
        " The relationship is owned by IGA Officer (Uma Mockup, in office)."
    ]
    assert in_brief(document, "Open promises")[0].startswith("They owe: Report, due November 15, 2026, overdue.")
    assert in_brief(document, "New since the last contact, November 12, 2026")[0].startswith("November 12, 2026: Call")
    assert not [line for part in document.sections for line in said(part) if "iga " in line]


def test_a_planned_meeting_is_sensitive_and_one_that_was_held_is_not_by_itself() -> None:
    planned = meeting(office())
    assert planned.sections[0].blocks[0].marking is Marking.INTERNAL
    answers = office()
    row = event("bilat", **BILAT, start="2026-11-02", status="held", held="yes")
    answers["engagements"] = answer("engagements", row)
    assert meeting(answers, engagement="bilat").sections[0].blocks[0].marking is Marking.PUBLIC


def test_the_bottom_line_has_four_sentences_at_most() -> None:
    assert said(meeting(office())) == [
        "Director: Ada Example, last seen 2018, not known since.",
        "They owe us: Report (due November 15, 2026, overdue); we owe them: Comments (due January 2027).",
        "Last contact: Call, November 12, 2026.",
    ]


def test_who_leads_an_office_answers_for_it_and_an_adviser_for_the_post_alone() -> None:
    met = {**BODY, "id": "post:director", "cls": "Post", "name": "Director"}
    for role, party in (("head", "org:eso"), ("adviser", "post:director")):
        asked: list[tuple[str, Parameters]] = []
        answers = {**office(), "contact": answer("contact", post("Director", role=role), about=met)}
        written("meeting", answers, asked, party="Director")
        assert dict(asked)["last-touch"]["party"] == party


def test_a_part_of_a_name_is_understood_where_only_one_thing_can_be_meant() -> None:
    whole = "UN Special Rapporteur on trafficking in persons"

    def contact(suggested: tuple[str, ...]) -> Any:
        def answered(parameters: Parameters) -> Any:
            if parameters["party"] != whole:
                raise NotFound("nothing here is called so", suggestions=suggested)
            return office()["contact"]

        return answered

    answers = {**office(), "contact": contact((whole, "Ada Example"))}
    assert meeting(answers, party="UN Special Rapporteur on trafficking").making.parameters == {"party": "org:eso"}
    for suggested in ((), ("Ada Example",), (whole, f"Adviser of the {whole}")):
        with pytest.raises(NotFound):
            meeting({**office(), "contact": contact(suggested)}, party="UN Special Rapporteur on trafficking")


def compact_office() -> Answers:
    about = {"id": "compact:gha", "cls": "ChildProtectionCompact", "name": "Compact with Ghana"}
    shared = {"agreement": "compact:gha", "agreement_name": "Compact with Ghana", "section_count": 1}

    def fact(name: str, value: str, **days: str) -> AgreementRow:
        return AgreementRow(**shared, section="facts", what=f"{name}: {value}", fact=name, value=value, **days)

    def progress(part: str, what: str, **told: Any) -> CompactProgressRow:
        return CompactProgressRow(**GHANA, **COMPACT, part=part, what=what, **{"what_name": what, **told})

    row = event("bilat", **BILAT, start="2026-12-16", place="Accra")
    theirs = comes("Coordinator", on_behalf_of="gov:gha", on_behalf_of_name="Ghana")
    return office() | {
        "contact": answer("contact", post("Coordinator", role="coordinator", body="gov:gha"), about=GHANA),
        "last-touch": answer("last-touch", about=GHANA),
        "agreement": answer(
            "agreement",
            fact("signed_on", "2025-01-15", start="2025-01-15", end="2025-01-15"),
            fact("period", "2025-01-15 to 2030-01-14", start="2025-01-15", end="2030-01-14"),
            fact("objectives", "children are found sooner"),
            about=about,
        ),
        "compact-progress": answer(
            "compact-progress",
            progress(
                "indicator",
                "Children identified",
                baseline="120",
                baseline_on="2024",
                target="200",
                actual="171",
                start="2026-01-01",
                end="2026-09-30",
                standing="short of the target",
            ),
            progress(
                "contribution",
                "Three shelters",
                by="gov:gha",
                by_name="Ghana",
                standing="pledged; its delivery is not on file",
            ),
            progress(
                "dialogue", "engagement:last", start="2025-12-10", end="2025-12-10", stage="held", standing="held"
            ),
            progress(
                "dialogue",
                "engagement:bilat",
                start="2026-12-16",
                end="2026-12-16",
                stage="planned",
                standing="planned",
                held="unknown",
            ),
        ),
        "engagements": answer("engagements", row),
        "participants": answer(
            "participants", theirs, about={"id": "engagement:bilat", "cls": "Engagement", "name": "Dialogue"}
        ),
        "tier-history": answer(
            "tier-history",
            TierRow(**GHANA, year=2025, tier="Tier 2", confidence="high"),
            clauses={"headline": {"party": "Ghana", "runs": [{"tier": "Tier 2", "first": 2025, "last": 2025}]}},
        ),
        "treaty-status": answer(
            "treaty-status",
            BondRow(
                **GHANA,
                agreement="treaty:palermo",
                agreement_name="Protocol",
                standing="party",
                action="accession",
                action_on="2012",
            ),
        ),
    }


def test_a_paper_on_a_compact_tells_targets_results_and_what_was_pledged() -> None:
    document = meeting(compact_office(), agreement="compact:gha")
    assert document.title == "Meeting on the Compact with Ghana"
    lines = said(section(document, "The compact"))
    assert "Compact with Ghana: signed January 15, 2025; period January 15, 2025 to January 14, 2030." in lines
    assert "Objectives: children are found sooner." in lines
    assert "Dialogues: Last December 10, 2025 (held); next December 16, 2026 (planned)." in lines
    assert "Carried out by: Who carries it out is not in the data." in lines
    assert lines[-2:] == [
        "Children identified | 120 (2024) | 200 | 171 (January 1, 2026 to September 30, 2026) | Short of the target",
        "Ghana | Three shelters | Pledged; its delivery is not on file",
    ]


def test_the_next_dialogue_is_the_meeting_and_the_other_party_is_met() -> None:
    asked: list[tuple[str, Parameters]] = []
    document = written("meeting", compact_office(), asked, agreement="compact:gha")
    assert dict(asked)["contact"]["party"] == "gov:gha"
    assert said(section(document, "The meeting"))[0].startswith("December 16, 2026, Accra")
    assert dict(asked)["clearers"]["purpose"] == ("money", "programs")


def test_a_government_has_its_tier_and_its_treaty_in_a_line_each() -> None:
    lines = said(section(meeting(compact_office(), agreement="compact:gha"), "In brief"))
    assert lines == ["Ghana: Tier 2 in 2025.", "Ghana is a party to the Palermo Protocol (accession 2012)."]


def test_an_end_that_nobody_states_is_said() -> None:
    answers = compact_office()
    answers["agreement"] = answers["agreement"].model_copy(update={"rows": answers["agreement"].rows[:1]})
    lines = said(section(meeting(answers, agreement="compact:gha"), "The compact"))
    assert "End: Its last day is not in the data." in lines
    assert "Objectives: Not in the data." in lines


def test_the_command_asks_for_the_same_paper_again_by_ids() -> None:
    document = meeting(office(), party="ESO", topic="child trafficking")
    assert document.command == 'iga memo meeting org:eso --topic "child trafficking" --as-of 2026-11-25 --full'


def test_nothing_ahead_is_said_and_leaves_the_rest() -> None:
    answers = {**office(), "engagements": answer("engagements")}
    document = meeting(answers)
    assert "not known" in said(section(document, "The meeting"))[0]
    assert said(section(document, "Last touches"))


def test_a_series_is_no_meeting() -> None:
    series = answer("participants", about={"id": "engagement:series", "cls": "Engagement", "name": "Conferences"})
    with pytest.raises(UsageError, match="engagement: Conferences is a series; name one of its meetings"):
        meeting({**office(), "participants": series}, engagement="Conferences")


def test_a_paper_on_another_agreement_tells_its_terms() -> None:
    answers = compact_office()
    treaty = {"id": "treaty:x", "cls": "Treaty", "name": "Example Treaty"}
    answers["agreement"] = answer("agreement", *answers["agreement"].rows, about=treaty)
    asked: list[tuple[str, Parameters]] = []
    document = written("meeting", answers, asked, agreement="treaty:x")
    assert document.title == "Meeting on the Example Treaty"
    assert "compact-progress" not in {name for name, _ in asked}
    assert said(section(document, "The agreement")) == [
        "Example Treaty: signed January 15, 2025; period January 15, 2025 to January 14, 2030.",
        "Objectives: children are found sooner.",
        "Carried out by: Who carries it out is not in the data.",
    ]
