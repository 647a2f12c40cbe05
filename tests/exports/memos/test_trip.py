from typing import Any

from iga.exports.paper.document import PaperDocument
from iga.graph.domain.marking import Marking
from iga.queries.ask import Parameters
from iga.queries.core.answer import Answer
from iga.queries.instruments.agreements import BondRow
from iga.queries.instruments.compact import CompactRow
from iga.queries.report.tiers import TierRow
from iga.queries.whole.profile import ProfileRow
from tests.exports.memos.office import (
    BODY,
    GHANA,
    OURS,
    THEIRS,
    USA,
    Answers,
    answer,
    comes,
    delegate,
    event,
    office,
    post,
    said,
    section,
    written,
)

TRIP: dict[str, Any] = {"engagement": "engagement:trip", "engagement_name": "Trip"}
VIENNA: dict[str, Any] = {"engagement": "engagement:in-vienna", "engagement_name": "Stop in Vienna"}
ACCRA: dict[str, Any] = {"engagement": "engagement:in-accra", "engagement_name": "Stop in Accra"}
WITH_ESO: dict[str, Any] = {"engagement": "engagement:with-eso", "engagement_name": "Meeting with the ESO"}
WITH_GHANA: dict[str, Any] = {"engagement": "engagement:with-ghana", "engagement_name": "Meeting with Ghana"}
_GHANA: dict[str, Any] = {"on_behalf_of": "gov:gha", "on_behalf_of_name": "Ghana"}
_COMPACT: dict[str, Any] = {
    "compact": "compact:gha",
    "compact_name": "Compact",
    "about": "compact:gha",
    "about_name": "Compact",
    "about_class": "ChildProtectionCompact",
}


def travels() -> Answers:
    """Return the answers on a trip with two stops and a meeting at each."""
    parts = {
        "engagement:in-vienna": event(
            "x", **WITH_ESO, start="2026-12-03", hours="10:00-10:45", place="Vienna", engagement_kind="bilat"
        ),
        "engagement:in-accra": event("x", **WITH_GHANA, start="2026-12-07", place="Accra", engagement_kind="bilat"),
    }
    stops = (
        event("x", **ACCRA, start="2026-12-06", end="2026-12-08", place="Accra", engagement_kind="trip stop"),
        event("x", **VIENNA, start="2026-12-02", end="2026-12-04", place="Vienna", engagement_kind="trip stop"),
    )
    whole = event("x", **TRIP, start="2026-12-02", end="2026-12-08", engagement_kind="trip")
    head = comes("Ambassador", to=TRIP, **OURS, holding="vacant", capacity="head")
    ours = [comes("Ambassador", to=to, **OURS, holding="vacant") for to in (WITH_ESO, WITH_GHANA)]
    theirs = [
        comes("Director", to=WITH_ESO, **THEIRS, holder_name="Ada Example"),
        comes("Coordinator", to=WITH_GHANA, **_GHANA, holding="holder not held"),
    ]

    def engagements(parameters: Parameters) -> Answer:
        inside = parts.get(str(parameters["party"]))
        return answer("engagements", inside) if inside else answer("engagements", *parts.values(), *stops, whole)

    def contact(parameters: Parameters) -> Answer:
        [party] = (parameters["party"],) if isinstance(parameters["party"], str) else parameters["party"]
        mission = {"id": "body:mission", "cls": "PublicBody", "name": "US Mission to the ESO"}
        if party == "body:mission":
            way = post("Desk", channel_value="desk@example.org", holder_name="Uma Mockup", holding="in office")
            return answer("contact", way, about=mission)
        if party == "gov:gha":
            return answer("contact", post("Coordinator", body="gov:gha", acronym=None), about=GHANA)
        return answer("contact", post("Director", route="body:mission", route_name=mission["name"]), about=BODY)

    def about(question: str) -> Any:
        def answered(parameters: Parameters) -> Answer:
            given = office()[question]
            whom = GHANA if parameters["party"] == "gov:gha" else BODY
            return answer(question, *(given.rows if whom is BODY else ()), about=whom)

        return answered

    return office() | {
        "engagements": engagements,
        "contact": contact,
        "last-touch": about("last-touch"),
        "commitments": about("commitments"),
        "participants": answer(
            "participants", head, *ours, *theirs, about={"id": "engagement:trip", "cls": "Engagement", "name": "Trip"}
        ),
        "delegation": answer("delegation", *map(delegate, (head, *ours)), about=USA),
        "tier-history": answer(
            "tier-history",
            TierRow(**GHANA, year=2025, tier="Tier 2", confidence="high"),
            clauses={"headline": {"party": "Ghana", "runs": [{"tier": "Tier 2", "first": 2025, "last": 2025}]}},
        ),
        "treaty-status": answer(
            "treaty-status",
            BondRow(**GHANA, agreement="treaty:palermo", agreement_name="Protocol", standing="party"),
            about=GHANA,
        ),
        "compact": answer(
            "compact",
            CompactRow(**GHANA, **_COMPACT, fact="signed_on", value="2015-06-23", start="2015-06-23", end="2015-06-23"),
        ),
        "profile": answer(
            "profile",
            ProfileRow(
                **GHANA,
                section="projects that run there",
                section_count=8,
                other="award:a",
                other_name="Award to X",
                other_class="Award",
                what="",
                values={"days": {"start": "2024", "end": "2027"}},
            ),
            about=GHANA,
        ),
    }


