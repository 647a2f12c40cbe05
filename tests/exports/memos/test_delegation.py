from typing import Any

from iga.exports.paper.document import PaperDocument
from iga.exports.paper.statements import Blank
from iga.graph.domain.marking import Marking
from tests.exports.memos.office import (
    OURS,
    THEIRS,
    USA,
    Answers,
    answer,
    comes,
    delegate,
    event,
    office,
    said,
    section,
    written,
)
from tests.reading import some

WHOLE: dict[str, Any] = {"engagement": "engagement:session", "engagement_name": "Session"}
BILAT: dict[str, Any] = {"engagement": "engagement:pull-aside", "engagement_name": "Pull-aside with the ESO"}
SIDE: dict[str, Any] = {"engagement": "engagement:side", "engagement_name": "Side event on shelters"}


def session() -> Answers:
    """Return the answers on a session with a bilat and a side event; the parts come in no order."""
    head = comes("Ambassador", to=WHOLE, **OURS, holding="vacant", capacity="head", speaking_order=3)
    adviser = comes("Adviser", to=WHOLE, **OURS, holder_name="Uma Mockup", capacity="adviser")
    first = comes(
        "Cyprus",
        to=WHOLE,
        id="gov:cyp",
        cls="Government",
        holding=None,
        speaking_order=1,
        on_behalf_of="gov:cyp",
        on_behalf_of_name="Cyprus",
    )
    there = comes("Ambassador", to=BILAT, **OURS, holding="vacant", capacity="head")
    theirs = comes("Director", to=BILAT, **THEIRS, holder_name="Ada Example", seen_on="2026-06", capacity="head")
    day = {"start": "2026-12-14", "place": "New York", "part": "in the series"}
    return office() | {
        "engagements": answer(
            "engagements",
            event(
                "side",
                **SIDE,
                **day,
                hours="17:00-18:00",
                engagement_kind="side event",
                sponsors=("Canada (main)", "United States (co)"),
            ),
            event("bilat", **BILAT, **day, hours="09:00-09:20", engagement_kind="pull-aside"),
            event("later", **{**day, "start": "2026-12-15"}, engagement_kind="briefing"),
            event("off", **day, engagement_kind="webinar", status="cancelled"),
            event("session", **WHOLE, start="2026-12-14", end="2026-12-15", engagement_kind="conference"),
        ),
        "participants": answer(
            "participants",
            head,
            adviser,
            first,
            there,
            theirs,
            about={"id": "engagement:session", "cls": "Engagement", "name": "Session"},
        ),
        "delegation": answer(
            "delegation",
            *map(delegate, (head, adviser, there)),
            about=USA,
            clauses={
                "headline": {
                    "party": "United States",
                    "engagement": "Session",
                    "number": 2,
                    "heads": [{"name": "Ambassador", "holding": "vacant", "seen_on": "2026-01"}],
                }
            },
        ),
    }


def book(answers: Answers | None = None) -> PaperDocument:
    return written("delegation", answers or session(), engagement="Session")


def test_the_schedule_goes_day_by_day_and_hour_by_hour_without_what_was_called_off() -> None:
    document = book()
    first, second = section(document, "December 14, 2026"), section(document, "December 15, 2026")
    assert (first.level, second.level) == (2, 2)
    assert said(first) == [
        "09:00–09:20 | Pull-aside with the ESO (planned) | New York | Director (Ada Example)",
        "17:00–18:00 | Side event on shelters (planned) | New York | list not held",
    ]
    assert said(second) == ["hours not set | later (planned) | New York | list not held"]


def test_the_delegation_is_told_by_capacity_with_who_holds_each_post() -> None:
    assert said(section(book(), "Delegation")) == ["Head | Ambassador | vacant", "Adviser | Adviser | Uma Mockup"]


def test_the_order_of_speakers_marks_our_place_and_counts_the_places_not_known() -> None:
    document = book()
    assert said(section(document, "Order of speakers")) == [
        "1 | Cyprus",
        "3 | United States: Ambassador (this delegation)",
        "Who speaks at 1 other place is not in the data.",
    ]
    assert "Place 3 in the list of speakers." in said(document)
    assert (
        "The Ambassador (vacant when last seen, January 2026) heads the delegation of the United States "
        "to Session, with 1 other."
    ) in said(document)


def test_a_side_event_names_its_sponsors() -> None:
    [line] = said(section(book(), "Side events"))
    assert line.endswith("Side event on shelters | Canada (main) and United States (co)")


def test_each_bilat_has_a_page_with_promises_touches_and_blanks() -> None:
    document = book()
    page = section(document, "Bilat: Example Security Organization")
    assert page.starts_page
    assert "theirs | Director: Ada Example, last seen June 2026 | head" in said(page)
    assert [block.prompt for block in page.blocks if isinstance(block, Blank)] == [
        "objective of this bilat",
        "points to make",
        "watch-outs",
    ]
    assert any("overdue" in line for line in said(section(document, "Open promises, ESO")))
    assert said(section(document, "Last touches, ESO"))


def test_all_of_it_is_sensitive_until_it_was_held() -> None:
    document = book()
    assert document.marking is Marking.INTERNAL
    schedule = section(document, "December 14, 2026").blocks
    assert all(block.marking is Marking.INTERNAL for block in some(schedule))


def test_a_list_and_a_schedule_that_are_not_held_are_said() -> None:
    answers = session()
    [*_, whole] = answers["engagements"].rows
    answers["engagements"] = answers["engagements"].model_copy(update={"rows": (whole,)})
    answers["participants"] = answers["participants"].model_copy(update={"rows": ()})
    answers["delegation"] = answers["delegation"].model_copy(update={"rows": ()})
    document = book(answers)
    assert said(section(document, "Schedule")) == ["Only the day itself is on file."]
    assert "We have no list" in said(section(document, "Delegation"))[0]
    assert said(section(document, "Order of speakers")) == ["We have no list of speakers on file."]
    assert said(section(document, "Side events")) == ["We have no side event on file."]
    assert [part.heading for part in document.sections] == ["The event", "", ""]
    assert said(document.sections[-1]) == ["Not on file: a schedule; whom we meet; side events."]


def test_the_book_is_made_again_by_ids() -> None:
    assert book().command == "iga memo delegation engagement:session --as-of 2026-11-25 --full"


def test_a_bilat_with_no_post_on_the_list_names_the_posts_that_are_known_and_many_are_counted() -> None:
    answers = session()
    rows = answers["engagements"].rows
    bilat = next(row for row in rows if row.engagement == BILAT["engagement"])
    more = [bilat.model_copy(update={"engagement": f"engagement:p{number}"}) for number in range(15)]
    answers["engagements"] = answers["engagements"].model_copy(update={"rows": (*rows, *more)})
    people = answers["participants"]
    theirs = next(row for row in people.rows if row.on_behalf_of == "org:eso")
    theirs = theirs.model_copy(update={"id": "org:eso", "holding": None})
    bilats = [theirs.model_copy(update={"engagement": it.engagement}) for it in (bilat, *more)]
    others = [row for row in people.rows if row.on_behalf_of != "org:eso"]
    answers["participants"] = people.model_copy(update={"rows": (*others, *bilats)})
    document = book(answers)
    assert said(section(document, "Bilats")) == ["1 more bilat stands in the schedule; each has a meeting paper."]
    assert said(section(document, "Bilat: Example Security Organization"))[1:3] == [
        "theirs | Director | head",
        "Director: Ada Example, last seen 2018, not known since.",
    ]