def paper(answers: Answers | None = None) -> PaperDocument:
    return written("trip", answers or travels(), engagement="Trip")


def stops(document: PaperDocument) -> list[str]:
    return [part.heading for part in document.annex if ", December" in part.heading]


def test_each_stop_has_its_days_its_place_and_its_own_meetings() -> None:
    document = paper()
    assert stops(document) == ["Vienna, December 2–4, 2026", "Accra, December 6–8, 2026"]
    vienna, accra = said(section(document, "Vienna")), said(section(document, "Accra"))
    assert "December 3, 2026, 10:00–10:45 | Meeting with the ESO (planned) | Vienna | Director (Ada Example)" in vienna
    assert any("Meeting with Ghana" in line for line in accra)
    assert not any("Meeting with Ghana" in line for line in vienna)


def test_a_stop_names_our_mission_with_the_channel_to_use_first() -> None:
    vienna, accra = said(section(paper(), "Vienna")), said(section(paper(), "Accra"))
    assert any(line.startswith("Mission: US Mission to the ESO; ") and "desk@example.org" in line for line in vienna)
    assert "Mission: We have no mission of ours that deals with whom we meet on file." in accra


def test_a_government_met_has_tier_treaty_compact_posts_and_work_there() -> None:
    lines = said(section(paper(), "Whom we meet: Ghana"))
    assert lines == [
        "Ghana: Tier 2 in 2025.",
        "Ghana is a party to the Palermo Protocol.",
        "The Child Protection Compact Partnership was signed June 23, 2015.",
        "Coordinator | Holder not known",
        "Award to X | Award | 2024 to 2027",
    ]


def test_promises_due_are_told_for_each_party_and_counted_in_the_bottom_line() -> None:
    document = paper()
    assert any("overdue" in line for line in said(section(document, "Promises, ESO")))
    assert "some may have been made" in said(section(document, "Promises, Ghana"))[0]
    assert "They owe us: Report (due November 15, 2026, overdue); we owe them: Comments (due January 2027)." in said(
        document
    )


def test_a_trip_without_stops_is_told_by_the_places_of_its_meetings() -> None:
    answers = travels()
    whole = answers["engagements"]({"party": "engagement:trip"})
    rows = tuple(row for row in whole.rows if row.engagement_kind != "trip stop")
    document = paper({**answers, "engagements": whole.model_copy(update={"rows": rows})})
    assert stops(document) == ["Vienna, December 3, 2026", "Accra, December 7, 2026"]


def test_an_itinerary_is_sensitive_until_the_trip_was_made() -> None:
    document = paper()
    assert document.marking is Marking.INTERNAL
    assert document.bottom_line[0].marking is Marking.INTERNAL


def test_a_trip_of_which_nothing_more_is_known_says_so() -> None:
    answers = travels()
    whole = answers["engagements"]({"party": "engagement:trip"})
    document = paper({**answers, "engagements": whole.model_copy(update={"rows": whole.rows[-1:]})})
    assert said(section(document, "Stops")) == ["We have no stop or meeting of this trip on file."]


def test_a_stop_where_nobody_is_known_to_be_met_says_so() -> None:
    answers = travels()
    people = answers["participants"]
    rows = tuple(row for row in people.rows if row.on_behalf_of != "gov:gha")
    document = paper({**answers, "participants": people.model_copy(update={"rows": rows})})
    assert "Whom we meet there is not in the data." in [line for part in document.annex for line in said(part)]
